"""What the screen shows, as a value: every page is a function from the flow and the size to a scene."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len

from campaign.language import Lang
from tui.kiosk.idle import COUNTDOWN
from tui.kiosk.page import LANGUAGES, SLIP_DIGIT, Action
from tui.kiosk.survey_flow import SurveyFlow
from tui.kiosk.texts import tr
from tui.widgets.band import Face
from tui.widgets.cells import balanced_lines, centred
from tui.widgets.spans import Line, Span
from tui.widgets.touch_keys import Cap, Places

MIN_WIDTH, MIN_HEIGHT = 60, 20
ROOMY_WIDTH, ROOMY_HEIGHT = 100, 32
"""From here on bands are five rows high."""
BLANK: Line = ()


@dataclass(frozen=True, slots=True)
class Size:
    """Columns and rows of the screen."""

    width: int
    height: int

    @property
    def is_enough(self) -> bool:
        """Whether a question fits."""
        return self.width >= MIN_WIDTH and self.height >= MIN_HEIGHT

    @property
    def is_roomy(self) -> bool:
        """Whether there is room for large bands."""
        return self.width >= ROOMY_WIDTH and self.height >= ROOMY_HEIGHT

    @property
    def side(self) -> int:
        """Columns left free at each side of bands and keys."""
        return 12 if self.width >= ROOMY_WIDTH else max(2, (self.width - 72) // 2)

    @property
    def inner(self) -> int:
        """Columns of bands and keys."""
        return self.width - 2 * self.side


@dataclass(frozen=True, slots=True)
class Scene:
    """From top to bottom: top, body, bands, keys to type with, the space that is left, hint, keys."""

    top: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()
    rows: Mapping[int, int] = field(default_factory=dict)
    """Row of the body to the thing that a touch there means."""
    caret: tuple[int, int] | None = None
    """Column and row of the body where characters appear."""
    bands: tuple[Face, ...] = ()
    band_height: int = 3
    band_gap: int = 0
    pad: tuple[Places, ...] = ()
    """Rows of keys to type with, three rows high each."""
    pad_side: int = 0
    """Columns left free at each side of them."""
    hint: tuple[Line, ...] = ()
    keys: Places = ()
    key_height: int = 3


def middle(text: str, size: Size, colour: str = "foreground", *, bold: bool = False) -> Line:
    """One centred line."""
    return (Span(centred(text, size.width), colour, bold=bold),)


def paragraph(text: str, size: Size, colour: str = "foreground", *, bold: bool = False) -> list[Line]:
    """A text in as many centred lines as it needs, about equally long."""
    return [middle(line, size, colour, bold=bold) for line in balanced_lines(text, size.inner)]


def in_the_middle(lines: Sequence[Line], rows: int) -> tuple[Line, ...]:
    """``lines`` with empty ones above, so that they stand in the upper middle of ``rows``."""
    return (*[BLANK] * max(0, (rows - len(lines)) // 2), *lines)


def language_cap(lang: Lang, *, key: str = "0  ") -> Cap:
    """The key that changes to the other language, named in that language."""
    return Cap(Action.LANGUAGE, key + ("English" if lang is Lang.ZH else "中文"))


def way_to_slips() -> Places:
    """The key on pages that wait for somebody, in both languages."""
    have = "   ".join(tr(lang, "I have a slip") for lang in LANGUAGES)
    return (Cap(Action.SLIP, f"{SLIP_DIGIT}  {have} ▶"),)


def hint(flow: SurveyFlow, size: Size, text: str, *, shown: bool = True) -> tuple[Line, ...]:
    """The lines above the keys: a countdown, what was refused, work in progress, or else ``text``."""
    seconds = flow.seconds_left
    if seconds is not None:
        return (_until_wiped(flow.lang, size, seconds),)
    if flow.is_slow:
        return (middle(tr(flow.lang, "One moment, please …"), size),)
    if flow.problem and shown:
        return tuple(paragraph(f"▲ {flow.problem.message(flow.lang)}", size, "error", bold=True))
    return tuple(paragraph(text, size, "muted")) if text else ()


def countdown(words: str, size: Size, share: float, colour: str = "warning") -> Line:
    """What is said of the time left, with a bar at either side that gets shorter with the ``share`` that is left."""
    room = (size.inner - cell_len(words) - 4) // 2
    bar = "━" * int(room * share)
    return middle(f"{bar}  {words}  {bar}", size, colour, bold=True)


def _until_wiped(lang: Lang, size: Size, seconds: float) -> Line:
    words = tr.plural(
        lang,
        "Back to the start in {n} second. Press any key to go on.",
        "Back to the start in {n} seconds. Press any key to go on.",
        int(-(-seconds // 1)),
    )
    return countdown(words, size, seconds / COUNTDOWN)
