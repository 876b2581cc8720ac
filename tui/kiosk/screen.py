"""The widgets of the kiosk's one screen, and how they show a scene."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget

from tui.kiosk.choosing import MOST
from tui.kiosk.scene import Scene
from tui.widgets.band import Band
from tui.widgets.drawing import Drawing
from tui.widgets.spans import Line
from tui.widgets.touch_keys import TouchKeys

PAD_ROWS, PAD_HEIGHT = 4, 3
"""Rows of keys to type with, and how high each is."""


class Lines(Drawing):
    """Lines that are given to it; a touch on one tells its row."""

    class Touched(Message):
        """A row was touched."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row
            """Its number from the top."""

    def __init__(self, widget_id: str) -> None:
        super().__init__(self._given, widget_id=widget_id)
        self._shown: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines, and be as high as they need."""
        self._shown = lines
        _set_height(self, len(lines))
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell the row; the event goes on, for pages on which any place will do."""
        self.post_message(self.Touched(event.y))

    def _given(self, _width: int, _height: int) -> tuple[Line, ...]:
        return self._shown


class Stage(Vertical):
    """All widgets; what a scene does not need is hidden."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._top, self._body, self._hint = Lines("top"), Lines("body"), Lines("hint")
        self._bands = [Band(f"band-{place}") for place in range(1, MOST + 1)]
        self._pad = [TouchKeys(f"pad-{row}") for row in range(PAD_ROWS)]
        self._keys = TouchKeys("keys")
        self._scene = Scene()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self._top
        yield self._body
        yield from self._bands
        yield from self._pad
        with Vertical(id="foot"):
            yield self._hint
            yield self._keys

    def show(self, scene: Scene, side: int) -> None:
        """Show ``scene``, bands and keys ``side`` columns from either edge."""
        self._scene = scene
        self._top.show(scene.top)
        self._body.show(scene.body)
        self._hint.show(scene.hint)
        for place, band in enumerate(self._bands):
            band.display = place < len(scene.bands)
            if band.display:
                _set_height(band, scene.band_height)
                band.styles.margin = (0, side, scene.band_gap, side)
                band.show(scene.bands[place])
        for row, keys in enumerate(self._pad):
            _set_height(keys, PAD_HEIGHT if row < len(scene.pad) else 0)
            if row < len(scene.pad):
                keys.styles.margin = (0, scene.pad_side)
                keys.show(scene.pad[row])
        self._keys.styles.margin = (0, side)
        _set_height(self._keys, scene.key_height if scene.keys else 0)
        self._keys.show(scene.keys)

    def row_at(self, row: int) -> int | None:
        """What a touch on this row of the body means."""
        return self._scene.rows.get(row)

    def caret(self) -> Offset | None:
        """Where on the screen characters appear: an input method opens its window there."""
        return self._body.region.offset + Offset(*self._scene.caret) if self._scene.caret else None


def _set_height(widget: Widget, height: int) -> None:
    widget.display = height > 0
    if height:
        widget.styles.height = height
