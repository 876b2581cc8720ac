"""Cases over a store: kept with their audit, and never over the head of somebody else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.case_desk import (
    Amendment,
    Handled,
    act_and_keep,
    amend_and_keep,
    check_amendment,
    extend_and_keep,
    move_and_keep,
    open_and_keep,
)
from campaign.case_moves import check_action
from campaign.case_opening import NewCase
from campaign.cases import Feasibility
from campaign.errors import BadInput, Refused
from db import memory_store
from surveys.ports import Store
from tests.case_builders import PLAN, SLIP, action

MONDAY = date(2026, 11, 2)
NEW = NewCase(
    kind="correction",
    branch="B01",
    matter="公示栏更新慢",
    role="督查组",
    due=date(2026, 11, 20),
    suggestion="每周更新",
    owner="支部书记",
)


@pytest.fixture
def store() -> Store:
    """An empty store."""
    return memory_store()


def audited(store: Store) -> list[tuple[str, str, str, str, str]]:
    return [(each.entity, each.field, each.old, each.new, each.reason) for each in store.audits()]


def test_cases_are_opened_one_after_the_other(store: Store) -> None:
    """Each gets the next number of its branch, and its opening stands in the audit."""
    numbers = [open_and_keep(store, PLAN, NEW, MONDAY).case.no for _ in range(2)]
    assert numbers == ["R-B01-001", "R-B01-002"]
    assert [case.no for case in store.cases()] == numbers
    assert audited(store)[0] == ("case R-B01-001", "state", "", "open", "")


def test_a_slip_opens_one_case(store: Store) -> None:
    """Its number is that of the case; a second one under it is refused, and nothing is kept of it."""
    new = NewCase(kind="answer", branch="B01", matter="路灯不亮", role="办公室", no=SLIP)
    open_and_keep(store, PLAN, new, MONDAY)
    with pytest.raises(BadInput) as refused:
        open_and_keep(store, PLAN, new, MONDAY)
    assert refused.value.code == "M52"
    assert len(store.audits()) == 1


def test_a_move_is_kept_with_its_reason(store: Store) -> None:
    """Old and new state, and due day where it changes, stand in the audit; what a reason is for is there as well."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    for name in ("start", "submit"):
        case = move_and_keep(store, PLAN, case, action(name), MONDAY).case
    case = move_and_keep(store, PLAN, case, action("return", text="照片不清楚"), MONDAY).case
    assert store.case(case.no) == case
    assert audited(store)[1:] == [
        (f"case {case.no}", "state", "open", "in_progress", ""),
        (f"case {case.no}", "state", "in_progress", "submitted", ""),
        (f"case {case.no}", "state", "submitted", "in_progress", "照片不清楚"),
    ]


def test_an_extension_is_kept_with_both_days(store: Store) -> None:
    """The old due day, the new one and the reason stand in the audit."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    case = extend_and_keep(store, PLAN, case, date(2026, 11, 24), action("extend"), MONDAY).case
    assert case.due == date(2026, 11, 24)
    assert audited(store)[-1] == (f"case {case.no}", "due", "2026-11-20", "2026-11-24", "已经逐条办理")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    """Two people look at one case; the second one's move is refused with M53, whatever it is."""
    seen = open_and_keep(store, PLAN, NEW, MONDAY).case
    moved = move_and_keep(store, PLAN, seen, action("start"), MONDAY).case
    changes: Sequence[Callable[[], Handled]] = (
        lambda: move_and_keep(store, PLAN, seen, action("start"), MONDAY),
        lambda: extend_and_keep(store, PLAN, seen, date(2026, 11, 24), action("extend"), MONDAY),
        lambda: amend_and_keep(store, seen, Amendment(public=True), "办公室", "上清单公开", MONDAY),
    )
    for change in changes:
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "M53"
    assert store.case(seen.no) == moved
    assert len(store.audits()) == 2


def test_a_case_is_merged_into_an_open_one_of_its_kind(store: Store) -> None:
    """M08 names the cases that it can be merged into: not another kind's, not a closed one, not one that is unknown."""
    numbers = ("1000000001", "1000000002", "1000000003")
    first, second, third = (
        open_and_keep(store, PLAN, NewCase("answer", "B01", "路灯不亮", "办公室", no=no), MONDAY).case for no in numbers
    )
    other = open_and_keep(store, PLAN, NEW, MONDAY).case
    move_and_keep(store, PLAN, third, action("withdraw"), MONDAY)
    for into in (other.no, third.no, "1000000008"):
        with pytest.raises(BadInput) as refused:
            move_and_keep(store, PLAN, first, action("merge", into=into), MONDAY)
        assert refused.value.code == "M08"
        assert str(refused.value.problems[0].values["known"]) == second.no
    merged = move_and_keep(store, PLAN, first, action("merge", into=second.no), MONDAY).case
    assert (merged.state, merged.events[-1].into) == ("merged", second.no)


def test_cases_of_two_branches_are_not_merged(store: Store) -> None:
    """M134 names both branches; M147 tells who names the very case. Both cases stay as they are."""
    here, there = (
        open_and_keep(store, PLAN, NewCase("answer", code, "路灯不亮", "办公室", no=no), MONDAY).case
        for code, no in (("B01", "1000000001"), ("B02", "1000000002"))
    )
    for into, code in ((there.no, "M134"), (here.no, "M147")):
        with pytest.raises(BadInput) as refused:
            move_and_keep(store, PLAN, here, action("merge", into=into), MONDAY)
        assert [(each.code, each.place) for each in refused.value.problems] == [(code, "into")]
    assert [case.state for case in store.cases()] == ["received", "received"]


def test_a_finding_is_said_in_three_hundred_characters(store: Store) -> None:
    """V64 for one more, for the public as well; what a person wrote may be longer."""
    long = {"matter": replace(NEW, matter="长" * 301), "public_matter": replace(NEW, public_matter="长" * 301)}
    for field, new in long.items():
        with pytest.raises(BadInput) as refused:
            open_and_keep(store, PLAN, new, MONDAY)
        assert [(each.code, each.place) for each in refused.value.problems] == [("V64", field)]
    case = open_and_keep(store, PLAN, replace(NEW, matter="长" * 300), MONDAY).case
    with pytest.raises(BadInput) as refused:
        amend_and_keep(store, case, Amendment(public_matter="长" * 301), "办公室", "说得更清楚", MONDAY)
    assert refused.value.code == "V64"
    open_and_keep(store, PLAN, NewCase("answer", "B01", "长" * 301, "办公室", no="1000000001"), MONDAY)


def test_what_is_known_better_is_corrected_with_a_reason(store: Store) -> None:
    """The new is kept, the old stands in the audit; only what changed does."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    changes = Amendment(owner="支部书记", feasibility=Feasibility.CANNOT_NOW, public_matter="公示更新")
    kept = amend_and_keep(store, case, changes, "办公室", "经核实暂无条件", MONDAY).case
    assert (kept.feasibility, kept.public_matter, kept.events) == (Feasibility.CANNOT_NOW, "公示更新", case.events)
    assert audited(store)[1:] == [
        (f"case {case.no}", "feasibility", "", "cannot_now", "经核实暂无条件"),
        (f"case {case.no}", "public_matter", "", "公示更新", "经核实暂无条件"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        (Amendment(public=True), "改", "M51"),
        (Amendment(owner=""), "责任人调整", "V40"),
        (Amendment(public_matter="长" * 2001), "脱敏后公开", "V64"),
    ],
)
def test_an_amendment_is_refused(store: Store, changes: Amendment, reason: str, code: str) -> None:
    """Without a reason, without an owner, or too long: nothing is changed."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    with pytest.raises(BadInput) as refused:
        amend_and_keep(store, case, changes, "办公室", reason, MONDAY)
    assert refused.value.code == code
    assert store.case(case.no) == case


def test_an_amendment_with_a_personal_number_is_marked(store: Store) -> None:
    """V14, also where the text is meant for the public."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    kept = amend_and_keep(store, case, Amendment(public_matter="电话13800138000"), "办公室", "脱敏后公开", MONDAY)
    assert [problem.code for problem in kept.warnings] == ["V14"]


def test_what_time_has_closed_is_kept_with_the_next_move(store: Store) -> None:
    """A late rating keeps the day on which the time for it had passed, and the audit tells what it was before."""
    case = open_and_keep(
        store, PLAN, NewCase("answer", "B01", "路灯不亮", "办公室", no=SLIP, owner="所长"), MONDAY
    ).case
    for name in ("acknowledge", "accept", "answer"):
        case = move_and_keep(store, PLAN, case, action(name), MONDAY).case
    case = move_and_keep(store, PLAN, case, action("rate_satisfied"), MONDAY + timedelta(days=20)).case
    assert [(event.on, event.state) for event in case.events[-2:]] == [
        (date(2026, 11, 17), "closed_unrated"),
        (date(2026, 11, 22), "closed"),
    ]
    assert audited(store)[-1][2:4] == ("closed_unrated", "closed")


@pytest.mark.parametrize(
    ("changes", "role", "reason", "wrong"),
    [
        (Amendment(owner="副书记"), "", "责任岗位调整", [("M06", "role")]),
        (Amendment(owner="副书记"), "办公室", "改", [("M51", "text")]),
        (Amendment(owner=" 支部书记 "), "办公室", "责任岗位调整", [("M102", "")]),
        (Amendment(), "办公室", "责任岗位调整", [("M102", "")]),
        (Amendment(category="长" * 33), "办公室", "归类更准确", [("V64", "category")]),
        (Amendment(public_matter="电话13800138000"), "办公室", "脱敏后公开", [("V14", "public_matter")]),
        (Amendment(owner="副书记"), "办公室", "责任岗位调整", []),
    ],
)
def test_a_correction_is_checked_field_by_field(
    store: Store, changes: Amendment, role: str, reason: str, wrong: list[tuple[str, str]]
) -> None:
    """The place is the box that the reason stands beside."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    assert [(each.code, each.place) for each in check_amendment(case, changes, role, reason)] == wrong


def test_an_action_is_a_move_or_a_later_deadline(store: Store) -> None:
    """One function for both; an extension that names no day is M06, whoever asks."""
    case = open_and_keep(store, PLAN, NEW, MONDAY).case
    without = action("extend", due=None)
    assert [each.code for each in check_action(PLAN, case, without, MONDAY)] == ["M06"]
    with pytest.raises(BadInput) as refused:
        act_and_keep(store, PLAN, case, without, MONDAY)
    assert refused.value.code == "M06"
    case = act_and_keep(store, PLAN, case, action("extend", due=date(2026, 11, 24)), MONDAY).case
    assert (case.due, case.state) == (date(2026, 11, 24), "open")
    again = check_action(PLAN, case, action("extend", due=None), MONDAY)
    assert "V78" in [each.code for each in again]
    assert act_and_keep(store, PLAN, case, action("start"), MONDAY).case.state == "in_progress"
