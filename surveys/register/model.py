"""Opinions and the items that they are merged into. The two are counted apart, always.

Nothing here tells who said something, when on its day, or which answers came with it: an opinion's number is random.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from campaign.language import N_
from campaign.record import Code, Count, Slug

SURVEY = "survey"
"""The channel of what was written at a survey session."""
FIRST_NUMBER, LAST_NUMBER = 100_000, 999_999
"""Numbers of opinions; those of items are smaller, so that a number alone says which of the two is meant."""
MOST_ITEM_TEXT = 500
"""Characters."""
Source = Literal["public", "member"]
SOURCES: tuple[Source, ...] = ("public", "member")


class OpinionState(StrEnum):
    """How far an opinion has come."""

    NEW = "new"
    SORTED = "sorted"
    MERGED = "merged"
    TURNED = "turned"
    """Its item has a case."""
    DISCARDED = "discarded"


STATE_NAMES: Mapping[OpinionState, str] = MappingProxyType(
    {
        OpinionState.NEW: N_("new"),
        OpinionState.SORTED: N_("sorted"),
        OpinionState.MERGED: N_("merged"),
        OpinionState.TURNED: N_("turned into a case"),
        OpinionState.DISCARDED: N_("discarded"),
    }
)
"""Marked for translation."""
DISCARD_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "spam": N_("advertising or nonsense"),
        "insult": N_("insult, without a matter"),
        "off_topic": N_("not a matter of this campaign"),
        "twice": N_("written down twice"),
        "empty": N_("says nothing"),
    }
)
"""Marked for translation. Why an opinion is put aside."""


class Heard(BaseModel):
    """One opinion: a text that somebody wrote or said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[int, Field(ge=FIRST_NUMBER, le=LAST_NUMBER)]
    """Random."""
    branch: Code
    source: Source = "public"
    channel: Slug
    """``survey``, or one of the campaign's channels."""
    question: str = ""
    """The question of the survey to which it was written."""
    received_on: date
    """The day of the session, or of the round at which it was asked for."""
    forms: Count | None = None
    """Valid forms of the session; None for an opinion that came in another way."""
    text: str
    """Empty once it has been erased."""
    wants_answer: bool = False
    """Whether it was handed in with a slip, and so has a case of its own under the number of that."""
    category: str = ""
    item: Annotated[int, Field(ge=1, lt=FIRST_NUMBER)] | None = None
    """The item that it was merged into."""
    discarded: str = ""
    """Why it was put aside."""
    erased: bool = False


class Item(BaseModel):
    """One matter, made of one opinion or of several of the same branch."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[int, Field(ge=1, lt=FIRST_NUMBER)]
    branch: Code
    category: str
    text: Annotated[str, Field(min_length=1, max_length=MOST_ITEM_TEXT)]
    """What the public reads, in the organiser's words."""
    case: str = ""
    """Number of the case that it was turned into."""


@dataclass(frozen=True, slots=True)
class Register:
    """All opinions and items. No item is without opinions."""

    heard: Mapping[int, Heard] = field(default_factory=dict)
    items: Mapping[int, Item] = field(default_factory=dict)

    def members(self, item: int) -> tuple[Heard, ...]:
        """The opinions of an item, by number."""
        found = (each for each in self.heard.values() if each.item == item)
        return tuple(sorted(found, key=lambda each: each.number))

    def sizes(self) -> Mapping[int, int]:
        """How many opinions each item has."""
        return Counter(each.item for each in self.heard.values() if each.item is not None)

    def state(self, opinion: Heard) -> OpinionState:
        """How far an opinion has come."""
        if opinion.discarded:
            return OpinionState.DISCARDED
        if opinion.item is not None:
            return OpinionState.TURNED if self.items[opinion.item].case else OpinionState.MERGED
        return OpinionState.SORTED if opinion.category else OpinionState.NEW

    def category(self, opinion: Heard) -> str:
        """An opinion's category: that of its item, if it has one."""
        return self.items[opinion.item].category if opinion.item is not None else opinion.category


def register_of(heard: Iterable[Heard], items: Iterable[Item]) -> Register:
    """The register of what a store holds. After damage an opinion may name an item that is lost: it is in none."""
    known = {each.number: each for each in items}
    opinions = [
        each if each.item is None or each.item in known else each.model_copy(update={"item": None}) for each in heard
    ]
    used = {each.item for each in opinions}
    kept = {number: each for number, each in known.items() if number in used}
    return Register({each.number: each for each in opinions}, kept)


def shown(opinion: Heard, least: int) -> bool:
    """Whether anybody may read it: so few people were at its session otherwise that they could guess who wrote it."""
    return opinion.forms is None or opinion.forms >= least
