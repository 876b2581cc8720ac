"""Workbooks for tests: a plan as the cells of its sheets, and ways to edit them as people do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from campaign.book.cells import Cell, RowCells, SheetCells
from campaign.book.writing import plan_sheets, stamp_row
from campaign.language import Lang
from campaign.plan import Branch, Plan
from campaign.texts import tr
from tests.builders import IMPROVE, STUDY, make_branch, make_kind, make_plan, make_step

Book = tuple[SheetCells, ...]


def book_of(plan: Plan, lang: Lang = Lang.EN) -> Book:
    """The sheets of a plan's workbook as they are read."""
    book = []
    for each in plan_sheets(plan, lang):
        rows: list[Sequence[Cell]] = [[column.heading.text(lang) for column in each.sheet.columns]]
        rows += [row.cells for row in each.rows]
        rows += [stamp_row(plan, lang).cells] if each.sheet.id == "campaign" else []
        numbered = tuple(RowCells(number, tuple(cells)) for number, cells in enumerate(rows, 1))
        book.append(SheetCells(tr(lang, each.sheet.title), numbered))
    return tuple(book)


def sheet_of(book: Book, title: str) -> SheetCells:
    """The sheet with this title."""
    return next(sheet for sheet in book if sheet.title == title)


def heading_place(sheet: SheetCells, heading: str) -> int:
    """The place of a heading, from 0."""
    return list(sheet.rows[0].cells).index(heading)


def put(book: Book, title: str, row: int, heading: str, cell: Cell) -> Book:
    """The book with another value in the cell of ``row``, counted as spreadsheets do, below ``heading``."""
    sheet = sheet_of(book, title)
    place = heading_place(sheet, heading)
    kept = {each.number: each.cells for each in sheet.rows}
    cells = [*kept.get(row, ()), *[None] * (place + 1 - len(kept.get(row, ())))]
    cells[place] = cell
    kept[row] = tuple(cells)
    return with_rows(book, title, [RowCells(number, kept[number]) for number in sorted(kept)])


def with_rows(book: Book, title: str, rows: Sequence[RowCells]) -> Book:
    """The book with other rows on one sheet."""
    return tuple(replace(sheet, rows=tuple(rows)) if sheet.title == title else sheet for sheet in book)


def without_row(book: Book, title: str, row: int) -> Book:
    """The book without one row, as it is when its cells have been emptied."""
    return with_rows(book, title, [each for each in sheet_of(book, title).rows if each.number != row])


def set_setting(book: Book, field: str, cell: Cell, heading: str = "Value") -> Book:
    """The book with another value of a setting."""
    sheet = sheet_of(book, "Settings")
    place = heading_place(sheet, "Field")
    row = next(each.number for each in sheet.rows if len(each.cells) > place and each.cells[place] == field)
    return put(book, "Settings", row, heading, cell)


WORDS = (
    st.text(alphabet="=+-@'\"甲乙丙丁 abcXYZ，。·09", min_size=5, max_size=12)
    .map(str.strip)
    .filter(
        lambda text: len(text) > 4  # a reason has five characters
    )
)
NAMES = st.fixed_dictionaries({"zh": WORDS, "en": WORDS})
_WEIGHTS = st.decimals(min_value="0.01", max_value="99", places=2)
_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def branches(draw: st.DrawFn, code: str) -> Branch:
    """A branch with anything that a branch can have."""
    staff, retired = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    condition = draw(st.sampled_from(["functioning", "weak", "paralysed", "shell", "rebuilding"]))
    broken = condition in ("weak", "paralysed", "shell")
    remedy = st.sampled_from(["improve", "rebuild", "merge", "reassign"]).flatmap(
        lambda kind: st.fixed_dictionaries({"kind": st.just(kind), "due_date": _DAYS})
    )
    pause = {"start": date(2026, 11, 9), "end": draw(st.none() | st.just(date(2026, 11, 12))), "reason": draw(WORDS)}
    change = {"on": draw(_DAYS), "start": draw(_DAYS), "end": draw(_DAYS), "reason": draw(WORDS)}
    busy = {"start": date(2026, 9, 1), "end": date(2026, 9, 5), "label": draw(NAMES)}
    study = STUDY.model_dump() | {"pauses": draw(st.sampled_from([[], [pause]]))}
    improve = IMPROVE.model_dump() | {"changes": draw(st.sampled_from([[], [change], [change, change]]))}
    target = {"step": "S1", "target": draw(st.none() | st.integers(0, 99)), "waived": True, "reason": draw(WORDS)}
    return make_branch(
        code,
        name=draw(NAMES),
        short_name=draw(st.just({}) | NAMES),
        type=draw(WORDS),
        condition=condition,
        condition_plan=draw(remedy if broken else st.none() | remedy),
        venue=draw(st.sampled_from(["own", "shared", "none"])),
        funding=draw(st.sampled_from(["secured", "short", "none"])),
        support_request=draw(st.just("") | WORDS),
        demonstration=draw(st.booleans()),
        active=draw(st.booleans()),
        members={"staff": staff, "retired": retired} if draw(st.booleans()) else {"staff": staff},
        first_responsible=[{"role": draw(NAMES), "valid_from": draw(st.none() | _DAYS)}],
        leading_group={"on": draw(st.none() | _DAYS)},
        contacts=draw(st.sampled_from([[], [{"leader": "L1", "lead": True}, {"leader": "L2"}]])),
        schedule={"study": study, "improve": improve},
        short_study_reason=draw(WORDS),
        unmet_reason=draw(st.just("") | WORDS),
        busy=draw(st.sampled_from([[], [busy]])),
        targets=draw(st.sampled_from([[], [target | {"substitute": draw(st.just("") | WORDS)}]])),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan without mistakes that uses every sheet."""
    first, second = draw(branches("B01")), draw(branches("B02"))
    steps = [
        make_step("S1", name=draw(NAMES), weight=draw(_WEIGHTS), evidence=draw(st.sampled_from(["none", "note"]))),
        make_step("S2", kind="coverage", count="reached", unreachable="unreachable", groups=("staff", "frail")),
        make_step("S3", phase="improve", due="2026-12-01", after_phase=draw(st.booleans()), branch_types=(first.type,)),
        make_step("S4", kind="rate", of="hours", due=draw(st.sampled_from(["phase_end", "phase_start+3"]))),
    ]
    kinds = [make_kind("talk", "S1", counts=("opinions",), attributes=("size",), obligation="ask", name=draw(NAMES))]
    plan = make_plan(
        steps=steps,
        kinds=kinds,
        branches=(first, second),
        title=draw(NAMES),
        theme=draw(st.just({}) | NAMES),
        batch_label=draw(st.just("") | WORDS),
        totals_acknowledged=True,
        behind_tolerance=draw(st.decimals(min_value=0, max_value="0.5", places=2)),
        remedial_threshold_pct=draw(st.none() | st.decimals(min_value=0, max_value=100, places=1)),
        pause_max_days=draw(st.integers(0, 184)),
        words={"branch": draw(NAMES), "branches": draw(NAMES), "member": draw(NAMES), "phase": draw(NAMES)},
    )
    size = {
        "id": "size",
        "name": draw(NAMES),
        "choices": [{"id": each, "name": draw(NAMES)} for each in ("full", "small")],
    }
    more = {
        "attributes": [size],
        "outcomes": [{"id": "approved", "name": draw(NAMES)}],
        "leaders": [{"code": code, "role": draw(NAMES)} for code in ("L1", "L2")],
        "surveys": draw(st.sampled_from([[], [{"kind": "final", "questionnaire": "final"}]])),
        "calendar": {"holidays": draw(st.frozensets(_DAYS.filter(lambda day: day.day < 15), max_size=3)),
                     "extra_workdays": draw(st.frozensets(_DAYS.filter(lambda day: day.day > 14), max_size=3))},
    }  # fmt: skip
    return Plan.model_validate({**plan.model_dump(), **more})
