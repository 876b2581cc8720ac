"""Forms whose pages are read in several runs: half of a question decides nothing, and no page of a copy is taken."""

from collections.abc import Sequence

import pytest

from surveys.paper.queue import Doubt
from surveys.paper.reading.readings import Outcome
from surveys.paper.scan_results import Fate
from tests.read_forms import PICTURE
from tests.scan_tray import Tray

BLANK = Outcome.BLANK


def test_a_page_that_comes_later_completes_its_form() -> None:
    """What was read of the first page is remembered; with the second one the form is whole, and kept."""
    tray = Tray(pages=2)
    first = tray.take({"Q1": ["A"]}, missing=[2])
    assert (first.fate, first.missing) == (Fate.QUEUED, (2,))
    assert tray.take({"Q2": ["B"]}, missing=[1]).fate is Fate.KEYED
    assert tray.town.answers() == [{"Q1": "A", "Q2": "B"}]
    assert tray.take({"Q1": ["A"]}, missing=[2]).fate is Fate.AGAIN


def test_a_later_page_of_another_sheet_completes_no_form() -> None:
    """The first page of the copy says otherwise than that of the form: M97, and nothing of it is taken."""
    tray = Tray(pages=2)
    tray.take({"Q1": ["A"]}, missing=[2])
    before = tray.queued()
    taken = tray.take({"Q1": ["D"], "Q2": ["B"]})
    assert (taken.fate, taken.problem and taken.problem.code) == (Fate.COPY, "M97")
    assert (tray.queued(), tray.town.answers()) == (before, [])


def test_a_doubt_stands_when_the_form_is_read_again_with_its_other_page() -> None:
    """Nothing that was in doubt is kept because another scan of the same page looks certain."""
    tray = Tray(pages=2)
    tray.take({"Q1": Outcome.FAINT}, missing=[2])
    taken = tray.take({"Q1": ["A"], "Q2": ["B"]})
    assert (taken.fate, [each.question for each in taken.waits]) == (Fate.QUEUED, ["Q1"])
    assert tray.pictures.read(taken.waits[0].picture) == PICTURE + b"Q1"


@pytest.mark.parametrize(
    ("name", "first", "second", "marked"),
    [
        ("Q2", ["A"], ["B"], ("A", "B")),
        ("Q2", ["A"], BLANK, ("A",)),
        ("Q2", BLANK, ["B"], ("B",)),
        ("Q2", ["A"], Outcome.FAINT, ("A",)),
        ("Q3", ["1"], ["3"], ("1", "3")),
        ("Q3", BLANK, BLANK, ()),
    ],
)
def test_boxes_on_pages_that_were_not_read_together_are_for_a_person(
    name: str, first: Sequence[str] | Outcome, second: Sequence[str] | Outcome, marked: tuple[str, ...]
) -> None:
    """Half of a question decides nothing, nor do two halves; what was marked on both is remembered."""
    tray = Tray(pages=2, apart=[name])
    sure: dict[str, Sequence[str] | Outcome] = {"Q1": ["A"], "Q2": ["C"]}
    tray.take({**sure, name: first}, missing=[2])
    (waits,) = [each for each in tray.queued().open if each.question == name]
    assert waits.doubt is Doubt.APART
    taken = tray.take({name: second}, missing=[1])
    (waits,) = [each for each in tray.queued().open if each.question == name]
    assert (taken.fate, waits.marked, tray.queued().missing) == (Fate.QUEUED, marked, ())
    assert waits.doubt is (Doubt.FAINT if second is Outcome.FAINT else Doubt.APART)
    assert tray.town.answers() == []


def test_boxes_on_pages_that_are_read_together_in_the_end_are_read() -> None:
    """The first run had one page of two; the second has both."""
    tray = Tray(pages=2, apart=["Q2"])
    tray.take({"Q1": ["A"], "Q2": ["B"]}, missing=[2])
    assert tray.take({"Q1": ["A"], "Q2": ["B"]}).fate is Fate.KEYED
    assert tray.town.answers() == [{"Q1": "A", "Q2": "B"}]


def test_a_page_alone_is_compared_with_what_was_kept_of_its_form() -> None:
    """Q3 applies because of an answer on another page."""
    tray = Tray(pages=2)
    tray.take({"Q1": ["A"], "Q2": ["C"], "Q3": ["1"]})
    assert tray.take({"Q3": ["1"]}, missing=[1]).fate is Fate.AGAIN
    assert tray.take({"Q3": ["2"]}, missing=[1]).fate is Fate.COPY
