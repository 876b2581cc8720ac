"""What several tables have in common."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from campaign.i18n import I18n
from campaign.labels import survey_label
from campaign.language import N_
from campaign.plan import Plan
from exports.cells import Cell, Hidden, both, plain, said
from surveys.counted import Survey
from surveys.hiding import GROUPS as GROUPS_REASON
from surveys.questionnaire import Questionnaire
from surveys.suppression import ALIKE as ALIKE_REASON
from surveys.tallies import By

ALL = N_("All together")
ROUNDING = N_("Rates are rounded half up to one decimal; because of rounding, shares may not add to 100.")
TOO_FEW = N_("<{k}: fewer than {k} valid forms; not shown, and in no total.")
ALIKE = N_("All alike: with fewer than 10 valid forms, what everybody answered in the same way is not shown.")
GROUPS = N_("Small groups: not shown, nor what they could be found from.")
VALID = N_("The denominator is the valid forms; blanks and “don't know” stay in it.")

DIMENSIONS: Mapping[str, str] = {
    "inform": N_("being informed"),
    "ask": N_("being asked"),
    "watch": N_("being able to watch"),
    "answer": N_("answers to problems"),
    "people": N_("the staff"),
    "organisation": N_("the unit's organisation"),
    "service": N_("service to the public"),
    "work": N_("the work itself"),
    "targeted": N_("going to the point"),
    "effective": N_("effect"),
    "inventive": N_("new ways"),
    "no_formalism": N_("substance, not show"),
    "overall": N_("all in all"),
}
"""What a question of a questionnaire may be about, marked for translation; others are called what they are there."""


def dimension_name(dimension: str) -> I18n:
    """What a question is about, in words."""
    known = DIMENSIONS.get(dimension)
    return both(known) if known else plain(dimension)


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


def notes_where_hidden(k: int, rows: Iterable[Iterable[Cell]]) -> tuple[I18n, ...]:
    """What the reasons mean for which a table hides something."""
    return notes_of(k, [cell.reason for row in rows for cell in row if isinstance(cell, Hidden)])


def notes_of(k: int, reasons: Iterable[str]) -> tuple[I18n, ...]:
    """Those of :func:`hiding_notes` that tell of one of these reasons."""
    known = {ALIKE_REASON: 1, GROUPS_REASON: 2}
    places = sorted({known.get(reason, 0) for reason in reasons})
    return tuple(hiding_notes(k)[place] for place in places)


@lru_cache
def hiding_notes(k: int) -> tuple[I18n, ...]:
    """What the reasons of hidden figures mean."""
    return both(TOO_FEW, k=k), both(ALIKE), both(GROUPS)
