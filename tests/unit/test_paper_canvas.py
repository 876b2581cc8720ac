"""Drawing quickly: the same bytes as by reportlab's own canvas."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as PlainCanvas

from exports.paper import fonts
from exports.paper.canvas import Canvas, digits

TEXTS = ("86.3%", "满意", "(a) \\ b", "n = 51，合计", "", " ", "".join(map(chr, range(0x4E00, 0x4F00))), "86.3%")


@given(st.floats(-5000, 5000) | st.floats(-1e-5, 1e-5))
@example(0.0)
@example(1.0)
@example(-1.0)
@example(999.99999)
@example(100.00001)
@example(1e-7)
def test_numbers_have_the_digits_that_reportlab_gives_them(number: float) -> None:
    assert digits(number) == fp_str(number)


def drawn(kind: type[PlainCanvas], *, packed: bool) -> bytes:
    """Two sheets with texts, lines and areas."""
    file = io.BytesIO()
    canvas = kind(file, pageCompression=int(packed), invariant=1, initialFontName=fonts.REGULAR)
    for page in range(2):
        for place, text in enumerate(TEXTS):
            canvas.setFont((fonts.BOLD, fonts.REGULAR)[place % 3 > 0], 8.5 + page)
            canvas.setFillGray(0.35)
            canvas.drawString(40.123456789 + place, 700 - 12.5 * place, text)
        canvas.setLineWidth(0.3)
        canvas.line(10, 20.5, 0.25, 1234.5)
        canvas.rect(1, 2, 3.3, 4.4, stroke=0, fill=1)
        canvas.rect(1, 2, 3.3, 4.4, stroke=1, fill=0)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_sheet_is_the_same_as_by_the_library(packed: bool) -> None:
    """Byte by byte, with characters of both fonts that need several parts of them, and what stands for itself."""
    fonts.register()
    ours = drawn(Canvas, packed=packed)
    try:
        for name, file in fonts.FILES.items():
            pdfmetrics.registerFont(TTFont(name, str(fonts.FOLDER / file)))
        plain = drawn(PlainCanvas, packed=packed)
    finally:
        fonts.register.cache_clear()
        fonts.register()
    assert ours == plain


def test_what_stands_lower_is_drawn_as_if_it_were_moved() -> None:
    """The state of the canvas is saved and restored around it."""
    made = []
    for kind in (Canvas, PlainCanvas):
        canvas = kind(io.BytesIO(), pageCompression=0, invariant=1)
        if isinstance(canvas, Canvas):
            with canvas.lowered(12.5):
                canvas.line(1, 2, 3, 4)
        else:
            canvas.saveState()
            canvas.translate(0, -12.5)
            canvas.line(1, 2, 3, 4)
            canvas.restoreState()
        made.append(canvas.getpdfdata())
    assert made[0] == made[1]
