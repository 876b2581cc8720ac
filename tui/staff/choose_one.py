"""A short list from which one thing is chosen, by its digit or with Enter."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget

from tui.staff.keys import CHOOSE
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.widgets.choice_field import Option
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column, LineTable
from tui.widgets.spans import Line, Span

DIGITS = 9


class ChooseOne(LiveScreen[str]):
    """The result is the id of the option, None at Esc."""

    KEYS = CHOOSE
    BINDINGS: ClassVar[list[BindingType]] = bindings(CHOOSE)

    def __init__(self, title: str, options: Sequence[Option]) -> None:
        super().__init__()
        self._title, self._options = title, options

    def content(self) -> Iterable[Widget]:
        """Title and list."""
        yield Drawing(self._head, widget_id="title")
        yield LineTable[Option](lambda option: option.id, airy=True, widget_id="sessions-list")

    def show(self, _snapshot: Snapshot) -> None:
        """Bring the list in step."""
        table = self.query_one("#sessions-list", LineTable)
        table.set_columns([Column("", max(8, table.size.width - 4), lambda option, _: self._line(option))])
        table.set_rows(self._options)

    def on_resize(self) -> None:
        """Lay the column out anew."""
        self.call_after_refresh(self.refresh_view)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses at once."""
        digit = unicodedata.normalize("NFKC", event.character or "")
        if digit in set("123456789") and int(digit) <= len(self._options):
            event.stop()
            self.dismiss(self._options[int(digit) - 1].id)

    @on(LineTable.Selected)
    def _chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        self.dismiss(message.key)

    def _line(self, option: Option) -> Line:
        at = self._options.index(option) + 1
        return (Span(f"{at} " if at <= DIGITS else "  ", "accent", bold=True), Span(option.label))

    def _head(self, _width: int, _height: int) -> list[Line]:
        return [(Span("▌ ", "primary"), Span(self._title, bold=True))]
