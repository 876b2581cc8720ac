"""Searching everything that staff keep, by any words. Widths and case are folded; pinyin is not known.

What people say (responses, opinions, what somebody wants an answer to) is never looked through.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaign.folding import folded
from campaign.i18n import I18n
from campaign.language import N_, Lang

MOST = 5
"""Hits of a group that are shown at first."""
ALL = 200
"""Hits that are shown of a group of which more was asked for."""
_DAY = re.compile(r"\d{4}-\d", re.ASCII)
"""How a day begins: whoever types one looks for what happened then."""
_STRETCH = 4096
"""After so many things it is asked whether anybody still waits."""


class Group(StrEnum):
    """What sort of thing was found, in the order in which they are shown."""

    BRANCH = "branch"
    WORK = "work"
    CASE = "case"
    ENTRY = "entry"
    SESSION = "session"
    OFFICIAL = "official"
    CALENDAR = "calendar"


GROUP_NAMES: Mapping[Group, str] = {
    Group.BRANCH: N_("branches"),
    Group.WORK: N_("phases and steps"),
    Group.CASE: N_("cases"),
    Group.ENTRY: N_("log"),
    Group.SESSION: N_("survey sessions"),
    Group.OFFICIAL: N_("contact officials"),
    Group.CALENDAR: N_("calendar and settings"),
}
"""Marked for translation; branches are called by the campaign's own word."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is said of a thing, by which it can be found."""

    name: str
    """Marked for translation: ``note``."""
    text: I18n


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found."""

    group: Group
    key: str
    """Code or number; tells it from everything else in its group."""
    title: I18n
    parts: tuple[Part, ...]
    branch: str = ""
    """Whose it is; empty if it belongs to the whole campaign."""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All things of one group, so kept that half a million can be looked through at every key."""

    group: Group
    own: Sequence[str]
    """What is looked through of each thing, folded, its parts on lines of their own."""
    thing: Callable[[int], Thing]
    """The thing in a place of ``own``."""
    context: Callable[[int], str] = lambda _: ""
    """What may be typed beside a word of its own to narrow further, folded: branch, day."""
    ranked: bool = True
    """Whether whole codes and beginnings come first; otherwise the order stays, and is that of ``own``."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and the part of it in which."""

    thing: Thing
    part: Part


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one group."""

    group: Group
    hits: tuple[Hit, ...]
    more: int
    """How many others there are."""


def haystack(thing: Thing) -> str:
    """What is looked through of a thing: its parts in both languages."""
    texts = dict.fromkeys(text for part in thing.parts for text in (part.text.zh, part.text.en) if text)
    return folded("\n".join(texts))


def shelf_of(group: Group, things: Sequence[Thing]) -> Shelf:
    """A shelf of things that are all at hand."""
    return Shelf(group, [haystack(thing) for thing in things], things.__getitem__)


def look_for(
    shelves: Sequence[Shelf],
    typed: str,
    *,
    all_of: Group | None = None,
    most: int = MOST,
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[Found, ...]:
    """What holds every word of ``typed``, by groups, the first ``most`` hits of each, two hundred of ``all_of``.

    A word may also be that of the thing's branch or day, as long as one word is its own or a day. Nothing for an empty
    text; nothing either once ``is_over``, because something else has been typed meanwhile.
    """
    words = folded(typed).split()
    found: list[Found] = []
    order = list(Group)
    for shelf in sorted(shelves, key=lambda each: order.index(each.group)) if words else ():
        places: list[int] = []
        for some in _places(shelf, words):
            if is_over():
                return ()
            places.extend(some)
        if shelf.ranked:
            places.sort(key=lambda place: _rank(shelf.own[place], " ".join(words)))
        shown = places[: most if shelf.group is not all_of else max(most, ALL)]
        if places:
            hits = tuple(_hit(shelf.thing(place), words) for place in shown)
            found.append(Found(shelf.group, hits, len(places) - len(shown)))
    return tuple(found)


def _places(shelf: Shelf, words: Sequence[str]) -> Iterator[Sequence[int]]:
    """Where on the shelf all words are found, a stretch of it at a time."""
    first, *others = words
    for start in range(0, len(shelf.own), _STRETCH):
        stretch = list(enumerate(shelf.own[start : start + _STRETCH], start))
        if others:
            yield [place for place, own in stretch if _has_all(shelf, place, own, words)]
        elif _DAY.match(first):
            yield [place for place, own in stretch if first in own or first in shelf.context(place)]
        else:
            yield [place for place, own in stretch if first in own]


def _has_all(shelf: Shelf, place: int, own: str, words: Sequence[str]) -> bool:
    missing = [word for word in words if word not in own]
    if not missing or (len(missing) == len(words) and not any(_DAY.match(word) for word in words)):
        return not missing
    context = shelf.context(place)
    return all(word in context for word in missing)


def _rank(own: str, typed: str) -> int:
    """0 for something that is just what was typed, 1 for something that begins so, 2 for all others."""
    lines = f"\n{own}\n"
    return 0 if f"\n{typed}\n" in lines else 1 if f"\n{typed}" in lines else 2


def _hit(thing: Thing, words: Sequence[str]) -> Hit:
    """The part that holds most of the words, the first of several."""
    return Hit(thing, max(thing.parts, key=lambda part: sum(_holds(part, word) for word in words)))


def _holds(part: Part, word: str) -> bool:
    return word in folded(f"{part.text.zh}\n{part.text.en}")


def excerpt(hit: Hit, typed: str, lang: Lang, before: int = 8) -> str:
    """The text in which it was found, from shortly before the first word of ``typed`` that stands there."""
    text = hit.part.text.text(lang)
    flat, words = folded(text), folded(typed).split()
    if len(flat) != len(text) or not any(word in flat for word in words):
        return text
    start = min(flat.index(word) for word in words if word in flat)
    return text if start <= 2 * before else f"…{text[start - before :]}"
