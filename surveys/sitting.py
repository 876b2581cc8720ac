"""How a session is held: who runs it, what was reported before, what was looked after, how many people were there.

Votes are spoiled by hints, by leaders who stand by, by a box that nobody looked into: so it is asked before a session
is opened and before its count is confirmed, and what is not confirmed is printed in the report.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.case_checks import same_role
from campaign.correcting import role_problems
from campaign.errors import BadInput, Problem, Refused
from campaign.folding import folded
from campaign.language import N_, Lang, Phrase
from campaign.log import MOST_ROLE
from campaign.plan import Branch, Plan
from campaign.rules import Severity
from surveys.texts import tr

MOST_PEOPLE = 1_000_000
"""Nobody invites more to one session; it was a slip of the finger."""


class Check(StrEnum):
    """What is looked after, so that nobody can say that the vote was spoiled."""

    BOX_EMPTY = "box_empty"
    PRIVATE_AREA = "private_area"
    NO_BRANCH_STAFF_NEAR = "no_branch_staff_near"
    INSTRUCTIONS_READ = "instructions_read"
    COUNTED_OPENLY = "counted_openly"


BEFORE = (Check.BOX_EMPTY, Check.PRIVATE_AREA, Check.NO_BRANCH_STAFF_NEAR, Check.INSTRUCTIONS_READ)
"""What must be so when a session is opened; the last check is made when its count is confirmed."""
CHECKS: Mapping[Check, Phrase] = {
    Check.BOX_EMPTY: tr.phrase(N_("the ballot box was shown empty")),
    Check.PRIVATE_AREA: tr.phrase(N_("people can answer unseen")),
    Check.NO_BRANCH_STAFF_NEAR: tr.phrase(N_("nobody of the unit stands by")),
    Check.INSTRUCTIONS_READ: tr.phrase(N_("the instructions were read out")),
    Check.COUNTED_OPENLY: tr.phrase(N_("the forms were counted openly")),
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is said of a session before it is opened."""

    operator: str
    """The role of who runs it, never a name."""
    briefing_on: date | None
    """The day on which the branch told what was done and corrected; None: it has not."""
    checked: frozenset[Check]
    """What is confirmed of :data:`BEFORE`."""
    invited: int | None = None
    """How many people should take part; None: not known."""
    present: int | None = None
    """How many came; None: not known yet."""

    @property
    def integrity(self) -> dict[Check, bool]:
        """Whether each of :data:`BEFORE` is confirmed."""
        return {each: each in self.checked for each in BEFORE}


@dataclass(frozen=True, slots=True)
class CountSaid:
    """What is said of a session beside the two roles when its count is confirmed."""

    openly: bool = True
    """Whether the forms were counted openly."""
    invited: int | None = None
    """None: as was said before."""
    present: int | None = None
    """None: as was said before."""


def usual_operator(plan: Plan, lang: Lang) -> str:
    """Who runs a session if nobody else is named: the organiser's people."""
    return plan.campaign.organiser.text(lang)[:MOST_ROLE].strip()


def sitting_problems(plan: Plan, code: str, sitting: Sitting, today: date) -> list[Problem]:
    """What is wrong or odd about it; the place of each is a field of :class:`Sitting`.

    M06 or V64 for the role, V50 if it is of the branch; V51 without a briefing, V30 for its day; V06, M85 for numbers
    of people, M105 if more came than were invited; V52 for everything that is not confirmed.
    """
    found = [Problem(each.code, each.values, "operator") for each in role_problems(sitting.operator)]
    branch = plan.branch(code)
    if branch is not None and is_of_branch(sitting.operator, branch):
        found.append(Problem("V50", {"code": code, "x": sitting.operator.strip()}, "operator"))
    first = min(plan.campaign.start_date, today)
    if sitting.briefing_on is None:
        found.append(Problem("V51", {}, "briefing_on"))
    elif not first <= sitting.briefing_on <= today:
        found.append(Problem("V30", {"d": sitting.briefing_on, "a": first, "b": today}, "briefing_on"))
    found += people_problems(sitting.invited, sitting.present)
    found += [Problem("V52", {"item": CHECKS[each]}, "checked") for each in BEFORE if each not in sitting.checked]
    return found


def people_problems(invited: int | None, present: int | None) -> Iterator[Problem]:
    """V06 or M85 for a number that can't be, M105 if more came than were invited."""
    numbers = {"invited": invited, "present": present}
    for field, number in numbers.items():
        if number is not None and number < 0:
            yield Problem("V06", {"x": number}, field)
        elif number is not None and number > MOST_PEOPLE:
            yield Problem("M85", {"n": number, "max": MOST_PEOPLE}, field)
    if invited is not None and present is not None and present > invited:
        yield Problem("M105", {"y": present, "n": invited}, "present")


def is_of_branch(role: str, branch: Branch) -> bool:
    """Whether a role is one of the branch: the first-responsible one, or one that begins with its name or code."""
    responsible = (text for held in branch.first_responsible for text in (held.role.zh, held.role.en) if text)
    if any(same_role(role, text) for text in responsible):
        return True
    names = (branch.code, branch.name.zh, branch.name.en, branch.short_name.zh, branch.short_name.en)
    return any(_begins_with(_spaced(role), _spaced(name)) for name in names if name.strip())


def _spaced(text: str) -> str:
    return " ".join(folded(text).split())


def _begins_with(role: str, name: str) -> bool:
    """``b01 recorder``, ``b01记录员``; not ``b012``."""
    rest = role.removeprefix(name)
    return rest != role and not (rest[:1].isascii() and rest[:1].isalnum())


def require_answers(problems: Sequence[Problem], *, confirmed: bool) -> tuple[Problem, ...]:
    """The warnings. BadInput or Refused for errors, Refused for what asks for confirmation, unless ``confirmed``."""
    told = [Problem(each.code, each.values) for each in problems]  # the fields have other names where it is typed
    errors = _of(told, Severity.ERROR)
    asked, warnings = _of(told, Severity.CONFIRM), _of(told, Severity.WARNING)
    if errors:
        raise (Refused if any(each.code in ("V50", "V51") for each in errors) else BadInput)(*errors)
    if asked and not confirmed:
        raise Refused(*asked)
    return tuple(warnings)


def require_confirmed(doubts: Sequence[Problem], *, confirmed: bool) -> None:
    """Refused with all of them, unless they are ``confirmed``: what follows can't be taken back."""
    if doubts and not confirmed:
        raise Refused(*doubts)


def _of(problems: Iterable[Problem], severity: Severity) -> list[Problem]:
    return [each for each in problems if each.rule.severity is severity]
