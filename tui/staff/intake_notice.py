"""What the intake screen says of the last scan or key."""

from dataclasses import dataclass
from enum import Enum

from campaign.errors import Problem
from campaign.language import N_, Phrase
from surveys.paper.forms import PaperForm
from surveys.paper.scan_desk import SCANNER
from tui.staff.intake_draft import Draft
from tui.staff.intake_keys import Mode
from tui.staff.texts import tr


class Tone(Enum):
    """How a notice is meant."""

    DONE = "done"
    """It is on disk."""
    TOLD = "told"
    """Nothing has changed, and nothing is wrong."""
    ASK = "ask"
    """Nothing has changed; somebody must say what is to be done."""
    WRONG = "wrong"
    """Nothing has changed, and somebody must look."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was done, or why not."""

    tone: Tone
    said: Phrase | None = None
    problem: Problem | None = None
    form: PaperForm | None = None
    """The form that it is about, as it is now."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done last, as long as it can be taken back."""

    mode: Mode
    form: PaperForm | None = None
    draft: Draft | None = None
    """What was keyed: taken back, it can be mended and kept."""
    count: int = 0
    """Forms that were handed out by the number."""


DONE = {
    Mode.ISSUE: tr.phrase(N_("Handed out")),
    Mode.RECEIVE: tr.phrase(N_("Taken back")),
    Mode.KEY: tr.phrase(N_("Keyed and kept")),
    Mode.AGAIN: tr.phrase(N_("Keyed a second time and kept")),
    Mode.VOID: tr.phrase(N_("Declared void")),
    Mode.SPOIL: tr.phrase(N_("Put aside as spoiled")),
}
ALREADY = {
    Mode.ISSUE: tr.phrase(N_("This form has been handed out before. Nothing was changed.")),
    Mode.RECEIVE: tr.phrase(N_("This form has been taken back before. Nothing was changed.")),
    Mode.VOID: tr.phrase(N_("This form has been declared void before. Nothing was changed.")),
    Mode.SPOIL: tr.phrase(N_("This form has been put aside as spoiled before. Nothing was changed.")),
}
KEYERS = ("keyer 1", "keyer 2")
"""The roles under which forms are keyed."""
KEYER_NAMES = {
    KEYERS[0]: tr.phrase(N_("keyer 1")),
    KEYERS[1]: tr.phrase(N_("keyer 2")),
    SCANNER: tr.phrase(N_("scanner")),
}
