"""The list from which the session is chosen whose paper forms are to be worked on."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from campaign.labels import branch_label, survey_label
from campaign.language import Lang
from campaign.plan import Plan
from surveys.session import UNDER_WAY
from surveys.words import STATES
from tui.staff.keys import CHOOSE
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column, LineTable
from tui.widgets.spans import Line, Span

ID, STATE, KIND = 20, 12, 20
"""Cells of the columns."""


def countable(snapshot: Snapshot) -> Sequence[SessionLine]:
    """The sessions whose forms may still be handed out, taken back or keyed, the newest first."""
    return [session for session in reversed(snapshot.sessions) if session.state in UNDER_WAY]


class ChooseSession(LiveScreen[str]):
    """Sessions that are not verified; the result is the id of the one that is chosen."""

    KEYS = CHOOSE
    BINDINGS: ClassVar[list[BindingType]] = bindings(CHOOSE)

    def __init__(self, branch: str | None) -> None:
        super().__init__()
        self._branch = branch

    def content(self) -> Iterable[Widget]:
        """Title and list."""
        yield Drawing(self._title, widget_id="title")
        yield LineTable[SessionLine](lambda session: session.id, airy=True, widget_id="sessions-list")

    def show(self, snapshot: Snapshot) -> None:
        """Bring the list in step."""
        table = self.table
        first = not table.rows
        rows = countable(snapshot)
        table.set_columns(_columns(snapshot.plan, self.lang, table.size.width))
        table.set_rows(rows)
        mine = next((session.id for session in rows if session.branch == self._branch), None)
        if first and mine is not None:
            self.call_after_refresh(table.go_to, mine)

    @property
    def table(self) -> LineTable[SessionLine]:
        """The list."""
        return self.query_one("#sessions-list", LineTable)

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    @on(LineTable.Selected)
    def _chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        self.dismiss(message.key)

    def _title(self, _width: int, _height: int) -> list[Line]:
        return [(Span("▌ ", "primary"), Span(tr(self.lang, "Paper forms of which session?"), bold=True))]


def _columns(plan: Plan, lang: Lang, width: int) -> list[Column[SessionLine]]:
    branch = max(8, width - ID - STATE - KIND - 10)
    return [
        Column(
            plan.campaign.words.branch.text(lang),
            branch,
            lambda session, _: (Span(branch_label(plan, session.branch, lang), bold=True),),
        ),
        Column(tr(lang, "Survey"), KIND, lambda session, _: (Span(survey_label(session.kind, lang)),)),
        Column(tr(lang, "Number"), ID, lambda session, _: (Span(session.id, "muted"),)),
        Column(tr(lang, "State"), STATE, lambda session, _: (Span(STATES[session.state].text(lang)),)),
    ]
