"""The usual tables of a campaign, T1 to T9, as values."""
