"""The screens: dashboard for staff and hall, kiosk for the public."""
