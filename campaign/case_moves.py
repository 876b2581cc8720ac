"""What is done with a case. A case is never changed: there is a new one, with one event more."""

from datetime import date

from campaign.calendar import add_workdays
from campaign.case_checks import (
    after_end,
    day_problems,
    due_problems,
    personal_problems,
    role_problems,
    text_problems,
    told_problems,
)
from campaign.case_states import Action, can_extend, case_on, chosen_move, impossible, kind_of
from campaign.case_tables import REASON, Starts, Wants
from campaign.cases import EXTEND, Case, CaseEvent, Outcome
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, NP_, Phrase
from campaign.plan import Plan
from campaign.texts import tr

_REFUSED = frozenset({"V42", "V78", "V79"})


def check_move(plan: Plan, case: Case, action: Action, today: date) -> list[Problem]:
    """Everything that is wrong with ``action``, or odd about it, on ``today``; the place is the field of it.

    V30 its day; V79 the state does not allow it, and what it does allow; V42 the owner's own role; V43 not a matter
    that cannot be put right, or no explanation; V77 an answer without text or outcome; M51 another text too short; M06
    a field missing; V41, V45 the new due day; V14 a number that belongs to a person; V64 too long.
    """
    day = action.on or today
    if early := [*day_problems(case, day, today)]:
        return early
    row = chosen_move(plan, case, action.move, day)
    if row is None:
        return [impossible(plan, case, action.move, day)]
    return [
        *role_problems(action, case, row),
        *told_problems(action, case, row),
        *due_problems(plan, action, row, day),
    ]


def check_action(plan: Plan, case: Case, action: Action, today: date) -> list[Problem]:
    """Everything that is wrong with ``action``, or odd about it, whether it is a move of the table or ``extend``.

    As :func:`check_move` and :func:`check_extension`; M06 for an extension that names no day.
    """
    if action.move != EXTEND:
        return check_move(plan, case, action, today)
    found = check_extension(plan, case, action.due or action.on or today, action, today)
    if action.due is not None:
        return found
    missing = Problem("M06", {"field": tr.phrase(N_("deadline"))}, "due")
    return [missing if problem.code == "V41" else problem for problem in found]


def move(plan: Plan, case: Case, action: Action, today: date) -> Case:
    """The case after ``action``. Refused or BadInput with every problem of :func:`check_move` that is no warning."""
    _refuse(check_move(plan, case, action, today))
    day = action.on or today
    row = chosen_move(plan, case, action.move, day)
    known = case_on(case, day)
    if row is None or known is None:
        raise Refused(impossible(plan, case, action.move, day))
    limits = plan.campaign.answer_days
    due = action.due if Wants.DUE in row.wants else None
    if row.starts is Starts.AGAIN:
        due = add_workdays(day, limits.again, plan.calendar)
    event = CaseEvent(
        on=day,
        move=row.id,
        state=row.target,
        role=action.role.strip(),
        text=action.text.strip(),
        outcome=action.outcome if Wants.OUTCOME in row.wants else Outcome.NONE,
        until=action.until if Wants.OUTCOME in row.wants else None,
        due=due,
        rate_by=add_workdays(day, limits.rating, plan.calendar) if row.starts is Starts.RATING else None,
        into=action.into if Wants.INTO in row.wants else "",
    )
    owner = action.owner.strip() or known.owner
    return known.model_copy(update={"owner": owner}).with_event(event)


def extend(plan: Plan, case: Case, due: date, action: Action, today: date) -> Case:
    """The case with a later due day, once, while the old one has not passed; ``action`` gives role, reason and day.

    Refused V78: it was extended before, its due day is over, or the new one is too far; V79 nothing is owed any more.
    BadInput V41 for a day that is not later, M51 without a reason, M06 without a role, V30 for its day.
    """
    _refuse(check_extension(plan, case, due, action, today))
    day = action.on or today
    known = case_on(case, day) or case
    event = CaseEvent(
        on=day, move=EXTEND, state=known.state, role=action.role.strip(), text=action.text.strip(), due=due
    )
    return known.with_event(event)


def check_extension(plan: Plan, case: Case, due: date, action: Action, today: date) -> list[Problem]:
    """Everything that is wrong with, or odd about, an extension to ``due``; codes as in :func:`extend`, and V45."""
    day = action.on or today
    if early := [*day_problems(case, day, today)]:
        return early
    known = case_on(case, day)
    if known is None or known.due is None or not kind_of(known).state(known.state).owed:
        return [impossible(plan, case, EXTEND, day)]
    most = plan.campaign.answer_days.extension
    latest = add_workdays(known.due, most, plan.calendar)
    problems = [
        *role_problems(action, case, None),
        *text_problems(action.text, REASON),
        *personal_problems(action),
        *after_end(plan, due),
    ]
    if earlier := known.last(EXTEND):
        problems.append(_not_extended(tr.phrase(N_("was already extended on {d}"), d=earlier.on)))
    elif not can_extend(known, day):
        problems.append(_not_extended(tr.phrase(N_("was {d} and is over"), d=known.due)))
    elif due <= known.due:
        problems.append(Problem("V41", {"d": due, "f": known.due}, "due"))
    elif due > latest:
        why = tr.phrase(
            NP_(
                "may be extended by at most {n} working day, to {d}",
                "may be extended by at most {n} working days, to {d}",
            ),
            n=most,
            d=latest,
        )
        problems.append(_not_extended(why))
    return problems


def due_of(case: Case) -> date | None:
    """The next day by which something is owed in ``case``: to say that it arrived, or to settle it; None if nothing."""
    state = kind_of(case).state(case.state)
    if not state.owed:
        return None
    days = [case.due, None if state.acknowledged else case.acknowledge_by]
    return min((day for day in days if day is not None), default=None)


def _refuse(problems: list[Problem]) -> None:
    """Raise what is no warning: Refused if the state forbids it, BadInput if only what was said is wrong."""
    wrong = [problem for problem in problems if problem.refuses]
    if wrong:
        raise (Refused if any(problem.code in _REFUSED for problem in wrong) else BadInput)(*wrong)


def _not_extended(why: Phrase) -> Problem:
    return Problem("V78", {"why": why}, "due")
