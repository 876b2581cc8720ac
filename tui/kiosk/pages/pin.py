"""The PIN page for staff."""

from tui.kiosk.flow import Flow
from tui.kiosk.page import LANGUAGES
from tui.kiosk.pin import MAX_DIGITS
from tui.kiosk.scene import BLANK, Scene, Size, hint, in_the_middle
from tui.kiosk.texts import tr
from tui.widgets.cells import centred
from tui.widgets.spans import Line, Span

WIDTH = 52


def pin(flow: Flow, size: Size) -> Scene:
    """Boxes that fill as digits are typed; they never tell how long the PIN is."""
    boxes = "  ".join("■" if at < len(flow.pin.digits) else "□" for at in range(MAX_DIGITS))
    lines: list[Line] = [
        _edge(size, "▄"),
        *[_card(tr(lang, "PIN for staff"), size, bold=True) for lang in LANGUAGES],
        _card("", size),
        _card(boxes, size, "primary"),
        _card("", size),
        *[_card(text, size, "error", bold=True) for text in _state(flow)],
        _card("", size),
        *[_card(tr(lang, "Enter: leave the survey   Esc: go back"), size, "muted") for lang in LANGUAGES],
        _edge(size, "▀"),
    ]
    busy = hint(flow, size, "", shown=False) if flow.is_slow else ()
    return Scene(body=in_the_middle([*lines, BLANK], size.height - 1), hint=busy, key_height=0)


def _state(flow: Flow) -> list[str]:
    """What went wrong, one line for each language."""
    seconds, problem = flow.pin.wait(flow.now), flow.pin.problem
    if seconds and problem:
        return [
            tr(lang, "▲ The PIN could not be checked ({code}). Wait {n} s.", code=problem.code, n=seconds)
            for lang in LANGUAGES
        ]
    if seconds:
        return [tr(lang, "Too many wrong PINs. Wait {n} s.", n=seconds) for lang in LANGUAGES]
    if flow.pin.failed:
        return [tr(lang, "▲ This PIN is wrong. Try again.") for lang in LANGUAGES]
    return ["", ""]


def _card(text: str, size: Size, colour: str = "foreground", *, bold: bool = False) -> Line:
    return (_margin(size), Span(centred(text, WIDTH), colour, "surface", bold=bold))


def _edge(size: Size, block: str) -> Line:
    return (_margin(size), Span(block * WIDTH, "surface"))


def _margin(size: Size) -> Span:
    return Span(" " * ((size.width - WIDTH) // 2))
