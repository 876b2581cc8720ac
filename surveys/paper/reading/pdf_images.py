"""The one picture of which a scanned page consists, out of the PDF as it is: five times as fast as drawing the page."""

from io import BytesIO
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

_COVERS: Final = 0.9
"""Share of the page's width and height that the picture must have."""
_JPEG: Final = "DCTDecode"


def embedded(page: pypdfium2.PdfPage) -> BytesIO | None:
    """The JPEG file of which ``page`` consists; None if there is more to be seen, or the picture is turned or cut."""
    image: pypdfium2.PdfImage | None = None
    for each in page.get_objects(max_depth=3):
        if each.type == pdfium.FPDF_PAGEOBJ_IMAGE and image is None:
            image = each
        elif not _is_invisible_text(each):
            return None
    if image is None or image.get_filters() != [_JPEG] or pdfium.FPDFPageObj_HasTransparency(image):
        return None
    matrix, (width, height) = image.get_matrix(), page.get_size()
    if page.get_rotation() % 180:
        width, height = height, width
    is_upright = matrix.b == 0 and matrix.c == 0 and matrix.a >= _COVERS * width and matrix.d >= _COVERS * height
    return BytesIO(bytes(image.get_data())) if is_upright else None


def _is_invisible_text(each: pypdfium2.PdfObject) -> bool:
    """What a scanner's text recognition lays over the picture for searching."""
    if each.type != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    return int(pdfium.FPDFTextObj_GetTextRenderMode(each)) == int(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
