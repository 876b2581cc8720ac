from collections.abc import Callable
from datetime import date, timedelta

import pytest

from campaign.case_opening import open_case
from campaign.errors import BadInput, Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.overview import branch_standing
from campaign.pauses import paused_days
from campaign.plan import BusyPeriod, Condition, ConditionPlan, Pause, Plan, Schedule
from campaign.plan_changes import (
    Because,
    PhaseDays,
    PlanChange,
    add_busy,
    add_pause,
    end_pause,
    move_dates,
    new_pause,
    remove_busy,
    set_condition,
    set_means,
    waive_step,
)
from campaign.plan_desk import keep_change, reschedule
from campaign.recording import record
from campaign.shortfalls import Shortfall, shortfalls, support_request
from campaign.transitions import end_problems, start_problems
from db import memory_store
from surveys.ports import Store
from tests.builders import (
    DUE,
    START,
    TODAY,
    make_branch,
    make_entry,
    make_kind,
    make_phase,
    make_plan,
    make_step,
    november,
)
from tests.case_builders import moved

ROLE = ({"role": "Secretary"},)
LONG = {
    "study": Schedule(start=date(2026, 8, 3), end=date(2026, 9, 27)),
    "improve": Schedule(start=date(2026, 9, 28), end=date(2026, 10, 25)),
}
PLAN = make_plan(
    branches=(
        make_branch("B01", schedule=LONG, first_responsible=ROLE),
        make_branch("B02", schedule=LONG, first_responsible=ROLE, venue="none", support_request="asked"),
    ),
    steps=(make_step("S1"), make_step("S2"), make_step("I1", phase="improve")),
    kinds=(make_kind("work", "S1", "I1"), make_kind("more", "S2")),
)
WHY = Because("活动办公室", "秋收推迟两周", TODAY)
SHORT = Because("活动办公室", "抢险停课两周", TODAY, short_study="抢险在先")
NO_WHY = Because("活动办公室", "忙", TODAY)
LATER = PhaseDays("improve", date(2026, 10, 5), date(2026, 11, 1))


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def test_dates_are_moved_with_a_reason() -> None:
    """The new days are the plan's, the old ones stay with the reason, and both stand in the audit."""
    change = move_dates(PLAN, "B01", [LATER], WHY)
    branch = change.plan.branch("B01")
    assert branch is not None
    moved_to = branch.schedule["improve"]
    assert (moved_to.start, moved_to.end) == (LATER.start, LATER.end)
    [was] = moved_to.changes
    assert (was.on, was.start, was.end, was.reason) == (TODAY, day(9, 28), day(10, 25), "秋收推迟两周")
    [audit] = change.audit
    assert (audit.entity, audit.field) == ("branch B01", "schedule.improve")
    assert (audit.old, audit.new, audit.reason) == ("2026-09-28/2026-10-25", "2026-10-05/2026-11-01", "秋收推迟两周")
    assert change.plan.branch("B02") == PLAN.branch("B02")
    again = move_dates(change.plan, "B01", [PhaseDays("improve", day(10, 12), day(11, 8))], WHY)
    twice = again.plan.branch("B01")
    assert twice is not None
    assert len(twice.schedule["improve"].changes) == 2


def test_dates_that_stay_are_no_change() -> None:
    """Nothing in the audit, nothing counted."""
    same = PhaseDays("improve", day(9, 28), day(10, 25))
    assert move_dates(PLAN, "B01", [same], NO_WHY) == PlanChange(PLAN, ())


@pytest.mark.parametrize(
    ("days", "because", "code"),
    [
        (LATER, NO_WHY, "V27"),
        (PhaseDays("party", TODAY, TODAY), WHY, "M08"),
        (PhaseDays("study", day(6, 1), day(9, 27)), WHY, "V20"),
        (PhaseDays("study", day(8, 3), day(8, 2)), WHY, "V21"),
        (PhaseDays("improve", day(9, 27), day(10, 25)), WHY, "V22"),
        (PhaseDays("study", day(8, 31), day(9, 27)), WHY, "V23"),
    ],
)
def test_dates_are_moved_within_the_rules(days: PhaseDays, because: Because, code: str) -> None:
    """A reason, inside the campaign, in order, one after the other, long enough for study."""
    with pytest.raises(BadInput) as refused:
        move_dates(PLAN, "B01", [days], because)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert all(problem.text(lang) for problem in refused.value.problems for lang in Lang)


def test_two_phases_are_moved_together() -> None:
    """What would overlap one by one does not together; very many days of study are marked."""
    days = [PhaseDays("study", day(8, 3), day(10, 4)), PhaseDays("improve", day(10, 5), day(11, 29))]
    change = move_dates(PLAN, "B01", days, WHY)
    assert [problem.code for problem in change.warnings] == ["V24"]
    assert len(change.audit) == 2


def test_what_was_wrong_before_does_not_stop_another_change() -> None:
    """Only what a change makes wrong is held against it."""
    short = PLAN.model_copy(update={"campaign": PLAN.campaign.model_copy(update={"expected_members": 999})})
    assert move_dates(short, "B01", [LATER], WHY).audit


def test_a_pause_has_a_limit() -> None:
    """Thirty days in all, days of two pauses once; one day more is refused, and one that ends too early."""
    first = Pause(start=day(10, 1), end=day(10, 20), reason="汛期抢险停")
    once = add_pause(PLAN, "B01", "improve", first, SHORT).plan
    second = Pause(start=day(10, 15), end=day(10, 30), reason="汛期抢险停")
    twice = add_pause(once, "B01", "improve", second, SHORT)
    branch = twice.plan.branch("B01")
    assert branch is not None
    assert paused_days(branch.schedule["improve"].pauses, day(12, 31)) == 30
    for pause, code in (
        (Pause(start=day(10, 15), end=day(10, 31), reason="汛期抢险停"), "V28"),
        (Pause(start=day(10, 15), end=day(10, 14), reason="汛期抢险停"), "V21"),
    ):
        with pytest.raises(BadInput) as refused:
            add_pause(once, "B01", "improve", pause, SHORT)
        assert refused.value.code == code


def test_a_pause_that_leaves_too_few_days_of_study_needs_a_reason_for_that() -> None:
    """V23 without one; it is kept in the plan, where it says why there are so few."""
    pause = Pause(start=day(10, 1), end=day(10, 20), reason="汛期抢险停")
    assert refusal(lambda: add_pause(PLAN, "B01", "improve", pause, WHY)) == "V23"
    change = add_pause(PLAN, "B01", "improve", pause, SHORT)
    branch = change.plan.branch("B01")
    assert branch is not None
    assert [each.field for each in change.audit] == ["schedule.improve.pauses", "short_study_reason"]
    assert branch.short_study_reason == "抢险在先"


def test_an_open_pause_is_ended() -> None:
    """It gets its last day, within the limit; where none is open there is nothing to end."""
    paused = add_pause(PLAN, "B01", "study", Pause(start=day(11, 9), reason="屋顶维修中"), WHY).plan
    change = end_pause(paused, "B01", "study", day(11, 22), WHY)
    branch = change.plan.branch("B01")
    assert branch is not None
    assert branch.schedule["study"].pauses[0].end == day(11, 22)
    assert (change.audit[0].old, change.audit[0].new) == ("2026-11-09/", "2026-11-09/2026-11-22")
    for plan, end, because, code in (
        (PLAN, day(11, 22), WHY, "M06"),
        (paused, day(12, 9), WHY, "V28"),
        (paused, day(11, 8), WHY, "V21"),
        (paused, day(11, 22), NO_WHY, "M51"),
    ):
        with pytest.raises(BadInput) as refused:
            end_pause(plan, "B01", "study", end, because)
        assert refused.value.code == code


def test_busy_periods_come_and_go() -> None:
    """With a reason, and not ending before they start; one that is not there cannot be removed."""
    busy = BusyPeriod.model_validate({"start": day(11, 9), "end": day(11, 13), "label": "examinations"})
    change = add_busy(PLAN, "B01", busy, WHY)
    branch = change.plan.branch("B01")
    assert branch is not None
    assert branch.busy == (busy,)
    assert remove_busy(change.plan, "B01", busy, WHY).plan == PLAN
    backwards = busy.model_copy(update={"end": day(11, 8)})
    for make, code in (
        (lambda: add_busy(PLAN, "B01", backwards, WHY), "V21"),
        (lambda: add_busy(PLAN, "B01", busy, NO_WHY), "M51"),
        (lambda: remove_busy(PLAN, "B01", busy, WHY), "M06"),
        (lambda: add_busy(PLAN, "B09", busy, WHY), "M08"),
    ):
        assert refusal(make) == code


def refusal(make: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as refused:
        make()
    return refused.value.code


def test_a_branch_that_does_not_work_needs_a_plan_with_a_date() -> None:
    """V12 for a shell or a paralysed branch without one; what is done and by when stands in the audit."""
    rebuild = ConditionPlan(kind="rebuild", due_date=day(12, 18))
    assert refusal(lambda: set_condition(PLAN, "B01", Condition.SHELL, None, WHY)) == "V12"
    assert refusal(lambda: set_condition(PLAN, "B01", Condition.SHELL, rebuild, NO_WHY)) == "M51"
    change = set_condition(PLAN, "B01", Condition.SHELL, rebuild, WHY)
    assert [(each.field, each.old, each.new) for each in change.audit] == [
        ("condition", "functioning", "shell"),
        ("condition_plan", "", "rebuild 2026-12-18"),
    ]
    assert set_condition(change.plan, "B01", Condition.REBUILDING, rebuild, WHY).audit[0].new == "rebuilding"


def test_what_a_branch_lacks_asks_for_support() -> None:
    """Without a venue: V13, and a request is wanted until one is open; settled or withdrawn, it is wanted again."""
    change = set_means(PLAN, "B01", "none", "secured", WHY)
    assert [problem.code for problem in change.warnings] == ["V13"]
    assert [(each.field, each.old, each.new) for each in change.audit] == [("venue", "own", "none")]
    plan = change.plan
    [lack] = shortfalls(plan, [], TODAY)
    assert lack == Shortfall("B01", "venue")
    new = support_request(lack, "没有活动场所", "镇活动办公室", day(12, 11), "支部记录员")
    case = open_case(plan, new, (), TODAY)
    assert (case.no, case.kind, case.category, case.due) == ("R-B01-001", "support", "venue", day(12, 11))
    assert shortfalls(plan, [case], TODAY) == ()
    gone = moved(case, ("withdraw", TODAY))
    assert shortfalls(plan, [gone], TODAY) == (lack,)
    assert refusal(lambda: set_means(PLAN, "B01", "tent", "secured", WHY)) == "M07"
    assert refusal(lambda: set_means(PLAN, "B01", "own", "plenty", WHY)) == "M07"


def test_a_step_is_waived_with_a_reason() -> None:
    """V34 without one; what takes its place is kept; an unknown step is told."""
    change = waive_step(PLAN, "B01", "S1", "口述 oral", WHY)
    branch = change.plan.branch("B01")
    assert branch is not None
    [target] = branch.targets
    assert (target.step, target.waived, target.reason, target.substitute) == ("S1", True, "秋收推迟两周", "口述 oral")
    assert waive_step(change.plan, "B01", "S1", "", WHY).plan.branch("B01") is not None
    assert refusal(lambda: waive_step(PLAN, "B01", "S1", "", NO_WHY)) == "V34"
    assert refusal(lambda: waive_step(PLAN, "B01", "S9", "", WHY)) == "M08"


@pytest.fixture
def store() -> Store:
    """The plan in a store."""
    opened = memory_store()
    opened.save_plan(PLAN, AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    return opened


def test_a_change_is_made_on_the_plan_as_it_is_then(store: Store) -> None:
    """Two changes one after the other are both in the plan, with their audit; where nothing changes nothing is kept."""
    keep_change(store, lambda plan: move_dates(plan, "B01", [LATER], WHY))
    keep_change(store, lambda plan: set_means(plan, "B01", "none", "none", WHY))
    keep_change(store, lambda plan: set_means(plan, "B01", "none", "none", WHY))
    branch = store.plan().branch("B01")
    assert branch is not None
    assert (branch.venue, branch.schedule["improve"].start) == ("none", LATER.start)
    assert [each.field for each in store.audits()[1:]] == ["schedule.improve", "venue", "funding"]


def test_the_days_of_a_phase_that_has_ended_stay(store: Store) -> None:
    """M69: nobody can make a late phase look in time. The next phase can still be moved."""
    store.add_entries([make_entry("work", day(10, 1)), make_entry("more", day(10, 2))])
    with pytest.raises(Refused) as refused:
        reschedule(store, "B01", [PhaseDays("study", day(8, 3), day(10, 4)), LATER], WHY)
    assert refused.value.code == "M69"
    assert store.plan() == PLAN
    assert reschedule(store, "B01", [LATER], WHY).audit


GATED = make_plan(
    steps=(make_step("S1"), make_step("S2"), make_step("S3", origin="own"), make_step("S4", after_phase=True)),
    kinds=(make_kind("work", "S1"), make_kind("more", "S2")),
    phases=(make_phase("study", gate_required=True), make_phase("improve")),
    branches=(make_branch(),),
)


def kept(plan: Plan) -> Store:
    opened = memory_store()
    opened.save_plan(plan, AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    return opened


def test_a_phase_begins_when_the_one_before_is_approved() -> None:
    """V32 until then, whatever is done; the first phase may always begin."""
    opened = kept(GATED)
    begin = make_entry("begin", TODAY, phase="improve")
    record(opened, [make_entry("begin", START), make_entry("work", START), make_entry("more", START)], TODAY)
    with pytest.raises(Refused) as refused:
        record(opened, [begin], TODAY)
    assert refused.value.code == "V32"
    assert len(opened.entries()) == 3
    record(opened, [make_entry("gate", TODAY, outcome="approved")], TODAY)
    record(opened, [begin], TODAY)
    assert opened.entries()[-1] == begin


def test_a_phase_without_an_approval_must_be_done_first() -> None:
    """V31 names the required steps that are open: not its own ones, not those after the phase."""
    plan = GATED.model_copy(update={"phases": (make_phase("study"), make_phase("improve"))})
    standing = branch_standing(plan, plan.branches[0], [make_entry("work", START)], TODAY)
    [problem] = start_problems(plan, standing, "improve")
    assert problem.code == "V31"
    assert problem.message(Lang.EN).startswith("1 required step is open: S2.")
    assert end_problems(plan, standing, "study") == [problem]
    assert start_problems(plan, standing, "study") == []
    assert end_problems(plan, standing, "party") == []


def test_a_phase_is_not_ended_with_open_steps() -> None:
    """An entry that ends it is refused with V31 until every required step is done or waived."""
    opened = kept(GATED)
    opened.add_entries([make_entry("work", START)])
    end = make_entry("end", TODAY)
    with pytest.raises(Refused) as refused:
        record(opened, [end], TODAY)
    assert refused.value.code == "V31"
    waived = keep_change(opened, lambda plan: waive_step(plan, "B01", "S2", "口述 oral", WHY))
    assert waived.audit
    assert record(opened, [end], TODAY) == []


def test_days_of_pauses_count_once_and_up_to_a_day() -> None:
    """An open pause counts up to the day in question."""
    pauses = [
        Pause(start=november(1), end=november(10), reason="汛期抢险停"),
        Pause(start=november(5), end=november(12), reason="汛期抢险停"),
        Pause(start=november(20), reason="屋顶维修中"),
    ]
    counted = [paused_days(pauses, november(number)) for number in (0, 1, 11, 15, 21)]
    assert counted == [0, 1, 11, 12, 14]
    assert DUE + timedelta(days=1) == november(30)


@pytest.mark.parametrize(
    ("because", "code"),
    [
        (Because(" ", "秋收推迟两周", TODAY), "M06"),
        (Because("岗" * 41, "秋收推迟两周", TODAY), "V64"),
        (Because("活动办公室", "推" * 301, TODAY), "V64"),
    ],
)
def test_whoever_changes_a_plan_says_as_what(because: Because, code: str) -> None:
    """A role of at most 40 characters, a reason of at most 300."""
    assert refusal(lambda: move_dates(PLAN, "B01", [LATER], because)) == code


def test_a_telephone_number_in_a_reason_is_marked() -> None:
    """V14, whatever the change."""
    told = Because("活动办公室", "问13800138000即可", TODAY)
    assert [each.code for each in move_dates(PLAN, "B01", [LATER], told).warnings] == ["V14"]


def test_a_problem_of_a_change_stands_beside_its_field() -> None:
    """The place is the field of the branch, not a line of a file."""
    with pytest.raises(BadInput) as refused:
        move_dates(PLAN, "B01", [PhaseDays("study", day(8, 3), day(9, 28))], WHY)
    assert [problem.place for problem in refused.value.problems] == ["schedule.improve.start"]


def test_a_pause_outside_its_phase_is_marked() -> None:
    """It would change nothing: M113 says which days the phase has."""
    pause = new_pause(day(12, 1), day(12, 3), WHY)
    assert [each.code for each in add_pause(PLAN, "B01", "improve", pause, WHY).warnings] == ["M113"]
    assert add_pause(PLAN, "B01", "improve", new_pause(day(10, 25), None, WHY), WHY).warnings == ()
    with pytest.raises(BadInput) as refused:
        new_pause(day(12, 1), None, NO_WHY)
    assert refused.value.code == "M51"
