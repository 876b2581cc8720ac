"""The shipped samples, and how they stand on their demo day."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import BadInput
from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry
from campaign.overview import overview
from campaign.plan import Condition, Obligation, Plan
from campaign.recording import check_entry, record
from campaign.samples import SAMPLES, sample_log, sample_plan
from campaign.standing import BranchStanding, Overview, Status
from db import memory_store
from tests.plan_text import assert_loaded_or_refused

DEMO = date(2026, 11, 23)
WEEKEND = 5
DONE, DONE_LATE, OVERDUE, DUE_SOON = Status.DONE, Status.DONE_LATE, Status.OVERDUE, Status.DUE_SOON
BEHIND, ON_TRACK, NOT_STARTED, PAUSED = Status.BEHIND, Status.ON_TRACK, Status.NOT_STARTED, Status.PAUSED


def on(day: date, sample: str = "town") -> Overview:
    return overview(sample_plan(sample).plan, sample_log(sample), day)


def row(branch: BranchStanding) -> tuple[str, str | None, Status, int, bool]:
    standing = branch.standing
    return branch.code, branch.phase, standing.status, standing.days, standing.behind


FINISHED = [
    ("B01", None, DONE, 0, False),
    ("B02", None, DONE, 0, False),
    ("B03", None, DONE_LATE, 2, False),
    ("B04", None, DONE, 0, False),
    ("B05", None, DONE, 0, False),
]
TABLES = {
    date(2026, 11, 22): [
        *FINISHED,
        ("B06", "improve", OVERDUE, 7, False),
        ("B07", "improve", ON_TRACK, 21, False),
        ("B08", "improve", DUE_SOON, 7, False),
        ("B09", "improve", BEHIND, 21, False),
        ("B10", "review", DUE_SOON, 0, False),
    ],
    DEMO: [
        *FINISHED,
        ("B06", "improve", OVERDUE, 8, False),
        ("B07", "improve", ON_TRACK, 20, False),
        ("B08", "improve", DUE_SOON, 6, False),
        ("B09", "improve", BEHIND, 20, False),
        ("B10", "review", OVERDUE, 1, False),
    ],
    date(2026, 11, 24): [
        *FINISHED,
        ("B06", "improve", OVERDUE, 9, False),
        ("B07", "improve", BEHIND, 19, False),
        ("B08", "improve", DUE_SOON, 5, False),
        ("B09", "improve", BEHIND, 19, False),
        ("B10", "review", OVERDUE, 2, False),
    ],
}
"""Written by hand from the dates: B06 is due 11-15, B08 11-29, B10's review 11-22; B07 must have done 25 % on 11-23."""
LATE = {date(2026, 11, 22): ("B06",), DEMO: ("B06", "B10"), date(2026, 11, 24): ("B06", "B10")}


@pytest.mark.parametrize("day", TABLES)
def test_the_town_stands_as_its_dates_say(day: date) -> None:
    """On the demo day, the day before and the day after, every branch has the status and the days of the table."""
    seen = on(day)
    assert [row(branch) for branch in seen.branches] == TABLES[day]
    assert (seen.headline.on_schedule, seen.headline.branches) == (10 - len(LATE[day]), 10)
    assert seen.headline.late == LATE[day]
    assert seen.clock_behind is None


def test_the_towns_phases_have_the_progress_of_the_table() -> None:
    """The phases that are under way are exactly as far as the log says; all others are done or not begun."""
    seen = {(branch.code, phase.phase): phase.progress for branch in on(DEMO).branches for phase in branch.phases}
    under_way = {place: progress for place, progress in seen.items() if progress not in (0, 1)}
    assert under_way == {
        ("B06", "improve"): Fraction(78, 100),
        ("B07", "improve"): Fraction(10, 100),
        ("B08", "improve"): Fraction(70, 100),
        ("B09", "improve"): Fraction(15, 100),
        ("B10", "review"): Fraction(90, 100),
    }
    assert [place for place, progress in seen.items() if progress == 0] == [("B10", "improve")]


def test_the_towns_means_are_those_of_the_table() -> None:
    """Mean progress 88.8 %, weighted by members 91.4 %, both exact."""
    seen = on(DEMO)
    assert seen.mean_progress == Fraction(2663, 3000)
    assert seen.member_progress == Fraction(60332, 66000)
    assert [round(float(100 * share), 1) for share in (seen.mean_progress, seen.member_progress)] == [88.8, 91.4]


ENDED = {
    ("B01", "improve"): (date(2026, 10, 10), DONE, 0),
    ("B02", "improve"): (date(2026, 10, 11), DONE, 0),
    ("B03", "review"): (date(2026, 9, 8), DONE_LATE, 2),
    ("B03", "improve"): (date(2026, 11, 8), DONE, 0),
    ("B04", "improve"): (date(2026, 11, 1), DONE, 0),
    ("B05", "improve"): (date(2026, 10, 18), DONE, 0),
    ("B07", "review"): (date(2026, 11, 17), DONE_LATE, 2),
}


def test_the_towns_phases_ended_on_the_days_of_the_table() -> None:
    """Work done on the due day is in time, two days later it is late by two."""
    phases = {(branch.code, phase.phase): phase for branch in on(DEMO).branches for phase in branch.phases}
    ended = {
        place: (phases[place].actual_end, phases[place].standing.status, phases[place].standing.days) for place in ENDED
    }
    assert ended == ENDED
    late = [place for place, phase in phases.items() if phase.standing.status is DONE_LATE]
    assert late == [("B03", "review"), ("B07", "review")]


def test_the_town_owes_a_result_notice_of_the_supply_company() -> None:
    """What comes after the last phase has its own day: B06's notice is due soon, the look-backs are far away."""
    soon = [
        (item.branch, item.step, item.standing.days)
        for item in on(DEMO).due
        if item.step is not None and item.standing.status in (DUE_SOON, OVERDUE)
    ]
    assert soon == [("B06", "I7", 2)]
    assert {item.branch for item in on(DEMO).due if item.step == "I10"} == {f"B{n:02}" for n in range(1, 11)}


def test_the_town_has_ten_branches_and_220_members() -> None:
    """The totals of the table, by group."""
    plan = sample_plan("town").plan
    groups = [sum(branch.members.get(group.id, 0) for branch in plan.branches) for group in plan.member_groups]
    assert [branch.total for branch in plan.branches] == [36, 17, 15, 41, 19, 14, 9, 33, 16, 20]
    assert groups == [106, 16, 13, 46, 19, 20]


def test_the_towns_coverage_and_reach_are_those_of_the_table() -> None:
    """211 of 220 members are in branches that work; 15 of 20 floating members were reached, all frail ones."""
    plan, log = sample_plan("town").plan, sample_log("town")
    working = {Condition.FUNCTIONING, Condition.WEAK}
    assert sum(branch.total for branch in plan.branches if branch.condition in working) == 211
    reached = {
        group: {
            name: sum(entry.groups.get(group, {}).get(name, 0) for entry in log) for name in ("reached", "unreachable")
        }
        for group in ("floating", "frail")
    }
    assert reached == {"floating": {"reached": 15, "unreachable": 5}, "frail": {"reached": 19, "unreachable": 0}}
    lost = sum(entry.groups.get("floating", {}).get("unreachable", 0) for entry in log if entry.branch == "B08")
    assert lost == 3


def test_the_overview_of_the_town_says_how_many_were_not_reached() -> None:
    """Five of the 39 frail and floating members: three of the community, one each of brickworks and traders."""
    seen = on(DEMO)
    assert (seen.reach.members, seen.reach.reached, seen.reach.unreachable, seen.reach.untried) == (39, 34, 5, 0)
    assert {branch.code: branch.reach.missed for branch in seen.branches if branch.reach.missed} == {
        "B07": 1,
        "B08": 3,
        "B09": 1,
    }


def test_every_member_of_the_town_has_the_hours_of_study() -> None:
    """Hours, missed ones made up, reach what each group should have studied."""
    plan, log = sample_plan("town").plan, sample_log("town")
    for branch in plan.branches:
        for group in plan.member_groups:
            if group.id == "floating" or group.hour_target is None:
                continue
            studied = sum(
                entry.hours * (counts.get("attended", 0) + counts.get("made_up", 0))
                for entry in log
                if entry.kind == "study_session" and entry.branch == branch.code and entry.hours is not None
                for counts in [entry.groups.get(group.id, {})]
            )
            assert studied >= branch.members.get(group.id, 0) * group.hour_target, (branch.code, group.id)


def test_ended_phases_of_the_town_met_every_obligation() -> None:
    """The public was informed, asked, let watch and let judge in every phase that has ended."""
    plan, log = sample_plan("town").plan, sample_log("town")
    obligations = {kind.id: kind.obligation for kind in plan.kinds}
    ended = [
        (branch.code, phase.phase, phase.actual_end)
        for branch in overview(plan, log, DEMO).branches
        for phase in branch.phases
        if phase.actual_end is not None
    ]
    assert len(ended) == 24
    for branch, phase, last in ended:
        own = [entry for entry in log if (entry.branch, entry.phase) == (branch, phase) and entry.on <= last]
        assert {obligations[entry.kind] for entry in own} >= set(Obligation) - {Obligation.NONE}, (branch, phase)


def test_the_library_stands_differently_in_every_way() -> None:
    """Twelve libraries, four stages, other words; every kind of status is on the wall."""
    plan = sample_plan("library").plan
    words = plan.campaign.words
    seen = on(DEMO, "library")
    assert (len(plan.branches), len(plan.phases), len(plan.member_groups)) == (12, 4, 3)
    assert [words.branch.text(lang) for lang in Lang] == ["图书馆", "Library"]
    assert [words.member.text(lang) for lang in Lang] == ["馆员", "Staff member"]
    assert [words.phase.text(lang) for lang in Lang] == ["步骤", "Stage"]
    assert [survey.questionnaire for survey in plan.surveys] == ["library"]
    statuses = {branch.standing.status for branch in seen.branches}
    assert statuses == {DONE, DONE_LATE, OVERDUE, DUE_SOON, BEHIND, ON_TRACK, PAUSED}
    assert seen.headline.late == ("L04",)


def test_the_library_has_nothing_of_the_town() -> None:
    """No phase, step, group or kind of entry is shared: nothing in the program may rest on the town's."""
    town, library = sample_plan("town").plan, sample_plan("library").plan

    def names(plan: Plan) -> set[str]:
        return {
            *(phase.id for phase in plan.phases),
            *(group.id for group in plan.member_groups),
            *(step.id for step in plan.steps),
        }

    assert names(town) & names(library) == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_load_without_a_problem_or_a_warning(name: str) -> None:
    """A sample is an example to follow."""
    assert sample_plan(name).warnings == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_of_a_sample_could_have_been_recorded(name: str) -> None:
    """On the day of its recording no entry would have been refused, doubted or marked."""
    plan = sample_plan(name).plan
    assert [
        problem.text(Lang.EN) for entry in sample_log(name) for problem in check_entry(plan, entry, entry.recorded_on)
    ] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_every_entry_of_a_sample_follows_from_those_before_it(name: str) -> None:
    """One after the other, nothing is refused or asked about: nobody is reached twice, no approval comes unasked."""
    store = memory_store()
    store.save_plan(sample_plan(name).plan, AuditEntry(on=DEMO, role="staff", entity="plan", field="all"))
    for entry in sample_log(name):
        record(store, [entry.model_copy(update={"case": ""})], entry.recorded_on)  # cases are not in this store
    assert len(store.entries()) == len(sample_log(name))


def days_of(log: list[LogEntry]) -> Iterator[tuple[date, date]]:
    return ((entry.on, entry.recorded_on) for entry in log)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_recorded_soon_and_in_order_and_not_after_the_demo_day(name: str) -> None:
    """Recorded within a week, in the order of recording, nothing after the day before the demo day."""
    log = sample_log(name)
    assert all(happened <= recorded <= happened + timedelta(days=7) for happened, recorded in days_of(log))
    assert [entry.recorded_on for entry in log] == sorted(entry.recorded_on for entry in log)
    assert max(entry.recorded_on for entry in log) < DEMO


def test_the_town_works_on_weekdays() -> None:
    """Only approvals on the very last day of a phase, and the worked Saturday 10-10, fall on a weekend."""
    odd = {(entry.kind, entry.on) for entry in sample_log("town") if entry.on.weekday() >= WEEKEND}
    gates = {date(2026, 10, 11), date(2026, 10, 18), date(2026, 11, 1), date(2026, 11, 8)}
    assert {day for kind, day in odd if kind == "gate"} == gates | {date(2026, 10, 10)}
    assert {day for kind, day in odd if kind != "gate"} == {date(2026, 10, 10)}


@pytest.mark.parametrize("name", SAMPLES)
def test_steps_that_want_evidence_have_it(name: str) -> None:
    """Where a step wants a note or a shelf number, the entries that advance it give one."""
    plan = sample_plan(name).plan
    wanted = {step.id: step for step in plan.steps if step.evidence != "none"}
    for entry in sample_log(name):
        kind = plan.kind(entry.kind)
        assert kind
        for step in (wanted[code] for code in kind.advances if code in wanted):
            if step.phase == entry.phase:
                assert entry.note if step.evidence == "note" else entry.reference, entry


def test_the_towns_activities_are_all_different() -> None:
    """Every branch thought of something of its own."""
    first = {
        entry.branch: entry.note
        for entry in reversed(sample_log("town"))
        if entry.kind == "thematic_activity" and entry.phase == "study"
    }
    assert len(first) == len(set(first.values())) == 10


def test_an_unknown_sample_is_refused() -> None:
    """A name that is not shipped is told with those that are."""
    for load in (sample_plan, sample_log):
        with pytest.raises(BadInput) as caught:
            load("village")
        assert "town, library" in caught.value.problems[0].text(Lang.EN)


TOWN = files("campaign.samples").joinpath("town", "campaign.toml").read_text(encoding="utf-8").split("\n")
JUNK = st.one_of(
    st.text(max_size=8), st.sampled_from(["-1", "[]", "{}", '""', "true", "2026-13-01", "1e9", "[[", '"""'])
)


@st.composite
def damaged_towns(draw: st.DrawFn) -> str:
    """The town's file with lines deleted, moved, or given other values."""
    rows = list(TOWN)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(rows) - 1))
        key, equals, _ = rows[place].partition(" = ")
        match draw(st.sampled_from(["delete", "move", "value"])):
            case "delete":
                del rows[place : place + draw(st.integers(1, 3))]
            case "move":
                rows.insert(draw(st.integers(0, len(rows) - 1)), rows.pop(place))
            case _:
                rows[place] = key + equals + draw(JUNK)
    return "\n".join(rows)


@given(damaged_towns())
@settings(max_examples=60, deadline=None)
def test_a_damaged_town_is_a_plan_or_is_refused(text: str) -> None:
    """Whatever happens to lines of the town's file, it is loaded, or its problems can be read."""
    assert_loaded_or_refused(text)
