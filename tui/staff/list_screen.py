"""What the screens with one long list have in common: narrowing, sorting, opening."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from textual import on
from textual.widget import Widget

from tui.staff.keys import TYPING
from tui.staff.listing import Listing, listing_line
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key
from tui.widgets.line_table import Column, LineTable
from tui.widgets.search_table import SearchTable
from tui.widgets.spans import Line

RowT = TypeVar("RowT")


class ListScreen(LiveScreen[None], Generic[RowT]):
    """A title, what is shown of the list, the list."""

    def __init__(self, listing: Listing[RowT]) -> None:
        super().__init__()
        self._listing = listing
        self._all: Sequence[RowT] = ()

    def rows(self, snapshot: Snapshot) -> Sequence[RowT]:
        """All rows, in their first order."""
        raise NotImplementedError

    def row_key(self, row: RowT) -> str:
        """Tells a row from all others."""
        raise NotImplementedError

    def columns(self, snapshot: Snapshot, rows: Sequence[RowT], width: int) -> list[Column[RowT]]:
        """Columns that fill ``width`` cells."""
        raise NotImplementedError

    def headline(self, snapshot: Snapshot, width: int) -> Line:
        """What the list is, and its figures."""
        raise NotImplementedError

    def counted(self) -> str:
        """How many rows are shown, where they are of several sorts; empty: of how many."""
        return ""

    def open_row(self, key: str) -> None:
        """Open what a row is about."""
        raise NotImplementedError

    def entered(self, text: str) -> bool:  # noqa: ARG002  # subclasses use it
        """Enter was pressed on what was typed; whether that has been dealt with."""
        return False

    def content(self) -> Iterable[Widget]:
        """Title and list."""
        yield Drawing(self._head, widget_id="list-head")
        yield SearchTable[RowT](self.row_key, typed=self._typed, entered=self.entered, widget_id="list")

    def show(self, snapshot: Snapshot) -> None:
        """Bring the list in step."""
        self._all = self.rows(snapshot)
        shown = self._listing.of(self._all)
        table = self.table
        table.set_columns(self.columns(snapshot, self._all, table.size.width))
        table.set_rows(shown)
        self.query_one("#list-head", Drawing).redraw()

    @property
    def table(self) -> SearchTable[RowT]:
        """The list."""
        return self.query_one("#list", SearchTable)

    @property
    def foot_keys(self) -> Sequence[Key]:
        """While something is typed, how that ends."""
        return TYPING if self.table.typing else self.keys

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    def action_part(self) -> None:
        """Show the next part of the list."""
        self._list(self._listing.next_part())

    def action_kind(self) -> None:
        """Show the next kind of thing."""
        self._list(self._listing.next_kind())

    def action_order(self) -> None:
        """Sort by the next order."""
        self._list(self._listing.next_order())

    def _typed(self, text: str) -> None:
        self._list(replace(self._listing, text=text))

    def _list(self, listing: Listing[RowT]) -> None:
        """Show the list so, from its first row."""
        if listing != self._listing:
            self._listing = listing
            if self.live.snapshot is not None:
                self.show(self.live.snapshot)
            self.table.action_go(0)
        self.query_one("#list-head", Drawing).redraw()
        self.redraw_foot()

    @on(LineTable.Selected, "#list")
    def _open(self, message: LineTable.Selected) -> None:
        message.stop()
        self.open_row(message.key)

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        if snapshot is None:
            return []
        table = self.table
        sizes, said = (len(table.rows), len(self._all)), self.counted()
        chosen = listing_line(self._listing, *sizes, self.lang, width, typing=table.typing, said=said)
        return [self.headline(snapshot, width), chosen]
