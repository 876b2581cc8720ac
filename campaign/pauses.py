"""Days on which a phase does not run."""

from collections.abc import Iterable
from datetime import date, timedelta

from campaign.plan import Pause

_DAY = timedelta(days=1)


def paused_days(pauses: Iterable[Pause], until: date) -> int:
    """How many days the pauses have up to ``until``, that day included; days of two pauses count once."""
    days, counted_to = 0, date.min
    for pause in sorted(pauses, key=lambda pause: pause.start):
        first = max(pause.start, counted_to)
        after = min(pause.end or until, until) + _DAY
        days += max(0, (after - first).days)
        counted_to = max(counted_to, after)
    return days
