"""Numbers to be copied by hand: large digits, in the groups in which they are typed."""

from tui.widgets.numerals import ROWS, numerals

GAP = 3
"""Cells between groups; between digits there is one."""


def number_width(typed: str) -> int:
    """Cells of the whole number in one row of large digits."""
    return len(_beside(typed.split())[0])


def big_number(typed: str, width: int) -> tuple[str, ...]:
    """``typed``, groups of digits with blanks between them, in rows of at most ``width`` cells.

    Large digits in one row if they fit, else a group below the other with an empty row between, else as it is typed.
    """
    groups = typed.split()
    if number_width(typed) <= width:
        return _beside(groups)
    if max(len(numerals(group)[0]) for group in groups) > width:
        return (typed,)
    rows = [("", *numerals(group)) for group in groups]
    return tuple(row for group in rows for row in group)[1:]


def _beside(groups: list[str]) -> tuple[str, ...]:
    drawn = [numerals(group) for group in groups]
    return tuple((" " * GAP).join(group[row] for group in drawn) for row in range(ROWS))
