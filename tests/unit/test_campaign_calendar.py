from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.calendar import add_workdays, is_workday, workday_window, workdays_between
from campaign.plan import Calendar

PLAIN = Calendar()
AUTUMN = Calendar(
    holidays=frozenset(
        [date(2026, 9, 25), date(2026, 9, 26), date(2026, 9, 27), *(date(2026, 10, day) for day in range(1, 8))]
    ),
    extra_workdays=frozenset([date(2026, 9, 20), date(2026, 10, 10)]),
)
DAYS = st.dates(date(2026, 8, 1), date(2026, 12, 31))
CALENDARS = st.builds(Calendar, holidays=st.frozensets(DAYS), extra_workdays=st.frozensets(DAYS))


@pytest.mark.parametrize(
    ("day", "n", "calendar", "due"),
    [
        (date(2026, 11, 23), 15, PLAIN, date(2026, 12, 14)),
        (date(2026, 11, 20), 15, PLAIN, date(2026, 12, 11)),
        (date(2026, 11, 21), 15, PLAIN, date(2026, 12, 11)),
        (date(2026, 11, 22), 5, PLAIN, date(2026, 11, 27)),
        (date(2026, 12, 11), 15, PLAIN, date(2027, 1, 1)),
        (date(2026, 9, 24), 5, AUTUMN, date(2026, 10, 9)),
        (date(2026, 9, 30), 5, AUTUMN, date(2026, 10, 13)),
        (date(2026, 11, 21), 0, PLAIN, date(2026, 11, 21)),
    ],
)
def test_a_deadline_counts_working_days_after_the_day(day: date, n: int, calendar: Calendar, due: date) -> None:
    """The day itself is not counted; holidays are left out, worked weekends are counted."""
    assert add_workdays(day, n, calendar) == due


def test_an_extra_working_day_wins_over_a_holiday() -> None:
    """A day that is listed as both is worked."""
    day = date(2026, 10, 10)
    assert is_workday(day, Calendar(holidays=frozenset([day]), extra_workdays=frozenset([day])))


def test_a_deadline_cannot_lie_before_its_day() -> None:
    """A negative number of working days is a mistake of the program."""
    with pytest.raises(ValueError, match="-1"):
        add_workdays(date(2026, 11, 23), -1, PLAIN)


def test_no_working_days_are_left_on_the_due_day_and_after_it() -> None:
    """Working days are counted from the day after today up to the due day."""
    due = date(2026, 11, 23)
    left = [workdays_between(date(2026, 11, day), due, PLAIN) for day in (19, 20, 21, 22, 23, 24)]
    assert left == [2, 1, 1, 1, 0, 0]


@given(DAYS, st.integers(0, 60), CALENDARS)
def test_adding_and_counting_working_days_agree(day: date, n: int, calendar: Calendar) -> None:
    """Between a day and its deadline of n working days lie n working days, and the deadline is one of them."""
    due = add_workdays(day, n, calendar)
    assert workdays_between(day, due, calendar) == n
    assert n == 0 or is_workday(due, calendar)
    assert workdays_between(day, due - timedelta(days=1), calendar) == max(0, n - 1)


def test_a_window_of_working_days_reaches_over_the_weekend() -> None:
    """Three working days before a Monday are the Wednesday before it: five calendar days."""
    assert workday_window(date(2026, 11, 23), 3, PLAIN) == 5
    assert [workday_window(date(2026, 11, 27), n, PLAIN) for n in range(6)] == [0, 1, 2, 3, 4, 7]


@given(DAYS, st.integers(0, 30), CALENDARS, st.integers(0, 90))
def test_a_window_holds_the_days_with_few_working_days_left(due: date, n: int, calendar: Calendar, before: int) -> None:
    """A day is in the window exactly if at most so many working days are left after it, the due day among them."""
    left = workdays_between(due - timedelta(days=before), due, calendar)
    assert (before <= workday_window(due, n, calendar)) == (left <= n)


@given(DAYS, st.integers(0, 60), st.integers(0, 60), CALENDARS)
def test_working_days_add_up(day: date, first: int, second: int, calendar: Calendar) -> None:
    """A deadline after a deadline is that of both together, and a later receipt never makes it earlier."""
    together = add_workdays(day, first + second, calendar)
    assert add_workdays(add_workdays(day, first, calendar), second, calendar) == together
    assert add_workdays(day + timedelta(days=1), first + second, calendar) >= together


@given(DAYS, st.integers(1, 60), CALENDARS)
def test_what_arrives_on_a_day_off_has_the_deadline_of_the_day_before(day: date, n: int, calendar: Calendar) -> None:
    """Nothing is lost by handing in on a Saturday, and nothing is won."""
    if not is_workday(day, calendar):
        assert add_workdays(day, n, calendar) == add_workdays(day - timedelta(days=1), n, calendar)
