"""What people wrote, merged into items: those that were cleared for the public, the most frequent first."""

from collections.abc import Iterator, Sequence

from campaign.language import Lang
from exports.cells import Cell, Count, Table, both
from exports.pages.flow import MARGIN, Section, Strip, text_width
from exports.pages.tables import paragraph, section_title, stacked
from exports.pages.words import leading, wrapped
from exports.paper.shapes import BLACK, GREY
from exports.report import Report
from exports.showing import shown
from exports.tables.opinions import NOT_CLEARED
from exports.texts import tr

_TEXT, _SMALL = 9.0, 7.5
_MOST, _MOST_LINES = 10, 4
_BULLET, _INDENT = "•", 4.0


def opinions(report: Report, lang: Lang) -> Section | None:
    """A line an item: what it is, how many opinions it was made from, whom it is about, how far it is."""
    table = report.table("T4")
    if table is None or not (items := _items(table)):
        return None
    item = table.place("item")
    cleared = sorted((row for row in items if row[item] != both(NOT_CLEARED)), key=lambda row: -_opinions(table, row))
    strips = [section_title(tr(lang, "Opinions: what was merged into the same item"))]
    for row in cleared[:_MOST]:
        strips += _item(_said(table, row, lang))
    strips += _note(table, items, len(cleared), lang)
    return Section(strips, again=(section_title(tr(lang, "Opinions: what was merged into the same item")),))


def _items(table: Table) -> Sequence[Sequence[Cell]]:
    """The rows of items; others are of opinions that are in none."""
    body, place = table.rows[: len(table.rows) - table.totals], table.place("items")
    return [row for row in body if isinstance(row[place], Count)]


def _opinions(table: Table, row: Sequence[Cell]) -> int:
    cell = row[table.place("opinions")]
    return cell.value if isinstance(cell, Count) else 0


def _said(table: Table, row: Sequence[Cell], lang: Lang) -> str:
    what, unit, state = (shown(row[table.place(key)], lang) for key in ("item", "branch_name", "state"))
    like = tr.plural(lang, "{n} opinion", "{n} opinions", _opinions(table, row))
    return tr(lang, "{item} ({like}) — {unit}, {state}", item=what, like=like, unit=unit, state=state)


def _item(text: str) -> Iterator[Strip]:
    lines = wrapped(text, _TEXT, text_width(wide=False) - _INDENT, most=_MOST_LINES)
    (bullet,) = wrapped(_BULLET, _TEXT, _INDENT)
    shapes = (*stacked((bullet,), MARGIN, 0.0, BLACK), *stacked(lines, MARGIN + _INDENT, 0.0, BLACK))
    yield Strip(len(lines) * leading(_TEXT) + 0.8, shapes, with_next=True)


def _note(table: Table, items: Sequence[Sequence[Cell]], cleared: int, lang: Lang) -> Iterator[Strip]:
    """How many opinions and items there are in all, and how many are not here."""
    parts = [
        tr(lang, "Opinions: {n}, merged into items: {m}.", n=sum(_opinions(table, row) for row in items), m=len(items))
    ]
    if cleared > _MOST:
        parts.append(tr(lang, "{n} more stand in table T4.", n=cleared - _MOST))
    if waiting := len(items) - cleared:
        parts.append(tr(lang, "Not cleared for the public yet: {n}.", n=waiting))
    yield Strip(0.8, with_next=True)
    yield from paragraph(("" if lang is Lang.ZH else " ").join(parts), _SMALL, text_width(wide=False), grey=GREY)
