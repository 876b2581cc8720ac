"""Tables of one kind set as one: every row of every table is there, and what rows share is said once."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from campaign.i18n import I18n
from exports.cells import NONE, Cell, Column, ColumnKind, Count, Hidden, Rate, Table, plain
from exports.heading_words import pieces
from exports.pages.blocks import block, blocks
from exports.pages.heads import balanced, least_width
from exports.pages.words import natural
from tests.report_makers import tables

COLUMNS = (
    Column("branch", plain("Code"), ColumnKind.TEXT),
    Column("part", plain("Who"), ColumnKind.TEXT),
    Column("question", plain("Question"), ColumnKind.TEXT),
    Column("valid", plain("Valid"), ColumnKind.COUNT),
    Column("satisfaction", plain("Satisfied"), ColumnKind.RATE),
)


def rows(branch: str, part: str, *figures: tuple[Cell, Cell]) -> list[tuple[Cell, ...]]:
    """Questions of one part of a branch."""
    return [(plain(branch), plain(part), plain(f"Q{number}"), *each) for number, each in enumerate(figures, 1)]


def table(*parts: list[tuple[Cell, ...]], name: str = "T3-x", title: str = "By part: final") -> Table:
    """A table of these rows."""
    return Table("T3", name, plain(title), COLUMNS, tuple(row for part in parts for row in part))


SOME = (Count(4), Rate(Fraction(1, 2))), (Count(4), Rate(Fraction(3, 4))), (Count(4), Rate(Fraction(1)))
EMPTY = ((Count(0), NONE),) * 3
ALIKE = ((Hidden("alike"), Hidden("alike")),) * 3


def test_what_rows_share_stands_once_above_them() -> None:
    """The columns that say it are gone, and every row is under what it belongs to."""
    made = block([table(rows("B01", "kiosk", *SOME), rows("B01", "paper", *SOME))])
    assert [column.key for column in made.columns] == ["question", "valid", "satisfaction"]
    assert [[text.en for text in part.head] for part in made.parts] == [["B01", "kiosk"], ["B01", "paper"]]
    assert [len(part.rows) for part in made.parts] == [3, 3]


def test_rows_without_figures_that_are_alike_are_one() -> None:
    """Nobody answered, or all is hidden for the same reason: from the first question to the last."""
    made = block([table(rows("B01", "kiosk", *EMPTY), rows("B01", "paper", *ALIKE), rows("B02", "paper", *SOME))])
    assert [part.rows for part in made.parts[:2]] == [((plain("Q1–Q3"), *EMPTY[0]),), ((plain("Q1–Q3"), *ALIKE[0]),)]
    assert len(made.parts[2].rows) == 3


def test_the_code_of_a_group_is_not_said_beside_its_name() -> None:
    """A reader sees the kiosk and the paper forms, not ``kiosk`` and ``paper`` as the program calls them."""
    columns = (COLUMNS[0], COLUMNS[1], replace(COLUMNS[1], key="part_name"), *COLUMNS[2:])
    held = [(row[0], row[1], plain("By hand"), *row[2:]) for row in rows("B01", "paper", *SOME)]
    made = block([Table("T3", "T3-x", plain("By part: final"), columns, tuple(held))])
    assert [[text.en for text in part.head] for part in made.parts] == [["B01", "By hand"]]


def test_tables_with_the_same_columns_stand_under_the_same_heads() -> None:
    """Each with what its own title says."""
    whole = [
        table(rows("B01", "kiosk", *SOME)),
        table(rows("B02", "kiosk", *SOME), name="T3-y", title="By part: pulse"),
    ]
    (made,) = blocks(whole)
    assert made.title == plain("By part")
    assert [[text.en for text in part.head] for part in made.parts] == [
        ["final", "B01", "kiosk"],
        ["pulse", "B02", "kiosk"],
    ]


@settings(max_examples=100, deadline=None)
@given(tables())
def test_no_row_is_lost(made: list[Table]) -> None:
    """Every row is there, or in one with others that have the same figures and no number."""
    sets = list(blocks(made))
    kept = sum(len(each.rows) for each in sets)
    assert kept <= sum(len(each.rows) for each in made)
    for each in sets:
        assert all(len(row) == len(each.columns) for row in each.rows)
    cells = {cell for each in sets for part in each.parts for row in (*part.rows, part.head) for cell in row}
    figures = {cell for each in made for row in each.rows for cell in row if not isinstance(cell, I18n)}
    assert figures <= cells | {NONE}


def test_a_chinese_heading_breaks_between_words() -> None:
    """Into lines of about the same length, and never before its last character."""
    said = {
        "有效回收率%": ["有效", "回收率%"],
        "表态满意率%": ["表态", "满意率%"],
        "终端中途退出": ["终端", "中途", "退出"],
        "有效（纸质）": ["有效", "（纸质）"],
        "剩余或逾期天数": ["剩余或", "逾期天数"],
    }
    for heading, lines in said.items():
        width = max(natural(line, 8.0, bold=True) for line in lines) + 0.1
        assert [line.text for line in balanced(heading, 8.0, width, 5)] == lines


def test_a_heading_has_room_where_it_was_measured() -> None:
    """In so many lines at most, with no word broken."""
    for heading in ("未答者都不满意时的满意率%", "Valid of handed out and begun", "农业服务中心党支部", "%"):
        for most in (1, 2, 3):
            lines = balanced(heading, 7.0, least_width(heading, 7.0, most), 9)
            assert len(lines) <= most
            assert all(any(word.strip() in line.text for line in lines) for word in pieces(heading))
