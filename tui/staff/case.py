"""One case: what is known of it, what it went through, what can be done next."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.log import AuditEntry, Logged
from tui.staff.amend_case import AmendCase
from tui.staff.case_view import (
    AMEND,
    MoveRow,
    case_head,
    case_lines,
    helped_lines,
    kept_case,
    move_columns,
    move_rows,
    standing_of,
)
from tui.staff.keys import CASE
from tui.staff.live import WIDE, ShowsDue
from tui.staff.move_case import MoveCase
from tui.staff.number_screen import NumberScreen
from tui.staff.ports import Snapshot
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import LineTable
from tui.widgets.search_table import SearchTable
from tui.widgets.spans import Line, Span


class Moves(SearchTable[MoveRow]):
    """What can be done; page keys scroll what stands above."""

    def __init__(self, typed: Callable[[str], None], entered: Callable[[str], bool]) -> None:
        super().__init__(lambda row: row.move, typed=typed, entered=entered, widget_id="moves")

    def action_page(self, by: int) -> None:
        """Scroll through what the case went through."""
        text = self.screen.query_one("#case-text", VerticalScroll)
        text.scroll_relative(y=by * max(1, text.size.height - 1), animate=False)


class CaseScreen(NumberScreen, ShowsDue):
    """Head, facts and history, what can be done. A number that is scanned opens another case."""

    KEYS = CASE
    BINDINGS: ClassVar[list[BindingType]] = bindings(CASE)

    @dataclass
    class BesideRead(Message):
        """What was corrected about the case and who helped with it has been read."""

        bubble: ClassVar[bool] = False
        entries: Sequence[AuditEntry]
        helped: Sequence[Logged]
        """Entries of the log that name the case."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self._amendments: Sequence[AuditEntry] = ()
        self._helped: Sequence[Logged] = ()
        self._read_for: Snapshot | None = None
        self._text = ""

    def content(self) -> Iterable[Widget]:
        """Head, what is known, what can be done."""
        yield Drawing(self._head, widget_id="case-head")
        yield Container(
            VerticalScroll(
                Drawing(self._lines, ground="surface", widget_id="case-lines"), id="case-text", can_focus=False
            ),
            Moves(self._typed, self._entered),
            id="case",
        )

    def on_mount(self) -> None:
        """Begin with what can be done."""
        self.set_focus(self.table)

    def show(self, snapshot: Snapshot) -> None:
        """Bring everything in step; what was corrected is read in a thread."""
        standing = standing_of(snapshot, self.number)
        if standing is None:
            return
        rows = move_rows(snapshot.plan, standing.case, snapshot.overview.day, self.lang)
        self.table.styles.height = "100%" if self.app.size.width >= WIDE else len(rows) + 1
        self.table.set_columns(move_columns(rows, self.lang, self.table.size.width))
        self.table.set_rows(rows)
        if snapshot is not self._read_for:
            self._read_for = snapshot
            self._read()

    @property
    def table(self) -> Moves:
        """What can be done."""
        return self.query_one("#moves", Moves)

    @property
    def branch(self) -> str | None:
        """Whose case it is."""
        case = kept_case(self.live.snapshot, self.number) if self.live.snapshot else None
        return case.branch if case else None

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    def action_amend(self) -> None:
        """Open the form that corrects what is said about the case."""
        self._do(AMEND)

    @on(LineTable.Selected, "#moves")
    def _chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        self._do(message.key)

    def _do(self, move: str) -> None:
        snapshot = self.live.snapshot
        case = kept_case(snapshot, self.number) if snapshot else None
        if snapshot is None or case is None:
            return
        form = AmendCase(snapshot, case) if move == AMEND else MoveCase(snapshot, case, move)
        self.app.push_screen(form, self._done)

    def _done(self, said: str | None) -> None:
        if said is not None:
            self.live.say(said)

    @work(thread=True, exclusive=True, group="amendments", description="amendments, help")
    def _read(self) -> None:
        try:
            entries = self.live.desk.cases_desk().amendments(self.number)
            helped = self.live.desk.log_desk().helped(self.number)
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again
        self.post_message(self.BesideRead(entries, helped))

    def on_case_screen_beside_read(self, message: BesideRead) -> None:
        """Show them."""
        self._amendments, self._helped = message.entries, message.helped
        self.query_one("#case-lines", Drawing).redraw()

    # -- another number ------------------------------------------------------------------------------------------

    def say_problem(self) -> None:
        """Below the head."""
        self.query_one("#case-head", Drawing).redraw()

    def _typed(self, text: str) -> None:
        self._text = text
        self.forget_problem()
        self.query_one("#case-head", Drawing).redraw()

    def _entered(self, text: str) -> bool:
        """Open the case with the number that was typed."""
        self.open_number(text)
        return True

    # -- drawing -------------------------------------------------------------------------------------------------

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        standing = standing_of(snapshot, self.number) if snapshot else None
        if snapshot is None or standing is None:
            return []
        return [*case_head(snapshot, standing, self.lang, width), self._said(width)]

    def _said(self, width: int) -> Line:
        """What is typed, or what was wrong with it."""
        if self.table.typing:
            return (Span("  "), Span(f" / {self._text}▏ ", "on-key", "key", bold=True))
        return self.problem_line(width) or ()

    def _lines(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        standing = standing_of(snapshot, self.number) if snapshot else None
        if snapshot is None or standing is None:
            return []
        helped = helped_lines(snapshot.plan, self._helped, self.lang, width)
        return case_lines(standing, self._amendments, self.lang, width, helped=helped)
