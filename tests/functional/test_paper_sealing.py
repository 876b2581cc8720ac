"""What verifying a session asks of its forms, and what the data folder tells of them afterwards: not who held what."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from db import open_store
from db.pictures import FOLDER, PictureFolder
from manyi.settings import Settings
from manyi.wiring import House
from surveys.paper.check_digits import with_check
from surveys.paper.forms import FormState, VoidReason
from surveys.paper.queue import Doubt, OpenQuestion, QueuedForm, QueuedPage
from surveys.response import Response, Validity
from surveys.session import SessionState
from surveys.two_roles import TwoRoles
from tests.orders import rho, within_pages
from tests.paper_town import BLANK, DAY, GOOD, PaperTown, paper_town
from tests.sittings import open_session, verify_count
from tests.store_contents import documents, files

BY = TwoRoles("计票组", "监督组")

pytestmark = pytest.mark.rig

ROLE, SECOND = "录入员甲岗", "监票员乙岗"
UNDONE = "误录的一句话"
PAGE = 1 << 62 | 987654321
"""Number of a scanned page without a code."""
WISHES = [["1"], ["2"], ["3"], ["1", "2"], ["1", "3"]]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[PaperTown]:
    """An open session without forms, on disk."""
    store = open_store(tmp_path / "data", create=True)
    yield paper_town(store)
    store.close()


def codes(town: PaperTown) -> list[str]:
    """Why the session can't be verified; it is left as it was."""
    before = town.store.session(town.session), town.store.forms(town.session), town.answers()
    with pytest.raises(Refused) as caught:
        verify_count(town.desk, town.session)
    assert (town.store.session(town.session), town.store.forms(town.session), town.answers()) == before
    return [problem.code for problem in caught.value.problems]


def one_too_many_back(town: PaperTown) -> None:
    """31 forms came back of 30 that were handed out."""
    serials = town.printed(31)
    town.paper.issue_some(30)
    for serial in serials:
        town.paper.receive(serial)
    town.desk.close(town.session)
    for serial in serials:
        town.paper.key(serial, GOOD, ROLE)


def one_spoiled_too_many(town: PaperTown) -> None:
    """A form was counted as handed out, and as spoiled too."""
    serials = town.printed(2)
    town.paper.issue_some(2)
    town.paper.spoil(serials[0])
    town.desk.close(town.session)


def one_to_be_keyed(town: PaperTown) -> None:
    """A form lies there that nobody has keyed."""
    serials = town.counting(3)
    for serial in serials[1:]:
        town.paper.key(serial, GOOD, ROLE)


def one_response_too_many(town: PaperTown) -> None:
    """Somebody has put an answer into the box that is from no form."""
    (serial,) = town.counting(1)
    town.paper.key(serial, GOOD, ROLE)
    forged = Response(channel="paper", lang=Lang.ZH, answers={"Q2": "A"}, validity=Validity.COMPLETE)
    town.store.add_response(town.session, 99, forged)


def one_response_lost(town: PaperTown) -> None:
    """The response of a keyed form is not there."""
    serials = town.counting(2)
    for serial in serials:
        town.paper.key(serial, GOOD, ROLE)
    doc_id = town.form(serials[0]).response
    assert doc_id
    town.store.remove_response(town.session, doc_id)


def one_nobody_began(town: PaperTown) -> None:
    """Somebody handed in at a kiosk where nobody had begun."""
    town.printed(1)
    town.desk.close(town.session)
    forged = Response(lang=Lang.ZH, answers={"Q2": "A"}, validity=Validity.COMPLETE)
    town.store.add_response(town.session, 99, forged)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (one_too_many_back, "V55"),
        (one_spoiled_too_many, "V53"),
        (one_to_be_keyed, "V57"),
        (one_response_too_many, "V56"),
        (one_response_lost, "V56"),
        (one_nobody_began, "M84"),
    ],
)
def test_a_session_that_does_not_balance_is_not_verified(
    town: PaperTown, wrong: Callable[[PaperTown], None], code: str
) -> None:
    """Each equation that fails has its own code; everything stays as it was, to be counted again."""
    wrong(town)
    assert codes(town) == [code]


def test_a_wrong_count_of_issued_forms_can_be_mended(town: PaperTown) -> None:
    """31 back of 30 is V55; where 31 were handed out, and one was not counted, the number is put right."""
    one_too_many_back(town)
    assert codes(town) == ["V55"]
    town.paper.issue_some(1)
    assert verify_count(town.desk, town.session).session.state is SessionState.VERIFIED


def counted(town: PaperTown) -> Sequence[int]:
    """A session with every kind of form, in two languages, keyed twice, corrected and undone; the keyed serials."""
    serials = [*town.printed(8), *town.printed(4, Lang.EN)]
    town.paper.issue_some(8)
    town.paper.issue(serials[8])
    town.paper.issue(serials[9])
    town.paper.spoil(serials[11])
    for serial in [*serials[:7], serials[8]]:
        town.paper.receive(serial)
    town.desk.submit(town.session, "r1", Lang.ZH, {"Q2": "D"})
    town.desk.close(town.session)
    first, second, third, fourth, fifth, sixth, seventh = serials[:7]
    town.paper.key(first, {**GOOD, "Q5": UNDONE}, ROLE)
    town.paper.undo()
    town.paper.key(first, {**GOOD, "Q5": "修路灯"}, ROLE)
    town.paper.key(second, {"Q1": "B", "Q2": "B"}, ROLE)
    town.paper.settle(second, {"Q1": "C", "Q2": "D"}, SECOND)
    town.paper.key(third, BLANK, ROLE)
    town.paper.void(fourth, VoidReason.UNREADABLE)
    town.paper.key(fifth, {"Q1": "D", "Q2": "D"}, ROLE)
    town.paper.void(fifth, VoidReason.DUPLICATE)
    town.paper.key(sixth, {"Q1": "A", "Q2": "A"}, ROLE)
    town.paper.key(seventh, {"Q1": "A", "Q2": "A"}, ROLE)
    town.paper.key(serials[8], {"Q1": "C", "Q2": "A"}, ROLE)
    return [first, second, third, sixth, seventh, serials[8]]


def test_verifying_ends_every_form(town: PaperTown) -> None:
    """Keyed forms are verified, what never came back is not returned or unused, and the account is kept."""
    counted(town)
    account = town.paper.account()
    verify_count(town.desk, town.session)
    ends = sorted(town.states().values())
    assert ends == sorted(["verified"] * 6 + ["void"] * 2 + ["spoiled", "not_returned"] + ["unused"] * 2)
    session = town.store.session(town.session)
    assert session
    assert session.account == account == town.paper.account()
    numbers = ("printed", "issued", "spoiled", "returned", "valid", "void", "unused", "not_returned", "started")
    assert {name: getattr(account, name) for name in numbers} == {
        "printed": 12,
        "issued": 10,
        "spoiled": 1,
        "returned": 8,
        "valid": 5,
        "void": 3,
        "unused": 1,
        "not_returned": 2,
        "started": 1,
    }
    assert session.tally
    assert (session.tally.submitted, session.tally.void) == (7, 1)


def links(data: Path, session: str, response_ids: Sequence[int]) -> set[str]:
    """What in the bytes of any file ties forms to responses or keyers."""
    found = set()
    for content in files(data).values():
        known = [str(each).encode() for each in response_ids]
        found |= {"response id"} if any(re.search(rb"\D" + each + rb"\D", content) for each in known) else set()
        found |= {"role"} if any(role.encode() in content for role in (ROLE, SECOND)) else set()
        found |= {"undone"} if UNDONE.encode() in content else set()
    forms = documents(data / "manyi.db")[f"forms {session}"].values()
    erased = {"response": None, "keyed_by": "", "keyed_twice": False, "layout": 0}
    return found | {name for name, value in erased.items() if any(form[name] != value for form in forms)}


def test_after_verification_no_file_ties_a_form_to_a_response(town: PaperTown, tmp_path: Path) -> None:
    """Neither documents nor bytes hold a response's number, a keyer, a language of a form, or what was undone."""
    keyed = counted(town)
    ids = [town.form(serial).response or 0 for serial in keyed]
    data = tmp_path / "data"
    assert links(data, town.session, ids) >= {"response id", "role", "undone", "layout", "keyed_twice"}
    assert verify_count(town.desk, town.session).warnings == ()
    assert links(data, town.session, ids) == set()


def test_after_verification_nothing_but_the_forms_names_a_serial(town: PaperTown, tmp_path: Path) -> None:
    """No other document, the audit included, holds a number that is on a sheet, as a whole number or as it is typed."""
    counted(town)
    verify_count(town.desk, town.session)
    serials = [*town.states()]
    assert len(serials) == 12
    tables = documents(tmp_path / "data" / "manyi.db")
    kept = json.dumps({name: [*each.values()] for name, each in tables.items() if not name.startswith("forms ")})
    numbers = {int(each) for each in re.findall(r"\b\d{5,}\b", kept.replace(town.session, ""))}
    assert numbers & {*serials, *(int(with_check(f"{serial:06d}")) for serial in serials)} == set()
    assert '"issued", "old": "8", "new": "9"' in kept.replace('"field": ', ""), "the audit is among it"


def test_copies_from_before_the_verification_go_with_it(town: PaperTown, tmp_path: Path) -> None:
    """A copy that was made while forms were keyed tells what each held; verifying removes it, and keeps another."""
    ids = [town.form(serial).response or 0 for serial in counted(town)]
    other = open_session(town.desk, "B02", pin="2468").session.id
    town.desk.close(other)
    assert in_copies(town, tmp_path, "response") & {*ids}, "a copy does hold it"
    verify_count(town.desk, town.session)
    assert in_copies(town, tmp_path, "state") >= {"verified", "void"}
    assert in_copies(town, tmp_path, "response") == {None}
    assert links(tmp_path / "data", town.session, ids) == set()


def waiting(town: PaperTown, data: Path) -> set[bytes]:
    """Two scanned forms and a page wait with their pictures; what tells of them: names, contents, the page's number."""
    pictures, forms = PictureFolder(data), town.counting(2)
    told = {b"to settle", b"handwriting", str(PAGE).encode()}
    for at, serial in enumerate((*forms, PAGE)):
        name = pictures.keep(b"handwriting %d" % at)
        told.add(name.encode())
        waits = OpenQuestion(question="Q2", doubt=Doubt.BLANK, picture=name)
        form = QueuedForm(serial=serial, answers={"Q1": "A"}, open=(waits,))
        town.store.save_queued(town.session, form if serial != PAGE else QueuedPage(number=PAGE, picture=name))
    return told


def traces(data: Path, told: set[bytes]) -> set[bytes]:
    """What of it the bytes or the name of any file hold."""
    return {each for each in told for name, content in files(data).items() if each in content or each in name.encode()}


def test_after_verification_nothing_tells_what_a_scan_held(town: PaperTown, tmp_path: Path) -> None:
    """Neither the store nor a copy from before, nor the pictures' folder, which is not there any more."""
    data = tmp_path / "data"
    told = waiting(town, data)
    house = House(Settings(data=data, lang=Lang.ZH, today=DAY), town.store)
    town.desk.close(open_session(town.desk, "B02", pin="2468").session.id)
    assert traces(data, told) == told
    assert any(b"to settle" in each.read_bytes() for each in (data / "copies").iterdir()), "a copy does hold it"
    for serial in town.states():
        town.paper.key(serial, GOOD, ROLE)
    with pytest.raises(Refused, match="M96"):
        house.verify(town.session, BY)
    assert traces(data, {b"handwriting"}), "the page still waits"
    town.store.remove_queued(town.session, PAGE)
    house.verify(town.session, BY)
    assert traces(data, told) == set()
    assert not (data / FOLDER).exists()


def test_pictures_that_outlived_the_verification_go_when_it_is_asked_for_again(town: PaperTown, tmp_path: Path) -> None:
    """The process was killed between the two; M12 says that the session is verified."""
    data = tmp_path / "data"
    told = waiting(town, data)
    for serial in town.states():
        town.paper.key(serial, GOOD, ROLE)
    town.store.remove_queued(town.session, PAGE)
    verify_count(town.desk, town.session)
    assert traces(data, told)
    with pytest.raises(Refused):
        House(Settings(data=data, lang=Lang.ZH, today=DAY), town.store).verify(town.session, BY)
    assert traces(data, told) == set()


def in_copies(town: PaperTown, tmp_path: Path, field: str) -> set[object]:
    """What the automatic copies hold in a field of the session's forms."""
    copies = (tmp_path / "data" / "copies").iterdir()
    return {form[field] for each in copies for form in documents(each)[f"forms {town.session}"].values()}


def test_what_was_keyed_lies_in_no_order(town: PaperTown, tmp_path: Path) -> None:
    """Neither the order of keying nor that of the serials shows in the ballot box or among the opinions."""
    count = 2000
    serials = sorted(town.counting(count))
    with town.store.transaction():
        for number, serial in enumerate(serials):
            digits = {
                "Q1": "ABCD"[number % 4],
                "Q4": number // 4 % 100,
                "Q3": WISHES[number // 400],
                "Q5": f"第{number}条",
            }
            town.paper.key(serial, {"Q2": "C", **digits}, ROLE)
    verify_count(town.desk, town.session)
    read = [number_of(each) for each in as_they_lie(town)]
    said = [int(re.sub(r"\D", "", each.text)) for each in town.store.register().heard.values()]
    written = [number for _, number in texts(tmp_path)]
    for order in (read, said, written):
        assert sorted(order) == list(range(count)), "each is there once"
        assert abs(rho(range(count), order)) < 5 / count**0.5
    assert abs(within_pages(texts(tmp_path))) < 0.1


def texts(tmp_path: Path) -> list[tuple[int, int]]:
    """Offset and number of every opinion that the bytes of the store hold, its log included."""
    data = b"".join((tmp_path / "data" / name).read_bytes() for name in ("manyi.db", "manyi.db-wal"))
    return [(found.start(), int(found[1])) for found in re.finditer("第(\\d+)条".encode(), data)]


def number_of(answers: Mapping[str, object]) -> int:
    """The number of the form with these answers."""
    wishes = WISHES.index(list(answers["Q3"]))  # type: ignore[call-overload]  # a tuple of codes
    return 400 * wishes + 4 * int(str(answers["Q4"])) + "ABCD".index(str(answers["Q1"]))


def as_they_lie(town: PaperTown) -> list[Mapping[str, object]]:
    """The answers in the order of the ballot box."""
    return [each.answers for each in town.store.responses(town.session)]


def test_a_sheet_that_turns_up_after_the_verification_is_still_known(town: PaperTown) -> None:
    """Its code is ours and its state is told, whatever language it was printed in."""
    keyed = counted(town)
    scanned = [town.code(serial) for serial in keyed]
    verify_count(town.desk, town.session)
    assert [town.paper.find(code).state for code in scanned] == [FormState.VERIFIED] * len(keyed)
