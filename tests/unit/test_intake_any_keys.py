"""Whatever is pressed and scanned at the intake desk: no form is lost, and nothing is kept but by an Enter."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.paper.forms import CAME_BACK, FormState
from tests.intake_bureau import ELSEWHERE, SERIALS, UNKNOWN, Bureau, bureau, keys_of, press, slip, under_the_square
from tests.survey_forms import SMALL, compiled
from tui.staff.intake_deeds import Page
from tui.staff.intake_run import LINE_ENDS, IntakeRun

QUESTIONNAIRE = compiled(SMALL)
FORMS = SERIALS[:4]
FORM, NEXT = FORMS[:2]
KEYS = "0123456789\r\r\r\n\t\x1b\x7f+-*/.l路 "
ANY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
TRULY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

keys = st.sampled_from([*KEYS])
modes = st.sampled_from([f"{mode}\r" for mode in range(10)])
scans = st.sampled_from([*FORMS, UNKNOWN, ELSEWHERE, 0])
answers = st.text("123456789.+-", max_size=6)
typed = st.one_of(keys, modes, answers, scans, st.sampled_from(["\r", "\x1b1\r", "\x1b2\r", "1\r", "2\r"]))


def a_bureau() -> Bureau:
    """A short form; four forms have come back, one of them is keyed."""
    at = bureau(asking=QUESTIONNAIRE)
    press(at.run(), "2\r" + "".join(f"{at.code(serial)}\r" for serial in FORMS))
    return at


def text_of(at: Bureau, what: str | int) -> str:
    """What is typed: keys, or the code of a form with its Enter."""
    if isinstance(what, str):
        return what
    if what == ELSEWHERE:
        return f"{at.foreign}\r"
    return f"{at.code(what) if what else slip()}\r"


def in_hand(run: IntakeRun) -> dict[tuple[int, bool], object]:
    """The forms of which something is keyed and not kept, with what is keyed."""
    drafts = [*run.aside.values(), *([run.draft] if run.draft else [])]
    return {(draft.form.serial, draft.again): draft.answers for draft in drafts if draft.answers}


def assert_sound(at: Bureau) -> None:
    """Every form is somewhere, and every response belongs to a form that is keyed."""
    states = at.states()
    assert set(states) == set(SERIALS)
    keyed = [form for form in at.store.forms(at.session) if form.state is FormState.KEYED]
    assert all(form.response and at.store.response(at.session, form.response) for form in keyed)
    assert at.store.count_responses(at.session) == len(keyed)
    account = at.intake().account()
    assert account.printed == len(SERIALS) == account.issued + account.unused + account.spoiled
    assert account.returned == sum(state in CAME_BACK for state in states.values())
    assert account.valid + account.void + account.to_key == account.returned


@ANY
@given(st.lists(typed, max_size=40))
def test_no_form_is_lost_and_none_is_kept_without_an_enter(pressed: list[str | int]) -> None:
    """A form in hand stays in hand, unless Enter has kept it or a digit has dropped it; the store is sound.

    Digits may still turn out to be a scan: what counts is what was in hand before them.
    """
    at = a_bureau()
    run = at.run()
    before, amid_digits = in_hand(run), False
    for key in keys_of("".join(text_of(at, what) for what in pressed)):
        count, stored = at.store.count_responses(at.session), at.store.forms(at.session)
        before = before if amid_digits else in_hand(run)
        amid_digits = bool(key.digit)
        asked, line = run.page, run.line
        run.press(key)
        if key.key not in LINE_ENDS:
            assert at.store.count_responses(at.session) == count
            assert at.store.forms(at.session) == stored
        for serial, again in set(before) - set(in_hand(run)):
            was_kept = at.states()[serial] is FormState.KEYED
            is_blank = run.draft is not None and run.draft.form.serial == serial
            was_dropped = (asked, line) in {(Page.STOPPED, "3"), (Page.LEAVING, "1")}
            assert was_kept or is_blank or was_dropped, (serial, again, asked, line)
    assert_sound(at)


@ANY
@given(st.lists(st.one_of(keys, answers), max_size=12), scans)
def test_a_scan_is_never_an_answer(pressed: list[str], scanned: int) -> None:
    """Wherever keys have led to, a code behind them leaves the form in hand and the store as they are."""
    at = a_bureau()
    run = at.run()
    press(run, f"3\r{at.code(FORM)}\r" + "".join(pressed))
    draft, was = run.draft, run.page
    before = at.store.forms(at.session)
    press(run, text_of(at, scanned))
    if draft is None:
        return
    assert at.store.forms(at.session) == before
    assert run.draft is not None
    if draft.is_untouched and scanned in FORMS:
        return
    assert (run.draft.answers, run.draft.at, run.draft.settled) == (draft.answers, draft.at, draft.settled)
    assert was in {Page.KEYING, Page.STOPPED}


@st.composite
def corruptions(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, str]]]:
    """Places of digits that are lost, and of digits that are others."""
    lost = draw(st.lists(st.integers(0, 33), max_size=4, unique=True))
    other = draw(st.lists(st.tuples(st.integers(0, 33), st.sampled_from("123456789")), max_size=2))
    return lost, other


@TRULY
@given(st.text("123456789", max_size=5), corruptions())
def test_a_corrupted_code_is_never_an_answer(pressed: str, corruption: tuple[list[int], list[tuple[int, str]]]) -> None:
    """With digits lost and digits wrong it leads back to where the form was, or a few digits before that."""
    at = a_bureau()
    run = at.run()
    press(run, f"3\r{at.code(FORM)}\r")
    been = [run.draft]
    for digit in pressed:
        press(run, digit)
        been.append(run.draft)
    stored = at.store.forms(at.session)
    lost, other = corruption
    digits = list(at.code(NEXT))
    for place, digit in other:
        digits[place] = digit
    press(run, "".join(digit for place, digit in enumerate(digits) if place not in lost) + "\r")
    assert at.store.forms(at.session) == stored
    assert run.draft is not None
    if run.draft.form.serial == FORM:
        states = [(draft.answers, draft.at) for draft in been if draft]
        assert (run.draft.answers, run.draft.at) in states[-1 - len(lost) :]


@TRULY
@given(st.permutations(SERIALS), st.sampled_from(["\r", "\n", "\r\n", "\t"]), st.booleans())
def test_scans_in_any_order_are_all_right(order: list[int], end: str, by_hand: bool) -> None:
    """Every form that is scanned or typed comes back, once."""
    at = bureau(asking=QUESTIONNAIRE, issued=10)
    run = at.run()
    code = under_the_square if by_hand else at.code
    press(run, "2\r" + "".join(f"{code(serial)}{end}" for serial in order))
    assert set(at.states().values()) == {FormState.RETURNED}
    assert run.alarms == 0
