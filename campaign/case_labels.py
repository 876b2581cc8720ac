"""What cases, their states and moves are called, as screens and commands show it."""

from campaign.case_states import kind_of
from campaign.case_tables import CASE_KINDS, Move
from campaign.cases import Case, Feasibility, Outcome
from campaign.language import N_, Lang
from campaign.texts import tr

OUTCOMES = {
    Outcome.NONE: N_("–"),
    Outcome.RESOLVED: N_("resolved"),
    Outcome.PARTLY: N_("partly resolved"),
    Outcome.PLANNED: N_("planned"),
    Outcome.EXPLAINED: N_("explained to the person"),
    Outcome.PASSED_ON: N_("passed on to a higher level"),
}
"""Marked for translation, in the order in which they are offered."""
FEASIBILITIES = {
    Feasibility.UNKNOWN: N_("–"),
    Feasibility.NOW: N_("can be done now"),
    Feasibility.BY_DATE: N_("can be done by a date"),
    Feasibility.HIGHER_LEVEL: N_("needs a higher level"),
    Feasibility.CANNOT_NOW: N_("cannot be done now"),
}
"""Marked for translation, in the order in which they are offered."""


def case_kind_label(kind: str, lang: Lang, *, short: bool = False) -> str:
    """What a kind of case is called, in a narrow column for short; an id that is none stands for itself."""
    if kind not in CASE_KINDS:
        return kind
    known = CASE_KINDS[kind]
    return tr(lang, (short and known.short) or known.name)


def state_label(case: Case, lang: Lang, *, short: bool = False) -> str:
    """What the state of ``case`` is called, in a narrow column for short."""
    state = kind_of(case).state(case.state)
    return tr(lang, (short and state.short) or state.name)


def move_label(move: Move, lang: Lang) -> str:
    """What is done by ``move``, for a button or a list."""
    return tr(lang, move.name)


def text_label(move: Move, lang: Lang) -> str:
    """What the text of ``move`` is called; empty if it takes none."""
    return tr(lang, move.text) if move.text else ""


def outcome_of_answer(outcome: Outcome, lang: Lang) -> str:
    """What an answer came to."""
    return tr(lang, OUTCOMES[outcome])


def feasibility_label(feasibility: Feasibility, lang: Lang) -> str:
    """Whether a matter can be put right."""
    return tr(lang, FEASIBILITIES[feasibility])
