"""The welcome page: what this is, that it is anonymous, and the choice of the language."""

from campaign.language import Lang
from tui.kiosk.flow import Flow
from tui.kiosk.page import LANGUAGES
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint, in_the_middle, middle, paragraph, way_to_slips
from tui.kiosk.texts import tr
from tui.widgets.band import Face
from tui.widgets.big_hanzi import big
from tui.widgets.spans import Line

LONG_TITLE, SHORT_TITLE = "请您评一评", "请评价"
LONG_TITLE_WIDTH = 84
TALL = 28
"""Rows from which the key for slips is three rows high."""
NAMES = {Lang.ZH: "中文", Lang.EN: "English"}
"""Each language in itself."""


def welcome(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page that waits for the next person."""
    band_height = 5 if size.is_roomy else 3
    key_height = (3 if size.height >= TALL else 1) if flow.has_slips else 0
    room = size.height - len(LANGUAGES) * band_height - 1 - key_height
    return Scene(
        body=in_the_middle(_fitting(booth, size, room), room),
        bands=tuple(
            Face(str(at + 1), (NAMES[lang],), tr(lang, "Start ▶"), pointed=flow.choosing.pointed == at)
            for at, lang in enumerate(LANGUAGES)
        ),
        band_height=band_height,
        hint=hint(flow, size, _how()),
        keys=way_to_slips() if flow.has_slips else (),
        key_height=key_height,
    )


def _fitting(booth: Booth, size: Size, room: int) -> list[Line]:
    """The title with what is said below it; on a small screen without air, or with the title in one row."""
    title = LONG_TITLE if size.width >= LONG_TITLE_WIDTH else SHORT_TITLE
    large: list[Line] = [middle(row, size, "primary") for row in big(title)]
    said = _said(booth, size)
    ways = ([*large, BLANK, *said, BLANK], [*large, *(line for line in said if line)])
    in_a_row = [middle(LONG_TITLE, size, "primary", bold=True), BLANK, *said, BLANK]
    return next((way for way in ways if len(way) <= room), in_a_row[:room])


def _said(booth: Booth, size: Size) -> list[Line]:
    lines: list[Line] = []
    names = [f"{booth.branch_name.text(lang)} · {booth.campaign_title.text(lang)}" for lang in LANGUAGES]
    for name in dict.fromkeys(names):
        lines.extend(paragraph(name, size, bold=True))
    lines.append(BLANK)
    for lang in LANGUAGES:
        promise = tr(lang, "This survey is anonymous: no name, no phone number and no time is kept.")
        lines.extend(paragraph(promise, size, "muted"))
    return lines


def _how() -> str:
    """What to press, in both languages."""
    return "   ".join(tr(lang, "Press 1 or 2, or touch the screen.") for lang in LANGUAGES)
