"""The status of anything with a date: one rule for phases, steps and whatever else is owed by a day.

All arithmetic is exact: whole days and :class:`~fractions.Fraction`, never floating point.
"""

from datetime import date
from fractions import Fraction

from campaign.standing import Standing, Status

_NOTHING = Fraction(0)
_ALL = Fraction(1)
_DONE, _WAIVED = Standing(Status.DONE), Standing(Status.WAIVED)


def expected(start: date, due: date, today: date) -> Fraction:
    """The progress wanted on the morning of ``today``: the share of the days ``start`` … ``due`` that is over.

    ``clamp((today − start) / (due − start + 1), 0, 1)``: 0 up to the first day, 1 from the day after the due day.
    """
    if today <= start:
        return _NOTHING
    if today > due:
        return _ALL
    return Fraction((today - start).days, (due - start).days + 1)


def standing(  # noqa: PLR0911, PLR0913  # the rows and the inputs of the one rule
    *,
    start: date,
    due: date,
    done_on: date | None,
    progress: Fraction | None,
    waived: bool = False,
    paused: bool = False,
    window: int,
    tolerance: Fraction,
    today: date,
    judge_progress: bool = True,
    judge_overdue: bool = True,
) -> Standing:
    """The status on the day ``today`` of a thing planned from ``start`` to ``due``, both included; first match wins.

    ``window`` is in days: from so many days before the due day, and not before ``start``, it is due soon.
    ``progress`` is 0 to 1. Behind is what lacks more than ``tolerance`` of the :func:`expected` progress; nothing is
    called behind without a ``progress`` or with ``judge_progress`` off (a thing that is done or not done). Progress 1
    without a day ``done_on`` is not done: the day must be recorded. Work on the due day is in time.

    ``paused`` must already say whether the pause is short enough to protect. With ``judge_overdue`` off (today is not
    known for certain) a thing past its due day is judged by its progress alone.

    The days are those late for OVERDUE and DONE_LATE, 0 for DONE and WAIVED, otherwise those left until the due day:
    negative past it, which happens while PAUSED or with ``judge_overdue`` off.
    """
    if waived:
        return _WAIVED
    if done_on is not None:
        return _DONE if done_on <= due else Standing(Status.DONE_LATE, (done_on - due).days)
    left = (due - today).days
    if paused:
        return Standing(Status.PAUSED, left)
    if left < 0 and judge_overdue:
        return Standing(Status.OVERDUE, -left)
    if 0 <= left <= window and today >= start:
        behind = judge_progress and _behind(start, due, progress, tolerance, today)
        return Standing(Status.DUE_SOON, left, behind=behind)
    if today < start and not progress:
        return Standing(Status.NOT_STARTED, left)
    if judge_progress and _behind(start, due, progress, tolerance, today):
        return Standing(Status.BEHIND, left)
    return Standing(Status.ON_TRACK, left)


def owed_standing(
    *, start: date, due: date, window: int, today: date, judge_overdue: bool, done_on: date | None = None
) -> Standing:
    """The same of a thing that is done or not done, with nothing between: a visit, a case, what was promised."""
    return standing(
        start=start,
        due=due,
        done_on=done_on,
        progress=None,
        window=window,
        tolerance=_NOTHING,
        today=today,
        judge_progress=False,
        judge_overdue=judge_overdue,
    )


def _behind(start: date, due: date, progress: Fraction | None, tolerance: Fraction, today: date) -> bool:
    """Whether more than the tolerance is missing; exactly the tolerance is still on track."""
    return progress is not None and expected(start, due, today) - progress > tolerance
