from datetime import date, timedelta

from campaign.due_list import DueList, Owed, due_list
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Leader, Plan
from campaign.standing import Standing, Status
from campaign.visits import ContactVisits, contact_visits, inspections, last_inspections
from tests.builders import DUE, START, make_branch, make_entry, make_kind, make_plan, make_step, november
from tests.case_builders import opened

PLAN = make_plan(
    kinds=[make_kind("inspection", effect="inspection"), make_kind("visit", effect="visit", leader="optional")],
    steps=[make_step("S1", due="2026-11-26"), make_step("S2")],
    branches=[
        make_branch("B01", contacts=[{"leader": "L1", "lead": True}, {"leader": "L2"}]),
        make_branch("B02", contacts=[{"leader": "L2"}]),
    ],
)
PLAN = PLAN.model_copy(
    update={"leaders": tuple(Leader.model_validate({"code": code, "role": code}) for code in ("L1", "L2"))}
)


def owed(plan: Plan, today: date, entries: list[LogEntry] | None = None, *, trust_today: bool = True) -> DueList:
    log = entries or []
    return due_list(plan, overview(plan, log, today, trust_today=trust_today), [], log)


def shown(found: DueList) -> list[list[tuple[Owed, str, date]]]:
    return [[(each.owed, each.branch, each.due) for each in part] for part in (found.overdue, found.today, found.soon)]


def test_what_is_owed_is_late_or_due_today_or_in_the_next_week() -> None:
    """Phases, steps with a day of their own, inspections and visits, the longest late first, then by day and branch."""
    plan = PLAN.model_copy(update={"branches": PLAN.branches[:1]})
    step, phase, inspection = date(2026, 11, 26), DUE, START + timedelta(days=14)
    assert shown(owed(plan, november(18))) == [[(Owed.INSPECTION, "B01", inspection)], [], []]
    late = (Owed.INSPECTION, "B01", inspection)
    assert shown(owed(plan, november(19))) == [[late], [], [(Owed.STEP, "B01", step)]]
    visit = (Owed.VISIT, "B01", phase)
    assert shown(owed(plan, step)) == [[late], [(Owed.STEP, "B01", step)], [(Owed.PHASE, "B01", phase), visit]]
    after = shown(owed(plan, november(30)))
    assert after[0] == [late, (Owed.STEP, "B01", step), (Owed.PHASE, "B01", phase), visit]


def test_cases_stand_in_the_list_with_their_working_days() -> None:
    """Each by the day that is nearest: the acknowledgement before the answer."""
    case = opened("answer", november(20))
    found = due_list(PLAN, overview(PLAN, [], november(23)), [case], [])
    [thing] = [each for each in found.soon if each.owed is Owed.CASE]
    assert (thing.due, thing.branch) == (november(24), "B01")
    assert thing.case is not None
    assert (thing.case.workdays, thing.case.acknowledgement, thing.case.case.no) == (1, True, case.no)


def test_a_branch_that_does_not_work_owes_what_was_planned_for_it() -> None:
    """The date of its plan is owed until it works again."""
    plan = {"kind": "rebuild", "due_date": november(20)}
    shell = make_plan(branches=[make_branch("B01", condition="shell", condition_plan=plan)])
    [thing] = [each for each in owed(shell, november(21)).overdue if each.owed is Owed.CONDITION]
    assert (thing.due, thing.standing) == (november(20), Standing(Status.OVERDUE, 1))
    again = make_plan(branches=[make_branch("B01", condition="rebuilding", condition_plan=plan)])
    assert owed(again, november(21)).overdue == ()


def test_what_is_paused_is_not_owed() -> None:
    """A phase in a pause is neither late nor due."""
    pause = {"start": START, "end": november(30), "reason": "roof repair"}
    schedule = {
        "study": {"start": START, "end": DUE, "pauses": [pause]},
        "improve": {"start": "2026-12-01", "end": "2026-12-27"},
    }
    paused = make_plan(branches=[make_branch("B01", schedule=schedule)])
    found = owed(paused, DUE)
    assert [each for each in (*found.overdue, *found.today, *found.soon) if each.phase == "study"] == []


def test_a_visit_is_owed_until_somebody_came_in_the_phase() -> None:
    """By the last planned day of each phase, by a branch that has an official; a visit in another phase is another."""
    visits = [make_entry("visit", november(5), branch="B02", leader="L2")]
    found = owed(PLAN, november(30), visits)
    assert [(each.branch, each.due, each.phase) for each in found.overdue if each.owed is Owed.VISIT] == [
        ("B01", DUE, "study")
    ]
    alone = make_plan(kinds=[make_kind("visit", effect="visit")])
    assert all(each.owed is not Owed.VISIT for each in owed(alone, november(30)).overdue)


def test_promised_help_is_owed_until_it_was_given() -> None:
    """By the day that was said last; an entry that says that it was given, or is confirmed, ends it."""
    plan = make_plan(kinds=[make_kind("help_case", effect="help", outcomes=("planned", "done", "confirmed"))])
    promised = make_entry("help_case", november(2), outcome="planned", code="H07", planned=november(10))
    later = make_entry("help_case", november(9), outcome="planned", code="H07", planned=november(12))
    other = make_entry("help_case", november(9), outcome="done", code="H08")

    def helps(today: date, *log: LogEntry) -> list[tuple[str, date, int]]:
        found = owed(plan, today, list(log))
        parts = (*found.overdue, *found.today, *found.soon)
        return [(each.code, each.due, each.standing.days) for each in parts if each.owed is Owed.HELP]

    assert helps(november(9), promised, other) == [("H07", november(10), 1)]
    assert helps(november(10), promised) == [("H07", november(10), 0)]
    assert helps(november(11), promised) == [("H07", november(10), 1)]
    assert helps(november(11), promised, later) == [("H07", november(12), 1)]
    given = make_entry("help_case", november(11), outcome="done", code="H07")
    assert helps(november(11), promised, given) == []
    assert helps(november(11), promised, given.model_copy(update={"outcome": "confirmed"})) == []


def test_nothing_is_overdue_while_the_clock_is_wrong() -> None:
    """If something was recorded after today, nobody is called late."""
    entries = [make_entry("inspection", november(2), recorded_on=november(30))]
    found = owed(PLAN, november(25), entries, trust_today=False)
    assert found.overdue == ()


def test_the_next_inspection_follows_the_last_one() -> None:
    """Two weeks after it, or after the branch began; none before that, and none once all phases have ended."""
    seen = overview(PLAN, [], november(20)).branches
    entries = [make_entry("inspection", november(10)), make_entry("inspection", november(7))]
    first, second = inspections(PLAN, seen, last_inspections(PLAN, entries, november(20)), november(20))
    assert (first.last, first.due, first.standing) == (november(10), november(24), Standing(Status.ON_TRACK, 4))
    assert (second.last, second.due, second.standing) == (None, november(16), Standing(Status.OVERDUE, 4))
    assert inspections(PLAN, overview(PLAN, [], november(1)).branches, {}, november(1)) == ()
    assert inspections(make_plan(), overview(make_plan(), [], november(20)).branches, {}, november(20)) == ()


def test_an_official_sees_when_he_was_at_each_of_his_branches() -> None:
    """A visit counts for whom it names, otherwise for the lead contact or the only one; every phase wants one."""
    entries = [
        make_entry("visit", november(3)),
        make_entry("visit", november(9), leader="L2"),
        make_entry("visit", november(12), leader="L2"),
        make_entry("visit", november(28), leader="L1"),
    ]
    seen = overview(PLAN, entries, november(20)).branches
    assert contact_visits(PLAN, seen, entries, november(20)) == (
        ContactVisits("L1", "B01", lead=True, last=november(3), visits=1, unvisited=()),
        ContactVisits("L2", "B01", lead=False, last=november(12), visits=2, unvisited=()),
        ContactVisits("L2", "B02", lead=False, last=None, visits=0, unvisited=("study",)),
    )
    only = [make_entry("visit", november(5), branch="B02")]
    assert contact_visits(PLAN, seen, only, november(20))[2].last == november(5)
