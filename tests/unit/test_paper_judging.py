"""From ink to marks, from marks to answers, from pages to forms."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.language import Lang
from surveys.paper.codes import FormCode
from surveys.paper.geometry import FormLayout, PageLayout
from surveys.paper.reading.deciding import decided, joined
from surveys.paper.reading.judging import BLACK, judged
from surveys.paper.reading.readings import (
    BoxInk,
    BoxReading,
    Fault,
    FieldReading,
    Mark,
    Outcome,
    PageReading,
    Printed,
    QuestionReading,
)

NOTHING = BoxInk(0, 0, 0, 0, 0, 0.8)
TICK = BoxInk(0.3, 0.4, 0.2, 2.5, 2.2, 0.8)
FULL = BoxInk(1, 1, 0, 0, 0, 0.8)
DOUBTFUL = {Mark.FAINT, Mark.HIDDEN, Mark.PERHAPS_TAKEN_BACK}
ORDER = (Mark.EMPTY, Mark.FAINT, Mark.MARKED)
MEASURES = ("dark", "light", "stroke", "length", "breadth")

SHARES = st.floats(0, 1)
INKS = st.builds(BoxInk, SHARES, SHARES, SHARES, st.floats(0, 3), st.floats(0, 3), SHARES, SHARES)
MARKS = st.lists(st.sampled_from(Mark), min_size=1, max_size=8)
SPECKS = st.floats(0, 0.02)


def boxes(marks: Sequence[Mark]) -> list[BoxReading]:
    return [BoxReading("Q", str(number), mark, NOTHING) for number, mark in enumerate(marks, start=1)]


@given(INKS.map(lambda ink: replace(ink, circle=0)), st.sampled_from(MEASURES), st.floats(0, 3), SPECKS)
def test_more_ink_is_never_less_of_a_mark(ink: BoxInk, measure: str, more: float, specks: float) -> None:
    """Of two boxes alike but in one measure, the one with more of it is not emptier."""
    greater = replace(ink, **{measure: getattr(ink, measure) + more})
    (less,), (rather,) = judged([ink], specks), judged([greater], specks)
    assert ORDER.index(less) <= ORDER.index(rather)


@given(INKS, SPECKS, SPECKS)
def test_specks_make_a_box_less_certain(ink: BoxInk, one: float, other: float) -> None:
    """A faint trace on dirty paper counts as dirt, and a thin line is asked; nothing is a mark because of specks."""
    (clean,), (dirty,) = judged([ink], min(one, other)), judged([ink], max(one, other))
    assert dirty is clean or (clean, dirty) in {(Mark.MARKED, Mark.FAINT), (Mark.FAINT, Mark.EMPTY)}


@given(st.lists(INKS, max_size=20), SPECKS)
def test_every_box_is_judged(inks: list[BoxInk], specks: float) -> None:
    """In their order, whatever was measured; a box is chosen only with ink in it and its frame to be seen."""
    marks = judged(inks, specks)
    assert len(marks) == len(inks)
    assert all(
        ink.dark >= 0.05 or ink.stroke >= 0.05 for ink, mark in zip(inks, marks, strict=True) if mark is Mark.MARKED
    )
    assert all(ink.dark >= BLACK for ink, mark in zip(inks, marks, strict=True) if mark is Mark.TAKEN_BACK)


@pytest.mark.parametrize(
    ("ink", "mark"),
    [
        (NOTHING, Mark.EMPTY),
        (TICK, Mark.MARKED),
        (FULL, Mark.MARKED),
        (replace(FULL, circle=0.9), Mark.TAKEN_BACK),
        (replace(FULL, circle=0.55), Mark.PERHAPS_TAKEN_BACK),
        (replace(TICK, circle=0.9), Mark.MARKED),
        (replace(TICK, frame=0.1), Mark.HIDDEN),
        (BoxInk(0.06, 0.08, 0.06, 0.6, 0.6, 0.8), Mark.FAINT),
        (BoxInk(0, 0.02, 0.01, 0.2, 0.2, 0.8), Mark.FAINT),
    ],
)
def test_a_box_among_others(ink: BoxInk, mark: Mark) -> None:
    """Nothing, a tick, a filled box; black with a circle, or perhaps one; no frame; a dot; a shadow."""
    assert judged([NOTHING, NOTHING, ink, NOTHING, FULL])[2] is mark


def test_a_black_box_where_others_are_ticked_is_doubtful() -> None:
    """Who fills all boxes means it."""
    assert judged([TICK, TICK, FULL])[2] is Mark.PERHAPS_TAKEN_BACK
    assert set(judged([FULL, FULL, TICK])) == {Mark.MARKED}


def test_a_line_is_never_taken_for_dirt() -> None:
    """However dirty the paper: it is asked."""
    line = BoxInk(0.01, 0.02, 0.06, 1.5, 1.0, 0.8)
    assert [judged([line], specks)[0] for specks in (0, 0.001, 0.02)] == [Mark.MARKED, Mark.FAINT, Mark.FAINT]


@pytest.mark.parametrize(
    ("ink", "empty", "mark"),
    [
        (FULL, 11, Mark.MARKED),
        (FULL, 12, Mark.PERHAPS_TAKEN_BACK),
        (TICK, 11, Mark.MARKED),
        (TICK, 12, Mark.FAINT),
    ],
)
def test_a_mark_that_is_alone_on_a_page_is_doubtful(ink: BoxInk, empty: int, mark: Mark) -> None:
    """A copier may have left it of all that was there, or made it of specks; a single question is no such page."""
    assert judged([ink, *[NOTHING] * empty])[0] is mark


@given(MARKS, st.booleans())
def test_nothing_doubtful_is_decided(marks: list[Mark], several: bool) -> None:
    """Decided is a question without a doubtful box, and with one mark, or several where they may be."""
    outcome, marked = decided(boxes(marks), takes_several=several)
    assert marked == tuple(str(number) for number, mark in enumerate(marks, start=1) if mark is Mark.MARKED)
    if outcome is Outcome.DECIDED:
        assert not DOUBTFUL & {*marks}
        assert marked
        assert several or len(marked) == 1
        assert not (several and Mark.TAKEN_BACK in marks)


@given(MARKS.flatmap(lambda marks: st.tuples(st.just(marks), st.permutations(marks))), st.booleans())
def test_the_order_of_the_boxes_makes_no_difference(orders: tuple[list[Mark], list[Mark]], several: bool) -> None:
    """Neither on the page nor where a question goes on on the next."""
    one, other = (decided(boxes(marks), takes_several=several)[0] for marks in orders)
    assert one is other


@given(MARKS, st.sampled_from(sorted(DOUBTFUL, key=str)), st.booleans())
def test_one_doubtful_box_is_enough(marks: list[Mark], doubtful: Mark, several: bool) -> None:
    """However certain the others are."""
    assert decided(boxes([*marks, doubtful]), takes_several=several)[0] is not Outcome.DECIDED


@pytest.mark.parametrize(
    ("marks", "several", "outcome"),
    [
        ("", False, Outcome.BLANK),
        ("", True, Outcome.BLANK),
        ("m", False, Outcome.DECIDED),
        ("mm", False, Outcome.SEVERAL),
        ("mm", True, Outcome.DECIDED),
        ("mf", False, Outcome.FAINT),
        ("mh", True, Outcome.FAINT),
        ("tm", False, Outcome.DECIDED),
        ("t", False, Outcome.TAKEN_BACK),
        ("tmm", False, Outcome.TAKEN_BACK),
        ("tm", True, Outcome.TAKEN_BACK),
        ("pm", False, Outcome.TAKEN_BACK),
    ],
)
def test_what_comes_of_a_question(marks: str, several: bool, outcome: Outcome) -> None:
    """A mark taken back decides for the only other one, where one choice may be made."""
    kinds = {"m": Mark.MARKED, "f": Mark.FAINT, "h": Mark.HIDDEN, "t": Mark.TAKEN_BACK, "p": Mark.PERHAPS_TAKEN_BACK}
    found, _ = decided(boxes([Mark.EMPTY, *(kinds[each] for each in marks), Mark.EMPTY]), takes_several=several)
    assert found is outcome


def question(name: str, *marks: Mark) -> QuestionReading:
    found = boxes(marks)
    outcome, marked = decided(found, takes_several=False)
    return QuestionReading(name, outcome, marked, tuple(found), (0, 0, 1, 1))


def page(
    number: int, serial: int = 7, *questions: QuestionReading, fields: tuple[FieldReading, ...] = ()
) -> PageReading:
    return PageReading(FormCode(1, 1, 17, serial, number), questions=questions, fields=fields)


LAYOUTS = {(1, 1): Printed(FormLayout(lang=Lang.ZH, pages=(PageLayout(boxes=()),) * 3))}


def test_pages_of_a_form_come_in_any_order() -> None:
    """Forms in the order in which they were met, the pages of each by their numbers."""
    forms = joined([page(3), page(1, 8), page(2), page(3, 8), page(1), page(2, 8)], LAYOUTS)
    assert [form.serial for form in forms] == [7, 8]
    assert [[each.code.page for each in form.pages if each.code] for form in forms] == [[1, 2, 3], [1, 2, 3]]
    assert all(form.is_complete and not form.repeated for form in forms)


def test_a_page_that_is_missing_is_told() -> None:
    """The others are there to be used when it turns up."""
    (form,) = joined([page(3)], LAYOUTS)
    assert (form.missing, form.is_complete) == ((1, 2), False)


def test_a_page_that_comes_twice_counts_once() -> None:
    """The first reading counts; the other is kept beside it, for a copy may say something else."""
    first, again = page(1, 7, question("Q1", Mark.MARKED)), page(1, 7, question("Q1", Mark.EMPTY))
    (form,) = joined([first, page(2), again, page(3)], LAYOUTS)
    assert form.questions == first.questions
    assert form.repeated == (again,)


def test_pages_with_a_fault_belong_to_no_form() -> None:
    """Without a code, or with a code and no place."""
    faults = [PageReading(fault=Fault.NOT_OURS), replace(page(1), fault=Fault.NOT_PLACED)]
    assert joined(faults, LAYOUTS) == []


def test_a_question_over_two_pages_is_decided_by_all_its_boxes() -> None:
    """A mark on each page is one too many; a mark on one of them is the answer; fields are those of all pages."""
    field = FieldReading("Q2", "text", (0, 0, 1, 1), b"")
    empty, marked = question("Q1", Mark.EMPTY), question("Q1", Mark.MARKED)
    (both,) = joined([page(1, 7, marked), page(2, 7, marked, fields=(field,))], LAYOUTS)
    (one,) = joined([page(1, 7, empty), page(2, 7, marked)], LAYOUTS)
    assert [(each.question, each.outcome) for each in both.questions] == [("Q1", Outcome.SEVERAL)]
    assert [each.outcome for each in one.questions] == [Outcome.DECIDED]
    assert both.fields == (field,)
