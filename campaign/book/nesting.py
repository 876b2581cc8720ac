"""From fields by their dotted names to tables inside each other, and where each stands."""

from collections.abc import Mapping
from typing import Any

from campaign.book.tables import At, TableRow
from campaign.places import Keys


def nested(values: Mapping[str, object]) -> dict[str, Any]:
    """``{"name.zh": x}`` as ``{"name": {"zh": x}}``."""
    table: dict[str, Any] = {}
    for name, value in values.items():
        *outer, last = name.split(".")
        node = table
        for key in outer:
            node = node.setdefault(key, {})
        node[last] = value
    return table


def register(where: dict[Keys, At], row: TableRow, path: Keys, *, owner: bool = False) -> None:
    """Note the cells of a row's fields below ``path``: its own, or those of the item that it belongs to."""
    where.setdefault(path, row.at)
    for name, at in row.cells.items():
        if name.startswith("@") or name.startswith("/") != owner:
            continue
        parts = tuple(name.lstrip("/").split("."))
        where[*path, *parts] = at
        for length in range(1, len(parts)):
            where.setdefault((*path, *parts[:length]), at)
