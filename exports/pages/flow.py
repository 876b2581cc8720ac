"""Strips one below the other on pages that stand or lie, with heads repeated and pages numbered."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from campaign.language import Lang
from exports.pace import Told, unheard
from exports.pages.words import drawable, natural, one_line
from exports.paper.pdf import new_canvas
from exports.paper.shapes import GREY, MM, PALE, Shape, Stroke, Text, draw
from exports.report import Metadata
from surveys.paper.geometry import PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

MARGIN, TOP, FOOT = 15.0, 14.0, 16.0
"""Left and right; above; below, where the footer stands; mm."""
GAP = 8.0
"""Between two sections."""
_MOST_LEFT_EMPTY = 0.45
"""A section too high for any page begins where more than this share of a page is free."""
_FOOTER = 7.5


@dataclass(frozen=True, slots=True)
class Strip:
    """What is not divided: shapes measured from its top, and from the left edge of the page."""

    height: float
    shapes: tuple[Shape, ...] = ()
    with_next: bool = False
    """It does not stand last on a page."""


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


@dataclass(slots=True)
class Page:
    """A page that fills."""

    wide: bool
    strips: list[tuple[float, Strip]] = field(default_factory=list)
    """Each with where its top is, mm from the top of the page."""
    y: float = TOP

    @property
    def room(self) -> float:
        """What is left, mm."""
        return page_height(wide=self.wide) - FOOT - self.y

    def put(self, strip: Strip) -> None:
        """Add it below what is there."""
        self.strips.append((self.y, strip))
        self.y += strip.height


def page_height(*, wide: bool) -> float:
    """Of a sheet, mm."""
    return PAGE_WIDTH if wide else PAGE_HEIGHT


def text_width(*, wide: bool) -> float:
    """Between the margins, mm."""
    return (PAGE_HEIGHT if wide else PAGE_WIDTH) - 2 * MARGIN


def body_height(*, wide: bool) -> float:
    """Of an empty page, mm."""
    return page_height(wide=wide) - TOP - FOOT


def paged(sections: Iterable[Section]) -> list[Page]:
    """The sections on as many pages as they need, each whole where a page can hold it."""
    pages: list[Page] = []
    for section in sections:
        _place(pages, section)
    return pages


def written(
    pages: Sequence[Page],
    title: str,
    about: Metadata,
    footer: str,
    lang: Lang,
    *,
    told: Told = unheard,
    first: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The pages as a PDF of the organiser's, made on the day of the export; the same pages make the same bytes.

    ``first``: characters by font that many documents have in common, which are embedded by themselves.
    """
    file = io.BytesIO()
    canvas = new_canvas(file, title, drawable(about.organiser.text(lang)), lang, about.exported_on)
    canvas.begin_with(first)
    for number, page in enumerate(pages, 1):
        canvas.saveState()
        _turn(canvas, wide=page.wide)
        for y, strip in page.strips:
            with canvas.lowered(y * MM):
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
        for _, strip in page.strips:
            for shape in strip.shapes:
                for run in shape.line.runs if isinstance(shape, Text) else ():
                    found.setdefault(run.font, {}).update(dict.fromkeys(run.text))
    return {font: "".join(each) for font, each in found.items()}


def _place(pages: list[Page], section: Section) -> None:
    whole = sum(strip.height for strip in section.strips)
    page = pages[-1] if pages else None
    if page is not None and page.strips:
        page.y += GAP
    if page is None or page.wide != section.wide or section.fresh or not _begins_here(page, section, whole):
        page = _new(pages, wide=section.wide)
    strips = list(section.strips)
    while strips:
        count = next((n for n, strip in enumerate(strips, 1) if not strip.with_next), len(strips))
        together = strips[:count]
        started = page.y > TOP
        if started and sum(strip.height for strip in together) > page.room:
            page = _new(pages, wide=section.wide)
            for strip in section.again:
                page.put(strip)
        for strip in together:
            page.put(strip)
        del strips[:count]


def _begins_here(page: Page, section: Section, whole: float) -> bool:
    """Whether it begins on a page that has been begun: if it fits, or is higher than any page and finds room enough."""
    if whole <= page.room:
        return True
    full = body_height(wide=page.wide)
    return whole > full and page.room > _MOST_LEFT_EMPTY * full and bool(section.again)


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
