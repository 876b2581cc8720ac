"""From what a scanner or a hand has typed to a form of the session, or why it is none."""

import re

from campaign.errors import BadInput, Problem, Refused
from surveys.paper.check_digits import folded
from surveys.paper.codes import (
    SERIAL_DIGITS,
    CodeFault,
    CodeKind,
    FormCode,
    SlipCode,
    TypedSerial,
    TypedSlip,
    parse,
    serial_text,
)
from surveys.paper.forms import PaperForm
from surveys.ports import Store
from surveys.words import FORM, OTHER_CODE, SLIP, TOKEN

TYPED_DIGITS = SERIAL_DIGITS + 2
SHOWN = 40
"""So much of a misread code is shown."""


def form_code(text: str, key: bytes) -> FormCode | TypedSerial:
    """The form's code in ``text``. BadInput V70 if it was misread; Refused V72 if it is on something else."""
    match parse(text, key):
        case FormCode() | TypedSerial() as code:
            return code
        case CodeFault.MISREAD:
            raise BadInput(Problem("V70", {"x": folded(text)[:SHOWN], "n": TYPED_DIGITS}))
        case SlipCode(kind=CodeKind.TOKEN):
            raise Refused(Problem("V72", {"kind": TOKEN, "wanted": FORM}))
        case SlipCode() | TypedSlip():
            raise Refused(Problem("V72", {"kind": SLIP, "wanted": FORM}))
        case CodeFault.UNKNOWN_KIND:
            raise Refused(Problem("V72", {"kind": OTHER_CODE, "wanted": FORM}))


def form_of(store: Store, session_id: str, code: FormCode | TypedSerial) -> PaperForm:
    """The session's form with this code. Refused V73 if it is another session's, V71 if nobody printed it here."""
    shown = serial_text(code.serial)
    stock = store.paper_stock(session_id)
    if isinstance(code, FormCode) and (stock is None or code.session != stock.number):
        for other_id, other in store.paper_stocks().items():
            if other.number == code.session and store.form(other_id, code.serial):
                branch = other_id.partition("-")[0]
                raise Refused(Problem("V73", {"x": shown, "s": other_id, "code": branch}))
        raise Refused(Problem("V71", {"x": shown}))
    form = store.form(session_id, code.serial)
    if form is None or (isinstance(code, FormCode) and form.layout not in (0, code.layout)):
        raise Refused(Problem("V71", {"x": shown}))
    return form


def start_of_code(digits: str, like: str) -> int | None:
    """Where a code of the same session as ``like`` begins among ``digits``, whole or not; None if none can be seen.

    Its kind, session and branch must stand there, the layout between them may be another.
    """
    found = re.search(rf"{like[:6]}\d\d{like[8:12]}", digits)
    return found.start() if found else None
