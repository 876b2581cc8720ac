"""Small plans and logs for tests, in code: two phases, one branch, whatever steps a test is about.

``study`` is planned from November 2nd to 29th, 2026, ``improve`` from the 30th to December 27th.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from campaign.i18n import I18n
from campaign.log import LogEntry
from campaign.plan import (
    Branch,
    Campaign,
    CountName,
    EntryKind,
    MemberGroup,
    Phase,
    Plan,
    Schedule,
    Step,
)

START, DUE = date(2026, 11, 2), date(2026, 11, 29)
TODAY = date(2026, 11, 23)
STUDY, IMPROVE = Schedule(start=START, end=DUE), Schedule(start=date(2026, 11, 30), end=date(2026, 12, 27))
COUNTS = ("expected", "attended", "made_up", "excused", "reached", "unreachable", "opinions", "closed", "found")

GATE = EntryKind(
    id="gate", name=I18n(en="gate"), effect="gate", outcomes=("requested", "approved", "returned")
)  # the organiser's decision
BEGIN = EntryKind(id="begin", name=I18n(en="begin"), effect="phase_start")
END = EntryKind(id="end", name=I18n(en="end"), effect="phase_end")


def november(day: int) -> date:
    """A day of the month in which everything happens; past 30 it runs on into December."""
    return date(2026, 11, 1) + timedelta(days=day - 1)


def make_step(code: str = "S1", /, **fields: object) -> Step:
    """A step of the study phase, a milestone unless said otherwise."""
    return Step.model_validate({"id": code, "phase": "study", "name": code, **fields})


def make_kind(kind_id: str, *advances: str, **fields: object) -> EntryKind:
    """A kind of entry that advances these steps."""
    return EntryKind.model_validate({"id": kind_id, "name": kind_id, "advances": advances, **fields})


def make_branch(code: str = "B01", /, **fields: object) -> Branch:
    """A branch of five staff and three retired, on the schedule of this module."""
    members = fields.pop("members", {"staff": 5, "retired": 3})
    assert isinstance(members, dict)
    defaults = {
        "code": code,
        "name": {"zh": f"{code}支部", "en": f"Branch {code}"},
        "type": "office",
        "members": members,
        "total": sum(members.values()),
        "schedule": {"study": STUDY, "improve": IMPROVE},
    }
    return Branch.model_validate({**defaults, **fields})


def make_plan(
    *,
    steps: Sequence[Step] = (),
    kinds: Iterable[EntryKind] = (),
    branches: Sequence[Branch] | None = None,
    phases: Sequence[Phase] | None = None,
    **campaign: object,
) -> Plan:
    """A plan with two phases without gates; ``campaign`` are settings of the campaign."""
    places = tuple(branches) if branches is not None else (make_branch(),)
    settings = {
        "id": "test",
        "title": "Test",
        "organiser": "Office",
        "start_date": date(2026, 7, 1),
        "end_date": date(2026, 12, 31),
        "expected_branches": len(places),
        "expected_members": sum(place.total for place in places),
        **campaign,
    }
    return Plan(
        campaign=Campaign.model_validate(settings),
        member_groups=(
            MemberGroup(id="staff", name=I18n(zh="在岗", en="Staff"), hour_target=40),
            MemberGroup(id="retired", name=I18n(zh="离退休", en="Retired"), hour_target=16),
            MemberGroup(id="frail", name=I18n(zh="年老体弱", en="Frail")),
        ),
        phases=tuple(phases) if phases is not None else (make_phase("study"), make_phase("improve")),
        steps=tuple(steps),
        counts=tuple(CountName(id=name, name=I18n(en=name)) for name in COUNTS),
        kinds=(GATE, BEGIN, END, *kinds),
        branches=places,
    )


def make_phase(phase_id: str, /, **fields: object) -> Phase:
    """A phase without a gate."""
    return Phase.model_validate({"id": phase_id, "name": phase_id.title(), "gate_required": False, **fields})


def make_entry(kind: str, on: date, /, **fields: object) -> LogEntry:
    """An entry of the study phase of B01, recorded on its day."""
    return LogEntry.model_validate(
        {"kind": kind, "on": on, "branch": "B01", "phase": "study", "recorded_on": on, **fields}
    )
