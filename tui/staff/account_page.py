"""The ballot account of a session: every sum, whether it holds, and what keeps the count from being confirmed."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work as in_thread
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.labels import branch_label
from surveys.paper.account import BallotAccount
from surveys.words import STATES
from tui.staff.advice import ADVICE
from tui.staff.intake_lists_view import balance_lines
from tui.staff.keys import ACCOUNT
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.result_words import why_hidden
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.spans import Line, Span


class AccountPage(LiveScreen[None]):
    """Counts of forms alone; never an answer."""

    KEYS = ACCOUNT
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACCOUNT)

    class AccountRead(Message):
        """The account has been read."""

        bubble: ClassVar[bool] = False

        def __init__(self, account: BallotAccount | None, said: str) -> None:
            super().__init__()
            self.account, self.said = account, said

    def __init__(self, session: SessionLine) -> None:
        super().__init__()
        self._session = session
        self._account: BallotAccount | None = None
        self.is_read = False
        """Whether the account, or why there is none, is shown."""
        self._said = ""
        self._read_for: Snapshot | None = None

    def content(self) -> Iterable[Widget]:
        """Title and account."""
        yield Drawing(self._title, widget_id="title")
        yield VerticalScroll(Drawing(self._page, ground="surface", widget_id="explained"), id="page")

    def show(self, snapshot: Snapshot) -> None:
        """Read the account again with everything that changes."""
        if snapshot is not self._read_for:
            self._read_for = snapshot
            self._session = next((each for each in snapshot.sessions if each.id == self._session.id), self._session)
            self._read(self._session.id)

    @in_thread(thread=True, exclusive=True, group="account", description="account")
    def _read(self, session_id: str) -> None:
        try:
            self.post_message(self.AccountRead(self.live.desk.results().account(session_id), ""))
        except ManyiError as error:
            self.post_message(self.AccountRead(None, ADVICE.text(error.problems[0], self.lang)))

    def on_account_page_account_read(self, message: AccountRead) -> None:
        """Show it."""
        self._account, self._said, self.is_read = message.account, message.said, True
        for drawing in self.query(Drawing):
            drawing.redraw()

    def _title(self, _width: int, _height: int) -> list[Line]:
        snapshot, each = self.live.snapshot, self._session
        name = branch_label(snapshot.plan, each.branch, self.lang) if snapshot else each.branch
        said = tr(self.lang, "Account of {id} · {name} · {state}", id=each.id, name=name, state=STATES[each.state])
        return [(Span("▌ ", "primary"), Span(said, bold=True))]

    def _page(self, width: int, _height: int) -> list[Line]:
        if self._said:
            return [(), (Span(f"  {self._said}", "error", bold=True),)]
        if self._account is None or self.live.snapshot is None:
            return []
        if self._session.hidden:
            return [(), (Span(f"  × {why_hidden(self._session.hidden, self.lang)}", "warning"),)]
        return [(), *balance_lines(self._account, self.lang, width)]
