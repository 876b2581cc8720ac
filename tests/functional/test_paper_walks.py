"""Any work of staff with the forms of a session: no form gets lost, and none gets where the table forbids."""

import copy
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from campaign.errors import ManyiError
from db import memory_store, open_store
from surveys.paper.forms import CAME_BACK, FORM_TRANSITIONS, FormState, VoidReason
from surveys.ports import Store
from surveys.response import Validity
from surveys.session import SessionState
from tests.paper_town import BLANK, GOOD, PaperTown, paper_town
from tests.sittings import verify_count

pytestmark = pytest.mark.rig

COUNTS = {True: (GOOD, Validity.COMPLETE), False: (BLANK, Validity.VOID)}
AT_THE_END = {
    FormState.PRINTED: FormState.UNUSED,
    FormState.ISSUED: FormState.NOT_RETURNED,
    FormState.KEYED: FormState.VERIFIED,
}
PLACE = st.integers(0, 99)
"""Which form: its place among those printed, going round."""


@dataclass
class Model:
    """What the desk should hold."""

    states: dict[int, FormState] = field(default_factory=dict)
    issued: int = 0
    keyed: dict[int, Validity] = field(default_factory=dict)


class PaperWork(RuleBasedStateMachine):
    """One desk over a store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.town: PaperTown = paper_town(self.store())
        self.stack.callback(self.town.store.close)
        self.model = Model()
        self.before: Model | None = None
        """As it was before the last step, if that can be undone."""
        self.state = SessionState.OPEN

    def store(self) -> Store:
        """An empty store."""
        return memory_store()

    @rule(count=st.integers(1, 3))
    def print_some(self, count: int) -> None:
        """New forms have serials of their own; only while the session is open."""
        if self.state is not SessionState.OPEN:
            assert self.refused(lambda: self.town.printed(count)) == "M12"
            return
        serials = self.town.printed(count)
        assert len(set(serials)) == count
        assert not set(serials) & set(self.model.states)
        self.model.states |= dict.fromkeys(serials, FormState.PRINTED)
        self.before = None
        self.town.paper.begin()

    @rule(count=st.integers(-3, 4))
    def issue_some(self, count: int) -> None:
        """Never more than there are, and back never more than are out and unscanned."""
        total = self.model.issued + count
        used = sum(state in {FormState.ISSUED, *CAME_BACK} for state in self.model.states.values())
        if not self.model.states:
            assert self.refused(lambda: self.town.paper.issue_some(count)) == "M87"
        elif (is_too_low := count < 0 and total < used) or total > self.available():
            code = "M85" if is_too_low else "V53"
            assert self.refused(lambda: self.town.paper.issue_some(count)) == code
        else:
            self.town.paper.issue_some(count)
            self.model.issued, self.before = total, None

    @rule(place=PLACE)
    def issue(self, place: int) -> None:
        """One form, if it is printed and there are enough."""
        code = "V53" if self.model.issued + 1 > self.available() else None
        if self.step(place, FormState.ISSUED, self.town.paper.issue, code):
            self.model.issued += 1

    @rule(place=PLACE)
    def receive(self, place: int) -> None:
        """Back, whether its code was scanned when it was handed out or not."""
        self.step(place, FormState.RETURNED, self.town.paper.receive)

    @rule(place=PLACE)
    def spoil(self, place: int) -> None:
        """Only before it is handed out."""
        self.step(place, FormState.SPOILED, self.town.paper.spoil)

    @rule(place=PLACE, reason=st.sampled_from(VoidReason))
    def void(self, place: int, reason: VoidReason) -> None:
        """Only what came back; its response goes."""
        if serial := self.step(place, FormState.VOID, lambda each: self.town.paper.void(each, reason)):
            self.model.keyed.pop(serial, None)

    @rule(place=PLACE, counts=st.booleans())
    def key(self, place: int, counts: bool) -> None:
        """Only what came back, once, while the session is being counted."""
        answers, validity = COUNTS[counts]
        code = None if self.state is SessionState.COUNTING else "M12"
        act: Callable[[int], object] = lambda each: self.town.paper.key(each, answers, "clerk")  # noqa: E731  # as others
        if serial := self.step(place, FormState.KEYED, act, code):
            self.model.keyed[serial] = validity

    @rule(place=PLACE, counts=st.booleans())
    def settle(self, place: int, counts: bool) -> None:
        """Only what is keyed; the form stays where it is, and counts as it was keyed last."""
        serial = self.serial(place)
        answers, validity = COUNTS[counts]
        if serial in self.model.keyed and self.state is SessionState.COUNTING:
            self.remember()
            self.town.paper.settle(serial, answers, "witness")
            self.model.keyed[serial] = validity
        elif serial:
            assert self.refused(lambda: self.town.paper.settle(serial, answers, "witness")) in {"M12", "M82", "V75"}

    @rule()
    def undo(self) -> None:
        """The last step and no more."""
        undone = self.town.paper.undo()
        assert (undone is not None) == (self.before is not None)
        if self.before is not None:
            self.model, self.before = self.before, None

    @rule()
    def close(self) -> None:
        """The counting begins, once."""
        if self.state is SessionState.OPEN:
            self.town.desk.close(self.town.session)
            self.state = SessionState.COUNTING

    @invariant()
    def every_form_is_where_it_should_be(self) -> None:
        """Each form once, in its state, and with a response if and only if it is keyed."""
        forms = self.town.store.forms(self.town.session)
        assert {form.serial: form.state for form in forms} == self.model.states
        linked = {form.serial: form.response for form in forms if form.response is not None}
        assert linked.keys() == self.model.keyed.keys()
        assert len(set(linked.values())) == len(linked) == self.town.store.count_responses(self.town.session)
        for serial, doc_id in linked.items():
            response = self.town.store.response(self.town.session, doc_id)
            assert response is not None
            assert response.validity is self.model.keyed[serial]

    @invariant()
    def the_account_is_theirs(self) -> None:
        """Every number of the account, counted another way."""
        states, account = [*self.model.states.values()], self.town.paper.account()
        void = [*self.model.keyed.values()].count(Validity.VOID)
        assert (account.printed, account.issued) == (len(states), self.model.issued)
        assert (account.spoiled, account.to_key) == (states.count(FormState.SPOILED), states.count(FormState.RETURNED))
        assert account.returned == sum(state in CAME_BACK for state in states)
        assert (account.valid, account.keyed) == (len(self.model.keyed) - void, len(self.model.keyed))
        assert account.void == void + states.count(FormState.VOID)

    def teardown(self) -> None:
        """At last the session is verified if its account balances, and refused, unchanged, if it does not."""
        with self.stack:
            self.close()
            problems = self.town.paper.account().problems()
            code = self.refused(lambda: verify_count(self.town.desk, self.town.session))
            if problems:
                assert code == problems[0].code
                assert self.town.states() == self.model.states
            else:
                ended = {serial: AT_THE_END.get(state, state) for serial, state in self.model.states.items()}
                assert (code, self.town.states()) == (None, ended)
                assert FormState.RETURNED not in ended.values()

    def step(self, place: int, to: FormState, act: Callable[[int], object], code: str | None = None) -> int | None:
        """Move a form; its serial, or None where it is refused, by the table or with ``code``."""
        serial = self.serial(place)
        if serial is None:
            return None
        if to not in FORM_TRANSITIONS[self.model.states[serial]]:
            assert self.refused(lambda: act(serial)) in {"V74", "V75", "V79", code}
            return None
        if code:
            assert self.refused(lambda: act(serial)) == code
            return None
        self.remember()
        act(serial)
        self.model.states[serial] = to
        return serial

    def remember(self) -> None:
        """Keep the model as it is before a step that can be undone."""
        self.before = copy.deepcopy(self.model)

    def refused(self, action: Callable[[], Any]) -> str | None:
        """The code with which something is refused; None if it is not. The invariants see that it changed nothing."""
        try:
            action()
        except ManyiError as error:
            return error.code
        return None

    def serial(self, place: int) -> int | None:
        """The form at a place of the stack."""
        serials = [*self.model.states]
        return serials[place % len(serials)] if serials else None

    def available(self) -> int:
        """Forms that can be handed out."""
        return sum(state is not FormState.SPOILED for state in self.model.states.values())


class PaperWorkOnDisk(PaperWork):
    """The same over a store on disk."""

    def store(self) -> Store:
        """An empty store."""
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        return open_store(Path(folder) / "data", create=True)


def test_any_work_in_memory() -> None:
    """Any work over a store in memory."""
    run_state_machine_as_test(PaperWork, settings=settings(max_examples=40, stateful_step_count=40, deadline=None))


def test_any_work_on_disk() -> None:
    """Any work over a store on disk."""
    run_state_machine_as_test(PaperWorkOnDisk, settings=settings(max_examples=8, stateful_step_count=25, deadline=None))
