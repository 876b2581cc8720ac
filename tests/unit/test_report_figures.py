"""The figures of a report's tables: what the totals are of, and what is said of what they leave out."""

from collections.abc import Sequence
from fractions import Fraction

from campaign.language import Lang
from campaign.overview import overview
from exports.cells import Cell, Count, Hidden, Rate, Table
from exports.report import Records, Report, build_report
from exports.showing import shown
from surveys.counted import Counted
from surveys.publishing import published
from tests.small_surveys import DAY, Form, counted, plan_of

MIXED: list[Form] = [
    ("paper", "123"[n % 3], *(("A", "C"), ("C", "A"), ("D", "A"), ("A", "A"))[n % 4]) for n in range(24)
]
CONTENT: list[Form] = [("paper", "1", "A", "A")] * 9


def report_of(sessions: Sequence[Counted]) -> Report:
    plan = plan_of(sessions)
    return build_report(plan, published(plan, sessions), Records(overview(plan, [], DAY)), DAY)


def table(report: Report, name: str) -> Table:
    found = report.table(name)
    assert found is not None
    return found


def cells(found: Table, row: int, *keys: str) -> list[Cell]:
    return [found.rows[row][found.place(key)] for key in keys]


def notes(found: Table) -> str:
    return " ".join(note.text(Lang.EN) for note in found.notes)


def test_the_bounds_are_of_the_units_whose_answers_are_shown() -> None:
    """Forms that are hidden as all alike are no missing ones: all handed out came back, so both bounds are the rate."""
    report = report_of([counted("B0", 1, MIXED), counted("B1", 1, CONTENT)])
    units = table(report, "T3-final")
    assert cells(units, -1, "valid", "low", "high") == [Count(24), Rate(Fraction(18, 24)), Rate(Fraction(18, 24))]
    missing = table(report_of([counted("B0", 1, MIXED, missing=6), counted("B1", 1, CONTENT, missing=20)]), "T3-final")
    assert cells(missing, -1, "low", "high") == [Rate(Fraction(18, 30)), Rate(Fraction(24, 30))]


def test_forms_that_a_total_leaves_out_are_told_and_their_number_is_no_secret() -> None:
    """The unit shows its valid forms, as in the form account; the tables and the notice say that its answers are out."""
    report = report_of([counted("B0", 1, MIXED), counted("B1", 1, CONTENT)])
    units, account = table(report, "T3-final"), table(report, "T1-final")
    assert cells(units, 1, "valid", "satisfaction") == [Count(9), Hidden("alike")]
    assert cells(account, -1, "valid") == [Count(33)]
    said = "9 valid forms are left out, for what they answered there is hidden: Branch B1."
    assert f"Q2: {said}" in notes(units)
    assert f"Q1, Q2: {said}" in notes(table(report, "T2-final"))
    notice = table(report, "T9-final")
    assert any(said in shown(cell, Lang.EN) for row in notice.rows for cell in row)
    assert not any("left out" in notes(table(report, name)) for name in ("T1-final", "T2-final-B0"))
