"""Why a figure is hidden: a word in its place, and a sentence below for each word that stands there."""

from collections.abc import Iterable, Sequence

from campaign.i18n import I18n
from campaign.language import N_
from exports.cells import Cell, Hidden, both, said
from exports.showing import mark
from exports.tables import common
from surveys.hiding import GROUPS
from surveys.suppression import ALIKE

_SENTENCES = {
    ALIKE: N_("{sign}: fewer than 10 valid forms, all with the same answer; not shown."),
    GROUPS: N_("{sign}: a small group, or a figure that it could be found from; not shown."),
}
"""Marked for translation."""


def explained(notes: Sequence[I18n], rows: Iterable[Sequence[Cell]]) -> Sequence[I18n]:
    """The notes; of those on hidden figures only what these rows need, with the words that stand there."""
    reasons = dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, Hidden))
    return [*without_reasons(notes), *(explanation(cell) for cell in reasons)]


def without_reasons(notes: Sequence[I18n]) -> Sequence[I18n]:
    """The notes but for those on hidden figures."""
    general = {
        both(common.ALIKE),
        both(common.GROUPS),
        *(note for note in notes if _is_too_few(note)),
    }
    return [note for note in notes if note not in general]


def explanation(cell: Hidden) -> I18n:
    """What the word in place of a hidden figure means."""
    if sentence := _SENTENCES.get(cell.reason):
        word = said(lambda lang: mark(cell, lang))
        return both(sentence, sign=word)
    return both(common.TOO_FEW, k=cell.reason.removeprefix("<"))


def _is_too_few(note: I18n) -> bool:
    """Whether it is the note on too few forms, with whatever number."""
    digits = "".join(char for char in note.zh.partition("：")[0] if char.isdigit())
    return bool(digits) and note == both(common.TOO_FEW, k=digits)
