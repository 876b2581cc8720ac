"""What becomes of forms that were read off scans: keyed, queued for a person, or known already. Counted once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from unittest.mock import patch

import pytest

from campaign.errors import Problem, Refused, StoreError
from surveys.paper.forms import FormState, VoidReason
from surveys.paper.queue import Doubt, QueuedPage
from surveys.paper.reading.readings import Outcome
from surveys.paper.scan_answers import applying
from surveys.paper.scan_desk import SCANNER, ScanDesk, tidy_pictures
from surveys.paper.scan_results import Fate, PageFate, Taken
from tests.paper_town import DAY, KEY, print_forms
from tests.read_forms import CERTAIN, PICTURE
from tests.scan_tray import Tray
from tests.sittings import open_session, verify_count

BLANK = Outcome.BLANK


@pytest.fixture
def tray() -> Tray:
    return Tray()


def test_a_form_without_doubt_is_kept_as_it_was_marked(tray: Tray) -> None:
    """It came back, its answers are in the box, and nothing waits."""
    taken = tray.take({"Q1": ["A"], "Q2": ["C"], "Q3": ["3", "1"], "wants_answer": BLANK})
    assert (taken.fate, taken.problem) == (Fate.KEYED, None)
    assert tray.town.answers() == [{"Q1": "A", "Q2": "C", "Q3": ("1", "3")}]
    assert tray.state() is FormState.KEYED
    assert tray.town.paper.account().returned == 1
    assert len(tray.town.store.queue(tray.town.session)) == 0
    assert tray.pictures.names() == frozenset()


def test_a_person_may_key_it_a_second_time(tray: Tray) -> None:
    """The scanner is a keyer of its own."""
    tray.take(CERTAIN)
    found = tray.town.paper.compare(tray.serials[0], {"Q1": "B", "Q2": "B"}, "keyer 1")
    assert [each.question for each in found] == ["Q1"]
    assert tray.town.form(tray.serials[0]).keyed_by == SCANNER


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.DECIDED])
def test_what_is_in_doubt_waits_with_its_picture(tray: Tray, outcome: Outcome) -> None:
    """The form came back, nothing of it counts yet, and the certain answers are remembered."""
    taken = tray.take({"Q1": outcome, "Q2": ["B"]})
    (waits,) = tray.queued().open
    assert taken.fate is Fate.QUEUED
    assert taken.waits == (waits,)
    assert waits.doubt.name == outcome.name
    assert tray.pictures.read(waits.picture) == PICTURE + b"Q1"
    assert [spot.choice for spot in waits.spots] == ["A", "B", "C", "D"]
    assert tray.queued().answers == {"Q2": "B"}
    assert (tray.state(), tray.town.answers()) == (FormState.RETURNED, [])
    assert [problem.code for problem in tray.town.paper.account().problems()] == ["V57"]


def test_a_written_text_waits_to_be_keyed(tray: Tray) -> None:
    """Nobody can read handwriting but a person."""
    taken = tray.take({**CERTAIN, "wants_answer": ["yes"]}, written=["Q5"])
    assert [(each.question, each.doubt) for each in taken.waits] == [("Q5", Doubt.WRITTEN)]
    assert tray.queued().answers == {"Q1": "A", "Q2": "B", "wants_answer": "yes"}


def test_a_blank_question_that_does_not_apply_is_no_doubt(tray: Tray) -> None:
    """Q3 is asked of the dissatisfied alone."""
    assert tray.take({**CERTAIN, "Q3": BLANK}).fate is Fate.KEYED


def test_a_blank_question_that_applies_is_a_doubt(tray: Tray) -> None:
    """A faint pencil may have been lost on the way."""
    taken = tray.take({"Q1": ["A"], "Q2": ["C"], "Q3": BLANK})
    assert [each.question for each in taken.waits] == ["Q3"]


def test_answers_that_are_not_allowed_wait(tray: Tray) -> None:
    """Three are marked where two may be: the rest is remembered."""
    taken = tray.take({"Q1": ["A"], "Q2": ["C"], "Q3": ["1", "2", "3"]})
    assert [(each.question, each.doubt, each.marked) for each in taken.waits] == [
        ("Q3", Doubt.NOT_ALLOWED, ("1", "2", "3"))
    ]
    assert tray.queued().answers == {"Q1": "A", "Q2": "C"}


@pytest.mark.parametrize("found", [CERTAIN, {"Q1": ["A"], "Q2": BLANK}])
def test_the_same_sheet_once_more_changes_nothing(tray: Tray, found: Mapping[str, Sequence[str] | Outcome]) -> None:
    """Whether it was kept or waits, it counts once."""
    tray.take(found)
    before = tray.town.answers(), tray.town.store.queue(tray.town.session), tray.town.paper.account()
    assert tray.take(found).fate is Fate.AGAIN
    assert (tray.town.answers(), tray.town.store.queue(tray.town.session), tray.town.paper.account()) == before


@pytest.mark.parametrize("first", [CERTAIN, {"Q1": ["A"], "Q2": BLANK}])
def test_another_sheet_with_the_same_number_is_told_apart(
    tray: Tray, first: Mapping[str, Sequence[str] | Outcome]
) -> None:
    """A copy of a form that somebody else filled in: M97, and nothing changes."""
    tray.take(first)
    before = tray.town.answers(), tray.town.store.queue(tray.town.session)
    taken = tray.take({"Q1": ["C"], "Q2": ["B"]})
    assert taken.fate is Fate.COPY
    assert taken.problem is not None
    assert taken.problem.code == "M97"
    assert (tray.town.answers(), tray.town.store.queue(tray.town.session)) == before


def test_a_form_that_a_person_has_keyed_is_known(tray: Tray) -> None:
    """Read after it was keyed by hand, it is the same sheet if the answers are; texts are not compared."""
    tray.town.paper.receive(tray.serials[0])
    tray.town.paper.key(tray.serials[0], {"Q1": "A", "Q2": "B", "Q5": "路灯", "wants_answer": "no"}, "keyer 1")
    assert tray.take({**CERTAIN, "wants_answer": ["no"]}, written=["Q5"]).fate is Fate.AGAIN


def test_a_form_of_another_session_goes_there(tray: Tray) -> None:
    """Without a session being named each form is counted in its own."""
    other = _other(tray)
    taken = tray.take(CERTAIN, at=-1, session=other)
    assert (taken.fate, taken.session) == (Fate.KEYED, other)
    assert tray.town.answers() == []
    assert tray.town.store.count_responses(other) == 1


def test_a_form_of_another_session_is_refused_where_one_is_named() -> None:
    """V73 says whose it is."""
    tray = Tray(session=True)
    other = _other(tray)
    taken = tray.take(CERTAIN, at=-1, session=other)
    assert taken.fate is Fate.REFUSED
    assert taken.problem is not None
    assert taken.problem.code == "V73"
    assert tray.town.store.count_responses(other) == 0


def test_a_form_that_nobody_printed_is_refused(tray: Tray) -> None:
    """V71, and nothing changes."""
    tray.serials.append(tray.serials[0] % 999_999 + 1)
    assert _refusal(tray.take(CERTAIN, at=-1)) == "V71"


def test_a_form_that_is_void_is_refused(tray: Tray) -> None:
    """V79: it does not come back."""
    tray.town.paper.receive(tray.serials[0])
    tray.town.paper.void(tray.serials[0], VoidReason.LATE)
    assert _refusal(tray.take(CERTAIN)) == "V79"
    assert tray.town.answers() == []


def test_nothing_is_counted_into_an_open_session() -> None:
    """M12: forms are read after the closing, as they are keyed."""
    tray = Tray()
    other = open_session(tray.town.desk, "B02", pin="2468").session.id
    tray.serials += print_forms(tray.town.store, other, 1)
    tray.desk = ScanDesk(tray.town.store, tray.town.plan, DAY, KEY, tray.pictures)
    assert _refusal(tray.take(CERTAIN, at=-1, session=other)) == "M12"
    with pytest.raises(Refused, match="M12"):
        ScanDesk(tray.town.store, tray.town.plan, DAY, KEY, tray.pictures, other)


def test_a_sheet_that_is_marked_is_not_the_blank_one_with_its_number(tray: Tray) -> None:
    """A blank copy that was read first does not make the form itself a sheet that is known."""
    tray.take({"Q1": BLANK, "Q2": BLANK})
    assert tray.take({"Q1": BLANK, "Q2": BLANK}).fate is Fate.AGAIN
    assert tray.take(CERTAIN).fate is Fate.COPY


def test_a_form_that_is_kept_leaves_no_picture_on_the_way(tray: Tray) -> None:
    """A blank that does not apply is no doubt, and is written nowhere."""
    tray.pictures.keep_only([])
    tray.take({**CERTAIN, "Q3": BLANK, "wants_answer": BLANK})
    assert tray.pictures.keep(b"") == f"{1:016x}"


def test_a_form_that_is_refused_is_named(tray: Tray) -> None:
    """Whoever puts the sheet aside must know which it is."""
    tray.town.paper.receive(tray.serials[0])
    tray.town.paper.void(tray.serials[0], VoidReason.LATE)
    taken = tray.take(CERTAIN)
    assert (taken.fate, taken.form) == (Fate.REFUSED, tray.town.form(tray.serials[0]))


def test_too_many_marks_wait_with_their_picture(tray: Tray) -> None:
    """Whether one of them was taken back is to be seen."""
    reading = tray.reading({"Q1": ["A"], "Q2": ["C"], "Q3": ["1", "2", "3"]})
    questions = tuple(
        replace(each, crop=PICTURE + b"Q3", spots=(("1", 30, 48),)) if each.question == "Q3" else each
        for each in reading.questions
    )
    (waits,) = tray.desk.take(replace(reading, questions=questions)).waits
    assert tray.pictures.read(waits.picture) == PICTURE + b"Q3"
    assert [(spot.choice, spot.look) for spot in waits.spots] == [("1", "marked")]


def test_taking_back_is_not_undone_once_a_scan_was_read(tray: Tray) -> None:
    """A form that waits has come back: it may not go out of the account unseen."""
    tray.town.paper.receive(tray.serials[0])
    tray.take({"Q1": ["A"], "Q2": BLANK})
    assert tray.town.paper.undo() is None
    assert (tray.state(), len(tray.town.store.queue(tray.town.session))) == (FormState.RETURNED, 1)


def test_a_page_without_a_code_waits_once(tray: Tray) -> None:
    """Read again, it is told that it waits already; in a session that was verified meanwhile it waits no more."""
    session, store = tray.town.session, tray.town.store
    assert [tray.desk.take_page(session, b"square") for _ in range(2)] == [PageFate.QUEUED, PageFate.WAITING]
    assert (len(store.queue(session)), len(tray.pictures.names())) == (1, 1)
    store.remove_queued(session, store.queue(session).pages[0].number)
    for serial in tray.serials:
        tray.town.paper.receive(serial)
        tray.town.paper.void(serial, VoidReason.BLANK)
    verify_count(tray.town.desk, session)
    with pytest.raises(Refused, match="M12"):
        tray.desk.take_page(session, b"square")
    assert len(store.queue(session)) == 0


def test_a_form_whose_picture_can_not_be_kept_is_as_it_was(tray: Tray) -> None:
    """The disk is full: neither has it come back, nor does anything wait without its picture."""
    full = StoreError(Problem("M40", {"why": "full", "path": "scans"}))
    with patch.object(tray.pictures, "keep", side_effect=full), pytest.raises(StoreError, match="M40"):
        tray.take({"Q1": ["A"], "Q2": BLANK})
    assert (tray.state(), len(tray.town.store.queue(tray.town.session))) == (FormState.PRINTED, 0)
    assert tray.take({"Q1": ["A"], "Q2": BLANK}).fate is Fate.QUEUED


def test_what_does_not_apply_is_not_listed(tray: Tray) -> None:
    """Of a form that waits nobody is asked whether a blank was meant that is no question."""
    tray.take({"Q1": BLANK, "Q2": ["A"], "Q3": BLANK, "wants_answer": BLANK})
    queue = applying(tray.town.store.queue(tray.town.session), tray.town.paper.questionnaire)
    assert [each.question for each in queue.forms[0].open] == ["Q1"]


def test_a_form_never_goes_uncounted_into_verification(tray: Tray) -> None:
    """V57 while a form waits, M96 while a page does; once verified nothing of the queue is left."""
    session, store = tray.town.session, tray.town.store
    tray.take({"Q1": ["A"], "Q2": BLANK})
    store.save_queued(session, QueuedPage(number=1 << 62, picture=tray.pictures.keep(b"square")))
    with pytest.raises(Refused) as caught:
        verify_count(tray.town.desk, session)
    assert [problem.code for problem in caught.value.problems] == ["V57", "M96"]
    tray.town.paper.key(tray.serials[0], {"Q1": "A", "Q2": "B"}, "keyer 1")
    store.remove_queued(session, 1 << 62)
    verify_count(tray.town.desk, session)
    assert len(store.queue(session)) == 0


@pytest.mark.parametrize("end", ["key", "void"])
def test_what_waited_comes_back_with_undo(tray: Tray, end: str) -> None:
    """Keyed or void, a form waits no more; taken back, it does again."""
    tray.take({"Q1": ["A"], "Q2": BLANK})
    before = tray.queued()
    if end == "key":
        tray.town.paper.key(tray.serials[0], {"Q1": "A", "Q2": "B"}, "keyer 1")
    else:
        tray.town.paper.void(tray.serials[0], VoidReason.UNREADABLE)
    assert len(tray.town.store.queue(tray.town.session)) == 0
    tray.town.paper.undo()
    assert tray.queued() == before


def test_pictures_go_when_nothing_waits_for_them(tray: Tray) -> None:
    """Those that are still needed stay, in whatever session."""
    tray.take({"Q1": ["A"], "Q2": BLANK})
    tray.take({"Q1": BLANK, "Q2": BLANK}, at=1)
    tidy_pictures(tray.town.store, tray.pictures)
    assert len(tray.pictures.names()) == 3
    tray.town.paper.key(tray.serials[1], {"Q1": "A", "Q2": "B"}, "keyer 1")
    tidy_pictures(tray.town.store, tray.pictures)
    assert tray.pictures.names() == {tray.queued().open[0].picture}


def _other(tray: Tray) -> str:
    """Another session that is being counted, with a form that is out: the last one of the tray."""
    other = open_session(tray.town.desk, "B02", pin="2468").session.id
    tray.serials += print_forms(tray.town.store, other, 1)
    tray.town.desk.close(other)
    tray.desk = ScanDesk(tray.town.store, tray.town.plan, DAY, KEY, tray.pictures, tray.desk.session_id)
    return other


def _refusal(taken: Taken) -> str:
    assert taken.fate is Fate.REFUSED
    assert taken.problem is not None
    return taken.problem.code
