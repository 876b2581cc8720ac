"""The intake desk's conversation: scans, modes, keying, and what is never lost."""

import pytest

from surveys.paper.forms import FormState, VoidReason
from surveys.response import Response
from tests.intake_bureau import (
    SERIALS,
    UNKNOWN,
    Bureau,
    bureau,
    press,
    print_forms,
    slip,
    under_the_square,
)
from tests.survey_forms import SMALL, compiled
from tui.kiosk.keys import Typed, typed
from tui.staff.intake_deeds import Page
from tui.staff.intake_draft import Stage
from tui.staff.intake_keys import Mode
from tui.staff.intake_notice import Tone
from tui.staff.intake_run import IntakeRun

FORM, NEXT, *_ = SERIALS
TOWN = "1" + "1234123412"
"""Answers to A0 and Q1 to Q10 of the town's form; Q11 is a long list, Q12 a text."""


@pytest.fixture
def at() -> Bureau:
    """Nine forms are out, the session is being counted."""
    return bureau()


@pytest.fixture
def run(at: Bureau) -> IntakeRun:
    return at.run()


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


# Scans


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\t\r"])
def test_whatever_ends_a_scan_it_is_one_scan(at: Bureau, run: IntakeRun, end: str) -> None:
    """CR, LF, CR LF, TAB and TAB CR end a code; the second half is no Enter of a person."""
    press(run, "2\r" + "".join(at.code(serial) + end for serial in SERIALS))
    assert set(at.states().values()) == {FormState.RETURNED}
    assert run.line == ""


def test_full_width_digits_are_digits(at: Bureau, run: IntakeRun) -> None:
    """An input method that is on makes a scan full width; it is the same scan."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    press(run, ("2\r" + at.code(FORM) + "\r").translate(wide))
    assert at.states()[FORM] is FormState.RETURNED


def test_digits_that_come_together_are_digits_one_by_one(at: Bureau, run: IntakeRun) -> None:
    """An input method may hand over a whole number at once."""
    run.press(Typed("2", "2"))
    press(run, "\r")
    run.press(typed("x", at.code(FORM)))
    press(run, "\r")
    assert at.states()[FORM] is FormState.RETURNED


def test_the_number_under_the_square_can_be_typed(at: Bureau, run: IntakeRun) -> None:
    """Eight digits with right check digits stand for the form, as a scan does."""
    press(run, f"2\r{under_the_square(FORM)}\r")
    assert at.states()[FORM] is FormState.RETURNED


def test_every_page_of_a_form_stands_for_it(at: Bureau, run: IntakeRun) -> None:
    """Whichever page is scanned, the form is the same."""
    press(run, f"2\r{at.code(FORM, page=3)}\r")
    assert at.states()[FORM] is FormState.RETURNED


def test_a_scan_without_a_mode_only_shows_the_form(at: Bureau, run: IntakeRun) -> None:
    """Before anything is chosen, nothing is changed."""
    press(run, at.code(FORM) + "\r")
    assert run.form == at.form(FORM)
    assert at.states()[FORM] is FormState.PRINTED


def test_empty_lines_mean_nothing(at: Bureau, run: IntakeRun) -> None:
    """However often Enter is pressed."""
    press(run, "2\r\r\r" + at.code(FORM) + "\r\r\r")
    assert run.notice is not None
    assert (run.notice.tone, run.form) == (Tone.DONE, at.form(FORM))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("wrong", ["misread", "short", "forged", "unknown", "foreign", "slip", "digits"])
def test_a_wrong_scan_never_changes_anything(at: Bureau, run: IntakeRun, mode: Mode, wrong: str) -> None:
    """Whatever the mode: the code of the rule is named, and the store is as it was."""
    code = at.code(FORM)
    scans = {
        "misread": (code[:30] + str((int(code[30]) + 1) % 10) + code[31:], "V70"),
        "short": (code[1:], "V70"),
        "forged": (code[:20] + "0" * 14, "V70"),
        "unknown": (at.code(UNKNOWN), "V71"),
        "foreign": (at.foreign, "V73"),
        "slip": (slip(), "V72"),
        "digits": ("123", "V70"),
    }
    text, expected = scans[wrong]
    press(run, f"2\r{at.code(NEXT)}\r{mode}\r" if mode is not Mode.LOOK else f"2\r{at.code(NEXT)}\r0\r")
    before, stock = at.store.forms(at.session), at.store.paper_stock(at.session)
    press(run, f"{text}\r")
    assert (at.store.forms(at.session), at.store.paper_stock(at.session)) == (before, stock)
    if (mode, wrong) != (Mode.ISSUE, "digits"):
        assert code_of(run) == expected
        assert run.notice is not None
        assert run.notice.tone is Tone.WRONG


# Handing out, taking back, spoiling


def test_forms_are_handed_out_one_by_one(at: Bureau, run: IntakeRun) -> None:
    """A scan hands a form out and counts it; the same scan again changes nothing."""
    press(run, f"1\r{at.code(FORM)}\r{at.code(FORM)}\r")
    assert at.states()[FORM] is FormState.ISSUED
    assert at.intake().account().issued == 10
    assert run.notice is not None
    assert run.notice.tone is Tone.TOLD


def test_forms_are_handed_out_and_taken_back_by_the_number(at: Bureau, run: IntakeRun) -> None:
    """A number and + hands out so many, with - so many come back unused; more than there are is V53."""
    press(run, "1\r5-")
    assert at.intake().account().issued == 4
    press(run, "3+")
    assert at.intake().account().issued == 7
    press(run, "30+")
    assert (code_of(run), at.intake().account().issued) == ("V53", 7)


def test_a_number_alone_hands_out_nothing(at: Bureau, run: IntakeRun) -> None:
    """It is told that + is missing."""
    press(run, "1\r12\r")
    assert run.notice is not None
    assert (run.notice.tone, at.intake().account().issued) == (Tone.TOLD, 9)


def test_a_number_means_nothing_where_forms_are_taken_back(at: Bureau, run: IntakeRun) -> None:
    """Only the mode that hands out counts."""
    press(run, "2\r5+")
    assert at.intake().account().issued == 9


def test_a_damaged_form_is_put_aside(at: Bureau, run: IntakeRun) -> None:
    """It counts as spoiled; one that came back can't be."""
    press(run, f"6\r{at.code(FORM)}\r2\r{at.code(NEXT)}\r6\r{at.code(NEXT)}\r")
    assert (at.states()[FORM], at.states()[NEXT]) == (FormState.SPOILED, FormState.RETURNED)
    assert code_of(run) == "V79"


# Sheets that are put aside


def test_a_foreign_sheet_is_counted_after_a_digit(at: Bureau, run: IntakeRun) -> None:
    """A sheet of another session or campaign counts as foreign once that is confirmed."""
    press(run, f"2\r{at.foreign}\r")
    assert run.page is Page.OFFER
    press(run, "1\r")
    press(run, f"{at.code(UNKNOWN)}\r0\r")
    assert at.intake().account().foreign == 1


def test_a_second_sheet_with_the_same_number_is_counted_as_a_copy(at: Bureau, run: IntakeRun) -> None:
    """In keying it is V74; the form that was keyed stays what it is."""
    keying(at, run)
    press(run, f"{TOWN}\r\r\r")
    press(run, f"{at.code(FORM)}\r")
    assert (code_of(run), run.page) == ("V74", Page.OFFER)
    press(run, "1\r")
    assert (at.intake().account().copies, len(kept(at))) == (1, 1)


def test_a_scan_declines_what_was_offered(at: Bureau, run: IntakeRun) -> None:
    """Whoever scans on has not confirmed: the first digit of a code counts nothing."""
    press(run, f"2\r{at.foreign}\r{at.code(FORM)}\r")
    assert at.intake().account().foreign == 0
    assert at.states()[FORM] is FormState.RETURNED


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


def keyed(at: Bureau, run: IntakeRun, text: str = f"{TOWN}3\r\r\r\r") -> None:
    """The first keying is kept, and the other keyer begins."""
    keying(at, run)
    press(run, text)
    press(run, "4\r*")


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


# Void


@pytest.mark.parametrize(("digit", "reason"), list(enumerate(VoidReason, 1)))
def test_a_form_is_void_for_a_reason(at: Bureau, run: IntakeRun, digit: int, reason: VoidReason) -> None:
    """The reason is a digit."""
    press(run, f"2\r{at.code(FORM)}\r5\r{at.code(FORM)}\r{digit}\r")
    assert (at.form(FORM).state, at.form(FORM).void_reason) == (FormState.VOID, reason)


def test_a_form_that_was_keyed_can_still_be_void(at: Bureau, run: IntakeRun) -> None:
    """Its answers leave the ballot box; undone, they are back."""
    keying(at, run)
    press(run, f"{TOWN}\r\r\r5\r{at.code(FORM)}\r4\r")
    assert kept(at) == []
    press(run, "9\r")
    assert (len(kept(at)), at.states()[FORM]) == (1, FormState.KEYED)


@pytest.mark.parametrize("line", ["0\r", "7\r", "\x1b"])
def test_a_form_is_not_void_without_a_reason(at: Bureau, run: IntakeRun, line: str) -> None:
    """0 and Esc leave it as it is, another digit is no reason."""
    press(run, f"2\r{at.code(FORM)}\r5\r{at.code(FORM)}\r{line}")
    assert at.states()[FORM] is FormState.RETURNED


def test_a_form_that_has_not_come_back_is_not_void(at: Bureau, run: IntakeRun) -> None:
    """V75 instead of the question for the reason."""
    press(run, f"5\r{at.code(FORM)}\r")
    assert (code_of(run), run.page) == ("V75", Page.START)


# Undo


def test_what_was_keyed_is_taken_back_onto_the_screen(at: Bureau, run: IntakeRun) -> None:
    """Nothing of it is stored any more, texts included; mended, it is kept."""
    keying(at, run)
    press(run, f"{TOWN}\r路灯坏了\r1\r9\r")
    assert (kept(at), list(at.store.opinions(at.session)), at.states()[FORM]) == ([], [], FormState.RETURNED)
    press(run, "1\r2\r")
    assert [response.answers["A0"] for response in kept(at)] == ["2"]
    assert [each.text for each in at.store.opinions(at.session)] == ["路灯坏了"]


def test_what_was_done_last_is_taken_back_once(at: Bureau, run: IntakeRun) -> None:
    """A second 9 does nothing."""
    press(run, f"1\r{at.code(FORM)}\r9\r9\r")
    assert (at.states()[FORM], at.intake().account().issued) == (FormState.PRINTED, 9)
    assert run.notice is not None
    assert run.notice.tone is Tone.TOLD


def test_a_wrong_scan_between_does_not_hinder_the_undo(at: Bureau, run: IntakeRun) -> None:
    """What was done last is still what 9 takes back."""
    press(run, f"2\r{at.code(FORM)}\r{at.foreign}\r0\r{at.code(FORM)}\r0\r9\r")
    assert at.states()[FORM] is FormState.PRINTED


def test_forms_handed_out_by_the_number_are_taken_back(at: Bureau, run: IntakeRun) -> None:
    """The whole number, whichever sign it had."""
    press(run, "1\r1+9\r")
    assert at.intake().account().issued == 9
    press(run, "4-9\r")
    assert at.intake().account().issued == 9


def test_the_next_form_ends_the_undo(at: Bureau, run: IntakeRun) -> None:
    """Once it is begun, the last one stands."""
    press(run, f"2\r{at.code(FORM)}\r{at.code(NEXT)}\r3\r{at.code(FORM)}\r{TOWN}\r\r\r")
    press(run, f"{at.code(NEXT)}\r\x1b3\r9\r")
    assert at.states()[FORM] is FormState.KEYED


def test_what_somebody_else_has_gone_on_with_is_not_taken_back(at: Bureau, run: IntakeRun) -> None:
    """The other's work stands."""
    press(run, f"2\r{at.code(FORM)}\r")
    press(at.run(), f"5\r{at.code(FORM)}\r4\r")
    press(run, "9\r")
    assert run.notice is not None
    assert run.notice.tone is Tone.WRONG
    assert at.states()[FORM] is FormState.VOID


# The whole


def test_the_account_and_what_is_out_are_shown(at: Bureau, run: IntakeRun) -> None:
    """7 and 8 read them anew, and a scan goes on from there."""
    press(run, f"2\r{at.code(FORM)}\r7\r")
    assert ([form.serial for form in run.out], run.page) == ([FORM], Page.OUT)
    press(run, "8\r")
    assert run.account is not None
    assert (run.page, run.account.returned, run.account.to_key) == (Page.ACCOUNT, 1, 1)
    press(run, f"{at.code(NEXT)}\r")
    assert (run.page, at.states()[NEXT]) == (Page.START, FormState.RETURNED)


def test_0_ends_the_mode_and_then_the_work(run: IntakeRun) -> None:
    """As Esc does."""
    press(run, "2\r0\r")
    assert (run.mode, run.over) == (Mode.LOOK, False)
    press(run, "\x1b")
    assert run.over


def test_who_leaves_answers_behind_is_asked(at: Bureau, run: IntakeRun) -> None:
    """Forms put aside are on no disk."""
    keying(at, run)
    press(run, "112\x1b2\r0\r0\r")
    assert (run.page, run.over) == (Page.LEAVING, False)
    press(run, "\r")
    assert (run.page, run.over, len(run.aside)) == (Page.START, False, 1)
    press(run, "0\r1\r")
    assert run.over


def test_a_paste_presses_no_enter(at: Bureau, run: IntakeRun) -> None:
    """A pasted code stands in the line until Enter."""
    press(run, "2\r")
    run.paste(f"{at.code(FORM)}\n")
    assert at.states()[FORM] is FormState.PRINTED
    press(run, "\r")
    assert at.states()[FORM] is FormState.RETURNED


def test_forms_that_are_printed_later_are_known() -> None:
    """While the desk is open, more may be printed."""
    at = bureau(closed=False)
    run = at.run()
    print_forms(at.store, at.session, (700001,))
    press(run, f"2\r{at.code(700001)}\r")
    assert at.states()[700001] is FormState.RETURNED
