"""A question that is answered by typing: a text or a whole number."""

from rich.cells import cell_len

from tui.kiosk.editor import Editor
from tui.kiosk.flow import Flow
from tui.kiosk.pages.frame import TOP, caps
from tui.kiosk.scene import BLANK, Scene, Size, hint
from tui.kiosk.texts import tr
from tui.widgets.band import EDGES
from tui.widgets.cells import fit
from tui.widgets.spans import Line, Span

MOST_BOX_ROWS = 10
BOX_PADDING = 2


def writing(flow: Flow, editor: Editor, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    """The page with a box to write in."""
    width = size.inner
    hints = hint(flow, size, _hint(flow, editor))
    room = size.height - TOP - len(prompt) - max(1, len(hints)) - 3 - EDGES - 3
    lines, (column, row) = editor.lines(width - 2 * BOX_PADDING)
    rows = 1 if editor.digits_only else max(1, min(room, MOST_BOX_ROWS))
    first = max(0, row - rows + 1)
    shown = [*lines[first : first + rows], *[""] * rows][:rows]
    margin = Span(" " * size.side)
    box: list[Line] = [(margin, Span("▄" * width, "surface"))]
    padding = " " * BOX_PADDING
    for at, line in enumerate(shown):
        caret = column if at == row - first else None
        box.append((margin, *_box_line(padding, line, width, caret)))
    box.append((margin, Span("▀" * width, "surface")))
    count = tr(flow.lang, "{n} of {limit} characters", n=len(editor.text), limit=editor.limit)
    counter: Line = (margin, Span(fit(count, width, right=True), "muted"))
    above = [BLANK]
    return Scene(
        top=top,
        body=(*above, *prompt, BLANK, *box, *([] if editor.digits_only else [counter])),
        caret=(size.side + BOX_PADDING + column, len(above) + len(prompt) + 2 + row - first),
        hint=hints,
        keys=caps(flow, typing=not flow.digits_are_keys),
    )


def _box_line(padding: str, line: str, width: int, caret: int | None) -> Line:
    """A row of the box; the caret is a block of the main colour, that stands still."""
    text = fit(line, width - 2 * BOX_PADDING)
    if caret is None:
        return (Span(padding + text + padding, "foreground", "surface"),)
    before, under, after = _parted(text + padding, caret)
    return (
        Span(padding + before, "foreground", "surface"),
        Span(under, "on-key", "key"),
        Span(after, "foreground", "surface"),
    )


def _parted(text: str, column: int) -> tuple[str, str, str]:
    """``text`` before, at and behind a column."""
    at = next(index for index in range(len(text)) if cell_len(text[:index]) >= column)
    return text[:at], text[at], text[at + 1 :]


def _hint(flow: Flow, editor: Editor) -> str:
    if editor.digits_only:
        return tr(flow.lang, "Type a number, then press Enter. You may leave it empty.")
    return tr(flow.lang, "Type your answer, then press Enter. You may leave it empty.")
