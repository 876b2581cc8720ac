"""What stands on the pages of a PDF: pieces of text in the order they were drawn, boxes of characters, fonts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from campaign.language import Lang
from exports.cells import Hidden, Table
from exports.pages.blocks import Block, block, heading_of
from exports.pages.words import drawable
from exports.showing import mark, shown

_FOOTER = 40.0
"""Points from the lower edge; the footer stands below."""


@dataclass(frozen=True)
class ReadPage:
    """One page."""

    pieces: tuple[str, ...]
    """Without blanks."""
    width: float
    """Points."""
    height: float
    overlaps: tuple[str, ...]
    """Pairs of characters whose ink stands on each other's."""
    outside: str
    """Characters that reach beyond the page's margins."""
    filled: float
    """How far down its text reaches above the footer, as a share of the page."""


def read_pages(content: bytes) -> list[ReadPage]:
    """All pages."""
    with pypdfium2.PdfDocument(content) as document:
        return [_read(page) for page in document]


def _read(page: pypdfium2.PdfPage) -> ReadPage:
    text = page.get_textpage()
    objects = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=text))
    pieces = tuple(bare(each.extract()) for each in objects)
    boxes, chars = [], []
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char.strip():
            boxes.append(text.get_charbox(index))
            chars.append(char)
    width, height = page.get_size()
    lowest = min((bottom for _, bottom, _, _ in boxes if bottom > _FOOTER), default=height)
    overlaps = tuple(_overlaps(boxes, chars))
    return ReadPage(pieces, width, height, overlaps, _outside(boxes, chars, width, height), 1 - lowest / height)


def bare(text: str) -> str:
    """Without blanks."""
    return "".join(text.split())


def _overlaps(boxes: Sequence[tuple[float, ...]], chars: Sequence[str]) -> Iterator[str]:
    """Pairs that share more than half a point both ways."""
    if not boxes:
        return
    order = sorted(range(len(boxes)), key=lambda each: boxes[each])
    left, bottom, right, top = np.array([boxes[each] for each in order]).T
    for further in range(1, len(boxes)):
        across = np.minimum(right[:-further], right[further:]) - left[further:]
        if not (
            right[:-further] - left[further:] > 0.5
        ).any():  # those that begin still further to the right touch none of these
            break
        along = np.minimum(top[:-further], top[further:]) - np.maximum(bottom[:-further], bottom[further:])
        for one in np.nonzero((across > 0.5) & (along > 0.5))[0]:
            yield f"{chars[order[one]]}{chars[order[one + further]]}"


def _outside(boxes: Sequence[tuple[float, ...]], chars: Sequence[str], width: float, height: float) -> str:
    side, edge = 40.0, 20.0  # the footer stands near the edge
    return "".join(
        char
        for (left, bottom, right, top), char in zip(boxes, chars, strict=True)
        if left < side or bottom < edge or right > width - side or top > height - edge
    )


def fonts_of(content: bytes) -> dict[str, bool]:
    """Every font by its name, and whether it is in the file."""
    with pypdfium2.PdfDocument(content) as document:
        return {
            each.get_font().get_base_name(): each.get_font().is_embedded
            for page in document
            for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
        }


def expected_rows(whole: Block, lang: Lang) -> list[list[str]]:
    """The cells of every row as they are drawn, below what they share; neighbours hidden alike say why once."""
    rows = []
    for part in whole.parts:
        if part.head:
            rows.append([bare(drawable(heading_of(part).text(lang)))])
        for row in part.rows:
            cells = [
                bare(drawable(mark(cell, lang) if isinstance(cell, Hidden) else shown(cell, lang)))
                for place, cell in enumerate(row)
                if not (isinstance(cell, Hidden) and place and row[place - 1] == cell)
            ]
            rows.append([cell for cell in cells if cell])
    return rows


def row_end(pieces: Sequence[str], start: int, cells: Sequence[str]) -> int | None:
    """Where the row that is drawn from ``start`` on ends; None if another one is. No piece is in two cells."""
    for cell in cells:
        drawn = ""
        while len(drawn) < len(cell) and start < len(pieces):
            drawn += pieces[start]
            start += 1
        if drawn != cell:
            return None
    return start


def rows_not_drawn(pieces: Sequence[str], table: Table | Block, lang: Lang, start: int) -> tuple[list[list[str]], int]:
    """Rows of the table that are not drawn after ``start``, one after the other; and where the last one ends."""
    lacking = []
    for cells in expected_rows(table if isinstance(table, Block) else block([table]), lang):
        ends = (row_end(pieces, at, cells) for at in range(start, len(pieces)))
        end = next((each for each in ends if each is not None), None)
        if end is None:
            lacking.append(cells)
        else:
            start = end
    return lacking, start
