"""A PDF to draw on."""

from typing import TYPE_CHECKING, BinaryIO

from campaign.language import Lang
from exports.paper import fonts
from exports.paper.shapes import MM
from surveys.paper.geometry import PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def new_canvas(file: BinaryIO, title: str, author: str, lang: Lang) -> "Canvas":
    """An A4 document; its metadata name neither a moment nor a machine, and are the same in every run."""
    from reportlab import rl_config  # noqa: PLC0415  80 ms that only printing should wait for
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    fonts.register()
    rl_config.useA85 = 0  # streams as bytes: ASCII 85 would make files a quarter larger and take a fifth of the time
    canvas = Canvas(
        file,
        pagesize=(PAGE_WIDTH * MM, PAGE_HEIGHT * MM),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # the default would be named in the file, and not be in it
        lang=lang.value,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("manyi")
    return canvas
