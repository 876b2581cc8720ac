"""What the log tells of the branches beside how they stand: what a list of what is owed is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campaign.errands import Errands
from campaign.work import Found


@dataclass(frozen=True, slots=True)
class Told:
    """By code of the branch; a branch of which there is nothing to tell may be missing."""

    inspected: Mapping[str, date]
    """The day of the last inspection."""
    errands: Mapping[str, Errands]
    found: Mapping[str, Found]
    """What inspections found, days that are still to come too."""
