"""What a copy may hold of ballot boxes."""

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from surveys.copies import Held, left_out, outlived, require_closed, unlinked
from surveys.session import SessionState
from tests.db_builders import make_session

OPEN, COUNTING, VERIFIED = SessionState.OPEN, SessionState.COUNTING, SessionState.VERIFIED
A, B = "B01-261123-1", "B02-261123-1"


def test_only_the_boxes_of_open_sessions_are_left_out() -> None:
    """Two copies of an open session would tell who answered in between; a closed one takes no more answers."""
    assert left_out([Held(A, OPEN, 3), Held(B, COUNTING, 3), Held("C", VERIFIED, 3)]) == [A]


def test_a_backup_waits_for_every_open_session() -> None:
    """M71 names all sessions that are open, in both languages; with none it is allowed."""
    require_closed([Held(A, COUNTING, 3), Held(B, VERIFIED, 3)])
    with pytest.raises(Refused) as refused:
        require_closed([Held(A, OPEN, 3), Held(B, OPEN, 0)])
    (problem,) = refused.value.problems
    assert (problem.code, f"{A}, {B}" in problem.message(Lang.EN)) == ("M71", True)
    assert f"{A}、{B}" in problem.message(Lang.ZH)


@pytest.mark.parametrize(
    ("then", "now", "is_outlived"),
    [
        (Held(A, OPEN, 3), Held(A, OPEN, 5), False),
        (Held(A, OPEN, 3), Held(A, COUNTING, 5), True),
        (Held(A, OPEN, 0), Held(A, COUNTING, 5), False),
        (Held(A, OPEN, 3), Held(A, VERIFIED, 5), True),
        (Held(A, COUNTING, 5), Held(A, COUNTING, 5), False),
        (Held(A, COUNTING, 5), Held(A, COUNTING, 6), True),
        (Held(A, COUNTING, 5), Held(A, VERIFIED, 5), True),
        (Held(A, COUNTING, 0), Held(A, VERIFIED, 0), False),
        (Held(A, VERIFIED, 5), Held(A, VERIFIED, 5), False),
        (Held(A, VERIFIED, 5), Held(A, COUNTING, 5), False),
        (Held(B, OPEN, 5), Held(A, VERIFIED, 5), False),
    ],
)
def test_a_copy_goes_when_what_it_holds_has_been_erased(then: Held, now: Held, is_outlived: bool) -> None:
    """Responses as they were before closing or verifying, or before more paper was keyed, don't live on in a copy."""
    assert outlived([Held("C", VERIFIED, 9), then], [now]) is is_outlived


def test_one_session_is_enough() -> None:
    """A copy goes as a whole, whatever else it holds."""
    assert outlived([Held(A, VERIFIED, 5), Held(B, COUNTING, 5)], [Held(A, VERIFIED, 5), Held(B, VERIFIED, 5)])


def test_an_open_session_has_another_key_in_a_copy() -> None:
    """The key of its response ids is not in the copy; another of the same length is, and nothing else differs."""
    session = make_session(response_key="0f" * 32)
    other = unlinked(session)
    assert other.response_key != session.response_key
    assert len(bytes.fromhex(other.response_key)) == 32
    assert other.model_copy(update={"response_key": session.response_key}) == session
    assert unlinked(session) != other
