from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.plan import EntryKind, Step
from campaign.progress import ALL_DONE, NONE_YET
from campaign.standing import Standing, Status
from tests.builders import (
    DUE,
    START,
    make_branch,
    make_entry,
    make_kind,
    make_step,
    november,
)
from tests.steps_of_each_kind import (
    COUNT,
    COVERAGE,
    DONE,
    FIXES,
    HOURS,
    RATE,
    STUDIES,
    TALKS,
    VISIT,
    stand,
    step_of,
    study_of,
)

# -- steps by kind --------------------------------------------------------------------------------------------------


def test_a_milestone_is_done_on_the_day_of_its_first_entry() -> None:
    """One qualifying entry is enough, and the earliest is the one that counts."""
    entries = [make_entry("done", november(9)), make_entry("done", november(5))]
    step = step_of(entries, make_step(), DONE)
    assert (step.progress, step.done_on) == (ALL_DONE, november(5))


def test_an_entry_of_another_phase_does_not_advance_a_step() -> None:
    """The entry's phase picks which step it advances."""
    assert step_of([make_entry("done", november(5), phase="improve")], make_step(), DONE).progress == 0


def test_a_count_is_summed_over_entries_and_groups_in_scope() -> None:
    """Counts of whole entries and of the step's groups add up; other groups and other counts do not."""
    step = make_step(kind="count", count="reached", target=10, groups=("staff",))
    entries = [
        make_entry("talks", november(3), counts={"reached": 2}),
        make_entry("talks", november(4), groups={"staff": {"reached": 3}, "retired": {"reached": 3}}),
        make_entry("talks", november(5), counts={"opinions": 7}),
    ]
    assert step_of(entries, step, TALKS).progress == Fraction(5, 10)


def test_a_count_is_done_on_the_day_its_sum_reaches_the_target() -> None:
    """More than the target is not more than done; the order of recording does not matter."""
    entries = [
        make_entry("talks", november(day), counts={"opinions": number}) for day, number in ((8, 9), (3, 4), (6, 6))
    ]
    step = step_of(entries, COUNT, TALKS)
    assert (step.progress, step.done_on) == (ALL_DONE, november(6))


@pytest.mark.parametrize(
    ("own", "general", "groups", "wanted"),
    [
        (4, 10, (), 4),
        (None, 10, (), 10),
        (None, None, (), 8),
        (None, None, ("retired",), 3),
    ],
)
def test_the_target_of_a_count(own: int | None, general: int | None, groups: tuple[str, ...], wanted: int) -> None:
    """The branch's own target, else the step's, else one for each member of the groups in scope."""
    branch = make_branch(targets=[{"step": "S1", "target": own}] if own else [])
    step = make_step(kind="count", count="opinions", target=general, groups=groups)
    entry = make_entry("talks", november(3), counts={"opinions": 1})
    assert step_of([entry], step, TALKS, branch).progress == Fraction(1, wanted)


def test_coverage_is_people_reached_of_those_who_can_be() -> None:
    """Each group is capped at its members, and the unreachable leave the scope."""
    entries = [
        make_entry("visit", november(3), groups={"staff": {"reached": 4}, "retired": {"unreachable": 1}}),
        make_entry("visit", november(4), groups={"staff": {"reached": 4}}),
    ]
    assert step_of(entries, COVERAGE, VISIT).progress == Fraction(5, 7)


def test_coverage_is_done_when_the_rest_is_unreachable() -> None:
    """Nobody is left to be reached: done on the day on which that was recorded."""
    entries = [
        make_entry("visit", november(3), groups={"staff": {"reached": 5}, "retired": {"reached": 1}}),
        make_entry("visit", november(9), groups={"retired": {"unreachable": 2}}),
    ]
    step = step_of(entries, COVERAGE, VISIT)
    assert (step.progress, step.done_on) == (ALL_DONE, november(9))


def test_hours_are_capped_for_each_group_and_summed() -> None:
    """Hours × (attended + made up) of members × target; groups without a target need none."""
    entries = [
        make_entry(
            "studies",
            november(3),
            hours=Decimal("12.5"),
            groups={"staff": {"expected": 5, "attended": 3, "made_up": 1}, "frail": {"attended": 9}},
        ),
        make_entry("studies", november(4), hours=20, groups={"retired": {"attended": 3, "made_up": 0}}),
    ]
    need, studied = 5 * 40 + 3 * 16, 50 + 48
    assert step_of(entries, HOURS, STUDIES).progress == Fraction(studied, need)


def test_hours_are_done_on_the_day_the_last_group_has_them() -> None:
    """An entry without hours adds none."""
    entries = [
        make_entry("studies", november(3), hours=24, groups={"staff": {"attended": 5}}),
        make_entry("studies", november(5), groups={"staff": {"attended": 5}}),
        make_entry("studies", november(7), hours=16, groups={"staff": {"attended": 5}, "retired": {"attended": 3}}),
    ]
    step = step_of(entries, HOURS, STUDIES)
    assert (step.progress, step.done_on) == (ALL_DONE, november(7))


def test_a_rate_is_that_of_the_newest_report() -> None:
    """By date, then by the order of recording; entries that do not report it are passed over."""
    entries = [
        make_entry("fixes", november(9), counts={"closed": 2, "found": 4}),
        make_entry("fixes", november(9), counts={"closed": 3, "found": 4}),
        make_entry("fixes", november(10), counts={"closed": 4}),
        make_entry("fixes", november(5), counts={"closed": 4, "found": 4}),
    ]
    step = step_of(entries, RATE, FIXES)
    assert (step.progress, step.done_on) == (Fraction(3, 4), None)


def test_a_rate_is_done_since_it_has_stayed_full() -> None:
    """New findings open it again; it is done from the first report after which all stayed closed."""
    reports = [(3, 2, 2), (5, 2, 3), (8, 3, 3), (9, 3, 3)]
    entries = [make_entry("fixes", november(day), counts={"closed": a, "found": b}) for day, a, b in reports]
    assert step_of(entries, RATE, FIXES).done_on == november(8)


def test_nothing_found_is_all_corrected() -> None:
    """A report of 0 of 0 is done; no report is not."""
    assert step_of([], RATE, FIXES).progress == 0
    none_found = make_entry("fixes", november(6), counts={"closed": 0, "found": 0})
    step = step_of([none_found], RATE, FIXES)
    assert (step.progress, step.done_on) == (ALL_DONE, november(6))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (make_step(kind="coverage", count="reached", groups=("frail",)), VISIT),
        (make_step(kind="rate", of="hours", groups=("frail",)), STUDIES),
        (make_step(kind="count", count="opinions", groups=("frail",)), TALKS),
        (make_step(kind="count", count="opinions", target=0), TALKS),
    ],
)
def test_a_step_about_nobody_counts_like_a_waived_one(step: Step, kind: EntryKind) -> None:
    """Nothing to do: it neither lifts a phase that has not begun nor holds one up."""
    other = make_step("S2")
    before = stand([], step, other, kinds=[kind], today=november(1)).phases[0]
    assert before.steps[0].standing == Standing(Status.WAIVED)
    assert (before.progress, before.standing.status) == (NONE_YET, Status.NOT_STARTED)
    entries = [make_entry("s2", november(3))]
    assert stand(entries, step, other, kinds=[kind, make_kind("s2", "S2")]).phases[0].actual_end == november(3)


def test_entries_after_the_day_are_ignored() -> None:
    """A past day is shown as it was."""
    entries = [make_entry("s1", november(5))]
    assert study_of(entries, make_step(), today=november(4)).progress == 0
    assert study_of(entries, make_step(), today=november(5)).progress == 1


COUNTS = st.integers(0, 9)
ENTRIES = st.lists(
    st.builds(
        lambda day, opinions, staff, retired, hours: (
            november(1 + day),
            {"opinions": opinions},
            {"staff": staff, "retired": retired},
            hours,
        ),
        st.integers(0, 25),
        COUNTS,
        st.dictionaries(st.sampled_from(["reached", "unreachable", "attended", "made_up"]), COUNTS),
        st.dictionaries(st.sampled_from(["reached", "unreachable", "attended", "made_up"]), COUNTS),
        st.none() | st.decimals("0.1", 24, places=1),
    ),
    max_size=8,
)


@given(ENTRIES, st.sampled_from([make_step(), COUNT, COVERAGE, HOURS]))
def test_recording_more_never_lowers_the_progress(
    facts: list[tuple[date, dict[str, int], dict[str, dict[str, int]], Decimal | None]], step: Step
) -> None:
    """It stays within 0 to 1, is 1 exactly when it has a day, and that day only moves back in time."""
    kind = make_kind("any", "S1")
    entries = [make_entry("any", on, counts=counts, groups=groups, hours=hours) for on, counts, groups, hours in facts]
    shown = [step_of(entries[:known], step, kind) for known in range(len(entries) + 1)]
    progress = [one.progress for one in shown]
    assert progress == sorted(progress)
    assert 0 <= progress[0] <= progress[-1] <= 1
    assert all((one.done_on is not None) == (one.progress == 1) for one in shown)
    days = [one.done_on for one in shown if one.done_on is not None]
    assert days == sorted(days, reverse=True)


@given(ENTRIES)
def test_a_rate_stays_between_nothing_and_all(
    facts: list[tuple[date, dict[str, int], dict[str, dict[str, int]], Decimal | None]],
) -> None:
    """Whatever is reported, even more corrected than found."""
    step = make_step(kind="rate", count="reached", of="attended")
    entries = [make_entry("any", on, counts=counts, groups=groups) for on, counts, groups, _ in facts]
    shown = step_of(entries, step, make_kind("any", "S1"))
    assert 0 <= shown.progress <= 1
    assert (shown.done_on is not None) == (shown.progress == 1)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 12)), min_size=1, max_size=6))
def test_phase_progress_is_the_exact_weighted_mean(parts: list[tuple[int, int]]) -> None:
    """Compared in whole numbers, with weights of one decimal place."""
    steps = [
        make_step(f"S{n}", kind="count", count="opinions", target=12, weight=Decimal(weight) / 10)
        for n, (weight, _) in enumerate(parts)
    ]
    kinds = [make_kind(f"s{n}", f"S{n}") for n in range(len(parts))]
    entries = [make_entry(f"s{n}", november(3), counts={"opinions": done}) for n, (_, done) in enumerate(parts)]
    progress = stand(entries, *steps, kinds=kinds).phases[0].progress
    assert progress is not None
    assert progress * sum(weight for weight, _ in parts) * 12 == sum(weight * done for weight, done in parts)


# -- which steps count ----------------------------------------------------------------------------------------------


def test_own_steps_are_shown_and_never_lower_the_progress() -> None:
    """An own step is listed, but neither counted nor waited for."""
    phase = study_of([make_entry("s1", november(5))], make_step(), make_step("S2", origin="own"))
    assert (phase.progress, phase.actual_end) == (ALL_DONE, november(5))
    assert [(step.step, step.required, step.progress) for step in phase.steps] == [
        ("S1", True, ALL_DONE),
        ("S2", False, NONE_YET),
    ]


def test_waived_steps_leave_both_sums() -> None:
    """Half of the weight is waived: the other half is all."""
    branch = make_branch(targets=[{"step": "S2", "waived": True, "reason": "oral instead"}])
    phase = study_of([make_entry("s1", november(5))], make_step(), make_step("S2"), branch=branch)
    assert (phase.progress, phase.steps[1].standing.status) == (ALL_DONE, Status.WAIVED)


def test_steps_of_other_types_of_branch_do_not_appear() -> None:
    """A step for schools is no step of an office."""
    phase = study_of(
        [], make_step(), make_step("S2", branch_types=("school",)), make_step("S3", branch_types=("office",))
    )
    assert [step.step for step in phase.steps] == ["S1", "S3"]


def test_what_is_done_after_the_phase_neither_counts_for_it_nor_ends_it() -> None:
    """The look-back is open with its own due day while its phase is done."""
    look_back = make_step("S2", after_phase=True, due="phase_end+20")
    phase = study_of([make_entry("s1", november(5))], make_step(), look_back)
    assert (phase.progress, phase.actual_end) == (ALL_DONE, november(5))
    assert (phase.steps[1].own_due, phase.steps[1].due) == (True, DUE + timedelta(days=20))
    assert phase.steps[1].standing == Standing(Status.OVERDUE, 12)


def test_what_is_done_after_the_phase_is_owed_for_itself() -> None:
    """Even where it is due on the phase's last day."""
    assert study_of([], make_step(after_phase=True)).steps[0].own_due


@pytest.mark.parametrize(
    ("rule", "due", "own"),
    [
        ("phase_end", DUE, False),
        ("phase_end-7", november(22), True),
        ("phase_end+3", november(32), True),
        ("phase_start", START, True),
        ("phase_start+10", november(12), True),
        ("phase_start-1", november(1), True),
        ("2026-11-15", november(15), True),
    ],
)
def test_the_due_day_of_a_step(rule: str, due: date, own: bool) -> None:
    """Its phase's planned end, or days from the planned start or end, or a fixed day."""
    step = study_of([], make_step(due=rule)).steps[0]
    assert (step.due, step.own_due) == (due, own)


def test_a_step_is_due_soon_in_its_own_window_and_never_behind() -> None:
    """Three days before the due day, whatever the progress expected of the phase."""
    days = (1, 2, 25, 26, 29, 30)
    shown = [study_of([], make_step(), today=november(day)).steps[0].standing.status for day in days]
    assert shown == [
        Status.NOT_STARTED,
        Status.ON_TRACK,
        Status.ON_TRACK,
        Status.DUE_SOON,
        Status.DUE_SOON,
        Status.OVERDUE,
    ]
