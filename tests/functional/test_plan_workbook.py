"""Loading an edited workbook into a running campaign, through the real store."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from campaign.audit_words import is_of_plan
from campaign.book.cells import RowCells
from campaign.book.forbidden import Held
from campaign.book.loading import Load, check_load, keep_load
from campaign.book.reading import read_plan
from campaign.errors import BadInput, ManyiError, Refused
from campaign.language import Lang
from campaign.plan import Schedule, StepTarget
from campaign.plan_changes import Because, PhaseDays
from campaign.plan_desk import reschedule
from manyi.plan_workbook import checked_load, kept_load
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House, opened
from surveys.shipped import shipped_names
from tests.books import Book, book_of, heading_place, put, set_setting, sheet_of, with_rows, without_row

TODAY = date(2026, 11, 23)
WHY = Because("campaign office", "  the harvest came late ", TODAY)


@pytest.fixture
def house(data: Path) -> Iterator[House]:
    """The town sample on its demo day."""
    settings = Settings(data, Lang.EN, TODAY)
    start_from_sample(settings, "town")
    with opened(settings) as house:
        yield house


def book_now(house: House) -> Book:
    return book_of(house.plan)


def load(house: House, book: Book, because: Because = WHY) -> Load:
    """Check and keep."""
    read = read_plan(book)
    seen = check_load(house.store, read, Held(), because, Lang.EN)
    keep_load(house.store, seen, read, Held(), because, Lang.EN)
    return seen


def refused(house: House, book: Book, because: Because = WHY) -> list[tuple[str, str]]:
    """With which codes and cells it is refused; plan and audit stay as they were."""
    before = house.plan, len(house.store.audits())
    with pytest.raises(ManyiError) as caught:
        load(house, book, because)
    assert (house.plan, len(house.store.audits())) == before
    assert all(problem.text(Lang.ZH) != problem.text(Lang.EN) for problem in caught.value.problems)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems if problem.refuses]


def test_an_unchanged_workbook_changes_nothing(house: House) -> None:
    """Neither the plan nor the audit, and nothing is asked."""
    before = len(house.store.audits())
    seen = load(house, book_now(house))
    assert (list(seen.changes), list(seen.warnings), list(seen.asked)) == ([], [], [])
    assert len(house.store.audits()) == before


def test_changes_are_told_cell_by_cell_and_kept_with_their_reason(house: House) -> None:
    """What it was, what it is, by which role and why; all in one go."""
    book = put(book_now(house), "Branches", 4, "Venue", "shared")
    book = put(book, "Members", 4, "On post (on_post)", 6)
    book = put(book, "Members", 4, "Total", 16)
    book = set_setting(set_setting(book, "expected_members", 221), "title", "Our campaign", "In English")
    seen = load(house, book)
    told = [(change.sheet, change.row, change.column, change.old, change.new) for change in seen.changes]
    assert ("Branches", "B03", "Venue", "of its own", "shared") in told
    assert ("Members", "B03 Farm Service", "Total", "15", "16") in told
    assert ("Settings", "Members expected", "", "220", "221") in told
    branch = house.plan.branch("B03")
    assert branch is not None
    assert (branch.venue, branch.total, branch.members["on_post"]) == ("shared", 16, 6)
    assert house.plan.campaign.title.en == "Our campaign"
    audits = {(each.entity, each.field): each for each in house.store.audits()}
    kept = audits["branch B03", "members.on_post"]
    assert (kept.on, kept.role, kept.old, kept.new) == (TODAY, "campaign office", "5", "6")
    assert kept.reason == "the harvest came late"
    assert (f"campaign {house.plan.campaign.id}", "title.en") in audits


def test_every_change_of_the_workbook_is_in_the_plans_audit(house: House) -> None:
    """A holiday and other hours of a member group too: what `plan audit` lists is what the workbook changed."""
    book = put(put(book_now(house), "Calendar", 2, "Day", "2026-10-01"), "Calendar", 2, "What", "holiday")
    book = put(book, "Member groups", 2, "Hours wanted", 41)
    changed = len(load(house, book).changes)
    found = [each for each in house.store.audits() if is_of_plan(each)][-changed:]
    assert {each.entity for each in found} == {"calendar", "group on_post"}


def test_moved_days_are_remembered(house: House) -> None:
    """As when they are moved on the screen: what was planned before stays, with day and reason."""
    load(house, put(book_now(house), "Schedule", 9, "Correction to (improve)", date(2026, 12, 6)))
    branch = house.plan.branch("B08")
    assert branch is not None
    [was] = branch.schedule["improve"].changes
    assert (was.on, was.end, was.reason) == (TODAY, date(2026, 11, 29), "the harvest came late")


def test_rows_are_added_taken_out_and_put_in_another_order(house: House) -> None:
    """Each is one change; what belongs to other rows stays."""
    book = book_now(house)
    rows = list(sheet_of(book, "Busy days").rows)
    book = without_row(book, "Busy days", rows[1].number)
    book = put(put(book, "Calendar", 2, "Day", "2026年10月1日"), "Calendar", 2, "What", "节假日")
    counts = list(sheet_of(book, "Counts").rows)
    turned = [counts[0], counts[2], counts[1], *counts[3:]]
    book = with_rows(book, "Counts", [RowCells(number, row.cells) for number, row in enumerate(turned, 1)])
    seen = load(house, book)
    assert [(change.how.value, change.sheet) for change in seen.changes] == [
        ("removed", "Busy days"),
        ("added", "Calendar"),
        ("order", "Counts"),
    ]
    assert house.plan.calendar.holidays == {date(2026, 10, 1)}


def test_a_branch_is_added_with_all_that_belongs_to_it(house: House) -> None:
    """Its row on three sheets, and who is responsible."""
    book = book_now(house)
    for heading, cell in (("Code", "b11"), ("Name (English)", "New"), ("Type", "school")):
        book = put(book, "Branches", 12, heading, cell)
    book = put(put(book, "Members", 12, "Branch", "B11"), "Members", 12, "Total", 0)
    days = sheet_of(book, "Schedule").rows[1].cells
    rows = [*sheet_of(book, "Schedule").rows, RowCells(12, ("B11", None, *days[2:]))]
    book = with_rows(book, "Schedule", rows)
    book = put(put(book, "First responsible", 12, "Branch", "B11"), "First responsible", 12, "Role (English)", "Head")
    book = set_setting(book, "expected_branches", 11)
    seen = load(house, book)
    assert [problem.code for problem in seen.warnings] == ["V10"]
    added = house.plan.branch("B11")
    assert added is not None
    assert added.schedule["study"] == Schedule(start=days[2], end=days[3])


def test_what_records_name_cannot_be_taken_out(house: House) -> None:
    """A branch, a kind, a count, a group with entries: M127 with how many."""
    book = book_now(house)
    for sheet in ("Branches", "Members", "Schedule"):
        book = without_row(book, sheet, 4)
    for sheet in ("Contacts", "First responsible", "Busy days", "Targets and waivers", "Pauses", "Moved days"):
        rows = [row for row in sheet_of(book, sheet).rows if row.cells[0] != "B03"]
        book = with_rows(book, sheet, rows)
    book = set_setting(set_setting(book, "expected_branches", 9), "expected_members", 205)
    assert refused(house, book) == [("M127", "Branches!A1")]


def test_a_required_step_can_be_waived_and_not_taken_out(house: House) -> None:
    """V33; nor can it be called one of the campaign's own."""
    book = book_now(house)
    steps = sheet_of(book, "Steps").rows
    own = put(book, "Steps", 5, "Origin", "自选")
    assert refused(house, own) == [("V33", "Steps!E5")]
    code = str(steps[4].cells[0])
    out = without_row(book, "Steps", 5)
    advances = heading_place(sheet_of(book, "Kinds of entry"), "Advances steps")
    for row in sheet_of(book, "Kinds of entry").rows[1:]:
        advanced = str(row.cells[advances] or "").split(", ")
        left = ", ".join(each for each in advanced if each != code)
        out = put(out, "Kinds of entry", row.number, "Advances steps", left or None)
    out = with_rows(out, "Targets and waivers", sheet_of(out, "Targets and waivers").rows[:1])
    assert ("V33", "Steps!A1") in refused(house, out)
    waived = book
    for heading, cell in (("Branch", "B10"), ("Step", code), ("Waived", "yes"), ("Reason", "nobody is left")):
        waived = put(waived, "Targets and waivers", 60, heading, cell)
    load(house, waived)
    branch = house.plan.branch("B10")
    assert branch is not None
    assert StepTarget(step=code, waived=True, reason="nobody is left") in branch.targets


def test_a_waiver_wants_its_reason(house: House) -> None:
    """V34 at its row, before anything is changed."""
    book = book_now(house)
    for heading, cell in (("Branch", "B10"), ("Step", "S1"), ("Waived", "yes")):
        book = put(book, "Targets and waivers", 60, heading, cell)
    assert refused(house, book) == [("V34", "Targets and waivers!A60")]


def test_days_of_an_ended_phase_and_long_pauses_are_refused_with_their_cells(house: House) -> None:
    """M69 and V28, both at once."""
    ended = put(book_now(house), "Schedule", 2, "Study from (study)", date(2026, 7, 7))
    cells = ("B08", None, "improve", None, date(2026, 11, 28), date(2027, 1, 10), "the hall is flooded")
    pauses = sheet_of(ended, "Pauses").rows
    book = with_rows(ended, "Pauses", [*pauses, RowCells(30, cells)])
    assert refused(house, book) == [("M69", "Schedule!C2"), ("V28", "Pauses!A30")]


def test_the_campaigns_id_and_the_record_of_moved_days_stay(house: House) -> None:
    """M128: printed codes carry the one, the program keeps the other."""
    reschedule(house.store, "B08", [PhaseDays("improve", date(2026, 11, 2), date(2026, 12, 6))], WHY)
    book = set_setting(book_now(house), "id", "other")
    book = put(book, "Moved days", 2, "Last day before", date(2026, 11, 30))
    assert refused(house, book) == [("M128", "Settings!B2"), ("M128", "Moved days!A2")]


def test_schedule_rules_hold_in_a_workbook_too(house: House) -> None:
    """V20 to V23, each at its cell."""
    book = put(book_now(house), "Schedule", 9, "Correction to (improve)", date(2027, 1, 3))
    book = put(book, "Schedule", 8, "Appraisal from (review)", date(2026, 10, 1))
    assert refused(house, book) == [("V22", "Schedule!E8"), ("V20", "Schedule!H9")]


@pytest.mark.parametrize(
    ("because", "code"),
    [
        (Because("office", "why", TODAY), "M51"),
        (Because(" ", "the harvest", TODAY), "M06"),
        (Because("x" * 41, "the harvest", TODAY), "V64"),
    ],
)
def test_reason_and_role_are_wanted(house: House, because: Because, code: str) -> None:
    """Also where nothing would change."""
    assert [found for found, _ in refused(house, book_now(house), because)] == [code]


def test_an_old_workbook_is_asked_about(house: House) -> None:
    """What was changed on a screen meanwhile would be set back: M129."""
    old = book_now(house)
    reschedule(house.store, "B08", [PhaseDays("improve", date(2026, 11, 2), date(2026, 12, 6))], WHY)
    seen = check_load(house.store, read_plan(old), Held(), WHY, Lang.EN)
    assert [problem.code for problem in seen.asked] == ["M129"]
    assert [(change.old, change.new) for change in seen.changes] == [("2026-12-06", "2026-11-29")]


def test_a_change_between_looking_and_keeping_is_noticed(house: House) -> None:
    """M53: what was shown is what is kept, or nothing is."""
    read = read_plan(put(book_now(house), "Branches", 4, "Venue", "shared"))
    seen = check_load(house.store, read, Held(), WHY, Lang.EN)
    reschedule(house.store, "B08", [PhaseDays("improve", date(2026, 11, 2), date(2026, 12, 6))], WHY)
    with pytest.raises(Refused, match="M53"):
        keep_load(house.store, seen, read, Held(), WHY, Lang.EN)


def test_errors_of_the_plan_change_nothing(house: House) -> None:
    """BadInput before the store is asked."""
    with pytest.raises(BadInput):
        load(house, put(book_now(house), "Members", 2, "Total", 1))


def test_a_new_questionnaire_is_kept_with_the_plan_that_names_it(house: House, tmp_path: Path) -> None:
    """One that is not there is named with its cell, and nothing is changed."""
    rows = len(sheet_of(book_now(house), "Surveys").rows)
    missing = put(book_now(house), "Surveys", rows, "Questionnaire", "none.xlsx")
    with pytest.raises(BadInput) as caught:
        checked_load(house, read_plan(missing), tmp_path, WHY)
    assert str(caught.value.problems[0].place).startswith(f"Surveys!B{rows}")
    shipped = next(name for name in shipped_names() if house.store.questionnaire(name) is None)
    book = read_plan(put(book_now(house), "Surveys", rows, "Questionnaire", shipped))
    kept_load(house, checked_load(house, book, tmp_path, WHY), book, tmp_path, WHY)
    assert house.store.questionnaire(shipped) is not None
    assert house.plan.surveys[-1].questionnaire == shipped


def test_a_row_of_the_schedule_without_days_lacks_its_days(house: House) -> None:
    """What is missing is said to be the days, at the row of the branch."""
    book = book_now(house)
    for heading, cell in (("Code", "B11"), ("Name (English)", "New"), ("Type", "school")):
        book = put(book, "Branches", 12, heading, cell)
    book = put(put(book, "Members", 12, "Branch", "B11"), "Members", 12, "Total", 0)
    book = put(set_setting(book, "expected_branches", 11), "Schedule", 12, "Branch", "B11")
    with pytest.raises(ManyiError) as caught:
        read_plan(book)
    [problem] = [each for each in caught.value.problems if each.place == "Schedule!A12"]
    assert problem.text(Lang.EN) == 'M06 [Schedule!A12] "the days of its phases" is missing. Add it.'


def test_the_words_to_choose_from_stand_in_quotes(house: House) -> None:
    """In Chinese too, where 是 is a word of the sentence as well."""
    with pytest.raises(ManyiError) as caught:
        read_plan(put(book_now(house), "Branches", 4, "Takes part", "perhaps"))
    assert "“是”、“否”" in caught.value.problems[0].message(Lang.ZH)
