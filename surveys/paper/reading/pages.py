"""The pages of PDF files and pictures, as grey values; one that can't be read is a problem, and the next comes too."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from campaign.errors import Problem
from campaign.language import N_, Phrase, Place
from campaign.refusals import refusal
from surveys.paper.geometry import CREATOR
from surveys.paper.reading.pdf_images import embedded
from surveys.paper.reading.plane import Picture
from surveys.texts import tr

DPI: Final = 200
"""At which the pages of a PDF are drawn that are not just one picture."""
LONGEST: Final = 3508
"""Pixels of the longer side to which such a page is drawn at most: A4 at 300 dpi."""
ENOUGH: Final = 2300
"""Pixels of the longer side that are kept at least when a picture is made smaller: a little less than A4 at 200 dpi."""
TOGETHER: Final = 20
"""Pages of a PDF that are read before it is opened anew: 10 MB of pictures at 200 dpi."""
FORMATS: Final = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
"""Bytes within which a PDF file must begin (ISO 32000-1, annex H, implementation note 13)."""
_DAMAGED: Final = N_("it is damaged")
_FOREIGN: Final = N_("it is neither a PDF nor a picture that can be read here (JPEG, PNG, TIFF, BMP, WebP)")
_LOCKED: Final = N_("it needs a password")
_EMPTY: Final = N_("it has no pages")
_LARGE: Final = N_("it has too many pixels; scan at 200 or 300 dpi")
_PRINTED: Final = N_("these are the forms as they are printed, not scanned")
_BOMBS: Final = (Image.DecompressionBombWarning, Image.DecompressionBombError)
"""What Pillow raises for pictures of more pixels than any scan has."""
_BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    struct.error,
)
"""What Pillow raises for damaged pictures of one format or another."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page of a file, or what is wrong with it."""

    path: Path
    number: int
    """Counted from 1."""
    picture: Picture | None
    problem: Problem | None = None
    """M81; there is a picture or a problem."""


def pages_of(path: Path) -> Iterator[Page]:
    """The pages of a PDF or of a picture; a file that can't be read at all is one page with a problem."""
    try:
        with path.open("rb") as file:
            is_pdf = _PDF in file.read(_PDF_WITHIN)
    except OSError as error:
        yield _unreadable(path, 1, refusal(error.errno))
        return
    yield from _pdf_pages(path) if is_pdf else _picture_pages(path)


def count_pages(path: Path) -> int:
    """How many pages :func:`pages_of` gives, without drawing any of them."""
    try:
        with path.open("rb") as file:
            is_pdf = _PDF in file.read(_PDF_WITHIN)
        if is_pdf:
            with pypdfium2.PdfDocument(path) as document:
                return 1 if _is_printed(document) else max(1, len(document))
        with _quietly(), Image.open(path, formats=FORMATS) as image:
            return _frames(image)
    except (*_BROKEN, *_BOMBS, pypdfium2.PdfiumError):
        return 1


def _pdf_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF, opened anew every :data:`TOGETHER` pages: pdfium keeps every picture that it has given."""
    first, count = 1, 1
    while first <= count:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            yield _unreadable(path, first, tr.phrase(_LOCKED if "password" in str(error).lower() else _DAMAGED))
            return
        with document:
            count = len(document)
            if not count or _is_printed(document):
                yield _unreadable(path, 1, tr.phrase(_PRINTED if count else _EMPTY))
                return
            for number in range(first, min(first + TOGETHER, count + 1)):
                yield _pdf_page(document, path, number)
        first += TOGETHER


def _pdf_page(document: pypdfium2.PdfDocument, path: Path, number: int) -> Page:
    try:
        return Page(path, number, _drawn(document, number - 1))
    except _BOMBS:
        return _unreadable(path, number, tr.phrase(_LARGE))
    except (pypdfium2.PdfiumError, *_BROKEN):
        return _unreadable(path, number, tr.phrase(_DAMAGED))


def _is_printed(document: pypdfium2.PdfDocument) -> bool:
    """Whether this program wrote the file: read as a scan, every form in it would have come back blank."""
    return bool(document.get_metadata_value("Creator") == CREATOR)


def _drawn(document: pypdfium2.PdfDocument, place: int) -> Picture:
    """One page: the picture that it consists of, or else drawn; PdfiumError and others if it is damaged."""
    page = document[place]
    try:
        data = embedded(page)
        if data is not None:
            with _quietly(), Image.open(data, formats=("JPEG",)) as image:
                if image.mode in {"L", "RGB"}:
                    return _grey(image)
        longest = max(page.get_size())
        if longest <= 0:
            raise ValueError(longest)
        bitmap = page.render(scale=min(DPI / 72, LONGEST / longest), grayscale=True, may_draw_forms=False)
        return np.ascontiguousarray(bitmap.to_numpy()).copy()
    finally:
        page.close()


def _picture_pages(path: Path) -> Iterator[Page]:
    number = 1
    try:
        with _quietly(), Image.open(path, formats=FORMATS) as image:
            for number in range(1, _frames(image) + 1):
                image.seek(number - 1)
                picture = _grey(image)
                yield Page(path, number, picture)
    except _BOMBS:
        yield _unreadable(path, number, tr.phrase(_LARGE))
    except UnidentifiedImageError:
        yield _unreadable(path, number, tr.phrase(_FOREIGN))
    except _BROKEN:
        yield _unreadable(path, number, tr.phrase(_DAMAGED))


def _frames(image: Image.Image) -> int:
    """Pages of a TIFF; what other formats hold beside their first picture is no page."""
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def _grey(image: Image.Image) -> Picture:
    """Grey values the right way up, on white paper; pictures with far more pixels than needed are made smaller."""
    longest = max(image.size)
    if image.format == "JPEG":
        image.draft("L", (image.width * ENOUGH // longest, image.height * ENOUGH // longest))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        return np.ascontiguousarray(np.asarray(image) >> 8).astype(np.uint8)
    if image.mode in {"PA", "LA", "RGBA", "P"}:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    grey = image.convert("L")
    smaller = max(grey.size) // ENOUGH
    return np.asarray(grey.reduce(smaller) if smaller > 1 else grey)


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow's warnings about damaged metadata go nowhere; that about more than 89 million pixels is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _unreadable(path: Path, number: int, why: Phrase) -> Page:
    place = Place(f"page {number}", f"第{number}页")
    return Page(path, number, None, Problem("M81", {"path": path, "why": why}, place))
