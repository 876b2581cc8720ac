"""A list that can be narrowed by typing and by keys, and sorted. No Textual here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from campaign.folding import folded
from campaign.language import Lang
from tui.staff.texts import tr
from tui.widgets.spans import Line, Span, spread

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Sieve(Generic[RowT]):
    """What a key lets through."""

    name: str
    """Marked for translation."""
    holds: Callable[[RowT], bool]


def every(_row: object) -> bool:
    """Lets all rows through; ten thousand need not be asked."""
    return True


@dataclass(frozen=True, slots=True)
class Order(Generic[RowT]):
    """How rows are sorted."""

    name: str
    """Marked for translation."""
    key: Callable[[RowT], tuple[object, ...]] | None
    """None: the order in which the rows are given."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[RowT]):
    """What is shown of a list, and how it is sorted."""

    parts: Sequence[Sieve[RowT]]
    kinds: Sequence[Sieve[RowT]]
    orders: Sequence[Order[RowT]]
    words: Callable[[RowT], str]
    """What is looked through when something is typed."""
    part: int = 0
    kind: int = 0
    order: int = 0
    text: str = ""

    def next_part(self) -> "Listing[RowT]":
        """The same with the next part."""
        return replace(self, part=(self.part + 1) % len(self.parts))

    def next_kind(self) -> "Listing[RowT]":
        """The same with the next kind."""
        return replace(self, kind=(self.kind + 1) % len(self.kinds))

    def next_order(self) -> "Listing[RowT]":
        """The same in the next order."""
        return replace(self, order=(self.order + 1) % len(self.orders))

    def of(self, rows: Sequence[RowT]) -> list[RowT]:
        """The rows that are shown, in their order. Every word that was typed must be found."""
        wanted = folded(self.text).split()
        part, kind, order = self.parts[self.part], self.kinds[self.kind], self.orders[self.order]
        found = list(rows)
        for sieve in (part, kind):
            if sieve.holds is not every:
                found = [row for row in found if sieve.holds(row)]
        if wanted:
            found = [row for row in found if all(word in folded(self.words(row)) for word in wanted)]
        return sorted(found, key=order.key) if order.key is not None else found


def listing_line(
    listing: Listing[RowT], shown: int, of: int, lang: Lang, width: int, *, typing: bool, said: str = ""
) -> Line:
    """What the keys have chosen, what was typed, and how many rows are left of how many, or ``said`` instead."""
    names = (
        listing.parts[listing.part].name,
        listing.kinds[listing.kind].name,
        listing.orders[listing.order].name,
    )
    chosen = " · ".join(tr(lang, name) for name in names)
    left: Line = (Span("  "), Span(chosen, "muted"))
    if typing or listing.text:
        left = (*left, Span("   "), Span(f" / {listing.text}{'▏' if typing else ''} ", "on-key", "key", bold=True))
    count = tr(lang, "{n} of {m}", n=shown, m=of) if shown or not of else tr(lang, "none of {m}", m=of)
    return spread(left, (Span(said or count, "muted"),), width)
