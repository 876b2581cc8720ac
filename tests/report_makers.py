"""Reports of any content, made up."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from campaign.i18n import I18n
from exports.cells import NONE, Cell, Column, ColumnKind, Count, Hidden, Index, Points, Rate, Table
from exports.report import Metadata, Report, SurveyMark

DAY = date(2026, 11, 23)
HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "<b>&amp;</b>",
    "<r><t>raw</t></r>",
    "<r></r>",
    "</sheetData>]]>",
    "_x0041_ and _x000D_",
    "bell\x07 null\x00 escape\x1b[31m",
    "line\nfeed\r\nand\rreturn",
    "\u202eright to left\u2066\u200f مرحبا",
    "👩‍👩‍👧‍👦 🇨🇳 😀" * 50,
    "\ufffe\uffff\u2028\x85",
    "[]:*?/\\'sheet'",
    '&P &N &D &"Arial"&14 100% \'=A1',
    "http://example.org/",
    "123",
    " 2026-11-23 ",
    "",
    "满意" * 5000,
)
"""What somebody may have written, by mistake or not."""


def report(tables: Sequence[Table], title: I18n | None = None, surveys: Sequence[SurveyMark] = ()) -> Report:
    """A report of these tables."""
    titled = title or I18n(zh="活动", en="Campaign")
    return Report(Metadata("c", titled, titled, DAY, 5, tuple(surveys), (), ()), tuple(tables))


_TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8"), max_size=40),
)
i18n = st.builds(I18n, zh=_TEXTS, en=_TEXTS)
"""Any text in both languages."""
_SHARES = st.fractions(0, 1, max_denominator=500)
_HIDDEN = st.sampled_from([Hidden("<5"), Hidden("alike"), Hidden("groups"), NONE])
_CELLS: dict[ColumnKind, st.SearchStrategy[Cell]] = {
    ColumnKind.COUNT: st.builds(Count, st.integers(-(10**9), 10**9)),
    ColumnKind.RATE: st.builds(Rate, _SHARES, st.sampled_from([None, Decimal(60)])),
    ColumnKind.POINTS: st.builds(Points, st.fractions(-1, 1, max_denominator=500)),
    ColumnKind.INDEX: st.builds(Index, _SHARES.map(lambda share: Fraction(100) * share)),
    ColumnKind.TEXT: i18n,
    ColumnKind.DATE: st.dates(date(1990, 1, 1), date(2099, 12, 31)),
}


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column, ...]:
    """Some columns, a few below a common heading."""
    kinds = draw(st.lists(st.sampled_from(ColumnKind), min_size=1, max_size=6))
    over = draw(st.one_of(st.none(), i18n.filter(lambda text: bool(text.zh or text.en))))
    start = draw(st.integers(0, len(kinds)))
    return tuple(
        Column(f"c{place}", draw(i18n), kind, over if place >= start else None) for place, kind in enumerate(kinds)
    )


@st.composite
def tables(draw: st.DrawFn) -> list[Table]:
    """Tables of a report, some of them with the same columns."""
    shapes = draw(st.lists(columns(), min_size=1, max_size=2))
    made = []
    for place in range(draw(st.integers(1, 4))):
        shape = draw(st.sampled_from(shapes))
        row = st.tuples(*(st.one_of(_CELLS[column.kind], _HIDDEN) for column in shape))
        rows = tuple(draw(st.lists(row, max_size=4)))
        title = draw(i18n)
        title = I18n(zh=f"表：{place}{title.zh}", en=f"Table: {place}{title.en}")
        notes = tuple(draw(st.lists(i18n, max_size=2)))
        totals = draw(st.integers(0, min(1, len(rows))))
        number = f"T{draw(st.integers(1, 3))}"
        made.append(Table(number, f"t{place}", title, shape, rows, notes, totals))
    return made


def of_notice(files: Mapping[str, bytes], key: str, suffix: str) -> bytes:
    """The file of the notice with this key."""
    (found,) = (
        content
        for name, content in files.items()
        if name.startswith((f"公示-{key}-", f"Public-notice-{key}-")) and name.endswith(suffix)
    )
    return found
