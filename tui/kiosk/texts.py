"""The interface texts of this package."""

from pathlib import Path

from campaign.language import Texts

tr = Texts("kiosk", Path(__file__).parent / "locale")
