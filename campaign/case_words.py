"""What parts of a case are called by their ids: states, moves, origins; an id that nothing knows stands for itself."""

from collections.abc import Mapping

from campaign.case_tables import CASE_KINDS, Wants
from campaign.cases import EXTEND, OPEN
from campaign.language import N_, Lang
from campaign.texts import tr

ORIGIN_NAMES: Mapping[str, str] = {
    "inspection": N_("inspection"),
    "opinions": N_("opinions"),
    "survey_result": N_("survey result"),
    "self_check": N_("self-check"),
    "support_request": N_("request of the branch"),
    "look_back": N_("look-back"),
    "slip": N_("slip of a person"),
}
"""Marked for translation. Where cases usually come from; others may be written as well."""

WANT_NAMES: Mapping[Wants, str] = {
    Wants.TEXT: N_("a text"),
    Wants.OUTCOME: N_("an outcome"),
    Wants.DUE: N_("a new deadline"),
    Wants.INTO: N_("another open case"),
    Wants.OWNER: N_("an owner"),
    Wants.ANOTHER_ROLE: N_("a role that is not the owner's"),
    Wants.CANNOT_NOW: N_("that it cannot be put right now"),
}
"""Marked for translation."""

_OPENED, _EXTENDED = N_("opened"), N_("extend the deadline")


def state_name(kind: str, state: str, lang: Lang) -> str:
    """What a state of a kind of case is called."""
    known = CASE_KINDS.get(kind)
    return next((tr(lang, each.name) for each in known.states if each.id == state), state) if known else state


def move_name(kind: str, move: str, lang: Lang) -> str:
    """What a move of a kind of case is called, ``open`` and ``extend`` too."""
    if move in (OPEN, EXTEND):
        return tr(lang, _OPENED if move == OPEN else _EXTENDED)
    known = CASE_KINDS.get(kind)
    rows = known.moves_called(move) if known else ()
    return tr(lang, rows[0].name) if rows else move


def origin_label(origin: str, lang: Lang) -> str:
    """Where a case comes from."""
    return tr(lang, ORIGIN_NAMES[origin]) if origin in ORIGIN_NAMES else origin
