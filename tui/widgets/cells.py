"""Text by display cells: fitting, padding and breaking of Chinese and English lines."""

import re
import unicodedata

from rich.cells import cell_len, set_cell_size

NOT_FIRST = frozenset("，。、；：？！）》”’…—%％」』】〕·,.;:?!)]}")
"""May not begin a line (GB/T 15834, and JIS X 4051 for the brackets)."""
NOT_LAST = frozenset("（《“‘「『【〔([{")
"""May not end a line."""
_WORD = re.compile(r"\s+|[A-Za-z0-9][A-Za-z0-9.,:%/'’_+-]*|.", re.DOTALL)


def clean(text: str) -> str:
    """``text`` without control and format characters, which would break out of a cell; line ends become spaces."""
    return "".join(
        " " if char in "\r\n\t" else char
        for char in text
        if char in "\r\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    )


def fit(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells: padded, or cut with ``…`` and never in the middle of a wide character."""
    text = clean(text)
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else ""
    padding = " " * (width - cell_len(text))
    return padding + text if right else text + padding


def centred(text: str, width: int) -> str:
    """``text`` in the middle of ``width`` cells."""
    text = clean(text)
    left = max(0, (width - cell_len(text)) // 2)
    return fit(" " * left + text, width)


def spaced(label: str, cells: int = 8) -> str:
    """A label of two or three Hanzi set out to the width of four, so that options align: 满　　意, 不 满 意."""
    if not 2 <= len(label) <= 3 or cell_len(label) != 2 * len(label):
        return label
    gap = (cells - 2 * len(label)) // (len(label) - 1)
    return (" " * gap).join(label)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, by the rules of Chinese line breaking; Latin words and numbers stay whole."""
    lines: list[list[str]] = [[]]
    for token in _tokens(clean(text), width):
        if cell_len("".join(lines[-1]) + token.rstrip()) > width and lines[-1]:
            lines.append(_carried(lines[-1], token))
        if lines[-1] or not token.isspace():
            lines[-1].append(token)
    return ["".join(line).rstrip() for line in lines]


def _tokens(text: str, width: int) -> list[str]:
    """Words and characters, punctuation bound to what it may not be parted from; overlong words cut."""
    tokens: list[str] = []
    for token in _WORD.findall(text):
        if len(token) > 1 and cell_len(token) > width:
            tokens.extend(token)
        else:
            tokens.append(token)
    return tokens


def _carried(line: list[str], token: str) -> list[str]:
    """What moves from the end of ``line`` to the next line so that neither breaks a rule."""
    carried: list[str] = []
    while len(line) > 1 and ((carried or [token])[0][0] in NOT_FIRST or line[-1] in NOT_LAST):
        carried.insert(0, line.pop())
    return carried
