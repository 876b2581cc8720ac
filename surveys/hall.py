"""Showing a result in the hall, and the figures that are then seen there: those that everybody may see, no others."""

from dataclasses import dataclass
from datetime import date

from campaign.errors import Problem, Refused
from surveys.ports import Store
from surveys.published import Figures, Published, SurveyFigures
from surveys.session import COUNTED
from surveys.shown import Shown
from surveys.submission import session_in


@dataclass(frozen=True, slots=True)
class HallResult:
    """What the hall sees."""

    shown: Shown
    kind: str
    branch: str | None
    """None: all units together."""
    figures: Figures
    comments: int | None = None
    on: date | None = None
    """The session's day, where its branch had several: otherwise there is nothing to tell it from."""


def show_in_hall(store: Store, shown: Shown) -> None:
    """Keep what the hall is to see; nothing takes it off. Refused M11, V58 before the count is verified; StoreError."""
    with store.transaction():
        if shown.session and session_in(store, shown.session).state not in COUNTED:
            raise Refused(Problem("V58"))
        if shown.kind and not any(
            (each.kind, each.questionnaire) == (shown.kind, shown.questionnaire)
            for each in store.sessions()
            if each.state in COUNTED
        ):
            raise Refused(Problem("V58"))
        store.save_shown(shown)


def hall_result(published: Published, shown: Shown) -> HallResult | None:
    """The figures; None where there are none any more, as of a session that was declared void."""
    if shown.session:
        found = published.session(shown.session)
        if found is None:
            return None
        held = found.counted.session
        several = any(found in survey.of_several for survey in published.surveys)
        return HallResult(shown, held.kind, held.branch, found.figures, found.comments, held.on if several else None)
    wanted = next((each for each in published.surveys if _survey(each) == (shown.kind, shown.questionnaire)), None)
    return HallResult(shown, shown.kind, None, wanted.town) if wanted and shown.is_something else None


def _survey(survey: SurveyFigures) -> tuple[str, str]:
    return survey.survey.kind, survey.survey.questionnaire.id
