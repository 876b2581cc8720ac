"""Sessions as they usually are held: run by somebody from outside, all looked after, counted by two roles."""

from datetime import date

from surveys.desk import Moved, Opened, SurveyDesk
from surveys.ports import SurveyStore
from surveys.session import SurveyKind
from surveys.sitting import BEFORE, Sitting
from surveys.two_roles import TwoRoles

BY = TwoRoles("计票组", "监督组")


def sitting(day: date, *, invited: int | None = None, present: int | None = None) -> Sitting:
    """A session on ``day`` with nothing to be asked about."""
    return Sitting("督查组", day, frozenset(BEFORE), invited, present)


def open_session(desk: SurveyDesk, branch: str, kind: SurveyKind = "final", pin: str | None = None) -> Opened:
    """Open a session, with nothing to be asked about."""
    return desk.open(branch, kind, pin, sitting=sitting(desk._today))


def verify_count(desk: SurveyDesk, session_id: str) -> Moved:
    """Confirm a count, whatever there is to be asked about."""
    return desk.verify(session_id, BY, confirmed=True)


def want_of_groups(store: SurveyStore, least: int) -> None:
    """The town's final form wants so many forms of visitors, the second group, and so many of neighbours, the third."""
    form = store.questionnaire("final")
    asked = form.group_question if form else None
    assert form is not None
    assert asked is not None
    choices = tuple(
        each.model_copy(update={"group_min": least}) if each.code in "23" else each for each in asked.choices
    )
    changed = asked.model_copy(update={"choices": choices})
    questions = tuple(changed if each == asked else each for each in form.questions)
    store.save_questionnaire(form.model_copy(update={"questions": questions}))
