from datetime import date

import pytest

from campaign.log import LogEntry
from campaign.plan import Branch, Phase
from campaign.progress import ALL_DONE
from campaign.standing import Standing, Status
from tests.builders import (
    DUE,
    IMPROVE,
    START,
    TODAY,
    make_branch,
    make_entry,
    make_phase,
    make_step,
    november,
)
from tests.steps_of_each_kind import study_of

# -- begin and end of a phase ---------------------------------------------------------------------------------------

GATED: list[Phase] = [make_phase("study", gate_required=True), make_phase("improve")]


def gate(day: int, outcome: str) -> LogEntry:
    """A decision of the organiser."""
    return make_entry("gate", november(day), outcome=outcome)


def test_a_phase_without_a_gate_ends_with_its_last_step() -> None:
    """It ends on the day on which the last step that counts was done, and is late if that is after the plan."""
    entries = [make_entry("s1", november(31)), make_entry("s2", november(5))]
    assert study_of(entries[1:], make_step(), make_step("S2")).actual_end is None
    phase = study_of(entries, make_step(), make_step("S2"))
    assert (phase.actual_end, phase.standing) == (november(31), Standing(Status.DONE_LATE, 2))


@pytest.mark.parametrize(
    ("gates", "end", "missing"),
    [
        ([], None, True),
        ([gate(6, "requested")], None, True),
        ([gate(3, "approved")], november(5), False),
        ([gate(8, "approved")], november(8), False),
        ([gate(8, "approved"), gate(9, "returned")], None, True),
        ([gate(9, "returned"), gate(8, "approved")], None, True),
        ([gate(9, "returned"), gate(9, "approved")], november(9), False),
    ],
)
def test_a_gate_holds_the_phase_until_its_newest_decision_approves(
    gates: list[LogEntry], end: date | None, missing: bool
) -> None:
    """By date, then by the order of recording; the phase ends on the later of the last step and the approval."""
    phase = study_of([*gates, make_entry("s1", november(5))], make_step(), phases=GATED)
    assert (phase.progress, phase.actual_end, phase.finish_date_missing) == (ALL_DONE, end, missing)


def test_all_steps_done_without_approval_is_overdue_after_the_planned_end() -> None:
    """Progress 1 without an end follows the dates."""
    shown = [study_of([make_entry("s1", november(5))], make_step(), phases=GATED, today=november(d)) for d in (10, 30)]
    assert [phase.standing for phase in shown] == [Standing(Status.ON_TRACK, 19), Standing(Status.OVERDUE, 1)]


def test_a_phase_without_steps_ends_when_that_is_recorded() -> None:
    """It has no progress of its own; from the day after the plan its end is called missing."""
    phases = [study_of([], today=november(day)) for day in (29, 30)]
    assert [(phase.progress, phase.finish_date_missing) for phase in phases] == [(None, False), (None, True)]
    assert study_of([make_entry("end", november(12))]).actual_end == november(12)


def test_a_phase_without_steps_needs_its_gate_too() -> None:
    """Recording the end does not replace the approval."""
    ended = make_entry("end", november(12))
    waiting = study_of([ended], phases=GATED)
    assert (waiting.actual_end, waiting.finish_date_missing) == (None, True)
    assert study_of([ended, gate(15, "approved")], phases=GATED).actual_end == november(15)


def test_a_phase_begins_with_the_first_entry_that_advances_it() -> None:
    """Work that is due by the planned start prepares it and does not begin it; nor does what comes after it."""
    steps = (
        make_step(),
        make_step("S2", due="phase_start-5"),
        make_step("S3", after_phase=True, due="phase_end+9"),
    )
    early = [make_entry("s2", date(2026, 10, 20)), make_entry("s3", date(2026, 10, 21))]
    assert study_of(early, *steps).actual_start is None
    assert study_of([*early, make_entry("s1", november(4))], *steps).actual_start == november(4)


def test_a_recorded_begin_goes_before_what_the_steps_tell() -> None:
    """The first entry of a kind that begins phases."""
    entries = [make_entry("s1", november(4)), make_entry("begin", november(9)), make_entry("begin", november(7))]
    assert study_of(entries, make_step()).actual_start == november(7)


# -- pauses ---------------------------------------------------------------------------------------------------------


def paused(*pauses: tuple[int, int | None]) -> Branch:
    """B01 with pauses of its study phase."""
    given_pauses = [{"start": november(a), "end": november(b) if b else None, "reason": "flooding"} for a, b in pauses]
    study = {"start": START, "end": DUE, "pauses": given_pauses}
    return make_branch(schedule={"study": study, "improve": IMPROVE})


@pytest.mark.parametrize(
    ("pauses", "today", "status"),
    [
        ([(10, 20)], 9, Status.BEHIND),
        ([(10, 20)], 10, Status.PAUSED),
        ([(10, 20)], 20, Status.PAUSED),
        ([(10, 20)], 21, Status.BEHIND),
        ([(10, None)], 39, Status.PAUSED),
        ([(10, None)], 40, Status.OVERDUE),
        ([(3, 12), (20, None)], 39, Status.PAUSED),
        ([(3, 12), (20, None)], 40, Status.OVERDUE),
        ([(10, None), (12, 30)], 39, Status.PAUSED),
    ],
)
def test_a_pause_protects_for_thirty_days_in_all(
    pauses: list[tuple[int, int | None]], today: int, status: Status
) -> None:
    """Days paused up to today are counted once each, over all pauses of the phase."""
    phase = study_of([], make_step(), branch=paused(*pauses), today=november(today))
    assert phase.standing.status is status


def test_a_pause_covers_the_steps_of_its_phase_but_not_what_comes_after_it() -> None:
    """A paused phase's steps rest; a step after the phase stays due."""
    steps = (make_step(due="phase_start+9"), make_step("S2", after_phase=True, due="phase_start+9"))
    phase = study_of([], *steps, branch=paused((10, None)), today=TODAY)
    assert [step.standing.status for step in phase.steps] == [Status.PAUSED, Status.OVERDUE]


def test_what_is_left_of_an_ended_phase_does_not_rest() -> None:
    """A pause has no meaning once the phase has ended: an open own step is late."""
    steps = (make_step(), make_step("S2", origin="own", due="phase_start+9"))
    phase = study_of([make_entry("s1", november(5))], *steps, branch=paused((10, None)), today=TODAY)
    assert [step.standing.status for step in phase.steps] == [Status.DONE, Status.OVERDUE]
