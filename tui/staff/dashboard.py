"""The dashboard: every branch on one screen, for staff and, for reading only, for the hall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual import work as in_thread
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.language import Lang
from campaign.plan import Plan
from surveys.session import COUNTED, SessionState
from tui.staff.dashboard_columns import branch_columns
from tui.staff.dashboard_listing import branch_listing, chosen_words
from tui.staff.dashboard_view import (
    due_lines,
    headline,
    identity,
    next_line,
    session_lines,
    tiles_of,
)
from tui.staff.keys import DASHBOARD, HALL
from tui.staff.listing import Listing
from tui.staff.ports import Snapshot
from tui.staff.ranking import BranchRow, Ranking
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.line_table import LineTable
from tui.widgets.spans import Line, Span
from tui.widgets.tile import TALL, tiles

if TYPE_CHECKING:
    from tui.staff.satisfied import Satisfied

PAGE = 20
"""Seconds for which the hall sees a page, where not all rows fit."""


class Dashboard(LiveScreen[None]):
    """Identity and headline, tiles, the table of branches, and what is due next."""

    KEYS = DASHBOARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(DASHBOARD)

    def __init__(self) -> None:
        super().__init__()
        self._ranking = Ranking()
        self._listing: Listing[BranchRow] | None = None
        self._listed: Plan | None = None
        self._columns: tuple[Plan | None, Satisfied | None, Lang, Sequence[tuple[str, int]]]
        self._columns = (None, None, Lang.ZH, ())
        """What the columns shown were made from, with their titles and widths."""
        self._headline: tuple[Snapshot | None, Lang, int, Line] = (None, Lang.ZH, 0, ())
        self._satisfied: Satisfied | None = None
        """None while no result is posted, or until it is worked out."""
        self._satisfied_of: object = None
        """What it follows from."""
        self._late = 0
        """Cases that are overdue, as far as they are worked out."""
        self._late_of: object = None
        """What that follows from."""

    @property
    def keys(self) -> Sequence[Key]:
        """The hall has few."""
        return HALL if self.live.read_only else DASHBOARD

    def content(self) -> Iterable[Widget]:
        """Head, tiles, table and cards."""
        yield Drawing(self._head, widget_id="head")
        yield Drawing(self._tiles, widget_id="tiles")
        table = LineTable[BranchRow](
            lambda row: row.code, cursor=not self.live.read_only, airy=True, widget_id="branches"
        )
        cards = Vertical(
            Drawing(self._due, ground="surface", widget_id="due"),
            Drawing(self._answers, ground="surface", widget_id="satisfied"),
            Drawing(self._sessions, ground="surface", widget_id="sessions"),
            id="cards",
        )
        yield Horizontal(table, cards, id="body")
        yield Drawing(self._next, widget_id="next")

    def show(self, snapshot: Snapshot) -> None:
        """Bring the table in step."""
        table = self.table
        self._ranking.follow(snapshot, self.lang)
        columns = branch_columns(snapshot.plan, self._ranking, self._satisfied, self.lang, table.size.width)
        widths = [(column.title, column.width) for column in columns]
        plan, satisfied, *as_shown = self._columns
        self._columns = (snapshot.plan, self._satisfied, self.lang, widths)
        same = plan is snapshot.plan and satisfied is self._satisfied and as_shown == [self.lang, widths]
        if not same:  # otherwise all would be painted
            table.set_columns(columns)
        table.set_rows(self._listing_of(snapshot.plan).of(self._ranking.rows))
        self._look_for_results(snapshot)
        self._look_for_late_cases(snapshot)

    def _look_for_late_cases(self, snapshot: Snapshot) -> None:
        """Have the overdue cases counted, if the cases or the day are others than before."""
        sure = snapshot.overview.clock_behind is None
        of = (snapshot.owed, snapshot.overview.day) if sure else None
        if of == self._late_of:
            return
        self._late_of = of
        if of is None:
            self._late = 0
        else:
            self._count_late_cases(snapshot)

    @in_thread(thread=True, exclusive=True, group="late", description="late cases")
    def _count_late_cases(self, snapshot: Snapshot) -> None:
        with suppress(ManyiError):  # as with the results
            late = self.live.desk.late_cases(snapshot.overview.day)
            self.app.call_from_thread(self._found_late_cases, late)

    def _found_late_cases(self, late: int) -> None:
        self._late = late
        self.query_one("#tiles", Drawing).redraw()

    def _look_for_results(self, snapshot: Snapshot) -> None:
        """Have the posted results worked out, if there are any and they are others than before."""
        counted = [(each.id, each.state) for each in snapshot.sessions if each.state in COUNTED]
        posted = any(state is SessionState.PUBLISHED for _, state in counted)
        of = (counted, snapshot.plan.campaign) if posted else None
        if of == self._satisfied_of:
            return
        self._satisfied_of = of
        if of is None:
            self._satisfied = None
        else:
            self._read_results(snapshot.plan)

    @in_thread(thread=True, exclusive=True, group="results", description="results")
    def _read_results(self, plan: Plan) -> None:
        from tui.staff.satisfied import satisfied_of

        with suppress(ManyiError):  # the status line says that the store cannot be read
            satisfied = satisfied_of(plan, self.live.desk.public_results())
            self.app.call_from_thread(self._found_results, satisfied)

    def _found_results(self, satisfied: Satisfied) -> None:
        self._satisfied = satisfied
        self.refresh_view()

    def _listing_of(self, plan: Plan) -> Listing[BranchRow]:
        """What is shown of the branches; the types follow the plan."""
        if self._listing is None or self._listed is not plan:
            self._listing, self._listed = branch_listing(plan, self._listing), plan
        return self._listing

    @property
    def table(self) -> LineTable[BranchRow]:
        """The table of branches."""
        return self.query_one("#branches", LineTable)

    @property
    def branch(self) -> str | None:
        """The branch under the cursor."""
        return self.table.key

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    def tick(self) -> None:
        """The clock goes on, and so do the pages of the hall."""
        super().tick()
        self.query_one("#head", Drawing).redraw()
        if self.live.read_only and self.table.pages > 1:
            self.table.show_page(self._page)

    def aside(self) -> str:
        """Which page the hall sees; for staff, which of the branches are shown."""
        if self.live.read_only:
            pages = self.table.pages
            return tr(self.lang, "page {n} of {m}", n=self._page + 1, m=pages) if pages > 1 else ""
        snapshot = self.live.snapshot
        if snapshot is None or self._listing is None:
            return ""
        shown, every = len(self.table.rows), len(snapshot.overview.branches)
        return chosen_words(self._listing, snapshot.plan, self.lang, shown, every)

    def action_part(self) -> None:
        """Show the next part of the branches."""
        self._list(self._listing and self._listing.next_part())

    def action_kind(self) -> None:
        """Show the branches of the next type."""
        self._list(self._listing and self._listing.next_kind())

    def action_order(self) -> None:
        """Sort the branches by the next order."""
        self._list(self._listing and self._listing.next_order())

    def action_everything(self) -> None:
        """Show all branches, the most urgent first."""
        self._list(self._listing and replace(self._listing, part=0, kind=0, order=0))

    def _list(self, listing: Listing[BranchRow] | None) -> None:
        if listing is None or self.live.read_only:
            return
        self._listing = listing
        self.refresh_view()
        self.table.action_go(0)

    @property
    def _page(self) -> int:
        """The page of the hall, from 0: a new one every so many seconds."""
        return int(self.live.clock()) // PAGE % self.table.pages

    @on(LineTable.Selected, "#branches")
    def _open(self, message: LineTable.Selected) -> None:
        message.stop()
        self.live.open_branch(message.key)

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        if snapshot is None:
            return [(Span(tr(self.lang, "reading …"), "muted"),)]
        now = self.live.local_time()
        cut = self.live.cut_since is not None
        return [identity(snapshot, self.lang, now, width, cut=cut), self._said(snapshot, width)]

    def _said(self, snapshot: Snapshot, width: int) -> Line:
        """The headline, worked out once for a snapshot: the clock beside it is drawn every second."""
        kept, lang, cells, line = self._headline
        if kept is not snapshot or (lang, cells) != (self.lang, width):
            self._ranking.follow(snapshot, self.lang)
            line = headline(snapshot, self._ranking.rows, self.lang, width)
            self._headline = (snapshot, self.lang, width, line)
        return line

    def _tiles(self, width: int, height: int) -> list[Line]:
        if self.live.snapshot is None:
            return []
        shown = tiles_of(self.live.snapshot, self._satisfied, self._late, self.lang, tall=height >= TALL)
        return tiles(shown, width, height)

    def _due(self, width: int, height: int) -> list[Line]:
        return due_lines(self.live.snapshot, self.lang, width, height) if self.live.snapshot else []

    def _answers(self, width: int, _height: int) -> list[Line]:
        if self._satisfied is None or self._satisfied.overall is None:
            return []
        from tui.staff.satisfied import satisfied_lines

        return satisfied_lines(self._satisfied, self.lang, width)

    def _sessions(self, width: int, _height: int) -> list[Line]:
        if self.live.snapshot is None:
            return []
        return session_lines(self.live.snapshot, self.lang, width, may_open=not self.live.read_only)

    def _next(self, width: int, _height: int) -> list[Line]:
        return [next_line(self.live.snapshot, self.lang, width)] if self.live.snapshot else []
