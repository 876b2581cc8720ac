"""Whether what is said with a move is right: its day, its role, its texts, its due day."""

from collections.abc import Iterator
from datetime import date

from campaign.case_states import Action
from campaign.case_tables import ANSWER, EXPLANATION, Move, Wants
from campaign.cases import MOST_TEXT, Case, Feasibility, Outcome
from campaign.errors import Problem
from campaign.folding import tightly_folded
from campaign.language import N_, Phrase
from campaign.log import MOST_ROLE
from campaign.plan import Plan
from campaign.recording import holds_personal_number
from campaign.texts import tr

LEAST_TEXT = 5
"""Characters of a reason, a measure, an answer or an explanation."""
_CODES = {ANSWER: "V77", EXPLANATION: "V43"}
"""Which rule a missing text breaks, where it has one of its own."""


def same_role(one: str, other: str) -> bool:
    """Whether two roles are the same, however they are spaced and whichever width and case their letters have."""
    return tightly_folded(one) == tightly_folded(other)


def day_problems(case: Case, day: date, today: date) -> Iterator[Problem]:
    """V30: not before what was done last, and not in the future."""
    first = max(case.received_on, case.events[-1].on)
    if not first <= day <= today:
        yield Problem("V30", {"d": day, "a": first, "b": max(first, today)}, "on")


def role_problems(action: Action, case: Case, row: Move | None) -> Iterator[Problem]:
    """M06 and V42: somebody did it, and nobody verifies what is his own to do; an owner where one is wanted."""
    if not action.role.strip():
        yield Problem("M06", {"field": tr.phrase(N_("role"))}, "role")
    for field in ("role", "owner"):
        if len(given := getattr(action, field).strip()) > MOST_ROLE:
            yield Problem("V64", {"m": len(given), "n": MOST_ROLE}, field)
    if row is None:
        return
    if Wants.ANOTHER_ROLE in row.wants and same_role(action.role, case.owner):
        yield Problem("V42", {"role": case.owner}, "role")
    if Wants.OWNER in row.wants and not (action.owner.strip() or case.owner):
        yield Problem("M06", {"field": tr.phrase(N_("owner"))}, "owner")


def text_problems(text: str, name: str) -> Iterator[Problem]:
    """V64, and what a missing text is called: V77 for an answer, V43 for an explanation, M51 for anything else."""
    given = text.strip()
    if len(given) < LEAST_TEXT:
        what: Phrase = tr.phrase(name)
        yield Problem(_CODES.get(name, "M51"), {"what": what, "n": LEAST_TEXT, "m": len(given)}, "text")
    if len(given) > MOST_TEXT:
        yield Problem("V64", {"m": len(given), "n": MOST_TEXT}, "text")


def personal_problems(action: Action) -> Iterator[Problem]:
    """V14: no number that belongs to a person."""
    for field in ("text", "role", "owner"):
        if holds_personal_number(getattr(action, field)):
            yield Problem("V14", {}, field)


def told_problems(action: Action, case: Case, row: Move) -> Iterator[Problem]:
    """The texts of a move, the outcome of an answer, the case that it is merged into."""
    if Wants.TEXT in row.wants:
        yield from text_problems(action.text, row.text)
    elif (given := len(action.text.strip())) > MOST_TEXT:
        yield Problem("V64", {"m": given, "n": MOST_TEXT}, "text")
    yield from personal_problems(action)
    if Wants.CANNOT_NOW in row.wants and case.feasibility is not Feasibility.CANNOT_NOW:
        yield Problem("V43", {}, "feasibility")
    if Wants.OUTCOME in row.wants and action.outcome is Outcome.NONE:
        yield Problem("V77", {}, "outcome")
    if Wants.OUTCOME in row.wants and action.outcome is Outcome.PLANNED and action.until is None:
        yield Problem("M06", {"field": tr.phrase(N_("by when"))}, "until")
    if Wants.INTO in row.wants and action.into == case.no:
        yield Problem("M147", {"no": case.no}, "into")
    elif Wants.INTO in row.wants and not action.into:
        yield Problem("M06", {"field": tr.phrase(N_("the case that it is merged into"))}, "into")


def due_problems(plan: Plan, action: Action, row: Move, day: date) -> Iterator[Problem]:
    """A new due day where the move wants one."""
    if Wants.DUE not in row.wants:
        return
    if action.due is None:
        yield Problem("M06", {"field": tr.phrase(N_("deadline"))}, "due")
        return
    if action.due < day:
        yield Problem("V41", {"d": action.due, "f": day}, "due")
    yield from after_end(plan, action.due)


def after_end(plan: Plan, due: date) -> Iterator[Problem]:
    """V45: a warning, for what is due when the campaign is over."""
    if due > plan.campaign.end_date:
        yield Problem("V45", {"d": due, "e": plan.campaign.end_date}, "due")
