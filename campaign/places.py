"""Where something stands in a TOML file: the line of a path, and the place as people read it.

A path is a tuple of keys and of list indexes counted from 0, as pydantic gives them. A place is written
``line 123, branches[3] (B03).schedule.study.end``: indexes count from 1, with the item's code where it has one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.language import Place

Keys = tuple[str | int, ...]
"""A path into a document."""

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<text>
          \"{3}(?:\\.|[^\\])*?\"{3}\"{0,2}
        | '{3}.*?'{3}'{0,2}
        | \"(?:\\.|[^\"\\\n])*\"
        | '[^'\n]*'
      )
    | (?P<word>[A-Za-z0-9_-]+)
    | (?P<newline>\n)
    | (?P<other>[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_LABELS = ("code", "id")
_LABEL_LENGTH = 32


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header or the left side of ``key = value``."""

    line: int
    brackets: int
    """0 for a key, 1 for ``[table]``, 2 for ``[[table]]``."""
    keys: tuple[str, ...]


def _statements(text: str) -> Iterator[_Statement]:
    """The statements of valid TOML; of anything else, whatever can be made out."""
    line, start, brackets, depth = 1, 1, 0, 0
    keys: list[str] = []
    reading = True  # the left side of a statement; False while in a value or behind a header
    for match in _TOKEN.finditer(text):
        part = match[0]
        if match.lastgroup == "newline":
            if depth <= 0:
                keys, reading, brackets, depth = [], True, 0, 0
        elif match.lastgroup == "comment":
            pass
        elif not reading:
            depth += (part in "[{") - (part in "]}") if match.lastgroup == "other" else 0
        elif match.lastgroup in ("word", "text"):
            start = start if keys else line
            keys.append(_key(part))
        elif part == "[":
            brackets += 1
        elif part in "=]":
            yield _Statement(start, brackets, tuple(keys))
            reading, depth = False, 0
        line += part.count("\n")


def _key(token: str) -> str:
    """A key without its quotes."""
    if token[0] not in "\"'":
        return token
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except tomllib.TOMLDecodeError:
        return token[1:-1]


class Lines:
    """The lines on which the keys and tables of a TOML text stand, counted from 1."""

    def __init__(self, text: str) -> None:
        self._line_of: dict[Keys, int] = {}
        self._newest: dict[Keys, int] = {}
        table: Keys = ()
        for statement in _statements(text.replace("\r\n", "\n")):
            if not statement.keys:
                continue
            if statement.brackets:
                table = self._table(statement)
            self._mark(table if statement.brackets else (*table, *statement.keys), statement.line)

    def line(self, path: Keys) -> int | None:
        """The line of ``path``, or of what encloses it where it has none; None for the whole file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._line_of:
                return self._line_of[path[:length]]
        return None

    def _table(self, header: _Statement) -> Keys:
        """The path that a header opens; ``[[x]]`` begins the next item of the list ``x``."""
        path: Keys = ()
        for key in header.keys[:-1]:
            path = self._entered((*path, key))
        path = (*path, header.keys[-1])
        if header.brackets == 1:
            return self._entered(path)
        self._newest[path] = self._newest.get(path, -1) + 1
        return self._entered(path)

    def _entered(self, path: Keys) -> Keys:
        """``path``, with the index of its newest item where it is a list of tables."""
        return (*path, self._newest[path]) if path in self._newest else path

    def _mark(self, path: Keys, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._line_of.setdefault(path[:length], line)


class Places:
    """Writes paths into a document as places."""

    def __init__(self, document: object, text: str = "", name: str = "") -> None:
        self._document = document
        self._lines = Lines(text)
        self._name = name

    def order(self, path: Keys) -> int:
        """Sorting key: what stands first in the file comes first."""
        return self._lines.line(path) or 0

    def place(self, path: Keys) -> str:
        """``line 12, branches[3] (B03).total``; without a line, the name of the document stands in its place."""
        line, inside = self._lines.line(path), written(path, self._document)
        if line:
            return line_place(line, inside)
        return ", ".join(part for part in (self._name, inside) if part)


def line_place(number: int, inside: str = "") -> Place:
    """``line 12, inside``, in both languages."""
    behind = f", {inside}" if inside else ""
    return Place(f"line {number}{behind}", f"第{number}行{behind}")


def written(path: Keys, document: object) -> str:
    """``branches[3] (B03).total``: the path with codes looked up in ``document``."""
    out, node = "", document
    for key in path:
        if isinstance(key, int):
            node = node[key] if isinstance(node, Sequence) and key < len(node) else None
            out += f"[{key + 1}]{_label(node)}"
        else:
            node = node.get(key) if isinstance(node, Mapping) else None
            out += f".{key}" if out else key
    return out.encode("utf-8", "backslashreplace").decode()


def _label(node: object) -> str:
    """The code or id of a list item, in brackets."""
    if not isinstance(node, Mapping):
        return ""
    label = next((node[name] for name in _LABELS if isinstance(node.get(name), str) and node[name]), None)
    return f" ({label[:_LABEL_LENGTH]})" if label else ""
