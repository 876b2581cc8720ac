"""What copies of a store may hold: two copies of one ballot box, made at two moments, tell who came between them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.errors import Problem, Refused
from campaign.language import Listed
from surveys.session import SessionState, SurveySession

KEPT = 7
"""So many of the copies that are made by themselves are kept."""

_ORDER = list(SessionState)


@dataclass(frozen=True, slots=True)
class Held:
    """What a store, or a copy of one, holds of a session."""

    session: str
    state: SessionState
    forms: int
    """Responses, opinions taken from them, and scanned forms that wait, whose answers were read in part."""


def left_out(held: Iterable[Held]) -> Sequence[str]:
    """The sessions of whose responses no copy is made unless somebody asks for it: the open ones."""
    return [each.session for each in held if each.state is SessionState.OPEN]


def unlinked(session: SurveySession) -> SurveySession:
    """The session as it stands in such a copy: open, and with a key of its own, that fits no response of the store."""
    return session.model_copy(update={"response_key": secrets.token_hex(len(session.response_key) // 2)})


def require_closed(held: Iterable[Held]) -> None:
    """Refused M71 while a session is open."""
    if still_open := left_out(held):
        raise Refused(Problem("M71", {"list": Listed(tuple(still_open))}))


def outlived(copy: Iterable[Held], now: Iterable[Held]) -> bool:
    """Whether a copy holds what has been erased from the store since, and so must not be kept any longer.

    That is responses of a session as they were before it was closed (with their texts) or verified (with the key of
    their ids); or, of a session that is being counted, another number of them: paper forms were keyed in between.
    """
    today = {each.session: each for each in now}
    return any(each.forms and _erased(each, today[each.session]) for each in copy if each.session in today)


def _erased(then: Held, now: Held) -> bool:
    if then.state is now.state:
        return now.state is SessionState.COUNTING and then.forms != now.forms
    return _ORDER.index(then.state) < _ORDER.index(now.state)
