"""Which tables of a report stand together: those of one number and kind that have the same columns."""

import re
from collections.abc import Iterable, Sequence

from campaign.i18n import I18n
from exports.cells import Column, Table

_COLON = re.compile("[：:]")
Like = tuple[str, I18n, Sequence[Table]]
"""Their number, what all their titles begin with, and the tables themselves."""


def alike(tables: Iterable[Table]) -> Sequence[Like]:
    """In their order. One that stands alone is called by its whole title."""
    found: dict[tuple[str, I18n, tuple[Column, ...]], list[Table]] = {}
    for table in tables:
        found.setdefault((table.number, _parted(table.title, 0), table.columns), []).append(table)
    return [(number, own[0].title if len(own) == 1 else title, tuple(own)) for (number, title, _), own in found.items()]


def own_title(title: I18n) -> I18n:
    """What a title says behind its colon: which survey, which unit."""
    return _parted(title, 1)


def _parted(title: I18n, part: int) -> I18n:
    """Before its first colon (0) or behind it (1); the whole title where it has none."""
    zh, en = ((_COLON.split(text, maxsplit=1) * 2)[part].strip() for text in (title.zh, title.en))
    return I18n(zh=zh, en=en)
