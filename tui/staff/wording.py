"""How standings and days are said: always a sign with words, so that colour is never the only sign."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from rich.cells import cell_len
from textual.color import Color

from campaign.language import N_, Lang
from campaign.plan import Plan
from campaign.standing import PhaseStanding, Standing, Status
from tui.staff.texts import tr
from tui.themes import PHASE_COLOURS
from tui.widgets.bars import percent
from tui.widgets.cells import enough, fit
from tui.widgets.spans import Line, Span

DONE = "✔"
NONE = "–"
SIGNS = {
    Status.OVERDUE: "▲",
    Status.DUE_SOON: "◆",
    Status.BEHIND: "▼",
    Status.PAUSED: "‖",
    Status.ON_TRACK: "·",
    Status.NOT_STARTED: NONE,
    Status.DONE_LATE: DONE,
    Status.DONE: DONE,
    Status.WAIVED: "~",
}
_WORDS = {
    Status.BEHIND: N_("behind"),
    Status.PAUSED: N_("paused"),
    Status.ON_TRACK: N_("on track"),
    Status.NOT_STARTED: N_("not started"),
    Status.DONE: N_("done"),
    Status.WAIVED: N_("waived"),
}
_COLOURS = {
    Status.OVERDUE: "on-alarm",
    Status.DUE_SOON: "warning",
    Status.BEHIND: "warning",
    Status.ON_TRACK: "foreground",
    Status.DONE_LATE: "success",
    Status.DONE: "success",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def standing_words(standing: Standing, lang: Lang) -> str:
    """The standing in words: ``8 d overdue``."""
    days = standing.days
    match standing.status:
        case Status.OVERDUE:
            return tr(lang, "{n} d overdue", n=days)
        case Status.DONE_LATE:
            return tr(lang, "done {n} d late", n=days)
        case Status.DUE_SOON if standing.behind:
            return tr(lang, "behind, {n} d left", n=days)
        case Status.DUE_SOON if days == 0:
            return tr(lang, "due today")
        case Status.DUE_SOON:
            return tr(lang, "due in {n} d", n=days)
        case _:
            return tr(lang, _WORDS[standing.status])


def standing_text(standing: Standing, lang: Lang, width: int | None = None) -> str:
    """Sign and words; fewer words where more than ``width`` cells would be needed."""
    sign = SIGNS[Status.BEHIND] if standing.behind else SIGNS[standing.status]
    text = f"{sign} {standing_words(standing, lang)}"
    if width is None or cell_len(text) <= width or standing.status is not Status.DONE_LATE:
        return text
    return f"{sign} " + tr(lang, "{n} d late", n=standing.days)


def standing_width(standings: Sequence[Standing], lang: Lang, room: int) -> int:
    """Cells of a column of standings: of their full words if there is ``room``, otherwise of the fewer words."""
    full = max((cell_len(standing_text(each, lang)) + 2 for each in standings), default=12)
    return full if full <= room else max((cell_len(standing_text(each, lang, 0)) + 2 for each in standings), default=12)


def standing_cell(standing: Standing, lang: Lang, width: int) -> Line:
    """Sign and words; what is overdue fills the cell."""
    text = standing_text(standing, lang, width - 2)
    colour = _COLOURS.get(standing.status, "muted")
    if standing.status is Status.OVERDUE:
        return (Span(fit(f" {text}", width), colour, "alarm", bold=True),)
    return (Span(f" {text}", colour),)


def due_text(standing: Standing, lang: Lang) -> str:
    """Sign and days late or left of something that is owed, whatever else its status says."""
    if standing.status is Status.OVERDUE:
        return standing_text(standing, lang)
    said = tr(lang, "due in {n} d", n=standing.days)
    if standing.days == 0:
        said = tr(lang, "due today")
    elif standing.days < 0:
        said = tr(lang, "its day has passed")
    return f"{SIGNS[_urgency(standing)]} {said}"


def due_cell(standing: Standing, lang: Lang, width: int) -> Line:
    """The same; what is overdue fills the cell."""
    text = due_text(standing, lang)
    if standing.status is Status.OVERDUE:
        return (Span(fit(f" {text}", width), "on-alarm", "alarm", bold=True),)
    return (Span(f" {text}", _COLOURS[_urgency(standing)]),)


def _urgency(standing: Standing) -> Status:
    """What the sign of something owed says, as on the dashboard: it is soon due, behind, or neither."""
    if standing.behind or standing.status is Status.BEHIND:
        return Status.BEHIND
    return Status.DUE_SOON if standing.status is Status.DUE_SOON or standing.days <= 0 else Status.ON_TRACK


def column_cells(texts: Iterable[str], most: int, least: int = 6) -> int:
    """Cells of a column that holds ``texts``, within limits."""
    return min(most, max(least, *(cell_len(enough(text, most)) for text in texts), 0))


def phase_figure(phase: PhaseStanding) -> str:
    """``✔`` for a phase that has ended, ``–`` for one not begun or without steps, otherwise per cent."""
    if phase.standing.status in (Status.DONE, Status.DONE_LATE):
        return DONE
    if phase.progress is None or (phase.progress == 0 and phase.actual_start is None):
        return NONE
    return f"{percent(phase.progress)}%"


def shown_share(phase: PhaseStanding) -> Fraction:
    """What the phase's bar shows."""
    return Fraction(1) if phase_figure(phase) == DONE else phase.progress or Fraction(0)


def phase_colours(plan: Plan, phase_id: str) -> tuple[str, str]:
    """The phase's colour, and the softer one of a bar that is not full."""
    at = next(index for index, phase in enumerate(plan.phases) if phase.id == phase_id)
    own = plan.phases[at].colour
    if own:
        return own, Color.parse(own).blend(Color.parse("#808080"), 0.4).hex
    name = f"phase-{at % PHASE_COLOURS + 1}"
    return name, f"{name}-soft"


def day_month(day: date, lang: Lang) -> str:
    """``23 Nov`` / ``11月23日``."""
    return f"{day.month}月{day.day}日" if lang is Lang.ZH else f"{day.day} {MONTHS[day.month - 1]}"


def weekday(day: date, lang: Lang) -> str:
    """``Mon``."""
    return tr(lang, WEEKDAYS[day.weekday()])


def short_day(day: date | None) -> str:
    """``11-23``, or a dash."""
    return f"{day:%m-%d}" if day else NONE


def age(seconds: float, lang: Lang) -> str:
    """How long ago, in words."""
    whole = max(0, int(seconds))
    if whole < 60:  # noqa: PLR2004  # seconds in a minute
        return tr.plural(lang, "{n} second", "{n} seconds", whole)
    if whole < 3600:  # noqa: PLR2004  # seconds in an hour
        return tr.plural(lang, "{n} minute", "{n} minutes", whole // 60)
    return tr.plural(lang, "{n} hour", "{n} hours", whole // 3600)
