"""reportlab's canvas, quicker: the same bytes for what stands on every sheet, lines of text and straight lines.

reportlab measures each line of text, makes an object for it and writes out each number anew, which is most of the time
that a page takes. Imported only by what draws: it brings reportlab.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import PATH_OPS
from reportlab.pdfgen.canvas import Canvas as PlainCanvas

_KEPT = 20_000
"""Numbers whose digits are kept: on the sheets of one document, and of many alike, the same ones come again."""
_LINES = 1_000
"""Lines of text that are remembered at a time: most stand on every sheet, codes on one alone."""
_DECIMALS = ((100.0, 4), (10.0, 5), (0.0, 6))
"""From what on a number has so many decimals: seven digits in all."""
_SMALL, _LARGE = 1e-7, 1000.0
_ESCAPED = "()\\"


@lru_cache(_KEPT)
def digits(number: float) -> str:
    """A number as reportlab writes it; the usual ones, of less digits than a thousand, without its detours."""
    size = abs(number)
    if not _SMALL < size < _LARGE:
        return str(fp_str(number))
    decimals = next(count for least, count in _DECIMALS if size >= least)
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return text[1:] if text[0] == "0" and len(text) > 1 else text


class Canvas(PlainCanvas):  # type: ignore[misc]  # reportlab has no types
    """Draws what reportlab's own does."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  as reportlab's
        super().__init__(*args, **options)
        self._shown: dict[tuple[str, float, str], str] = {}
        self._plain: dict[str, str] = {}
        """The name of the part with the characters of ASCII, by font; of fonts that have been used."""

    def drawString(self, x: float, y: float, text: str) -> None:  # noqa: N802  as reportlab's
        """A line of text whose baseline begins at this place, in points."""
        key = self._fontname, self._fontsize, text
        shown = self._shown.get(key)
        if shown is None:
            if len(self._shown) >= _LINES:
                self._shown.clear()
            shown = self._shown[key] = self._showing(text)
        self._code.append(f"BT 1 0 0 1 {digits(x)} {digits(y)} Tm {shown} T* ET")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self._code.append(f"n {digits(x1)} {digits(y1)} m {digits(x2)} {digits(y2)} l S")

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0) -> None:
        """A rectangle from its lower left corner."""
        paint = PATH_OPS[stroke, fill, self._fillMode]
        self._code.append(f"n {digits(x)} {digits(y)} {digits(width)} {digits(height)} re {paint}")

    def setLineWidth(self, width: float) -> None:  # noqa: N802  as reportlab's
        """Lines are so wide from now on."""
        self._lineWidth = width
        self._code.append(f"{digits(width)} w")

    def setFillGray(self, grey: float) -> None:  # noqa: N802  as reportlab's
        """What is filled from now on is grey, 1 being white."""
        self._fillColorObj = grey, grey, grey
        self._code.append(f"{digits(grey)} g")

    @contextmanager
    def lowered(self, distance: float, right: float = 0.0) -> Iterator[None]:
        """What is drawn inside stands so many points further down and right; it says its own font and colours."""
        self._code += ("q", f"1 0 0 1 {digits(right)} {digits(-distance)} cm")
        yield
        self._code.append("Q")

    def begin_with(self, characters: Mapping[str, str]) -> None:
        """Before anything is drawn: what is embedded of each font is the same where these characters are."""
        for name, own in characters.items():
            pdfmetrics.getFont(name).begin_with(self._doc, own)

    def _showing(self, text: str) -> str:
        """What shows the text in the font at hand, of which it may need several parts."""
        if text and (name := self._plain.get(self._fontname)) and text.isascii() and text.isprintable():
            escaped = text if not any(sign in text for sign in _ESCAPED) else self._escape(text.encode())
            return f"{self._set(name)} ({escaped}) Tj"
        font = pdfmetrics.getFont(self._fontname)
        found, before = [], None
        for part, codes in font.splitString(text, self._doc):
            if part != before:
                found.append(self._set(font.getSubsetInternalName(part, self._doc)))
                before = part
            found.append(f"({self._escape(codes)}) Tj")
        if found:
            self._plain[self._fontname] = font.getSubsetInternalName(0, self._doc)
        return " ".join(found)

    def _set(self, name: str) -> str:
        return f"{name} {digits(self._fontsize)} Tf {digits(self._leading)} TL"
