"""Codes and large numbers as lines of cells, without a screen."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from exports.paper.qr import Modules, modules
from tui.widgets.big_number import big_number, number_width
from tui.widgets.numerals import numerals
from tui.widgets.qr import BLACK, WHITE, Way, qr_lines, ways
from tui.widgets.spans import Line, width_of


def code_of(side: int, bits: int) -> Modules:
    """A code of ``side`` modules a side, of these bits."""
    return tuple(tuple(bool(bits >> (side * y + x) & 1) for x in range(side)) for y in range(side))


codes = st.integers(1, 25).flatmap(
    lambda side: st.builds(code_of, side=st.just(side), bits=st.integers(0, 2 ** (side * side) - 1))
)
all_ways = st.builds(Way, two_cells=st.booleans(), quiet=st.sampled_from([2, 4]))


def dark_halves(lines: Iterable[Line], cells: int) -> list[list[bool]]:
    """What is dark in the upper and in the lower halves of the cells, a list each; every ``cells``-th column."""
    rows = []
    for line in lines:
        chars = [(char, span.colour, span.back) for span in line for char in span.text][::cells]
        assert {part for _, *colours in chars for part in colours} <= {BLACK, WHITE}
        assert {char for char, _, _ in chars} <= set(" ▀")
        rows.append([(fore if char == "▀" else back) == BLACK for char, fore, back in chars])
        rows.append([back == BLACK for _, _, back in chars])
    return rows


@given(code=codes, way=all_ways)
def test_every_module_is_where_it_belongs(code: Modules, way: Way) -> None:
    """The cells are exactly the code with white around it, in the size that was said."""
    drawn = qr_lines(code, way)
    assert ({width_of(line) for line in drawn}, len(drawn)) == ({way.size(len(code))[0]}, way.size(len(code))[1])
    halves = dark_halves(drawn, 2 if way.two_cells else 1)
    rows = halves[::2] if way.two_cells else halves
    inner = slice(way.quiet, way.quiet + len(code))
    assert tuple(tuple(row[inner]) for row in rows[inner]) == code
    assert sum(map(sum, rows)) == sum(map(sum, code))


@given(code=codes, quiet=st.sampled_from([2, 4]))
def test_two_cells_a_module_need_no_glyph(code: Modules, quiet: int) -> None:
    """Only backgrounds are drawn, and the columns of a module are alike."""
    for line in qr_lines(code, Way(two_cells=True, quiet=quiet)):
        assert set("".join(span.text for span in line)) == {" "}
        assert all(len(span.text) % 2 == 0 for span in line)


@given(side=st.integers(1, 60), width=st.integers(0, 160), height=st.integers(0, 60))
def test_ways_fit_and_the_best_comes_first(side: int, width: int, height: int) -> None:
    """Two cells a module before half blocks, each with the widest quiet zone that there is room for."""
    found = ways(side, width, height)
    room = {
        (two_cells, quiet)
        for two_cells in (True, False)
        for quiet in (4, 2)
        if (side + 2 * quiet) * (2 if two_cells else 1) <= width
        and side + 2 * quiet <= (height if two_cells else 2 * height)
    }
    assert [way.two_cells for way in found] == sorted({two for two, _ in room}, reverse=True)
    assert all(way.quiet == max(quiet for two, quiet in room if two is way.two_cells) for way in found)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (120, 36, [Way(two_cells=True, quiet=4), Way(two_cells=False, quiet=4)]),
        (58, 28, [Way(two_cells=True, quiet=2), Way(two_cells=False, quiet=4)]),
        (80, 24, [Way(two_cells=False, quiet=4)]),
        (29, 14, [Way(two_cells=False, quiet=2)]),
        (24, 24, []),
        (80, 12, []),
    ],
)
def test_a_code_of_34_digits_on_a_screen(width: int, height: int, expected: list[Way]) -> None:
    """At level M: 21 modules, 29 with the full quiet zone. At 80 by 24 two cells a module have no room."""
    assert list(ways(len(modules("2" * 34, "M")), width, height)) == expected


@given(groups=st.lists(st.from_regex(r"\A[0-9]{1,4}\Z"), min_size=1, max_size=5), width=st.integers(1, 160))
def test_large_numbers_keep_to_their_width(groups: list[str], width: int) -> None:
    """Beside each other, or below each other, or plain; no digit is lost."""
    typed = " ".join(groups)
    rows = big_number(typed, width)
    if number_width(typed) <= width:
        assert rows == tuple("   ".join(parts) for parts in zip(*map(numerals, groups), strict=True))
    elif max(cell_len(numerals(group)[0]) for group in groups) <= width:
        assert rows == tuple(row for group in groups for row in ("", *numerals(group)))[1:]
    else:
        assert rows == (typed,)
        return
    assert max(map(cell_len, rows)) <= width


def test_a_slip_number_takes_75_columns() -> None:
    """Twelve digits in groups of four fit in one row of a screen of 80 columns."""
    rows = big_number("0000 0000 0195", 80)
    assert [cell_len(row) for row in rows] == [75] * 3
    assert [cell_len(row) for row in big_number("0000 4269", 80)] == [49] * 3
