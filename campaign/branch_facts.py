"""One branch with all that is known of it on a day: for its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.case_report import by_urgency
from campaign.case_standing import CaseStanding, case_standings
from campaign.cases import Case
from campaign.completion import Completion, completion
from campaign.covering import Covered, covered
from campaign.errors import Problem
from campaign.happened import contradictions, with_surveys
from campaign.held import HeldSurvey
from campaign.log import LogEntry, Logged
from campaign.obligations import Coverage, ObligationCell, coverage, obligation_matrix
from campaign.people import Attendance, attendance, reach
from campaign.plan import Plan
from campaign.reaching import Reach
from campaign.standing import BranchStanding
from campaign.substance import Hint, substance_hints


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """What a branch has recorded, owes and lacks. Two equal ones look the same."""

    branch: str
    entries: tuple[Logged, ...]
    """In the order of their recording."""
    cases: tuple[CaseStanding, ...]
    """Open ones first, the worst of them first."""
    cells: tuple[ObligationCell, ...]
    ended: Coverage
    """Of the phases that have ended."""
    completion: Completion
    attendance: tuple[Attendance, ...]
    """By member group, over everything to which people were called together."""
    reach: tuple[Reach, ...]
    """Of the member groups that are hard to reach."""
    hints: tuple[Hint, ...]
    doubts: tuple[Problem, ...] = ()
    """Where the log says something else of results than the sessions that were held here."""
    covered: tuple[Covered, ...] = ()
    """By attribute, what every branch is to choose."""


def titled_entries(plan: Plan, entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Entries whose note is a title that no other branch should have."""
    kinds = {kind.id for kind in plan.kinds if kind.distinct}
    return tuple(entry for entry in entries if entry.kind in kinds)


def branch_facts(
    plan: Plan,
    standing: BranchStanding,
    logged: Sequence[Logged],
    titled: Iterable[LogEntry],
    cases: Sequence[Case],
    today: date,
    *,
    held: Sequence[HeldSurvey] = (),
    judge_overdue: bool = True,
) -> BranchFacts:
    """The facts of the branch of ``standing`` on ``today``.

    ``logged``, ``cases`` and the survey sessions ``held`` are its own; ``titled`` are those of all branches, so that
    titles can be compared.
    """
    code = standing.code
    happened = with_surveys(plan, [each.entry for each in logged], held)
    known = [entry for entry in happened if entry.on <= today or not judge_overdue]
    others = [entry for entry in titled if entry.branch != code]
    own = [branch for branch in plan.branches if branch.code == code]
    cells = obligation_matrix(plan, standing, known)
    hints = substance_hints(plan, [standing], [*known, *others], cases, today)
    return BranchFacts(
        branch=code,
        entries=tuple(logged),
        cases=tuple(by_urgency(case_standings(plan, cases, today, judge_overdue=judge_overdue))),
        cells=cells,
        ended=coverage(cells, standing),
        completion=completion(plan, standing, known, cases, today),
        attendance=attendance(plan, own, known),
        reach=reach(plan, own, known),
        hints=tuple(each for each in hints if _concerns(each, code)),
        doubts=tuple(contradictions(plan, [each.entry for each in logged], held)),
        covered=covered(plan, known),
    )


def _concerns(hint: Hint, code: str) -> bool:
    """Whether a hint is about the branch; one about a title is about every branch that gave it."""
    return hint.branch == code or any(entry.branch == code for entry in hint.entries)
