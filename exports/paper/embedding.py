"""reportlab's fonts, embedded more quickly: the same bytes. Imported only by what draws: it brings reportlab."""

import zlib
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.pdfbase.ttfonts import TTFont

_OUTLINES = "glyf"
_ON_A_LINE = 10
_PART = 256
"""Characters in a part of a font at the most."""
_KEPT = 8
"""Parts of fonts that are kept ready made: of documents that are alike some are the same."""
_FILE, _FILTER = "fontFile:", "Filter"


class Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font of which each document gets the characters that it has."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        read = self.face.get_table
        start, length = self.face.get_table_pos(_OUTLINES)
        outlines = _Outlines(self.face._ttf_data, start, length)  # noqa: SLF001  it has no name that others may use
        self.face.get_table = lambda tag: outlines if tag == _OUTLINES else read(tag)
        made = lru_cache(_KEPT)(self.face.makeSubset)
        self.face.makeSubset = lambda characters: made(tuple(characters))

    def begin_with(self, document: Any, characters: str) -> None:  # noqa: ANN401  reportlab has no types
        """Let these characters have parts of the font to themselves: documents that begin alike share them ready made.

        The others of the document get parts of their own.
        """
        self.splitString(characters, document)
        state = self.state[document]
        state.nextCode = max(state.nextCode, _PART * len(state.subsets))

    def addObjects(self, document: Any) -> None:  # noqa: ANN401, N802  as reportlab's
        """Put the parts of the font that the document needs into it."""
        super().addObjects(document)
        for each in document.idToObject["BasicFonts"].dict.values():
            if type(each.Widths) is PDFArray:
                each.Widths = _Numbers(each.Widths.sequence)
        for name, each in document.idToObject.items():
            if name.startswith(_FILE) and each.filters and _FILTER not in each.dictionary.dict:
                each.content, each.dictionary[_FILTER] = _packed(each.content), PDFArray([PDFName("FlateDecode")])


_packed = lru_cache(_KEPT)(zlib.compress)
"""What lies in a document of a part of a font."""


class _Outlines:
    """The outlines of all characters as they lie in the font: a copy of 2 MB would be made for each document."""

    def __init__(self, data: bytes, start: int, length: int) -> None:
        self._data, self._start, self._length = data, start, length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._length)
        return self._data[self._start + start : self._start + stop]


class _Numbers(PDFArray):  # type: ignore[misc]  # as above
    """Plain numbers, which reportlab would take one by one for objects of any kind."""

    def format(self, document: Any, IND: bytes = b"\n ") -> bytes:  # noqa: ANN401, ARG002, N803  as reportlab's
        """Ten of them on a line."""
        texts = [*map(str, self.sequence)]
        lines = (" ".join(texts[start : start + _ON_A_LINE]) for start in range(0, len(texts), _ON_A_LINE))
        return ("[ " + " \n  ".join(lines) + " ]").encode()
