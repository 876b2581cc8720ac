"""The survey sheet of a form: questions and notes in order, groups flattened into the relevance of what they hold."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pyxform import aliases
from pyxform.constants import SELECT_ALL_THAT_APPLY, SELECT_ONE
from pyxform.parsing.expression import is_xml_tag
from pyxform.utils import default_is_dynamic
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import N_, Lang
from surveys.choice_rows import missing_texts
from surveys.entry import coerced, shown
from surveys.expressions import fault
from surveys.questionnaire import Choice, Question, QuestionType
from surveys.sheets import Column, Row, Sheets, row_place
from surveys.texts import tr

SELECTS = {SELECT_ONE: QuestionType.SELECT_ONE, SELECT_ALL_THAT_APPLY: QuestionType.SELECT_MULTIPLE}
PLAIN_TYPES = {
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "note": QuestionType.NOTE,
}
KNOWN = {
    ("type",), ("name",), ("label",), ("hint",), ("default",), ("disabled",), ("dimension",), ("guidance_hint",),
    ("bind", "dimension"), ("bind", "relevant"), ("bind", "required"), ("bind", "constraint"),
    ("bind", "jr:constraintMsg"), ("bind", "jr:requiredMsg"), ("control", "appearance"),
}  # fmt: skip
"""Columns that are read, or that only help who fills the form in."""
UNASKABLE = {
    ("choice_filter",), ("trigger",), ("parameters",), ("query",), ("intent",), ("bind", "calculate"),
    ("bind", "readonly"), ("bind", "entities:saveto"), ("control", "jr:count"),
}  # fmt: skip
"""Columns that change what is asked, in a way that a kiosk can't."""
LAYOUT = re.compile(
    r"minimal|quick|quickcompact|compact(-\d+)?|horizontal(-compact)?|columns(-\d+|-pack)?|no-buttons|likert|field-list"
    r"|multiline|autocomplete|thousands-sep|w\d+"
)
"""Appearances that only arrange the screen; a kiosk shows one question at a time anyway."""


class QuestionRows:
    """The questions of the survey sheet, and what is wrong with the rows."""

    def __init__(self, sheets: Sheets, languages: Sequence[Lang], lists: Mapping[str, tuple[Choice, ...]]) -> None:
        self.questions: list[Question] = []
        self.problems = [
            Problem("M25", {"column": header}, row_place("survey", 1))
            for column, header in sheets.headers["survey"].items()
            if not _is_known(column)
        ]
        self._languages = languages
        self._lists = lists
        self._rows: dict[str, int] = {}  # row of each name
        self._groups: list[tuple[Row, tuple[str, ...]]] = []  # the groups that are open, and their relevance
        self._names = {row.plain("name") for row in sheets.survey} - {""}
        for row in sheets.survey:
            if row.cells and not aliases.yes_no.get(row.plain("disabled")):
                self._read(row)
        for row, _ in self._groups:
            self.problems.append(Problem("M22", {"why": tr.phrase(N_("this group has no end"))}, row.place))

    def _read(self, row: Row) -> None:
        written = " ".join(row.plain("type").split())
        if not written:
            if ("name",) in row.cells or row.texts("label") != I18n():
                self.problems.append(Problem("M06", {"field": "type"}, row.place))
        elif begin := RE_BEGIN_CONTROL.fullmatch(written):
            if aliases.control[begin["type"]] != "group":
                self.problems.append(Problem("M20", {"type": written}, row.place))
            self.problems += self._unaskable(row)
            self._groups.append((row, self._relevance(row)))
        elif RE_END_CONTROL.fullmatch(written):
            if not self._groups:
                self.problems.append(Problem("M22", {"why": tr.phrase(N_("this end has no beginning"))}, row.place))
            del self._groups[-1:]
        elif (kind := _question_type(written)) is None:
            self.problems.append(Problem("M20", {"type": written}, row.place))
        else:
            self._ask(row, kind, written)

    def _ask(self, row: Row, kind: QuestionType, written: str) -> None:
        list_name = written.rsplit(maxsplit=1)[-1] if kind in SELECTS.values() else ""
        question = Question(
            name=row.plain("name") or (f"note_{row.number}" if kind is QuestionType.NOTE else ""),
            type=kind,
            label=row.texts("label"),
            hint=row.texts("hint"),
            choices=self._lists.get(list_name, ()),
            required=aliases.yes_no.get(row.plain("bind", "required"), False),
            required_message=row.texts("bind", "jr:requiredMsg"),
            relevant=tuple(each for _, group in self._groups for each in group) + self._relevance(row),
            constraint=row.expression("bind", "constraint"),
            constraint_message=row.texts("bind", "jr:constraintMsg"),
            default=row.plain("default"),
            dimension=row.plain("bind", "dimension") or row.plain("dimension"),
            row=row.number,
        )
        if list_name and not question.choices:
            self.problems.append(Problem("M27", {"list": list_name}, row.place))
        self.problems += self._name_problems(row, question)
        self.problems += self._text_problems(row, question)
        self.problems += self._unaskable(row)
        self.problems += self._constraint_problems(row, question)
        self.problems += _default_problems(row, question)
        self._rows.setdefault(question.name, row.number)
        self.questions.append(question)

    def _relevance(self, row: Row) -> tuple[str, ...]:
        expression = row.expression("bind", "relevant")
        if expression and (why := fault(expression, self._earlier(), self._names, dot=False)):
            self.problems.append(Problem("M21", {"expression": shown(expression), "why": why}, row.place))
        return (expression,) if expression else ()

    def _earlier(self) -> Collection[str]:
        return {question.name for question in self.questions if question.asks}

    def _name_problems(self, row: Row, question: Question) -> Iterator[Problem]:
        if not question.name:
            yield Problem("M06", {"field": "name"}, row.place)
        elif not is_xml_tag(question.name) or ":" in question.name:
            why = tr.phrase(N_("a name is a letter, then letters, digits and _"))
            yield Problem("M07", {"value": shown(question.name), "why": why}, row.place)
        elif question.name in self._rows:
            yield Problem("M29", {"name": question.name, "row": self._rows[question.name]}, row.place)

    def _text_problems(self, row: Row, question: Question) -> Iterator[Problem]:
        yield from missing_texts(row, question.name, question.label, self._languages)
        for text in (question.hint, question.required_message, question.constraint_message):
            if text != I18n():
                yield from missing_texts(row, question.name, text, self._languages)

    def _unaskable(self, row: Row) -> Iterator[Problem]:
        """M26 for what the row wants beyond a plain question."""
        for column, cell in row.cells.items():
            refused = column[:2] in UNASKABLE or column[:1] in UNASKABLE or column[0] == "media"
            if column == ("bind", "required"):
                refused = cell not in aliases.yes_no
            if column == ("bind", "readonly"):
                refused = aliases.yes_no.get(cell, True)
            if column == ("control", "appearance"):
                refused = not all(LAYOUT.fullmatch(word) for word in cell.split())
            if refused:
                name = "::".join(column).removeprefix("bind::").removeprefix("control::")
                yield Problem("M26", {"column": name, "value": shown(cell)}, row.place)

    def _constraint_problems(self, row: Row, question: Question) -> Iterator[Problem]:
        if not question.constraint:
            return
        if why := fault(question.constraint, {*self._earlier(), question.name}, self._names, dot=True):
            yield Problem("M21", {"expression": shown(question.constraint), "why": why}, row.place)


def _is_known(column: Column) -> bool:
    return bool({column, column[:1], column[:2]} & (KNOWN | UNASKABLE)) or column[0] == "media"


def _question_type(written: str) -> QuestionType | None:
    """The type that a cell names, or None if it can't be asked."""
    select = RE_SELECT.fullmatch(written)
    if select is None:
        return PLAIN_TYPES.get(written)
    if select["specify_other"] or select["select_command"] in aliases.select_from_file or "${" in written:
        return None
    return SELECTS.get(aliases.select[select["select_command"]])


def _default_problems(row: Row, question: Question) -> Iterator[Problem]:
    if not question.default:
        return
    if default_is_dynamic(question.default, question.type.value):
        yield Problem("M26", {"column": "default", "value": shown(question.default)}, row.place)
        return
    several = question.type is QuestionType.SELECT_MULTIPLE
    try:
        coerced(question, question.default.split() if several else question.default)
    except BadInput as error:
        yield from (replace(problem, place=row.place) for problem in error.problems)
