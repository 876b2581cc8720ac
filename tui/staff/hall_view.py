"""A result for the hall: satisfaction large, then a bar a question. No Textual here."""

from collections.abc import Sequence

from rich.cells import cell_len

from campaign.labels import branch_label, survey_label
from campaign.language import Lang
from campaign.plan import Plan
from surveys.hall import HallResult
from surveys.question_counts import QuestionCounts
from tui.staff.result_lines import legend
from tui.staff.result_words import bar_parts, count_text, rate_text, why_hidden
from tui.staff.texts import tr
from tui.widgets.cells import balanced_lines, centred, fit, wrap
from tui.widgets.numerals import large_numerals, numerals
from tui.widgets.spans import Line, Span, fitted, flowed, side_by_side, spread
from tui.widgets.stacked import stacked_bar

TALL, ROOMY = 26, 100
"""Rows from which the digits are twice as large and questions stand apart; columns from which they have more room."""
GAP, RATE, LEAST_LABEL = 4, 8, 16


def hall_title(plan: Plan, result: HallResult, lang: Lang, width: int) -> list[Line]:
    """Which campaign, which survey, whose result."""
    survey = survey_label(result.kind, lang)
    unit = tr(lang, "all together") if result.branch is None else branch_label(plan, result.branch, lang)
    said = tr(lang, "Result: {survey}, {unit}", survey=survey, unit=unit)
    if result.on is not None:
        said = f"{said} · {result.on.isoformat()}"
    return [
        (Span("▌ ", "primary"), Span(said, bold=True)),
        (Span("  " + fit(plan.campaign.title.text(lang), width - 2), "muted"),),
    ]


def headline(plan: Plan, result: HallResult, lang: Lang, width: int, *, tall: bool) -> list[Line]:
    """The satisfaction rate in large digits, and beside it what it rests on; or why there is none."""
    figures, overall = result.figures, result.figures.overall
    hidden = figures.hidden or (overall.hidden if overall else None)
    if hidden and (overall is None or overall.rated is None):
        return [
            (Span(centred(part, width), bold=True),)
            for part in ("", *balanced_lines(why_hidden(hidden, lang), width - 8))
        ]
    beside = _beside(result, lang)
    if overall is None or overall.satisfaction is None:
        return [(Span("  "), *line) for line in beside]
    said = rate_text(overall.satisfaction, None, plan.campaign.remedial_threshold_pct)
    digits = large_numerals(said) if tall else numerals(said)
    size = cell_len(digits[0])
    spare = [()] * ((len(digits) - len(beside)) // 2)
    lines = [*spare, *beside, *[()] * len(digits)][: max(len(digits), len(beside))]
    rows = [*digits, *[""] * (len(lines) - len(digits))]
    room = width - size - GAP - 2
    return [
        (Span("  "), *side_by_side([((Span(row, "success", bold=True),), size), (line, room)], GAP))
        for row, line in zip(rows, lines, strict=True)
    ]


def _beside(result: HallResult, lang: Lang) -> list[Line]:
    figures, overall = result.figures, result.figures.overall
    lines: list[Line] = [
        (
            Span(tr(lang, "SATISFIED"), "success", bold=True),
            Span(
                "  " + tr(lang, "of {n} valid forms", n=count_text(overall.valid if overall else figures.valid)),
                bold=True,
            ),
        )
    ]
    if overall is not None and overall.rated is None:
        blank = tr(lang, "blank {n} ({p})", n=count_text(overall.blank), p=rate_text(overall.blank_share))
        unsure = tr(lang, "don't know {n} ({p})", n=_unsure(overall), p=rate_text(overall.no_opinion))
        lines.append((Span(f"{unsure} · {blank}"),))
    if figures.return_rate is not None and figures.account is not None:
        account = figures.account
        said = tr(
            lang,
            "return rate {p}: {a} of {b} forms",
            p=rate_text(figures.return_rate),
            a=account.returned,
            b=account.issued,
        )
        lines.append((Span(said),))
    if figures.account is not None and figures.account.started:
        lines.append((Span(tr(lang, "at kiosks {n}", n=figures.account.submitted)),))
    if figures.shows_bounds and figures.bounds:
        low, high = map(rate_text, figures.bounds)
        lines.append((Span(tr(lang, "with those who did not answer: {low} to {high}", low=low, high=high)),))
    return lines


def _unsure(overall: QuestionCounts) -> int:
    return overall.scale.no_opinion if overall.scale else 0


def hall_questions(result: HallResult) -> Sequence[QuestionCounts]:
    """The scale questions but the overall one, which stands above."""
    if result.figures.hidden:
        return ()
    return [each for each in result.figures.questions if each.question.is_scale and not each.question.is_overall]


def question_bars(plan: Plan, result: HallResult, lang: Lang, width: int, height: int, page: int) -> list[Line]:
    """The legend, then a row a question; as many as fit, those of ``page``."""
    asked = hall_questions(result)
    first = next((each for each in (result.figures.overall, *asked) if each and each.counts is not None), None)
    if first is None or result.figures.hidden:
        return []
    key = flowed(legend(first, lang, numbers=False), width - 2)
    room = height - len(key) - 1
    if result.figures.overall is not None and result.figures.overall.counts is not None:
        asked = [result.figures.overall, *asked]
    fits = max(1, room)
    shown = asked[page * fits : (page + 1) * fits]
    pitch = 2 if 2 * len(shown) - 1 <= room else 1
    lines: list[Line] = [(Span("  "), *line) for line in key]
    lines.append(())
    for each in shown:
        lines += _bar(plan, each, lang, width, pitch)
    return lines[:height]


def pages(result: HallResult, lang: Lang, width: int, height: int) -> int:
    """How many screenfuls of questions there are."""
    asked = hall_questions(result)
    overall = result.figures.overall
    if not asked or overall is None:
        return 1
    fits = max(1, height - len(flowed(legend(overall, lang, numbers=False), width - 2)) - 1)
    return -(-(len(asked) + 1) // fits)


def _rate(plan: Plan, each: QuestionCounts) -> str:
    return rate_text(each.satisfaction, None, plan.campaign.remedial_threshold_pct)


def _bar(plan: Plan, each: QuestionCounts, lang: Lang, width: int, rows: int) -> list[Line]:
    """What was asked, in as many rows as there are, beside it the bar and the rate."""
    cells = max(LEAST_LABEL, min(width // 2, width - 40 if width < ROOMY else width * 2 // 5))
    parts = wrap(each.question.label.text(lang), cells - 3)
    if len(parts) > rows:
        parts = [*parts[: rows - 1], fit(" ".join(parts[rows - 1 :]), cells - 3)]
    first, *more = (
        fitted((Span("  "), Span(part, bold=each.question.is_overall)), cells)
        for part in [*parts, *[""] * (rows - len(parts))]
    )
    if each.hidden:
        told = fitted((*first, Span(f" × {why_hidden(each.hidden, lang)}", "warning")), width - RATE)
        rate = () if each.rated is None else (Span(_rate(plan, each), bold=True), Span(" "))
        return [spread(told, rate, width), *more]
    said = _rate(plan, each)
    bar = stacked_bar(bar_parts(each), max(8, width - cells - RATE - 3))
    return [spread((*first, Span(" "), *bar), (Span(said, bold=True), Span(" ")), width), *more]
