"""Keying at the intake desk: a first time, a second time, and what a scan amid it must never do."""

import pytest

from surveys.paper.forms import FormState
from tests.intake_bureau import (
    SERIALS,
    UNKNOWN,
    Bureau,
    bureau,
    press,
    slip,
    under_the_square,
)
from tests.intake_runs import FORM, NEXT, TOWN, answers, code_of, kept, keyed, keying, small
from tui.staff.intake_deeds import Page
from tui.staff.intake_draft import Stage
from tui.staff.intake_run import IntakeRun


@pytest.fixture
def at() -> Bureau:
    """Nine forms are out, the session is being counted."""
    return bureau()


@pytest.fixture
def run(at: Bureau) -> IntakeRun:
    return at.run()


# Keying


def test_a_form_is_keyed_with_a_digit_a_question(at: Bureau, run: IntakeRun) -> None:
    """Choices by their digits, several by their printed numbers, a text as it is written; Enter keeps it."""
    keying(at, run)
    press(run, f"{TOWN}3\r12\r\r路灯坏了\r1\r")
    (response,) = kept(at)
    scales = {f"Q{number}": "ABCD"[(number - 1) % 4] for number in range(1, 11)}
    assert response.answers == {"A0": "1", **scales, "Q11": ("3", "12")}
    assert response.channel == "paper"
    assert [(each.text, each.wants_answer) for each in at.store.opinions(at.session)] == [("路灯坏了", True)]
    assert at.form(FORM).keyed_by == "keyer 1"
    assert run.page is Page.START


def test_nothing_is_kept_before_the_last_enter(at: Bureau, run: IntakeRun) -> None:
    """All answers on the summary are still nobody's."""
    keying(at, run)
    press(run, f"{TOWN}\r\r")
    assert run.draft is not None
    assert run.draft.stage is Stage.SUMMARY
    assert (kept(at), at.states()[FORM]) == ([], FormState.RETURNED)


def test_questions_that_do_not_apply_are_not_asked() -> None:
    """The group for the dissatisfied comes only after "dissatisfied"; nothing is required on paper."""
    at = small()
    run = at.run()
    keying(at, run)
    press(run, "11")
    assert run.draft is not None
    assert [question.name for question in run.draft.asked] == ["Q1", "Q2", "Q5"]
    press(run, "-3")
    assert [question.name for question in run.draft.asked] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    press(run, "13\r7\r\r\r")
    assert [response.answers for response in kept(at)] == [{"Q1": "A", "Q2": "C", "Q3": ("1", "3"), "Q4": 7}]


def test_back_skip_and_blank() -> None:
    """7 goes back, 9 leaves a question as it is, a point makes it blank, + and - do so on every page."""
    at = small()
    run = at.run()
    keying(at, run)
    press(run, "19-")
    assert (answers(run), run.draft and run.draft.at) == ({"Q1": "A"}, "Q2")
    press(run, "77")
    assert run.draft is not None
    assert run.draft.at == "Q1"
    press(run, ".")
    assert answers(run) == {}
    press(run, "9+\r")
    assert run.draft.stage is Stage.SUMMARY
    press(run, "\r")
    assert [response.answers for response in kept(at)] == [{}]


def test_a_digit_that_means_nothing_stops_the_answering(at: Bureau, run: IntakeRun) -> None:
    """What is typed behind it is no answer until Enter has cleared it."""
    keying(at, run)
    press(run, "11" + "5" + "1234")
    assert answers(run) == {"A0": "1", "Q1": "A"}
    press(run, "\r")
    assert run.draft is not None
    assert run.draft.problem is not None
    assert run.draft.problem.code == "M31"
    press(run, "2")
    assert answers(run) == {"A0": "1", "Q1": "A", "Q2": "B"}


def test_more_choices_than_may_be_are_refused(at: Bureau, run: IntakeRun) -> None:
    """The clerk is told and can leave the question blank; what is wrong is not carried on."""
    keying(at, run)
    press(run, f"{TOWN}1\r2\r3\r4\r\r")
    assert run.draft is not None
    assert (run.draft.at, run.draft.problem and run.draft.problem.code) == ("Q11", "M36")
    press(run, ".\r\r\r")
    assert [response.answers.get("Q11") for response in kept(at)] == [None]


@pytest.mark.parametrize(("number", "code"), [("12345", "M33"), ("100", "M33"), ("1234567890", "V70")])
def test_a_wrong_number_is_not_taken(number: str, code: str) -> None:
    """One that the form does not allow, and one that is too long to be a number."""
    at = small()
    run = at.run()
    keying(at, run)
    press(run, f"131\r{number}\r")
    assert run.draft is not None
    assert run.draft.at == "Q4"
    assert code in {code_of(run), run.draft.problem.code if run.draft.problem else None}
    press(run, "7\r\r\r")
    assert [response.answers.get("Q4") for response in kept(at)] == [7]


def test_an_answer_is_changed_from_the_summary(at: Bureau, run: IntakeRun) -> None:
    """The number of a question leads to it, its new answer back to the summary."""
    keying(at, run)
    press(run, f"{TOWN}\r\r3\r4")
    assert run.draft is not None
    assert run.draft.stage is Stage.SUMMARY
    press(run, "99\r\r")
    assert [response.answers["Q2"] for response in kept(at)] == ["D"]


def test_a_change_that_brings_up_questions_asks_them() -> None:
    """Then it leads back to the summary."""
    at = small()
    run = at.run()
    keying(at, run)
    press(run, "11\r2\r3")
    assert run.draft is not None
    assert run.draft.at == "Q3"
    press(run, "1\r5\r")
    assert run.draft.stage is Stage.SUMMARY
    assert answers(run) == {"Q1": "A", "Q2": "C", "Q3": ("1",), "Q4": 5}


def test_a_session_that_is_open_takes_no_answers() -> None:
    """Who wants to key is told at the scan, before any work is done."""
    at = bureau(closed=False)
    run = at.run()
    press(run, f"2\r{at.code(FORM)}\r3\r{at.code(FORM)}\r")
    assert (code_of(run), run.draft) == ("M12", None)
    press(run, f"4\r{at.code(FORM)}\r")
    assert (code_of(run), run.draft) == ("M12", None)


def test_a_form_that_has_not_come_back_is_not_keyed(at: Bureau, run: IntakeRun) -> None:
    """V75, before any work is done."""
    press(run, f"3\r{at.code(FORM)}\r")
    assert (code_of(run), run.draft) == ("V75", None)


def test_what_cannot_be_kept_stays_on_the_screen(at: Bureau, run: IntakeRun) -> None:
    """Somebody else declares the form void meanwhile: the clerk is told so, and what was keyed is still there."""
    keying(at, run)
    press(run, f"{TOWN}\r\r")
    press(at.run(), f"5\r{at.code(FORM)}\r4\r")
    press(run, "\r")
    assert code_of(run) == "V75"
    assert len(answers(run)) == 11


# A scan amid keying


@pytest.mark.parametrize("typed_before", ["", "1", "112", TOWN, f"{TOWN}3\r1", f"{TOWN}\r路灯12", f"{TOWN}\r\r", "115"])
@pytest.mark.parametrize("what", ["own", "other", "foreign", "unknown", "slip"])
def test_a_scan_amid_keying_is_no_answer(at: Bureau, run: IntakeRun, typed_before: str, what: str) -> None:
    """Wherever the clerk is and whatever is scanned: the answers and the place are as they were."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keying(at, run)
    press(run, typed_before)
    draft = run.draft
    assert draft is not None
    scans = {"own": at.code(FORM), "other": at.code(NEXT), "foreign": at.foreign, "unknown": at.code(UNKNOWN)}
    before = at.store.forms(at.session)
    press(run, f"{scans.get(what, slip())}\r")
    assert at.store.forms(at.session) == before
    assert run.draft is not None
    if what == "other" and draft.is_untouched:
        assert (run.draft.form.serial, run.draft.is_untouched) == (NEXT, True)
        return
    assert (run.draft.answers, run.draft.at) == (draft.answers, draft.at)
    assert (run.draft.editor and run.draft.editor.text) == (draft.editor and draft.editor.text)
    assert (run.page is Page.STOPPED) == (what == "other")
    assert code_of(run) == {"foreign": "V73", "unknown": "V71", "slip": "V72"}.get(what)


def test_a_form_in_hand_can_be_put_aside_for_the_next(at: Bureau, run: IntakeRun) -> None:
    """Nothing is lost: scanned again, it goes on where it was."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keying(at, run)
    press(run, f"1123{at.code(NEXT)}\r2\r")
    assert run.draft is not None
    assert run.draft.form.serial == NEXT
    press(run, f"{TOWN}\r\r\r{at.code(FORM)}\r")
    assert answers(run) == {"A0": "1", "Q1": "A", "Q2": "B", "Q3": "C"}
    assert run.draft.at == "Q4"
    assert not run.aside


def test_a_form_in_hand_goes_on_after_a_stray_scan(at: Bureau, run: IntakeRun) -> None:
    """Enter alone goes on with it; the other form is as it was."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keying(at, run)
    press(run, f"1123{at.code(NEXT)}\r\r")
    assert (run.page, len(answers(run))) == (Page.KEYING, 4)
    assert at.states()[NEXT] is FormState.RETURNED


def test_a_form_in_hand_can_be_dropped(at: Bureau, run: IntakeRun) -> None:
    """Its answers go, the form stays returned."""
    keying(at, run)
    press(run, "1123\x1b3\r")
    assert (run.draft, run.aside, at.states()[FORM]) == (None, {}, FormState.RETURNED)


def test_more_scans_while_asking_what_to_do_lose_nothing(at: Bureau, run: IntakeRun) -> None:
    """A scanner that empties its memory meets an open form: it is still there, and nothing else was done."""
    press(run, "2\r" + "".join(at.code(serial) + "\r" for serial in SERIALS[1:]))
    keying(at, run)
    press(run, "1123" + "".join(at.code(serial) + "\r" for serial in SERIALS[1:]) + "\r")
    assert len(answers(run)) == 4
    assert set(at.states().values()) == {FormState.RETURNED}


@pytest.mark.parametrize("lost", [1, 2, 5, 14])
@pytest.mark.parametrize("typed_before", ["112", TOWN, f"{TOWN}\r\r"])
def test_a_misread_code_amid_keying_is_no_answer(at: Bureau, run: IntakeRun, typed_before: str, lost: int) -> None:
    """A code that lost digits on its way is V70; no answer is other than the clerk has keyed it."""
    keying(at, run)
    press(run, typed_before)
    before = answers(run)
    press(run, at.code(NEXT)[lost:] + "\r")
    assert code_of(run) == "V70"
    assert answers(run).items() <= before.items()
    assert kept(at) == []


@pytest.mark.parametrize("wrong", ["33 digits", "35 digits", "two codes"])
@pytest.mark.parametrize("typed_before", ["112", "1124", f"{TOWN[:5]}1", TOWN])
def test_a_misread_code_takes_no_answer_back(at: Bureau, run: IntakeRun, typed_before: str, wrong: str) -> None:
    """What the clerk keyed right before the scanner spoke stands, and the form goes on behind it."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keying(at, run)
    press(run, typed_before)
    assert run.draft is not None
    before = run.draft.answers, run.draft.at
    code = at.code(NEXT)
    misread = {"33 digits": code[:20] + code[21:], "35 digits": code + "5", "two codes": code + code[:-1]}
    press(run, f"{misread[wrong]}\r")
    assert run.notice is not None
    assert run.notice.problem is not None
    assert run.notice.problem.values["x"] == misread[wrong][:40]
    assert (run.draft.answers, run.draft.at, run.draft.line) == (*before, "")


@pytest.mark.parametrize("typed_before", ["112", TOWN, f"{TOWN}\r", f"{TOWN}\r\r"])
def test_cr_lf_behind_a_misread_code_is_one_enter(at: Bureau, run: IntakeRun, typed_before: str) -> None:
    """The second half skips no question, keeps no form and leaves the message where it is."""
    keying(at, run)
    press(run, typed_before)
    assert run.draft is not None
    at_question = run.draft.at
    press(run, at.code(NEXT)[:-1] + "\r\n")
    assert (code_of(run), run.draft.at, run.page) == ("V70", at_question, Page.KEYING)
    assert kept(at) == []


def test_a_long_number_in_a_text_is_a_misread_code(at: Bureau, run: IntakeRun) -> None:
    """Nobody writes so many digits; the text before it stays."""
    keying(at, run)
    press(run, f"{TOWN}\r路灯坏了{at.code(NEXT)[:-3]}\r")
    assert code_of(run) == "V70"
    assert run.draft is not None
    assert run.draft.editor is not None
    assert run.draft.editor.text == "路灯坏了"


def test_a_telephone_number_in_a_text_is_a_text(at: Bureau, run: IntakeRun) -> None:
    """Eleven digits are no code."""
    keying(at, run)
    press(run, f"{TOWN}\r13800138000\r9\r")
    assert [each.text for each in at.store.opinions(at.session)] == ["13800138000"]


def test_a_scan_on_the_summary_keeps_nothing(at: Bureau, run: IntakeRun) -> None:
    """The Enter behind a code, or behind a typed number, is not the Enter that keeps the form."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keying(at, run)
    press(run, f"{TOWN}\r\r{at.code(NEXT)}\r\n")
    assert (run.page, kept(at)) == (Page.STOPPED, [])
    press(run, f"1\r{under_the_square(NEXT)}\r")
    assert (run.page, kept(at)) == (Page.STOPPED, [])


# Keying once more


def test_the_other_keyer_keys_again_and_both_agree(at: Bureau, run: IntakeRun) -> None:
    """Texts are not asked again; one Enter keeps it."""
    keyed(at, run, f"{TOWN}3\r\r路灯坏了\r1\r")
    press(run, f"{at.code(FORM)}\r{TOWN}3\r\r")
    assert run.draft is not None
    assert run.draft.stage is Stage.SUMMARY
    assert at.form(FORM).keyed_twice is False
    press(run, "\r")
    assert at.form(FORM).keyed_twice is True
    assert len(at.store.opinions(at.session)) == 1


def test_differences_are_settled_one_by_one(at: Bureau, run: IntakeRun) -> None:
    """1 takes the first keying, 2 the second; nothing changes before Enter."""
    keyed(at, run)
    press(run, f"{at.code(FORM)}\r" + "2" + "1134123412" + "\r\r")
    assert run.draft is not None
    assert [(each.question, each.first, each.second) for each in run.draft.differences] == [
        ("A0", "1", "2"),
        ("Q2", "B", "A"),
        ("Q11", ("3",), None),
    ]
    before = kept(at)
    press(run, "121")
    assert run.draft.stage is Stage.SETTLED
    assert kept(at) == before
    press(run, "\r")
    (response,) = kept(at)
    assert (response.answers["A0"], response.answers["Q2"], response.answers["Q11"]) == ("1", "A", ("3",))
    assert at.form(FORM).keyed_twice


def test_where_neither_is_right_the_question_is_keyed_anew(at: Bureau, run: IntakeRun) -> None:
    """3 leads to the question, its answer back to the summary, Enter to what still differs."""
    keyed(at, run)
    press(run, f"{at.code(FORM)}\r2{TOWN[1:]}3\r\r\r3")
    assert run.draft is not None
    assert run.draft.at == "A0"
    press(run, "5\r")
    assert [each.second for each in run.draft.differences] == ["5"]
    press(run, "2\r")
    assert [response.answers["A0"] for response in kept(at)] == ["5"]


def test_a_scan_settles_no_difference(at: Bureau, run: IntakeRun) -> None:
    """Its first digits would choose; they never did."""
    press(run, f"2\r{at.code(NEXT)}\r")
    keyed(at, run)
    press(run, f"{at.code(FORM)}\r2{TOWN[1:]}3\r\r\r")
    assert run.draft is not None
    assert run.draft.stage is Stage.DIFFERENCE
    press(run, f"{at.code(NEXT)}\r\r")
    assert (run.draft.settled, run.draft.stage) == ((), Stage.DIFFERENCE)


def test_the_same_keyer_cannot_key_again(at: Bureau, run: IntakeRun) -> None:
    """M83, in the reader's language, before any work is done."""
    keyed(at, run)
    press(run, f"*{at.code(FORM)}\r")
    assert (code_of(run), run.draft) == ("M83", None)


def test_the_keyer_does_not_change_amid_a_form(at: Bureau, run: IntakeRun) -> None:
    """Who begins a form has keyed it."""
    keying(at, run)
    press(run, "11*")
    assert (run.role, len(answers(run))) == ("keyer 1", 2)
