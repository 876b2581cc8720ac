"""What the holder of a slip is shown of a case: where it stands and what was answered. Never what anybody wrote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.calendar import add_workdays
from campaign.case_states import Action, case_on, chosen_move, kind_of
from campaign.case_tables import ANSWER_CASE
from campaign.cases import Case, Outcome
from campaign.plan import Plan


class SlipStage(StrEnum):
    """Where the matter stands: the states of an answer to a person, and what comes before."""

    NOT_OPENED = "not_opened"
    """It has arrived, and nobody has opened it yet."""
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    CLOSED = "closed"
    CLOSED_UNRATED = "closed_unrated"
    CLOSED_UNSATISFIED = "closed_unsatisfied"
    NOT_ACCEPTED = "not_accepted"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Rating(StrEnum):
    """What a person thinks of an answer."""

    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"

    @property
    def move(self) -> str:
        """The move of the case that keeps it."""
        return f"rate_{self.value}"


@dataclass(frozen=True, slots=True)
class Again:
    """What a dissatisfied rating leads to."""

    stage: SlipStage
    due: date
    """By when there is another answer."""


@dataclass(frozen=True, slots=True)
class SlipAnswer:
    """All that a slip shows. Neither what was asked, nor by whom it is dealt with, nor any number of a case."""

    stage: SlipStage
    joined: bool = False
    """Dealt with together with the same matter of others; the rest is about that one."""
    due: date | None = None
    """By when an answer is owed; None if none is."""
    late: bool = False
    """Whether that day has passed."""
    answered_on: date | None = None
    text: str = ""
    """The newest answer, or why the matter was not accepted."""
    outcome: Outcome = Outcome.NONE
    until: date | None = None
    """By when what the answer plans will be done."""
    rate_by: date | None = None
    """The last day for rating."""
    again: Again | None = None
    """Set where the answer can be rated."""
    seen: int = 0
    """How much had happened when it was looked at."""

    @property
    def can_rate(self) -> bool:
        """Whether the answer can be rated now."""
        return self.again is not None


def rating_action(rating: Rating, role: str, on: date | None = None) -> Action:
    """The rating as a move of the case; ``on`` as in :class:`~campaign.case_states.Action`."""
    return Action(rating.move, role, on=on)


def slip_answer(plan: Plan, case: Case, today: date, case_of: Callable[[str], Case | None]) -> SlipAnswer:
    """What ``case`` shows on ``today``; ``case_of`` finds the case that it was merged into."""
    known = case_on(case, today)
    if known is None:
        return SlipAnswer(SlipStage.NOT_OPENED)
    master = _master(known, today, case_of)
    shown = _shown(plan, known, today) if master is None else _shown(plan, master, today)
    return shown if master is None else _without_rating(shown)


def _shown(plan: Plan, known: Case, today: date) -> SlipAnswer:
    state = kind_of(known).state(known.state)
    due = known.due if state.owed else None
    declined = known.last("decline")
    answered = known.last("answer")
    told = declined if known.state == SlipStage.NOT_ACCEPTED and declined else answered
    return SlipAnswer(
        stage=SlipStage(known.state),
        due=due,
        late=due is not None and due < today,
        answered_on=told.on if told else None,
        text=told.text if told else "",
        outcome=told.outcome if told else Outcome.NONE,
        until=told.until if told else None,
        rate_by=answered.rate_by if answered and known.state == SlipStage.ANSWERED else None,
        again=_again(plan, known, today),
        seen=len(known.events),
    )


def _again(plan: Plan, known: Case, today: date) -> Again | None:
    row = chosen_move(plan, known, Rating.DISSATISFIED.move, today)
    if row is None:
        return None
    return Again(SlipStage(row.target), add_workdays(today, plan.campaign.answer_days.again, plan.calendar))


def _master(known: Case, today: date, case_of: Callable[[str], Case | None]) -> Case | None:
    """The case that it ended in by merging, as far as that can be followed; None if it was not merged."""
    passed, at = {known.no}, known
    while (into := at.events[-1].into) and into not in passed:
        passed.add(into)
        following = case_of(into)
        following = case_on(following, today) if following is not None and following.kind == ANSWER_CASE.id else None
        if following is None:
            break
        at = following
    return None if at is known else at


def _without_rating(shown: SlipAnswer) -> SlipAnswer:
    """Only the holder of the other slip may rate."""
    return SlipAnswer(
        stage=shown.stage,
        joined=True,
        due=shown.due,
        late=shown.late,
        answered_on=shown.answered_on,
        text=shown.text,
        outcome=shown.outcome,
        until=shown.until,
    )
