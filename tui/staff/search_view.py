"""What was found in everything, as rows of a list. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from campaign.folding import folded
from campaign.language import Lang
from campaign.plan import Plan
from campaign.search_labels import FoundRow, found_rows, group_label
from campaign.searching import Found, Group
from tui.staff.texts import tr
from tui.staff.wording import column_cells
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

MOST_GROUP, MOST_CODE, LEAST_TITLE = 18, 14, 12
"""Cells of columns."""
MATCH_SHARE = 0.55
"""What matched gets at the most, of the cells for it and the title."""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A hit, or the row that stands for all others of its group."""

    group: Group
    heading: str
    """The group's name, on its first row alone."""
    found: FoundRow | None
    more: int = 0

    @property
    def key(self) -> str:
        """Tells the row from all others."""
        return f"{self.group} {self.found.hit.thing.key}" if self.found else f"{self.group}"


def search_rows(found: Sequence[Found], typed: str, plan: Plan, lang: Lang) -> list[SearchRow]:
    """All hits, group by group, each followed by how many more there are."""
    rows: list[SearchRow] = []
    for each in found:
        name = group_label(each.group, plan, lang)
        for at, row in enumerate(found_rows(each, typed, plan, lang)):
            rows.append(SearchRow(each.group, name if at == 0 else "", row))
        if each.more:
            rows.append(SearchRow(each.group, "", None, each.more))
    return rows


def search_columns(rows: Sequence[SearchRow], typed: str, lang: Lang, width: int) -> list[Column[SearchRow]]:
    """Group, code or day, what it is, and where the text was found."""
    group = column_cells((row.heading for row in rows), MOST_GROUP)
    code = column_cells((row.found.code for row in rows if row.found), MOST_CODE)
    room = max(2 * LEAST_TITLE, width - EDGE - group - code - 3 * 2 - 1)
    needed = max((cell_len(row.found.matched) for row in rows if row.found), default=0)
    matched = min(needed, int(room * MATCH_SHARE))
    words = folded(typed).split()
    return [
        Column("", group, lambda row, cells: fitted((Span(row.heading, "primary", bold=True),), cells)),
        Column("", code, lambda row, cells: fitted((Span(row.found.code if row.found else "", "muted"),), cells)),
        Column("", room - matched, lambda row, cells: fitted(_title(row, lang), cells)),
        Column("", matched, lambda row, cells: fitted(_matched(row, words), cells), gap=0),
    ]


def _title(row: SearchRow, lang: Lang) -> Line:
    if row.found:
        return (Span(row.found.title),)
    more = tr.plural(lang, "… {n} more; Enter shows them", "… {n} more; Enter shows them", row.more)
    return (Span(more, "accent"),)


def _matched(row: SearchRow, words: Sequence[str]) -> Line:
    """What stands there, with what was typed in bold."""
    if row.found is None or not row.found.matched:
        return ()
    return (Span(f"{row.found.part}: ", "muted"), *marked(row.found.text, words))


def marked(text: str, words: Sequence[str]) -> Line:
    """``text`` with the first of ``words`` that stands in it in bold; as it is where folding changes its length."""
    flat = folded(text)
    places = [(flat.index(word), word) for word in words if word in flat]
    if not places or len(flat) != len(text):
        return (Span(text),)
    start, word = min(places)
    end = start + len(word)
    return Span(text[:start]), Span(text[start:end], "accent", bold=True), Span(text[end:])


def search_head(text: str, said: str, lang: Lang, width: int) -> list[Line]:
    """What the page is, what was typed, and what came of it."""
    title: Line = (Span("▌ ", "primary"), Span(tr(lang, "Search everything"), bold=True))
    room = max(0, width - cell_len(said) - 6)
    typed: Line = (Span("  "), Span(f" / {text}▏ ", "on-key", "key", bold=True))
    return [title, spread(fitted(typed, room), (Span(said, "muted"),), width)]
