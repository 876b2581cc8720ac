"""One branch: its steps, log, cases, what it owes the public, its people, and what deserves a second look."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual import work as in_thread
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from campaign.branch_facts import BranchFacts
from campaign.errors import ManyiError
from campaign.language import Lang
from campaign.plan import Plan
from campaign.standing import BranchStanding
from tui.staff.branch_cases import CaseRow, case_columns, case_listing, case_rows
from tui.staff.branch_log import EntryRow, empty_listing, entry_columns, entry_rows, log_listing
from tui.staff.branch_pages import (
    ended_text,
    hint_lines,
    hints_text,
    missing_card,
    more_card,
    owed_card,
    owed_lines,
    people_lines,
    people_text,
)
from tui.staff.branch_tabs import SECTIONS, tab_line
from tui.staff.branch_view import WorkRow, branch_head, work_columns, work_rows, work_summary
from tui.staff.keys import BRANCH
from tui.staff.narrowed import Narrowed
from tui.staff.ports import Snapshot
from tui.staff.sectioned import SectionedScreen
from tui.staff.session_words import Posted, newest_posted, posted_result
from tui.staff.texts import tr
from tui.widgets.drawing import Draw, Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import LineTable
from tui.widgets.search_table import SearchTable
from tui.widgets.spans import Line, Span

Lines = Callable[[Plan, BranchFacts, Lang, int], list[Line]]
PAGES: dict[str, Lines] = {"owed": owed_lines, "people": people_lines, "hints": hint_lines}
"""Sections that are read, not walked through."""
EDGE = 2
"""Cells left and right of a page."""


class BranchScreen(SectionedScreen):
    """Head, names of the sections, the chosen one; beside it, where there is room, the most important of the others."""

    AUTO_FOCUS = ""
    SECTIONS = SECTIONS
    KEYS = BRANCH
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BRANCH),
        Binding("shift+tab", "previous_section", show=False),
    ]

    @dataclass
    class FactsRead(Message):
        """What is known of the branch has been read."""

        bubble: ClassVar[bool] = False
        facts: BranchFacts

    def __init__(self, code: str, entry: int | None = None) -> None:
        super().__init__()
        self.branch = code
        self.section = SECTIONS[0].id if entry is None else "log"
        self.facts: BranchFacts | None = None
        """What is known of the branch, once it has been read."""
        self._posted: Posted | None = None
        """The newest public result of the branch."""
        self._posted_of: object = None
        self._wanted = "" if entry is None else str(entry)
        """Key of the entry that the cursor goes to as soon as it is among the log's rows."""
        self._read_for: Snapshot | None = None
        self._said_in: Lang | None = None
        self._log = Narrowed[EntryRow](lambda row: row.key, empty_listing(), self._renew_tabs, widget_id="log")
        self._cases = Narrowed[CaseRow](lambda row: row.key, case_listing(), self._renew_tabs, widget_id="cases")

    def content(self) -> Iterable[Widget]:
        """Head, sections, cards."""
        pages = (VerticalScroll(Drawing(self._page(lines), ground="surface"), id=name) for name, lines in PAGES.items())
        yield Drawing(self._head, widget_id="head")
        yield Drawing(self._tabs, widget_id="tabs")
        yield Horizontal(
            Vertical(
                LineTable[WorkRow](lambda row: row.key, widget_id="steps"),
                self._log.table,
                self._cases.table,
                *pages,
                id="sections",
            ),
            Vertical(
                Drawing(self._card(owed_card), ground="surface", widget_id="owed-card"),
                Drawing(self._card(missing_card), ground="surface", widget_id="missing-card"),
                Drawing(self._more, ground="surface", widget_id="more-card"),
                id="branch-cards",
            ),
            id="branch-body",
        )

    def on_mount(self) -> None:
        """Begin with the steps, or with the entry that was asked for."""
        self.show_section(self.section)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show(self, snapshot: Snapshot) -> None:
        """Bring the lists in step; what is known of the branch is read in a thread."""
        standing = self._standing(snapshot)
        if standing is not None:
            first = not self.work.rows
            rows = work_rows(snapshot.plan, standing, self.lang)
            self.work.set_columns(work_columns(snapshot.plan, rows, self.lang, self._cells))
            self.work.set_rows(rows)
            if first and standing.phase is not None:
                self.call_after_refresh(self.work.go_to, standing.phase)
        if self.facts is not None:
            self._show_facts(snapshot.plan, self.facts)
        if snapshot is not self._read_for and standing is not None:
            self._read_for = snapshot
            self._read(standing, judge_overdue=snapshot.overview.clock_behind is None)
            self._look_for_result(snapshot)

    def _look_for_result(self, snapshot: Snapshot) -> None:
        """Read the figures only where the branch has a public result, and another one than before."""
        newest = newest_posted(snapshot.sessions, self.branch)
        if newest != self._posted_of:
            self._posted_of, self._posted = newest, None
            if newest is not None:
                self._read_result(snapshot.plan)

    @in_thread(thread=True, exclusive=True, group="result", description="result")
    def _read_result(self, plan: Plan) -> None:
        with suppress(ManyiError):  # the status line says that the store cannot be read
            self._posted = posted_result(plan, self.live.desk.public_results(), self.branch)
            self.app.call_from_thread(self.query_one("#head", Drawing).redraw)

    def recorded(self, number: int) -> None:
        """Have the entry that was just recorded under the cursor of the log: it is the one to be corrected, if any."""
        self._wanted = str(number)
        self.refresh_view()

    def _show_facts(self, plan: Plan, facts: BranchFacts) -> None:
        """Bring log and cases in step."""
        rows = entry_rows(plan, facts, self.lang)
        listing = log_listing(plan, rows, self.lang)
        if self._said_in is self.lang:
            self._log.use(listing)
        else:
            self._said_in, self._log.listing = self.lang, listing
        self._log.show(rows, entry_columns(rows, self.lang, self._cells))
        if any(row.key == self._wanted for row in self.log_table.rows):
            self.log_table.go_to(self._wanted)
            self._wanted = ""
        cases = case_rows(facts, self.lang)
        self._cases.show(cases, case_columns(cases, self.lang, self._cells))

    @property
    def _cells(self) -> int:
        """Cells of the section that is shown, without its scroll bar; the others have no size."""
        return self.query_one("#sections").size.width - 1

    @property
    def work(self) -> LineTable[WorkRow]:
        """Phases and steps."""
        return self.query_one("#steps", LineTable)

    @property
    def log_table(self) -> SearchTable[EntryRow]:
        """The log."""
        return self._log.table

    @property
    def case_table(self) -> SearchTable[CaseRow]:
        """The cases."""
        return self._cases.table

    def _standing(self, snapshot: Snapshot) -> BranchStanding | None:
        return next((item for item in snapshot.overview.branches if item.code == self.branch), None)

    @in_thread(thread=True, exclusive=True, group="facts", description="facts")
    def _read(self, standing: BranchStanding, *, judge_overdue: bool) -> None:
        try:
            facts = self.live.desk.log_desk().facts(standing, judge_overdue=judge_overdue)
        except ManyiError:
            return  # the status line says that the store cannot be read; the next snapshot reads again
        self.post_message(self.FactsRead(facts))

    def on_branch_screen_facts_read(self, message: FactsRead) -> None:
        """Show them."""
        self.facts = message.facts
        self.refresh_view()

    def show_section(self, section: str) -> None:
        """Show this section; what it is about needs no card beside it."""
        super().show_section(section)
        for card in ("owed-card", "missing-card"):
            self.query_one(f"#{card}").display = section != "owed"

    # -- narrowing, sorting, opening ---------------------------------------------------------------------------------

    def action_part(self) -> None:
        """Show the next part of the list."""
        if self.section == "log":
            self._log.change(self._log.listing.next_part())
        elif self.section == "cases":
            self._cases.change(self._cases.listing.next_part())

    def action_kind(self) -> None:
        """Show the next kind of thing."""
        if self.section == "log":
            self._log.change(self._log.listing.next_kind())
        elif self.section == "cases":
            self._cases.change(self._cases.listing.next_kind())

    def action_order(self) -> None:
        """Sort by the next order."""
        if self.section == "log":
            self._log.change(self._log.listing.next_order())
        elif self.section == "cases":
            self._cases.change(self._cases.listing.next_order())

    def action_correct(self) -> None:
        """Correct the entry under the cursor of the log."""
        row = next((row for row in self.log_table.rows if row.key == self.log_table.key), None)
        if self.section == "log" and row is not None:
            self.live.correct_entry(row.logged)
        else:
            self.show_section("log")
            self.live.say(tr(self.lang, "choose the entry with ↑ ↓, then press e"))

    @on(LineTable.Selected, "#log")
    def _entry_chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        self.action_correct()

    @on(LineTable.Selected, "#cases")
    def _case_chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        self.live.open_case(message.key)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _renew_tabs(self) -> None:
        self.query_one("#tabs", Drawing).redraw()

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot = self.live.snapshot
        branch = snapshot.plan.branch(self.branch) if snapshot else None
        if snapshot is None or branch is None:
            return []
        standing = self._standing(snapshot)
        return branch_head(snapshot, branch, standing, self._posted, self.lang, width) if standing else []

    def _tabs(self, width: int, _height: int) -> list[Line]:
        facts = self.facts
        counts = {}
        if facts is not None:
            opened = sum(each.open for each in facts.cases)
            counts = {"log": len(facts.entries), "cases": opened, "hints": len(facts.hints)}
        return [tab_line(self.section, counts, self.lang, width), self._summary(facts, width)]

    def _summary(self, facts: BranchFacts | None, width: int) -> Line:
        """What is shown of a list, or a figure of the section."""
        snapshot = self.live.snapshot
        standing = self._standing(snapshot) if snapshot else None
        if standing is None or facts is None:
            return ()
        match self.section:
            case "log":
                return self._log.line(self.lang, width)
            case "cases":
                return self._cases.line(self.lang, width)
            case "owed":
                said = ended_text(facts, self.lang)
            case "people":
                said = people_text(facts, self.lang)
            case "hints":
                said = hints_text(facts, self.lang)
            case _:
                said = work_summary(standing, self.lang)
        return (Span(f"  {said}", "muted"),)

    def _page(self, lines: Lines) -> Draw:
        def draw(width: int, _height: int) -> list[Line]:
            if self.live.snapshot is None or self.facts is None:
                return []
            found = lines(self.live.snapshot.plan, self.facts, self.lang, width - 2 * EDGE)
            return [(Span(" " * EDGE), *line) for line in found]

        return draw

    def _card(self, lines: Lines) -> Draw:
        def draw(width: int, _height: int) -> list[Line]:
            if self.live.snapshot is None or self.facts is None:
                return []
            return lines(self.live.snapshot.plan, self.facts, self.lang, width)

        return draw

    def _more(self, width: int, height: int) -> list[Line]:
        if self.live.snapshot is None or self.facts is None:
            return []
        return more_card(self.live.snapshot.plan, self.facts, self.lang, width, height)
