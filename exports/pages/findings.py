"""What a survey found, drawn: answers by question, kiosk and paper apart; by unit, of which none is ranked; choices."""

from collections.abc import Iterator, Mapping, Sequence

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Table, both
from exports.pages.bars import Bar, Bars, bars_of, choice_bars, named, names_choices, shows_scale
from exports.pages.flow import Section
from exports.report import Report, SurveyMark
from exports.showing import shown
from exports.tables.branches import DECISIONS
from exports.tables.common import ALL
from exports.texts import tr
from surveys.rates import Remedial

_MOST_UNITS = 100
"""With more, the table has the figures."""
_PARTS = 2
"""A question that was answered in one way alone has one bar."""


def findings(report: Report, tables: Sequence[Table], mark: SurveyMark, lang: Lang) -> Iterator[Section]:
    """The bars of one survey, from these tables of its results."""
    channels = _channels(report, mark, lang)
    for table in tables:
        if table.number == "T2" and shows_scale(table):
            whole = table.name == f"T2-{mark.key}" or not table.branch
            yield bars_of(_questions(table, channels if whole else {}, lang), tr(lang, "By question"), lang)
    for table in tables:
        if table.name == f"T3-{mark.key}" and shows_scale(table) and len(table.rows) <= _MOST_UNITS:
            yield bars_of(_units(table, lang), tr(lang, "By unit, overall question"), lang)
    for table in tables:
        if names_choices(table) and (section := choice_bars(table, table.title.text(lang), lang)):
            yield section


def _questions(table: Table, channels: Mapping[I18n, Sequence[Bar]], lang: Lang) -> list[Bars]:
    made = []
    for row in table.rows:
        asked = row[table.place("question")]
        parts = channels.get(asked, ()) if isinstance(asked, I18n) else ()
        label = named(table, row, ("question", "question_text"), lang)
        made.append(Bars(Bar(table, row, label), parts if len(parts) >= _PARTS else ()))
    return made


def _channels(report: Report, mark: SurveyMark, lang: Lang) -> dict[I18n, list[Bar]]:
    """Of all units together: the answers at the kiosk and on paper, by question."""
    found: dict[I18n, list[Bar]] = {}
    for table in report.numbered("T3"):
        if not f"{table.name}-".startswith(f"T3-{mark.key}-channel-"):
            continue
        for row in table.rows:
            asked, answered = row[table.place("question")], row[table.place("valid")] != Count(0)
            if row[table.place("branch_name")] == both(ALL) and answered and isinstance(asked, I18n):
                found.setdefault(asked, []).append(Bar(table, row, shown(row[table.place("part_name")], lang)))
    return found


def _units(table: Table, lang: Lang) -> list[Bars]:
    """In the order of the table; where the result asks for a catch-up, it says so."""
    body = len(table.rows) - table.totals
    return [
        Bars(
            Bar(table, row, named(table, row, ("branch_name",), lang)),
            remark=_remark(row[table.place("remedial")], lang),
            ruled=place == body,
        )
        for place, row in enumerate(table.rows)
    ]


def _remark(cell: Cell, lang: Lang) -> str:
    """Whether the result asks for a catch-up, where it does or may."""
    calls = {both(DECISIONS[each]) for each in (Remedial.REQUIRED, Remedial.UNDECIDED)}
    return shown(cell, lang) if cell in calls else ""
