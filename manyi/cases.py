"""Cases as the command line asks for them: by a number that was typed or scanned."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from campaign.case_desk import Amendment, Handled, act_and_keep, amend_and_keep
from campaign.case_opening import NewCase
from campaign.case_report import latest_extension
from campaign.case_standing import CaseStanding, case_standing, case_standings
from campaign.case_states import Action, case_on, kind_of, possible_moves
from campaign.case_tables import Move, Wants
from campaign.cases import EXTEND, Case, Outcome
from campaign.errors import BadInput, ManyiError, Problem, Refused
from campaign.language import N_, HasText, Listed
from manyi.paper_key import key_of
from manyi.texts import tr
from manyi.wiring import House
from surveys import slip_cases
from surveys.case_numbers import case_number
from surveys.cleared_cases import cleared_standing, clearing_problems
from surveys.entry import clean_text

LIST_COMMAND = "manyi case list"
_SHOWN = 40
_TAKEN = (
    ("outcome", Wants.OUTCOME, N_("outcome")),
    ("until", Wants.OUTCOME, N_("by when")),
    ("due", Wants.DUE, N_("deadline")),
    ("into", Wants.INTO, N_("other case")),
)
"""Fields that only some moves take."""


def standings_of(house: House, branch: str | None = None) -> tuple[CaseStanding, ...]:
    """How all cases stand today, or those of one branch, without what is personal."""
    sure = house.clock_behind() is None
    found = case_standings(house.plan, house.store.cases(branch), house.today(), judge_overdue=sure)
    return tuple(map(cleared_standing, found))


def standing_of(house: House, case: Case) -> CaseStanding:
    """How a case stands today, without what is personal; BadInput M99 if it was opened later than that day."""
    found = case_standing(house.plan, case, house.today(), judge_overdue=house.clock_behind() is None)
    if found is None:
        raise _unknown(case.no)
    return cleared_standing(found)


def number_of(house: House, typed: str) -> str:
    """The number that was typed or scanned; BadInput V70, Refused V72."""
    return case_number(clean_text(typed), lambda: key_of(house.settings.data, house.store))


def find_case(house: House, typed: str) -> Case:
    """The case with the number that was typed. BadInput M99 if there is none; V70, V72.

    For a slip whose request is kept, and that nobody has opened yet, the message says how.
    """
    number = number_of(house, typed)
    if known := house.store.case(number):
        return known
    if house.store.follow_ups(number):
        raise BadInput(Problem("M99", {"kind": _CASE, "x": number, "command": f"manyi case open --slip {number}"}))
    raise _unknown(number)


def open_new(house: House, new: NewCase) -> Handled:
    """Open a case; V66 among the warnings.

    BadInput of :func:`~campaign.case_opening.check_opening`; M94 for a slip that we did not print.
    """
    handled = slip_cases.open_new(house.store, house.plan, new, house.today())
    return replace(handled, warnings=[*handled.warnings, *clearing_problems(handled.case.no, asdict(new))])


def open_slip(house: House, number: str, role: str) -> Case:
    """The case of a kept request, opened if it is not yet; BadInput and Refused of :func:`case_of_slip`, M06."""
    return slip_cases.case_of_slip(house.store, house.plan, number, role, house.today())


def move_case(house: House, seen: Case, action: Action) -> Handled:
    """Move a case, ``extend`` included. What is refused by its state says which moves are possible (V79, then M79).

    BadInput M50 for what the move does not take; the rest as :func:`~campaign.case_desk.move_and_keep`.
    """
    plan, today = house.plan, house.today()
    rows = kind_of(seen).moves_called(action.move)
    if problems := _not_taken(action, rows):
        raise BadInput(*problems)
    try:
        return act_and_keep(house.store, plan, seen, action, today)
    except ManyiError as error:
        if error.code != "V79":
            raise
        possible = Problem("M79", {"no": seen.no, "list": Listed(tuple(move_names(house, seen)))})
        raise Refused(*error.problems, possible) from None


def amend_case(house: House, seen: Case, changes: Amendment, role: str, reason: str) -> Handled:
    """Correct what is said about a case, as :func:`~campaign.case_desk.amend_and_keep`; V66 among the warnings."""
    handled = amend_and_keep(house.store, seen, changes, role, reason, house.today())
    return replace(handled, warnings=[*handled.warnings, *clearing_problems(seen.no, asdict(changes))])


def move_names(house: House, case: Case) -> Sequence[str]:
    """What can be written as the move of ``case`` today."""
    today = house.today()
    known = case_on(case, today)
    if known is None:
        return []
    rows = [row.id for row in possible_moves(house.plan, known, today) if not row.automatic]
    return [*dict.fromkeys(rows), *([EXTEND] if latest_extension(house.plan, known, today) else [])]


def _not_taken(action: Action, rows: Sequence[Move]) -> list[Problem]:
    """M50 for what was said though no row of the move takes it."""
    if not rows and action.move != EXTEND:
        return []
    wants = {want for row in rows for want in row.wants} | ({Wants.DUE} if action.move == EXTEND else set())
    name = tr.phrase(N_("move {name}"), name=action.move)
    return [
        Problem("M50", {"kind": name, "field": tr.phrase(label), "x": getattr(action, field)}, field)
        for field, want, label in _TAKEN
        if getattr(action, field) not in (None, "", Outcome.NONE) and want not in wants
    ]


def _unknown(number: str) -> BadInput:
    return BadInput(Problem("M99", {"kind": _CASE, "x": number[:_SHOWN], "command": LIST_COMMAND}))


_CASE: HasText = tr.phrase(N_("case"))
