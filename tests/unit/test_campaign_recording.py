from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.cases import Case
from campaign.errors import BadInput, Problem, Refused
from campaign.held import HeldSurvey
from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.plan import Plan
from campaign.recording import check_entry, holds_personal_number, parse_count, parse_day, record
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, make_step, november

MEETING = make_kind("meeting", "S1", hours=True, group_counts=("expected", "attended", "made_up", "excused"))
OPINIONS = make_kind("opinions", counts=("opinions",))
VISIT = make_kind("visit", "S2", group_counts=("reached", "unreachable", "opinions"))
BUSY = {"start": november(10), "end": november(12), "label": {"zh": "秋收", "en": "harvest"}}
PLAN = make_plan(
    steps=[make_step(), make_step("S2", kind="coverage", count="reached", unreachable="unreachable")],
    kinds=[MEETING, OPINIONS, VISIT],
    branches=[make_branch(busy=[BUSY])],
)


def meeting(on: date = TODAY, *, hours: object = 2, **more: object) -> LogEntry:
    """A study meeting of the staff, four of five present."""
    return make_entry("meeting", on, **{"groups": {"staff": {"expected": 5, "attended": 4}}, "hours": hours, **more})


def found(entry: LogEntry, today: date = TODAY) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(problem.code, problem.place) for problem in check_entry(PLAN, entry, today)]


def outcome(parse: Callable[[str], object], text: str) -> object:
    """What was read, or the code of the problem."""
    try:
        return parse(text)
    except BadInput as error:
        return error.code


class Log:
    """A store that keeps a log in memory."""

    def __init__(self) -> None:
        self.kept: list[LogEntry] = []
        self.owed: list[Case] = []

    def transaction(self) -> AbstractContextManager[None]:
        return nullcontext()

    def plan(self) -> Plan:
        return PLAN

    def save_plan(self, plan: Plan, audit: AuditEntry) -> None:
        raise NotImplementedError(plan, audit)

    def entries(self, branch: str | None = None) -> Sequence[LogEntry]:
        return [entry for entry in self.kept if branch in (None, entry.branch)]

    def cases(self, branch: str | None = None) -> Sequence[Case]:
        return [case for case in self.owed if branch in (None, case.branch)]

    def held_surveys(self, branch: str | None = None) -> Sequence[HeldSurvey]:  # noqa: ARG002  # for the protocol
        return []

    def entries_of(self, kinds: Collection[str], *, led: bool = False) -> Sequence[LogEntry]:
        return [entry for entry in self.kept if entry.kind in kinds or (led and entry.leader)]

    def logged(self, branch: str | None = None) -> Sequence[Logged]:
        return [Logged(number, entry) for number, entry in enumerate(self.entries(branch))]

    def replace_entry(self, seen: Logged, entry: LogEntry | None, audit: AuditEntry) -> bool:
        raise NotImplementedError(seen, entry, audit)

    def add_entries(self, entries: Sequence[LogEntry]) -> Sequence[int]:
        self.kept += entries
        return range(len(self.kept) - len(entries) + 1, len(self.kept) + 1)

    def add_audit(self, audit: AuditEntry) -> None:
        raise NotImplementedError(audit)

    def audits(self) -> Sequence[AuditEntry]:
        return []

    def revision(self) -> tuple[int, ...]:
        return (len(self.kept),)


# -- checking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        meeting(),
        meeting(groups={"staff": {"expected": 5, "attended": 3, "made_up": 1, "excused": 1}}),
        meeting(hours=8, note="会议室二楼, 2026-11-23 09:00", reference="档〔2026〕0123-4567号"),
        make_entry("opinions", TODAY, counts={"opinions": 300}),
        make_entry("visit", TODAY, groups={"staff": {"reached": 1, "opinions": 99}}),
        make_entry("gate", TODAY, outcome="approved"),
        make_entry("gate", november(11), outcome="requested"),
    ],
)
def test_a_sound_entry_has_no_problems(entry: LogEntry) -> None:
    """Counts of things may exceed the members; shelf numbers and days are no personal numbers; a gate calls nobody."""
    assert found(entry) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (meeting(kind="party"), ("M08", "kind")),
        (meeting(branch="B99"), ("M08", "branch")),
        (meeting(phase="party"), ("M08", "phase")),
        (make_entry("opinions", TODAY, counts={"opinions": 1, "smiles": 1}), ("M08", "counts.smiles")),
        (meeting(groups={"staff": {"expected": 5, "smiles": 1}}), ("M08", "groups.staff.smiles")),
        (meeting(groups={"staff": {"expected": 5}, "pupils": {"expected": 0}}), ("M08", "groups.pupils")),
        (meeting(date(2026, 6, 30)), ("V30", "on")),
        (meeting(november(24)), ("V30", "on")),
        (make_entry("opinions", TODAY), ("M06", "counts.opinions")),
        (meeting(groups={}), ("M06", "groups")),
        (meeting(groups={"staff": {}}), ("M06", "groups")),
        (meeting(groups={"staff": {"attended": 3}}), ("M06", "groups.staff.expected")),
        (meeting(hours=None), ("M06", "hours")),
        (make_entry("opinions", TODAY, counts={"opinions": 1}, hours=1), ("M50", "hours")),
        (meeting(outcome="approved"), ("M50", "outcome")),
        (make_entry("gate", TODAY, outcome="maybe"), ("M18", "outcome")),
        (make_entry("gate", TODAY), ("M06", "outcome")),
        (meeting(hours="8.1"), ("V37", "hours")),
        (
            meeting(groups={"staff": {"expected": 3, "attended": 2, "made_up": 1, "excused": 1}}),
            ("V35", "groups.staff.attended"),
        ),
        (meeting(groups={"staff": {"expected": 6}}), ("V36", "groups.staff.expected")),
        (meeting(groups={"frail": {"expected": 1}}), ("V36", "groups.frail.expected")),
        (make_entry("visit", TODAY, groups={"staff": {"reached": 6}}), ("V36", "groups.staff.reached")),
        (make_entry("visit", TODAY, groups={"staff": {"unreachable": 6}}), ("V36", "groups.staff.unreachable")),
        (meeting(november(10)), ("V25", "on")),
        (meeting(november(12)), ("V25", "on")),
        (meeting(note="请联系 13800138000"), ("V14", "note")),
        (meeting(reference="０５１２－６５８８１２３４"), ("V14", "reference")),
        (meeting(role="书记 11010519491231002X"), ("V14", "role")),
    ],
)
def test_each_mistake_is_found_in_its_field(entry: LogEntry, problem: tuple[str, str]) -> None:
    """One mistake, one problem, at the field where it can be mended, with a message in both languages."""
    assert found(entry) == [problem]
    for each in check_entry(PLAN, entry, TODAY):
        texts = [each.message(lang) for lang in Lang]
        assert all("{" not in text for text in texts)
        assert len(set(texts)) == len(Lang)


def test_all_mistakes_are_found_at_once() -> None:
    """Nobody has to come back for the second one."""
    entry = meeting(november(30), branch="B99", hours=None, outcome="x", note="13800138000")
    assert {code for code, _ in found(entry)} == {"M08", "V30", "M06", "M50", "V14"}


def test_nothing_can_happen_after_the_campaign() -> None:
    """After the last day the campaign's end is the limit, not today."""
    after = date(2027, 1, 5)
    assert found(meeting(date(2027, 1, 1)), after) == [("V30", "on")]
    assert found(meeting(date(2026, 12, 31)), after) == []


def test_long_lists_of_what_is_known_are_cut() -> None:
    """With hundreds of branches a message stays readable."""
    plan = make_plan(branches=[make_branch(f"B{n}") for n in range(500)])
    problem = check_entry(plan, make_entry("begin", TODAY, branch="X1"), TODAY)[0]
    assert len(problem.message(Lang.EN)) < 200


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "电话138 0013 8000。",
        "+86-138-0013-8000",
        "１３８００１３８０００",
        "0512-65881234",
        "010 6588 1234",
        "11010519491231002X",
        "身份证110105 19491231 002x",
        "110105491231002",
    ],
)
def test_personal_numbers_are_noticed(text: str) -> None:
    """Mobile and fixed telephones, identity numbers of 18 and 15 digits, in digits of any width."""
    assert holds_personal_number(text)


@pytest.mark.parametrize("text", ["", "2026-11-23", "20261123", "档2026-01234567", "卷12 第345页", "共1380人 0013册"])
def test_other_numbers_are_left_alone(text: str) -> None:
    """Days, shelf numbers and counts."""
    assert not holds_personal_number(text)


# -- recording ------------------------------------------------------------------------------------------------------


def test_sound_entries_are_kept_and_warnings_come_back() -> None:
    """A warning does not stop the recording."""
    log, entries = Log(), [meeting(), meeting(hours=9)]
    warnings = record(log, entries, TODAY)
    assert [(problem.code, problem.place) for problem in warnings] == [("V37", "#2 hours")]
    assert log.kept == entries


def test_one_wrong_entry_keeps_all_out() -> None:
    """All or nothing, and every problem of every entry is told, errors first."""
    log = Log()
    with pytest.raises(BadInput) as raised:
        record(log, [meeting(november(10), hours=9), meeting(), meeting(phase="party")], TODAY, confirmed=True)
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [
        ("M08", "#3 phase"),
        ("V25", "#1 on"),
        ("V37", "#1 hours"),
    ]
    assert log.kept == []


def test_what_asks_for_confirmation_waits_for_it() -> None:
    """A meeting in the harvest is kept only if somebody says so."""
    log, entry = Log(), meeting(november(11))
    with pytest.raises(Refused) as raised:
        record(log, [entry], TODAY)
    assert ([problem.code for problem in raised.value.problems], log.kept) == (["V25"], [])
    assert record(log, [entry], TODAY, confirmed=True) == []
    assert log.kept == [entry]


# -- typing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        (" 12 ", 12),
        ("１２", 12),
        ("1 234", 1234),
        ("1　234", 1234),
        ("007", 7),
        ("999999999", 999999999),
    ],
)
def test_counts_are_read_as_people_type_them(text: str, number: int) -> None:
    """Full-width digits and spaces are folded."""
    assert parse_count(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", "1.5", "1,000", "十二", "²", "①", "٣", "1e3", "0x1", "1_0", "1" * 10, "9" * 5000]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    """V06 names what was typed, cut short."""
    with pytest.raises(BadInput) as raised:
        parse_count(text)
    assert raised.value.code == "V06"
    assert len(raised.value.problems[0].text(Lang.EN)) < 120


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "20261123",
        "２０２６－１１－２３",
        "2026/11/23",
        "2026.11.23",
        "2026年11月23日",
        " 2026-11-23 ",
        "11-23",
        "11月23日",
        "１１－２３",
    ],
)
def test_days_are_read_as_people_type_them(text: str) -> None:
    """A day without a year is one of this year."""
    assert parse_day(text, november(1)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-31",
        "2026-02-29",
        "0000-01-01",
        "11-23-2026",
        "20261323",
        "1123",
        "today",
        "2026-11",
        "٢٠٢٦-١١-٢٣",
        "02-29",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    """M17 shows how to write it."""
    with pytest.raises(BadInput) as raised:
        parse_day(text, TODAY)
    assert raised.value.code == "M17"


def test_a_day_without_a_year_needs_one_from_somewhere() -> None:
    """Where the year of today is not known, the year must be typed."""
    with pytest.raises(BadInput):
        parse_day("11-23")
    assert parse_day("2026-11-23") == date(2026, 11, 23)


@given(st.text() | st.text("0123456789０１２３-－/.年月日 　²①٣", max_size=14))
def test_reading_fails_in_one_way_only(text: str) -> None:
    """Whatever is typed, the answer is a value or a problem with a code."""
    number, day = outcome(parse_count, text), outcome(lambda typed: parse_day(typed, TODAY), text)
    assert number == "V06" or (isinstance(number, int) and number >= 0)
    assert day == "M17" or isinstance(day, date)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 999_999_999))
def test_what_is_written_plainly_is_read_back(day: date, number: int) -> None:
    """Days in both plain forms, and counts."""
    assert parse_day(day.isoformat()) == parse_day(day.strftime("%Y%m%d")) == day
    assert parse_count(str(number)) == number


def test_problems_are_values() -> None:
    """Two equal mistakes are equal problems, so that a screen can tell whether anything changed."""
    first, second = (check_entry(PLAN, meeting(phase="party"), TODAY) for _ in range(2))
    assert first == second
    assert isinstance(first[0], Problem)
