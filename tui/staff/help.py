"""The help: every key of a screen with what it does."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.standing import Standing, Status
from tui.staff.keys import BACK, LANGUAGE, READ_ON, THEME
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.staff.wording import SIGNS, standing_words
from tui.widgets.cells import wrap
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.spans import Line, Span, fitted, flowed

CAP = 10
"""Cells of the column of keys."""


class HelpScreen(LiveScreen[None]):
    """All keys of the screen below, and what the signs mean unless it shows none."""

    KEYS = (READ_ON, LANGUAGE, THEME, BACK)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(KEYS),
        Binding("question_mark", "back", show=False),
        Binding("space", "read_on", show=False),
    ]

    def __init__(
        self, explained: Sequence[Key], *, signs: bool = True, own: Callable[[], Sequence[str]] = tuple
    ) -> None:
        super().__init__()
        self._explained = explained
        self._has_signs = signs
        self._own = own
        """The signs that the screen has of its own, in the language of the moment; without any, those of days."""

    def content(self) -> Iterable[Widget]:
        """One drawing, as long as it needs to be."""
        yield VerticalScroll(Drawing(self._page, ground="surface", widget_id="explained"), id="page")

    def show(self, snapshot: Snapshot) -> None:
        """Nothing here depends on the campaign."""

    def on_mount(self) -> None:
        """Follow the scrolling."""
        self.page.focus()
        for what in ("scroll_y", "virtual_size"):
            self.watch(self.page, what, self._renew_status, init=False)

    def _renew_status(self) -> None:
        """Once the page is laid out: it knows its lines before it knows how many of them are in sight."""
        self.call_after_refresh(self.query_one("#status", Drawing).redraw)

    @property
    def page(self) -> VerticalScroll:
        """What is scrolled."""
        return self.query_one("#page", VerticalScroll)

    def aside(self) -> str:
        """That there is more below."""
        page = self.page
        return tr(self.lang, "▼ more below") if page.scroll_target_y < page.max_scroll_y else ""

    def action_read_on(self) -> None:
        """Show the next page; at the end, the first one."""
        page = self.page
        if page.scroll_target_y >= page.max_scroll_y:
            page.scroll_home(animate=False)
        else:
            page.scroll_page_down(animate=False)

    def _page(self, width: int, _height: int) -> list[Line]:
        lines: list[Line] = [(), (Span("  "), Span(tr(self.lang, "Keys"), bold=True)), ()]
        for key in self._explained:
            cap = key.cap if cell_len(key.cap) <= CAP else key.cap[:CAP]
            for at, part in enumerate(wrap(tr(self.lang, key.help), width - CAP - 6)):
                shown = Span(f" {cap} ", "on-key", "key", bold=True) if at == 0 else Span("")
                lines.append((Span("  "), *fitted((shown,), CAP), Span(part)))
        if self._has_signs:
            lines.extend([(), (Span("  "), Span(tr(self.lang, "Signs"), bold=True)), ()])
            lines.extend((Span("  "), *line) for line in flowed(self._signs(), width - 4))
        return lines

    def _signs(self) -> list[Line]:
        lang = self.lang
        if own := self._own():
            return [(Span(f"{each}  "),) for each in own]
        spoken = [(Status.OVERDUE, tr(lang, "overdue")), (Status.DUE_SOON, tr(lang, "due soon"))]
        others = (Status.BEHIND, Status.ON_TRACK, Status.PAUSED, Status.NOT_STARTED, Status.DONE, Status.WAIVED)
        spoken += [(status, standing_words(Standing(status), lang)) for status in others]
        return [(Span(f"{SIGNS[status]} {words}  "),) for status, words in spoken]
