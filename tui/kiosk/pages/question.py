"""The page of the question or note on screen."""

from tui.kiosk.flow import Flow
from tui.kiosk.pages.choices import choices
from tui.kiosk.pages.frame import TOP, caps, prompt_lines, top_lines
from tui.kiosk.pages.writing import writing
from tui.kiosk.ports import Booth
from tui.kiosk.scene import BLANK, Scene, Size, hint
from tui.kiosk.texts import tr
from tui.widgets.spans import Line


def question(flow: Flow, booth: Booth, size: Size) -> Scene:
    """The page of the question or note on screen."""
    asked = flow.question
    top = top_lines(flow, booth, size)
    prompt = prompt_lines(asked, flow.lang, size)
    if flow.editor:
        return writing(flow, flow.editor, size, top, prompt)
    if not asked.choices:
        return _note(flow, size, top, prompt)
    return choices(flow, size, top, prompt)


def _note(flow: Flow, size: Size, top: tuple[Line, ...], prompt: list[Line]) -> Scene:
    room = size.height - TOP - 4
    above = max(1, (room - len(prompt)) // 3)
    return Scene(
        top=top,
        body=(*[BLANK] * above, *prompt)[:room],
        hint=hint(flow, size, tr(flow.lang, "Press 9 to continue.")),
        keys=caps(flow),
    )
