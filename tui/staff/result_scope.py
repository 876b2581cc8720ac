"""What is looked at on the screen of results."""

from dataclasses import dataclass

from campaign.goals import GoalDeeds
from surveys.published import Figures, SessionFigures, SurveyFigures


@dataclass(frozen=True, slots=True)
class Scope:
    """A survey, and in it all units, one, or one session."""

    survey: SurveyFigures
    figures: Figures
    session: SessionFigures | None = None
    done: tuple[GoalDeeds, ...] = ()
    """What was done for the goals of the campaign, of all units or of the one."""

    @property
    def branch(self) -> str | None:
        """None: all units."""
        return self.figures.branch
