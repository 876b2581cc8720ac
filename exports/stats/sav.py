"""The published tallies as an SPSS file: a number for every word, and a label for every number.

pyreadstat (ReadStat, so also for PSPP, R and Stata) takes data frames; it and pandas come with the extra ``stats``.
"""

import math
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.errors import Problem, UsageError
from campaign.i18n import I18n
from campaign.language import N_, Lang
from exports.cells import Hidden, both, said
from exports.clean import clean
from exports.file_names import file_name
from exports.origin import facts
from exports.pace import Told, unheard
from exports.report import Metadata, Report
from exports.stats.tallies import Tally, tallies
from exports.tables.common import ALL
from exports.texts import tr

TALLIES = N_("tallies")
_NO_FIGURE = 9
_TEXTS = ("unit_code", "question_code", "answer_code")
_MOST_LABEL, _MOST_VALUE_LABEL, _MOST_TITLE, _MOST_LINE = 255, 120, 64, 80
"""Bytes (IBM SPSS Statistics, limits of variable and value labels, of the label of a file, and a line of documents)."""
_BY = {"": N_("all together"), "group": N_("by group"), "channel": N_("by kiosk and paper")}
_COUNTS_AS = {
    "": N_("not on a scale"),
    "positive": N_("positive"),
    "negative": N_("negative"),
    "no_opinion": N_("no opinion"),
}
_PLACE = 92
"""Where an SPSS file has the day and the time of its making, 9 and 8 bytes (PSPP, "System File Format")."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the file: numbers, or codes as text."""

    name: str
    label: I18n
    values: Sequence[float] | Sequence[str]
    """Numbers packed, no number where there is none: a large campaign has a million."""
    labels: dict[int, I18n] | None = None
    """Of the numbers, if they stand for words."""
    format: str = ""
    measure: str = "nominal"


def sav_files(
    report: Report,
    lang: Lang,
    told: Told = unheard,  # noqa: ARG001  # the library tells nothing
) -> Iterator[tuple[str, bytes]]:
    """The file by its name. UsageError M161 where the extra ``stats`` is not installed."""
    about = report.metadata
    name = file_name(about.title.text(lang), tr(lang, TALLIES), about.exported_on, "sav")
    yield name, sav(list(tallies(report)), about.title, about.exported_on, lang, list(_told(about, lang)))


def sav(rows: Sequence[Tally], title: I18n, day: date, lang: Lang, told: Sequence[str] = ()) -> bytes:
    """The same tallies give the same bytes, with the day of export and no time; ``told`` are its documents."""
    try:
        import pandas as pd  # noqa: PLC0415  # comes with the extra
        import pyreadstat  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(Problem("M161", {"why": str(error)})) from error
    variables = _variables(rows)
    frame = pd.DataFrame({each.name: pd.Series(each.values, dtype=_kind(each)) for each in variables})
    with tempfile.TemporaryDirectory(prefix="manyi-") as folder:
        path = Path(folder) / "tallies.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=_cut(title.text(lang), _MOST_TITLE),
            column_labels={each.name: _cut(each.label.text(lang), _MOST_LABEL) for each in variables},
            variable_value_labels={
                each.name: {code: _cut(label.text(lang), _MOST_VALUE_LABEL) for code, label in each.labels.items()}
                for each in variables
                if each.labels
            },
            variable_measure={each.name: each.measure for each in variables},
            variable_format={each.name: each.format for each in variables if each.format},
            row_compress=True,
            note=[line for text in told for line in _lines(text)] or None,
        )
        return _dated(path.read_bytes(), day)


def _told(about: Metadata, lang: Lang) -> Iterator[str]:
    """Where the figures come from, as in the other formats."""
    for name, text in facts(about):
        yield tr(lang, "{name}: {text}", name=name, text=text)


def _lines(text: str) -> Iterator[str]:
    """The text in lines that a document of the file can hold, broken at blanks, or where there are none anywhere."""
    line = ""
    for char in clean(text):
        if len((line + char).encode(errors="replace")) > _MOST_LINE:
            head, blank, tail = line.rpartition(" ")
            yield head if blank else line
            line = tail if blank else ""
        line += char
    yield line


def _kind(variable: Variable) -> str:
    """Of the column: without rows it could not be told from its values."""
    return "object" if variable.name in _TEXTS else "float64"


def _variables(rows: Sequence[Tally]) -> list[Variable]:
    units = _words((f"{each.unit} ", each.unit_name) for each in rows)
    questions = _words((f"{each.question} ", each.question_text) for each in rows)
    return [
        _coded("survey", N_("Survey"), _words(("", each.survey) for each in rows)),
        _coded("unit", N_("Unit"), units),
        _texts("unit_code", N_("Unit (code)"), [each.unit for each in rows]),
        _named("by", N_("Divided by"), [each.by for each in rows], _BY),
        _coded("part", N_("Who"), _words(("", each.part if each.by else both(ALL)) for each in rows)),
        _coded("question", N_("What was asked"), questions),
        _texts("question_code", N_("Question"), [each.question for each in rows]),
        _coded("answer", N_("Answer"), _words(("", each.answer_text) for each in rows)),
        _texts("answer_code", N_("Answer (code)"), [each.answer for each in rows]),
        _named(
            "counts_as",
            N_("Counts as"),
            [each.counts_as for each in rows],
            _COUNTS_AS,
        ),
        _figures("forms", N_("Forms with this answer"), (each.forms for each in rows), "F8.0"),
        _figures("share", N_("Share of the valid forms, %"), (_percent(each) for each in rows), "F8.2"),
        _figures("valid", N_("Valid forms"), (each.valid for each in rows), "F8.0"),
        _reasons(rows),
    ]


_Words = Iterable[tuple[str, I18n]]
"""A code, which stands before the word in its label, and the word."""


def _words(pairs: Iterable[tuple[str, I18n]]) -> _Words:
    return ((code.lstrip(), word) for code, word in pairs)


def _coded(name: str, label: str, words: _Words) -> Variable:
    """A number for each word, from 1, in the order in which they come."""
    numbers: dict[tuple[str, I18n], int] = {}
    values = array("d", (numbers.setdefault(word, len(numbers) + 1) for word in words))
    labels = {
        number: I18n(zh=code + (word.zh or word.en), en=code + (word.en or word.zh))
        for (code, word), number in numbers.items()
    }
    return Variable(name, both(label), values, labels)


def _named(name: str, label: str, codes: Sequence[str], words: dict[str, str]) -> Variable:
    """A number for each of these words, from 0, whether it comes or not."""
    order = list(words)
    labels = {number: both(word) for number, word in enumerate(words.values())}
    return Variable(name, both(label), array("d", (order.index(code) for code in codes)), labels)


def _texts(name: str, label: str, values: Sequence[str]) -> Variable:
    cleaned = {value: clean(value) for value in set(values)}
    return Variable(name, both(label), [cleaned[value] for value in values])


def _figures(name: str, label: str, values: Iterable[float | None], shown: str) -> Variable:
    packed = array("d", (math.nan if value is None else value for value in values))
    return Variable(name, both(label), packed, None, shown, "scale")


def _percent(tally: Tally) -> float | None:
    return None if tally.share is None else float(100 * tally.share)


def _reasons(rows: Sequence[Tally]) -> Variable:
    """Why a figure is missing: 0 where it is not; the last number where there is none, for nobody was asked."""
    reasons = dict.fromkeys(each.reason for each in rows if each.reason)
    order = {reason: number for number, reason in enumerate(reasons, 1)}
    labels = {0: both(N_("shown"))}
    labels |= {number: said(Hidden(reason).text) for reason, number in order.items()}
    labels[_NO_FIGURE] = both(N_("no figure: nobody was asked"))
    values = array("d", (order.get(each.reason, 0 if each.forms is not None else _NO_FIGURE) for each in rows))
    return Variable("reason", both(N_("Why a figure is missing")), values, labels)


def _cut(text: str, most: int) -> str:
    """On one line, and no longer than the file can hold."""
    return clean(text).encode()[:most].decode(errors="ignore")


def _dated(content: bytes, day: date) -> bytes:
    """The file with the day of export as the day of its making, at midnight."""
    made = f"{day.day:02} {_MONTHS[day.month - 1]} {day.year % 100:02}00:00:00".encode()
    return content[:_PLACE] + made + content[_PLACE + len(made) :]
