"""What all staff screens have: the keys at the foot, the status line, and the room they need."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from campaign.language import Lang
from tui.staff.keys import COMMON
from tui.staff.live import LEAST, STALE, LiveApp
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import age
from tui.widgets.cells import centred
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings, key_lines
from tui.widgets.spans import Line, Span, fitted, spread, width_of

ResultT = TypeVar("ResultT")
NOTICE = 12
"""Seconds for which the status line repeats what was done last."""
JUST_NOW = 3
"""Seconds."""


class LiveScreen(Screen[ResultT]):
    """Shows the app's snapshot in the app's language; subclasses say what is between head and foot."""

    KEYS: ClassVar[Sequence[Key]] = COMMON
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMON)

    def compose(self) -> ComposeResult:
        """The screen's own part, the status line, the keys; or that the terminal is too small."""
        yield from self.content()
        yield Drawing(self._status, widget_id="status")
        yield Drawing(self._foot, ground="footer-background", widget_id="foot")
        yield Drawing(self._too_small, widget_id="too-small")

    ADDS_FIRST: ClassVar[str] = ""
    """What a kind of entry does that the entry form offers first when it is opened from here; empty: none."""

    def content(self) -> Iterable[Widget]:
        """The widgets between the top and the status line."""
        raise NotImplementedError

    def show(self, snapshot: Snapshot) -> None:
        """Bring the widgets in step with ``snapshot`` and the language."""
        raise NotImplementedError

    @property
    def live(self) -> LiveApp:
        """The app."""
        return cast("LiveApp", self.app)

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self.live.lang

    @property
    def keys(self) -> Sequence[Key]:
        """The keys that do something here."""
        return self.KEYS

    @property
    def foot_keys(self) -> Sequence[Key]:
        """The keys that the foot shows now."""
        return self.keys

    @property
    def off(self) -> frozenset[str]:
        """Actions of keys that do nothing just now."""
        return frozenset()

    def own_signs(self) -> Sequence[str]:
        """Signs of this screen with what they mean, for the help; empty: those of all that has a day."""
        return ()

    def redraw_foot(self) -> None:
        """Other keys do something now."""
        self.query_one("#foot", Drawing).redraw()

    def action_back(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)

    def on_mount(self) -> None:
        """Follow the app; what was said before the key that led here is over."""
        self.live.hush()
        for name in ("snapshot", "lang", "notice", "cut_since"):
            self.watch(self.app, name, self.refresh_view, init=False)
        self.set_interval(1, self.tick)
        self.call_after_refresh(self.refresh_view)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was on top."""
        self.refresh_view()

    def refresh_view(self) -> None:
        """Show the app's snapshot again."""
        if self.live.snapshot is not None:
            self.show(self.live.snapshot)
        for drawing in self.query(Drawing):
            drawing.redraw()

    def tick(self) -> None:
        """A second has passed."""
        self.query_one("#status", Drawing).redraw()

    def _status(self, width: int, _height: int) -> list[Line]:
        now = self.live.clock()
        said = self.live.notice if now - self.live.noticed_at < NOTICE else ""
        if not said:
            snapshot = self.live.snapshot
            if snapshot is not None and snapshot.overview.clock_behind is not None:
                return [self._clock_wrong(now, width)]
            return [spread((Span("  "), Span(self.aside(), "muted")), self._freshness(now), width)]
        left = (Span("  "), Span(said, "error" if said.startswith("✘") else "success", bold=True))
        right = self._freshness(now)
        return [spread(left, right, width) if width_of(left) + width_of(right) < width else left]

    def _clock_wrong(self, now: float, width: int) -> Line:
        """V80 in few words on every page, for nothing is called overdue then; how fresh the data is where it fits."""
        wrong: Line = (Span("  "), Span(tr(self.lang, "▼ clock wrong? nothing is judged overdue (V80)"), "warning"))
        fresh = self._freshness(now)
        return spread(wrong, fresh, width) if width_of(wrong) + width_of(fresh) < width else fitted(wrong, width)

    def aside(self) -> str:
        """What the status line says when nothing has just been done."""
        return ""

    def _freshness(self, now: float) -> Line:
        """How old the data is, and whether the store answers."""
        app, lang = self.live, self.lang
        if app.snapshot is None and app.cut_since is None:
            return (Span(tr(lang, "reading …"), "muted"),)
        if app.cut_since is None:
            since = now - app.changed_at
            fresh = tr(lang, "data updated just now · connected")
            if since >= JUST_NOW:
                fresh = tr(lang, "data updated {age} ago · connected", age=age(since, lang))
            return (Span(fresh, "muted"),)
        gone = now - app.cut_since
        text = tr(lang, "▲ the store cannot be read for {age}; trying again", age=age(gone, lang))
        if gone >= STALE:
            text = tr(lang, "▲ DATA OUT OF DATE for {age}; trying again", age=age(gone, lang))
        return (Span(f" {text} ", "on-alarm", "alarm", bold=True),)

    def _foot(self, width: int, _height: int) -> list[Line]:
        lines = key_lines(self.foot_keys, lambda text: tr(self.lang, text), width - 1, self.off)
        return [(Span(" "), *line) for line in lines]

    def _too_small(self, width: int, height: int) -> list[Line]:
        said = tr(self.lang, "The terminal is too small: {w}×{h}.", w=self.app.size.width, h=self.app.size.height)
        wanted = tr(self.lang, "It needs {w}×{h}.", w=LEAST[0], h=LEAST[1])
        return [*([()] * (height // 2 - 1)), (Span(centred(said, width), bold=True),), (Span(centred(wanted, width)),)]
