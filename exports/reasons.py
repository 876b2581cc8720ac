"""Why a figure is hidden: a word in its place, and a sentence below for each word that stands there."""

from collections.abc import Iterable, Sequence

from campaign.i18n import I18n
from campaign.language import N_
from exports.cells import Cell, Hidden, HidingNote, Table, both, said
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
    kept = without_reasons(notes)
    told = {note.reason for note in kept if isinstance(note, HidingNote)}
    reasons = dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, Hidden))
    return [*kept, *(explanation(cell) for cell in reasons if cell.reason not in told)]


def without_reasons(notes: Sequence[I18n]) -> Sequence[I18n]:
    """The notes but for those on hidden figures that all tables have alike."""
    return [note for note in notes if not isinstance(note, HidingNote) or note.of_table]


def unexplained(table: Table) -> Sequence[Sequence[Cell]]:
    """The table's rows, without the hidden figures that a note of its own tells of."""
    told = {note.reason for note in table.notes if isinstance(note, HidingNote) and note.of_table}
    if not told:
        return table.rows
    return [[cell for cell in row if not (isinstance(cell, Hidden) and cell.reason in told)] for row in table.rows]


def explanation(cell: Hidden) -> I18n:
    """What the word in place of a hidden figure means."""
    if sentence := _SENTENCES.get(cell.reason):
        word = said(lambda lang: mark(cell, lang))
        return both(sentence, sign=word)
    return both(common.TOO_FEW, k=cell.reason.removeprefix("<"))
