"""Documents as JSON texts: what is read back is what :mod:`json`, and so TinyDB's JSONStorage, would give.

orjson writes and reads several times faster, but not the same: NaN and infinities become null, an integer beyond 64
bits becomes a float, a lone surrogate is refused, and so are keys that are no text, tuples' subclasses and deep
nesting; UUIDs and members of enumerations, which JSON does not know, are taken. It does all documents without such
values; the others go through the json module, and a blank, which means nothing in JSON, marks their texts.
"""

import json
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import orjson

Fields = dict[str, Any]
"""A document's fields; TinyDB leaves their types open."""

MARK = " "
"""Begins the text that only the json module reads right."""

_STRICT = orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_SAME = frozenset({str, int, bool, type(None)})
"""Types that orjson either writes as the json module does or refuses."""


def encoded(document: Mapping[Any, Any]) -> str:
    """The document as JSON; TypeError, ValueError or RecursionError, those of ``json.dumps``, if JSON can't hold it."""
    fields = document if type(document) is dict else dict(document)
    try:
        text = orjson.dumps(fields, option=_STRICT)
    except TypeError:
        return MARK + json.dumps(fields)
    return text.decode() if _plain(fields.values()) else MARK + json.dumps(fields)


def decoded(text: str) -> Fields:
    """The document of a text of :func:`encoded`; ValueError if it is no JSON."""
    document: Fields = json.loads(text) if text[:1] == MARK else orjson.loads(text)
    return document


def _plain(values: Iterable[Any]) -> bool:
    """Whether what orjson has written of these values is what the json module writes; 1 µs for a response."""
    for value in values:
        kind = type(value)
        if kind in _SAME:
            continue
        if kind is dict:
            if not _plain(value.values()):
                return False
        elif kind is list:
            if not _plain(value):
                return False
        elif kind is not float or not isfinite(value):
            return False
    return True
