"""Where the pages of a form end."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.pieces import (
    FEWEST_LINES,
    GAP,
    MOST_LINES,
    RULED,
    WIDEST_GAP,
    Page,
    Piece,
    drawn,
    paginated,
    stacked,
)
from exports.paper.shapes import Frame, Ring, Stroke
from surveys.paper.geometry import Field

TOPS, BOTTOM = (60.0, 50.0), 260.0


def strip(height: float, name: float) -> Piece:
    """A strip with a ring whose radius says which one it is."""
    return Piece(height, (Ring(20, 0, name, 0.1),))


def text(name: str) -> Piece:
    height = FEWEST_LINES * RULED
    return Piece(height, field=Field(question=name, x=20, y=0, width=100, height=height))


def names(page: Page) -> list[float]:
    return [shape.radius for _, piece in page for shape in piece.shapes if isinstance(shape, Ring)]


def leaves(piece: Piece) -> Iterator[Piece]:
    if not piece.parts:
        yield piece
    for part in piece.parts:
        yield from leaves(part)


@st.composite
def blocks(draw: st.DrawFn) -> list[Piece]:
    """Blocks of strips, some in rows of their own; each strip has a number."""
    made: list[Piece] = []
    number = 0
    for _ in range(draw(st.integers(1, 12))):
        rows: list[Piece] = []
        for _ in range(draw(st.integers(1, 12))):
            strips = [strip(draw(st.floats(3, 60)), number := number + 1) for _ in range(draw(st.integers(1, 4)))]
            rows.append(stacked(*strips) if len(strips) > 1 else strips[0])
        made.append(stacked(*rows, continued=strip(8, 0) if draw(st.booleans()) else None))
    return made


@given(blocks())
def test_every_strip_is_on_one_page_in_order(made: list[Piece]) -> None:
    """Nothing is lost or doubled, nothing stands below the bottom or over what comes before it."""
    pages = paginated(made, TOPS, BOTTOM)
    order = [name for page in pages for name in names(page) if name]
    assert order == list(range(1, len(order) + 1))
    assert len(order) == sum(1 for block in made for _ in leaves(block))
    for number, page in enumerate(pages):
        end = TOPS[number > 0]
        for y, piece in page:
            assert y >= end - 1e-6
            end = y + piece.height
        assert end <= BOTTOM + 1e-6


@given(blocks())
def test_a_block_is_divided_only_if_no_page_holds_it(made: list[Piece]) -> None:
    """What is no higher than a page is whole on one."""
    on = [set(names(page)) - {0} for page in paginated(made, TOPS, BOTTOM)]
    for block in made:
        own = {shape.radius for leaf in leaves(block) for shape in leaf.shapes if isinstance(shape, Ring)}
        if block.height <= BOTTOM - max(TOPS):
            assert sum(bool(own & page) for page in on) == 1


def test_what_is_continued_says_so_on_every_further_page() -> None:
    """The heading is repeated; a part that has room only without it is divided, and not put off for ever."""
    row = stacked(strip(100, 1), strip(100, 2))
    pages = paginated([stacked(row, row, continued=strip(15, 0))], TOPS, BOTTOM)
    assert [names(page) for page in pages] == [[1, 2], [0, 1], [0, 2]]


def test_what_is_divided_goes_on_on_the_next_page() -> None:
    """Never on the same page, however little of it fits into what is left there."""
    pages = paginated([stacked(strip(5, 1), *(strip(80, 2) for _ in range(3)), continued=strip(8, 0))], TOPS, BOTTOM)
    assert [names(page) for page in pages] == [[1, 2, 2], [0, 2]]


def test_frames_for_text_share_the_room_that_is_left() -> None:
    """Whole lines, evenly, up to the most."""
    (page,) = paginated([text("A"), strip(20, 1), text("B")], TOPS, BOTTOM)
    heights = [piece.field.height for _, piece in page if piece.field]
    spare = BOTTOM - TOPS[0] - 2 * FEWEST_LINES * RULED - 20 - 2 * GAP
    assert heights == [(FEWEST_LINES + int(spare / RULED / 2)) * RULED] * 2
    (alone,) = paginated([text("A")], TOPS, BOTTOM)
    assert [piece.field.height for _, piece in alone if piece.field] == [MOST_LINES * RULED]


def test_gaps_widen_where_a_page_would_end_early() -> None:
    """Not on the last page, and not beyond a limit."""
    first, last = paginated([strip(95, 1), strip(95, 2), strip(95, 3), strip(20, 4)], TOPS, BOTTOM)
    assert [y for y, _ in first] == [60, 60 + 95 + WIDEST_GAP]
    assert [y for y, _ in last] == [50, 50 + 95 + GAP]


@pytest.mark.parametrize(("holds", "lines"), [("text", FEWEST_LINES - 1), ("number", 0)])
def test_only_frames_for_text_are_ruled(holds: str, lines: int) -> None:
    """A line every nine millimetres, none on the frame itself."""
    field = text("A").field
    assert field is not None
    shapes = [*drawn(Piece(field.height, field=field.model_copy(update={"holds": holds})), 100)]
    assert [shape.y for shape in shapes if isinstance(shape, Frame)] == [100]
    assert [shape.y for shape in shapes if isinstance(shape, Stroke)] == [109 + RULED * line for line in range(lines)]
