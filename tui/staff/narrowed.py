"""A table that is narrowed and sorted, as one of several parts of a screen."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from campaign.language import Lang
from tui.staff.listing import Listing, listing_line
from tui.widgets.line_table import Column
from tui.widgets.search_table import SearchTable
from tui.widgets.spans import Line

RowT = TypeVar("RowT")


class Narrowed(Generic[RowT]):
    """The table with all its rows and what is shown of them."""

    def __init__(
        self, key: Callable[[RowT], str], listing: Listing[RowT], changed: Callable[[], None], *, widget_id: str
    ) -> None:
        self.listing = listing
        self.rows: Sequence[RowT] = ()
        """All of them, in their first order."""
        self.last: RowT | None = None
        """A row below all others, which is neither narrowed nor sorted nor counted, such as a total."""
        self.table = SearchTable[RowT](
            key, typed=self._typed, entered=lambda _: False, digits=False, widget_id=widget_id
        )
        self._changed = changed
        """Called when other rows are shown."""

    def show(self, rows: Sequence[RowT], columns: Sequence[Column[RowT]], last: RowT | None = None) -> None:
        """Show these rows, narrowed and sorted as before, and ``last`` below them."""
        self.rows, self.last = rows, last
        self.table.set_columns(columns)
        self._fill()

    def _fill(self) -> None:
        foot = [] if self.last is None else [self.last]
        self.table.set_rows([*self.listing.of(self.rows), *foot])

    def use(self, listing: Listing[RowT]) -> None:
        """Other parts and kinds to choose from; what was chosen stays where it still exists."""
        before = self.listing
        self.listing = replace(
            listing,
            part=_place([each.name for each in listing.parts], before.parts[before.part].name),
            kind=_place([each.name for each in listing.kinds], before.kinds[before.kind].name),
            order=min(before.order, len(listing.orders) - 1),
            text=before.text,
        )

    def change(self, listing: Listing[RowT]) -> None:
        """Narrow and sort so, from the first row on."""
        if listing != self.listing:
            self.listing = listing
            self._fill()
            self.table.action_go(0)
        self._changed()

    def line(self, lang: Lang, width: int) -> Line:
        """What is shown, and how many rows of how many."""
        shown = len(self.table.rows) - (self.last is not None)
        return listing_line(self.listing, shown, len(self.rows), lang, width, typing=self.table.typing)

    def _typed(self, text: str) -> None:
        self.change(replace(self.listing, text=text))


def _place(names: Sequence[str], name: str) -> int:
    """Where ``name`` stands, otherwise the first place."""
    return names.index(name) if name in names else 0
