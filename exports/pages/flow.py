"""Strips one below the other on pages that stand or lie: a page is filled before the next one begins."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from campaign.language import Lang
from exports.pace import Told, unheard
from exports.pages.words import natural, one_line
from exports.paper.pdf import new_canvas
from exports.paper.shapes import GREY, MM, PALE, Shape, Stroke, Text, draw
from surveys.paper.geometry import PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

MARGIN, TOP, FOOT = 15.0, 14.0, 16.0
"""Left and right; above; below, where the footer stands; mm."""
GAP, BETWEEN = 7.0, 7.0
"""Between two sections, and between two columns."""
_MOST_LEFT_EMPTY = 0.12
"""A section that a page can hold is not divided if that leaves no more than this share of a page empty."""
_LEAST_BESIDE = 20.0
"""Two columns begin where there is that much room more than their first row needs, mm."""
_FOOTER = 7.5


@dataclass(frozen=True, slots=True)
class Strip:
    """What is not divided: shapes measured from its top, and from the left edge of the page."""

    height: float
    shapes: tuple[Shape, ...] = ()
    with_next: bool = False
    """It does not stand last on a page or in a column."""
    under: Self | None = None
    """What is said again above it where it comes first on a page or in a column."""


@dataclass(frozen=True, slots=True)
class Section:
    """Strips that belong together."""

    strips: Sequence[Strip]
    wide: bool = False
    """On pages that lie."""
    again: Sequence[Strip] = ()
    """Repeated above what comes on the next page."""
    fresh: bool = False
    """It begins a page."""
    lead: Sequence[Strip] = ()
    """Of a section in two columns: what stands above both."""
    heads: Sequence[Strip] = ()
    """Of one in two columns: what stands at the top of each. ``again`` then stands above both on the next page."""

    @property
    def height(self) -> float:
        """Of all, undivided; of two columns about."""
        whole = _height(self.strips)
        return _height(self.lead) + _height(self.heads) + whole / 2 if self.heads else whole


@dataclass(slots=True)
class Page:
    """A page that fills."""

    wide: bool
    strips: list[tuple[float, float, Strip]] = field(default_factory=list)
    """Each with how far to the right it is moved and where its top is, mm from the top of the page."""
    y: float = TOP

    @property
    def room(self) -> float:
        """What is left, mm."""
        return page_height(wide=self.wide) - FOOT - self.y

    def put(self, strips: Iterable[Strip]) -> None:
        """Add them below what is there."""
        self.y = self.put_at(0.0, self.y, strips)

    def put_at(self, x: float, y: float, strips: Iterable[Strip]) -> float:
        """Add them from there on; where they end."""
        for strip in strips:
            self.strips.append((x, y, strip))
            y += strip.height
        return y


def page_height(*, wide: bool) -> float:
    """Of a sheet, mm."""
    return PAGE_WIDTH if wide else PAGE_HEIGHT


def text_width(*, wide: bool) -> float:
    """Between the margins, mm."""
    return (PAGE_HEIGHT if wide else PAGE_WIDTH) - 2 * MARGIN


def half_width() -> float:
    """Of one of two columns on a page that lies, mm."""
    return (text_width(wide=True) - BETWEEN) / 2


def body_height(*, wide: bool) -> float:
    """Of an empty page, mm."""
    return page_height(wide=wide) - TOP - FOOT


def paged(sections: Iterable[Section]) -> list[Page]:
    """The sections on as few pages as they need."""
    pages: list[Page] = []
    for section in sections:
        page = pages[-1] if pages else None
        if page is not None and page.strips:
            page.y += GAP
        if page is None or page.wide != section.wide or section.fresh or not _begins_here(page, section):
            page = _new(pages, wide=section.wide)
        if section.heads:
            _place_beside(pages, page, section)
        else:
            _place(pages, page, section)
    return pages


def written(
    pages: Sequence[Page],
    title: str,
    author: str,
    footer: str,
    lang: Lang,
    *,
    day: date,
    told: Told = unheard,
    first: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The pages as a PDF that was made on this day; the same pages make the same bytes.

    ``first``: characters by font that many documents have in common, which are embedded by themselves.
    """
    file = io.BytesIO()
    canvas = new_canvas(file, title, author, lang, day)
    canvas.begin_with(first)
    for number, page in enumerate(pages, 1):
        canvas.saveState()
        _turn(canvas, wide=page.wide)
        for x, y, strip in page.strips:
            with canvas.lowered(y * MM, x * MM):
                draw(canvas, strip.shapes)
        draw(canvas, _footer(footer, f"{number} / {len(pages)}", wide=page.wide))
        canvas.restoreState()
        canvas.showPage()
        told(number / len(pages))
    canvas.save()
    return file.getvalue()


def characters(pages: Sequence[Page]) -> Mapping[str, str]:
    """The characters of the pages by font, in their order."""
    found: dict[str, dict[str, None]] = {}
    for page in pages:
        for _, _, strip in page.strips:
            for shape in strip.shapes:
                for run in shape.line.runs if isinstance(shape, Text) else ():
                    found.setdefault(run.font, {}).update(dict.fromkeys(run.text))
    return {font: "".join(each) for font, each in found.items()}


def _height(strips: Iterable[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _together(strips: Sequence[Strip], start: int) -> int:
    """How many strips from there on are not divided from each other."""
    return next((n for n, strip in enumerate(strips[start:], 1) if not strip.with_next), len(strips) - start)


def _begins_here(page: Page, section: Section) -> bool:
    """Whether it begins on a page that has been begun: whole; or in part, so that little of the page stays empty."""
    if section.height <= page.room:
        return True
    full = body_height(wide=page.wide)
    if page.room <= _MOST_LEFT_EMPTY * full and section.height <= full:
        return False
    first = _height([*section.lead, *section.heads, *section.strips[: _together(section.strips, 0)]])
    return first + (_LEAST_BESIDE if section.heads else 0.0) <= page.room


def _place(pages: list[Page], page: Page, section: Section) -> None:
    strips, at = section.strips, 0
    while at < len(strips):
        together = strips[at : at + _together(strips, at)]
        if page.y > TOP and _height(together) > page.room:
            page = _new(pages, wide=section.wide)
            page.put(section.again)
            page.put(_under(strips, at))
        page.put(together)
        at += len(together)


def _place_beside(pages: list[Page], page: Page, section: Section) -> None:
    """Two columns, of the same height where they end."""
    strips, at = section.strips, 0
    lead = section.lead
    while at < len(strips):
        page.put(lead)
        lead = section.again
        room = page.room - _height(section.heads)
        middle, end = _halves(strips, at, room)
        tops = page.y
        left = page.put_at(0.0, tops, [*section.heads, *(_under(strips, at) if at else ()), *strips[at:middle]])
        right = tops
        if middle < end:
            shift = half_width() + BETWEEN
            right = page.put_at(shift, tops, [*section.heads, *_under(strips, middle), *strips[middle:end]])
        page.y = max(left, right)
        at = end
        if at < len(strips):
            page = _new(pages, wide=section.wide)


def _halves(strips: Sequence[Strip], start: int, room: float) -> tuple[int, int]:
    """Where the first column ends, and the second one: of the same height if the rest has room, else both full."""
    full = _fitting(strips, start, room)
    end = _fitting(strips, full, room)
    if end < len(strips):
        return full, end
    cuts = [cut for cut in _cuts(strips, start) if cut <= full]
    return min(cuts, key=lambda cut: (max(_taken(strips, start, cut), _taken(strips, cut, end)), cut)), end


def _fitting(strips: Sequence[Strip], start: int, room: float) -> int:
    """Where a column that begins there ends; it holds something at the least."""
    end = start
    for cut in _cuts(strips, start):
        if end > start and _taken(strips, start, cut) > room:
            break
        end = cut
    return end


def _cuts(strips: Sequence[Strip], start: int) -> Iterator[int]:
    at = start
    while at < len(strips):
        at += _together(strips, at)
        yield at


def _taken(strips: Sequence[Strip], start: int, end: int) -> float:
    return _height(strips[start:end]) + _height(_under(strips, start))


def _under(strips: Sequence[Strip], at: int) -> Sequence[Strip]:
    """What is said again above a strip that comes first."""
    under = strips[at].under if at < len(strips) else None
    return (under,) if under else ()


def _new(pages: list[Page], *, wide: bool) -> Page:
    pages.append(Page(wide))
    return pages[-1]


def _turn(canvas: "Canvas", *, wide: bool) -> None:
    """Set the size of the sheet; shapes count from the top of one that stands."""
    if wide:
        canvas.setPageSize((PAGE_HEIGHT * MM, PAGE_WIDTH * MM))
        canvas.translate(0, (PAGE_WIDTH - PAGE_HEIGHT) * MM)
    else:
        canvas.setPageSize((PAGE_WIDTH * MM, PAGE_HEIGHT * MM))


def _footer(text: str, number: str, *, wide: bool) -> list[Shape]:
    width, y = text_width(wide=wide), page_height(wide=wide) - FOOT + 4
    return [
        Stroke(MARGIN, y, width, 0, 0.15, PALE),
        Text(MARGIN, y + 4.2, one_line(text, _FOOTER), GREY),
        Text(MARGIN + width - natural(number, _FOOTER), y + 4.2, one_line(number, _FOOTER), GREY),
    ]
