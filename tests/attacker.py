"""Somebody who has everything that was published, and an integer program, and wants to know what is hidden.

The unknowns are how many valid forms of each session and group gave each answer on paper and at a kiosk. Every figure
of every table is an equation. What is hidden is known as well as its least and its greatest possible value are near
each other. The attacker knows which sessions are in which table: that is said there.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import Cell, Count, Rate, Table
from exports.report import Report
from exports.tables.common import slug
from surveys.counted import Counted
from surveys.figures import SessionResults
from surveys.published import Figures, SurveyFigures
from surveys.questionnaire import CountsAs
from surveys.tallies import By, PartTally, QuestionTally

GOALS = "T3-goals"
BLANK, FORMS = "blank", "forms"
MOST = 400
"""No session has more forms."""
Unknown = tuple[str, str, str, str, str]
"""Session, group, channel, question, answer; the question is empty for the number of forms."""
Sum = frozenset[Unknown]


class MisreadError(Exception):
    """The attacker has read something that is not so: a fault of this file, never a secret that is kept."""


def answers(question: QuestionTally) -> tuple[str, ...]:
    """What can be answered, or not."""
    return (*question.counts, BLANK)


class Attacker:
    """Knows nothing of ``counted`` but which sessions there are, of which branch, and what was asked."""

    def __init__(self, counted: Sequence[Counted]) -> None:
        self.counted = {each.session.id: each for each in counted}
        asked = counted[0]
        self.group = next(question.name for question in asked.questionnaire.questions if question.is_group)
        self.codes = {by: [part.code for part in asked.tally.parts if part.by is by] for by in By}
        self.asked = {
            each.name: answers(each)
            for each in asked.tally.parts[0].questions
            if each.name != self.group and each.counts
        }
        self.known: dict[Sum, int] = {}
        self._seen: list[NDArray[np.float64]] = []

    def learn(
        self,
        report: Report,
        results: Sequence[SessionResults],
        survey: SurveyFigures,
        parts: Collection[By] = tuple(By),
    ) -> None:
        """Everything that stands in these, of groups and of answers by channel only what ``parts`` names.

        How many forms came by each channel stands in the form account.
        """
        for worked_out in ("_limits", "_filled", "_published"):
            self.__dict__.pop(worked_out, None)
        self._seen.clear()
        for session in results:
            self._session(session, groups=By.GROUP in parts)
        for table in report.tables:
            if table.number == "T1":
                self._account(table, survey)
            elif table.number == "T2" and "question" in {column.key for column in table.columns}:
                self._by_question(table, results)
            elif table.part and By(table.part) in parts:
                self._by_part(table, By(table.part), survey)
            elif table.name == GOALS:
                self._by_goal(table, results, survey)

    def cell(self, sessions: Collection[str], name: str, answer: str, parts: Mapping[By, Collection[str]]) -> Sum:
        """So many forms of these sessions and parts have this answer; all parts where none are named."""
        of = {by: parts.get(by, self.codes[by]) for by in By}
        return frozenset(
            (session, group, channel, name, answer)
            for session in sessions
            for group in of[By.GROUP]
            for channel in of[By.CHANNEL]
        )

    def possible(self, cell: Sum) -> range:
        """The values that the sum may have; one that is published has one."""
        target = self._row(cell)
        return range(round(self._least(target)), round(-self._least(-target)) + 1)

    def has_seen(self, cell: Sum) -> int:
        """So many values at least the sum may have, by all that was worked out until now: quick to know."""
        if not self._seen:
            self.possible(cell)
        place = [self._places[unknown] for unknown in cell]
        values = {round(sum(found[place])) for found in self._seen}
        return max(values) - min(values) + 1

    def smallest_total(self, cell: Sum) -> int:
        """The smallest published number that the cell is a part of, or the sum of those for each of its sessions.

        What a published 0 tells is no more than that.
        """
        rest = cell.difference(*(known for known, value in self.known.items() if value == 0))
        pieces = [frozenset(each for each in rest if each[0] == session) for session in {each[0] for each in rest}]
        return min(self._smallest(rest), sum(map(self._smallest, pieces))) if rest else 0

    def _smallest(self, cell: Sum) -> int:
        forms = frozenset((*each[:3], "", FORMS) for each in cell)
        return min((value for known, value in self.known.items() if cell <= known or forms <= known), default=MOST)

    def truth(self, sessions: Collection[str], name: str, answer: str, by: By, codes: Collection[str]) -> int:
        """What the attacker wants to know."""
        parts = (each for session in sessions for each in self.counted[session].tally.parts)
        return sum(_count(part, name, answer) for part in parts if part.by is by and part.code in codes)

    def unpublished(self, cell: Sum) -> Sum:
        """What of the cell is no published number, nor one of nobody; none of it if it is a sum of such numbers."""
        rest = cell & self._filled
        for known in self._published:
            if known <= rest:
                rest -= known
        return rest

    @cached_property
    def _published(self) -> Sequence[Sum]:
        """The numbers that are known as they are, of those who are there."""
        return [*dict.fromkeys(part for known in self.known if (part := known & self._filled))]

    @cached_property
    def _filled(self) -> Sum:
        """The unknowns without those of parts that are published to be empty, and of answers that a session has not."""
        none = [known for known, value in self.known.items() if value == 0]
        nobody = {each[:3] for known in none for each in known if not each[3]}
        never = {
            each
            for known in none
            if known == self.cell({each[0] for each in known}, *_asked(known), {})
            for each in known
        }
        return frozenset(each for each in self._places if each[:3] not in nobody and each not in never)

    @cached_property
    def _places(self) -> dict[Unknown, int]:
        asked = [("", FORMS), *((name, answer) for name, given in self.asked.items() for answer in given)]
        unknowns = (unknown for name, answer in asked for unknown in sorted(self.cell(self.counted, name, answer, {})))
        return {unknown: place for place, unknown in enumerate(unknowns)}

    @cached_property
    def _limits(self) -> LinearConstraint:
        structure = [*self._structure()]
        sides = [0.0] * len(structure) + [float(value) for value in self.known.values()]
        rows = np.array([*structure, *(self._row(known) for known in self.known)])
        return LinearConstraint(csr_array(rows), sides, sides)

    def _least(self, target: NDArray[np.float64]) -> float:
        solved = milp(target, constraints=self._limits, integrality=np.ones(len(target)), bounds=Bounds(0, MOST))
        if not solved.success:
            raise MisreadError(solved.message)
        self._seen.append(solved.x)
        return float(solved.fun)

    def _row(self, cells: Collection[Unknown], sign: float = 1) -> NDArray[np.float64]:
        row = np.zeros(len(self._places))
        for unknown in cells:
            row[self._places[unknown]] = sign
        return row

    def _structure(self) -> Iterator[NDArray[np.float64]]:
        """Each form gives one answer or none to each question."""
        for session, group, channel, _, _ in self.cell(self.counted, "", FORMS, {}):
            for name, given in self.asked.items():
                forms = (session, group, channel, "", FORMS)
                yield self._row([(session, group, channel, name, each) for each in given]) + self._row([forms], -1)

    def _know(
        self,
        sessions: Collection[str],
        name: str,
        answer: str,
        value: int,
        by: By = By.CHANNEL,
        codes: Collection[str] | None = None,
    ) -> None:
        held = self.codes[by] if codes is None else codes
        if (truth := self.truth(sessions, name, answer, by, held)) != value:
            raise MisreadError(f"{value} for {truth}: {sorted(sessions)} {by} {sorted(held)} {name} {answer}")
        self.known[self.cell(sessions, name, answer, {by: held})] = value

    def _session(self, results: SessionResults, *, groups: bool) -> None:
        if results.valid is not None:
            self._know([results.session], "", FORMS, results.valid)
        for question in results.questions:
            if question.counts is None or question.blank is None:
                continue
            for code, value in [*question.counts.items(), (BLANK, question.blank)]:
                if question.name != self.group:
                    self._know([results.session], question.name, code, value)
                elif groups:
                    self._know([results.session], "", FORMS, value, By.GROUP, ["" if code == BLANK else code])

    def _account(self, table: Table, survey: SurveyFigures) -> None:
        for each, row in zip(survey.sessions, table.rows, strict=False):
            for key, part in (("paper_valid", "paper"), ("kiosk_submitted", "kiosk")):
                if isinstance(cell := row[table.place(key)], Count):
                    self._know([each.counted.session.id], "", FORMS, cell.value, By.CHANNEL, [part])

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
            if name in self.asked:
                for answer, value in _counts(table, row):
                    self._know(sessions, name, answer, value)

    def _by_goal(self, table: Table, results: Sequence[SessionResults], survey: SurveyFigures) -> None:
        """A rate tells how many positive answers there were: how many forms it is of stands in other tables."""
        questions, rates = (table.place(f"{slug(survey.survey)}.{what}") for what in ("questions", "satisfaction"))
        for row in table.rows:
            if not isinstance(rate := row[rates], Rate):
                continue
            cells, positive, forms = set[Unknown](), 0, 0
            for name in _text(row[questions]).split():
                held = [each.session for each in results if _shows(each, name)]
                asked = survey.survey.questionnaire.question(name)
                for each in asked.choices if asked else ():
                    if each.counts_as is CountsAs.POSITIVE:
                        cells |= self.cell(held, name, each.code, {})
                        positive += self.truth(held, name, each.code, By.CHANNEL, self.codes[By.CHANNEL])
                forms += self.truth(held, "", FORMS, By.CHANNEL, self.codes[By.CHANNEL])
            if rate.value * forms != positive:
                raise MisreadError(f"{rate.value} for {positive} of {forms}")
            self.known[frozenset(cells)] = positive

    def _by_part(self, table: Table, by: By, survey: SurveyFigures) -> None:
        parts, asked = survey.by(by), survey.survey.questionnaire
        names = {"(not said)": ""} | ({} if by is By.GROUP else {"kiosk": "kiosk", "paper": "paper"})
        if by is By.GROUP and (question := asked.group_question):
            names |= {choice.label.text(Lang.EN): choice.code for choice in question.choices}
        for row in table.rows:
            scope = _scope((parts.town, *parts.branches), table, row)
            label, name = _text(row[table.place("part_name")]), _text(row[table.place("question")])
            held = scope[-1].merged if label == "Others together" else (names[label],)
            if isinstance(forms := row[table.place("valid")], Count):
                self._know(scope[0].sessions, "", FORMS, forms.value, by, held)
            for answer, value in _counts(table, row):
                self._know(scope[0].sessions, name, answer, value, by, held)
        for scope in (parts.town, *parts.branches):
            told = {code for each in scope for code in (each.part, *each.merged) if code is not None}
            for code in [code for code in parts.codes if scope and code not in told]:
                self._know(scope[0].sessions, "", FORMS, 0, by, [code])  # no row: no forms, as a note says


def _scope(scopes: Sequence[Sequence[Figures]], table: Table, row: Sequence[Cell]) -> Sequence[Figures]:
    """The figures in which a row of a table by part was found: all together, a branch, or the other branches."""
    code, unit = _text(row[table.place("branch")]), _text(row[table.place("branch_name")])
    return next(
        scope
        for scope in scopes
        if scope and (scope[0].branch or "") == code and bool(scope[0].others) == unit.startswith("Other")
    )


def _shows(results: SessionResults, name: str) -> bool:
    return any(each.name == name and each.suppressed is None for each in results.questions)


def _asked(cell: Sum) -> tuple[str, str]:
    return next(each[3:] for each in cell)


def _count(part: PartTally, name: str, answer: str) -> int:
    if not name:
        return part.valid
    question = next(each for each in part.questions if each.name == name)
    return question.blank if answer == BLANK else question.counts[answer]


def _text(cell: Cell) -> str:
    return cell.text(Lang.EN) if isinstance(cell, I18n) else ""


def _counts(table: Table, row: Sequence[Cell]) -> Iterator[tuple[str, int]]:
    for column, cell in zip(table.columns, row, strict=True):
        if column.key.endswith("_count") and isinstance(cell, Count):
            yield column.key.removesuffix("_count"), cell.value
