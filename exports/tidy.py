"""The report: built once from the results of verified sessions, then written in every format.

Every figure in it has been through suppression already; a format can hide nothing more and show nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.language import N_, Lang
from campaign.plan import Plan
from exports.texts import tr
from surveys.figures import QuestionResults, SessionResults, share
from surveys.questionnaire import CountsAs, Question, Questionnaire, QuestionType

Cell = str | int | Decimal | date | None
"""A value of a table; None is a figure that does not exist or is hidden."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A verified session's results and the questionnaire that was asked."""

    results: SessionResults
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class TidyTable:
    """A table with typed cells, one row a thing."""

    name: str
    """Its file name without suffix."""
    columns: tuple[str, ...]
    """Column names, the same in every language, for programs to rely on."""
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TidyReport:
    """What is published, in one language."""

    lang: Lang
    tables: tuple[TidyTable, ...]


SESSION = ("session", "branch", "branch_name", "kind", "date")
QUESTION = ("question", "question_text", "dimension")
TALLIES = (
    *SESSION,
    *QUESTION,
    "choice",
    "choice_text",
    "counts_as",
    "weight",
    "figure_state",
    "count",
    "share_pct",
    "valid",
)
QUESTIONS = (
    *SESSION,
    *QUESTION,
    "figure_state",
    "valid",
    "blank",
    "positive",
    "negative",
    "no_opinion",
    "positive_rate_pct",
    "expressed_rate_pct",
    "negative_share_pct",
    "no_opinion_share_pct",
    "blank_share_pct",
    "index",
)
FORMS = (*SESSION, "questionnaire", "version", "figure_state", "submitted", "valid", "void")
NOTES = (
    ("positive_rate_pct", N_("Positive answers ÷ valid forms × 100. Blanks and no opinion stay in the valid forms.")),
    ("expressed_rate_pct", N_("Positive answers ÷ (positive + negative answers) × 100.")),
    (
        "share_pct",
        N_("Forms with this choice ÷ valid forms × 100. Where several may be chosen, shares can exceed 100."),
    ),
    (
        "index",
        N_("Σ weight × forms with the choice ÷ Σ forms with a choice that has a weight; weights are with the tallies."),
    ),
    ("rounding", N_("Half up, to one decimal. Because of rounding, shares may not add to 100.")),
    (
        "figure_state",
        N_(
            "shown; <5: too few forms, hidden; alike: fewer than 10 forms and all alike, hidden; "
            "groups: a small group could be found, hidden."
        ),
    ),
)
"""Column names or topics, and what is to be known about them."""
SHOWN = "shown"


def tidy_report(plan: Plan, sessions: Sequence[Verified], today: date, lang: Lang) -> TidyReport:
    """The report of these sessions, in the order of the plan's branches, then by day."""
    order = {branch.code: place for place, branch in enumerate(plan.branches)}
    ordered = sorted(sessions, key=lambda each: (order.get(each.results.branch, len(order)), each.results.session))
    return TidyReport(
        lang,
        (
            TidyTable("tallies", TALLIES, tuple(row for each in ordered for row in _tally_rows(plan, each, lang))),
            TidyTable(
                "questions", QUESTIONS, tuple(row for each in ordered for row in _question_rows(plan, each, lang))
            ),
            TidyTable("forms", FORMS, tuple(_form_row(plan, each, lang) for each in ordered)),
            TidyTable("about", ("item", "text"), tuple(_about(plan, today, lang))),
        ),
    )


def _session_cells(plan: Plan, results: SessionResults, lang: Lang) -> tuple[Cell, ...]:
    branch = plan.branch(results.branch)
    name = branch.name.text(lang) if branch else results.branch
    return (results.session, results.branch, name, results.kind, results.on)


def _asked(each: Verified) -> Iterator[tuple[Question, QuestionResults]]:
    """Questions with choices and their figures; written opinions are not part of the report."""
    by_name = {question.name: question for question in each.results.questions}
    for question in each.questionnaire.asked:
        if question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE} and question.name in by_name:
            yield question, by_name[question.name]


def _question_cells(question: Question, lang: Lang) -> tuple[Cell, ...]:
    return (question.name, question.label.text(lang), question.dimension)


def _tally_rows(plan: Plan, each: Verified, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """A row for every choice and one for the blanks (choice empty)."""
    head, valid = _session_cells(plan, each.results, lang), each.results.valid
    for question, figures in _asked(each):
        state = each.results.suppressed or figures.suppressed or SHOWN
        for choice in question.choices:
            count = figures.counts[choice.code] if figures.counts else None
            counts_as = choice.counts_as.value if choice.counts_as else ""
            what = (choice.code, choice.label.text(lang), counts_as, choice.weight)
            cells = (*what, state, count, _share(count, valid), valid)
            yield (*head, *_question_cells(question, lang), *cells)
        blank = (*head, *_question_cells(question, lang), "", tr(lang, "(blank)"), "", None, state)
        yield (*blank, figures.blank, _share(figures.blank, valid), valid)


def _share(count: int | None, valid: int | None) -> Decimal | None:
    return None if count is None or valid is None else share(count, valid)


def _question_rows(plan: Plan, each: Verified, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """A row for every question with a scale."""
    head, valid = _session_cells(plan, each.results, lang), each.results.valid
    for question, figures in _asked(each):
        if question.is_scale:
            yield (
                *head,
                *_question_cells(question, lang),
                each.results.suppressed or figures.suppressed or SHOWN,
                valid,
                figures.blank,
                *(_counted(question, figures, what) for what in CountsAs),
                figures.positive_rate,
                figures.expressed_rate,
                figures.negative_share,
                figures.no_opinion_share,
                figures.blank_share,
                figures.index,
            )


def _counted(question: Question, figures: QuestionResults, what: CountsAs) -> int | None:
    if figures.counts is None:
        return None
    return sum(figures.counts[choice.code] for choice in question.choices if choice.counts_as is what)


def _form_row(plan: Plan, each: Verified, lang: Lang) -> tuple[Cell, ...]:
    results, asked = each.results, each.questionnaire
    head = _session_cells(plan, results, lang)
    state = results.suppressed or SHOWN
    return (*head, asked.title.text(lang), asked.version, state, results.submitted, results.valid, results.void)


def _about(plan: Plan, today: date, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    yield ("campaign", plan.campaign.title.text(lang))
    yield ("organiser", plan.campaign.organiser.text(lang))
    yield ("exported_on", today)
    for item, text in NOTES:
        yield (item, tr(lang, text))
