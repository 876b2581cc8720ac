"""A page whose parts are shown one at a time: Tab goes on, Shift+Tab back, a digit straight to one."""

import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from textual import events

from tui.staff.branch_tabs import Section
from tui.staff.screen import LiveScreen


class SectionedScreen(LiveScreen[None]):
    """Each section is a widget with the section's id."""

    SECTIONS: ClassVar[Sequence[Section]]

    section: str
    """Id of the section that is shown."""

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the columns out anew."""
        self.call_after_refresh(self.refresh_view)

    def action_next_section(self) -> None:
        """Show the next section."""
        self._turn(1)

    def action_previous_section(self) -> None:
        """Show the section before."""
        self._turn(-1)

    def on_key(self, event: events.Key) -> None:
        """A digit of any width shows the section that bears it."""
        char = unicodedata.normalize("NFKC", event.character or "")
        if len(char) == 1 and char in "123456789"[: len(self.SECTIONS)]:
            event.stop()
            self.show_section(self.SECTIONS[int(char) - 1].id)

    def action_section(self, section: str) -> None:
        """Show this section: its name was clicked."""
        self.show_section(section)

    def show_section(self, section: str) -> None:
        """Show this section, and let it have the keys."""
        self.section = section
        self.live.hush()
        for each in self.SECTIONS:
            self.query_one(f"#{each.id}").display = each.id == section
        self.query_one(f"#{section}").focus()
        self.call_after_refresh(self.refresh_view)

    def _turn(self, by: int) -> None:
        at = next(index for index, each in enumerate(self.SECTIONS) if each.id == self.section)
        self.show_section(self.SECTIONS[(at + by) % len(self.SECTIONS)].id)
