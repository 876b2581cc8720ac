"""Sessions as lists show them."""

from collections.abc import Sequence

from surveys.ports import Store
from tui.staff.ports import SessionLine


def session_lines(store: Store) -> Sequence[SessionLine]:
    """Sessions with their counts of forms; never a result."""
    lines = []
    for session in store.sessions():
        started, forms = store.started(session.id), store.count_responses(session.id)
        lines.append(SessionLine(session.id, session.branch, session.kind, session.state, started, forms))
    return lines
