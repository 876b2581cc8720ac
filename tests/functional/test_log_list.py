"""Attendance lists: a template is filled in, and all of it is recorded or none."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from campaign.book.cells import Cell, column_letters
from campaign.book.log_sheet import log_sheet
from campaign.errors import BadInput, ManyiError
from campaign.language import Lang
from manyi.log_workbook import record_file, write_template
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House, opened

TODAY = date(2026, 11, 23)
ROLE = "branch recorder"


@pytest.fixture(params=Lang)
def house(data: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """The town sample on its demo day, in either language."""
    settings = Settings(data, request.param, TODAY)
    start_from_sample(settings, "town")
    with opened(settings) as house:
        yield house


def filled(house: House, path: Path, rows: dict[int, dict[str, Cell]], kind: str = "study_session") -> Path:
    """A template for ``kind`` with cells below the headings of these fields, by row."""
    write_template(house, path, kind, None, force=True)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    fields = ("kind", "branch", "@branch", "on")
    plan, named = house.plan, house.plan.kind(kind)
    assert named is not None
    groups = [f"{group.id}.{count}" for group in plan.member_groups for count in named.group_counts]
    order = [*fields, *groups, *named.counts, *(["hours"] if named.hours else [])]
    for row, cells in rows.items():
        for field, cell in cells.items():
            sheet.cell(row, order.index(field) + 1, cell)
    book.save(path)
    return path


def refused(house: House, path: Path) -> list[tuple[str, str]]:
    """Codes and cells; nothing is recorded."""
    before = len(house.store.entries())
    with pytest.raises(ManyiError) as caught:
        record_file(house, path, ROLE, confirmed=False)
    assert len(house.store.entries()) == before
    return [(problem.code, str(problem.place).rpartition("!")[2]) for problem in caught.value.problems]


RETIRED: dict[str, Cell] = {"on": "２０２６年11月20日", "retired.attended": "８", "retired.made_up": 1, "hours": "1.5"}


def test_a_filled_list_is_recorded_and_the_rest_is_left_alone(house: House, tmp_path: Path) -> None:
    """The people who are expected stand there already; the phase is the branch's current one."""
    path = filled(house, tmp_path / "list.xlsx", {9: RETIRED, 11: {"on": date(2026, 11, 20), "hours": 2}})
    given, done = record_file(house, path, ROLE, confirmed=False)
    logged = {each.number: each.entry for each in house.store.logged()}
    assert list(done.numbers) == sorted(logged)[-2:]
    assert given.left_alone == 8
    entry = logged[done.numbers[0]]
    assert (entry.kind, entry.branch, entry.phase, entry.on) == ("study_session", "B08", "improve", date(2026, 11, 20))
    assert entry.groups["retired"] == {"expected": 11, "attended": 8, "made_up": 1}
    assert (entry.hours, entry.role, entry.recorded_on) == (Decimal("1.5"), ROLE, TODAY)


def test_every_problem_has_its_cell(house: House, tmp_path: Path) -> None:
    """Of every row, in the order of the list: a day in the future, too many people, no hours, no number, no branch."""
    rows: dict[int, dict[str, Cell]] = {
        2: {"on": "2026-11-24", "hours": 2},
        3: {"on": "2026-11-20", "on_post.attended": 14, "hours": 2},
        4: {"on": "2026-11-20", "on_post.attended": "some", "hours": 2},
        5: {"on": "2026-11-20"},
        6: {"on": "soon", "hours": 2},
        7: {"branch": "B99", "on": "2026-11-20", "hours": 2},
    }
    found = refused(house, filled(house, tmp_path / "list.xlsx", rows))
    watched = ("D2", "F3", "F4", "D6", "B7")
    assert [cell for _, cell in found if cell in watched] == ["D2", "F3", "F3", "F4", "D6", "B7"]
    assert ("V06", "F4") in found
    assert [code for code, cell in found if cell.endswith("5")] == ["M06"]


def test_a_list_of_visits_names_cases(house: House, tmp_path: Path) -> None:
    """In a column of their own, numbers however they are written; an unknown one is refused at its cell."""
    path = tmp_path / "visits.xlsx"
    write_template(house, path, "visit", "B07", force=False)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = [
        column.field
        for column in log_sheet(house.plan, [each for each in house.plan.kinds if each.id == "visit"]).columns
    ]
    for field, cell in {"on": "2026-11-20", "outcome": "help", "leader": "L4", "case": "r-b07-9"}.items():
        sheet.cell(2, columns.index(field) + 1, cell)
    book.save(path)
    place = f"{column_letters(columns.index('case') + 1)}2"
    assert refused(house, path) == [("M08", place)]
    sheet.cell(2, columns.index("case") + 1, "r-b07-1")
    book.save(path)
    _, done = record_file(house, path, ROLE, confirmed=False)
    assert [each.entry.case for each in house.store.logged() if each.number in done.numbers] == ["R-B07-001"]


def test_the_same_list_twice_is_asked_about(house: House, tmp_path: Path) -> None:
    """M126 names the entry that is there; confirmed, it is recorded again."""
    path = filled(house, tmp_path / "list.xlsx", {9: RETIRED})
    _, first = record_file(house, path, ROLE, confirmed=False)
    assert refused(house, path) == [("M126", "A9")]
    _, again = record_file(house, path, "another", confirmed=True)
    assert again.numbers[0] > first.numbers[0]


def test_days_with_other_work_are_asked_about_at_their_cell(house: House, tmp_path: Path) -> None:
    """V25, as for a single entry."""
    places = enumerate(house.plan.branches, 2)
    row, day = next((row, busy.start) for row, each in places for busy in each.busy if busy.start <= TODAY)
    path = filled(house, tmp_path / "list.xlsx", {row: {"on": day, "hours": 1}})
    assert refused(house, path) == [("V25", f"D{row}")]


@pytest.mark.parametrize("kind", ["outreach", "notice", "gate", "visit", "lead_by_example"])
def test_every_kind_has_its_template(house: House, tmp_path: Path, kind: str) -> None:
    """An empty one is no list; one for a single branch has a single row."""
    if house.plan.kind(kind) is None:
        kind = house.plan.kinds[0].id
    write_template(house, tmp_path / "list.xlsx", kind, "B08", force=False)
    with pytest.raises(BadInput, match="M06"):
        record_file(house, tmp_path / "list.xlsx", ROLE, confirmed=False)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2) if row[1].value] == ["B08"]


def test_a_template_for_what_is_not_there_is_refused(house: House, tmp_path: Path) -> None:
    """An unknown kind or branch; a file that exists is not overwritten."""
    for kind, branch in (("nothing", None), ("notice", "B99")):
        with pytest.raises(BadInput, match="M08"):
            write_template(house, tmp_path / "list.xlsx", kind, branch, force=False)
    (tmp_path / "list.xlsx").write_text("mine")
    with pytest.raises(ManyiError, match="M70"):
        write_template(house, tmp_path / "list.xlsx", "notice", None, force=False)
    assert (tmp_path / "list.xlsx").read_text() == "mine"
