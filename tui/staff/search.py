"""Searching everything: type, and see at once what there is; the newest key wins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from campaign.errors import ManyiError
from campaign.searching import Found, Group, Shelf, look_for
from tui.staff.keys import SEARCH
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.search_view import SearchRow, search_columns, search_head, search_rows
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.line_table import LineTable
from tui.widgets.search_table import TypingTable
from tui.widgets.spans import Line


class SearchScreen(LiveScreen[None]):
    """What is typed, and what was found by groups; Enter opens it."""

    KEYS: ClassVar[Sequence[Key]] = SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(SEARCH)

    @dataclass
    class Laid(Message):
        """What can be searched has been read: first all but the log, then the log."""

        bubble: ClassVar[bool] = False
        shelves: tuple[Shelf, ...] | None
        log: Shelf | None = None

    @dataclass
    class Searched(Message):
        """A search has ended."""

        bubble: ClassVar[bool] = False
        text: str
        found: tuple[Found, ...]

    def __init__(self) -> None:
        super().__init__()
        self._shelves: tuple[Shelf, ...] | None = None
        self._log: Shelf | None = None
        self._laid_for: Snapshot | None = None
        self._found: tuple[Found, ...] = ()
        self._found_for = ""
        """What was typed when that was found."""
        self._all_of: Group | None = None

    def content(self) -> Iterable[Widget]:
        """What is typed, and the list."""
        yield Drawing(self._head, widget_id="list-head")
        yield TypingTable[SearchRow](lambda row: row.key, typed=self._typed, widget_id="list")

    @property
    def table(self) -> TypingTable[SearchRow]:
        """The list."""
        return self.query_one("#list", TypingTable)

    def show(self, snapshot: Snapshot) -> None:
        """Show what was found; what can be searched is read anew where something has changed."""
        rows = search_rows(self._found, self._found_for, snapshot.plan, self.lang)
        self.table.set_columns(search_columns(rows, self._found_for, self.lang, self.table.size.width))
        self.table.set_rows(rows)
        self.query_one("#list-head", Drawing).redraw()
        if snapshot is not self._laid_for:
            self._laid_for = snapshot
            self._lay()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    @work(thread=True, exclusive=True, group="shelves", description="shelves")
    def _lay(self) -> None:
        worker = get_current_worker()
        try:
            self._post(worker, self.Laid(self.live.desk.search_shelves()))
            self._post(worker, self.Laid(None, self.live.desk.search_log()))
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again

    def _post(self, worker: Worker[object], message: Message) -> None:
        if not worker.is_cancelled:
            self.post_message(message)

    def on_search_screen_laid(self, message: Laid) -> None:
        """Search what was typed meanwhile in it."""
        self._shelves, self._log = message.shelves or self._shelves, message.log or self._log
        self._search_again()

    def _typed(self, _text: str) -> None:
        self._all_of = None
        self._search_again()

    def _search_again(self) -> None:
        if self._shelves is not None:
            log = () if self._log is None else (self._log,)
            self._search((*self._shelves, *log), self.table.text, self._all_of)
        self.query_one("#list-head", Drawing).redraw()

    @work(thread=True, exclusive=True, group="search", description="search")
    def _search(self, shelves: tuple[Shelf, ...], text: str, all_of: Group | None) -> None:
        worker = get_current_worker()
        found = look_for(shelves, text, all_of=all_of, is_over=lambda: worker.is_cancelled)
        self._post(worker, self.Searched(text, found))

    def on_search_screen_searched(self, message: Searched) -> None:
        """Show it, unless something else has been typed meanwhile."""
        if message.text != self.table.text:
            return
        first = message.text != self._found_for
        self._found, self._found_for = message.found, message.text
        self.refresh_view()
        if first:
            self.table.action_go(0)

    @on(LineTable.Selected, "#list")
    def _open(self, message: LineTable.Selected) -> None:
        message.stop()
        row = next((row for row in self.table.rows if row.key == message.key), None)
        if row is None:
            return
        if row.found is None:
            self._all_of = row.group
            self._search_again()
            return
        thing = row.found.hit.thing
        if thing.group is Group.WORK:
            self.live.open_due(row.found.title)
        elif thing.group is Group.CASE:
            self.live.open_case(thing.key)
        elif thing.group is Group.OFFICIAL:
            self.live.open_officials(thing.key)
        elif thing.group is Group.ENTRY:
            self.live.open_branch(thing.branch, entry=int(thing.key))
        elif thing.branch:
            self.live.open_branch(thing.branch)
        else:
            self.live.say(tr(self.lang, "this belongs to the whole campaign; there is no page of its own"))

    def _head(self, width: int, _height: int) -> list[Line]:
        return search_head(self.table.text, self._said(), self.lang, width)

    def _said(self) -> str:
        """What came of the search."""
        lang, text = self.lang, self.table.text.strip()
        if not text:
            return tr(lang, "code, name, number, note, day …")
        if self._shelves is None or self._found_for != self.table.text:
            return tr(lang, "searching …")
        if self._log is None:
            return tr(lang, "the log is still being read …")
        count = sum(len(each.hits) + each.more for each in self._found)
        return tr.plural(lang, "{n} hit", "{n} hits", count) if count else tr(lang, "nothing was found")
