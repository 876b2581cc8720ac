"""The intake desk's conversation: scans, modes, keying, and what is never lost."""

import pytest

from surveys.paper.forms import FormState, VoidReason
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
from tests.intake_runs import FORM, NEXT, TOWN, code_of, kept, keying
from tui.kiosk.keys import Typed, typed
from tui.staff.intake_deeds import Page
from tui.staff.intake_keys import Mode
from tui.staff.intake_notice import Tone
from tui.staff.intake_run import IntakeRun


@pytest.fixture
def at() -> Bureau:
    """Nine forms are out, the session is being counted."""
    return bureau()


@pytest.fixture
def run(at: Bureau) -> IntakeRun:
    return at.run()


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
