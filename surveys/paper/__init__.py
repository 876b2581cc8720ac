"""Paper: codes, sheets, what becomes of each, and reading them."""
