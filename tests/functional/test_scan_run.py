"""Filled-in forms from the printer through a scanner into the ballot box: simulated scans, real files and store."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from surveys.paper import geometry as g
from surveys.paper.codes import SlipCode
from surveys.paper.queue import Doubt
from surveys.paper.reading.plane import Picture
from surveys.paper.scan_results import Fate, PageFate, Result
from surveys.paper.scan_words import FATES, PAGE_FATES
from tests.filled_scans import scan_file
from tests.scan_sheets import SCALE, stamp
from tests.scanned_town import ANSWERS, ScannedTown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[ScannedTown]:
    """Three forms of two pages are out, the session is being counted."""
    made = ScannedTown(tmp_path, 3)
    yield made
    made.store.close()


def fates(results: list[Result]) -> list[str]:
    """What became of everything, in alphabetical order."""
    return sorted(str(each.taken.fate if each.taken else each.fate) for each in results)


def without_code(page: Picture) -> Picture:
    """The page with a blot over most of its square."""
    page = page.copy()
    top, left, side = (int(each * SCALE) for each in (g.QR_Y, g.QR_X, g.QR_SIDE))
    page[top : top + int(side * 0.8), left : left + side] = 20
    return page


def test_what_is_ticked_is_what_is_counted(town: ScannedTown, tmp_path: Path) -> None:
    """Pages in any order, some upside down, empty backs between them: each form is kept, and once."""
    pages = [page for at in range(3) for page in town.filled(at)]
    blank = np.full_like(pages[0], 255)
    shuffled = [pages[5], blank, np.ascontiguousarray(pages[0][::-1, ::-1]), pages[2], pages[4], pages[3], pages[1]]
    scan = scan_file(shuffled, tmp_path / "scan.pdf")
    results = town.read(scan)
    assert fates(results) == ["empty", "keyed", "keyed", "keyed"]
    assert town.answers() == [ANSWERS] * 3
    assert fates(town.read(scan)) == ["again", "again", "again", "empty"]
    assert len(town.answers()) == 3
    account = town.desk.account()
    assert (account.returned, account.keyed, account.problems()) == (3, 3, [])


def test_what_is_in_doubt_waits_and_the_rest_is_remembered(town: ScannedTown, tmp_path: Path) -> None:
    """Two marks, a blank, a dot, handwriting: each waits with its picture, nothing of the form counts yet."""
    pages = [
        *town.filled(0, Q3=["A", "B"], Q5=[]),
        *town.filled(1, Q7=["~B"]),
        *town.filled(2, Q12=["字"] * 6, wants_answer=["yes"]),
    ]
    results = town.read(scan_file(pages, tmp_path / "scan.pdf"))
    doubts = {each.question: each.doubt for result in results if result.taken for each in result.taken.waits}
    assert fates(results) == ["to_settle"] * 3
    assert doubts == {"Q3": Doubt.SEVERAL, "Q5": Doubt.BLANK, "Q7": Doubt.FAINT, "Q12": Doubt.WRITTEN}
    assert town.answers() == []
    queue = town.store.queue(town.session)
    assert queue.pictures == town.pictures.names()
    for form in queue.forms:
        assert {**form.answers, **dict.fromkeys(each.question for each in form.open)}.keys() >= ANSWERS.keys()


def test_sheets_that_are_not_the_sessions_are_told_apart(town: ScannedTown, tmp_path: Path) -> None:
    """Another paper, a follow-up slip's square, a text file: named with file and page, and nothing is counted."""
    page = town.filled(0)[0]
    slip = np.full_like(page, 255)
    stamp(slip, SlipCode("0123456789").digits(town.key), 90, 90, 22)
    rng = np.random.default_rng(1)
    letter = np.full_like(page, 255)
    for row in range(300, 3000, 60):
        letter[row : row + 12, 300 : 300 + int(rng.integers(800, 1800))] = 60
    text = tmp_path / "note.txt"
    text.write_text("no scan")
    results = town.read(scan_file([letter, slip], tmp_path / "scan.pdf"), text, tmp_path / "missing.pdf")
    assert fates(results) == ["not_ours", "other_code", "unreadable", "unreadable"]
    assert [(each.pages[0].path.name, each.pages[0].page) for each in results] == [
        ("scan.pdf", 1),
        ("scan.pdf", 2),
        ("note.txt", 1),
        ("missing.pdf", 1),
    ]
    assert [each.problem.code for each in results if each.problem] == ["M81", "M81"]
    assert town.desk.account().returned == 0


def test_a_copy_that_somebody_else_filled_in_is_told_from_the_form(town: ScannedTown, tmp_path: Path) -> None:
    """Its code is right, its ticks are not those of the form that was read: M97, and nothing changes."""
    town.read(scan_file(town.filled(0), tmp_path / "first.pdf"))
    results = town.read(scan_file(town.filled(0, Q1=["C"], Q2=["A"]), tmp_path / "copy.pdf"))
    assert fates(results) == ["copy"]
    assert [each.taken.problem.code for each in results if each.taken and each.taken.problem] == ["M97"]
    assert town.answers() == [ANSWERS]


def test_a_damaged_code_waits_for_its_number(town: ScannedTown, tmp_path: Path) -> None:
    """The other page of the form is read and remembered; read twice, the page waits once."""
    first, second = town.filled(0)
    scan = scan_file([without_code(first), second], tmp_path / "scan.pdf")
    results = town.read(scan)
    assert fates(results) == ["number_to_type", "to_settle"]
    town.read(scan)
    queue = town.store.queue(town.session)
    assert (len(queue.pages), len(queue.forms), queue.forms[0].missing) == (1, 1, (1,))
    assert town.pictures.read(queue.pages[0].picture)


def test_without_a_session_a_page_without_code_is_named(town: ScannedTown, tmp_path: Path) -> None:
    """Nobody guesses whose it is; where the session is named it waits there."""
    scan = scan_file([without_code(town.filled(0)[0])], tmp_path / "scan.pdf")
    assert fates(town.read(scan)) == ["no_session"]
    assert fates(town.read(scan, session=town.session)) == ["number_to_type"]


def test_a_later_run_completes_a_form(town: ScannedTown, tmp_path: Path) -> None:
    """The second page was left in the scanner: read later, it makes the form whole."""
    first, second = town.filled(0)
    assert fates(town.read(scan_file([first], tmp_path / "1.pdf"))) == ["to_settle"]
    assert fates(town.read(scan_file([second], tmp_path / "2.pdf"))) == ["keyed"]
    assert town.answers() == [ANSWERS]


def test_a_photograph_is_read_too(town: ScannedTown, tmp_path: Path) -> None:
    """A JPEG of a sheet on its side."""
    paths = []
    for at, page in enumerate(town.filled(0)):
        path = tmp_path / f"{at}.jpg"
        Image.fromarray(np.ascontiguousarray(np.rot90(page))).resize((2339, 1654)).save(path, quality=80)
        paths.append(path)
    assert fates(town.read(*paths)) == ["keyed"]
    assert town.answers() == [ANSWERS]


def test_no_picture_outlives_what_it_is_for(town: ScannedTown, tmp_path: Path) -> None:
    """Settled by hand, then read on: the next run leaves only pictures that are still needed."""
    town.read(scan_file([*town.filled(0, Q5=[]), *town.filled(1, Q5=[])], tmp_path / "scan.pdf"))
    first, second = town.store.queue(town.session).forms
    town.desk.key(first.serial, {**first.answers, "Q5": "A"}, "keyer 1")
    town.read(scan_file(town.filled(2), tmp_path / "more.pdf"))
    assert town.pictures.names() == set(second.pictures)


def test_every_fate_of_a_page_has_words() -> None:
    """What is told is told in words, in both languages."""
    assert set(FATES) == set(Fate)
    assert set(PAGE_FATES) == set(PageFate)
