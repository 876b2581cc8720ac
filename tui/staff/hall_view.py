"""A result for the hall: satisfaction large, then a bar a question. No Textual here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from campaign.labels import survey_label
from campaign.language import Lang
from campaign.plan import Plan
from surveys.dimensions import dimension_label
from surveys.hall import HallResult
from surveys.question_counts import QuestionCounts
from surveys.rates import rate
from tui.staff.result_lines import legend
from tui.staff.result_words import bar_parts, count_text, rate_text, scope_name, why_hidden
from tui.staff.texts import tr
from tui.widgets.cells import balanced_lines, centred, fit, wrap
from tui.widgets.numerals import large_numerals, numerals
from tui.widgets.spans import Line, Span, fitted, flowed, side_by_side, width_of
from tui.widgets.stacked import stacked_bar

TALL = 26
"""Rows from which the digits are twice as large."""
EDGE = 3
"""Cells around what is asked, and between the legend and the heads."""
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
    longest = max((cell_len(each.question.label.text(lang)) for each in asked), default=LEAST_LABEL) + EDGE
    columns = _columns(width)
    label = max(LEAST_LABEL, min(longest, width - sum(columns) - LEAST_BAR, width // 2))
    pitch = max(1, min(MOST_ROWS, (room + 1) // max(1, len(asked))))
    return Shape(label, max(LEAST_BAR, width - label - sum(columns)), pitch, max(1, room), columns)


def question_bars(plan: Plan, result: HallResult, lang: Lang, width: int, height: int, page: int) -> list[Line]:
    """The legend with the heads of the columns, then every question; as many as fit, those of ``page``."""
    asked = hall_questions(result)
    lines = _key(asked, lang, width)
    if not lines:
        return []
    room = height - len(lines)
    laid = shape(asked, lang, width, room)
    shown, short = asked[page * laid.fits : (page + 1) * laid.fits], short_names(result, lang)
    spare = room - laid.pitch * len(shown)
    most = _most_rows(shown, short, lang, laid, spare)
    for each, rows in zip(shown, most, strict=True):
        block = _block(plan, each, short.get(each.question.name, ""), lang, laid, width, rows)
        lines += [*block, *[()] * (laid.pitch - len(block))]
    return lines[:height]


def pages(result: HallResult, lang: Lang, width: int, height: int) -> int:
    """How many screenfuls of questions there are."""
    asked = hall_questions(result)
    key = _key(asked, lang, width)
    return -(-len(asked) // shape(asked, lang, width, height - len(key)).fits) if key else 1


def short_names(result: HallResult, lang: Lang) -> Mapping[str, str]:
    """What a question is about, in few words, by its name: of those that no other one shares it with."""
    asked = [each.question for each in hall_questions(result)]
    times = Counter(each.dimension for each in asked)
    return {
        each.name: dimension_label(result.figures.survey.questionnaire, each.dimension, lang)
        for each in asked
        if each.dimension and times[each.dimension] == 1
    }


def _key(asked: Sequence[QuestionCounts], lang: Lang, width: int) -> list[Line]:
    """The legend, and the heads of the columns behind it where there is room; nothing if no question has figures."""
    first = next((each for each in asked if each.counts is not None), None)
    if first is None:
        return []
    key: list[Line] = [(Span("  "), *line) for line in flowed(legend(first, lang, numbers=False), width - 2)]
    left = width - sum(_columns(width))
    if width_of(key[-1]) + EDGE > left:
        key.append(())
    return [*key[:-1], (*fitted(key[-1], left), *_heads(lang, width))]


def _columns(width: int) -> tuple[int, ...]:
    return COLUMNS if width >= SLIM else COLUMNS[:1]


def _heads(lang: Lang, width: int) -> Line:
    names = (tr(lang, "Satisf."), tr(lang, "n"), tr(lang, "blank"))
    cells = [
        fitted((Span(name, "muted"),), size, right=True) for name, size in zip(names, _columns(width), strict=False)
    ]
    return tuple(span for line in cells for span in line)


def _most_rows(
    shown: Sequence[QuestionCounts], short: Mapping[str, str], lang: Lang, laid: Shape, spare: int
) -> list[int]:
    """How many rows each question may take: free ones go to those first that have no short name."""
    most = [max(2, laid.pitch)] * len(shown) if laid.pitch > 1 else [1] * len(shown)
    if laid.pitch > 1:
        return most
    for at in sorted(range(len(shown)), key=lambda at: shown[at].question.name in short):
        each = shown[at]
        wanted = len(wrap(each.question.label.text(lang), laid.label - EDGE)) - 1
        if wanted <= spare or each.question.name not in short:
            most[at] += min(wanted, spare)
            spare -= min(wanted, spare)
    return most


def _block(plan: Plan, each: QuestionCounts, short: str, lang: Lang, laid: Shape, width: int, most: int) -> list[Line]:
    """One question: what was asked, in ``most`` rows, beside it the bar with its figures, below that the numbers."""
    room = laid.label - EDGE
    parts = wrap(each.question.label.text(lang), room)
    if len(parts) > most and short and cell_len(short) <= room:
        parts = [short]
    elif len(parts) > most:
        parts = [*parts[: most - 1], fit(BETWEEN[lang].join(parts[most - 1 :]), room)]
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
