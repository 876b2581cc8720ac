"""What gets in the way of each other in the calendar, and who visits whom."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaign.contacts import contact_points
from campaign.i18n import I18n
from campaign.log import LogEntry
from campaign.overlaps import Clash, Overlap, overlaps
from campaign.overview import overview
from campaign.plan import Branch, Leader, OutcomeName, Plan
from campaign.samples import sample_log, sample_plan
from campaign.visits import Inspection, inspections, last_inspections
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, november

VISIT = make_kind("visit", effect="visit", leader="optional", outcomes=("help", "check"))
MEETING = make_kind("meeting", hours=True, group_counts=("expected",))
INSPECTION = make_kind("inspection", effect="inspection")
HARVEST = {"start": november(9), "end": november(13), "label": {"zh": "秋收", "en": "Harvest"}}


def a_plan(*branches: Branch) -> Plan:
    plan = make_plan(branches=branches, kinds=(VISIT, MEETING, INSPECTION))
    outcomes = tuple(OutcomeName(id=name, name=I18n(en=name)) for name in ("help", "check"))
    leaders = tuple(Leader(code=code, role={"zh": code, "en": code}) for code in ("L1", "L2", "L3"))
    return plan.model_copy(update={"leaders": leaders, "outcomes": outcomes})


def led(code: str, leader: str, **fields: object) -> Branch:
    return make_branch(code, contacts=({"leader": leader, "lead": True},), **fields)


def found(plan: Plan, *entries: LogEntry, due: tuple[Inspection, ...] = ()) -> list[tuple[Clash, tuple[str, ...]]]:
    return [(each.clash, each.branches) for each in overlaps(plan, entries, due, TODAY)]


def test_a_phase_in_days_of_other_work_overlaps_in_the_days_they_share() -> None:
    """From the first to the last of them; not where the phase pauses all the time."""
    plan = a_plan(make_branch("B01", busy=(HARVEST,)))
    [overlap] = overlaps(plan, (), (), TODAY)
    assert (overlap.clash, overlap.start, overlap.end, overlap.phase) == (
        *(Clash.BUSY, november(9), november(13), "study"),
    )
    pause = {"start": november(1), "end": november(30), "reason": "秋收停课中"}
    schedule = {**plan.branches[0].model_dump()["schedule"]}
    schedule["study"]["pauses"] = [pause]
    assert found(a_plan(make_branch("B01", busy=(HARVEST,), schedule=schedule))) == []


def test_people_called_together_on_a_busy_day_are_shown_once_a_day() -> None:
    """Two sessions on one day are one overlap; a visit calls nobody together."""
    plan = a_plan(make_branch("B01", busy=(HARVEST,)))
    entries = [make_entry("meeting", november(10)), make_entry("meeting", november(10))]
    entries += [make_entry("visit", november(11)), make_entry("meeting", november(16))]
    assert found(plan, *entries).count((Clash.SESSION, ("B01",))) == 1


def test_one_official_cannot_be_at_two_branches_on_a_day() -> None:
    """By name, or as the lead contact whose visit it must be; two visits to one branch are none of that."""
    plan = a_plan(led("B02", "L1"), led("B01", "L1"), led("B03", "L2"))
    same_day = [make_entry("visit", november(10), branch=code) for code in ("B01", "B02", "B03", "B01")]
    assert found(plan, *same_day) == [(Clash.LEADER, ("B02", "B01"))]
    named = [make_entry("visit", november(12), branch=code, leader="L3") for code in ("B01", "B03")]
    [overlap] = overlaps(plan, named, (), TODAY)
    assert (overlap.leader, overlap.branches) == ("L3", ("B01", "B03"))
    assert found(plan, make_entry("visit", november(10)), make_entry("visit", november(11), branch="B02")) == []


def test_inspections_of_one_official_that_fall_on_one_day_are_told_before_it_comes() -> None:
    """From today on: those that are past cannot be arranged any more."""
    plan = a_plan(led("B01", "L1"), led("B02", "L1"), led("B03", "L2"))
    entries = [make_entry("inspection", november(12), branch=code) for code in ("B01", "B02", "B03")]
    stands = overview(plan, entries, TODAY)
    due = inspections(plan, stands.branches, last_inspections(plan, entries, TODAY), TODAY)
    assert found(plan, due=due) == [(Clash.INSPECTION, ("B01", "B02"))]
    assert [each.clash for each in overlaps(plan, (), due, november(27))] == []


def test_what_is_to_come_stands_before_what_is_past() -> None:
    """The nearest first, then the newest first."""
    plan = a_plan(led("B01", "L1", busy=({**HARVEST, "start": november(25), "end": november(27)},)), led("B02", "L1"))
    entries = [make_entry("visit", november(day), branch=code) for day in (3, 10) for code in ("B01", "B02")]
    days = [each.start for each in overlaps(plan, entries, (), TODAY)]
    assert days == [november(25), november(10), november(3)]


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    start = draw(st.integers(1, 90))
    return november(start), november(start + draw(st.integers(0, 30)))


@given(
    phases=st.tuples(spans(), spans()),
    busy=st.lists(spans(), max_size=3),
    pauses=st.lists(spans(), max_size=2),
    today=st.integers(1, 130),
)
def test_every_day_of_other_work_in_a_phase_is_covered_and_no_overlap_is_empty(
    phases: tuple[tuple[date, date], tuple[date, date]],
    busy: list[tuple[date, date]],
    pauses: list[tuple[date, date]],
    today: int,
) -> None:
    """Day by day: an overlap begins and ends on a day that both have, and holds all such days."""
    schedule = {
        name: {
            "start": start,
            "end": end,
            "pauses": [{"start": a, "end": b, "reason": "临时停课中"} for a, b in pauses],
        }
        for name, (start, end) in zip(("study", "improve"), phases, strict=True)
    }
    periods = tuple({"start": start, "end": end, "label": "x"} for start, end in busy)
    plan = a_plan(make_branch("B01", busy=periods, schedule=schedule))
    shown = overlaps(plan, (), (), november(today))

    def clashing(day: date, phase: tuple[date, date], other: tuple[date, date]) -> bool:
        paused = any(start <= day <= end for start, end in pauses)
        return phase[0] <= day <= phase[1] and other[0] <= day <= other[1] and not paused

    wanted = []
    for name, phase in zip(("study", "improve"), phases, strict=True):
        for other in busy:
            days = [november(at) for at in range(1, 125) if clashing(november(at), phase, other)]
            if days:
                wanted.append((name, days[0], days[-1]))
    assert sorted((each.phase, each.start, each.end) for each in shown) == sorted(wanted)
    coming = [each.end >= november(today) for each in shown]
    assert coming == sorted(coming, reverse=True)


@given(
    st.lists(st.tuples(st.sampled_from(["B01", "B02", "B03"]), st.integers(2, 6), st.sampled_from(["", "L1", "L3"])))
)
def test_an_official_overlaps_exactly_where_two_branches_saw_him(visits: list[tuple[str, int, str]]) -> None:
    """Whatever the order of recording."""
    plan = a_plan(led("B01", "L1"), led("B02", "L1"), led("B03", "L2"))
    entries = [make_entry("visit", november(day), branch=code, leader=leader) for code, day, leader in visits]
    lead = {"B01": "L1", "B02": "L1", "B03": "L2"}
    where: dict[tuple[date, str], set[str]] = {}
    for code, day, leader in visits:
        where.setdefault((november(day), leader or lead[code]), set()).add(code)
    wanted = {(day, leader, tuple(sorted(codes))) for (day, leader), codes in where.items() if len(codes) > 1}
    shown: tuple[Overlap, ...] = overlaps(plan, entries, (), TODAY)
    assert {(each.start, each.leader, each.branches) for each in shown} == wanted
    assert overlaps(plan, list(reversed(entries)), (), TODAY) == shown


def test_the_town_has_three_overlaps_and_one_visit_missing() -> None:
    """The school's first week of term, and two days on which an official was at two branches."""
    plan, entries = sample_plan("town").plan, sample_log("town")
    stands = overview(plan, entries, TODAY, trust_today=True)
    due = inspections(plan, stands.branches, last_inspections(plan, entries, TODAY), TODAY)
    shown = [(each.clash, each.branches, each.start) for each in overlaps(plan, entries, due, TODAY)]
    assert shown == [
        (Clash.LEADER, ("B07", "B08"), date(2026, 10, 15)),
        (Clash.LEADER, ("B01", "B04"), date(2026, 9, 10)),
        (Clash.BUSY, ("B04",), date(2026, 8, 31)),
    ]
    points = {each.branch: each for each in contact_points(plan, stands.branches, entries, TODAY)}
    assert [code for code, each in points.items() if each.visits and each.visits.unvisited] == ["B07"]
    assert points["B07"].visited == ("study", "improve")
    assert points["B10"].due == date(2026, 12, 20)
    assert points["B06"].inspection is not None
    assert points["B06"].inspection.due == date(2026, 11, 26)
    assert points["B01"].purposes == ("research", "guide", "check", "help")


def test_a_branch_and_an_official_without_each_other_are_shown() -> None:
    """V10 for both; V11 where two officials lead at one branch."""
    twice = make_branch("B02", contacts=({"leader": "L1", "lead": True}, {"leader": "L2", "lead": True}))
    plan = a_plan(make_branch("B01"), twice)
    stands = overview(plan, (), TODAY)
    points = contact_points(plan, stands.branches, (), TODAY)
    problems = [(each.leader, each.branch, each.problem.code if each.problem else "") for each in points]
    assert problems == [("L1", "B02", "V11"), ("L2", "B02", "V11"), ("", "B01", "V10"), ("L3", "", "V10")]


def test_a_visit_is_wanted_in_every_phase_that_has_not_ended() -> None:
    """By the end of the first of them that has had none; after it, by the end of the next."""
    plan = a_plan(led("B01", "L1"))
    stands = overview(plan, (), TODAY)
    point = contact_points(plan, stands.branches, (), TODAY)[0]
    assert point.due == plan.branches[0].schedule["study"].end
    visited = [make_entry("visit", november(10), outcome="help")]
    point = contact_points(plan, stands.branches, visited, TODAY)[0]
    assert point.due == plan.branches[0].schedule["improve"].end
    assert (point.purposes, point.visited) == (("help",), ("study",))
    for_two = [make_entry("visit", november(10), outcome="help", attributes={"also": "check"})]
    assert contact_points(plan, stands.branches, for_two, TODAY)[0].purposes == ("help", "check")
    late = [make_entry("visit", TODAY + timedelta(days=1))]
    assert contact_points(plan, stands.branches, late, TODAY)[0].visited == ()
