"""What is known of a branch's final survey, by its log and by the sessions that were held and posted here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.happened import RECHECK, RESULT, SurveyEntry
from campaign.held import Outcome
from campaign.log import LogEntry
from campaign.plan import Plan


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What must be known of a branch's final survey."""

    published_on: date | None = None
    """When its result was first made public."""
    below: bool = False
    """Whether the newest result is below the threshold."""
    undecided: bool = False
    """Whether nothing can be said of it: too few forms, or all alike."""
    rechecked_on: date | None = None
    """When the survey after a catch-up was held."""

    def on(self, day: date) -> "SurveyFacts":
        """What was known on ``day``."""
        known = self.published_on if self.published_on and self.published_on <= day else None
        again = self.rechecked_on if self.rechecked_on and self.rechecked_on <= day else None
        return SurveyFacts(known, self.below, self.undecided, again)


def survey_facts(plan: Plan, entries: Iterable[LogEntry]) -> SurveyFacts:
    """What is known about the final survey, by entries whose kind has the effect ``result`` or ``recheck``.

    And by the sessions that were held and posted here. ``entries`` are a branch's own, as
    :func:`campaign.happened.with_surveys` gives them, none of a day that is to be ignored.
    """
    effects = {kind.id: str(kind.effect) for kind in plan.kinds}
    said = [(entry.survey if isinstance(entry, SurveyEntry) else effects.get(entry.kind), entry) for entry in entries]
    results = [entry for effect, entry in said if effect == RESULT]
    rechecks = [entry.on for effect, entry in said if effect == RECHECK]
    if not results:
        return SurveyFacts()
    newest = max(results, key=lambda entry: (entry.on, isinstance(entry, SurveyEntry)))
    return SurveyFacts(
        published_on=min(entry.on for entry in results),
        below=newest.outcome == Outcome.BELOW,
        undecided=newest.outcome == Outcome.UNDECIDED,
        rechecked_on=min(rechecks, default=None),
    )
