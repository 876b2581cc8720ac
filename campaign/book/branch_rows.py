"""The rows that belong to branches: put into the tables of their branches."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from campaign.book.cells import Wrong
from campaign.book.layout import Sheet
from campaign.book.nesting import nested, register
from campaign.book.tables import At, Noticed, TableRow
from campaign.i18n import I18n
from campaign.language import N_, HasText, Listed
from campaign.places import Keys
from campaign.settings import Words
from campaign.texts import tr

_MOST_NAMES = 20


class BranchRows:
    """Finds the branch, and the phase, that a row names."""

    def __init__(self, document: dict[str, Any], where: dict[Keys, At], noticed: Noticed) -> None:
        self._where, self._noticed = where, noticed
        self._branches: list[dict[str, Any]] = document["branches"]
        self._index: dict[str, int] = {}
        for place, branch in enumerate(self._branches):
            if isinstance(code := branch.get("code"), str):
                self._index.setdefault(code, place)
        self._phases = [str(phase.get("id", "")) for phase in document["phases"]]
        self._word = _word(document)

    def once_each(self, sheet: Sheet, rows: Sequence[TableRow]) -> None:
        """A sheet with one row for each branch."""
        seen: set[int] = set()
        for row in rows:
            place = self._branch(row)
            if place is None:
                continue
            if place in seen:
                at = row.cells["/code"]
                self._noticed.wrong(at, "M60", kind=self._word, x=row.values["/code"])
                continue
            seen.add(place)
            name = sheet.id.partition(".")[2]
            own = nested({field: value for field, value in row.values.items() if not field.startswith("/")})
            self._branches[place] |= own
            self._where["branches", place, name] = row.cells["/code"]
            register(self._where, row, ("branches", place))

    def lists(self, sheet: Sheet, rows: Sequence[TableRow]) -> None:
        """A sheet with the items of a list of each branch."""
        name = sheet.id.partition(".")[2]
        for row in rows:
            place = self._branch(row)
            if place is not None:
                self._append(row, self._branches[place], name, ("branches", place))

    def of_phases(self, sheet: Sheet, rows: Sequence[TableRow]) -> None:
        """A sheet with the items of a list of each phase of each branch."""
        name = sheet.id.partition(".")[2]
        for row in rows:
            place, phase = self._branch(row), self._phase(row)
            if place is not None and phase is not None:
                schedule = self._branches[place].setdefault("schedule", {})
                self._append(row, schedule.setdefault(phase, {}), name, ("branches", place, "schedule", phase))

    def _append(self, row: TableRow, table: dict[str, Any], name: str, path: Keys) -> None:
        items: list[dict[str, Any]] = table.setdefault(name, [])
        items.append(nested({field: value for field, value in row.values.items() if field[0] not in "/@"}))
        self._where.setdefault((*path, name), row.at)
        register(self._where, row, (*path, name, len(items) - 1))

    def _branch(self, row: TableRow) -> int | None:
        return self._index.get(self._named(row, "/code", self._word, self._index))

    def _phase(self, row: TableRow) -> str | None:
        return self._named(row, "@phase", tr.phrase(N_("phase")), self._phases) or None

    def _named(self, row: TableRow, field: str, kind: HasText, known: Collection[str]) -> str:
        """What the row names, if it is known; a problem if not."""
        at, value = row.cells[field], row.values.get(field)
        if isinstance(value, str) and value in known:
            return value
        if value is None:
            self._noticed.wrong(at, "M06", field=at.heading)
        elif not isinstance(value, Wrong):
            names = Listed((*islice(known, _MOST_NAMES), *(["…"] if len(known) > _MOST_NAMES else [])))
            self._noticed.wrong(at, "M08", kind=kind, x=value, known=names)
        return ""


def _word(document: dict[str, Any]) -> I18n:
    """What the campaign calls a branch."""
    word = document.get("campaign", {}).get("words", {}).get("branch")
    return I18n(**word) if isinstance(word, dict) else Words().branch
