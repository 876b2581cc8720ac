"""What several tables have in common."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from campaign.i18n import I18n
from campaign.labels import survey_label
from campaign.language import N_, NP_, HasText, Listed
from campaign.plan import Plan
from exports.cells import Cell, Hidden, HidingNote, Rate, both, hiding_note, plain, rate_cell, said
from surveys.counted import Survey
from surveys.dimensions import dimension_label
from surveys.hiding import GROUPS as GROUPS_REASON
from surveys.published import Figures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import Questionnaire
from surveys.suppression import ALIKE as ALIKE_REASON
from surveys.tallies import By

ALL = N_("All together")
POOLED, MEAN, WEIGHTED = N_("All forms together"), N_("Mean of the units"), N_("Groups by their weights")
ROUNDING = N_("Rates are rounded half up to one decimal; because of rounding, shares may not add to 100.")
TOO_FEW = N_("<{k}: fewer than {k} valid forms; not shown, and in no total.")
ALIKE = N_("All alike: with fewer than 10 valid forms, what everybody answered in the same way is not shown.")
GROUPS = N_("Small groups: not shown, nor what they could be found from.")
LEFT_OUT = NP_(
    "{questions}: {n} valid form is left out, for what it answered there is hidden: {units}.",
    "{questions}: {n} valid forms are left out, for what they answered there is hidden: {units}.",
)
INFORM_FIRST = N_("More than 30 per cent do not know: people are to be informed first. {names}.")
_MOST_NAMED = 10
"""Units, or questions, that a note names."""
VALID = N_("The denominator is the valid forms; blanks and “don't know” stay in it.")

NOT_SAID = "blank"
"""Code of those who did not say which group they are in."""


def dimension_name(questionnaire: Questionnaire, dimension: str) -> I18n:
    """What a question is about, in words."""
    return said(lambda lang: dimension_label(questionnaire, dimension, lang))


def branch_name(plan: Plan, code: str | None) -> I18n:
    """The branch's whole name, or that all are meant."""
    if code is None:
        return both(ALL)
    branch = plan.branch(code)
    return branch.name if branch else plain(code)


def survey_name(survey: Survey) -> I18n:
    """The kind of the survey."""
    return said(lambda lang: survey_label(survey.kind, lang))


def slug(survey: Survey) -> str:
    """The part of a table's name that says which survey it is about: its kind, and the questionnaire if that says more.

    No two surveys have the same.
    """
    own = survey.questionnaire.id
    return survey.kind if own == survey.kind else f"{survey.kind}_{_escaped(own)}"


CHOICES = "choices"
"""Stands before the name of a question, which may look like a branch's code."""


def table_name(number: str, survey: Survey, *more: str) -> str:
    """``T2-final-B01``: number, survey, and what tells the table from the others of its number.

    That is a branch's code, a session's id, ``choices`` with a question's name, or what is divided by; then the number
    of the scale from the second on. No two tables have the same name, whatever questionnaires and questions are called.
    """
    return "-".join((number, slug(survey), *map(_escaped, more)))


def _escaped(text: str) -> str:
    """Letters and digits as they are, anything else so that no two texts become the same; never with a hyphen."""
    return "".join(c if c.isalnum() else "__" if c == "_" else f"_{ord(c):x}_" for c in text)


def part_name(questionnaire: Questionnaire, by: By, code: str | None) -> I18n:
    """What a group or a channel is called; None: several that are shown only together."""
    if code is None:
        return both(N_("Others together"))
    if by is By.CHANNEL:
        return both(N_("kiosk")) if code == "kiosk" else both(N_("paper"))
    asked = questionnaire.group_question
    choice = asked.choice(code) if asked else None
    return choice.label if choice else both(N_("(not said)"))


def part_code(figures: Figures) -> str:
    """The code of a group or a channel for programs; of several together all codes, with blanks between them."""
    codes = (figures.part,) if figures.part is not None else figures.merged
    return " ".join(code or NOT_SAID for code in codes)


def left_out_notes(plan: Plan, figures: Figures, asked: Iterable[QuestionCounts]) -> Iterator[I18n]:
    """Whose valid forms are in no figure of a question, for they are hidden, where others' are shown."""
    questions = dict[tuple[str, ...], list[QuestionCounts]]()
    for each in asked:
        if each.hidden is None and each.left_out:
            questions.setdefault(each.left_out, []).append(each)
    for alike in questions.values():
        names = Listed(tuple(each.question.name for each in alike))
        yield both(LEFT_OUT, questions=names, n=alike[0].left_forms, units=_units(plan, figures, alike[0]))


def _units(plan: Plan, figures: Figures, asked: QuestionCounts) -> HasText:
    """The units that are left out; of a unit's own figures, the sessions."""
    if figures.branch is not None:
        return _most(tuple(map(plain, asked.left_out)))
    return _most(tuple(branch_name(plan, code) for code in asked.left_branches))


def _most(names: Sequence[HasText]) -> HasText:
    """The first of many names, and how many more there are."""
    more = (both(N_("{n} more"), n=len(names) - _MOST_NAMED),) if len(names) > _MOST_NAMED else ()
    return Listed((*names[:_MOST_NAMED], *more))


def satisfaction_cell(plan: Plan, value: Fraction | None, hidden: str | None = None) -> Cell:
    """A satisfaction rate, or why there is none; below the campaign's threshold it never looks as if it reached it."""
    return rate_cell(value, hidden, plan.campaign.remedial_threshold_pct)


def satisfaction(plan: Plan, value: Fraction) -> Decimal:
    """The same in per cent, for a sentence."""
    return Rate(value, plan.campaign.remedial_threshold_pct).percent


def inform_first(names: Sequence[HasText]) -> Iterator[I18n]:
    """That people must be informed before they can judge these; nothing of none."""
    if names:
        yield both(INFORM_FIRST, names=_most(names))


def notes_where_hidden(k: int, rows: Iterable[Iterable[Cell]]) -> tuple[I18n, ...]:
    """What the reasons mean for which a table hides something."""
    return notes_of(k, [cell.reason for row in rows for cell in row if isinstance(cell, Hidden)])


def notes_of(k: int, reasons: Iterable[str]) -> tuple[HidingNote, ...]:
    """Those of :func:`hiding_notes` that tell of one of these reasons."""
    found = set(reasons)
    return tuple(note for note in hiding_notes(k) if note.reason in found)


@lru_cache
def hiding_notes(k: int) -> tuple[HidingNote, ...]:
    """What the reasons of hidden figures mean, where a figure is one of valid forms."""
    return (
        hiding_note(f"<{k}", both(TOO_FEW, k=k)),
        hiding_note(ALIKE_REASON, both(ALIKE)),
        hiding_note(GROUPS_REASON, both(GROUPS)),
    )
