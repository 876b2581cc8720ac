"""The pages of the kiosk: each module makes scenes of one kind of page."""

from collections.abc import Callable

from tui.kiosk.flow import Flow
from tui.kiosk.page import Page
from tui.kiosk.pages.case import case
from tui.kiosk.pages.notices import closed, not_stored, thanks, too_small
from tui.kiosk.pages.pin import pin
from tui.kiosk.pages.question import question
from tui.kiosk.pages.review import review
from tui.kiosk.pages.slip import slip
from tui.kiosk.pages.welcome import welcome
from tui.kiosk.ports import Booth
from tui.kiosk.scene import Scene, Size

PAGES: dict[Page, Callable[[Flow, Booth, Size], Scene]] = {
    Page.WELCOME: welcome,
    Page.QUESTION: question,
    Page.REVIEW: review,
    Page.SLIP: slip,
    Page.THANKS: thanks,
    Page.NOT_STORED: not_stored,
    Page.CLOSED: closed,
    Page.CASE: case,
}


def scene(flow: Flow, booth: Booth, size: Size) -> Scene:
    """What the screen shows now."""
    if not size.is_enough:
        return too_small(size)
    if flow.pin.shown:
        return pin(flow, size)
    return PAGES[flow.page](flow, booth, size)
