"""Stacked bars: as long as they should be, in proportion, and nothing that is there disappears."""

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.spans import width_of
from tui.widgets.stacked import Part, stacked_bar

GLYPHS = "▆▃▒─·"
NUMBERS = st.lists(st.integers(0, 100_000), min_size=1, max_size=5)


def parts(numbers: list[int]) -> list[Part]:
    return [Part(glyph, "primary", number) for glyph, number in zip(GLYPHS, numbers, strict=False)]


@given(NUMBERS, st.integers(0, 120))
def test_a_bar_fills_its_width(numbers: list[int], width: int) -> None:
    """Whatever the numbers are."""
    assert width_of(stacked_bar(parts(numbers), width)) == width


@given(NUMBERS, st.integers(5, 120))
def test_what_is_not_nothing_is_seen(numbers: list[int], width: int) -> None:
    """A cell at least for every part that is not 0, and none for one that is."""
    drawn = "".join(span.text for span in stacked_bar(parts(numbers), width))
    if any(numbers):
        for glyph, number in zip(GLYPHS, numbers, strict=False):
            assert (glyph in drawn) == (number > 0)


@given(NUMBERS, st.integers(5, 120))
def test_cells_are_in_proportion(numbers: list[int], width: int) -> None:
    """Within a cell of the exact share; parts that got a cell of their own take it from the largest alone."""
    drawn = "".join(span.text for span in stacked_bar(parts(numbers), width))
    total = sum(numbers)
    for glyph, number in zip(GLYPHS, numbers, strict=False):
        if total and number:
            assert abs(drawn.count(glyph) - number * width / total) <= len(numbers)


def test_parts_stand_in_their_order() -> None:
    """Satisfied first, blanks last."""
    line = stacked_bar(parts([30, 14, 3, 3, 1]), 51)
    assert [(span.text[0], len(span.text)) for span in line] == [("▆", 30), ("▃", 14), ("▒", 3), ("─", 3), ("·", 1)]
