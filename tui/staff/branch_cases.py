"""The cases of one branch as values. No Textual here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from campaign.branch_facts import BranchFacts
from campaign.case_labels import case_kind_label, state_label
from campaign.case_standing import CaseStanding
from campaign.case_tables import CASE_KINDS
from campaign.language import N_, Lang
from campaign.standing import Status
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.texts import tr
from tui.staff.wording import DONE, SIGNS, column_cells, due_cell, due_text, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted

DAY, MOST_NO, MOST_STATE = 5, 12, 16


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the table shows it."""

    standing: CaseStanding
    at: int
    """Its place in the list: open ones first, the worst of them first."""
    kind: str
    state: str

    @property
    def key(self) -> str:
        """Its number."""
        return self.standing.case.no

    @property
    def words(self) -> str:
        """What is looked through."""
        case = self.standing.case
        return f"{case.no} {self.kind} {self.state} {case.matter} {case.owner} {self.standing.due:%Y-%m-%d}"


def case_rows(facts: BranchFacts, lang: Lang) -> list[CaseRow]:
    """The cases, open ones first."""
    return [
        CaseRow(each, at, case_kind_label(each.case.kind, lang), _state(each, lang))
        for at, each in enumerate(facts.cases)
    ]


def case_listing() -> Listing[CaseRow]:
    """The open ones, the worst first."""
    kinds = [Sieve(kind.name, _of_kind(name)) for name, kind in CASE_KINDS.items()]
    return Listing(
        parts=(
            Sieve(N_("open ones"), lambda row: row.standing.open),
            Sieve(N_("everything"), lambda _: True),
            Sieve(N_("closed ones"), lambda row: not row.standing.open),
        ),
        kinds=(Sieve(N_("all kinds"), lambda _: True), *kinds),
        orders=(
            Order(N_("worst first"), None),
            Order(N_("by day"), lambda row: (row.standing.due, row.at)),
            Order(N_("by number"), lambda row: (row.key,)),
        ),
        words=lambda row: row.words,
    )


def case_columns(rows: Sequence[CaseRow], lang: Lang, width: int) -> list[Column[CaseRow]]:
    """How late or near, by which day, number, state, matter."""
    chip = max((cell_len(_late_text(row.standing, lang)) + 2 for row in rows), default=12)
    number = column_cells((row.key for row in rows), MOST_NO)
    state = column_cells((row.state for row in rows), MOST_STATE)
    matter = max(8, width - EDGE - chip - DAY - number - state - 4 * 2 - 1)
    return [
        Column(tr(lang, " Late or left"), chip, lambda row, cells: late_cell(row.standing, lang, cells)),
        Column(tr(lang, "Due"), DAY, lambda row, _: (Span(short_day(row.standing.due)),)),
        Column(tr(lang, "Number"), number, lambda row, _: (Span(row.key, "muted"),)),
        Column(tr(lang, "State"), state, lambda row, cells: fitted((Span(row.state),), cells)),
        Column(tr(lang, "Matter"), matter, lambda row, cells: fitted((_matter(row),), cells), gap=0),
    ]


def late_cell(standing: CaseStanding, lang: Lang, width: int) -> Line:
    """Days late or left while somebody waits; what is overdue fills the cell."""
    if _owed(standing):
        return due_cell(standing.standing, lang, width)
    return (Span(f" {_late_text(standing, lang)}", "success" if standing.open else "muted"),)


def _late_text(standing: CaseStanding, lang: Lang) -> str:
    if _owed(standing):
        return due_text(standing.standing, lang)
    if standing.open:
        return f"{DONE} " + tr(lang, "waits for a rating")
    return f"{SIGNS[standing.standing.status]} " + tr(lang, "closed")


def _owed(standing: CaseStanding) -> bool:
    return standing.open and standing.standing.status not in (Status.DONE, Status.DONE_LATE)


def _state(standing: CaseStanding, lang: Lang) -> str:
    return tr(lang, "acknowledge") if standing.acknowledgement else state_label(standing.case, lang)


def _matter(row: CaseRow) -> Span:
    late = row.standing.open and row.standing.standing.status is Status.OVERDUE
    return Span(row.standing.case.matter, bold=late)


def _of_kind(kind: str) -> Callable[[CaseRow], bool]:
    return lambda row: row.standing.case.kind == kind
