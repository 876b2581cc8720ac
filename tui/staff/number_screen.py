"""Screens on which the number of a case, scanned or typed, opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.message import Message

from campaign.errors import ManyiError, Problem
from tui.staff.advice import ADVICE
from tui.staff.case_lookup import looks_like_number, same_number
from tui.staff.ports import FoundSlip
from tui.staff.screen import LiveScreen
from tui.widgets.spans import Line, Span, fitted


class NumberScreen(LiveScreen[None]):
    """A number that the snapshot has opens at once; that of a slip is looked up in a thread."""

    problem: Problem | None = None
    """What is wrong with the number that was typed last."""

    @dataclass
    class LookedUp(Message):
        """A number has been looked up."""

        bubble: ClassVar[bool] = False
        found: FoundSlip | None
        problems: Sequence[Problem] = ()

    def say_problem(self) -> None:
        """Show what is wrong with the number, or nothing any more."""
        raise NotImplementedError

    def open_number(self, text: str) -> bool:
        """Open the case with the number that was typed; False for words that are no number."""
        snapshot = self.live.snapshot
        known = next((case.no for case in snapshot.cases if same_number(case.no, text)), None) if snapshot else None
        if known is not None:
            self.live.open_case(known)
        elif looks_like_number(text):
            self._look_up(text)
        else:
            return False
        return True

    def forget_problem(self) -> None:
        """Something else is typed."""
        if self.problem is not None:
            self.problem = None
            self.say_problem()

    def problem_line(self, width: int) -> Line | None:
        """What is wrong with the number, in a line."""
        if self.problem is None:
            return None
        return fitted((Span(f"  ✘ {ADVICE.message(self.problem, self.lang)}", "error", bold=True),), width)

    @work(thread=True, group="look-up", description="look-up")
    def _look_up(self, text: str) -> None:
        try:
            found = self.live.desk.cases_desk().look_up(text)
        except ManyiError as error:
            self.post_message(self.LookedUp(None, error.problems))
            return
        self.post_message(self.LookedUp(found))

    def on_number_screen_looked_up(self, message: LookedUp) -> None:
        """Open the case, or the form that opens one; say what is wrong."""
        if message.found is not None:
            self.live.open_slip(message.found)
        else:
            self.problem = next(iter(message.problems), None)
            self.say_problem()
