"""The figures of a report's tables: what the totals are of, and what is said of what they leave out."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from campaign.overview import overview
from campaign.plan import SurveyPlan
from exports.cells import NONE, Cell, Count, Hidden, Rate, Table
from exports.footing import require_footing
from exports.report import Records, Report, build_report
from exports.showing import shown
from surveys.counted import Counted
from surveys.publishing import published
from surveys.questionnaire import Questionnaire
from surveys.session import SessionState
from tests.small_surveys import DAY, FORM, Form, counted, plan_of

SIXTY = Decimal(60)
GIVEN = (("A", "C"), ("C", "A"), ("D", "A"), ("A", "A"))
MIXED: list[Form] = [("paper", "123"[n % 3], *GIVEN[n % 4]) for n in range(24)]
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
    """The unit shows its valid forms, as in the form account; tables and notice say that its answers are out."""
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


def row_of(found: Table, figure: str, *keys: str) -> list[Cell]:
    row = next(place for place, cells in enumerate(found.rows) if shown(cells[0], Lang.EN) == figure)
    return cells(found, row, *keys)


def test_every_way_to_compute_the_rate_of_all_is_a_cell() -> None:
    """Pooled, mean of the units, and the bounds: 18 + 10 of 44 forms, 75 % and 50 % of two units, 10 forms missing."""
    half = [("paper", "12"[n % 2], "AC"[n % 2], "AC"[n % 2]) for n in range(20)]
    report = report_of([counted("B0", 1, MIXED), counted("B1", 1, half, missing=10)])
    found = table(report, "T3-final-all")
    pooled = row_of(found, "All forms together", "units", "positive", "valid", "satisfaction")
    assert pooled == [Count(2), Count(28), Count(44), Rate(Fraction(28, 44), SIXTY)]
    assert row_of(found, "Mean of the units", "units", "satisfaction") == [Count(2), Rate(Fraction(5, 8), SIXTY)]
    bounds = row_of(found, "Counting those who gave no valid form", "low", "high")
    assert bounds == [Rate(Fraction(28, 54)), Rate(Fraction(38, 54))]


def test_the_mean_of_the_units_tells_nothing_of_one_that_is_hidden() -> None:
    """It is the mean of the rates that are shown, and says of how many; whatever the hidden unit answered, it stays."""
    dissatisfied: list[Form] = [("paper", "1", "C", "C")] * 9
    for hidden in (CONTENT, dissatisfied, CONTENT[:4]):
        found = table(report_of([counted("B0", 1, MIXED), counted("B1", 1, hidden)]), "T3-final-all")
        assert row_of(found, "Mean of the units", "units", "satisfaction") == [Count(1), Rate(Fraction(3, 4), SIXTY)]
    alone = table(report_of([counted("B0", 1, CONTENT), counted("B1", 1, CONTENT[:4])]), "T3-final-all")
    assert row_of(alone, "All forms together", "units", "positive", "satisfaction") == [Hidden("alike")] * 3
    assert row_of(alone, "Mean of the units", "units", "satisfaction") == [Count(0), NONE]


def weighing(*weights: str | None) -> Questionnaire:
    """The form with weights for the groups."""
    asked, *others = FORM.questions
    choices = tuple(
        choice.model_copy(update={"weight": weight and Decimal(weight)})
        for choice, weight in zip(asked.choices, weights, strict=True)
    )
    return FORM.model_copy(update={"questions": (asked.model_copy(update={"choices": choices}), *others)})


def test_the_rate_with_weighted_groups_stands_beside_the_weights() -> None:
    """Group 1 counts twice: (2 · 12/15 + 1 · 5/15) / 3. A group that is too small has no figure and no share."""
    forms: list[Form] = [("paper", "1", "A", "A")] * 12 + [("paper", "1", "A", "C")] * 3
    forms += [("paper", "2", "A", "A")] * 5 + [("paper", "2", "A", "C")] * 10
    whole = replace(counted("B0", 1, forms), questionnaire=weighing("2", "1", None))
    report = report_of([whole])
    expected = Rate(Fraction(2, 3) * Fraction(12, 15) + Fraction(1, 3) * Fraction(5, 15), SIXTY)
    assert row_of(table(report, "T3-final-all"), "Groups by their weights", "satisfaction") == [expected]
    weights = table(report, "T3-final-weights")
    keys = ("weight_share", "positive", "valid")
    assert cells(weights, 0, *keys) == [Rate(Fraction(2, 3)), Count(12), Count(15)]
    assert shown(cells(weights, 0, "weight")[0], Lang.EN) == "2"
    few = replace(counted("B0", 1, [*forms, ("paper", "3", "A", "C")]), questionnaire=weighing("2", "1", "1"))
    small = table(report_of([few]), "T3-final-weights")
    assert cells(small, 2, *keys) == [Hidden("groups")] * 3


def test_a_random_sample_has_its_interval_in_cells() -> None:
    """188 of 232 drawn at random from 400: Wilson's interval with the finite population, 77.55 % to 84.09 %."""
    forms: list[Form] = [("paper", "1", "A", "A")] * 188 + [("paper", "1", "A", "C")] * 44
    sessions = [counted("B0", 1, forms)]
    asked = plan_of(sessions)
    plan = asked.model_copy(
        update={"surveys": (SurveyPlan(kind="final", questionnaire="final", sampling="random", population=400),)}
    )
    report = build_report(plan, published(plan, sessions), Records(overview(plan, [], DAY)), DAY)
    low, high = row_of(table(report, "T3-final-all"), "Random sample; Wilson interval, 95%", "low", "high")
    assert isinstance(low, Rate)
    assert isinstance(high, Rate)
    assert (round(float(low.value), 4), round(float(high.value), 4)) == (0.7755, 0.8409)


def test_figures_of_all_that_do_not_agree_with_the_units_are_refused() -> None:
    """V61 for a mean that is not the mean of the units' rates, or a pooled rate that is not the total's."""
    report = report_of([counted("B0", 1, MIXED), counted("B1", 1, MIXED[:20])])
    found = table(report, "T3-final-all")
    place = found.place("satisfaction")
    for row in range(2):
        bent = [[*cells] for cells in found.rows]
        bent[row][place] = Rate(Fraction(7, 10))
        tables = [table(report, "T3-final"), replace(found, rows=tuple(map(tuple, bent)))]
        with pytest.raises(Refused) as caught:
            require_footing(tables)
        assert [problem.code for problem in caught.value.problems] == ["V61"]


def test_no_rate_below_the_threshold_looks_as_if_it_reached_it_in_any_table() -> None:
    """1499 of 2500 is 59.96 wherever a satisfaction rate stands: by unit, question, dimension, in the notice."""
    forms: list[Form] = [("paper", "1", "A", "A")] * 1499 + [("paper", "1", "C", "C")] * 1001
    report = report_of([counted("B0", 1, forms)])
    rates = {
        (each.name, column.key): shown(row[place], Lang.EN)
        for each in report.tables
        for place, column in enumerate(each.columns)
        if column.key == "satisfaction"
        for row in each.rows
    }
    assert {name for name, _ in rates} >= {
        "T2-final",
        "T3-final",
        "T3-final-all",
        "T3-final-dimension",
        "T3-final-group",
    }
    assert set(rates.values()) <= {"59.96", "—"}
    assert "59.96%" in str(table(report, "T9-B0-261123-1").rows)
    assert "60.0%" not in str(report)


def test_where_many_do_not_know_the_tables_say_to_inform_first() -> None:
    """More than 30 %: the question, the unit, and the notice say so; at 30 % nothing does."""
    forms: list[Form] = [("paper", "1", "A", "A")] * 6 + [("paper", "1", "C", "C")]
    said = "More than 30 per cent do not know: people are to be informed first."
    few = report_of([counted("B0", 1, [*forms, *[("paper", "1", "A", "D")] * 3])])
    assert said not in str(few)
    many = report_of([counted("B0", 1, [*forms, *[("paper", "1", "A", "D")] * 4])])
    assert f"{said} Q2." in notes(table(many, "T2-final-B0"))
    assert f"{said} Branch B0." in notes(table(many, "T3-final"))
    assert said in str(table(many, "T9-B0-261123-1").rows)


def test_a_vote_that_was_declared_void_is_told_with_its_reason_and_no_figure() -> None:
    """By unit, day and survey; what is personal in the reason is blacked out. Without any there is no such table."""
    held = counted("B0", 1, MIXED)
    void = held.session.model_copy(
        update={"id": "B1-261122-1", "branch": "B1", "state": SessionState.VOID, "void_reason": "recount 13800138000"}
    )
    plan = plan_of([held])
    stands = overview(plan, [], DAY)
    records = Records(stands, sessions=[held.session, void])
    found = table(build_report(plan, published(plan, [held]), records, DAY), "T1-void")
    assert [shown(cell, Lang.EN) for cell in found.rows[0]][1:5] == ["B1", "B1", "2026-11-23", "final survey"]
    reason = shown(found.rows[0][-1], Lang.EN)
    assert reason.startswith("recount ")
    assert "138" not in reason
    assert report_of([held]).table("T1-void") is None


def test_a_part_without_forms_has_no_row() -> None:
    """Nobody came to the kiosk: there is no row of zeros for it, and the table says that such parts have none."""
    channels = table(report_of([counted("B0", 1, MIXED)]), "T3-final-channel")
    assert {shown(row[channels.place("part")], Lang.EN) for row in channels.rows} == {"paper"}
    assert "without forms" in notes(channels)
