"""Follow-up slips as a PDF to be printed, three on a sheet."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.language import Lang
from exports.paper.files import whole_file
from exports.paper.pdf import new_canvas
from exports.paper.shapes import MM, PALE, Shape, Stroke, draw
from exports.paper.slip import CUT, HEIGHT, PER_PAGE, SIDE, SQUARES, Slip, SlipHead, compose_slip, numbers
from exports.paper.stamps import square
from exports.texts import tr
from surveys.paper.codes import SlipCode
from surveys.paper.geometry import PAGE_WIDTH

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas

__all__ = ["SlipHead", "write_slips"]


def write_slips(
    path: Path, slips: Sequence[SlipCode], head: SlipHead, lang: Lang, key: bytes, *, force: bool = False
) -> int:
    """Write the slips, in their order, and return how many pages that are.

    BadInput M80 for characters that the fonts do not have, M88 for texts without room; Refused M70 if ``path`` exists
    and not ``force``; StoreError M40. ValueError without any slip.
    """
    if not slips:
        raise ValueError("no codes")
    slip = compose_slip(head, lang)
    with whole_file(path, force=force) as file:
        canvas = new_canvas(file, tr(lang, "Follow-up slips"), head.organiser.text(lang), lang)
        canvas.beginForm("slip")
        draw(canvas, slip.shapes)
        canvas.endForm()
        for start in range(0, len(slips), PER_PAGE):
            draw(canvas, _cuts())
            for place, code in enumerate(slips[start : start + PER_PAGE]):
                _slip(canvas, slip, code, key, place * HEIGHT)
            canvas.showPage()
        canvas.save()
    return -(-len(slips) // PER_PAGE)


def _slip(canvas: "Canvas", slip: Slip, code: SlipCode, key: bytes, top: float) -> None:
    """One slip, its upper edge so far down the sheet."""
    digits = code.digits(key)
    canvas.saveState()
    canvas.translate(0, -top * MM)
    canvas.doForm("slip")
    for x, y in SQUARES:
        square(canvas, digits, x, y, SIDE)
    draw(canvas, numbers(slip, code, digits))
    canvas.restoreState()


def _cuts() -> Iterator[Shape]:
    """Where the sheet is cut, and each slip torn."""
    for place in range(PER_PAGE):
        if place:
            yield Stroke(8, place * HEIGHT, PAGE_WIDTH - 16, 0, 0.12, PALE)
        yield Stroke(CUT, place * HEIGHT + 6, 0, HEIGHT - 12, 0.2, PALE, dashed=True)
