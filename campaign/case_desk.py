"""Cases at the store: read, checked, kept and entered in the audit in one commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign.case_checks import text_problems
from campaign.case_moves import check_action, check_extension, check_move, extend, move
from campaign.case_opening import LIMITS, NewCase, check_opening, limit_of, open_case
from campaign.case_states import Action, case_on, kind_of
from campaign.case_tables import REASON
from campaign.cases import EXTEND, Case, Feasibility
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, Listed
from campaign.log import AuditEntry
from campaign.plan import Plan
from campaign.ports import CaseStore
from campaign.recording import holds_personal_number
from campaign.state_rules import Deed, check_allowed
from campaign.texts import tr


@dataclass(frozen=True, slots=True)
class Handled:
    """A case that was kept."""

    case: Case
    warnings: Sequence[Problem]
    """What is worth another look, though it was kept."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is known better about a case now; None leaves it as it is."""

    owner: str | None = None
    feasibility: Feasibility | None = None
    category: str | None = None
    suggestion: str | None = None
    public_matter: str | None = None
    public_suggestion: str | None = None
    public: bool | None = None
    opinions: int | None = None


def open_and_keep(store: CaseStore, plan: Plan, new: NewCase, today: date) -> Handled:
    """Open a case; BadInput with the errors of :func:`~campaign.case_opening.check_opening`, StoreError."""
    check_allowed(plan, Deed.OPEN_CASE)
    with store.transaction():
        taken = [case.no for case in store.cases()]
        warnings = [problem for problem in check_opening(plan, new, taken, today) if not problem.refuses]
        case = open_case(plan, new, taken, today)
        store.save_case(case, [_audit(case, new.role, today, "state", "", case.state, "")])
    return Handled(case, warnings)


def move_and_keep(store: CaseStore, plan: Plan, seen: Case, action: Action, today: date) -> Handled:
    """Move ``seen``, as it was read from the store. Refused M53 if it is not so any more.

    BadInput and Refused as :func:`~campaign.case_moves.move`; M134 if it is to be merged into a case of another branch,
    M08 if into one that is not open, or not of its kind.
    """
    row = next((each for each in kind_of(seen).moves_called(action.move)), None)
    reason = action.text.strip() if row is not None and row.text == REASON else ""

    check_allowed(plan, Deed.MOVE_CASE)

    def moved() -> Handled:
        warnings = [problem for problem in check_move(plan, seen, action, today) if not problem.refuses]
        case = move(plan, seen, action, today)
        if case.events[-1].into:
            _check_master(store, case, today)
        return Handled(case, warnings)

    return _kept(store, seen, moved, action, today, reason)


def extend_and_keep(store: CaseStore, plan: Plan, seen: Case, due: date, action: Action, today: date) -> Handled:
    """Move the due day of ``seen``. Refused and BadInput as :func:`~campaign.case_moves.extend`, and M53."""
    check_allowed(plan, Deed.MOVE_CASE)

    def extended() -> Handled:
        found = check_extension(plan, seen, due, action, today)
        case = extend(plan, seen, due, action, today)
        return Handled(case, [problem for problem in found if not problem.refuses])

    return _kept(store, seen, extended, replace(action, move=EXTEND), today, action.text.strip())


def act_and_keep(store: CaseStore, plan: Plan, seen: Case, action: Action, today: date) -> Handled:
    """Do what ``action`` says, whether it is a move of the table or ``extend``; raises as those two do.

    BadInput M06 for an extension that names no day.
    """
    if action.move != EXTEND:
        return move_and_keep(store, plan, seen, action, today)
    if action.due is None:
        missing = [each for each in check_action(plan, seen, action, today) if each.code == "M06"]
        if any(each.place == "due" for each in missing):
            raise BadInput(*missing)
    due = action.due or action.on or today
    return extend_and_keep(store, plan, seen, due, replace(action, due=None), today)


def check_amendment(seen: Case, changes: Amendment, role: str, reason: str) -> list[Problem]:
    """Everything that is wrong with a correction of what is said about ``seen``; the place is the field of it.

    M06 nobody did it; M51 no reason; V40 no owner where its kind wants one; V64 too long; M102 nothing would change;
    V14 a number that belongs to a person.
    """
    new = _new(seen, changes)
    problems = [*text_problems(reason, REASON)]
    if not role.strip():
        problems.append(Problem("M06", {"field": tr.phrase(N_("role"))}, "role"))
    if not new:
        problems.append(Problem("M102", {"no": seen.no}))
    if not (new.get("owner", seen.owner) or "owner" not in kind_of(seen).required):
        problems.append(Problem("V40", {"list": tr.phrase(N_("owner"))}, "owner"))
    for name, value in {**new, "role": role.strip()}.items():
        if isinstance(value, str) and name in LIMITS and len(value) > (most := limit_of(kind_of(seen), name)):
            problems.append(Problem("V64", {"m": len(value), "n": most}, name))
        if isinstance(value, str) and holds_personal_number(value):
            problems.append(Problem("V14", {}, name))
    return problems


def amend_and_keep(store: CaseStore, seen: Case, changes: Amendment, role: str, reason: str, today: date) -> Handled:
    """Correct what is said about ``seen``; what was there before stays in the audit.

    Refused M53 if it is not so any more; BadInput with the errors of :func:`check_amendment`.
    """
    found = check_amendment(seen, changes, role, reason)
    if problems := [problem for problem in found if problem.refuses]:
        raise BadInput(*problems)
    new = _new(seen, changes)
    case = Case.model_validate({**seen.model_dump(), **new})
    audits = [
        _audit(case, role, today, name, str(getattr(seen, name)), str(value), reason.strip())
        for name, value in new.items()
    ]
    with store.transaction():
        _check_unchanged(store, seen)
        store.save_case(case, audits)
    return Handled(case, found)


def _new(seen: Case, changes: Amendment) -> dict[str, object]:
    """What would differ, by field."""
    wanted = {name: getattr(changes, name) for name in Amendment.__dataclass_fields__}
    trimmed = {name: value.strip() if type(value) is str else value for name, value in wanted.items()}
    return {name: value for name, value in trimmed.items() if value is not None and value != getattr(seen, name)}


def _kept(
    store: CaseStore, seen: Case, change: Callable[[], Handled], action: Action, today: date, reason: str
) -> Handled:
    with store.transaction():
        _check_unchanged(store, seen)
        handled = change()
        before, after = case_on(seen, action.on or today) or seen, handled.case
        audits = []
        if before.state != after.state:
            audits.append(_audit(after, action.role, today, "state", before.state, after.state, reason))
        if before.due != after.due:
            audits.append(_audit(after, action.role, today, "due", str(before.due), str(after.due), reason))
        if before.owner != after.owner:
            audits.append(_audit(after, action.role, today, "owner", before.owner, after.owner, reason))
        store.save_case(after, audits)
    return handled


def _check_unchanged(store: CaseStore, seen: Case) -> None:
    if store.case(seen.no) != seen:
        raise Refused(Problem("M53", {"what": seen.no}))


def _check_master(store: CaseStore, case: Case, today: date) -> None:
    """One matter of one branch: M134 for a case of another branch, M08 for what is not an open case of its kind."""
    into = case.events[-1].into
    others = [known for other in store.cases() if (known := case_on(other, today)) and known.kind == case.kind]
    open_ones = [each for each in others if each.no != case.no and not kind_of(each).state(each.state).closed]
    own = tuple(each.no for each in open_ones if each.branch == case.branch)
    if found := next((each for each in open_ones if each.no == into and each.branch != case.branch), None):
        values = {"no": case.no, "code": case.branch, "x": into, "other": found.branch}
        raise BadInput(Problem("M134", dict[str, object](values), "into"))
    if into not in own:
        raise BadInput(Problem("M08", {"kind": tr.phrase(N_("open case")), "x": into, "known": Listed(own)}, "into"))


def _audit(case: Case, role: str, on: date, field: str, old: str, new: str, reason: str) -> AuditEntry:
    return AuditEntry(on=on, role=role.strip(), entity=f"case {case.no}", field=field, old=old, new=new, reason=reason)
