"""Languages of the interface and the message catalogues (gettext) of each package."""

from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path


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


class Texts:
    """The interface texts of one package: English is the source, Chinese its catalogue.

    The catalogue is ``<folder>/zh/LC_MESSAGES/<domain>.mo``; a message without an entry stays English.
    Babel extracts the second argument of a call named ``tr`` and both forms of ``plural``.
    """

    def __init__(self, domain: str, folder: Path) -> None:
        self.domain = domain
        self.folder = folder

    def __call__(self, lang: Lang, message: str, /, **values: object) -> str:
        """``message`` in ``lang``, its ``{names}`` filled in from ``values``."""
        return _filled(_catalogue(self.domain, self.folder, lang).gettext(message), lang, values)

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
