"""What a form's pages are stacked from, and where the pages end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exports.paper.shapes import PALE, Frame, Shape, Stroke
from surveys.paper.geometry import BOX_LINE, Box, Field

RULED = 9.0
"""Distance of the lines in a frame for text, mm."""
FEWEST_LINES, MOST_LINES = 4, 12
"""Lines of a frame for text: more than the fewest where its page has room."""
GAP, WIDEST_GAP = 4.0, 7.0
"""Between two questions; wider where a page would end early."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip across the page: shapes, or further pieces one below the other. Everything is measured from its top."""

    height: float
    """mm."""
    shapes: tuple[Shape, ...] = ()
    boxes: tuple[Box, ...] = ()
    field: Field | None = None
    """Drawn as a frame; one for text has lines."""
    parts: tuple["Piece", ...] = ()
    """Its pieces. The end of a page comes between them only where the whole is higher than a page."""
    continued: "Piece | None" = None
    """What is repeated on the next page above the rest."""


Page = list[tuple[float, Piece]]
"""Pieces without parts, each with where its top is."""


def stacked(*parts: Piece, continued: Piece | None = None) -> Piece:
    """One below the other."""
    return Piece(sum(part.height for part in parts), parts=parts, continued=continued)


def paginated(blocks: Sequence[Piece], tops: tuple[float, float], bottom: float) -> list[Page]:
    """The blocks on as many pages as they need, each whole on one page unless it is higher than a page.

    ``tops``: where the first page and where every other begins. Frames for text take the room that is left on their
    page; what is left then widens the gaps, but not those of the last page.
    """
    first, other = tops
    pages = _filled(blocks, bottom - first, bottom - other)
    return [_set(page, other if number else first, bottom, last=page is pages[-1]) for number, page in enumerate(pages)]


def drawn(piece: Piece, y: float) -> Iterator[Shape]:
    """Its shapes, and its frame with the lines to write on, with its top at ``y``."""
    yield from (shape.down(y) for shape in piece.shapes)
    if field := piece.field:
        yield Frame(field.x, field.y + y, field.width, field.height, BOX_LINE)
        if field.holds == "text":
            for number in range(1, round(field.height / RULED)):
                yield Stroke(field.x + 3, field.y + y + number * RULED, field.width - 6, 0, 0.12, PALE)


def _filled(blocks: Sequence[Piece], first: float, other: float) -> list[list[Piece]]:
    """What is on each page, the first and the others with so much room."""
    pages: list[list[Piece]] = [[]]
    left = first
    for block in blocks:
        rest: Piece | None = block
        while rest is not None:
            gap = GAP if pages[-1] else 0.0
            head, rest = _split(rest, left - gap, min(first, other))
            if head is not None:
                pages[-1].append(head)
                left -= gap + head.height
            if rest is not None:
                pages.append([])
                left = other
    return pages


def _split(piece: Piece, room: float, page: float) -> tuple[Piece | None, Piece | None]:
    """What of the piece goes into ``room``, and the rest for the next page; only what no page holds is divided."""
    if piece.height <= room:
        return piece, None
    if piece.height <= page or not piece.parts:
        return None, piece
    again = (piece.continued,) if piece.continued else ()
    inner = page - sum(part.height for part in again)
    taken: list[Piece] = []
    rest = list(piece.parts)
    while rest:
        head, tail = _split(rest[0], room - sum(part.height for part in taken), inner)
        if head is not None:
            taken.append(head)
        if tail is not None:
            rest[0] = tail
            break
        del rest[0]
    if not taken:
        return None, piece
    return stacked(*taken), stacked(*again, *rest, continued=piece.continued) if rest else None


def _set(blocks: list[Piece], top: float, bottom: float, *, last: bool) -> Page:
    spare = bottom - top - sum(block.height for block in blocks) - GAP * (len(blocks) - 1)
    growing = sum(_text_lines(block) > 0 for block in blocks)
    placed: Page = []
    y, gap = top, GAP
    if growing:
        extra = int(spare / RULED / growing)
        blocks = [_grown(block, min(extra, MOST_LINES - _text_lines(block))) for block in blocks]
        spare = bottom - top - sum(block.height for block in blocks) - GAP * (len(blocks) - 1)
    if not last and len(blocks) > 1:
        gap = min(GAP + spare / (len(blocks) - 1), WIDEST_GAP)
    for block in blocks:
        placed += _leaves(block, y)
        y += block.height + gap
    return placed


def _leaves(piece: Piece, y: float) -> Iterator[tuple[float, Piece]]:
    if not piece.parts:
        yield y, piece
    for part in piece.parts:
        yield from _leaves(part, y)
        y += part.height


def _text_lines(piece: Piece) -> int:
    """How many lines the piece's frame for text has; 0 without one."""
    if piece.field and piece.field.holds == "text":
        return round(piece.field.height / RULED)
    return sum(map(_text_lines, piece.parts))


def _grown(piece: Piece, count: int) -> Piece:
    """The piece with so many more lines in its frame for text."""
    if piece.field and piece.field.holds == "text":
        field = piece.field.model_copy(update={"height": piece.field.height + count * RULED})
        return replace(piece, height=piece.height + count * RULED, field=field)
    if not _text_lines(piece):
        return piece
    return replace(stacked(*(_grown(part, count) for part in piece.parts)), continued=piece.continued)
