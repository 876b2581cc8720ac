"""The staff application: which screens there are and how one comes to them."""

import time
from typing import ClassVar

from campaign.language import Lang
from tui import themes
from tui.staff.dashboard import Dashboard
from tui.staff.live import Clock, LiveApp
from tui.staff.ports import Desk


class StaffApp(LiveApp):
    """The dashboard and the screens behind it; with ``read_only`` the dashboard of the hall."""

    CSS_PATH = "staff.tcss"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def __init__(
        self,
        desk: Desk,
        *,
        read_only: bool = False,
        lang: Lang = Lang.ZH,
        theme: str = "ink",
        clock: Clock = time.time,
    ) -> None:
        super().__init__(desk, clock=clock, read_only=read_only)
        self.set_reactive(LiveApp.lang, lang)
        themes.register(self, theme)

    def on_mount(self) -> None:
        """Show the dashboard."""
        super().on_mount()
        self.push_screen(Dashboard())

    def open_branch(self, code: str) -> None:
        """Show one branch."""

    def action_language(self) -> None:
        """Switch between Chinese and English."""
        self.lang = self.lang.other

    def action_theme(self) -> None:
        """Switch between the light and the dark theme."""
        self.theme = "paper" if self.theme == "ink" else "ink"

    def action_leave(self) -> None:
        """Close the program."""
        self.exit()
