"""The welcome page: what this is, that it is anonymous, and the choice of the language."""

from campaign.language import Lang
from tui.kiosk.flow import LANGUAGES, Flow
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint, in_the_middle, middle, paragraph
from tui.kiosk.texts import tr
from tui.widgets.band import Face
from tui.widgets.big_hanzi import big
from tui.widgets.spans import Line

LONG_TITLE, SHORT_TITLE = "请您评一评", "请评价"
LONG_TITLE_WIDTH = 84
NAMES = {Lang.ZH: "中文", Lang.EN: "English"}
"""Each language in itself."""


def welcome(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page that waits for the next person."""
    band_height = 5 if size.is_roomy else 3
    room = size.height - len(LANGUAGES) * band_height - 1
    lines = _lines(booth, size)
    return Scene(
        body=in_the_middle([*lines, BLANK][:room], room),
        bands=tuple(
            Face(str(at + 1), (NAMES[lang],), tr(lang, "Start ▶"), pointed=flow.choosing.pointed == at)
            for at, lang in enumerate(LANGUAGES)
        ),
        band_height=band_height,
        hint=hint(flow, size, _how()),
        key_height=0,
    )


def _lines(booth: Booth, size: Size) -> list[Line]:
    title = LONG_TITLE if size.width >= LONG_TITLE_WIDTH else SHORT_TITLE
    lines: list[Line] = [middle(row, size, "primary") for row in big(title)]
    lines.append(BLANK)
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
