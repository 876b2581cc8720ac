"""Working days: Monday to Friday, less holidays, plus the days that are worked instead."""

from datetime import date, timedelta

from campaign.plan import Calendar

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_workday(day: date, calendar: Calendar) -> bool:
    """Whether ``day`` is worked. An extra working day is one even where it is listed as a holiday too."""
    return day in calendar.extra_workdays or (day.weekday() < _SATURDAY and day not in calendar.holidays)


def add_workdays(day: date, n: int, calendar: Calendar) -> date:
    """The ``n``-th working day after ``day``; ``day`` itself is not counted.

    So what arrives on a Saturday has the deadline of what arrived on the Friday before. 0 gives ``day``; ValueError
    if ``n`` is negative.
    """
    if n < 0:
        raise ValueError(n)
    while n:
        day += _DAY
        n -= is_workday(day, calendar)
    return day


def workdays_between(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie in (``after``, ``until``]: the days left until a due day, 0 on it and past it."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_workday(day, calendar) for day in days)


def workday_window(due: date, n: int, calendar: Calendar) -> int:
    """From how many calendar days before ``due`` on at most ``n`` working days are left until it.

    For a due Monday and 3 it is 5: on the Wednesday before, Thursday, Friday and Monday are left.
    """
    days, workdays = 0, 0
    while True:
        workdays += is_workday(due - timedelta(days=days), calendar)
        if workdays > n:
            return days
        days += 1
