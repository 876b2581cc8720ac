"""A notice in Markdown, as GitHub and CommonMark know it. What comes from data is shown as it is and does nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from campaign.language import Lang
from exports.cells import ColumnKind, Table
from exports.paper.fonts import printable
from exports.showing import headings, shown

_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&!$^]")
"""Signs that mean something anywhere in a line."""
_ADDRESS = re.compile(r"(?=://)|(?<=www)(?=\.)|(?<=\S)(?=\.[^\W\d])", re.IGNORECASE)
"""Where an address that would become a link is broken by a backslash."""
_AT = "＠"
"""For the at sign, which makes a link of what looks like an address of mail, backslash or not."""


def document(notice: Table, tables: Sequence[Table], origin: str, lang: Lang) -> str:
    """The notice, its items as a list, then the tables that are posted with it."""
    parts = [f"# {escaped(notice.title.text(lang))}", "\n".join(_items(notice, lang))]
    for table in tables:
        parts += [f"## {escaped(f'{table.number} {table.title.text(lang)}')}", "\n".join(_table(table, lang))]
        if table.notes:
            parts.append("\n".join(f"- {_started(note.text(lang))}" for note in table.notes))
    return "\n\n".join([*parts, _started(origin)]) + "\n"


@lru_cache(maxsize=20_000)
def escaped(text: str) -> str:
    """Text of data in one line: no markup, no HTML, no link, no cell of a table, nothing invisible."""
    line = " ".join(printable(text).split())
    return _ADDRESS.sub(r"\\", _ACTIVE.sub(r"\\\g<0>", line).replace("@", _AT))


def _started(text: str) -> str:
    """Text at the beginning of a block: no list, no quotation, no line of its own either."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", escaped(text))


def _items(notice: Table, lang: Lang) -> Iterator[str]:
    colon = "：" if lang is Lang.ZH else ": "
    for row in notice.rows:
        name, text = (escaped(shown(cell, lang)) for cell in row)
        yield f"- **{name}**{colon}{text}"


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield _row(headings(table, lang))
    sides = [":---" if each.kind in {ColumnKind.TEXT, ColumnKind.DATE} else "---:" for each in table.columns]
    yield f"| {' | '.join(sides)} |"
    for row in table.rows:
        yield _row(shown(cell, lang) for cell in row)


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(escaped(text) for text in texts)} |"
