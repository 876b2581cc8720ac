"""Drawing on paper: forms, slips and their QR codes."""
