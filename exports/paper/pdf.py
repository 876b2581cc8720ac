"""A PDF to draw on."""

import zlib
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from campaign.language import Lang
from exports.paper import fonts
from exports.paper.shapes import MM
from surveys.paper.geometry import CREATOR, PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from exports.paper.canvas import Canvas


def new_canvas(file: BinaryIO, title: str, author: str, lang: Lang, day: date | None = None) -> "Canvas":
    """An A4 document; its metadata name neither a moment nor a machine, and are the same in every run.

    ``day`` is the day of its making; without it the document names one that is always the same.
    """
    from reportlab import rl_config  # noqa: PLC0415  80 ms that only printing should wait for

    from exports.paper.canvas import Canvas  # noqa: PLC0415

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
    canvas.setCreator(CREATOR)
    if day is not None:
        canvas.setDateFormatter(lambda *_: f"D:{day:%Y%m%d}")  # a day and no time (ISO 32000, 7.9.4)
    _pack_pages(canvas._doc)  # noqa: SLF001  a canvas tells its document nowhere else
    return canvas


def _pack_pages(document: Any) -> None:  # noqa: ANN401  reportlab has no types
    """Compress each page when it is done, and drop it when it is written: 4,400 pages take 10 MB less.

    reportlab keeps all of them, as text, until the document is saved.
    """
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream  # noqa: PLC0415  as above

    class Packed(PDFStream):  # type: ignore[misc]
        def format(self, document: Any) -> bytes:  # noqa: ANN401  as above
            written: bytes = super().format(document)
            self.content = b""
            return written

    add = document.addPage

    def add_packed(page: Any) -> None:  # noqa: ANN401  as above
        is_packed = PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])})
        page.Contents = Packed(is_packed, zlib.compress(page.stream.encode()))
        page.stream = None
        add(page)

    document.addPage = add_packed
