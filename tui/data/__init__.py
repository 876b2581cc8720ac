"""Data files of the screens."""
