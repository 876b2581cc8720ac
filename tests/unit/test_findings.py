"""What an inspection found is owed until it is cases."""

from datetime import date, timedelta

from campaign.case_moves import move
from campaign.cases import Case
from campaign.due_list import DueList, Owed, due_list
from campaign.due_report import due_report
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.standing import Status
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, november
from tests.case_builders import PLAN as CASE_PLAN
from tests.case_builders import action, moved, opened

INSPECTION = make_kind("inspection", counts=["found"], effect="inspection")
PLAN = make_plan(
    kinds=[INSPECTION, make_kind("count", counts=["found"])], branches=[make_branch("B01"), make_branch("B02")]
)
SEEN = november(20)


def inspected(number: int, on: date = SEEN, **fields: object) -> LogEntry:
    """An inspection of B01 with so many findings."""
    return make_entry("inspection", on, counts={"found": number}, **fields)


def owed(entries: list[LogEntry], cases: list[Case], today: date = TODAY) -> DueList:
    """What is owed on the day."""
    return due_list(PLAN, overview(PLAN, entries, today, trust_today=True), cases, entries)


def left(entries: list[LogEntry], cases: list[Case], today: date = TODAY) -> list[tuple[str, date, int]]:
    """Branch, day of the inspection and number of the findings that are no cases yet."""
    found = owed(entries, cases, today)
    things = [each.findings for part in (found.overdue, found.today, found.soon) for each in part if each.findings]
    return [(each.branch, each.on, each.number) for each in things]


def from_inspection(on: date = SEEN, **fields: object) -> Case:
    """A correction that comes from the inspection of the day."""
    return opened("correction", on, CASE_PLAN, **{"origin": "inspection", **fields})


def test_findings_are_owed_until_there_are_as_many_cases() -> None:
    """Two findings, then one, then none; what was counted by another kind of entry is nothing found."""
    log = [inspected(2), make_entry("count", SEEN, counts={"found": 3}), inspected(0, november(21))]
    assert left(log, []) == [("B01", SEEN, 2)]
    assert left(log, [from_inspection()]) == [("B01", SEEN, 1)]
    assert left(log, [from_inspection(), from_inspection()]) == []
    assert left([inspected(0)], []) == []


def test_only_cases_from_that_inspection_count() -> None:
    """Of the branch, of the day, found on the spot; a verified one that a look-back opens again counts as well."""
    others = [
        from_inspection(branch="B02"),
        from_inspection(november(19)),
        from_inspection(origin="opinions"),
    ]
    assert left([inspected(1)], others) == [("B01", SEEN, 1)]
    assert left([inspected(1)], [from_inspection(origin="look_back")]) == []
    verified = moved(
        from_inspection(november(3), origin="opinions"),
        ("start", november(4)),
        ("submit", november(5)),
        ("verify", november(6)),
    )
    assert left([inspected(1)], [verified]) == [("B01", SEEN, 1)]
    again = move(CASE_PLAN, verified, action("relapse"), SEEN)
    assert left([inspected(1)], [again]) == []


def test_two_inspections_of_one_day_are_counted_together() -> None:
    """Their cases cannot be told apart."""
    assert left([inspected(1), inspected(2)], [from_inspection()]) == [("B01", SEEN, 2)]


def test_they_are_due_two_days_after_the_inspection() -> None:
    """As long as a finding may be entered without a mark; then they are overdue, and stand in the report so."""
    for day, status in ((20, Status.DUE_SOON), (22, Status.DUE_SOON), (23, Status.OVERDUE)):
        found = owed([inspected(2)], [], november(day))
        [thing] = [each for part in (found.overdue, found.today, found.soon) for each in part if each.findings]
        assert (thing.owed, thing.due, thing.standing.status) == (Owed.FINDINGS, SEEN + timedelta(days=2), status)
    [told] = [each for each in due_report(owed([inspected(2)], [])).overdue if each.owed is Owed.FINDINGS]
    assert (told.branch, told.found_on, told.findings, told.days) == ("B01", SEEN, 2, 1)


def test_they_are_said_in_a_sentence() -> None:
    """How many, and of which day; one is one."""
    for number, said in ((1, "1 finding of the inspection of 2026-11-20 is no case yet"), (2, "2 findings of the")):
        [thing] = [each for each in owed([inspected(number)], []).overdue if each.findings]
        assert thing.findings is not None
        assert thing.findings.text(Lang.EN).startswith(said)
        assert "2026-11-20" in thing.findings.text(Lang.ZH)


def test_a_branch_that_takes_no_part_owes_none() -> None:
    """Nor is what is found later than the day owed on it."""
    gone = PLAN.model_copy(update={"branches": (make_branch("B01", active=False), make_branch("B02"))})
    log = [inspected(1)]
    found = due_list(gone, overview(gone, log, TODAY, trust_today=True), [], log)
    assert not any(each.findings for part in (found.overdue, found.today, found.soon) for each in part)
    assert left([inspected(1, november(25))], []) == []
