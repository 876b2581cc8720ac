"""Pages that only say something: thank you, not stored, closed, too small."""

from campaign.language import Lang
from tui.kiosk.flow import Flow
from tui.kiosk.page import LANGUAGES, Action
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint, in_the_middle, language_cap, middle, paragraph, way_to_slips
from tui.kiosk.texts import tr
from tui.widgets.big_hanzi import big
from tui.widgets.spans import Line
from tui.widgets.touch_keys import Cap

THANKS = {Lang.ZH: "谢谢您", Lang.EN: "Thank you"}


def thanks(flow: Flow, _booth: Booth, size: Size) -> Scene:
    """The response is stored."""
    lines: list[Line] = [middle(row, size, "primary") for row in big(THANKS[flow.lang])]
    lines += [
        BLANK,
        *paragraph(tr(flow.lang, "Thank you. Your answers have been stored, without your name."), size, bold=True),
    ]
    if flow.farewell and flow.farewell.wants_answer:
        lines.append(BLANK)
        for lang in _first(flow.lang):
            asked = tr(lang, "You asked for an answer: please tell the staff at the desk.")
            lines += paragraph(f"▶ {asked}", size, "warning", bold=True)
    how = tr(flow.lang, "Press any key for the next person.")
    return Scene(body=in_the_middle(lines, size.height - 2), hint=hint(flow, size, how), key_height=0)


def not_stored(flow: Flow, _booth: Booth, size: Size) -> Scene:
    """The store did not take the response; it is still here and can be handed in again."""
    lines: list[Line] = []
    for lang in _first(flow.lang):
        lines += paragraph(tr(lang, "Not stored. Please call the staff."), size, "error", bold=True)
    lines.append(BLANK)
    if flow.attempt:
        for lang in _first(flow.lang):
            lines += paragraph(tr(lang, "Your answers are still here. Press 9 to try again."), size)
    else:
        for lang in _first(flow.lang):
            lines += paragraph(tr(lang, "Press 9 to try again."), size)
    if flow.problem:
        lines += [BLANK, middle(flow.problem.code, size, "muted")]
    again_word = tr(flow.lang, "Try again")
    again = Cap(Action.ON, f"9  {again_word} ▶", main=True)
    return Scene(
        body=in_the_middle(lines, size.height - 4),
        hint=hint(flow, size, "", shown=False),
        keys=(None, language_cap(flow.lang), again),
    )


def closed(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The session takes no more responses."""
    lines: list[Line] = []
    for lang in LANGUAGES:
        lines += paragraph(tr(lang, "This survey is closed. Thank you for coming."), size, "primary", bold=True)
    if flow.unsent:
        lines.append(BLANK)
        for lang in LANGUAGES:
            lines += paragraph(tr(lang, "It was closed before you pressed submit: your answers were not stored."), size)
    lines.append(BLANK)
    lines.append(middle(booth.branch_name.text(flow.lang), size, "muted"))
    keys = way_to_slips() if flow.has_slips else ()
    return Scene(body=in_the_middle(lines, size.height), keys=keys)


def too_small(size: Size) -> Scene:
    """The window is too small for a question."""
    lines: list[Line] = []
    for lang in LANGUAGES:
        lines += paragraph(tr(lang, "The screen is too small. Please ask the staff."), size, bold=True)
    return Scene(body=in_the_middle(lines, size.height), key_height=0)


def _first(lang: Lang) -> tuple[Lang, Lang]:
    """Both languages, the person's own first."""
    return lang, lang.other
