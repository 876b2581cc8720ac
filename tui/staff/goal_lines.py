"""The goals of the campaign on the page of aspects: what people say of each, and what was done for it."""

from collections.abc import Iterator

from campaign.goals import Deeds
from campaign.labels import count_texts, kind_label
from campaign.language import Lang, listed
from campaign.plan import Plan
from surveys.goals import GoalFigures, goal_figures
from tui.staff.result_scope import Scope
from tui.staff.result_words import rate_text, why_hidden
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.spans import Line, Span, fitted, spread

BENEATH = 2
"""Cells by which what belongs to a goal is set in."""


def goal_lines(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """Heading, the goals, where the figures come from; nothing for a campaign without goals."""
    goals = goal_figures(plan, [scope.figures], scope.done)
    if not goals:
        return []
    lines: list[Line] = [(Span(tr(lang, "Goals of the campaign"), "accent", bold=True),)]
    for each in goals:
        lines.append(_heading(plan, each, lang, width))
        lines += _beneath(_why_hidden(each, lang), "warning", width)
        lines += _beneath(_done(plan, each, lang), "muted", width)
    said = tr(lang, "Satisfied: in this survey, by the questions about the goal. What was done: from the log.")
    return [*lines, *((Span(part, "muted"),) for part in wrap(said, width))]


def _heading(plan: Plan, each: GoalFigures, lang: Lang, width: int) -> Line:
    """The goal with its questions, and how satisfied people are with it, or that nobody asks."""
    if each.goal is None:
        return fitted((Span(tr(lang, "no goal named"), bold=True),), width)
    name = Span(each.goal.name.text(lang), bold=True)
    figures = next((voice.figures for voice in each.voices), None)
    if figures is None:
        return spread((name,), (Span(tr(lang, "no question about it"), "muted"),), width)
    left = (name, Span(f"  {' '.join(figures.questions)}", "muted"))
    if figures.hidden:
        return fitted(left, width)
    rate = rate_text(figures.satisfaction, None, plan.campaign.remedial_threshold_pct)
    return spread(left, (Span(tr(lang, "satisfied {p}", p=rate), bold=True),), width)


def _why_hidden(each: GoalFigures, lang: Lang) -> str:
    reason = next((voice.figures.hidden for voice in each.voices if voice.figures), None)
    return f"× {why_hidden(reason, lang)}" if reason else ""


def _done(plan: Plan, each: GoalFigures, lang: Lang) -> str:
    return " · ".join(_deed(plan, deeds, lang) for deeds in each.deeds)


def _deed(plan: Plan, deeds: Deeds, lang: Lang) -> str:
    """How often, and of what was done what came of it."""
    kind = kind_label(plan, deeds.kind, lang)
    if not deeds.entries or not deeds.counts:
        return tr(lang, "{kind}: {n}", kind=kind, n=deeds.entries)
    counts = listed(count_texts(plan, deeds.counts, lang), lang)
    return tr(lang, "{kind}: {n} ({counts})", kind=kind, n=deeds.entries, counts=counts)


def _beneath(said: str, colour: str, width: int) -> Iterator[Line]:
    for part in wrap(said, max(10, width - BENEATH)) if said else ():
        yield (Span(" " * BENEATH), Span(part, colour))
