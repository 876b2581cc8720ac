"""The arithmetic of the ballot account."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.paper.account import BallotAccount, ballot_account
from surveys.paper.forms import CAME_BACK, FormState, PaperForm, PaperStock
from surveys.response import Validity

STATES = st.lists(st.sampled_from(FormState), max_size=30)
COUNTING = [each for each in FormState if each is not FormState.VERIFIED]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the clerks did: forms by their states, how many were handed out, and what was keyed."""

    states: Sequence[FormState]
    issued: int
    keyed: list[Validity]
    started: int
    submitted: int

    def account(self) -> BallotAccount:
        """The account of it."""
        forms = [PaperForm(serial=serial, layout=1, state=state) for serial, state in enumerate(self.states, 1)]
        stock = PaperStock(number=1, branch=1, layouts=(), issued=self.issued)
        return ballot_account(forms, stock, self.keyed, started=self.started, submitted=self.submitted)


@st.composite
def counted(draw: st.DrawFn) -> Counted:
    """Any state of forms with any numbers beside it, sensible or not; mostly one response for each keyed form."""
    states = draw(STATES)
    keyed = sum(state in (FormState.KEYED, FormState.VERIFIED) for state in states)
    size = st.just(keyed) | st.integers(0, 30)
    responses = draw(size.flatmap(lambda n: st.lists(st.sampled_from(Validity), min_size=n, max_size=n)))
    return Counted(states, draw(st.integers(0, 35)), responses, draw(st.integers(0, 9)), draw(st.integers(0, 9)))


@st.composite
def reachable(draw: st.DrawFn) -> Counted:
    """A state that careful clerks can get to: no more handed out than there are, no more back than handed out."""
    states = draw(st.lists(st.sampled_from(COUNTING), max_size=30))
    back = sum(state in CAME_BACK for state in states)
    one_by_one = sum(state is FormState.ISSUED for state in states)
    most = len(states) - sum(state is FormState.SPOILED for state in states)
    keyed = sum(state is FormState.KEYED for state in states)
    validities = draw(st.lists(st.sampled_from(Validity), min_size=keyed, max_size=keyed))
    started = draw(st.integers(0, 9))
    issued = draw(st.integers(min(back + one_by_one, most), most))
    return Counted(states, issued, validities, started, draw(st.integers(0, started)))


@given(reachable())
def test_every_form_and_everybody_is_in_the_account(state: Counted) -> None:
    """The four equations hold at any moment of a count, with what waits to be keyed; nothing is less than none."""
    account = state.account()
    assert account.printed == account.issued + account.unused + account.spoiled
    assert account.issued == account.returned + account.not_returned
    assert account.returned == account.valid + account.void + account.to_key
    assert account.started == account.submitted + account.abandoned
    numbers = {**account.model_dump(), "unused": account.unused, "not": account.not_returned, "off": account.abandoned}
    assert {name: number for name, number in numbers.items() if number < 0} == {}
    assert account.printed == len(state.states)
    assert account.keyed == len(state.keyed)
    assert [problem.code for problem in account.problems()] == ["V57"] * bool(account.to_key)


@given(counted())
def test_an_account_balances_exactly_when_its_equations_hold(state: Counted) -> None:
    """Whatever was done, there is a problem if and only if a number is negative or the parts do not make the whole."""
    account = state.account()
    holds = (
        min(account.unused, account.not_returned, account.abandoned) >= 0
        and account.to_key == 0
        and account.valid + account.void == account.returned
    )
    assert (account.problems() == []) == holds


@given(counted())
def test_problems_say_which_equation_fails(state: Counted) -> None:
    """Each code belongs to one equation; forms that wait to be keyed hide whether the rest adds up."""
    account = state.account()
    failing = {
        "V53": account.unused < 0,
        "V55": account.not_returned < 0,
        "V57": account.to_key > 0,
        "V56": account.to_key == 0 and account.valid + account.void != account.returned,
        "M84": account.abandoned < 0,
    }
    assert [problem.code for problem in account.problems()] == [code for code, fails in failing.items() if fails]


K, R, V, P, S = FormState.KEYED, FormState.RETURNED, FormState.VOID, FormState.PRINTED, FormState.SPOILED


@pytest.mark.parametrize(
    ("states", "issued", "keyed", "code", "values"),
    [
        ([P] * 29 + [S], 30, 0, "V53", {"i": 30, "p": 29}),
        ([K] * 31, 30, 31, "V55", {"r": 31, "i": 30}),
        ([K] * 3 + [V] * 2 + [P], 5, 4, "V56", {"v": 4, "x": 2, "s": 6, "r": 5}),
        ([K] * 3, 3, 2, "V56", {"v": 2, "x": 0, "s": 2, "r": 3}),
        ([K] + [R] * 4, 5, 1, "V57", {"n": 4}),
    ],
)
def test_a_failing_account_names_its_numbers(
    states: list[FormState], issued: int, keyed: int, code: str, values: dict[str, object]
) -> None:
    """31 back of 30 is V55, more handed out than there are V53, forms that wait V57, a response too many V56."""
    (problem,) = Counted(states, issued, [Validity.COMPLETE] * keyed, 0, 0).account().problems()
    assert (problem.code, problem.values) == (code, values)


def test_a_keyed_form_with_too_few_answers_is_void() -> None:
    """It was keyed and came back, but it does not count."""
    account = Counted([K, K, V], 3, [Validity.VOID, Validity.PARTIAL], 0, 0).account()
    assert (account.keyed, account.valid, account.void, account.problems()) == (2, 1, 2, [])


def test_without_paper_there_is_only_the_kiosk() -> None:
    """A session without forms balances as long as no more people handed in than began."""
    account = ballot_account([], None, [], started=5, submitted=3)
    assert (account.abandoned, account.printed, account.problems()) == (2, 0, [])
    (problem,) = ballot_account([], None, [], started=2, submitted=3).problems()
    assert (problem.code, problem.values) == ("M84", {"s": 2, "n": 3})
