"""What staff do with the forms of a session: hand out, take back, key, key again, declare void, and undo."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from campaign.errors import BadInput, ManyiError, Refused
from campaign.language import Lang
from db import memory_store
from surveys.paper.codes import CodeKind, SlipCode
from surveys.paper.forms import FORM_TRANSITIONS, FormState, VoidReason
from surveys.paper.keying import Difference
from surveys.response import Validity
from tests.paper_town import BLANK, GOOD, KEY, PaperTown, foreign_codes, paper_town
from tests.sittings import verify_count

VOID = VoidReason.UNREADABLE


@pytest.fixture
def town() -> Iterator[PaperTown]:
    """An open session without forms."""
    store = memory_store()
    yield paper_town(store)
    store.close()


def refused(action: Callable[[], object]) -> str:
    """The code with which something is refused."""
    with pytest.raises(ManyiError) as caught:
        action()
    return caught.value.code


def test_a_form_goes_from_the_printer_to_the_ballot_box(town: PaperTown) -> None:
    """Printed, handed out, returned, keyed: then there is one response from paper, in the form's language."""
    (serial,) = town.printed(1, Lang.EN)
    assert town.form(serial).state is FormState.PRINTED
    assert town.paper.issue(serial).state is FormState.ISSUED
    assert town.paper.receive(serial).state is FormState.RETURNED
    town.desk.close(town.session)
    assert town.paper.key(serial, {**GOOD, "Q5": "修路灯"}, "clerk").state is FormState.KEYED
    (response,) = town.store.responses(town.session)
    assert (response.channel, response.lang, response.answers) == ("paper", Lang.EN, GOOD)
    assert response.validity is Validity.COMPLETE


def test_forms_handed_out_by_the_number_come_back_too(town: PaperTown) -> None:
    """Nobody scans a stack while it is handed out: a form that is still "printed" can be returned."""
    serials = town.printed(3)
    town.paper.issue_some(2)
    town.paper.receive(serials[1])
    account = town.paper.account()
    assert (account.issued, account.returned, account.not_returned, account.unused) == (2, 1, 1, 1)


def test_only_forms_that_exist_are_handed_out(town: PaperTown) -> None:
    """More than were printed, or spoiled ones, are V53; fewer than none is M85; nothing is changed."""
    first, second, _ = town.printed(3)
    town.paper.spoil(first)
    assert refused(lambda: town.paper.issue_some(3)) == "V53"
    town.paper.issue_some(2)
    assert refused(lambda: town.paper.issue(second)) == "V53"
    assert town.form(second).state is FormState.PRINTED
    assert refused(lambda: town.paper.issue_some(-3)) == "M85"
    assert town.paper.issue_some(-2).issued == 0


def test_what_was_used_does_not_come_back_unused(town: PaperTown) -> None:
    """Of five handed out one is back and one was scanned when it went: M85 for more than the other three."""
    one, two, *_ = town.printed(5)
    town.paper.issue(one)
    town.paper.issue_some(4)
    town.paper.receive(two)
    assert refused(lambda: town.paper.issue_some(-4)) == "M85"
    assert town.paper.issue_some(-3).issued == 2
    assert refused(lambda: town.paper.issue_some(-1)) == "M85"


@pytest.mark.parametrize(("kind", "word"), [(CodeKind.SLIP, "follow-up slip"), (CodeKind.TOKEN, "kiosk token")])
def test_a_code_of_another_kind_is_called_by_its_name(town: PaperTown, kind: CodeKind, word: str) -> None:
    """V72 says what was scanned, so that the clerk knows what lies among the forms."""
    town.printed(1)
    with pytest.raises(Refused) as caught:
        town.paper.find(SlipCode("0123456789", kind).digits(KEY))
    assert caught.value.problems[0].message(Lang.EN).startswith(f"This is a {word} code.")


@pytest.mark.parametrize("code", ["V70", "V71", "V72", "V73"])
def test_every_wrong_code_is_told_apart(town: PaperTown, code: str) -> None:
    """Misread, nobody's, on something else, of another session: each has its own refusal."""
    (serial,) = town.printed(1)
    scanned = foreign_codes(town, serial)[code]
    assert refused(lambda: town.paper.find(scanned)) == code


def test_a_form_of_another_session_is_named_with_it(town: PaperTown) -> None:
    """V73 says whose it is, so that it can be carried there."""
    (serial,) = town.printed(1)
    with pytest.raises(Refused) as caught:
        town.paper.find(foreign_codes(town, serial)["V73"])
    assert {name: caught.value.problems[0].values[name] for name in ("s", "code")} == {
        "s": "B02-261123-1",
        "code": "B02",
    }


@pytest.mark.parametrize("change", ["{}\n", " {} ", "\t{}\r\n"])
def test_a_form_is_found_by_scanning_and_by_typing(town: PaperTown, change: str) -> None:
    """Every page's square, and the eight digits under it, lead to the form; so do full-width digits and blanks."""
    serials = town.printed(5)
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for serial in serials:
        typed = f"{serial:06d}{98 - serial * 100 % 97:02d}"
        for text in (town.code(serial), town.code(serial, 2), typed, f"{typed[:4]} {typed[4:]}", typed.translate(wide)):
            assert town.paper.find(change.format(text)).serial == serial


def test_what_was_not_returned_cannot_be_keyed(town: PaperTown) -> None:
    """V75 names where the form is: printed, handed out, spoiled or void, it is not keyed; only what is back is void."""
    printed, issued, spoiled, void = town.printed(4)
    for serial in (issued, void):
        town.paper.issue(serial)
    town.paper.spoil(spoiled)
    town.paper.receive(void)
    town.paper.void(void, VOID)
    town.desk.close(town.session)
    before = town.states()
    for serial in before:
        assert refused(lambda serial=serial: town.paper.key(serial, GOOD, "clerk")) == "V75"  # type: ignore[misc]
        assert refused(lambda serial=serial: town.paper.void(serial, VOID)) == "V75"  # type: ignore[misc]
    assert town.states() == before
    assert before[printed] is FormState.PRINTED


def test_a_form_is_keyed_once(town: PaperTown) -> None:
    """V74 for the second time, for taking it back again too; one response stays one."""
    (serial,) = town.counting(1)
    town.paper.key(serial, GOOD, "clerk")
    assert refused(lambda: town.paper.key(serial, {"Q1": "C"}, "other")) == "V74"
    assert refused(lambda: town.paper.receive(serial)) == "V74"
    assert town.answers() == [GOOD]


def test_keying_waits_until_the_session_is_closed(town: PaperTown) -> None:
    """While people answer nothing is keyed (M12); after the verification nothing is changed any more (M12)."""
    (serial,) = town.returned(1)
    assert refused(lambda: town.paper.key(serial, GOOD, "clerk")) == "M12"
    town.desk.close(town.session)
    town.paper.key(serial, GOOD, "clerk")
    verify_count(town.desk, town.session)
    for action in (
        lambda: town.paper.key(serial, GOOD, "clerk"),
        lambda: town.paper.void(serial, VOID),
        lambda: town.paper.receive(serial),
        lambda: town.paper.issue(serial),
        lambda: town.paper.spoil(serial),
        lambda: town.paper.issue_some(-1),
        town.paper.put_aside,
        town.paper.undo,
    ):
        assert refused(action) == "M12"
    assert town.paper.account() == town.store.session(town.session).account  # type: ignore[union-attr]


def test_wrong_answers_keep_nothing(town: PaperTown) -> None:
    """A form whose answers are refused stays returned, and the box and the opinions stay empty."""
    (serial,) = town.counting(1)
    with pytest.raises(BadInput):
        town.paper.key(serial, {"Q1": "Z", "Q5": "修路灯"}, "clerk")
    assert town.form(serial).state is FormState.RETURNED
    assert (town.answers(), list(town.store.opinions(town.session))) == ([], [])


def test_texts_become_opinions_without_a_link(town: PaperTown) -> None:
    """A text leaves the answers as it is keyed, and what was asked because of it too; the opinion tells no form."""
    first, second = town.counting(2)
    town.paper.key(first, {**GOOD, "Q5": "修路灯", "wants_answer": "yes"}, "clerk")
    town.paper.key(second, GOOD, "clerk")
    assert town.answers() == [GOOD, GOOD]
    (opinion,) = town.store.opinions(town.session)
    assert (opinion.text, opinion.wants_answer, opinion.question) == ("修路灯", True, "Q5")
    assert set(opinion.model_dump()) == {"branch", "session", "question", "text", "wants_answer", "state"}


def test_a_second_keying_that_agrees_has_no_difference(town: PaperTown) -> None:
    """Texts, and what depends on them, have left the first keying: they are not compared."""
    (serial,) = town.counting(1)
    answers = {**GOOD, "Q5": "修路灯", "wants_answer": "yes"}
    town.paper.key(serial, answers, "clerk")
    assert town.paper.compare(serial, answers, "witness") == []
    assert town.paper.compare(serial, GOOD, "witness") == []
    assert not town.form(serial).keyed_twice
    assert town.paper.settle(serial, answers, "witness").keyed_twice
    assert (town.answers(), len(town.store.opinions(town.session))) == ([GOOD], 1)


def test_a_second_keying_that_differs_changes_nothing_until_it_is_settled(town: PaperTown) -> None:
    """Differences are shown side by side (V76); what is settled stands in place of the first keying."""
    (serial,) = town.counting(1)
    town.paper.key(serial, GOOD, "clerk")
    second = {"Q1": "A", "Q2": "C", "Q4": 3}
    found = town.paper.compare(serial, second, "witness")
    assert found == [Difference("Q2", "B", "C"), Difference("Q4", None, 3)]
    assert {each.problem().code for each in found} == {"V76"}
    assert (town.answers(), town.form(serial).keyed_twice) == ([GOOD], False)
    form = town.paper.settle(serial, {**GOOD, "Q2": "C"}, "witness")
    assert (town.answers(), form.keyed_twice) == ([{"Q1": "A", "Q2": "C"}], True)
    assert (town.form(serial), form.keyed_by) == (form, "clerk")


def test_the_second_keying_is_another_roles(town: PaperTown) -> None:
    """M83: whoever misread a form once misreads it twice."""
    (serial,) = town.counting(1)
    town.paper.key(serial, GOOD, "clerk")
    assert refused(lambda: town.paper.compare(serial, GOOD, "clerk")) == "M83"
    assert refused(lambda: town.paper.settle(serial, GOOD, "clerk")) == "M83"


def test_what_was_not_keyed_cannot_be_keyed_again(town: PaperTown) -> None:
    """M82 says that the first keying is missing; V75 that the form is not even back."""
    out, serial = town.printed(2)
    town.paper.issue_some(2)
    town.paper.receive(serial)
    town.desk.close(town.session)
    for each, code in ((serial, "M82"), (out, "V75")):
        assert refused(lambda each=each: town.paper.compare(each, GOOD, "witness")) == code  # type: ignore[misc]
        assert refused(lambda each=each: town.paper.settle(each, GOOD, "witness")) == code  # type: ignore[misc]


def test_a_void_form_leaves_the_ballot_box(town: PaperTown) -> None:
    """Its response goes, the form keeps the reason and nothing of who keyed it."""
    first, second = town.counting(2)
    town.paper.key(first, GOOD, "clerk")
    town.paper.key(second, {"Q1": "C", "Q2": "C"}, "clerk")
    form = town.paper.void(first, VoidReason.DUPLICATE)
    assert (form.state, form.void_reason, form.response, form.keyed_by) == ("void", "duplicate", None, "")
    assert town.answers() == [{"Q1": "C", "Q2": "C"}]
    account = town.paper.account()
    assert (account.valid, account.void, account.problems()) == (1, 1, [])


def test_sheets_put_aside_belong_to_no_account(town: PaperTown) -> None:
    """Foreign sheets and copies are counted beside the account, which balances without them."""
    town.counting(1)
    town.paper.void(next(iter(town.states())), VOID)
    town.paper.put_aside()
    town.paper.put_aside(copy=True)
    town.paper.put_aside(copy=True)
    account = town.paper.account()
    assert (account.foreign, account.copies, account.returned, account.problems()) == (1, 2, 1, [])


def test_the_list_of_what_is_out_has_those_on_their_way(town: PaperTown) -> None:
    """Handed out one by one and not back, then those that wait to be keyed; nothing else."""
    serials = town.printed(5)
    for serial in serials[:3]:
        town.paper.issue(serial)
    town.paper.receive(serials[0])
    found = [(form.serial, form.state) for form in town.paper.outstanding()]
    assert found == [*((serial, "issued") for serial in sorted(serials[1:3])), (serials[0], "returned")]


STEPS: Mapping[str, tuple[FormState, Callable[[PaperTown, int], object]]] = {
    "issue": (FormState.PRINTED, lambda town, serial: town.paper.issue(serial)),
    "spoil": (FormState.PRINTED, lambda town, serial: town.paper.spoil(serial)),
    "receive": (FormState.ISSUED, lambda town, serial: town.paper.receive(serial)),
    "void": (FormState.RETURNED, lambda town, serial: town.paper.void(serial, VOID)),
    "key": (FormState.RETURNED, lambda town, serial: town.paper.key(serial, {**GOOD, "Q5": "修路灯"}, "clerk")),
    "void what was keyed": (FormState.KEYED, lambda town, serial: town.paper.void(serial, VOID)),
    "settle": (FormState.KEYED, lambda town, serial: town.paper.settle(serial, {"Q1": "C"}, "witness")),
}


def prepared(town: PaperTown, state: FormState) -> int:
    """A form in this state, beside others; the session is being counted if it can be keyed."""
    serials = town.printed(3)
    if state is FormState.PRINTED:
        return serials[0]
    for serial in serials[:2]:
        town.paper.issue(serial)
    if state is FormState.ISSUED:
        return serials[0]
    for serial in serials[:2]:
        town.paper.receive(serial)
    town.desk.close(town.session)
    town.paper.key(serials[1], {"Q1": "D"}, "clerk")
    if state is FormState.KEYED:
        town.paper.key(serials[0], GOOD, "clerk")
    return serials[0]


def everything(town: PaperTown) -> tuple[object, ...]:
    """All that is kept of a session but the audit."""
    opinions = sorted(each.text for each in town.store.opinions(town.session))
    return list(town.store.forms(town.session)), town.answers(), opinions, town.store.paper_stock(town.session)


@pytest.mark.parametrize("step", STEPS)
def test_the_last_step_can_be_taken_back_once(town: PaperTown, step: str) -> None:
    """Undoing leaves form, ballot box, opinions and numbers as they were; there is nothing more to undo then."""
    state, act = STEPS[step]
    serial = prepared(town, state)
    before = everything(town)
    act(town, serial)
    assert everything(town) != before
    assert town.paper.undo() == town.form(serial)
    assert everything(town) == before
    assert town.paper.undo() is None
    assert everything(town) == before
    act(town, serial)
    assert everything(town) != before


def test_what_stands_is_not_undone(town: PaperTown) -> None:
    """Once the next form is begun, or a number of forms handed out, the last step stands."""
    first, second, third = town.printed(3)
    town.paper.spoil(first)
    town.paper.begin()
    assert town.paper.undo() is None
    town.paper.issue(second)
    town.paper.issue_some(1)
    assert town.paper.undo() is None
    town.paper.receive(third)
    assert town.paper.undo() == town.form(third)


def test_a_refused_step_is_not_undone(town: PaperTown) -> None:
    """What was refused has changed nothing: undo takes back the step before it, and that alone."""
    first, second = town.printed(2)
    town.paper.spoil(first)
    town.paper.issue(second)
    before = town.paper.account()
    assert refused(lambda: town.paper.issue(first)) == "V79"
    assert refused(lambda: town.paper.issue(second)) == "V79"
    assert town.paper.account() == before
    undone = town.paper.undo()
    assert undone is not None
    assert (undone.serial, town.paper.account().issued) == (second, 0)


def test_undo_takes_nothing_from_another_screen(town: PaperTown) -> None:
    """Two clerks hand out at once: taking back one form leaves the other's count; a form that went on stays."""
    first, second, *_ = town.printed(5)
    other = town.another_paper()
    town.paper.issue(first)
    other.issue_some(3)
    town.paper.undo()
    assert town.paper.account().issued == 3
    town.paper.issue(second)
    other.receive(second)
    assert town.paper.undo() is None
    assert (town.form(second).state, town.paper.account().issued) == (FormState.RETURNED, 4)


def test_every_count_of_issued_forms_is_in_the_audit(town: PaperTown) -> None:
    """Printing and handing out leave the number before and after, undoing too; no entry names a form."""
    first, *_ = town.printed(9)
    town.paper.issue_some(5)
    town.paper.issue(first)
    town.paper.undo()
    entries = [each for each in town.store.audits() if each.entity == f"forms of session {town.session}"]
    assert [(each.field, each.old, each.new) for each in entries] == [
        ("printed", "", "9"),
        ("issued", "0", "5"),
        ("issued", "5", "6"),
        ("issued", "6", "5"),
    ]


def test_the_table_of_states_is_the_domains() -> None:
    """From printed to verified, with spoiled, unused, not returned and void; every state but the first is reached."""
    reached = {state for states in FORM_TRANSITIONS.values() for state in states}
    assert FORM_TRANSITIONS.keys() == set(FormState)
    assert reached == set(FormState) - {FormState.PRINTED}
    assert {state for state, following in FORM_TRANSITIONS.items() if not following} == {
        FormState.VERIFIED,
        FormState.SPOILED,
        FormState.UNUSED,
        FormState.NOT_RETURNED,
        FormState.VOID,
    }


def test_a_blank_form_that_is_keyed_counts_as_void(town: PaperTown) -> None:
    """It is a response with too few answers, and the account says so."""
    (serial,) = town.counting(1)
    town.paper.key(serial, BLANK, "clerk")
    account = town.paper.account()
    assert (account.keyed, account.valid, account.void, account.problems()) == (1, 0, 1, [])


def test_handing_out_is_taken_back_whatever_else_came_back(town: PaperTown) -> None:
    """A form that nobody had counted as handed out came back before: the last scan is undone all the same."""
    first, second = town.printed(2)
    town.paper.receive(first)
    town.paper.issue(second)
    town.paper.undo()
    assert town.form(second).state is FormState.PRINTED
    assert town.paper.account().issued == 0
