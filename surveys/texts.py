"""The interface texts of this package."""

from pathlib import Path

from campaign.language import Texts

tr = Texts("surveys", Path(__file__).parent / "locale")
