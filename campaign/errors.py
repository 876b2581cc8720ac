"""Problems with a code, and the exceptions that carry them to the user.

The messages stand in :mod:`campaign.rules`. A problem is a value: tests compare codes, screens and the
command line show :meth:`Problem.text`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from campaign.language import Lang, Phrase, Place, Texts
from campaign.rules import RULES, Rule, Severity
from campaign.texts import tr


class Exit(StrEnum):
    """How a command ended; the number is the process's exit code."""

    DONE = "0"
    USAGE = "2"
    BAD_INPUT = "3"
    STORE = "4"
    REFUSED = "5"

    @property
    def number(self) -> int:
        """The process exit code."""
        return int(self.value)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which rule, with which values, and where."""

    code: str
    """Key of :data:`campaign.rules.RULES`, for example ``V04``."""
    values: dict[str, object] = field(default_factory=dict)
    """What the message's ``{names}`` stand for; I18n values are shown in the reader's language."""
    place: str = ""
    """Where it is: ``line 12, branches[3].total``, a sheet row, a question's name; empty if it is obvious.

    A :class:`campaign.language.Place` where it is worded differently in Chinese.
    """

    @property
    def rule(self) -> Rule:
        """The rule that is broken."""
        return RULES[self.code]

    @property
    def refuses(self) -> bool:
        """Whether this stops the action; a warning does not."""
        return self.rule.severity is not Severity.WARNING

    def text(self, lang: Lang) -> str:
        """Code, place and message in ``lang``, on one line."""
        place = self.place.text(lang) if isinstance(self.place, Place) else self.place
        where = f" [{place}]" if place else ""
        return f"{self.code}{where} {self.message(lang)}"

    @property
    def phrase(self) -> Phrase:
        """The message as a value for another message."""
        return tr.phrase(self.rule.message, **self.values)

    def message(self, lang: Lang) -> str:
        """The message alone: what is wrong, the value seen, what to do."""
        return tr(lang, self.rule.message, **self.values)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about problems, for people who look at a screen or for those who type commands.

    A message tells what is wrong, and what to do where that is the same for both.
    """

    texts: Texts
    """The catalogue that the advice stands in."""
    by_code: Mapping[str, str]
    """Marked for translation; its ``{names}`` are values of the problem."""

    def message(self, problem: Problem, lang: Lang) -> str:
        """The problem's message, and what to do."""
        return self._with_advice(problem.message(lang), problem, lang)

    def text(self, problem: Problem, lang: Lang) -> str:
        """The same with code and place before it."""
        return self._with_advice(problem.text(lang), problem, lang)

    def _with_advice(self, said: str, problem: Problem, lang: Lang) -> str:
        advice = self.by_code.get(problem.code)
        if advice is None:
            return said
        return said + ("" if lang is Lang.ZH else " ") + self.texts(lang, advice, **problem.values)


def asks_only(problems: Sequence[Problem]) -> bool:
    """Whether nothing is wrong, but something is to be confirmed."""
    return bool(problems) and all(each.rule.severity is not Severity.ERROR for each in problems)


class ManyiError(Exception):
    """An expected failure: one or more problems and the exit code they lead to."""

    exit = Exit.REFUSED

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.text(Lang.EN) for problem in problems))
        self.problems: Sequence[Problem] = problems

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code


class UsageError(ManyiError):
    """The command line is wrong."""

    exit = Exit.USAGE


class BadInput(ManyiError):
    """A file or an entry is wrong; nothing was changed."""

    exit = Exit.BAD_INPUT


class StoreError(ManyiError):
    """The data folder is damaged, foreign, full or out of reach; what was there stays untouched."""

    exit = Exit.STORE


class Refused(ManyiError):
    """A rule forbids this now."""

    exit = Exit.REFUSED
