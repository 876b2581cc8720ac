"""What kinds of entry may say, and correcting entries over a store."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaign.correcting import correct_entry, take_back_entry
from campaign.errors import BadInput, ManyiError, Refused
from campaign.language import Lang
from campaign.log import AuditEntry, Logged
from campaign.log_lines import dump_log, parse_log
from campaign.plan import Attribute, Leader, Plan
from campaign.recording import check_entry
from db import memory_store
from surveys.ports import Store
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, november

TIME = Attribute.model_validate(
    {"id": "time", "name": "Time", "choices": [{"id": "work", "name": "Work"}, {"id": "spare", "name": "Spare"}]}
)
BUSY = {"start": november(10), "end": november(12), "label": "harvest"}


def town() -> Plan:
    plan = make_plan(
        kinds=[
            make_kind("meeting", attributes=["time"], hours=True),
            make_kind("visit", leader="optional"),
            make_kind("example", leader="required"),
            make_kind("text", counts=["opinions"]),
        ],
        branches=[make_branch(busy=[BUSY])],
    )
    counts = tuple(count.model_copy(update={"most": 8}) if count.id == "opinions" else count for count in plan.counts)
    leaders = (Leader.model_validate({"code": "L1", "role": "Deputy"}),)
    return plan.model_copy(update={"attributes": (TIME,), "counts": counts, "leaders": leaders})


PLAN = town()
MEETING = make_entry("meeting", TODAY, hours=2, attributes={"time": "spare"})


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("meeting", {"hours": 2}, []),
        ("meeting", {"hours": 2, "attributes": {"time": "spare"}}, []),
        ("meeting", {"hours": 2, "attributes": {"time": "night"}}, [("M31", "attributes.time")]),
        ("meeting", {"hours": 2, "attributes": {"size": "full"}}, [("M08", "attributes.size")]),
        ("visit", {"attributes": {"time": "work"}}, [("M08", "attributes.time")]),
        ("visit", {}, []),
        ("visit", {"leader": "L1"}, []),
        ("visit", {"leader": "L9"}, [("M08", "leader")]),
        ("meeting", {"hours": 2, "leader": "L1"}, [("M50", "leader")]),
        ("example", {}, [("M06", "leader")]),
        ("text", {"counts": {"opinions": 8}}, []),
        ("text", {"counts": {"opinions": 9}}, [("M38", "counts.opinions")]),
    ],
)
def test_a_kind_says_what_can_be_chosen_and_who_is_named(
    kind: str, fields: dict[str, object], found: list[tuple[str, str]]
) -> None:
    """Attributes of the kind with choices of the plan; an official where the kind wants one; large numbers are odd."""
    problems = check_entry(PLAN, make_entry(kind, TODAY, **fields), TODAY)
    assert [(problem.code, problem.place) for problem in problems] == found
    assert all(problem.text(lang) for problem in problems for lang in Lang)


def test_an_entry_with_all_that_was_chosen_is_a_line() -> None:
    """What is written to a file comes back equal."""
    entry = make_entry("visit", TODAY, leader="L1", attributes={"time": "work"})
    assert parse_log(dump_log([entry])) == [entry]


@pytest.fixture
def store() -> Store:
    """The plan, and two meetings in the log."""
    opened = memory_store()
    opened.save_plan(PLAN, AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    opened.add_entries([MEETING, make_entry("visit", TODAY)])
    return opened


def first(store: Store) -> Logged:
    return store.logged()[0]


def test_a_correction_keeps_the_old_entry_in_the_audit(store: Store) -> None:
    """The new one stands in its place, on the old day of recording; both are lines in the audit, with the reason."""
    new = MEETING.model_copy(update={"hours": Decimal(3), "recorded_on": TODAY + timedelta(days=5)})
    assert correct_entry(store, first(store), new, "漏记一小时", "记录员", TODAY + timedelta(days=2)) == []
    kept = [each.entry for each in store.logged()]
    assert kept == [MEETING.model_copy(update={"hours": Decimal(3)}), make_entry("visit", TODAY)]
    audit = store.audits()[-1]
    assert (audit.entity, audit.reason, audit.on) == ("log 1", "漏记一小时", TODAY + timedelta(days=2))
    assert parse_log(audit.old) == [MEETING]
    assert parse_log(audit.new) == [kept[0]]


def test_a_correction_may_come_with_a_warning(store: Store) -> None:
    """What is only odd is kept, and told."""
    new = MEETING.model_copy(update={"hours": Decimal(9)})
    assert [each.code for each in correct_entry(store, first(store), new, "误登为2学时", "记录员", TODAY)] == ["V37"]


@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [(date(2026, 11, 30), "日期登记有误", "V30"), (TODAY, "改", "M51"), (november(11), "日期登记有误", "V25")],
)
def test_a_wrong_correction_changes_nothing(store: Store, on: date, reason: str, code: str) -> None:
    """The rules of recording hold, a reason is wanted, and what must be confirmed is asked."""
    new = MEETING.model_copy(update={"on": on})
    with pytest.raises(ManyiError) as refused:
        correct_entry(store, first(store), new, reason, "记录员", TODAY)
    assert refused.value.code == code
    assert first(store).entry == MEETING
    assert len(store.audits()) == 1


def test_what_must_be_confirmed_can_be(store: Store) -> None:
    """A meeting in the harvest is kept if somebody says so."""
    new = MEETING.model_copy(update={"on": november(11)})
    assert correct_entry(store, first(store), new, "日期登记有误", "记录员", TODAY, confirmed=True) == []
    assert first(store).entry.on == november(11)


def test_an_entry_is_taken_back_on_its_day(store: Store) -> None:
    """It leaves the log and stays in the audit; on the next day it can only be corrected."""
    seen = first(store)
    with pytest.raises(Refused) as refused:
        take_back_entry(store, seen, "重复登记了", "记录员", TODAY + timedelta(days=1))
    assert refused.value.code == "M39"
    with pytest.raises(BadInput):
        take_back_entry(store, seen, "", "记录员", TODAY)
    take_back_entry(store, seen, "重复登记了", "记录员", TODAY)
    assert [each.kind for each in store.entries()] == ["visit"]
    assert parse_log(store.audits()[-1].old) == [MEETING]
    assert store.audits()[-1].new == ""


def test_what_somebody_else_corrected_meanwhile_is_left_alone(store: Store) -> None:
    """M53 for whoever comes second, with a correction or to take it back."""
    seen = first(store)
    correct_entry(store, seen, MEETING.model_copy(update={"hours": Decimal(3)}), "漏记一小时", "记录员", TODAY)
    with pytest.raises(Refused) as refused:
        correct_entry(store, seen, MEETING.model_copy(update={"hours": Decimal(4)}), "漏记两小时", "记录员", TODAY)
    assert refused.value.code == "M53"
    with pytest.raises(Refused) as refused:
        take_back_entry(store, seen, "重复登记了", "记录员", TODAY)
    assert refused.value.code == "M53"
    assert first(store).entry.hours == 3
    assert len(store.audits()) == 2
