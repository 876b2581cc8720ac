"""An intake desk at work, for tests of its conversation: what is being keyed, what was kept."""

from surveys.response import Response
from tests.intake_bureau import (
    SERIALS,
    Bureau,
    bureau,
    press,
)
from tests.survey_forms import SMALL, compiled
from tui.staff.intake_deeds import Page
from tui.staff.intake_run import IntakeRun

FORM, NEXT, *_ = SERIALS
TOWN = "1" + "1234123412"
"""Answers to A0 and Q1 to Q10 of the town's form; Q11 is a long list, Q12 a text."""


def small() -> Bureau:
    """The same with a short form: Q1, Q2, and for the dissatisfied Q3 (several) and Q4 (a number); Q5 is a text."""
    return bureau(asking=compiled(SMALL))


def keying(at: Bureau, run: IntakeRun, serial: int = FORM) -> None:
    """Take a form back and begin to key it."""
    press(run, f"2\r{at.code(serial)}\r3\r{at.code(serial)}\r")
    assert run.page is Page.KEYING


def kept(at: Bureau) -> list[Response]:
    return list(at.store.responses(at.session))


def answers(run: IntakeRun) -> dict[str, object]:
    assert run.draft is not None
    return dict(run.draft.answers)


def code_of(run: IntakeRun) -> str | None:
    return run.notice.problem.code if run.notice and run.notice.problem else None


def keyed(at: Bureau, run: IntakeRun, text: str = f"{TOWN}3\r\r\r\r") -> None:
    """The first keying is kept, and the other keyer begins."""
    keying(at, run)
    press(run, text)
    press(run, "4\r*")
