"""The charts of the workbook rank nobody, leave nobody out, and can be read without colours."""

import io
import zipfile
from fractions import Fraction
from xml.etree import ElementTree as ET

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Column, ColumnKind, Count, Rate, Table, plain
from exports.report import SurveyMark
from exports.workbook.report_book import report_workbook
from exports.workbook.report_overview import MOST_BARS, MOST_CHARTS, Chart, overviews
from tests.report_makers import report

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARK = SurveyMark("final", "final", plain("final survey"), "final", plain("Final"), "1", 1, 0, 4)


def units_table(count: int) -> Table:
    """So many units, the later the more satisfied or the less, in turns; and all together."""
    rows: list[tuple[Cell, ...]] = [
        (plain(f"Unit {n}"), Count(9), *(Rate(Fraction(n % 7, 7)),) * 3) for n in range(count)
    ]
    keys = ("expressed", "return_rate", "satisfaction")
    rated = (Column(key, plain(key), ColumnKind.RATE) for key in keys)
    return Table(
        "T3",
        "T3-final",
        plain("Results by unit"),
        (Column("branch_name", plain("Unit"), ColumnKind.TEXT), Column("valid", plain("n"), ColumnKind.COUNT), *rated),
        (*rows, (plain("All"), Count(9 * count), *(Rate(Fraction(1, 2)),) * 3)),
        totals=1,
    )


def charts(count: int) -> tuple[Chart, ...]:
    (found,) = overviews(report([units_table(count)], plain("x"), [MARK]))
    return found.charts


def named(chart: Chart) -> list[str]:
    return [cell.text(Lang.EN) for cell, *_ in chart.rows if isinstance(cell, I18n)]


def test_units_stand_in_the_order_of_the_plan() -> None:
    """Not in that of their rates; all together at the end."""
    (chart,) = charts(12)
    assert named(chart) == [*(f"Unit {n}" for n in range(12)), "All"]


def test_every_unit_is_on_one_of_the_charts() -> None:
    """A hundred on three of them, each with all together below and its number in its title."""
    found = charts(100)
    names = [name for chart in found for name in named(chart)[:-1]]
    assert names == [f"Unit {n}" for n in range(100)]
    assert [chart.title.text(Lang.EN) for chart in found] == [f"Results by unit ({n} of 3)" for n in (1, 2, 3)]
    assert not any(chart.note for chart in found)


def test_where_there_are_more_than_can_be_charted_it_is_said() -> None:
    """The first of the plan are, and the note says where all are; the last chart has it."""
    most = MOST_BARS * MOST_CHARTS
    found = charts(most + 1)
    assert len(found) == MOST_CHARTS
    assert [chart.note is not None for chart in found] == [False] * (MOST_CHARTS - 1) + [True]
    assert found[-1].note is not None
    assert str(most + 1) in found[-1].note.text(Lang.EN)


def test_what_differs_in_kind_differs_without_colour() -> None:
    """Satisfied, dissatisfied, don't know and blank: dark, hatched, light, white. Figures keep a ground."""
    kinds = {"A": "positive", "C": "negative", "D": "no_opinion", "blank": "blank"}
    counted = (
        Column(f"{code}_count", plain("forms"), ColumnKind.COUNT, plain(code), kind) for code, kind in kinds.items()
    )
    table = Table(
        "T2",
        "T2-final",
        plain("Results by question"),
        (
            Column("question", plain("Question"), ColumnKind.TEXT),
            Column("question_text", plain("Asked"), ColumnKind.TEXT),
            *counted,
            Column("valid", plain("n"), ColumnKind.COUNT),
            Column("satisfaction", plain("%"), ColumnKind.RATE),
        ),
        ((plain("Q1"), plain("How?"), *(Count(2),) * 4, Count(8), Rate(Fraction(1, 4))),),
        survey="final",
    )
    content = report_workbook(report([table], plain("x"), [MARK]), Lang.EN)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawn = ET.fromstring(archive.read("xl/charts/chart1.xml"))  # noqa: S314  # our own file
    fills = []
    for series in drawn.iter(f"{CHART}ser"):
        looks, labels = series.find(f"{CHART}spPr"), series.find(f"{CHART}dLbls/{CHART}spPr")
        assert looks is not None
        pattern, colour = looks.find(f"{DRAWING}pattFill"), looks.find(f"{DRAWING}solidFill/{DRAWING}srgbClr")
        fills.append(pattern.get("prst") if pattern is not None else colour.get("val") if colour is not None else None)
        assert (labels is not None) == (pattern is not None)
    assert fills == ["2E7D5B", "dkUpDiag", "DFE2E7", "FFFFFF"]
