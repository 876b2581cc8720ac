"""The desk for people with a slip: it shows the state of a case and the answer, and takes the rating."""

from collections.abc import Callable
from datetime import date

from campaign.case_desk import move_and_keep
from campaign.case_tables import ANSWER_CASE
from campaign.cases import Case
from campaign.errors import BadInput, Problem, Refused
from surveys.case_numbers import case_number
from surveys.paper.check_digits import folded, with_check
from surveys.paper.codes import LENGTH, SLIP_DIGITS
from surveys.ports import Store
from surveys.slip_answer import Rating, SlipAnswer, SlipStage, rating_action, slip_answer
from surveys.try_lock import TryLock
from surveys.words import SLIP

TYPED_DIGITS = len(with_check("1" * SLIP_DIGITS))
"""Digits of a slip's number as it is typed, its check digits included."""


class SlipDesk:
    """One kiosk's desk for slips of the whole campaign.

    After every five numbers that were none, counted over all kiosks of the session, nothing is looked at for 60 s.
    ``key`` gives the key that signs slips, ``day`` the day, ``role`` what the audit says of who rates.
    """

    def __init__(
        self,
        store: Store,
        session_id: str,
        clock: Callable[[], float],
        key: Callable[[], bytes],
        day: Callable[[], date],
        role: str,
    ) -> None:
        self._store, self._key, self._day, self._role = store, key, day, role
        self._tries = TryLock(store, f"{session_id} slips", clock)

    def look(self, typed: str) -> SlipAnswer:
        """What stands under a number that was typed with its check digits, or scanned.

        BadInput V70 for a number that was mistyped, M145 for one that leads to nothing; Refused V72 for another code,
        M146 as long as there is a wait; StoreError. Only a number that leads to nothing is counted, on the disk, before
        that is told; looking changes nothing.
        """
        number = self._number(typed)
        with self._tries.alone:
            if wait := self._tries.wait():
                raise _wait(wait)
            if (shown := self._found(number)) is not None:
                return shown
            if not self._tries.counted():
                raise _wait(self._tries.wait())
        raise BadInput(Problem("M145", {}, "no"))

    def wait(self) -> float:
        """Seconds until a number is looked at; 0 if there is nothing to wait for."""
        return self._tries.wait()

    def rate(self, typed: str, seen: SlipAnswer, rating: Rating) -> SlipAnswer:
        """Keep the rating of the answer as it was ``seen``; what stands there then, on disk when it returns.

        Refused M53 if something happened meanwhile, V79 if its time has passed; StoreError.
        """
        number, plan = self._number(typed), self._store.plan()
        case = self._case(number)
        if case is None or slip_answer(plan, case, self._day(), self._store.case).seen != seen.seen:
            raise Refused(Problem("M53", {"what": SLIP}))
        kept = move_and_keep(self._store, plan, case, rating_action(rating, self._role), self._day()).case
        return slip_answer(plan, kept, self._day(), self._store.case)

    def _number(self, typed: str) -> str:
        """The ten digits; at a kiosk nobody types them without their check digits."""
        digits = folded(typed)
        if len(digits) not in {TYPED_DIGITS, LENGTH}:
            raise BadInput(Problem("V70", {"x": digits[:LENGTH], "n": TYPED_DIGITS}, "no"))
        return case_number(digits, self._key)

    def _found(self, number: str) -> SlipAnswer | None:
        if (case := self._case(number)) is not None:
            return slip_answer(self._store.plan(), case, self._day(), self._store.case)
        if self._store.follow_ups(number) or self._store.has_slip(number):
            return SlipAnswer(SlipStage.NOT_OPENED)
        return None

    def _case(self, number: str) -> Case | None:
        case = self._store.case(number)
        return case if case is not None and case.kind == ANSWER_CASE.id else None


def _wait(seconds: float) -> Refused:
    return Refused(Problem("M146", {"n": int(-(-seconds // 1))}, "no"))
