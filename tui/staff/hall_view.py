"""A result for the hall: satisfaction large, then a bar a question. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from campaign.labels import survey_label
from campaign.language import Lang
from campaign.plan import Plan
from surveys.hall import HallResult
from surveys.question_counts import QuestionCounts
from surveys.rates import rate
from tui.staff.result_lines import legend
from tui.staff.result_words import bar_parts, count_text, rate_text, scope_name, why_hidden
from tui.staff.texts import tr
from tui.widgets.cells import balanced_lines, centred, fit, wrap
from tui.widgets.numerals import large_numerals, numerals
from tui.widgets.spans import Line, Span, fitted, flowed, side_by_side
from tui.widgets.stacked import stacked_bar

TALL = 26
"""Rows from which the digits are twice as large."""
GAP, LEAST_LABEL, LEAST_BAR, MOST_ROWS, THICK = 4, 16, 16, 4, 4
COLUMNS, SLIM = (8, 8, 7), 70
"""Cells of the rate, of how many forms it is of, and of those without an answer; below so many cells only the rate."""
BETWEEN = {Lang.ZH: "", Lang.EN: " "}
"""Between words."""
SOLID = frozenset("▂▃▄▅▆")


def hall_title(plan: Plan, result: HallResult, lang: Lang, width: int) -> list[Line]:
    """Which campaign, which survey, whose result."""
    survey = survey_label(result.kind, lang)
    unit = scope_name(plan, result.branch, lang)
    said = tr(lang, "Result: {survey}, {unit}", survey=survey, unit=unit)
    if result.on is not None:
        said = f"{said} · {result.on.isoformat()}"
    return [
        (Span("▌ ", "primary"), Span(said, bold=True)),
        (Span("  " + fit(plan.campaign.title.text(lang), width - 2), "muted"),),
    ]


def headline(plan: Plan, result: HallResult, lang: Lang, width: int, *, tall: bool) -> list[Line]:
    """The satisfaction rate in large digits, and beside it of which question it is and what it rests on; or why not."""
    figures, overall = result.figures, result.figures.overall
    hidden = figures.rate_hidden
    if hidden:
        return [
            (Span(centred(part, width), bold=True),)
            for part in ("", *balanced_lines(why_hidden(hidden, lang), width - 8))
        ]
    if overall is None or overall.satisfaction is None:
        return [(Span("  "), *line) for line in _beside(result, lang, width - 2)]
    said = rate_text(overall.satisfaction, None, plan.campaign.remedial_threshold_pct)
    digits = large_numerals(said) if tall else numerals(said)
    size = cell_len(digits[0])
    room = width - size - GAP - 2
    beside = _beside(result, lang, room)
    spare = [()] * ((len(digits) - len(beside)) // 2)
    lines = [*spare, *beside, *[()] * len(digits)][: max(len(digits), len(beside))]
    rows = [*digits, *[""] * (len(lines) - len(digits))]
    return [
        (Span("  "), *side_by_side([((Span(row, "success", bold=True),), size), (line, room)], GAP))
        for row, line in zip(rows, lines, strict=True)
    ]


def _beside(result: HallResult, lang: Lang, width: int) -> list[Line]:
    figures, overall, account = result.figures, result.figures.overall, result.figures.account
    lines: list[Line] = [
        (
            Span(tr(lang, "SATISFIED"), "success", bold=True),
            Span(
                "  " + tr(lang, "of {n} valid forms", n=count_text(overall.valid if overall else figures.valid)),
                bold=True,
            ),
        )
    ]
    if overall is not None:
        lines.append((Span(fit(overall.question.label.text(lang), width)),))
        blank = tr(lang, "blank {n} ({p})", n=count_text(overall.blank), p=rate_text(overall.blank_share))
        unsure = tr(lang, "don't know {n} ({p})", n=_unsure(overall), p=rate_text(overall.no_opinion))
        lines.append((Span(f"{unsure} · {blank}"),))
    if account is not None:
        lines += [(Span(said),) for said in _came_back(result, lang)]
    if figures.shows_bounds and figures.bounds:
        low, high = map(rate_text, figures.bounds)
        lines.append((Span(tr(lang, "with those who did not answer: {low} to {high}", low=low, high=high)),))
    return lines


def _came_back(result: HallResult, lang: Lang) -> list[str]:
    """How many of the forms came back, and how many of those who began at a kiosk handed in."""
    figures, account = result.figures, result.figures.account
    said = []
    if account is not None and figures.return_rate is not None:
        said.append(
            tr(
                lang,
                "return rate {p}: {a} of {b} forms",
                p=rate_text(figures.return_rate),
                a=account.returned,
                b=account.issued,
            )
        )
    if account is not None and account.started:
        share = rate_text(rate(account.submitted, account.started))
        said.append(tr(lang, "at kiosks {p}: {a} of {b} who began", p=share, a=account.submitted, b=account.started))
    return said


def _unsure(overall: QuestionCounts) -> int:
    return overall.scale.no_opinion if overall.scale else 0


def hall_questions(result: HallResult) -> Sequence[QuestionCounts]:
    """The scale questions, the overall one first."""
    figures = result.figures
    if figures.hidden:
        return ()
    others = [each for each in figures.questions if each.question.is_scale and not each.question.is_overall]
    whole = [figures.overall] if figures.overall is not None and figures.overall.counts is not None else []
    return [*whole, *others]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of the questions are laid out in the room there is."""

    label: int
    """Cells of what is asked."""
    bar: int
    pitch: int
    """Rows of each question at least."""
    fits: int
    """Questions on a page."""
    columns: tuple[int, ...]
    """Cells of the figures beside the bar."""


def shape(asked: Sequence[QuestionCounts], lang: Lang, width: int, room: int) -> Shape:
    """As wide as what is asked needs, but with room for the bars; as high as there are rows for all."""
    longest = max((cell_len(each.question.label.text(lang)) for each in asked), default=LEAST_LABEL) + 4
    columns = COLUMNS if width >= SLIM else COLUMNS[:1]
    label = max(LEAST_LABEL, min(longest, width - sum(columns) - LEAST_BAR, width // 2))
    pitch = max(1, min(MOST_ROWS, (room + 1) // max(1, len(asked))))
    return Shape(label, max(LEAST_BAR, width - label - sum(columns)), pitch, max(1, room), columns)


def question_bars(plan: Plan, result: HallResult, lang: Lang, width: int, height: int, page: int) -> list[Line]:
    """The legend with the heads of the columns, then every question; as many as fit, those of ``page``."""
    asked = hall_questions(result)
    first = next((each for each in asked if each.counts is not None), None)
    if first is None:
        return []
    key = flowed(legend(first, lang, numbers=False), width - 2)
    room = height - len(key) - 1
    laid = shape(asked, lang, width, room)
    shown = asked[page * laid.fits : (page + 1) * laid.fits]
    lines: list[Line] = [(Span("  "), *line) for line in key]
    lines.append(_heads(laid, lang))
    spare = room - laid.pitch * len(shown)
    for each in shown:
        block = _block(plan, each, lang, laid, width)
        wanted = max(0, len(block) - laid.pitch)
        if laid.pitch == 1 and wanted > spare:
            block = _block(plan, each, lang, laid, width, rows=1 + spare)
            wanted = max(0, len(block) - 1)
        spare -= wanted
        lines += [*block, *[()] * (laid.pitch - len(block))]
    return lines[:height]


def pages(result: HallResult, lang: Lang, width: int, height: int) -> int:
    """How many screenfuls of questions there are."""
    asked = hall_questions(result)
    first = next((each for each in asked if each.counts is not None), None)
    if first is None:
        return 1
    room = height - len(flowed(legend(first, lang, numbers=False), width - 2)) - 1
    return -(-len(asked) // shape(asked, lang, width, room).fits)


def _heads(laid: Shape, lang: Lang) -> Line:
    names = (tr(lang, "Satisf."), tr(lang, "n"), tr(lang, "blank"))
    cells = [fitted((Span(name, "muted"),), size, right=True) for name, size in zip(names, laid.columns, strict=False)]
    return (Span(" " * (laid.label + laid.bar)), *(span for line in cells for span in line))


def _block(plan: Plan, each: QuestionCounts, lang: Lang, laid: Shape, width: int, rows: int = 0) -> list[Line]:
    """One question: what was asked, in ``rows`` at most, beside it the bar with its figures, below that the numbers."""
    most = rows or max(2, laid.pitch)
    parts = wrap(each.question.label.text(lang), laid.label - 4)
    if len(parts) > most:
        parts = [*parts[: most - 1], fit(BETWEEN[lang].join(parts[most - 1 :]), laid.label - 4)]
    beside = _hidden(each, lang, width - laid.label, most) if each.hidden else _bars(plan, each, lang, laid)
    count = max(len(parts), len(beside))
    labels = [fitted((Span("  "), Span(part, bold=each.question.is_overall)), laid.label) for part in parts]
    labels += [(Span(" " * laid.label),)] * (count - len(parts))
    return [(*label, *line) for label, line in zip(labels, [*beside, *[()] * (count - len(beside))], strict=True)]


def _hidden(each: QuestionCounts, lang: Lang, width: int, most: int) -> list[Line]:
    reason = why_hidden(each.hidden or "", lang)
    return [
        (Span(("× " if at == 0 else "  ") + part, "warning"),) for at, part in enumerate(wrap(reason, width - 2)[:most])
    ]


def _bars(plan: Plan, each: QuestionCounts, lang: Lang, laid: Shape) -> list[Line]:
    """The bar, as thick as there is room for, and the numbers behind it below."""
    said = rate_text(each.satisfaction, None, plan.campaign.remedial_threshold_pct)
    figures = (said, count_text(each.valid), count_text(each.blank))
    cells = [
        fitted((Span(text, bold=at == 0),), size, right=True)
        for at, (text, size) in enumerate(zip(figures, laid.columns, strict=False))
    ]
    bar = stacked_bar(bar_parts(each), laid.bar)
    right = tuple(span for line in cells for span in line)
    lines: list[Line] = [(*bar, *right)]
    if laid.pitch >= THICK:
        full = tuple(replace(span, text="█" * len(span.text)) if span.text[:1] in SOLID else span for span in bar)
        lines = [bar, (*full, *right)]
    if laid.pitch > 1:
        counts = each.counts or {}
        numbers = " · ".join(
            f"{choice.label.text(lang)} {counts[choice.code]}"
            for choice in each.question.choices
            if choice.code in counts
        )
        lines.append((Span(fit(numbers, laid.bar + sum(laid.columns) - 1), "muted"),))
    return lines
