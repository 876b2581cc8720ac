"""The counted surveys of the shipped samples: totals by question, and the single forms made from them.

Which answers come together on one form is invented, but the same every time; the ids of forms and responses are random
as in any other session, so nothing of a store tells in which order they were made.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from random import Random
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from campaign.language import Lang
from surveys.answers import checked_answers
from surveys.paper.forms import VoidReason
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Response

BLANK = "-"


def _totals(text: object) -> object:
    """``A:30 B:14 -:1`` as a mapping."""
    return dict(part.split(":") for part in text.split()) if isinstance(text, str) else text


Totals = Annotated[dict[str, int], BeforeValidator(_totals)]
"""Forms by answer; ``-`` for no answer."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SamplePaper(_Part):
    """The forms of a session."""

    printed: int
    spoiled: int = 0
    issued: int
    returned: int
    void: tuple[VoidReason, ...] = ()
    """Why forms that came back do not count."""

    @property
    def valid(self) -> int:
        """Forms that count."""
        return self.returned - len(self.void)


class SampleKiosk(_Part):
    """Who answered at kiosks."""

    started: int = 0
    submitted: int = 0


class SampleSession(_Part):
    """A counted session as totals."""

    branch: str
    kind: Literal["final", "pulse", "recheck"]
    on: date
    posted_on: date | None = None
    paper: SamplePaper
    kiosk: SampleKiosk = SampleKiosk()
    comments: tuple[str, ...] = ()
    scales: dict[str, Totals]
    choices: dict[str, Totals] = {}

    @property
    def id(self) -> str:
        """The session's id."""
        return f"{self.branch}-{self.on:%y%m%d}-1"

    @property
    def valid(self) -> int:
        """Forms that count."""
        return self.paper.valid + self.kiosk.submitted


_SESSIONS = TypeAdapter(list[SampleSession])


def sample_sessions(name: str) -> Sequence[SampleSession]:
    """The counted sessions of a sample, by day; none if it has none."""
    source = files(__name__).joinpath(f"{name}.toml")
    if not source.is_file():
        return []
    return sorted(
        _SESSIONS.validate_python(tomllib.loads(source.read_text(encoding="utf-8"))["sessions"]),
        key=lambda each: (each.on, each.branch),
    )


def responses_of(sample: SampleSession, questionnaire: Questionnaire) -> list[Response]:
    """The valid forms: those of kiosks first. BadInput if the totals can't be those of any forms."""
    mixed = Random(sample.id)  # noqa: S311  # the same forms every time, and nothing secret
    mood = [mixed.random() for _ in range(sample.valid)]
    answers: list[dict[str, object]] = [{} for _ in range(sample.valid)]
    for question in questionnaire.asked:
        totals = sample.scales.get(question.name) or sample.choices.get(question.name)
        if totals is None:
            continue
        if question.type is QuestionType.SELECT_MULTIPLE:
            _choose_several(question, totals, answers, mixed)
        else:
            _choose_one(question, totals, answers, mood if question.is_scale else [], mixed)
    return [
        Response(
            channel="kiosk" if number < sample.kiosk.submitted else "paper",
            lang=Lang.EN if mixed.random() < 1 / 20 else Lang.ZH,
            answers=(checked := checked_answers(questionnaire, given)).answers,
            validity=checked.validity,
        )
        for number, given in enumerate(answers)
    ]


def _choose_one(
    question: Question,
    totals: Mapping[str, int],
    answers: list[dict[str, object]],
    mood: Sequence[float],
    mixed: Random,
) -> None:
    """Whoever is content with one thing is rather content with others; what says nothing goes to anybody."""
    codes = [code for code, count in totals.items() for _ in range(count)]
    if len(codes) != len(answers):
        raise ValueError(f"{question.name}: {len(codes)} answers on {len(answers)} forms")
    silent = {choice.code for choice in question.choices if choice.counts_as in (None, "no_opinion")} | {BLANK}
    forms = [*range(len(answers))]
    mixed.shuffle(forms)
    if mood:
        quiet = sum(code in silent for code in codes)
        spoken = sorted(forms[quiet:], key=lambda form: mood[form] + mixed.random() / 2)
        forms = [*spoken, *forms[:quiet]]
        codes = [*(code for code in codes if code not in silent), *(code for code in codes if code in silent)]
    for form, code in zip(forms, codes, strict=True):
        if code != BLANK:
            answers[form][question.name] = code


def _choose_several(
    question: Question, totals: Mapping[str, int], answers: list[dict[str, object]], mixed: Random
) -> None:
    """The last choice stands alone; the others are dealt out so that nobody has many more than another."""
    forms = [*range(len(answers))]
    mixed.shuffle(forms)
    chosen: dict[int, list[str]] = {form: [] for form in forms}
    last = question.choices[-1].code
    alone, others = forms[: totals.get(last, 0)], forms[totals.get(last, 0) :]
    for form in alone:
        chosen[form].append(last)
    for code, count in totals.items():
        if code != last:
            for form in sorted(others, key=lambda each: len(chosen[each]))[:count]:
                chosen[form].append(code)
    for form, codes in chosen.items():
        if codes:
            answers[form][question.name] = codes
