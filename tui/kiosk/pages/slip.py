"""The slip at the end of a run: its code to photograph, and its number to copy."""

from itertools import zip_longest

from campaign.language import Lang
from exports.paper.qr import Level, modules
from tui.kiosk.farewell import SLIP_SECONDS
from tui.kiosk.flow import Flow
from tui.kiosk.page import Action
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, countdown, language_cap, middle, paragraph
from tui.kiosk.texts import tr
from tui.widgets.big_number import big_number, number_width
from tui.widgets.cells import balanced_lines
from tui.widgets.qr import qr_lines, ways
from tui.widgets.spans import Line, Span, spread
from tui.widgets.touch_keys import Cap, Places

LEVEL: Level = "M"
"""A screen is neither creased nor stained; a smaller square has larger modules."""
GAP = 4
"""Columns between the square and what stands beside it."""
LEAST_WORDS = 30
"""Columns for the words beside the square."""
TALL = 22
"""Rows from which the keys are three rows high."""
URGENT = 15.0
"""Seconds before the end from which the countdown stands out."""


def slip(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page of the slip: the square with words beside it, the number below, and how long all that stays.

    On a screen that is too narrow for the number it stands beside the square, and the words below.
    """
    farewell, lang = flow.farewell, flow.lang
    if farewell is None or farewell.slip is None:
        raise ValueError(flow.page)
    typed, code = farewell.slip.typed, modules(farewell.slip.digits, LEVEL)
    key_height = 3 if size.height >= TALL else 1
    if is_wide := number_width(typed) <= size.width:
        below = [BLANK, *(middle(row, size) for row in big_number(typed, size.width))]
        least = LEAST_WORDS
    else:
        below = paragraph(_purpose(lang), size)
        least = number_width(typed.split()[0])
    room = size.height - 2 - key_height - len(below)
    widest = size.inner - GAP - least
    found = ways(len(code), widest, room - 1) or ways(len(code), widest, room)  # with a row of air if possible
    square = qr_lines(code, found[-1 if farewell.other_way else 0])
    columns = size.inner - GAP - sum(len(span.text) for span in square[0])
    beside = _words(lang, columns) if is_wide else _number(lang, typed, columns)
    return Scene(
        top=(_heading(flow, booth, size),),
        body=(*[BLANK] * ((room - len(square)) // 2), *_side_by_side(square, beside, size), *below),
        hint=(_time_left(lang, size, farewell.left(flow.now)),),
        keys=_caps(lang, has_other_way=len(found) > 1),
        key_height=key_height,
    )


def _heading(flow: Flow, booth: Booth, size: Size) -> Line:
    title = f"  {booth.branch_name.text(flow.lang)} · {booth.campaign_title.text(flow.lang)}"
    name = tr(flow.lang, "Slip")
    return tuple(
        Span(span.text, "on-key", "key", bold=True) for span in spread((Span(title),), (Span(f"{name}  "),), size.width)
    )


def _purpose(lang: Lang) -> str:
    return tr(
        lang, "Keep it: with this number you can see the answer. We keep no name, so nobody can look it up for you."
    )


def _words(lang: Lang, width: int) -> list[Line]:
    """What the slip is, what it is for, how to take it along."""
    said = (
        (tr(lang, "✔ Thank you. Your answers have been stored."), "success", True),
        (tr(lang, "This is your slip, because you asked for an answer."), "primary", True),
        (_purpose(lang), "foreground", False),
        (tr(lang, "Photograph the square, or copy the number below."), "foreground", False),
        (tr(lang, "It is shown only this once."), "warning", True),
    )
    lines: list[Line] = []
    for text, colour, bold in said:
        lines += [BLANK] * bool(lines)
        lines += [(Span(line, colour, bold=bold),) for line in balanced_lines(text, width)]
    return lines


def _number(lang: Lang, typed: str, width: int) -> list[Line]:
    """The number in large digits, a group below the other."""
    once = balanced_lines(tr(lang, "It is shown only this once."), width)
    return [
        *((Span(row),) for row in big_number(typed, width)),
        BLANK,
        *((Span(line, "warning", bold=True),) for line in once),
    ]


def _side_by_side(square: tuple[Line, ...], beside: list[Line], size: Size) -> list[Line]:
    """The square at the left; beside it, in its middle, these lines, without the empty ones where they are too many."""
    beside = beside if len(beside) <= len(square) else [line for line in beside if line]
    above = max(0, (len(square) - len(beside)) // 2)
    margin, gap = Span(" " * size.side), Span(" " * GAP)
    pairs = zip_longest(square, [BLANK] * above + beside, fillvalue=BLANK)
    return [(margin, *left, gap, *right) for left, right in pairs]


def _time_left(lang: Lang, size: Size, seconds: float) -> Line:
    words = tr.plural(
        lang,
        "This page closes in {n} second.",
        "This page closes in {n} seconds.",
        int(-(-seconds // 1)),
    )
    return countdown(words, size, seconds / SLIP_SECONDS, "warning" if seconds <= URGENT else "muted")


def _caps(lang: Lang, *, has_other_way: bool) -> Places:
    """The keys in their places; the one for the other way of drawing only where there is one."""
    noted, other = tr(lang, "I have it"), tr(lang, "Draw otherwise")
    on = Cap(Action.ON, f"9  {noted} ▶", main=True)
    if has_other_way:
        return None, language_cap(lang), Cap(Action.MORE, f"8  {other}"), on
    return None, language_cap(lang), on
