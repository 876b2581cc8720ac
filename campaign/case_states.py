"""What is possible in a case on a day. Read off the table of its kind, whatever kind that is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.case_tables import CASE_KINDS, CaseKind, Move, When
from campaign.cases import EXTEND, Case, CaseEvent, Outcome, as_of
from campaign.errors import Problem
from campaign.language import N_, Listed, Phrase
from campaign.plan import Plan
from campaign.texts import tr

_DAY = timedelta(days=1)
_EXTENDED = N_("extended")


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody wants to do with a case."""

    move: str
    """Name of a row of the kind's table."""
    role: str
    """Role of who does it."""
    text: str = ""
    outcome: Outcome = Outcome.NONE
    until: date | None = None
    """By when an answer's plan will be done."""
    due: date | None = None
    """A new due day, where the move wants one."""
    into: str = ""
    """The case that it is merged into."""
    owner: str = ""
    """Who must see to it from now on; empty leaves the owner as it is."""
    on: date | None = None
    """The day it was done; None means today."""


def kind_of(case: Case) -> CaseKind:
    """The table of a case; KeyError for a kind that does not exist."""
    return CASE_KINDS[case.kind]


def case_on(case: Case, day: date) -> Case | None:
    """The case as it stands on ``day``, with what time alone has done by then; None if it was opened later."""
    known = as_of(case, day)
    if known is None:
        return None
    rate_by = known.events[-1].rate_by
    if rate_by is None or rate_by >= day:
        return known
    for move in kind_of(known).moves:
        if move.automatic and known.state in move.sources:
            return known.with_event(CaseEvent(on=rate_by + _DAY, move=move.id, state=move.target))
    return known


def possible_moves(plan: Plan, case: Case, day: date) -> tuple[Move, ...]:
    """What can be done with ``case`` on ``day``, in the order of its table."""
    known = case_on(case, day)
    if known is None:
        return ()
    moves = kind_of(known).moves
    return tuple(move for move in moves if known.state in move.sources and _holds(plan, known, move, day))


def chosen_move(plan: Plan, case: Case, name: str, day: date) -> Move | None:
    """The row by which ``name`` can be done on ``day``; None if it can't."""
    return next((row for row in possible_moves(plan, case, day) if row.id == name and not row.automatic), None)


def can_extend(case: Case, day: date) -> bool:
    """Whether the due day of ``case``, as it stands on ``day``, can be moved: once, while it has not passed."""
    owed = kind_of(case).state(case.state).owed
    return owed and case.due is not None and day <= case.due and case.last(EXTEND) is None


def _reopened(case: Case) -> int:
    """How often a dissatisfied rating has led to another answer of the branch itself."""
    again = {row.target for row in kind_of(case).moves if When.REOPENS_LEFT in row.when}
    return sum(event.state in again and event.move != EXTEND for event in case.events)


def _not_late_before(plan: Plan, case: Case, day: date) -> bool:
    lapses = {row.id for row in kind_of(case).moves if row.automatic}
    return case.times(*lapses) <= 1 and day <= plan.campaign.end_date


_CONDITIONS: Mapping[When, Callable[[Plan, Case, date], bool]] = {
    When.SAME_DAY: lambda _, case, day: day == case.received_on,
    When.REOPENS_LEFT: lambda plan, case, _: _reopened(case) < plan.campaign.max_reopens,
    When.NO_REOPENS_LEFT: lambda plan, case, _: _reopened(case) >= plan.campaign.max_reopens,
    When.LATE: _not_late_before,
    When.RATING_OVER: lambda *_: False,  # such moves have been made by case_on
}


def _holds(plan: Plan, case: Case, row: Move, day: date) -> bool:
    return all(_CONDITIONS[condition](plan, case, day) for condition in row.when)


def impossible(plan: Plan, case: Case, name: str, day: date) -> Problem:
    """V79: from which state, to which, and what is possible instead."""
    known, kind = case_on(case, day) or case, kind_of(case)
    targets = [kind.state(row.target).name for row in kind.moves_called(name)]
    wanted: Phrase | str = tr.phrase(targets[0]) if targets else name
    if name == EXTEND:
        wanted = tr.phrase(_EXTENDED)
    here = kind.state(known.state)
    names = dict.fromkeys(kind.state(row.target).name for row in possible_moves(plan, known, day))
    possible: list[Phrase] = [tr.phrase(each) for each in names]
    if name != EXTEND and can_extend(known, day):
        possible.append(tr.phrase(_EXTENDED))
    return Problem("V79", {"a": tr.phrase(here.name), "b": wanted, "list": Listed(tuple(possible))}, "move")
