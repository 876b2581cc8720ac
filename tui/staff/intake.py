"""The intake screen: a session's paper forms, handed out, taken back and keyed from a hand scanner and a keypad."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.timer import Timer
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.labels import branch_label, survey_label
from tui.kiosk.keys import typed
from tui.staff import intake_keys as keys
from tui.staff.help import HelpScreen
from tui.staff.intake_deeds import Page
from tui.staff.intake_draft import Stage
from tui.staff.intake_parts import Place, caret_in
from tui.staff.intake_run import FRONT, IntakeRun
from tui.staff.intake_view import intake_page
from tui.staff.keys import LANGUAGE, THEME
from tui.staff.ports import IntakeDesk, SessionLine, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.qr import QrCode
from tui.widgets.spans import Line

QUIET = 0.2
"""Seconds without a change after which the counts are read again: reading them takes longer than a scan."""
_STAGE_KEYS = {
    Stage.DIGIT: keys.CHOICE_KEYS,
    Stage.NUMBER: keys.NUMBER_KEYS,
    Stage.INTEGER: keys.INTEGER_KEYS,
    Stage.TEXT: keys.TEXT_KEYS,
    Stage.SUMMARY: keys.SUMMARY_KEYS,
    Stage.DIFFERENCE: keys.DIFFERENCE_KEYS,
    Stage.SETTLED: keys.SETTLED_KEYS,
}


class IntakeScreen(LiveScreen[None]):
    """Draws an :class:`IntakeRun` and hands it every key, in their order and at once: no key waits for a widget."""

    AUTO_FOCUS = ""
    KEYS = keys.START_KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings((LANGUAGE, THEME, keys.HERE))

    def __init__(self, session: SessionLine, desk: IntakeDesk) -> None:
        super().__init__()
        self._session = session
        self.run = IntakeRun(desk)
        self._reading: Timer | None = None
        self._alarms = 0
        self._drawing = False
        self._revision: tuple[int, ...] = ()

    @property
    def is_reading(self) -> bool:
        """Whether the counts are still to be read."""
        return self._reading is not None

    @property
    def keys(self) -> Sequence[Key]:
        """The keys of the page on screen."""
        run = self.run
        if run.page is Page.KEYING and run.draft is not None:
            return _STAGE_KEYS[run.draft.stage]
        if run.page is Page.CODE:
            return keys.CODE_KEYS
        if run.page is Page.START:
            return keys.START_KEYS
        if run.page is Page.CODELESS:
            return keys.CODELESS_KEYS
        return keys.LIST_KEYS if run.page in FRONT else keys.ASK_KEYS

    def content(self) -> Iterable[Widget]:
        """The page, and room for a code below it."""
        yield Drawing(self._page, widget_id="intake")
        yield QrCode("", widget_id="code")

    def on_mount(self) -> None:
        """Read the counts at once."""
        self._read_soon()

    def show(self, snapshot: Snapshot) -> None:
        """Follow what becomes of the session."""
        self._session = next((each for each in snapshot.sessions if each.id == self._session.id), self._session)

    def tick(self) -> None:
        """A second has passed: others may have worked on the forms."""
        super().tick()
        try:
            revision = self.live.desk.revision()
        except ManyiError:
            return  # the status line says that the store cannot be read
        if revision != self._revision:
            self._revision = revision
            self._read_soon()

    def on_key(self, event: events.Key) -> None:
        """Hand the key to the run; what means nothing there goes on to the bindings."""
        pressed = typed(event.key, event.character)
        if self.run.page is Page.CODE and pressed.text in {".", "。"}:
            self.query_one(QrCode).toggle()
        elif not self.run.press(pressed):
            return
        event.stop()
        event.prevent_default()
        self._follow()

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted as typed, without its line ends."""
        event.stop()
        self.run.paste(event.text)
        self._follow()

    def action_help(self) -> None:
        """Explain the keys of the page."""
        self.app.push_screen(HelpScreen(self.keys, signs=False))

    def _follow(self) -> None:
        """Show what has come of a key."""
        run = self.run
        if run.over:
            self.dismiss(None)
            return
        if run.alarms != self._alarms:
            self._alarms = run.alarms
            self.app.bell()
        self._read_soon()
        if not self._drawing:
            # Behind the keys that have come already: of fifty scans at once only the last is painted.
            self._drawing = True
            self.call_later(self._redraw)

    def _redraw(self) -> None:
        self._drawing = False
        self._show_code()
        for drawing in self.query(Drawing):
            drawing.redraw()

    def _show_code(self) -> None:
        run = self.run
        is_code = run.page is Page.CODE and run.form is not None
        self.set_class(is_code, "-code")
        if is_code and run.form is not None:
            self.query_one(QrCode).show(
                run.desk.code(run.form), too_small=tr(self.lang, "There is no room for the code.")
            )

    def _read_soon(self) -> None:
        """Read the counts when nothing more comes."""
        if self._reading is not None:
            self._reading.stop()
        self._reading = self.set_timer(QUIET, self._read)

    def _read(self) -> None:
        self._reading = None
        self.run.refresh()
        self.query_one("#intake", Drawing).redraw()

    def _page(self, width: int, height: int) -> list[Line]:
        snapshot = self.live.snapshot
        if snapshot is None or not width:
            return []
        plan, session, lang = snapshot.plan, self._session, self.lang
        place = Place(
            session.id,
            branch_label(plan, session.branch, lang),
            plan.campaign.words.branch.text(lang),
            survey_label(session.kind, lang),
            session.state,
        )
        lines = intake_page(self.run, place, lang, width, height)
        if self.run.is_typing:
            self.call_after_refresh(self._place_caret, lines)
        return lines

    def _place_caret(self, lines: list[Line]) -> None:
        """Put the terminal's cursor where the next character appears: an input method opens its window there."""
        self.app.cursor_position = self.query_one("#intake", Drawing).region.offset + Offset(*caret_in(lines))
