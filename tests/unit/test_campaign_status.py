from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.standing import Standing, Status
from campaign.status import expected, standing
from tests.builders import DUE, START, november

TOLERANCE = Fraction(15, 100)
WINDOW = 7
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SHARES = st.fractions(0, 1, max_denominator=200)


def item(
    today: date,
    progress: Fraction | None = None,
    done_on: date | None = None,
    *,
    span: tuple[date, date] = (START, DUE),
    waived: bool = False,
    paused: bool = False,
    judge_progress: bool = True,
    judge_overdue: bool = True,
) -> Standing:
    """The standing of a thing planned from November 2nd to 29th."""
    return standing(
        start=span[0],
        due=span[1],
        done_on=done_on,
        progress=progress,
        waived=waived,
        paused=paused,
        window=WINDOW,
        tolerance=TOLERANCE,
        today=today,
        judge_progress=judge_progress,
        judge_overdue=judge_overdue,
    )


@pytest.mark.parametrize(
    ("today", "progress", "done_on", "shown"),
    [
        (0, "0", None, Standing(Status.NOT_STARTED, 29)),
        (1, "0", None, Standing(Status.NOT_STARTED, 28)),
        (1, "0.10", None, Standing(Status.ON_TRACK, 28)),
        (2, "0", None, Standing(Status.ON_TRACK, 27)),
        (6, "0", None, Standing(Status.ON_TRACK, 23)),
        (7, "0", None, Standing(Status.BEHIND, 22)),
        (21, "0.60", None, Standing(Status.ON_TRACK, 8)),
        (22, "0.60", None, Standing(Status.DUE_SOON, 7)),
        (22, "0.50", None, Standing(Status.DUE_SOON, 7, behind=True)),
        (29, "0.90", None, Standing(Status.DUE_SOON, 0)),
        (29, "1", None, Standing(Status.DUE_SOON, 0)),
        (30, "0.90", None, Standing(Status.OVERDUE, 1)),
        (30, "1", None, Standing(Status.OVERDUE, 1)),
        (30, "1", 29, Standing(Status.DONE)),
        (32, "1", 30, Standing(Status.DONE_LATE, 1)),
    ],
)
def test_the_first_matching_row_decides(today: int, progress: str, done_on: int | None, shown: Standing) -> None:
    """Status, days and the mark for behind are those of the first row of the rule that matches."""
    done = november(done_on) if done_on else None
    assert item(november(today), Fraction(progress), done) == shown


def test_a_gap_of_exactly_the_tolerance_is_on_track() -> None:
    """Behind is more than the tolerance: 25 % expected and 10 % done is exactly 15 points."""
    span = (date(2026, 11, 16), date(2026, 12, 13))
    today = date(2026, 11, 23)
    assert expected(*span, today) == Fraction(1, 4)
    assert item(today, Fraction(10, 100), span=span).status is Status.ON_TRACK
    assert item(today, Fraction(9999, 100000), span=span).status is Status.BEHIND


def test_a_thing_of_one_day_is_due_soon_on_it_and_overdue_after_it() -> None:
    """The due day itself is still in time."""
    day = november(23)
    shown = [item(day + timedelta(days=n), Fraction(0), span=(day, day)) for n in (-1, 0, 1)]
    assert shown == [Standing(Status.NOT_STARTED, 1), Standing(Status.DUE_SOON, 0), Standing(Status.OVERDUE, 1)]


def test_a_thing_shorter_than_the_window_is_due_soon_from_its_first_day() -> None:
    """Five days from today: due soon now, not started the day before."""
    span = (november(23), november(27))
    assert item(november(22), Fraction(0), span=span) == Standing(Status.NOT_STARTED, 5)
    assert item(november(23), Fraction(0), span=span) == Standing(Status.DUE_SOON, 4)


def test_waived_goes_before_everything() -> None:
    """What is waived is neither late nor done."""
    assert item(november(40), Fraction(1), november(35), waived=True) == Standing(Status.WAIVED)


def test_a_pause_protects_what_is_open_and_nothing_else() -> None:
    """While paused a thing past its due day is paused, with the days gone by as a negative number; done stays done."""
    assert item(november(30), Fraction(1, 2), paused=True) == Standing(Status.PAUSED, -1)
    assert item(november(30), Fraction(1), november(30), paused=True) == Standing(Status.DONE_LATE, 1)


@pytest.mark.parametrize(("progress", "judged"), [(None, True), (Fraction(0), False)])
def test_without_measured_progress_nothing_is_behind(progress: Fraction | None, judged: bool) -> None:
    """A thing that is done or not done is on track until its window begins."""
    days = (1, 21, 29)
    shown = [item(november(day), progress, judge_progress=judged) for day in days]
    assert shown == [Standing(Status.NOT_STARTED, 28), Standing(Status.ON_TRACK, 8), Standing(Status.DUE_SOON, 0)]


def test_with_a_doubtful_clock_nothing_is_overdue() -> None:
    """Past the due day progress alone decides, and the days are negative."""
    assert item(november(30), Fraction(1, 2), judge_overdue=False) == Standing(Status.BEHIND, -1)
    assert item(november(30), Fraction(9, 10), judge_overdue=False) == Standing(Status.ON_TRACK, -1)


@given(DAYS, st.integers(0, 300), st.integers(-400, 400))
def test_expected_progress_is_the_share_of_days_that_are_over(start: date, length: int, offset: int) -> None:
    """Counted day by day: how many of the planned days lie before today."""
    due, today = start + timedelta(days=length), start + timedelta(days=offset)
    over = sum(start + timedelta(days=n) < today for n in range(length + 1))
    assert expected(start, due, today) == Fraction(over, length + 1)


@given(DAYS, st.integers(1, 300), st.integers(0, 300), st.integers(1, 200), st.integers(0, 50), st.data())
def test_behind_depends_on_no_rounding(
    start: date, length: int, offset: int, whole: int, tolerance: int, data: st.DataObject
) -> None:
    """Behind is decided as whole numbers decide it, however close to the tolerance."""
    days, over = length + 1, offset % length
    edge = (100 * over - tolerance * days) * whole // (100 * days)  # the progress at which behind begins
    part = data.draw(st.integers(edge - 1, edge + 1).map(lambda part: min(max(part, 0), whole)))
    shown = standing(
        start=start,
        due=start + timedelta(days=length),
        done_on=None,
        progress=Fraction(part, whole),
        window=0,
        tolerance=Fraction(tolerance, 100),
        today=start + timedelta(days=over),
    )
    is_behind = 100 * (over * whole - part * days) > tolerance * whole * days
    assert shown.status is (Status.BEHIND if is_behind else Status.ON_TRACK)


@given(DAYS, st.integers(0, 200), st.none() | SHARES, st.integers(0, 30), DAYS, st.integers(0, 300), st.booleans())
def test_what_nobody_touches_never_becomes_less_urgent(
    start: date, length: int, progress: Fraction | None, window: int, today: date, later: int, judge: bool
) -> None:
    """As the days go by, an open thing that is not paused only moves towards overdue."""

    def severity(day: date) -> int:
        return standing(
            start=start,
            due=start + timedelta(days=length),
            done_on=None,
            progress=progress,
            window=window,
            tolerance=TOLERANCE,
            today=day,
            judge_progress=judge,
        ).severity

    assert severity(today + timedelta(days=later)) <= severity(today)


def test_severity_puts_the_most_urgent_first() -> None:
    """Overdue, due soon and behind, due soon, behind, paused, on track, not started, done late, done, waived."""
    order = [
        Standing(Status.OVERDUE),
        Standing(Status.DUE_SOON, behind=True),
        *map(Standing, list(Status)[1:]),
    ]
    assert [one.severity for one in order] == list(range(10))
    assert [one.status.value for one in order[2:]] == [
        "DUE_SOON",
        "BEHIND",
        "PAUSED",
        "ON_TRACK",
        "NOT_STARTED",
        "DONE_LATE",
        "DONE",
        "WAIVED",
    ]
