"""What the state of a campaign forbids. Asked by everything that changes something."""

from collections.abc import Mapping
from enum import StrEnum

from campaign.errors import Problem, Refused
from campaign.language import N_
from campaign.plan import CampaignState, Plan
from campaign.texts import tr


class Deed(StrEnum):
    """What may be done in a campaign."""

    SESSION = "session"
    RECORD = "record"
    OPEN_CASE = "open_case"
    MOVE_CASE = "move_case"
    PLAN = "plan"


STATE_NAMES = {
    CampaignState.DRAFT: N_("being prepared"),
    CampaignState.ACTIVE: N_("running"),
    CampaignState.CLOSING: N_("closing"),
    CampaignState.CLOSED: N_("at its end"),
    CampaignState.ARCHIVED: N_("archived"),
}
DEED_NAMES = {
    Deed.SESSION: N_("opening a survey session"),
    Deed.RECORD: N_("recording in the log"),
    Deed.OPEN_CASE: N_("opening a case"),
    Deed.MOVE_CASE: N_("working on a case"),
    Deed.PLAN: N_("changing the plan"),
}
"""Both marked for translation."""
FORBIDS: Mapping[CampaignState, frozenset[Deed]] = {
    CampaignState.DRAFT: frozenset({Deed.SESSION}),
    CampaignState.ACTIVE: frozenset(),
    CampaignState.CLOSING: frozenset({Deed.SESSION}),
    CampaignState.CLOSED: frozenset({Deed.SESSION, Deed.RECORD, Deed.OPEN_CASE, Deed.PLAN}),
    CampaignState.ARCHIVED: frozenset(Deed),
}


def check_allowed(plan: Plan, deed: Deed) -> None:
    """Refused M116 where the state of the campaign forbids it."""
    state = plan.campaign.state
    if deed in FORBIDS[state]:
        values = {"state": tr.phrase(STATE_NAMES[state]), "deed": tr.phrase(DEED_NAMES[deed])}
        raise Refused(Problem("M116", dict[str, object](values)))
