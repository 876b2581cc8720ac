"""From what a person wants an answer to, to the case that is owed: under the number of the slip, and nothing else."""

from collections.abc import Sequence
from datetime import date

from campaign.case_desk import Handled, open_and_keep
from campaign.case_opening import NewCase
from campaign.case_tables import CASE_KINDS
from campaign.cases import Case
from campaign.errors import BadInput, Problem
from campaign.language import N_, HasText
from campaign.plan import Plan
from surveys.entry import SHOWN
from surveys.follow_up import FollowUp
from surveys.paper.codes import is_slip_number
from surveys.ports import Store
from surveys.session import SessionState
from surveys.submission import session_in
from surveys.texts import tr
from surveys.words import SLIP

ORIGIN = "slip"
_KEPT: HasText = tr.phrase(N_("{slip} with a kept request"), slip=SLIP)


def case_of_slip(store: Store, plan: Plan, number: str, role: str, today: date) -> Case:
    """The case under the ten digits of a slip, opened now if it is not there yet.

    BadInput M54 if nothing was kept under the number; Refused M12 while the session is open, whose texts nobody may
    read; BadInput of :func:`~campaign.case_opening.check_opening`; StoreError.
    """
    with store.transaction():
        if known := store.case(number):
            return known
        requests = store.follow_ups(number)
        if not requests:
            raise BadInput(Problem("M54", {"no": number}, "no"))
        _check_counted(store, requests[0].session)
        return open_and_keep(store, plan, _new(requests, role), today).case


def open_new(store: Store, plan: Plan, new: NewCase, today: date) -> Handled:
    """Open a case of any kind; one under a slip only if the slip is ours, and what stands on it is not kept already.

    BadInput of :func:`~campaign.case_opening.check_opening`; M94 for a slip that we did not print; M50 for a text
    beside the kept one of :func:`case_of_slip`; StoreError.
    """
    with store.transaction():
        if not CASE_KINDS[new.kind].prefix and new.no:
            if store.follow_ups(new.no):
                values = {"kind": _KEPT, "field": tr.phrase(N_("text")), "x": new.matter[:SHOWN]}
                raise BadInput(Problem("M50", values, "matter"))
            if store.case(new.no) is None and not (is_slip_number(new.no) and store.has_slip(new.no)):
                raise BadInput(Problem("M94", {"no": new.no}, "slip"))
        return open_and_keep(store, plan, new, today)


def open_requests(store: Store, plan: Plan, session_id: str, role: str, today: date) -> Sequence[Case]:
    """Open a case for every request of a session that has none, all in one commit; the new ones, by number.

    To be called once a session is closed, so that the time for an answer does not run unseen. Refused M11, M12.
    """
    with store.transaction():
        _check_counted(store, session_id)
        by_number: dict[str, list[FollowUp]] = {}
        for request in store.session_follow_ups(session_id):
            by_number.setdefault(request.number, []).append(request)
        new = [number for number in sorted(by_number) if store.case(number) is None]
        return [open_and_keep(store, plan, _new(by_number[number], role), today).case for number in new]


def _check_counted(store: Store, session_id: str) -> None:
    """M12 while the session is open."""
    if session_in(store, session_id).state is SessionState.OPEN:
        session_in(store, session_id, SessionState.COUNTING)


def _new(requests: Sequence[FollowUp], role: str) -> NewCase:
    """One case for all texts of one person, in the order of the questions' names."""
    texts = sorted(requests, key=lambda request: request.question)
    return NewCase(
        kind="answer",
        branch=texts[0].branch,
        matter="\n".join(request.text for request in texts),
        role=role,
        received_on=texts[0].received_on,
        no=texts[0].number,
        origin=ORIGIN,
    )
