"""The pages of a result that are read: overview, questions, dimensions, groups and channels. No Textual here."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.cells import cell_len

from campaign.labels import branch_label, inside
from campaign.language import N_, Lang, Listed
from campaign.plan import Plan
from exports.tables.common import part_name
from surveys.dimensions import dimension_label
from surveys.published import Figures, PartFigures
from surveys.question_counts import DimensionFigures, QuestionCounts
from surveys.tallies import By
from tui.staff.goal_lines import goal_lines
from tui.staff.result_scope import Scope
from tui.staff.result_words import (
    BLANK,
    REMEDIAL,
    bar_parts,
    count_text,
    glyphs_of,
    part_label,
    rate_text,
    why_hidden,
)
from tui.staff.texts import tr
from tui.staff.wording import short_day
from tui.widgets.bars import bar
from tui.widgets.cells import wrap
from tui.widgets.numerals import numerals
from tui.widgets.spans import Line, Span, fitted, flowed, spread
from tui.widgets.stacked import stacked_bar

RATE = 7
NAME = 18
INFORM_FIRST = N_("Over 30 per cent don't know: inform people first.")
PART_RATE, WIDE = 18, 90
"""Cells of a satisfaction rate in words; from so many cells on bars have an empty row between them."""


def legend(figures: QuestionCounts, lang: Lang, *, numbers: bool) -> list[Line]:
    """Every part of a bar: glyph, label and, if wanted, forms and share."""
    glyphs, parts = glyphs_of(figures.question), []
    counts = figures.counts or {}
    for choice in figures.question.choices:
        glyph, colour = glyphs[choice.code]
        said = f" {choice.label.text(lang)}"
        if numbers:
            said += f" {counts[choice.code]} · {rate_text(figures.share(choice.code))}"
        parts.append((Span(glyph * 2, colour), Span(f"{said}   ")))
    said = tr(lang, "blank")
    if numbers:
        said += f" {figures.blank} · {rate_text(figures.blank_share)}"
    return [*parts, (Span(BLANK[0] * 2, BLANK[1]), Span(f" {said}   "))]


def overview_lines(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """Satisfaction in large digits, what stands beside it, and the form account."""
    figures, overall = scope.figures, scope.figures.overall
    hidden = figures.rate_hidden
    lines: list[Line] = [()]
    if overall is None:
        lines.append((Span(tr(lang, "This questionnaire has no overall question.")),))
    elif hidden:
        lines += [
            (Span(f"× {part}" if at == 0 else part, bold=True),) for at, part in enumerate(_hidden(hidden, lang, width))
        ]
    else:
        lines += _large(plan, overall, lang)
        lines += [(), *question_lines(plan, overall, lang, width), ()]
    if not figures.hidden:
        lines += _beside(plan, scope, lang, width)
    return lines


def _hidden(reason: str, lang: Lang, width: int) -> list[str]:
    return wrap(why_hidden(reason, lang), width - 2)


def _large(plan: Plan, overall: QuestionCounts, lang: Lang) -> list[Line]:
    said = rate_text(overall.satisfaction, None, plan.campaign.remedial_threshold_pct)
    if overall.satisfaction is None:
        return [(Span(tr(lang, "Satisfied"), bold=True), Span(f"  {said}", bold=True))]
    beside = (
        (Span(tr(lang, "Satisfied"), bold=True), Span("  " + tr(lang, "of {n} valid forms", n=overall.valid))),
        (Span(expressed_text(overall.expressed, overall.expressing, lang), "muted"),),
        (
            Span(
                tr(
                    lang,
                    "don't know {k} · blank {b}",
                    k=rate_text(overall.no_opinion),
                    b=rate_text(overall.blank_share),
                ),
                "muted",
            ),
        ),
    )
    return [(Span(row, "primary"), Span("   "), *line) for row, line in zip(numerals(said), beside, strict=True)]


def expressed_text(share: Fraction | None, answers: int | None, lang: Lang) -> str:
    """The rate of those answers alone that give an opinion, with how many they are."""
    return tr(lang, "{p} of {n} with an opinion", p=rate_text(share), n=count_text(answers))


def _beside(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """Return rate, account, bounds, interval, decision, notes."""
    figures, facts = scope.figures, list[str]()
    account = figures.account
    if account is not None:
        facts.append(
            tr(
                lang,
                "Paper: handed out {issued}, returned {returned} ({p}), valid {valid}, void {void}.",
                issued=account.issued,
                returned=account.returned,
                p=rate_text(figures.return_rate),
                valid=account.valid,
                void=account.void,
            )
        )
        facts.append(tr(lang, "Kiosk: begun {a}, handed in {b}.", a=account.started, b=account.submitted))
        response = rate_text(figures.response_rate)
        facts.append(
            tr(lang, "Valid forms {n}, {p} of those handed out and begun.", n=count_text(figures.valid), p=response)
        )
    facts += _judged(plan, scope, lang)
    lines: list[Line] = []
    if figures.remedial is not None and figures.branch is not None:
        sign, words, colour = REMEDIAL[figures.remedial]
        lines.append((Span(f"{sign} {tr(lang, words)}", colour, bold=True),))
    for fact in facts:
        lines += [(Span("  " if at else "· ", "muted"), Span(part)) for at, part in enumerate(wrap(fact, width - 2))]
    return lines


def _judged(plan: Plan, scope: Scope, lang: Lang) -> Iterator[str]:
    figures, survey = scope.figures, scope.survey
    if figures.shows_bounds and figures.bounds:
        low, high = map(rate_text, figures.bounds)
        yield tr(lang, "Counting those who gave no valid form: between {low} and {high}.", low=low, high=high)
    if figures.branch is None:
        branches, threshold = inside(plan.campaign.words.branches, lang), plan.campaign.remedial_threshold_pct
        mean = rate_text(survey.mean_of_branches, None, threshold)
        yield tr(lang, "Mean of the rates of the {branches}: {p}.", branches=branches, p=mean)
        if survey.interval:
            low, high = (f"{100 * each:.1f}%" for each in (survey.interval.low, survey.interval.high))
            yield tr(lang, "Random sample, 95 per cent interval: {low} to {high}.", low=low, high=high)
        else:
            yield tr(lang, "Not a random sample: no interval.")
        if survey.left_out:
            yield tr.plural(
                lang,
                "{n} session has fewer than {k} valid forms and is in no figure.",
                "{n} sessions have fewer than {k} valid forms and are in no figure.",
                len(survey.left_out),
                k=plan.campaign.publish_min_forms,
            )
    if figures.overall is not None and figures.overall.inform_first:
        yield tr(lang, INFORM_FIRST)
    held = scope.session.counted.session if scope.session else None
    if held is not None and held.posted_on:
        first, last = short_day(held.posted_on), short_day(held.posted_until)
        yield tr(lang, "Published, with the notice from {a} to {b}.", a=first, b=last)


def questions_lines(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """Every question with choices, one below the other."""
    lines: list[Line] = []
    for figures in scope.figures.questions:
        lines += question_lines(plan, figures, lang, width)
        if figures.inform_first:
            lines += [(Span(part, "warning"),) for part in wrap(f"▲ {tr(lang, INFORM_FIRST)}", width)]
        lines.append(())
    notes = [
        tr(lang, "Satisfied: positive answers ÷ valid forms; blanks and “don't know” stay in the denominator."),
        tr(lang, "Because of rounding, shares may not add to 100."),
    ]
    return [*lines, *((Span(part, "muted"),) for note in notes for part in wrap(note, width))]


def question_lines(plan: Plan, figures: QuestionCounts, lang: Lang, width: int) -> list[Line]:
    """Heading, stacked bar and legend of a scale; a bar a choice where it is none; or why it is hidden."""
    asked = figures.question
    threshold = plan.campaign.remedial_threshold_pct
    right = ""
    if figures.hidden is None and asked.is_scale:
        right = tr(lang, "satisfied {p}", p=rate_text(figures.satisfaction, None, threshold))
    room = width - cell_len(right) - cell_len(asked.name) - 3
    first, *more = wrap(asked.label.text(lang), max(10, room))
    heading = spread((Span(f"{asked.name}  ", "muted"), Span(first, bold=True)), (Span(right, bold=True),), width)
    indent = " " * (cell_len(asked.name) + 2)
    lines = [heading, *((Span(indent), Span(part, bold=True)) for part in more)]
    if figures.hidden:
        return [
            *lines,
            *(
                (Span(f"× {part}" if at == 0 else f"  {part}", "warning"),)
                for at, part in enumerate(_hidden(figures.hidden, lang, width))
            ),
        ]
    if asked.is_scale:
        base = (Span(tr(lang, "n = {n}", n=figures.valid), "muted"),)
        return [
            *lines,
            stacked_bar(bar_parts(figures), width),
            *flowed([*legend(figures, lang, numbers=True), base], width),
        ]
    return [*lines, *_choice_lines(figures, lang, width)]


def _choice_lines(figures: QuestionCounts, lang: Lang, width: int) -> list[Line]:
    """The most chosen first."""
    counts = figures.counts or {}
    ordered = sorted(figures.question.choices, key=lambda choice: -counts[choice.code])
    rows = [(choice.label.text(lang), counts[choice.code], figures.share(choice.code)) for choice in ordered]
    rows.append((tr(lang, "blank"), figures.blank or 0, figures.blank_share))
    name = min(max((cell_len(label) for label, _, _ in rows), default=0) + 1, max(10, width // 2))
    cells = max(6, min(40, width - name - 16))
    lines = [
        (
            *fitted((Span(label),), name),
            *bar(share or Fraction(0), cells, "primary"),
            Span(f"{count:>6} {rate_text(share):>{RATE}}"),
        )
        for label, count, share in rows
    ]
    base = tr(lang, "n = {n}", n=figures.valid)
    if figures.question.type == "select_multiple":
        base += " · " + tr(lang, "several could be chosen: shares can add to more than 100")
    return [*lines, (Span(base, "muted"),)]


def dimension_lines(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """What is said of the goals of the campaign, if it has any; then the questions about one thing added up."""
    lines = goal_lines(plan, scope, lang, width)
    if lines:
        lines += [(), (Span(tr(lang, "What the questions are about"), "accent", bold=True),)]
    found = scope.figures.dimensions
    if not found:
        return [*lines, (Span(tr(lang, "The questionnaire does not say what its questions are about."), "muted"),)]
    for each in found:
        name = dimension_label(scope.survey.survey.questionnaire, each.dimension, lang)
        lines += [*_dimension(plan, each, name, lang, width), ()]
    return lines


def _dimension(plan: Plan, each: DimensionFigures, name: str, lang: Lang, width: int) -> list[Line]:
    threshold = plan.campaign.remedial_threshold_pct
    names = f"  {' '.join(each.questions)}"
    heading = (Span(name, bold=True), Span(names, "muted"))
    if each.hidden:
        return [
            fitted(heading, width),
            *((Span(f"  {part}", "warning"),) for part in _hidden(each.hidden, lang, width)),
        ]
    share = each.satisfaction or Fraction(0)
    satisfied = tr(lang, "satisfied {p}", p=rate_text(each.satisfaction, None, threshold))
    expressed = expressed_text(each.expressed, (each.positive or 0) + (each.negative or 0), lang)
    counted = tr(lang, "{a} positive, {b} negative, of {n} in all", a=each.positive, b=each.negative, n=each.answers)
    parts = [(Span(part, "muted"),) for part in wrap(f"{counted} · {expressed}", width)]
    return [spread(heading, (Span(satisfied, bold=True),), width), bar(share, width, "success"), *parts]


def parts_lines(plan: Plan, scope: Scope, lang: Lang, width: int) -> list[Line]:
    """The overall question by group and by channel, where that may be shown."""
    lines: list[Line] = []
    for parts in scope.survey.parts:
        title = tr(lang, "By group") if parts.by is By.GROUP else tr(lang, "Kiosk and paper")
        lines += [(Span(title, bold=True),), *_parts(plan, scope, parts, lang, width), ()]
    return lines or [(Span(tr(lang, "This survey is not divided."), "muted"),)]


def _parts(plan: Plan, scope: Scope, parts: PartFigures, lang: Lang, width: int) -> list[Line]:
    held = _held(scope, parts)
    rows = [(part_label(each, parts.by, lang), each) for each in held if each.overall is not None]
    if not rows or not any(each.valid for _, each in rows):
        said = tr(lang, "× not shown: a part is so small that somebody could be found")
        return [(Span(said, "warning"),)]
    name = min(max(cell_len(label) for label, _ in rows) + 2, NAME + 10)
    base = max(cell_len(tr(lang, "n = {n}", n=each.valid)) for _, each in rows) + 2
    lines = [line for label, each in rows for line in _part_line(plan, label, each, (name, base), lang, width)]
    first = next((each.overall for _, each in rows if each.overall and each.overall.counts), None)
    if first is not None:
        lines += flowed(legend(first, lang, numbers=False), width)
    notes = []
    small = next((each.merged for each in held if each.merged), ())
    if small:
        named = Listed(tuple(part_name(held[0].survey.questionnaire, parts.by, code) for code in small))
        notes.append(tr(lang, "Shown only together, for one of them is too small: {names}.", names=named))
    if scope.branch is None and parts.left_out:
        names = Listed(tuple(branch_label(plan, code, lang) for code in parts.left_out))
        notes.append(tr(lang, "In no part, for a small one could be found: {units}.", units=names))
    if scope.branch is None and parts.weighted and parts.weighted.rate is not None:
        notes.append(tr(lang, "With weighted groups: satisfied {p}.", p=rate_text(parts.weighted.rate)))
    return [*lines, *((Span(part, "muted"),) for note in notes for part in wrap(note, width))]


def _held(scope: Scope, parts: PartFigures) -> Sequence[Figures]:
    if scope.branch is None:
        return parts.town
    return next((each for each in parts.branches if each and each[0].branch == scope.branch), ())


def _part_line(plan: Plan, label: str, each: Figures, columns: tuple[int, int], lang: Lang, width: int) -> list[Line]:
    name, room = columns
    overall = each.overall
    if overall is None:
        return []
    label_cell = fitted((Span(label),), name)
    if overall.hidden:
        return [(*label_cell, Span(f"× {why_hidden(overall.hidden, lang)}", "warning"))]
    shown = rate_text(overall.satisfaction, None, plan.campaign.remedial_threshold_pct)
    base, rate = tr(lang, "n = {n}", n=overall.valid), tr(lang, "satisfied {p}", p=shown)
    cells = max(6, width - name - room - PART_RATE)
    figures = (*fitted((Span(base),), room, right=True), *fitted((Span(rate, bold=True),), PART_RATE, right=True))
    apart = [()] if width >= WIDE else []
    return [(*label_cell, *stacked_bar(bar_parts(overall), cells), *figures), *apart]
