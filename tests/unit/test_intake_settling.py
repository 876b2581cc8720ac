"""Settling at the intake desk what was in doubt about scanned forms, key by key."""

import pytest

from surveys.paper.forms import FormState
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm, QueuedPage, Spot
from surveys.response import Answer
from tests.intake_bureau import SERIALS, UNKNOWN, Bureau, bureau, press, under_the_square
from tests.survey_forms import SMALL, compiled
from tui.staff.intake_deeds import Page
from tui.staff.intake_draft import Stage
from tui.staff.intake_run import IntakeRun

FORM, NEXT, THIRD, *_ = SERIALS
SQUARE = QueuedPage(number=1 << 62, picture="00000000000000aa")


@pytest.fixture
def at() -> Bureau:
    """Nine forms of a short questionnaire are out: Q1, Q2, of the dissatisfied Q3 and Q4, the text Q5."""
    return bureau(asking=compiled(SMALL))


def read(
    at: Bureau, serial: int, certain: dict[str, Answer], *waits: OpenQuestion, missing: tuple[int, ...] = ()
) -> None:
    """A form came back and was read in part."""
    at.intake().receive(serial)
    at.store.save_queued(at.session, QueuedForm(serial=serial, answers=certain, open=waits, missing=missing))


def doubt(at: Bureau, name: str, why: Doubt = Doubt.BLANK) -> OpenQuestion:
    """A question with a picture."""
    return OpenQuestion(
        question=name,
        doubt=why,
        picture=at.pictures.keep(name.encode()),
        spots=(Spot(choice="A", x=30, y=48, look="empty"),),
    )


def asked(run: IntakeRun) -> str | None:
    """The question on screen."""
    assert run.draft is not None
    return run.draft.at


def kept(at: Bureau) -> list[dict[str, Answer]]:
    return [response.answers for response in at.store.responses(at.session)]


def test_only_what_is_in_doubt_is_asked(at: Bureau) -> None:
    """A digit answers it, the whole form is shown, and Enter keeps it."""
    read(at, FORM, {"Q2": "B"}, doubt(at, "Q1", Doubt.SEVERAL))
    run = at.run()
    press(run, ".")
    assert (run.page, asked(run)) == (Page.KEYING, "Q1")
    press(run, "3")
    assert run.draft is not None
    assert run.draft.stage is Stage.SUMMARY
    press(run, "\r")
    assert kept(at) == [{"Q1": "C", "Q2": "B"}]
    assert at.form(FORM).state is FormState.KEYED
    assert len(at.store.queue(at.session)) == 0


def test_a_blank_is_a_blank_when_a_person_says_so(at: Bureau) -> None:
    """9 goes on without an answer; it was looked at."""
    read(at, FORM, {"Q2": "B"}, doubt(at, "Q1"))
    run = at.run()
    press(run, ".9\r")
    assert kept(at) == [{"Q2": "B"}]


def test_an_answer_that_makes_others_apply_brings_their_doubts_up(at: Bureau) -> None:
    """Q3 and Q4 are asked of the dissatisfied alone; what was read for certain there stands again."""
    read(at, FORM, {"Q1": "A", "Q4": 7}, doubt(at, "Q2", Doubt.FAINT), doubt(at, "Q3", Doubt.FAINT))
    run = at.run()
    press(run, ".3")
    assert asked(run) == "Q3"
    press(run, "1\r\r")
    assert kept(at) == [{"Q1": "A", "Q2": "C", "Q3": ("1",), "Q4": 7}]


def test_what_does_not_apply_in_the_end_is_not_asked(at: Bureau) -> None:
    """Whoever is satisfied is not asked Q3."""
    read(at, FORM, {"Q1": "A"}, doubt(at, "Q2", Doubt.FAINT), doubt(at, "Q3"))
    run = at.run()
    press(run, ".1\r")
    assert kept(at) == [{"Q1": "A", "Q2": "A"}]


def test_handwriting_is_keyed_and_leaves_the_answers(at: Bureau) -> None:
    """It becomes an opinion; what was ticked because of it, that an answer is wanted, goes with it."""
    read(at, FORM, {"Q1": "A", "Q2": "A", "wants_answer": "yes"}, doubt(at, "Q5", Doubt.WRITTEN))
    run = at.run()
    press(run, ".路灯坏了\r\r")
    assert kept(at) == [{"Q1": "A", "Q2": "A"}]
    (opinion,) = at.store.opinions(at.session)
    assert (opinion.text, opinion.wants_answer) == ("路灯坏了", True)


def test_nothing_is_kept_before_everything_was_looked_at(at: Bureau) -> None:
    """Enter on the summary leads to a doubt that came up meanwhile, not past it."""
    read(at, FORM, {"Q1": "A", "Q2": "A"}, doubt(at, "Q3"), doubt(at, "Q5", Doubt.WRITTEN))
    run = at.run()
    press(run, ".好\r2\r3-")
    assert run.draft is not None
    assert (run.draft.stage, run.draft.to_settle) == (Stage.SUMMARY, ("Q3",))
    press(run, "\r")
    assert (asked(run), kept(at)) == ("Q3", [])


def test_going_back_goes_to_the_doubt_before(at: Bureau) -> None:
    """What was certain is not gone through again; the summary leads to all of it."""
    read(at, FORM, {"Q2": "A"}, doubt(at, "Q1"), doubt(at, "Q5", Doubt.WRITTEN))
    run = at.run()
    press(run, ".1-")
    assert asked(run) == "Q1"
    press(run, "2")
    assert asked(run) == "Q5"


def test_undo_brings_form_and_picture_back(at: Bureau) -> None:
    """Until the next form is begun; then its picture goes."""
    read(at, FORM, {"Q2": "A"}, doubt(at, "Q1"))
    read(at, NEXT, {"Q2": "A"}, doubt(at, "Q1"))
    run = at.run()
    press(run, ".1\r9\r")
    assert (run.page, kept(at)) == (Page.KEYING, [])
    assert len(at.store.queue(at.session)) == 2
    assert len(at.pictures.names()) == 2
    press(run, "\r.")
    assert run.draft is not None
    assert run.draft.form.serial == NEXT
    assert len(at.pictures.names()) == 1


def test_a_form_that_is_left_comes_again_behind_the_others(at: Bureau) -> None:
    """Esc goes on to the next one; nothing is lost."""
    for serial in (FORM, NEXT):
        read(at, serial, {"Q2": "A"}, doubt(at, "Q1"))
    run = at.run()
    shown = []
    for _ in range(3):
        press(run, ".")
        assert run.draft is not None
        shown.append(run.draft.form.serial)
        press(run, "\x1b")
    assert shown == [FORM, NEXT, FORM]
    assert len(at.store.queue(at.session)) == 2


def test_forms_with_missing_pages_come_last(at: Bureau) -> None:
    """Their pages may still be read."""
    read(at, FORM, {"Q2": "A"}, OpenQuestion(question="Q1", doubt=Doubt.UNREAD), missing=(1,))
    read(at, NEXT, {"Q2": "A"}, doubt(at, "Q1"))
    run = at.run()
    press(run, ".")
    assert run.draft is not None
    assert run.draft.form.serial == NEXT


def test_scanning_a_form_that_waits_begins_with_what_was_read(at: Bureau) -> None:
    """Key and scan do the same as the full stop."""
    read(at, FORM, {"Q2": "B"}, doubt(at, "Q1"))
    run = at.run()
    press(run, f"3\r{at.code(FORM)}\r")
    assert asked(run) == "Q1"
    press(run, "1\r")
    assert kept(at) == [{"Q1": "A", "Q2": "B"}]


def test_a_scan_amid_settling_is_no_answer(at: Bureau) -> None:
    """The form keeps what has been settled."""
    read(at, FORM, {"Q2": "A"}, doubt(at, "Q1"), doubt(at, "Q5", Doubt.WRITTEN))
    run = at.run()
    press(run, f".2{at.code(NEXT)}\r")
    assert run.page is Page.STOPPED
    press(run, "1\r")
    assert asked(run) == "Q5"
    assert run.draft is not None
    assert run.draft.answers == {"Q1": "B", "Q2": "A"}


def test_nothing_to_settle_is_said(at: Bureau) -> None:
    """The full stop does no harm."""
    run = at.run()
    press(run, ".")
    assert run.page is Page.START
    assert run.notice is not None


@pytest.mark.parametrize("typed", ["scanned", "typed"])
def test_the_number_of_a_damaged_code_leads_to_its_form(at: Bureau, typed: str) -> None:
    """The form comes back and is keyed from the paper; the page waits no more."""
    at.store.save_queued(at.session, SQUARE)
    run = at.run()
    press(run, ".")
    assert run.page is Page.CODELESS
    press(run, f"{at.code(FORM) if typed == 'scanned' else under_the_square(FORM)}\r")
    assert (run.page, asked(run), at.form(FORM).state) == (Page.KEYING, "Q1", FormState.RETURNED)
    assert len(at.store.queue(at.session)) == 0


def test_every_page_without_a_code_begins_with_its_number(at: Bureau) -> None:
    """However far the piece of the page before was moved."""
    at.store.save_queued(at.session, SQUARE)
    at.store.save_queued(at.session, QueuedPage(number=SQUARE.number + 1, picture="00000000000000bb"))
    run = at.run()
    press(run, ".++1\r.")
    assert (run.page, run.shift) == (Page.CODELESS, 0)


def test_a_wrong_number_is_asked_for_again(at: Bureau) -> None:
    """V70, and the page waits."""
    at.store.save_queued(at.session, SQUARE)
    run = at.run()
    press(run, ".00000000\r")
    assert run.page is Page.CODELESS
    assert run.notice is not None
    assert run.notice.problem is not None
    assert run.notice.problem.code == "V70"
    assert len(at.store.queue(at.session)) == 1


def test_a_number_of_no_form_of_ours_is_put_aside(at: Bureau) -> None:
    """V71, and whether it counts as foreign is asked."""
    at.store.save_queued(at.session, SQUARE)
    run = at.run()
    press(run, f".{under_the_square(UNKNOWN)}\r")
    assert run.page is Page.OFFER
    assert run.notice is not None
    assert run.notice.problem is not None
    assert run.notice.problem.code == "V71"


def test_a_page_of_a_form_that_was_keyed_is_a_second_sheet(at: Bureau) -> None:
    """Nothing is keyed twice."""
    at.intake().receive(FORM)
    at.intake().key(FORM, {"Q1": "A", "Q2": "A"}, "keyer 1")
    at.store.save_queued(at.session, SQUARE)
    run = at.run()
    press(run, f".{under_the_square(FORM)}\r")
    assert (run.page, run.is_copy) == (Page.OFFER, True)
    assert len(kept(at)) == 1


@pytest.mark.parametrize(("digit", "left"), [("1", 1), ("2", 0)])
def test_a_page_can_wait_or_be_dropped(at: Bureau, digit: str, left: int) -> None:
    """1: later. 2: it is none of these forms."""
    at.store.save_queued(at.session, SQUARE)
    run = at.run()
    press(run, f".{digit}\r")
    assert run.page is Page.START
    assert len(at.store.queue(at.session)) == left
