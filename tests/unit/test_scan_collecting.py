"""Pages in any order become forms: each form once, as soon as it is whole."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from surveys.paper.codes import FormCode
from surveys.paper.reading.collecting import Collected, Collector
from surveys.paper.reading.readings import Fault, Layouts, PageReading, Printed
from tests.paper_town import layout

PAGES = 3
LAYOUTS: Layouts = {(1, 1): Printed(layout(pages=PAGES)), (1, 2): Printed(layout())}


def page(serial: int, number: int = 1, *, of: int = 1, fault: Fault | None = None) -> PageReading:
    return PageReading(FormCode(1, of, 1, serial, number), fault)


def collected(pages: list[PageReading]) -> tuple[list[Collected], list[Collected]]:
    """What comes out while pages go in, and at the end."""
    collector = Collector(LAYOUTS)
    during = [form for place, each in enumerate(pages) for form in collector.add(place, each)]
    return during, list(collector.rest())


def test_a_form_of_one_page_comes_at_once() -> None:
    """Nothing waits for the end of a run of thousands of pages."""
    collector = Collector(LAYOUTS)
    (form,) = collector.add(0, page(7, of=2))
    assert (form.reading.serial, form.reading.missing, form.pages) == (7, (), (0,))
    assert list(collector.rest()) == []


def test_a_page_without_its_others_comes_at_the_end() -> None:
    """It says which pages are missing."""
    during, rest = collected([page(7, 2)])
    assert during == []
    assert [(form.reading.missing, form.pages) for form in rest] == [((1, 3), (0,))]


def test_a_page_on_which_nothing_is_placed_counts_as_missing() -> None:
    """The form is known, and a person keys that page."""
    during, rest = collected([page(7, 1, of=2, fault=Fault.NOT_PLACED)])
    assert [(form.reading.serial, form.reading.missing) for form in during] == [(7, (1,))]
    assert rest == []


def test_a_page_that_comes_twice_is_a_form_of_its_own() -> None:
    """It is compared with what was read before, and not counted again."""
    during, rest = collected([page(7, 1), page(7, 2), page(7, 1), page(7, 3), page(7, 2)])
    assert [form.pages for form in during] == [(0, 1, 3), (2,)]
    assert [form.pages for form in rest] == [(4,)]


@given(st.data(), st.sets(st.integers(1, 9), min_size=1))
def test_every_page_comes_out_once(data: st.DataObject, serials: set[int]) -> None:
    """In whatever order pages come, and however often: none is lost, none is doubled, whole forms are whole."""
    pool = [page(serial, number) for serial in sorted(serials) for number in range(1, PAGES + 1)]
    pages = data.draw(st.lists(st.sampled_from(pool), max_size=30))
    during, rest = collected(pages)
    places = [place for form in (*during, *rest) for place in form.pages]
    assert sorted(places) == list(range(len(pages)))
    whole: Mapping[int, int] = {
        serial: min(sum(each == page(serial, number) for each in pages) for number in range(1, PAGES + 1))
        for serial in serials
    }
    firsts = [form.reading.serial for form in during if not form.reading.missing]
    assert all(firsts.count(serial) >= min(1, count) for serial, count in whole.items())
