"""Figures of surveys in words and cells: rates as every format shows them, parts of bars, why something is hidden."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from campaign.labels import branch_label, survey_label
from campaign.language import N_, Lang
from campaign.plan import Plan
from exports.cells import Count, Points, Rate
from exports.showing import DASH, shown
from exports.tables.common import part_name
from surveys.hiding import GROUPS
from surveys.published import Figures, Published, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import CountsAs, Question
from surveys.rates import Remedial
from surveys.suppression import ALIKE
from surveys.tallies import By
from tui.staff.texts import tr
from tui.widgets.choice_field import Option
from tui.widgets.stacked import Part

_GLYPHS = {
    CountsAs.POSITIVE: (("▆", "success"), ("▄", "primary"), ("▃", "secondary")),
    CountsAs.NEGATIVE: (("▅", "error"), ("▂", "warning")),
    CountsAs.NO_OPINION: (("─", "muted"),),
}
"""Solid, and of nearly the same height: length alone is to be compared. None is taller than the best answer's, and
none fills its row, so that bars below each other stay apart. Without colours a step tells where the next part begins.
"""
_OTHERS = (("▆", "primary"), ("▄", "accent"), ("▅", "secondary"), ("▃", "warning"))
BLANK = ("·", "muted")
REMEDIAL = {
    Remedial.NO: ("✔", N_("no catch-up"), "success"),
    Remedial.REQUIRED: ("▲", N_("catch-up required"), "error"),
    Remedial.UNDECIDED: ("?", N_("more voices needed"), "warning"),
}
"""Sign, words that are marked for translation, colour."""
REMEDIAL_SHORT = {
    Remedial.NO: N_("not needed"),
    Remedial.REQUIRED: N_("required"),
    Remedial.UNDECIDED: N_("more voices"),
}
"""Words for a narrow column that is headed "Catch-up"; marked for translation."""
RESULT_SIGNS = (
    N_("▆ ▄ ▅ parts of a bar, as its legend says"),
    N_("× not shown"),
    N_("▲ catch-up required"),
    N_("? more voices needed"),
)
"""For the help; marked for translation."""


def rate_text(value: Fraction | None, hidden: str | None = None, threshold: Decimal | None = None) -> str:
    """``86.3%``, a dash, or ``<5`` and the like; as in every export."""
    if hidden:
        return _mark(hidden)
    return DASH if value is None else f"{shown(Rate(value, threshold), Lang.EN)}%"


def count_text(value: int | None, hidden: str | None = None) -> str:
    """The number, a dash, or why there is none."""
    if hidden:
        return _mark(hidden)
    return DASH if value is None else shown(Count(value), Lang.EN)


def _mark(hidden: str) -> str:
    """What stands in place of a figure: ``<5``, or a sign that the page explains."""
    return hidden if hidden.startswith("<") else "×"


def points_text(value: Fraction) -> str:
    """``+3.2``."""
    said = shown(Points(value), Lang.EN)
    return said if said.startswith("-") or not value else f"+{said}"


def why_hidden(reason: str, lang: Lang) -> str:
    """Why there are no figures, in a sentence."""
    if reason == ALIKE:
        return tr(lang, "fewer than 10 forms, all alike: not shown, so that nobody's answer is known")
    if reason == GROUPS:
        return tr(lang, "not shown: a small group could be found")
    return tr(lang, "fewer than {k} valid forms: not shown, and in no total", k=reason.removeprefix("<"))


def glyphs_of(question: Question) -> dict[str, tuple[str, str]]:
    """Glyph and colour of every choice of a scale, by code; what counts the same is next of kin."""
    used: dict[CountsAs | None, int] = {}
    found = {}
    for choice in question.choices:
        kind = choice.counts_as
        kin = _GLYPHS[kind] if kind else _OTHERS
        at = used.get(kind, 0)
        used[kind] = at + 1
        found[choice.code] = kin[at % len(kin)]
    return found


def bar_parts(figures: QuestionCounts) -> Sequence[Part]:
    """The parts of a scale question's bar, blanks last; none where it is hidden."""
    if figures.counts is None:
        return ()
    glyphs = glyphs_of(figures.question)
    parts = [Part(*glyphs[choice.code], figures.counts[choice.code]) for choice in figures.question.choices]
    return (*parts, Part(*BLANK, figures.blank or 0))


def scope_name(plan: Plan, branch: str | None, lang: Lang) -> str:
    """Whose figures they are: those of a branch, or of all."""
    return tr(lang, "all together") if branch is None else branch_label(plan, branch, lang)


def survey_name(survey: SurveyFigures, lang: Lang) -> str:
    """The survey's kind."""
    return survey_label(survey.survey.kind, lang)


def session_options(published: Published, sessions: Sequence[str], in_hall: str, lang: Lang) -> list[Option]:
    """Sessions to choose from, with what tells them apart: their day and their valid forms."""
    options = []
    for each in filter(None, map(published.session, sessions)):
        held = each.counted.session
        valid = tr(lang, "{n} valid forms", n=count_text(each.figures.valid, each.figures.hidden))
        parts = [held.on.isoformat(), held.id, valid]
        if held.id == in_hall:
            parts.append(tr(lang, "● now in the hall"))
        options.append(Option(held.id, " · ".join(parts)))
    return options


def part_label(figures: Figures, by: By, lang: Lang) -> str:
    """What a group or a channel is called."""
    return part_name(figures.survey.questionnaire, by, figures.part).text(lang)
