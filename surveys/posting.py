"""What a posted notice says beside its figures, as it was on the day it was posted.

Plan and cases go on: other days, other wording, a matter that comes up again. A notice that is posted is never edited,
so this is kept with the session, and every later export gives the same notice.
"""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from campaign.i18n import I18n


class Promise(BaseModel):
    """A correction that will be made, as the public reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    branch: str
    """Code of the branch."""
    matter: str
    measure: str = ""
    """Empty where none was cleared for the public."""
    due: date


class Posting(BaseModel):
    """What a notice takes from the plan and from the cases."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    campaign: I18n
    organiser: I18n
    units: dict[str, I18n]
    """Names of the branches, by code."""
    place: I18n = I18n()
    """Where it is posted; empty where the campaign does not say."""
    sampling: str = ""
    threshold_pct: Decimal | None
    """Below it a branch must catch up."""
    min_forms: int
    """With fewer valid forms nothing is decided."""
    erase_after_days: int
    """So long what was written is kept."""
    promises: tuple[Promise, ...] = ()
    """The most urgent first."""
    more: int = 0
    """Corrections that are cleared too, and not among them."""
