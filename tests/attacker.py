"""Somebody who has everything that was published, and an integer program, and wants to know what is hidden.

The unknowns are how many valid forms of each session gave each answer, by group and, apart from that, by channel. Every
figure of every table is an equation. What is hidden is known as well as its least and its greatest possible value are
near each other. The attacker knows which sessions and branches are left out of which table: that is said there.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Rate, Table
from exports.report import Report
from surveys.counted import Counted
from surveys.figures import SessionResults
from surveys.published import SurveyFigures
from surveys.suppression import FEW
from surveys.tallies import By, PartTally, QuestionTally

BLANK, FORMS = "blank", "forms"
POSITIVE = "A"
"""The one positive answer of the scales that are attacked."""
MOST = 400
"""No session has more forms."""
Unknown = tuple[str, By, str, str, str]
"""Session, what it is divided by, part, question, answer; the question is empty for the number of forms."""
Sum = frozenset[Unknown]


def answers(question: QuestionTally) -> tuple[str, ...]:
    """What can be answered, or not."""
    return (*question.counts, BLANK)


class Attacker:
    """Knows nothing of ``counted`` but which sessions there are, of which branch, and what was asked."""

    def __init__(self, counted: Sequence[Counted]) -> None:
        self.counted = counted
        self.group = next(question.name for question in counted[0].questionnaire.questions if question.is_group)
        self.places = {unknown: place for place, unknown in enumerate(self._unknowns())}
        self.known: dict[Sum, int] = {}
        self._limits: LinearConstraint | None = None

    def learn(
        self, report: Report, results: Sequence[SessionResults], survey: SurveyFigures, *, parts: bool = True
    ) -> None:
        """Everything that stands in these; without ``parts``, nothing about groups, nor about answers by channel."""
        for session in results:
            self._session(session, groups=parts)
        for table in report.tables:
            if table.number == "T1":
                self._account(table, survey)
            elif table.number == "T2" and "question" in {column.key for column in table.columns}:
                self._by_question(table, results)
            elif parts and table.part:
                self._by_part(table, By(table.part), survey)

    def possible(self, cell: Sum) -> int:
        """How many values the sum may have; one that is published has one."""
        limits, target = self._limits or self._equations(), self._row(cell)
        return 1 - round(self._least(-target, limits) + self._least(target, limits))

    def _equations(self) -> LinearConstraint:
        structure = [*self._structure()]
        sides = [0.0] * len(structure) + [float(value) for value in self.known.values()]
        rows = np.array([*structure, *(self._row(known) for known in self.known)])
        self._limits = LinearConstraint(csr_array(rows), sides, sides)
        return self._limits

    def smallest_total(self, cell: Sum) -> int:
        """The smallest published number that the cell is a part of."""
        return min((value for known, value in self.known.items() if cell <= known), default=MOST)

    def forms_known(self, cell: Sum) -> int:
        """How many forms there are in the parts of the cell, if that is published of each."""
        forms = [self.known.get(frozenset({(*each[:3], "", FORMS)})) for each in cell]
        return sum(each for each in forms if each is not None) if None not in forms else MOST

    def of_some(self, cell: Sum) -> Sum:
        """The same number without the sessions of which nobody is in the part: as the account tells of channels."""
        return frozenset(each for each in cell if self._true(*each[:3], "", FORMS))

    def truth(self, cell: Sum) -> int:
        """What the attacker wants to know."""
        return sum(self._true(*unknown) for unknown in cell)

    def _true(self, session: str, by: By, code: str, name: str, answer: str) -> int:
        part = next(part for part in self._held(session).tally.parts if (part.by, part.code) == (by, code))
        if not name:
            return part.valid
        question = next(each for each in part.questions if each.name == name)
        return question.blank if answer == BLANK else question.counts[answer]

    def _held(self, session: str) -> Counted:
        return next(each for each in self.counted if each.session.id == session)

    def _least(self, target: NDArray[np.float64], limits: LinearConstraint) -> float:
        solved = milp(target, constraints=limits, integrality=np.ones(len(target)), bounds=Bounds(0, MOST))
        assert solved.success, solved.message
        return float(solved.fun)

    def _row(self, cells: Sum, sign: float = 1) -> NDArray[np.float64]:
        row = np.zeros(len(self.places))
        for unknown in cells:
            row[self.places[unknown]] = sign
        return row

    def _asked(self, part: PartTally) -> list[QuestionTally]:
        return [question for question in part.questions if question.name != self.group]

    def _unknowns(self) -> Iterator[Unknown]:
        for each in self.counted:
            for part in each.tally.parts:
                yield (each.session.id, part.by, part.code, "", FORMS)
                for question in self._asked(part):
                    for answer in answers(question):
                        yield (each.session.id, part.by, part.code, question.name, answer)

    def _structure(self) -> Iterator[NDArray[np.float64]]:
        """Each form gives one answer or none to each question; groups and channels divide the same forms."""
        for each in self.counted:
            for part in each.tally.parts:
                forms = frozenset({(each.session.id, part.by, part.code, "", FORMS)})
                for question in self._asked(part):
                    given = {(each.session.id, part.by, part.code, question.name, a) for a in answers(question)}
                    yield self._row(frozenset(given)) + self._row(forms, -1)
            for question in self._asked(each.tally.parts[0]):
                for answer in answers(question):
                    whole = (self.whole([each.session.id], question.name, answer, by) for by in (By.GROUP, By.CHANNEL))
                    groups, channels = whole
                    yield self._row(groups) + self._row(channels, -1)

    def whole(self, sessions: Sequence[str], name: str, answer: str, by: By) -> Sum:
        """All parts of these sessions."""
        codes = [part.code for part in self.counted[0].tally.parts if part.by is by]
        return frozenset((session, by, code, name, answer) for session in sessions for code in codes)

    def _know(self, sessions: Sequence[str], name: str, answer: str, value: int) -> None:
        for by in By:
            if cells := self.whole(sessions, name, answer, by):
                self.known[cells] = value

    def _session(self, results: SessionResults, *, groups: bool) -> None:
        if results.valid is not None:
            self._know([results.session], "", FORMS, results.valid)
        for question in results.questions:
            if question.counts is None or question.blank is None:
                continue
            for code, value in [*question.counts.items(), (BLANK, question.blank)]:
                if question.name == self.group and not groups:
                    continue
                if question.name == self.group:
                    part = "" if code == BLANK else code
                    self.known[frozenset({(results.session, By.GROUP, part, "", FORMS)})] = value
                else:
                    self._know([results.session], question.name, code, value)

    def _account(self, table: Table, survey: SurveyFigures) -> None:
        for each, row in zip(survey.sessions, table.rows, strict=False):
            for key, part in (("paper_valid", "paper"), ("kiosk_submitted", "kiosk")):
                if isinstance(cell := row[table.place(key)], Count):
                    self.known[frozenset({(each.counted.session.id, By.CHANNEL, part, "", FORMS)})] = cell.value

    def _by_question(self, table: Table, results: Sequence[SessionResults]) -> None:
        for row in table.rows:
            name = _text(row[table.place("question")])
            sessions = [
                each.session
                for each in results
                if table.branch in ("", each.branch) and table.session in ("", each.session)
                for asked in each.questions
                if asked.name == name and asked.suppressed is None
            ]
            for answer, value in _counts(table, row):
                self._know(sessions, name, answer, value)
            of = [each for each in results if table.branch in ("", each.branch) and table.session in ("", each.session)]
            self._rate(table, row, name, of)

    def _rate(self, table: Table, row: Sequence[Cell], name: str, results: Sequence[SessionResults]) -> None:
        """A satisfaction rate that stands alone: so many positive answers, and so many others."""
        rate, valid = row[table.place("satisfaction")], row[table.place("valid")]
        if not isinstance(rate, Rate) or not isinstance(valid, Count) or isinstance(row[table.place("A_count")], Count):
            return
        asked = [(each.session, question) for each in results for question in each.questions]
        sessions = [session for session, each in asked if (each.name, each.suppressed) == (name, FEW)]
        self._know(sessions, name, POSITIVE, int(rate.value * valid.value))

    def _by_part(self, table: Table, by: By, survey: SurveyFigures) -> None:
        parts, asked = survey.by(by), self.counted[0].questionnaire
        names = {"(not said)": ""} | ({} if by is By.GROUP else {"kiosk": "kiosk", "paper": "paper"})
        if by is By.GROUP and (question := asked.group_question):
            names |= {choice.label.text(Lang.EN): choice.code for choice in question.choices}
        for row in table.rows:
            code, unit = _text(row[table.place("branch")]), _text(row[table.place("branch_name")])
            scope = next(
                scope
                for scope in (parts.town, *parts.branches)
                if (scope[0].branch or "") == code and bool(scope[0].others) == unit.startswith("Other")
            )
            sessions = scope[0].sessions
            label, name = _text(row[table.place("part_name")]), _text(row[table.place("question")])
            held = scope[-1].merged if label == "Others together" else (names[label],)
            if isinstance(forms := row[table.place("valid")], Count):
                self.known[_cells(sessions, by, held, "", FORMS)] = forms.value
            for answer, value in _counts(table, row):
                self.known[_cells(sessions, by, held, name, answer)] = value
        for scope in (parts.town, *parts.branches):
            told = {code for each in scope for code in (each.part, *each.merged) if code is not None}
            for code in [code for code in parts.codes if scope and code not in told]:
                self.known[_cells(scope[0].sessions, by, [code], "", FORMS)] = 0  # no row: no forms, as a note says


def _cells(sessions: Sequence[str], by: By, parts: Sequence[str], name: str, answer: str) -> Sum:
    return frozenset((session, by, part, name, answer) for session in sessions for part in parts)


def _text(cell: Cell) -> str:
    return cell.text(Lang.EN) if isinstance(cell, I18n) else ""


def _counts(table: Table, row: Sequence[Cell]) -> Iterator[tuple[str, int]]:
    for column, cell in zip(table.columns, row, strict=True):
        if column.key.endswith("_count") and isinstance(cell, Count):
            yield column.key.removesuffix("_count"), cell.value
