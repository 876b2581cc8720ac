"""What people write into the sheets of a plan: meant as they mean it, or named with its cell."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.book.cells import Cell, RowCells, SheetCells
from campaign.book.reading import BookPlan, read_plan
from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Branch
from campaign.samples import sample_plan
from tests.books import Book, book_of, heading_place, put, set_setting, sheet_of, with_rows, without_row

TOWN = sample_plan("town").plan
BOOK = book_of(TOWN)


def read(book: Book) -> BookPlan:
    return read_plan(book)


def branch(book: Book, code: str) -> Branch:
    found = read(book).plan.branch(code)
    assert found is not None
    return found


def refused(book: Book) -> list[tuple[str, str]]:
    """Codes and cells of the errors."""
    with pytest.raises(BadInput) as caught:
        read(book)
    for problem in caught.value.problems:
        assert problem.text(Lang.ZH) != problem.text(Lang.EN)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems if problem.refuses]


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 12, 6),
        "2026-12-06",
        "2026/12/6",
        "2026年12月6日",
        "２０２６．１２．６",
        " 2026-12-6 ",
        46362,
        20261206,
    ],
)
def test_a_day_is_a_day_however_it_is_written(cell: Cell) -> None:
    """A date, a text in any of the usual forms, full-width digits, or the number that spreadsheets keep."""
    book = put(BOOK, "Schedule", 9, "Correction to (improve)", cell)
    assert branch(book, "B08").schedule["improve"].end == date(2026, 12, 6)


@pytest.mark.parametrize("cell", ["next week", "2026-13-01", 7, True, Decimal("46362.5"), "7月1日"])
def test_what_is_no_day_is_named_with_its_cell(cell: Cell) -> None:
    """Above all a number is never taken for a day of 1970."""
    assert refused(put(BOOK, "Schedule", 9, "Correction to (improve)", cell)) == [("M07", "Schedule!H9")]


@pytest.mark.parametrize("cell", [36, "36", "３６", " 36 "], ids=repr)
def test_a_count_is_a_count_however_it_is_written(cell: Cell) -> None:
    """Also as text and in full-width digits."""
    assert branch(put(BOOK, "Members", 2, "Total", cell), "B01").total == 36


@pytest.mark.parametrize("cell", ["many", -1, Decimal("1.5"), date(2026, 1, 1), "1e3", True])
def test_what_is_no_count_is_named_with_its_cell(cell: Cell) -> None:
    """V06, not a guess."""
    assert refused(put(BOOK, "Members", 2, "Total", cell)) == [("V06", "Members!I2")]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("是", True), ("否", False), ("YES", True), ("ｎｏ", False), (True, True), (0, False), ("✓", True)],
)
def test_yes_and_no_are_understood_in_both_languages(cell: Cell, meant: bool) -> None:
    """And as the spreadsheet's own TRUE, as 1 and 0, as a tick."""
    assert branch(put(BOOK, "Branches", 4, "Demonstration", cell), "B03").demonstration is meant


def test_a_choice_is_its_word_in_either_language_or_its_id() -> None:
    """Anything else is refused with the words that are possible."""
    planned = put(put(BOOK, "Branches", 4, "What is done about it", "improve"), "Branches", 4, "By", "2026-12-18")
    for cell in ("weak", "软弱涣散", " Weak"):
        assert branch(put(planned, "Branches", 4, "Condition", cell), "B03").condition.value == "weak"
    book = put(BOOK, "Branches", 4, "Condition", "so so")
    assert refused(book) == [("M07", "Branches!H4")]
    with pytest.raises(BadInput) as caught:
        read(book)
    assert "“works well”, “weak”, “paralysed”, “a shell”, “being rebuilt”" in caught.value.problems[0].message(Lang.EN)
    assert "软弱涣散" in caught.value.problems[0].message(Lang.ZH)


def test_phases_steps_and_officials_may_be_written_by_name() -> None:
    """A pause of 学习动员 is a pause of the phase study; a code in small or full-width letters is that code."""
    cells = ("ｂ０８", None, "学习动员", None, date(2026, 9, 1), date(2026, 9, 3), "equipment broken")
    head = sheet_of(BOOK, "Pauses").rows[0]
    paused = branch(with_rows(BOOK, "Pauses", [head, RowCells(7, cells)]), "B08").schedule["study"].pauses
    assert [(each.start, each.reason) for each in paused] == [(date(2026, 9, 1), "equipment broken")]


def test_columns_rows_and_sheets_may_stand_in_any_order() -> None:
    """They are found by their headings and titles; blank rows and a title above the headings do no harm."""
    sheet = sheet_of(BOOK, "Schedule")
    turned = [RowCells(row.number + 3, tuple(reversed(row.cells))) for row in sheet.rows]
    rows = [RowCells(1, ("Our days",)), *turned[:4], RowCells(turned[3].number + 1, (None, "  ")), *turned[4:]]
    rows = [RowCells(number, row.cells) for number, row in enumerate(rows, 1)]
    book = with_rows(tuple(reversed(BOOK)), "Schedule", rows)
    assert read(book).plan == TOWN


def test_a_workbook_in_chinese_with_english_words_in_it_is_read() -> None:
    """Whoever wrote it, headings and words of both languages are known."""
    mixed = [
        english if place % 2 else chinese
        for place, (english, chinese) in enumerate(zip(BOOK, book_of(TOWN, Lang.ZH), strict=True))
    ]
    assert read(tuple(mixed)).plan == TOWN


def test_names_may_be_changed_where_headings_still_have_the_old_ones() -> None:
    """The id behind a group's or phase's name finds its column."""
    book = put(put(BOOK, "Phases", 2, "Short name (English)", "Learn"), "Member groups", 2, "Name (English)", "Staff")
    plan = read(book).plan
    assert plan.phases[0].short_name.en == "Learn"
    assert plan.branches == TOWN.branches


def test_every_problem_is_named_at_once_and_in_order() -> None:
    """On different sheets, of different kinds: nothing hides anything else."""
    book = put(BOOK, "Schedule", 3, "Study from (study)", "soon")
    book = put(book, "Members", 2, "On post (on_post)", 31)
    book = put(book, "Branches", 5, "Code", None)
    book = put(book, "Contacts", 3, "Official", "L9")
    book = put(book, "Targets and waivers", 2, "Step", "X9")
    book = set_setting(book, "timezone", "Asia/Nowhere")
    found = refused(book)
    assert ("V02", "Settings!B8") in found
    assert ("V05", "Members!I2") in found
    assert ("M07", "Schedule!C3") in found
    assert ("M06", "Branches!A5") in found
    assert ("M08", "Contacts!C3") in found
    assert ("M08", "Targets and waivers!C2") in found
    assert found[0] == ("V02", "Settings!B8")


def test_a_missing_field_is_called_by_its_heading() -> None:
    """Nobody who fills in a sheet need know what a field is called in the program."""
    with pytest.raises(BadInput) as caught:
        read(put(BOOK, "Schedule", 2, "Study to (study)", None))
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("M06", "Schedule!D2")
    assert "学习动员 结束日期" in problem.message(Lang.ZH)
    with pytest.raises(BadInput) as caught:
        read(without_row(BOOK, "Members", 2))
    assert '"Members" is missing' in caught.value.problems[0].message(Lang.EN)


@pytest.mark.parametrize("sheet", [sheet.title for sheet in BOOK])
def test_a_sheet_that_is_gone_is_missed(sheet: str) -> None:
    """It is not taken for one without rows, which would take everything out."""
    [(code, _)] = refused(tuple(each for each in BOOK if each.title != sheet))
    assert code == "M121"


def test_wrong_cells_are_named_while_a_sheet_is_missing() -> None:
    """What is wrong by itself; not what may only come of the missing sheet."""
    book = put(put(BOOK, "Schedule", 3, "Study from (study)", "soon"), "Members", 2, "Total", "many")
    book = tuple(each for each in book if each.title not in ("Branches", "Phases"))
    assert {code for code, _ in refused(book)} == {"M121"}
    book = put(put(BOOK, "Schedule", 3, "Study from (study)", "soon"), "Members", 2, "Total", "many")
    book = tuple(each for each in book if each.title != "Pauses")
    assert refused(book) == [("M121", ""), ("V06", "Members!I2"), ("M07", "Schedule!C3")]


@pytest.mark.parametrize("sheet", [sheet.title for sheet in BOOK if sheet.title != "Settings"])
def test_a_column_that_is_gone_is_missed(sheet: str) -> None:
    """So is one that is there twice; a column of one's own is not read, which is said."""
    rows = sheet_of(BOOK, sheet).rows
    assert refused(with_rows(BOOK, sheet, [RowCells(row.number, row.cells[1:]) for row in rows]))[0][0] == "M122"
    twice = [RowCells(row.number, (*row.cells, row.cells[0])) for row in rows]
    assert refused(with_rows(BOOK, sheet, twice))[0][0] == "M123"
    own = [RowCells(row.number, (*row.cells, "our remark")) for row in rows]
    done = read(with_rows(BOOK, sheet, own))
    assert done.plan == TOWN
    assert [problem.code for problem in done.warnings] == ["M124"]


def test_a_setting_that_is_gone_is_missed_and_an_empty_one_is_the_usual_one() -> None:
    """Only the threshold for catching up can be switched off by emptying it."""
    sheet = sheet_of(BOOK, "Settings")
    assert [code for code, _ in refused(without_row(BOOK, "Settings", sheet.rows[9].number))] == ["M122"]
    book = set_setting(set_setting(BOOK, "remedial_threshold_pct", None), "study_days.min", None)
    campaign = read(book).plan.campaign
    assert (campaign.remedial_threshold_pct, campaign.study_days.min) == (None, 75)


def test_texts_are_texts_whatever_they_look_like() -> None:
    """Formulas, numbers and days in a column of texts."""
    book = put(put(BOOK, "Branches", 2, "Name (English)", "=1+1"), "Branches", 3, "Name (English)", 7)
    book = put(book, "Branches", 4, "Name (English)", "a\nb\x07")
    names = [each.name.en for each in read(book).plan.branches[:3]]
    assert names == ["=1+1", "7", "a b"]


def test_a_branch_that_is_given_twice_is_named_on_the_sheet_where_it_is() -> None:
    """On the sheet of branches V04, on the others M60."""
    rows = [*sheet_of(BOOK, "Members").rows]
    again = with_rows(BOOK, "Members", [*rows, RowCells(40, rows[1].cells)])
    assert refused(again) == [("M60", "Members!A40")]
    rows = [*sheet_of(BOOK, "Branches").rows]
    assert ("V04", "Branches!A40") in refused(with_rows(BOOK, "Branches", [*rows, RowCells(40, rows[1].cells)]))


def test_a_sheet_of_ones_own_is_left_alone_and_the_guide_is_not_spoken_of() -> None:
    """People keep their notes in the same file."""
    own = SheetCells("My notes", (RowCells(1, ("x",)),))
    guide = SheetCells("使用说明", (RowCells(1, ("x",)),))
    done = read((guide, *BOOK, own))
    assert done.plan == TOWN
    assert [(problem.code, problem.place) for problem in done.warnings] == [("M124", "My notes!A1")]


def test_cells_that_cannot_be_read_are_named_once() -> None:
    """A merged cell or a formula without a value is one problem, not two."""
    sheet = sheet_of(BOOK, "Schedule")
    place = heading_place(sheet, "Study from (study)")
    marked = SheetCells(sheet.title, sheet.rows, {(3, place + 1): I18n(zh="已合并", en="it is merged")})
    book = tuple(marked if each is sheet else each for each in BOOK)
    assert refused(book) == [("M125", "Schedule!C3")]


def test_a_list_takes_any_comma_and_a_name_with_a_comma_stands_in_quotes() -> None:
    """As people write lists in either language."""
    for text in ("on_post、retired", "on_post,retired", "在岗；离退休", " on_post ，\nretired "):
        book = put(BOOK, "Steps", 2, "Only for member groups", text)
        assert read(book).plan.steps[0].groups == ("on_post", "retired")
    book = put(BOOK, "Member groups", 2, "How they are reached", '"by post, registered", phone')
    assert read(book).plan.member_groups[0].methods == ("by post, registered", "phone")
