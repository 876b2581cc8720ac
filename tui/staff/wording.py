"""How standings, days and names are said: always a sign with words, so that colour is never the only sign."""

from datetime import date
from fractions import Fraction

from textual.color import Color

from campaign.i18n import I18n
from campaign.language import N_, Lang
from campaign.plan import Plan
from campaign.standing import PhaseStanding, Standing, Status
from surveys.session import SurveyKind
from tui.staff.texts import tr
from tui.themes import PHASE_COLOURS
from tui.widgets.bars import percent
from tui.widgets.cells import fit
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
_SESSION_KINDS: dict[SurveyKind, str] = {
    "final": N_("final survey"),
    "pulse": N_("pulse survey"),
    "recheck": N_("recheck survey"),
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
            return tr(lang, "{n} d late", n=days)
        case Status.DUE_SOON if standing.behind:
            return tr(lang, "behind, {n} d left", n=days)
        case Status.DUE_SOON if days == 0:
            return tr(lang, "due today")
        case Status.DUE_SOON:
            return tr(lang, "due in {n} d", n=days)
        case _:
            return tr(lang, _WORDS[standing.status])


def standing_text(standing: Standing, lang: Lang) -> str:
    """Sign and words."""
    sign = SIGNS[Status.BEHIND] if standing.behind else SIGNS[standing.status]
    return f"{sign} {standing_words(standing, lang)}"


def standing_cell(standing: Standing, lang: Lang, width: int) -> Line:
    """Sign and words; what is overdue fills the cell."""
    text = standing_text(standing, lang)
    colour = _COLOURS.get(standing.status, "muted")
    if standing.status is Status.OVERDUE:
        return (Span(fit(f" {text}", width), colour, "alarm", bold=True),)
    return (Span(f" {text}", colour),)


def phase_figure(phase: PhaseStanding) -> str:
    """``✔`` for a phase that has ended, ``–`` for one not begun or without steps, otherwise per cent."""
    if phase.standing.status in (Status.DONE, Status.DONE_LATE):
        return DONE
    if phase.progress is None or (phase.progress == 0 and phase.actual_start is None):
        return NONE
    return f"{percent(phase.progress)}%"


def phase_share(phase: PhaseStanding) -> Fraction:
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
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.month}月{day.day}日" if lang is Lang.ZH else f"{day.day} {months[day.month - 1]}"


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


def inside(word: I18n, lang: Lang) -> str:
    """A word of the plan in the middle of a sentence: ``Branches`` becomes ``branches``, ``CPC cell`` stays."""
    text = word.text(lang)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def branch_label(plan: Plan, code: str, lang: Lang) -> str:
    """The branch's short name; its code if the plan does not know it."""
    branch = plan.branch(code)
    return branch.label.text(lang) if branch else code


def session_kind(kind: SurveyKind, lang: Lang) -> str:
    """What a kind of survey session is called."""
    return tr(lang, _SESSION_KINDS[kind])
