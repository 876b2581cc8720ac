"""Widgets that both the kiosk and the staff screens use."""
