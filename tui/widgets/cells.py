"""Text by display cells: fitting, padding and breaking of Chinese and English lines."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len, set_cell_size

NOT_FIRST = frozenset("，。、；：？！）》”’…—％」』】〕·,.;:?!)]}%")
"""May not begin a line (GB/T 15834, and JIS X 4051 for the brackets)."""
NOT_LAST = frozenset("（《“‘「『【〔([{")
"""May not end a line."""
CLAUSE_ENDS = frozenset("，。；：？！,.;:?!")
MID_CLAUSE = 150
"""Price of a line end amid a clause, in squared cells."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean(text: str) -> str:
    """``text`` without control and format characters, which would break out of a cell; line ends become spaces."""
    if text.isprintable():  # nearly every text; this is asked for every span that is drawn
        return text
    return "".join(
        " " if char in "\r\n\t" else char
        for char in text
        if char in "\r\n\t" or unicodedata.category(char) not in _INVISIBLE
    )


def enough(text: str, width: int) -> str:
    """As much of the clean ``text`` as says what it shows in ``width`` cells: of a very long one only its beginning."""
    head = clean(text[: 2 * width + 2])
    return head if cell_len(head) > width else clean(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """``text`` in exactly ``width`` cells: padded, or cut with ``…`` and never in the middle of a wide character."""
    text = enough(text, width)
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
    if len(label) not in {2, 3} or cell_len(label) != 2 * len(label):
        return label
    gap = (cells - 2 * len(label)) // (len(label) - 1)
    return (" " * gap).join(label)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, by the rules of Chinese line breaking; Latin words and numbers stay whole.

    Blanks at the ends of lines are left out.
    """
    text = clean(text)
    lines = [text[start:end].strip() for start, end in line_spans(text, width)]
    return [line for line in lines if line] or [""]


@lru_cache(maxsize=256)
def balanced_lines(text: str, width: int) -> tuple[str, ...]:
    """As :func:`wrap`, in as few lines, but about equally long and, where possible, broken behind a clause."""
    text = clean(text)
    count = len(line_spans(text, width))
    if count == 1:
        return (text.strip(),)
    ideal = cell_len(text) / count
    # Cheapest way to break text[:end] into so many lines: its cost, and where its last line starts.
    ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        longer: dict[int, tuple[float, int]] = {}
        for start, (cost, _start) in ways[-1].items():
            for end, price in _line_prices(text, start, width, ideal):
                if end not in longer or cost + price < longer[end][0]:
                    longer[end] = cost + price, start
        ways.append(longer)
    if len(text) not in ways[-1]:
        return tuple(wrap(text, width))
    lines: list[str] = []
    end = len(text)
    for way in reversed(ways[1:]):
        start = way[end][1]
        lines.insert(0, text[start:end].strip())
        end = start
    return tuple(lines)


def _line_prices(text: str, start: int, width: int, ideal: float) -> Iterator[tuple[int, float]]:
    """Where a line that starts at ``start`` may end, and how far from ideal it is then."""
    for end in range(start + 1, len(text) + 1):
        line = text[start:end].rstrip()
        cells = cell_len(line)
        if cells > width:
            return
        if end == len(text) or _may_break(text, end):
            whole = end == len(text) or line[-1:] in CLAUSE_ENDS
            yield end, (cells - ideal) ** 2 + (0 if whole else MID_CLAUSE)


def line_spans(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of ``text`` start and end, so that together they are the whole text.

    A line takes at most ``width`` cells, blanks at its end aside. It ends where a line may be broken, or, if there
    is no such place (a very long word), where the width ends. An empty text is one empty line. ``text`` must be clean.
    """
    reach = [0, *accumulate(cell_len(char) for char in text)]
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _furthest(text, reach, start, max(2, width))
        spans.append((start, end))
        start = end
    return spans or [(0, 0)]


def _furthest(text: str, reach: list[int], start: int, width: int) -> int:
    """Where the line that starts at ``start`` ends."""
    end = start + 1
    while end < len(text) and (reach[end + 1] - reach[start] <= width or text[end] == " "):
        end += 1
    if end == len(text):
        return end
    breaks = (at for at in range(end, start, -1) if _may_break(text, at))
    return next(breaks, end)


def _may_break(text: str, at: int) -> bool:
    """Whether a line may end before ``text[at]``."""
    before, after = text[at - 1], text[at]
    if after == " " or after in NOT_FIRST or before in NOT_LAST or unicodedata.combining(after):
        return False
    # Narrow characters beside each other are one word or number; a hyphen between letters may end a line.
    one_word = before != " " and cell_len(before) == 1 == cell_len(after)
    return not one_word or (before == "-" and after.isalpha())
