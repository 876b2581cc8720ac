"""What the dashboard says of the results that are posted: a rate a branch, all together, and a card. No Textual here.

Worked out in a thread when the results change; imported when there are any, for it needs what works figures out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.language import Lang
from campaign.plan import Plan
from surveys.headline import PublicResults
from surveys.published import SessionFigures
from surveys.question_counts import QuestionCounts
from surveys.rates import Remedial
from tui.staff.result_words import BLANK, REMEDIAL, bar_parts, glyphs_of, rate_text
from tui.staff.texts import tr
from tui.widgets.spans import Line, Span, flowed, spread
from tui.widgets.stacked import stacked_bar


@dataclass(frozen=True, slots=True)
class Satisfied:
    """The posted results, in words."""

    rates: Mapping[str, tuple[str, bool]]
    """By branch: its rate, ``86.3``, or what stands in its place, and whether it must catch up."""
    rate: str
    """Of all that show one, for the large digits: ``81.0``; empty if none does."""
    branches: int
    """How many show one."""
    valid: int
    """Their valid forms."""
    overall: QuestionCounts | None
    """Their answers to the overall question."""


def satisfied_of(plan: Plan, results: PublicResults) -> Satisfied:
    """The results as the dashboard shows them."""
    rates = {code: _rate(plan, each) for code, each in results.branches.items()}
    share = results.satisfaction
    rate = rate_text(share, None, plan.campaign.remedial_threshold_pct).rstrip("%") if share is not None else ""
    return Satisfied(rates, rate, len(results.shown), results.valid, results.overall)


def _rate(plan: Plan, result: SessionFigures) -> tuple[str, bool]:
    figures = result.figures
    share = figures.overall.satisfaction if figures.overall else None
    said = rate_text(share, figures.rate_hidden, plan.campaign.remedial_threshold_pct)
    return said.rstrip("%"), figures.remedial is Remedial.REQUIRED


def rate_line(satisfied: Satisfied, branch: str, cells: int) -> Line:
    """A branch's rate to the right, with a sign if it must catch up."""
    said, remedial = satisfied.rates.get(branch, ("–", False))
    if not remedial:
        return (Span(said.rjust(cells), "foreground" if branch in satisfied.rates else "muted"),)
    sign, _, colour = REMEDIAL[Remedial.REQUIRED]
    return (Span(f"{sign}{said}".rjust(cells), colour, bold=True),)


def satisfied_lines(satisfied: Satisfied, lang: Lang, width: int) -> list[Line]:
    """A card: the answers to the overall question, as a bar with its legend."""
    overall = satisfied.overall
    inner = width - 4
    forms = tr.plural(lang, "{n} valid form", "{n} valid forms", satisfied.valid)
    heading = spread((Span(tr(lang, "Public satisfaction"), bold=True),), (Span(forms, "muted"),), inner)
    lines = [heading]
    if overall is not None:
        lines += [stacked_bar(bar_parts(overall), inner), *flowed(_legend(overall, lang), inner)]
    return [(Span("  "), *line) for line in lines]


def _legend(overall: QuestionCounts, lang: Lang) -> list[Line]:
    glyphs = glyphs_of(overall.question)
    parts = [
        (glyphs[choice.code], choice.label.text(lang), overall.share(choice.code))
        for choice in overall.question.choices
    ]
    parts.append((BLANK, tr(lang, "blank"), overall.blank_share))
    return [(Span(glyph, colour), Span(f" {label} {rate_text(share)}   ")) for (glyph, colour), label, share in parts]
