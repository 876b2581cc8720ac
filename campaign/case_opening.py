"""Opening a case: its number, its due days, and what must be said about it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from campaign.calendar import add_workdays
from campaign.case_checks import after_end
from campaign.case_tables import CASE_KINDS, CaseKind
from campaign.cases import MOST_MATTER, MOST_SORT, MOST_SUGGESTION, OPEN, Case, CaseEvent, Feasibility
from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText, Listed
from campaign.log import MOST_ROLE
from campaign.plan import Plan
from campaign.recording import holds_personal_number
from campaign.texts import tr

LATE_DAYS = 2
"""Days after an inspection or a look-back by which a finding is entered without a mark (V44)."""
VISITS = frozenset({"inspection", "look_back"})
"""Where a case comes from that was found on the spot."""
_SLIP_DIGITS = 10
_FIELDS = {"suggestion": N_("suggested correction"), "owner": N_("owner"), "due": N_("deadline")}

LIMITS = {
    "matter": MOST_MATTER,
    "public_matter": MOST_MATTER,
    "suggestion": MOST_SUGGESTION,
    "public_suggestion": MOST_SUGGESTION,
    "owner": MOST_ROLE,
    "role": MOST_ROLE,
    "origin": MOST_SORT,
    "category": MOST_SORT,
}
"""Most characters of a field, whatever the kind of case."""
_MATTERS = frozenset({"matter", "public_matter"})


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is said about a case when it is opened; fields as in :class:`~campaign.cases.Case`."""

    kind: str
    branch: str
    matter: str
    role: str
    """Role of who opens it."""
    received_on: date | None = None
    """The day it was found or came in; None means today."""
    no: str = ""
    """The ten digits of a slip, for kinds whose number is one; others are numbered one after the other."""
    due: date | None = None
    """For kinds whose due day is not a number of working days."""
    suggestion: str = ""
    owner: str = ""
    feasibility: Feasibility = Feasibility.UNKNOWN
    origin: str = ""
    category: str = ""
    public_matter: str = ""
    public_suggestion: str = ""
    opinions: int = 0
    public: bool = False


def open_case(plan: Plan, new: NewCase, taken: Collection[str], today: date) -> Case:
    """The case; ``taken`` are the numbers of all cases there are. BadInput with :func:`check_opening`'s errors."""
    problems = [problem for problem in check_opening(plan, new, taken, today) if problem.refuses]
    if problems:
        raise BadInput(*problems)
    kind = CASE_KINDS[new.kind]
    received, limits = new.received_on or today, plan.campaign.answer_days
    due, acknowledge_by = new.due, None
    if kind.working_days:
        due = add_workdays(received, limits.answer, plan.calendar)
        acknowledge_by = add_workdays(received, limits.acknowledge, plan.calendar)
    return Case(
        no=new.no or next_number(kind, new.branch, taken),
        kind=new.kind,
        branch=new.branch,
        received_on=received,
        matter=new.matter.strip(),
        public_matter=new.public_matter.strip(),
        origin=new.origin,
        category=new.category,
        suggestion=new.suggestion.strip(),
        public_suggestion=new.public_suggestion.strip(),
        owner=new.owner.strip(),
        feasibility=new.feasibility,
        opinions=new.opinions,
        public=new.public,
        acknowledge_by=acknowledge_by,
        events=(CaseEvent(on=today, move=OPEN, state=kind.states[0].id, role=new.role.strip(), due=due),),
    )


def check_opening(plan: Plan, new: NewCase, taken: Collection[str], today: date) -> list[Problem]:
    """Everything that is wrong with a new case, or odd about it; the place is the field of it.

    M08 unknown kind or branch; M52 its number is taken, M07 it is no slip's; V30 its day; M06 nothing said; V40 what
    its kind wants; V41, V45 its due day; V44 entered late; V64 too long; V14 a number that belongs to a person.
    """
    received = new.received_on or today
    kind = CASE_KINDS.get(new.kind)
    if kind is None:
        known = Listed(tuple(CASE_KINDS))
        return [Problem("M08", {"kind": tr.phrase(N_("kind of case")), "x": new.kind, "known": known}, "kind")]
    return [
        *_branch(plan, new),
        *_number(kind, new, taken),
        *_day(plan, new, received, today),
        *_required(kind, new),
        *_due(plan, kind, new, received),
        *_texts(kind, new),
    ]


def next_number(kind: CaseKind, branch: str, taken: Collection[str]) -> str:
    """``R-B03-007``: one more than the highest number of the branch."""
    begin = f"{kind.prefix}-{branch}-"
    used = [int(no[len(begin) :]) for no in taken if no.startswith(begin) and no[len(begin) :].isdecimal()]
    return f"{begin}{max(used, default=0) + 1:03}"


def _branch(plan: Plan, new: NewCase) -> Iterator[Problem]:
    codes = tuple(branch.code for branch in plan.active_branches)
    if new.branch not in codes:
        yield Problem("M08", {"kind": plan.campaign.words.branch, "x": new.branch, "known": Listed(codes)}, "branch")


def _number(kind: CaseKind, new: NewCase, taken: Collection[str]) -> Iterator[Problem]:
    digits = new.no.isascii() and new.no.isdecimal() and len(new.no) == _SLIP_DIGITS
    if not kind.prefix and not digits:
        yield Problem("M07", {"value": new.no, "why": tr.phrase(N_("write the ten digits of the slip"))}, "no")
    if kind.prefix and new.no:
        yield Problem("M07", {"value": new.no, "why": tr.phrase(N_("such cases are numbered by themselves"))}, "no")
    if new.no in taken:
        yield Problem("M52", {"no": new.no}, "no")


def _day(plan: Plan, new: NewCase, received: date, today: date) -> Iterator[Problem]:
    if not plan.campaign.start_date <= received <= today:
        yield Problem("V30", {"d": received, "a": plan.campaign.start_date, "b": today}, "received_on")
    late = (today - received).days
    if new.origin in VISITS and late > LATE_DAYS:
        yield Problem("V44", {"n": late}, "received_on")


def _required(kind: CaseKind, new: NewCase) -> Iterator[Problem]:
    for field, name in (("matter", N_("what it is about")), ("role", N_("role"))):
        if not getattr(new, field).strip():
            yield Problem("M06", {"field": tr.phrase(name)}, field)
    missing = [name for name in kind.required if not str(getattr(new, name) or "").strip()]
    if missing:
        names: list[str | HasText] = [tr.phrase(_FIELDS[name]) for name in missing]
        yield Problem("V40", {"list": Listed(tuple(names))}, missing[0])


def _due(plan: Plan, kind: CaseKind, new: NewCase, received: date) -> Iterator[Problem]:
    if kind.working_days:
        yield from after_end(plan, add_workdays(received, plan.campaign.answer_days.answer, plan.calendar))
    elif new.due is not None:
        if new.due < received:
            yield Problem("V41", {"d": new.due, "f": received}, "due")
        yield from after_end(plan, new.due)


def limit_of(kind: CaseKind, field: str) -> int:
    """Most characters of a field of this kind of case."""
    return kind.most_matter if field in _MATTERS else LIMITS[field]


def _texts(kind: CaseKind, new: NewCase) -> Iterator[Problem]:
    for field in LIMITS:
        text, most = getattr(new, field).strip(), limit_of(kind, field)
        if len(text) > most:
            yield Problem("V64", {"m": len(text), "n": most}, field)
        if holds_personal_number(text):
            yield Problem("V14", {}, field)
