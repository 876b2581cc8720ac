"""Languages of the interface and the message catalogues (gettext) of each package."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Self


class Lang(StrEnum):
    """A language of the interface. Every text exists in both."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> "Lang":
        """The language that the language key switches to."""
        return Lang.EN if self is Lang.ZH else Lang.ZH


def N_(message: str) -> str:
    """Mark a constant for extraction; it is translated where it is shown."""
    return message


class Counted(str):
    """A text that depends on its number ``{n}``: as a string the one of several things, with that of one beside it."""

    __slots__ = ("one",)
    one: str

    def __new__(cls, one: str, many: str) -> Self:
        """Both forms; a language without the difference has one text for them."""
        text = super().__new__(cls, many)
        text.one = one
        return text


def NP_(one: str, many: str) -> Counted:
    """Mark a constant that says how many ``{n}`` there are, as :func:`N_` does one that need not."""
    return Counted(one, many)


class Texts:
    """The interface texts of one package: English is the source, Chinese its catalogue.

    The catalogue is ``<folder>/zh/LC_MESSAGES/<domain>.mo``; a message without an entry stays English.
    Babel extracts the second argument of a call named ``tr``, and both forms of ``plural`` and :func:`NP_`.
    """

    def __init__(self, domain: str, folder: Path) -> None:
        self.domain = domain
        self.folder = folder

    def __call__(self, lang: Lang, message: str, /, **values: object) -> str:
        """``message`` in ``lang``, its ``{names}`` filled in from ``values``.

        Of a :func:`NP_` text the form for ``n``; an ``n`` that is no number, such as a hidden one, counts as several.
        """
        if isinstance(message, Counted):
            n = values.get("n")
            text = _catalogue(self.domain, self.folder, lang).ngettext(
                message.one, message, n if isinstance(n, int) else 2
            )
            return _filled(text, lang, values)
        return _filled(_catalogue(self.domain, self.folder, lang).gettext(message), lang, values)

    def phrase(self, message: str, /, **values: object) -> "Phrase":
        """A value for another message; ``message`` is marked with ``N_()``."""
        return Phrase(self, message, values)

    def plural(self, lang: Lang, one: str, many: str, n: int, /, **values: object) -> str:
        """The form for ``n`` things in ``lang``; ``{n}`` is filled in too."""
        text = _catalogue(self.domain, self.folder, lang).ngettext(one, many, n)
        return _filled(text, lang, {"n": n, **values})


@cache
def _catalogue(domain: str, folder: Path, lang: Lang) -> NullTranslations:
    if lang is Lang.EN:
        return NullTranslations()
    with (folder / lang / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        return GNUTranslations(file)


def _filled(template: str, lang: Lang, values: dict[str, object]) -> str:
    """Values that know both languages are shown in ``lang``; braces inside values stay as they are."""
    shown = {name: value.text(lang) if isinstance(value, HasText) else value for name, value in values.items()}
    return template.format(**shown) if shown else template


class HasText:
    """Base of values with a text in each language."""

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        raise TypeError(lang)


@dataclass(frozen=True, slots=True)
class Phrase(HasText):
    """A text inside another message: shown in the reader's language, like its values."""

    texts: Texts
    message: str
    values: dict[str, object]

    def text(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.texts(lang, self.message, **self.values)

    def __str__(self) -> str:
        """The English text."""
        return self.text(Lang.EN)


def listed(items: Iterable[str], lang: Lang) -> str:
    """The items in one line: ``a, b``, in Chinese ``a、b``; a dash if there are none."""
    return ("、" if lang is Lang.ZH else ", ").join(items) or "–"


@dataclass(frozen=True, slots=True)
class Listed(HasText):
    """Several names as one value of a message."""

    items: tuple[str | HasText, ...]

    def text(self, lang: Lang) -> str:
        """The items as ``lang`` lists them."""
        return listed((item.text(lang) if isinstance(item, HasText) else item for item in self.items), lang)

    def __str__(self) -> str:
        """The English text."""
        return self.text(Lang.EN)


class Place(str, HasText):
    """Where a problem is, as people look for it: ``line 12``, in Chinese 第12行. As a string it is the English one."""

    __slots__ = ("_zh",)
    _zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        """The place in both languages."""
        place = super().__new__(cls, en)
        place._zh = zh
        return place

    def text(self, lang: Lang) -> str:
        """The place in ``lang``."""
        return self._zh if lang is Lang.ZH else str(self)

    def within(self, whole: str) -> "Place":
        """The same place, with the name of the file or the number of the entry before it."""
        return Place(f"{whole} {self}", f"{whole} {self._zh}")
