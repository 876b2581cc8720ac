"""The published tallies of a report, one row an answer: what is hidden has a reason instead of a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from campaign.i18n import I18n
from exports.cells import Cell, ColumnKind, Count, Hidden, Rate, Table, both, plain
from exports.report import Report
from exports.tables.common import ALL

_COUNT, _SHARE = "_count", "_share"
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one answer was given to one question, by all or by some."""

    survey: I18n
    unit: str
    """Code; empty for all together."""
    unit_name: I18n
    by: str
    """Empty, ``group`` or ``channel``."""
    part: I18n
    question: str
    question_text: I18n
    answer: str
    """Code of the choice, or ``blank``."""
    answer_text: I18n
    counts_as: str
    forms: int | None
    share: Fraction | None
    valid: int | None
    reason: str
    """Empty where the figures are shown; else why they are not."""


def tallies(report: Report) -> Iterator[Tally]:
    """Of every survey: by question, by choice, by group and channel."""
    for mark in report.metadata.surveys:
        tables = [table for table in report.tables if table.survey == mark.key]
        units = _units(report, mark.key)
        questions = {code: text for table in tables for code, text in _questions(table)}
        for table in tables:
            if table.number == "T2":
                if table.columns[0].key == "question":
                    yield from _by_question(table, units, mark.name)
                else:
                    yield from _by_choice(table, units, mark.name)
            elif table.part:
                yield from _by_part(table, mark.name, questions)


def _questions(table: Table) -> Iterator[tuple[str, I18n]]:
    if table.number == "T2" and table.columns[0].key == "question":
        for row in table.rows:
            yield _code(row[0]), _text(row[1])


def _units(report: Report, key: str) -> dict[str, I18n]:
    """Codes and names of the units that were asked."""
    account = report.table(f"T1-{key}")
    if account is None:
        return {}
    code, name = account.place("branch"), account.place("branch_name")
    return {_code(row[code]): _text(row[name]) for row in account.rows if isinstance(row[code], I18n)}


def _by_question(table: Table, units: dict[str, I18n], survey: I18n) -> Iterator[Tally]:
    """A table of all together, of a unit, or of one of its sessions, whose number then stands beside the name."""
    unit = table.branch
    name = units.get(unit, plain(unit) if unit else both(ALL))
    if table.session:
        name = I18n(zh=f"{name.zh} {table.session}", en=f"{name.en} {table.session}")
    for row in table.rows:
        yield from _answers(table, row, (survey, unit, name, "", plain("")), _code(row[0]), _text(row[1]))


def _by_part(table: Table, survey: I18n, questions: dict[str, I18n]) -> Iterator[Tally]:
    places = [table.place(key) for key in ("branch", "branch_name", "part_name", "question")]
    for row in table.rows:
        unit, name, part, question = (row[place] for place in places)
        code = _code(question)
        who = (survey, _code(unit), _text(name), table.part, _text(part))
        yield from _answers(table, row, who, code, questions.get(code, plain(code)))


_Who = tuple[I18n, str, I18n, str, I18n]


def _answers(table: Table, row: tuple[Cell, ...], who: _Who, question: str, text: I18n) -> Iterator[Tally]:
    """One tally for each choice of a scale, and for the blanks."""
    valid = row[table.place("valid")]
    for place, column in enumerate(table.columns):
        if column.key.endswith(_COUNT) and column.kind is ColumnKind.COUNT:
            answer = column.key.removesuffix(_COUNT)
            share = row[table.place(f"{answer}{_SHARE}")]
            figures = _figures(row[place], share, valid)
            label = column.group or column.heading
            yield Tally(
                *who, question, text, answer, label, "" if answer == "blank" else column.counts_as or "", *figures
            )


def _by_choice(table: Table, units: dict[str, I18n], survey: I18n) -> Iterator[Tally]:
    """A row is a choice, two columns are a unit; the last two rows are the blanks and the valid forms."""
    *choices, blank, valid = table.rows
    for place, column in enumerate(table.columns):
        if not column.key.endswith(_COUNT):
            continue
        unit = column.key.removesuffix(_COUNT)
        known = unit if unit in units or unit != _ALL else ""
        who = (survey, known, column.group or column.heading, "", plain(""))
        for row in [*choices, blank]:
            answer = "blank" if row is blank else _code(row[0])
            figures = _figures(row[place], row[place + 1], valid[place])
            yield Tally(*who, table.question, table.title, answer, _text(row[1]), "", *figures)


def _figures(forms: Cell, share: Cell, valid: Cell) -> tuple[int | None, Fraction | None, int | None, str]:
    hidden = next((cell.reason for cell in (forms, share) if isinstance(cell, Hidden)), "")
    return (
        forms.value if isinstance(forms, Count) else None,
        share.value if isinstance(share, Rate) else None,
        valid.value if isinstance(valid, Count) else None,
        hidden,
    )


def _code(cell: Cell) -> str:
    return (cell.zh or cell.en) if isinstance(cell, I18n) else ""


def _text(cell: Cell) -> I18n:
    return cell if isinstance(cell, I18n) else plain("")
