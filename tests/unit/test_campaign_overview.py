from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.branches import worst
from campaign.log import LogEntry
from campaign.overview import branch_standing, overview
from campaign.plan import Branch, Plan, Step
from campaign.progress import RunningMean, weighted_mean
from campaign.standing import Overview, Standing, Status
from tests.builders import (
    DUE,
    IMPROVE,
    START,
    STUDY,
    TODAY,
    make_branch,
    make_entry,
    make_kind,
    make_phase,
    make_plan,
    make_step,
    november,
)

STUDY_STEP = make_step("S1", kind="count", count="opinions", target=100)
IMPROVE_STEP = make_step("I1", phase="improve", kind="count", count="opinions", target=100)
SHARE = make_kind("share", "S1", "I1", counts=("opinions",))


def share(per_cent: int, on: date, /, branch: str = "B01", phase: str = "study", **more: object) -> LogEntry:
    """An entry that brings the phase forward by so many per cent."""
    return make_entry("share", on, branch=branch, phase=phase, counts={"opinions": per_cent}, **more)


def plan_of(*steps: Step, branches: Sequence[Branch] | None = None) -> Plan:
    """A plan whose two phases are measured in per cent, with further ``steps``, each advanced by a kind of its name."""
    return make_plan(
        steps=[STUDY_STEP, IMPROVE_STEP, *steps],
        kinds=[SHARE, *(make_kind(step.id.lower(), step.id) for step in steps)],
        branches=branches,
    )


def at(plan: Plan, entries: Sequence[LogEntry], today: date = TODAY) -> Overview:
    """The overview on a day that was chosen on purpose."""
    return overview(plan, entries, today, trust_today=True)


def alone(plan: Plan, entries: Sequence[LogEntry], today: date) -> Standing:
    """The standing of the only branch."""
    return at(plan, entries, today).branches[0].standing


# -- a branch -------------------------------------------------------------------------------------------------------


def test_a_branch_stands_as_its_current_phase() -> None:
    """The current phase is the first that has not ended, even if a later one is planned for today."""
    branch = at(plan_of(), [share(60, november(9))], november(31)).branches[0]
    assert (branch.phase, branch.standing) == ("study", Standing(Status.OVERDUE, 2))
    assert branch.phases[1].standing.status is Status.ON_TRACK


def test_the_next_phase_is_current_once_one_has_ended() -> None:
    """Ended before its planned end: the next one has not started yet."""
    branch = at(plan_of(), [share(100, november(9))], november(10)).branches[0]
    assert (branch.phase, branch.standing) == ("improve", Standing(Status.NOT_STARTED, 47))


def test_a_branch_that_has_ended_all_phases_shows_the_worst_of_them() -> None:
    """Late in one phase, in time in the other: done late, with the days of that phase."""
    plan, end = plan_of(), date(2026, 12, 27)
    late = [share(100, DUE + timedelta(days=2)), share(100, end, phase="improve")]
    branch = at(plan, late, end).branches[0]
    assert (branch.phase, branch.standing, branch.progress) == (None, Standing(Status.DONE_LATE, 2), Fraction(1))
    in_time = [share(100, DUE), share(100, end, phase="improve")]
    assert alone(plan, in_time, end) == Standing(Status.DONE)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (12, Standing(Status.BEHIND, 17)),
        (17, Standing(Status.DUE_SOON, 3)),
        (20, Standing(Status.DUE_SOON, 0)),
        (21, Standing(Status.OVERDUE, 1)),
    ],
)
def test_an_open_step_with_its_own_due_day_makes_the_branch_worse(today: int, standing: Standing) -> None:
    """The notice is due on the 20th, nine days before its phase: from three days before it leads."""
    assert alone(plan_of(make_step("S2", due="2026-11-20")), [], november(today)) == standing


def test_a_step_never_makes_the_branch_better() -> None:
    """The phase's own overdue stands where a step is only due soon."""
    plan = plan_of(make_step("S2", due="phase_end+3"))
    assert alone(plan, [], november(31)) == Standing(Status.OVERDUE, 2)
    assert alone(plan, [], november(33)) == Standing(Status.OVERDUE, 4)


@pytest.mark.parametrize(
    "step",
    [
        make_step("S2", due="2026-11-20", origin="own"),
        make_step("S2", due="2026-11-20", branch_types=("school",)),
        make_step("I2", phase="improve", due="2026-11-20"),
    ],
)
def test_what_is_not_owed_now_does_not_weigh_on_the_branch(step: Step) -> None:
    """Own steps, steps of other branches, steps of a phase that has not begun."""
    entries = [share(90, november(9))]
    assert alone(plan_of(step), entries, november(21)) == Standing(Status.ON_TRACK, 8)


def test_a_step_after_an_ended_phase_is_still_owed() -> None:
    """All phases have ended, in time; the look-back is overdue."""
    plan = plan_of(make_step("S2", after_phase=True, due="phase_end+10"))
    entries = [share(100, november(20)), share(100, november(35), phase="improve")]
    branch = at(plan, entries, november(40)).branches[0]
    assert (branch.phase, branch.standing) == (None, Standing(Status.OVERDUE, 1))
    done = [*entries, make_entry("s2", november(39))]
    assert alone(plan, done, november(40)) == Standing(Status.DONE)


def test_progress_is_by_phase_weight_and_a_phase_without_steps_is_all_or_nothing() -> None:
    """Weights 2 and 1: half of the first phase is a third of all; the second counts once it has ended."""
    plan = make_plan(
        steps=[STUDY_STEP],
        kinds=[SHARE],
        phases=[make_phase("study", weight=2), make_phase("improve")],
    )
    half = [share(50, november(9))]
    assert at(plan, half).branches[0].progress == Fraction(1, 3)
    ended = [*half, make_entry("end", november(9), phase="improve")]
    assert at(plan, ended).branches[0].progress == Fraction(2, 3)
    assert at(plan, ended).phase_progress == (("study", Fraction(1, 2)), ("improve", Fraction(1)))


def test_a_phase_that_is_not_scheduled_has_the_days_of_the_campaign() -> None:
    """An incomplete plan can be shown."""
    branch = at(make_plan(branches=[make_branch(schedule={"study": STUDY})]), []).branches[0]
    assert (branch.phases[1].planned_start, branch.phases[1].planned_end) == (date(2026, 7, 1), date(2026, 12, 31))


def test_a_plan_without_phases_or_branches_can_be_shown() -> None:
    """No figure fails for want of a denominator."""
    shown = at(make_plan(phases=[]), [])
    assert (shown.branches[0].standing, shown.mean_progress) == (Standing(Status.DONE), Fraction(0))
    assert at(make_plan(branches=[]), []).mean_progress == 0


def test_one_branch_stands_alone_as_it_does_in_the_overview() -> None:
    """Of the entries only its own count."""
    plan = plan_of(branches=[make_branch("B01"), make_branch("B02")])
    entries = [share(30, november(9)), share(70, november(9), "B02")]
    shown = at(plan, entries).branches
    assert tuple(branch_standing(plan, one, entries, TODAY, trust_today=True) for one in plan.branches) == shown


def test_the_same_step_stands_differently_at_different_branches() -> None:
    """By the branch's own days: not begun, on track, due soon, overdue."""
    spans = [(24, 50), (2, 50), (2, 25), (2, 22)]
    branches = [
        make_branch(f"B{n}", schedule={"study": {"start": november(a), "end": november(b)}, "improve": IMPROVE})
        for n, (a, b) in enumerate(spans)
    ]
    for due, last in (("phase_end", Status.OVERDUE), ("2026-12-20", Status.ON_TRACK)):
        plan = plan_of(make_step("S2", due=due), branches=branches)
        shown = [branch.phases[0].steps[1].standing.status for branch in at(plan, []).branches]
        near = Status.DUE_SOON if due == "phase_end" else Status.ON_TRACK
        assert shown == [Status.NOT_STARTED, Status.ON_TRACK, near, last]


# -- the campaign ---------------------------------------------------------------------------------------------------


def test_late_are_the_branches_whose_current_phase_is_overdue() -> None:
    """Not those with an overdue step, not those that have ended, not those that take no part."""
    branches = [
        make_branch("B01"),
        make_branch("B02"),
        make_branch("B03"),
        make_branch("B04", active=False),
        make_branch("B05", schedule={"study": {"start": START, "end": november(30)}, "improve": IMPROVE}),
    ]
    plan = plan_of(make_step("S2", after_phase=True, due="2026-11-10"), branches=branches)
    headline = at(plan, [share(100, DUE, "B02")], november(30)).headline
    assert (headline.on_schedule, headline.branches, headline.late) == (2, 4, ("B01", "B03"))


def test_the_means_are_plain_and_by_members() -> None:
    """A branch of nine counts like one of one in the mean, and nine times in the other."""
    branches = [make_branch("B01", members={"staff": 9}), make_branch("B02", members={"staff": 1})]
    shown = at(plan_of(branches=branches), [share(100, november(9)), share(50, november(9), "B02")])
    assert [branch.progress for branch in shown.branches] == [Fraction(1, 2), Fraction(1, 4)]
    assert (shown.mean_progress, shown.member_progress) == (Fraction(3, 8), Fraction(19, 40))
    assert shown.phase_progress == (("study", Fraction(3, 4)), ("improve", Fraction(0)))


def test_the_due_list_has_what_is_open_with_the_most_urgent_first() -> None:
    """Phases that have begun or begin soon, and steps with a due day of their own; not what is finished or far off."""
    far = {"study": {"start": november(35), "end": november(50)}, "improve": IMPROVE}
    branches = [make_branch("B01"), make_branch("B02"), make_branch("B03", schedule=far)]
    plan = plan_of(
        make_step("S2", due="2026-11-20"),
        make_step("S3", due="phase_end-5"),
        make_step("S4"),
        make_step("S5", due="2026-11-21", origin="own"),
        branches=branches,
    )
    done = [share(100, november(9), "B02"), make_entry("s4", november(9), branch="B02")]
    due = at(plan, [*done, make_entry("s2", november(9), branch="B02")]).due
    assert [(item.branch, item.phase, item.step, item.standing.status) for item in due] == [
        ("B01", "study", "S2", Status.OVERDUE),
        ("B03", "study", "S2", Status.OVERDUE),
        ("B01", "study", None, Status.DUE_SOON),
        ("B01", "study", "S3", Status.DUE_SOON),
        ("B02", "study", "S3", Status.DUE_SOON),
        ("B02", "study", None, Status.DUE_SOON),
        ("B01", "improve", None, Status.NOT_STARTED),
        ("B02", "improve", None, Status.NOT_STARTED),
        ("B03", "improve", None, Status.NOT_STARTED),
    ]


def test_overdue_things_come_longest_first() -> None:
    """The earliest due day leads, whether a phase or a step."""
    plan = plan_of(make_step("S2", due="2026-11-20"), make_step("S3", due="2026-12-01"))
    late = at(plan, [], november(35)).overdue
    assert [(item.step, item.standing.days) for item in late] == [("S2", 15), (None, 6), ("S3", 4)]


# -- the clock ------------------------------------------------------------------------------------------------------


def test_a_record_of_a_later_day_shows_that_the_clock_is_wrong() -> None:
    """Then every entry counts, nothing is called overdue, and the overview says which record it was."""
    plan, entries = plan_of(), [share(60, november(9)), share(10, november(39), recorded_on=november(40))]
    shown = overview(plan, entries, november(35))
    assert shown.clock_behind == november(40)
    assert shown.branches[0].phases[0].progress == Fraction(7, 10)
    assert (shown.overdue, shown.headline.late) == ((), ())
    assert shown.branches[0].standing.status is not Status.OVERDUE
    assert branch_standing(plan, plan.branches[0], entries, november(35)) == shown.branches[0]


def test_a_past_day_that_was_asked_for_is_shown_as_it_was() -> None:
    """What happened later is ignored, and what was late then is late."""
    shown = at(plan_of(), [share(60, november(9)), share(40, november(39))], november(35))
    assert shown.clock_behind is None
    assert shown.branches[0].phases[0].progress == Fraction(6, 10)
    assert shown.headline.late == ("B01",)


def test_a_clock_that_agrees_with_the_records_is_believed() -> None:
    """A record of today is no sign of a wrong clock."""
    shown = overview(plan_of(), [share(60, november(30))], november(30))
    assert (shown.clock_behind, shown.headline.late) == (None, ("B01",))


# -- figures --------------------------------------------------------------------------------------------------------

STANDINGS = st.builds(Standing, st.sampled_from(Status), st.integers(0, 50), behind=st.booleans())


@given(st.lists(STANDINGS, min_size=1))
def test_the_worst_standing_is_the_most_urgent_of_all(standings: list[Standing]) -> None:
    """None is more urgent; and none equally urgent is later, or has fewer days left."""
    chosen = worst(standings)
    assert chosen in standings
    assert chosen.severity == min(one.severity for one in standings)
    days = [one.days for one in standings if one.severity == chosen.severity]
    assert chosen.days == (max(days) if chosen.status in {Status.OVERDUE, Status.DONE_LATE} else min(days))


@given(st.lists(st.tuples(st.integers(0, 50), st.fractions(0, 1, max_denominator=99))))
def test_a_weighted_mean_is_exact(parts: list[tuple[int, Fraction]]) -> None:
    """The mean times the weights is the sum."""
    total = sum(weight for weight, _ in parts)
    assert weighted_mean(parts) * total == sum(weight * value for weight, value in parts)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.fractions(0, 1)), max_size=8),
    st.lists(st.tuples(st.integers(0, 9), st.fractions(0, 1)), max_size=8),
)
def test_a_running_mean_is_that_of_what_is_left(
    gone: list[tuple[int, Fraction]], left: list[tuple[int, Fraction]]
) -> None:
    """Whatever came and went before, nothing is rounded on the way."""
    mean = RunningMean(gone)
    for weight, share in left:
        mean.add(weight, share)
    for weight, share in gone:
        mean.add(-weight, share)
    assert mean.value == weighted_mean(left)


@given(st.permutations(range(6)))
def test_the_order_of_recording_on_different_days_does_not_matter(order: list[int]) -> None:
    """The same things in another order give an equal overview."""
    plan = plan_of(make_step("S2", due="2026-11-20"))
    entries = [share(10 * n, november(3 + n), ("B01", "B02")[n % 2], ("study", "improve")[n // 3]) for n in range(5)]
    entries.append(make_entry("s2", november(12)))
    assert at(plan, [entries[n] for n in order]) == at(plan, entries)
