"""Sessions as lists show them."""

from collections.abc import Sequence
from dataclasses import replace

from surveys.numbers import hidden_numbers
from surveys.ports import Store
from surveys.session import SurveySession
from tui.staff.ports import SessionLine


def session_lines(store: Store, least: int) -> Sequence[SessionLine]:
    """Sessions with their counts of forms, hidden where fewer than ``least`` are valid; never a result."""
    return [session_line(store, session, least) for session in store.sessions()]


def session_line(store: Store, session: SurveySession, least: int) -> SessionLine:
    """One session."""
    forms = store.count_responses(session.id)
    hidden = hidden_numbers(session, forms, least)
    shown = SessionLine(session.id, session.branch, session.kind, session.state, None, None, hidden, on=session.on)
    if hidden:
        return shown
    return replace(
        shown, started=store.started(session.id), submitted=forms, invited=session.invited, present=session.present
    )
