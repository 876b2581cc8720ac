"""The interface texts of this package."""

from pathlib import Path

from campaign.language import N_, Texts

tr = Texts("manyi", Path(__file__).parent / "locale")
SLIP_HOLDER = N_("holder of the slip")
"""Marked for translation. The role of who rates an answer."""
