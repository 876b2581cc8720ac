"""After a response is stored: a slip, shown once, if there is one; then thanks."""

from surveys.paper.slip_shown import SlipShown
from surveys.run import SurveyRun

THANKS_SECONDS = 8.0
REQUEST_SECONDS = 20.0
"""The thank-you page with something to do for the person stays longer."""
SLIP_SECONDS = 60.0
SETTLING_SECONDS = 2.0
"""Before, no key ends the slip: the key that has handed in the answers may have been pressed twice."""


class Farewell:
    """What one person sees at the end. Times are seconds of one clock that never goes back."""

    def __init__(self, now: float, run: SurveyRun, slip: SlipShown | None) -> None:
        self._since = now
        self.slip = slip
        """None once it has been shown."""
        self.wants_answer = slip is None and run.questionnaire.requests_answer(run.answers)
        """Whether the person has still to be told where to ask for the answer."""
        self.other_way = False
        """Whether the code is drawn in the other way."""

    def left(self, now: float) -> float:
        """Seconds left of the page on screen."""
        seconds = SLIP_SECONDS if self.slip else REQUEST_SECONDS if self.wants_answer else THANKS_SECONDS
        return max(0.0, self._since + seconds - now)

    def is_settled(self, now: float) -> bool:
        """Whether a key may end the slip."""
        return now - self._since >= SETTLING_SECONDS

    def redraw(self) -> None:
        """Draw the code in the other way, and back."""
        self.other_way = not self.other_way

    def forget_slip(self, now: float) -> bool:
        """Go on from the slip to the thanks, with no way back; whether there was one."""
        had_one, self.slip, self._since = self.slip is not None, None, now
        return had_one
