"""Tables of plain text for the terminal, aligned by display cells."""

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from campaign.labels import (
    attribute_label,
    branch_label,
    branch_word,
    count_texts,
    group_label,
    kind_label,
    outcome_label,
    phase_label,
    survey_label,
)
from campaign.language import N_, Lang, listed
from campaign.log import LogEntry, Logged
from campaign.plan import Plan
from campaign.report import StatusReport
from exports.cells import Table
from exports.showing import headings, shown
from manyi.texts import tr
from surveys.figures import QuestionResults, SessionResults
from surveys.hiding import GROUPS
from surveys.questionnaire import Questionnaire
from surveys.words import STATES
from tui.staff.ports import SessionLine

STATUS = {
    "OVERDUE": N_("overdue {days} d"),
    "DUE_SOON": N_("due in {days} d"),
    "BEHIND": N_("behind"),
    "PAUSED": N_("paused"),
    "ON_TRACK": N_("on track"),
    "NOT_STARTED": N_("not started"),
    "DONE_LATE": N_("done {days} d late"),
    "DONE": N_("done"),
    "WAIVED": N_("waived"),
}
"""A status in words."""
NONE = "—"
"""A figure that does not exist or is hidden."""


def status_words(status: str, days: int, lang: Lang) -> str:
    """A status with its days: what is due today is said to be so."""
    if status == "DUE_SOON" and days == 0:
        return tr(lang, "due today")
    return tr(lang, STATUS[status], days=days)


def width(text: str) -> int:
    """How many cells ``text`` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


@lru_cache(maxsize=8192)
def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def plain(text: object) -> str:
    """Data as one line without control characters."""
    if isinstance(text, str) and text.isprintable():
        return text
    return "".join(char if unicodedata.category(char)[0] != "C" else " " for char in str(text))


def shortened(text: str, cells: int) -> str:
    """The beginning of ``text``, in one line of at most ``cells`` cells."""
    line = " ".join(plain(text).split())
    if width(line) <= cells:
        return line
    while width(line) >= cells:
        line = line[: max(1, cells * len(line) // width(line) - 1)] if width(line) > 2 * cells else line[:-1]
    return f"{line}…"


def aligned(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Rows with their columns set to the same width."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()


def status_lines(plan: Plan, report: StatusReport, lang: Lang) -> Iterator[str]:
    """The headline, then one line a branch."""
    words = plan.campaign.words
    if report.headline.on_schedule is None:
        yield tr(lang, "{day}: it is not known who is on schedule", day=report.date.isoformat())
    else:
        yield tr(
            lang,
            "{day}: {k} of {n} {branches} on schedule",
            day=report.date.isoformat(),
            k=report.headline.on_schedule,
            n=report.headline.branches,
            branches=branch_word(words, report.headline.branches, lang),
        )
    if report.headline.late:
        late = listed((f"{code} {branch_label(plan, code, lang)}" for code in report.headline.late), lang)
        yield tr(lang, "Late: {late}", late=late)
    hard = report.reach if len(report.branches) != 1 else report.branches[0].reach
    if hard.members:
        yield tr(
            lang,
            "Hard to reach: {n}; {reached} reached, {away} unreachable, {untried} not tried yet",
            n=hard.members,
            reached=hard.reached,
            away=hard.unreachable,
            untried=hard.untried,
        )
    yield ""
    names = [phase.name.text(lang) for phase in plan.phases]
    rows: list[list[object]] = [["", words.branch.text(lang), *names, tr(lang, "Status")]]
    for branch in report.branches:
        phases = [_per_cent(phase.progress) for phase in branch.phases]
        status = status_words(branch.status.value, branch.days, lang)
        behind = tr(lang, ", behind") if branch.behind else ""
        rows.append([branch.code, branch.name, *phases, status + behind])
    yield from aligned(rows)


def log_lines(plan: Plan, entries: Sequence[Logged], lang: Lang) -> Iterator[str]:
    """One line an entry."""
    words = plan.campaign.words
    rows: list[list[object]] = [
        [
            tr(lang, "Number"),
            tr(lang, "Day"),
            words.branch.text(lang),
            words.phase.text(lang),
            tr(lang, "Kind"),
            tr(lang, "Hours"),
            tr(lang, "Counts"),
            tr(lang, "Chosen"),
            tr(lang, "Outcome"),
            tr(lang, "File number"),
            tr(lang, "Note"),
        ]
    ]
    for logged in entries:
        entry = logged.entry
        row: list[object] = [
            logged.number,
            entry.on,
            entry.branch,
            phase_label(plan, entry.phase, lang),
            kind_label(plan, entry.kind, lang),
            entry.hours or "",
            _counts(plan, entry, lang),
            _chosen(plan, entry, lang),
            outcome_label(plan, entry.outcome, lang),
            entry.reference,
            entry.note,
        ]
        rows.append(row)
    return aligned(rows)


def session_lines(plan: Plan, sessions: Sequence[SessionLine], lang: Lang) -> Iterator[str]:
    """One line a session, counts of forms only."""
    rows: list[list[object]] = [
        [
            tr(lang, "Session"),
            plan.campaign.words.branch.text(lang),
            tr(lang, "Survey"),
            tr(lang, "State"),
            tr(lang, "Begun at the kiosk"),
            tr(lang, "Forms"),
        ]
    ]
    for line in sessions:
        name, kind = branch_label(plan, line.branch, lang), survey_label(line.kind, lang)
        numbers = line.said(line.started), line.said(line.submitted)
        rows.append([line.id, name, kind, STATES[line.state].text(lang), *numbers])
    return aligned(rows)


def result_lines(results: SessionResults, lang: Lang) -> Iterator[str]:
    """Counts and rates of every question."""
    yield tr(
        lang,
        "{id}: {valid} valid, {void} void",
        id=results.session,
        valid=_or_none(results.valid),
        void=_or_none(results.void),
    )
    if results.suppressed:
        yield tr(lang, "Fewer than {k} forms: every figure is hidden.", k=results.suppressed.removeprefix("<"))
        return
    if results.return_rate is None:
        yield tr(lang, "return rate: none, for no forms were handed out on paper")
    else:
        yield tr(lang, "return rate: {p} per cent of the forms handed out came back", p=results.return_rate)
    for question in results.questions:
        yield ""
        yield plain(f"{question.name}  {question.label.text(lang)}")
        yield from (f"    {line}" for line in _figures(question, lang))


def table_lines(table: Table, lang: Lang) -> Iterator[str]:
    """A table of the report: its title, its rows, its notes."""
    yield f"{table.number}  {plain(table.title.text(lang))}"
    heads = headings(table, lang)
    yield from aligned([heads, *([shown(cell, lang) for cell in row] for row in table.rows)])
    for note in table.notes:
        yield plain(note.text(lang))


def _figures(question: QuestionResults, lang: Lang) -> Iterator[str]:
    """Counts by the choices' own words, then the rates; or why there are none."""
    if question.suppressed:
        few = question.suppressed.startswith("<")
        if question.suppressed == GROUPS:
            yield tr(lang, "hidden: a small group could be found")
        else:
            yield tr(lang, "hidden: too few were asked") if few else tr(lang, "hidden: all alike")
        return
    counts = [f"{question.choices[code].text(lang)} {count}" for code, count in (question.counts or {}).items()]
    blank = tr(lang, "blank {n}", n=_or_none(question.blank))
    yield plain(" · ".join([*counts, blank]))
    if question.positive_rate is not None:
        yield tr(
            lang,
            "satisfied: {rate} per cent of the valid forms, {expressed} per cent of those with an opinion",
            rate=question.positive_rate,
            expressed=_or_none(question.expressed_rate),
        )


def questionnaire_lines(questionnaire: Questionnaire, lang: Lang) -> Iterator[str]:
    """What the kiosk would ask, in order, with conditions."""
    yield plain(questionnaire.title.text(lang))
    for number, question in enumerate(questionnaire.questions, 1):
        yield plain(f"{number:>3}. [{question.name}] {question.label.text(lang)}")
        for choice in question.choices:
            counts_as = f"  ({choice.counts_as.value})" if choice.counts_as else ""
            yield plain(f"       {choice.code}  {choice.label.text(lang)}{counts_as}")
        for expression in question.relevant:
            yield plain("       " + tr(lang, "only if: {expression}", expression=expression))
        if question.constraint:
            yield plain("       " + tr(lang, "accepted if: {expression}", expression=question.constraint))


def _per_cent(progress: float | None) -> str:
    return NONE if progress is None else f"{progress:.1f}%"


def _or_none(figure: float | Decimal | None) -> str:
    return NONE if figure is None else str(figure)


def _chosen(plan: Plan, entry: LogEntry, lang: Lang) -> str:
    """What was chosen of the kind's attributes, the code of a help, the official and the case it is about."""
    chosen = [attribute_label(plan, name, choice, lang) for name, choice in entry.attributes.items()]
    planned = tr(lang, "planned for {d}", d=entry.planned) if entry.planned else ""
    said = [each for each in (entry.code, planned, *chosen, entry.leader, entry.case) if each]
    return listed(said, lang) if said else ""


def _counts(plan: Plan, entry: LogEntry, lang: Lang) -> str:
    """The counts of the entry, then those of each member group."""
    parts = [listed(count_texts(plan, entry.counts, lang), lang)] if entry.counts else []
    parts += [
        tr(
            lang,
            "{group}: {counts}",
            group=group_label(plan, group, lang),
            counts=listed(count_texts(plan, counts, lang), lang),
        )
        for group, counts in entry.groups.items()
    ]
    return " · ".join(parts)
