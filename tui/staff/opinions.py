"""The list of opinions and items: of a branch, or of the whole campaign."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from campaign.language import Lang
from tui.staff.keys import OPINION_LIST
from tui.staff.list_screen import ListScreen
from tui.staff.opinion import OpinionScreen
from tui.staff.opinion_deeds import OpinionDeeds
from tui.staff.opinion_forms import WriteDown
from tui.staff.opinion_view import (
    OpinionRow,
    marked_rows,
    opinion_columns,
    opinion_listing,
    opinion_rows,
    opinion_title,
)
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column
from tui.widgets.spans import Line


class OpinionsScreen(OpinionDeeds, ListScreen[OpinionRow]):
    """Items, then opinions; Space marks several, and a key then takes them all."""

    KEYS = OPINION_LIST
    BINDINGS: ClassVar[list[BindingType]] = bindings(OPINION_LIST)

    def __init__(self, snapshot: Snapshot, lang: Lang, branch: str | None) -> None:
        ListScreen.__init__(self, opinion_listing(snapshot.plan, lang))
        self.branch = branch
        self._marked: frozenset[int] = frozenset()
        self._said_in = lang
        self._made: Sequence[OpinionRow] = ()
        self._made_from: tuple[object, ...] = ()

    def rows(self, snapshot: Snapshot) -> Sequence[OpinionRow]:
        """Everything that may be read."""
        if self.view is None:
            self.look()
            return ()
        made_from = (self.view, snapshot.plan, self.lang)
        if not self._made_from or any(old is not new for old, new in zip(self._made_from, made_from, strict=True)):
            self._made_from = made_from
            self._made = opinion_rows(snapshot.plan, self.view, self.branch, self.lang)
        return marked_rows(self._made, self._marked)

    def show(self, snapshot: Snapshot) -> None:
        """Bring the list in step, its categories in the language too."""
        if self._said_in is not self.lang:
            self._said_in = self.lang
            self._listing = replace(self._listing, kinds=opinion_listing(snapshot.plan, self.lang).kinds)
        ListScreen.show(self, snapshot)

    def row_key(self, row: OpinionRow) -> str:
        """Tells a row from all others."""
        return row.key

    def columns(self, snapshot: Snapshot, rows: Sequence[OpinionRow], width: int) -> list[Column[OpinionRow]]:
        """Mark, number, whose, category, state, text."""
        return opinion_columns(snapshot.plan, rows, self.branch, self.lang, width)

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """Opinions and items, counted apart."""
        return opinion_title(snapshot.plan, self.view, self.branch, self.lang, width)

    def aside(self) -> str:
        """How many are marked."""
        if not self._marked:
            return ""
        return tr.plural(
            self.lang, "{n} marked; Esc takes the mark away", "{n} marked; Esc takes the marks away", len(self._marked)
        )

    def counted(self) -> str:
        """Opinions and items that are shown, apart."""
        items = sum(row.item is not None for row in self.table.rows)
        heard = tr.plural(self.lang, "{n} opinion", "{n} opinions", len(self.table.rows) - items)
        merged = tr.plural(self.lang, "{n} item", "{n} items", items)
        return tr(self.lang, "shown: {opinions}, {items}", opinions=heard, items=merged)

    def open_row(self, key: str) -> None:
        """Open one in full."""
        self.app.push_screen(OpinionScreen(int(key)))

    def numbers(self) -> Sequence[int]:
        """What is marked, or the row under the cursor."""
        if self._marked:
            return sorted(self._marked)
        return [int(self.table.key)] if self.table.key is not None else []

    def forget(self) -> None:
        """Take all marks away."""
        self._marked = frozenset()
        self.refresh_view()

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next one."""
        if self.table.key is not None:
            self._marked ^= {int(self.table.key)}
            self.table.action_move(1)
            self.refresh_view()

    def action_back(self) -> None:
        """Take the marks away; without any go back."""
        if self._marked:
            self.forget()
        else:
            self.dismiss(None)

    def action_write_down(self) -> None:
        """Open the form for opinions that came in another way."""
        if self.live.snapshot is not None:
            self.app.push_screen(WriteDown(self.live.snapshot, self.branch, self.role), self._finished)
