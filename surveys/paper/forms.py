"""A paper form and what becomes of it."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from surveys.paper.geometry import FormLayout


class FormState(StrEnum):
    """Where a form is."""

    PRINTED = "printed"
    ISSUED = "issued"
    """Handed out, and its code was scanned then; forms that were handed out by the number stay printed."""
    RETURNED = "returned"
    KEYED = "keyed"
    VERIFIED = "verified"
    SPOILED = "spoiled"
    """Damaged before it was used."""
    UNUSED = "unused"
    NOT_RETURNED = "not_returned"
    VOID = "void"


FORM_TRANSITIONS: dict[FormState, tuple[FormState, ...]] = {
    FormState.PRINTED: (FormState.ISSUED, FormState.RETURNED, FormState.SPOILED, FormState.UNUSED),
    FormState.ISSUED: (FormState.RETURNED, FormState.NOT_RETURNED),
    FormState.RETURNED: (FormState.KEYED, FormState.VOID),
    FormState.KEYED: (FormState.VOID, FormState.VERIFIED),
    FormState.VERIFIED: (),
    FormState.SPOILED: (),
    FormState.UNUSED: (),
    FormState.NOT_RETURNED: (),
    FormState.VOID: (),
}
"""From each state, the states a form may get into; everything else is refused with V75 or V79."""

CAME_BACK = frozenset({FormState.RETURNED, FormState.KEYED, FormState.VERIFIED, FormState.VOID})
"""States of a form that has been handed out and has come back."""


class VoidReason(StrEnum):
    """Why a returned form does not count."""

    WRONG_SURVEY = "wrong_survey"
    DUPLICATE = "duplicate"
    TOO_FEW = "too_few"
    """Fewer of its scale questions are answered than the campaign asks for."""
    UNREADABLE = "unreadable"
    BLANK = "blank"
    LATE = "late"
    """It came back after the counting had begun."""


class PaperForm(BaseModel):
    """One form of a session. Nothing of it tells whose it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    serial: int
    """Random, 1 to 999,999."""
    layout: int
    """Number of the layout that is printed on it, from 1; 0 once the session is verified."""
    state: FormState = FormState.PRINTED
    void_reason: VoidReason | None = None
    response: int | None = None
    """Document id of its response, from keying until verification, which erases it."""
    keyed_by: str = ""
    """Role of whoever keyed it first, from keying until verification."""
    keyed_twice: bool = False


class PaperStock(BaseModel):
    """What was printed for a session, and what was counted by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    """The session's number in its forms' codes, 1 to 99,999."""
    branch: int
    """The branch's number in the codes: its place in the plan when forms were first printed, from 1."""
    layouts: tuple[FormLayout, ...]
    """Layout 1 is the first."""
    issued: int = 0
    """Forms handed out."""
    foreign: int = 0
    """Sheets that were put aside because they are none of this session's; they belong to no account."""
    copies: int = 0
    """Copies and second scans of forms that had been keyed; put aside like foreign ones."""
