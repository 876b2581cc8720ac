"""The list of cases as values. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len

from campaign.branches import FINISHED
from campaign.case_labels import case_kind_label, state_label
from campaign.case_report import by_urgency
from campaign.case_standing import CaseStanding
from campaign.case_tables import CASE_KINDS
from campaign.labels import branch_label
from campaign.language import N_, Lang
from campaign.standing import Status
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import SIGNS, column_cells, due_cell, due_text, short_day, standing_cell, standing_text
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

NUMBER, DAY = 10, 5
MOST_BRANCH, NARROW_BRANCH, MOST_STATE, NARROW_STATE, MOST_KIND, MOST_OWNER = 14, 12, 16, 12, 10, 14
"""Cells of the columns."""
ROOMY = 100
"""Cells from which kind and owner are shown too."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case, as the list shows it."""

    standing: CaseStanding
    at: int
    """Its place in the list: the worst first."""
    branch: str
    kind: str
    state: str
    brief: str = ""
    """The state in fewer words."""

    @property
    def no(self) -> str:
        """Its number."""
        return self.standing.case.no

    @property
    def overdue(self) -> bool:
        """Whether its day has passed."""
        return self.standing.standing.status is Status.OVERDUE

    @property
    def owed(self) -> bool:
        """Whether something is still to be done by a day."""
        return self.standing.standing.status not in FINISHED

    @property
    def words(self) -> str:
        """What is looked through."""
        case = self.standing.case
        state = f"{self.state} {self.brief}"
        said = (case.no, case.branch, self.branch, self.kind, state, case.owner, case.matter, self.standing.due)
        return " ".join(map(str, said))


def case_listing() -> Listing[CaseRow]:
    """All cases, the worst first."""
    return Listing(
        parts=(
            Sieve(N_("all cases"), lambda _: True),
            Sieve(N_("open"), lambda row: row.standing.open),
            Sieve(N_("overdue"), lambda row: row.overdue),
            Sieve(N_("closed"), lambda row: not row.standing.open),
        ),
        kinds=(
            Sieve(N_("all kinds"), lambda _: True),
            *(Sieve(_KIND_NAMES[kind], partial(_is_of, kind)) for kind in CASE_KINDS),
        ),
        orders=(
            Order(N_("worst first"), None),
            Order(N_("by day"), lambda row: (row.standing.due, row.at)),
            Order(N_("by number"), lambda row: (row.no,)),
            Order(N_("by name"), lambda row: (row.standing.case.branch, row.at)),
            Order(N_("by owner"), lambda row: (row.standing.case.owner, row.at)),
        ),
        words=lambda row: row.words,
    )


_KIND_NAMES = {
    "correction": N_("corrections"),
    "answer": N_("answers to people"),
    "support": N_("requests for support"),
}


def _is_of(kind: str, row: CaseRow) -> bool:
    return row.standing.case.kind == kind


def case_rows(snapshot: Snapshot, lang: Lang, branch: str | None) -> list[CaseRow]:
    """The cases of all branches or of one, the worst first."""
    found = by_urgency([each for each in snapshot.standings if branch in (None, each.case.branch)])
    return [
        CaseRow(
            each,
            at,
            branch_label(snapshot.plan, each.case.branch, lang),
            case_kind_label(each.case.kind, lang),
            state_label(each.case, lang),
            state_label(each.case, lang, short=True),
        )
        for at, each in enumerate(found)
    ]


def chip_text(row: CaseRow, lang: Lang) -> str:
    """How late, how many days are left, or that nothing is owed any more."""
    standing = row.standing.standing
    return due_text(standing, lang) if row.owed else standing_text(standing, lang)


def case_columns(
    snapshot: Snapshot, rows: Sequence[CaseRow], branch: str | None, lang: Lang, width: int
) -> list[Column[CaseRow]]:
    """How late or how near, by which day, number, whose, kind, state, owner, matter; fewer where room is scarce.

    Whose they are is not repeated in the list of one ``branch``.
    """
    roomy = width >= ROOMY
    chip = max((cell_len(chip_text(row, lang)) + 2 for row in rows), default=12)
    whose = column_cells((row.branch for row in rows), MOST_BRANCH if roomy else NARROW_BRANCH) if not branch else 0
    narrow = not roomy and bool(whose)
    state = column_cells((row.brief if narrow else row.state for row in rows), NARROW_STATE if narrow else MOST_STATE)
    kind = column_cells((row.kind for row in rows), MOST_KIND) if roomy else 0
    owner = column_cells((row.standing.case.owner for row in rows), MOST_OWNER) if roomy else 0
    taken = sum(cells + 2 for cells in (chip, DAY, NUMBER, whose, state, kind, owner) if cells)
    columns: list[Column[CaseRow]] = [
        Column(tr(lang, " Late or left"), chip, lambda row, cells: _chip(row, lang, cells)),
        Column(tr(lang, "Due"), DAY, lambda row, _: (Span(short_day(row.standing.due), _tone(row)),)),
        Column(tr(lang, "Number"), NUMBER, lambda row, _: (Span(row.no, _tone(row)),)),
        Column(
            snapshot.plan.campaign.words.branch.text(lang),
            whose,
            lambda row, _: (Span(row.branch, _tone(row), bold=row.overdue),),
        ),
        Column(tr(lang, "Kind"), kind, lambda row, _: (Span(row.kind, "muted"),)),
        Column(tr(lang, "State"), state, lambda row, _: (Span(row.brief if narrow else row.state, _tone(row)),)),
        Column(tr(lang, "Owner"), owner, lambda row, _: (Span(row.standing.case.owner, "muted"),)),
    ]
    matter = max(4, width - EDGE - taken - 1)
    return [
        *(column for column in columns if column.width),
        Column(tr(lang, "Matter"), matter, lambda row, cells: fitted((Span(row.standing.case.matter),), cells), gap=0),
    ]


def _chip(row: CaseRow, lang: Lang, cells: int) -> Line:
    cell = due_cell if row.owed else standing_cell
    return cell(row.standing.standing, lang, cells)


def _tone(row: CaseRow) -> str:
    return "foreground" if row.standing.open else "muted"


def cases_title(snapshot: Snapshot, rows: Sequence[CaseRow], branch: str | None, lang: Lang, width: int) -> Line:
    """Whose cases these are, how many are overdue and open."""
    late, still = sum(row.overdue for row in rows), sum(row.standing.open for row in rows)
    said = tr(lang, "Cases of the whole campaign")
    if branch is not None:
        said = tr(lang, "Cases of {branch}", branch=branch_label(snapshot.plan, branch, lang))
    overdue = tr(lang, "{n} overdue", n=late)
    figures: Line = (
        *((Span(f" {SIGNS[Status.OVERDUE]} {overdue} ", "on-alarm", "alarm", bold=True),) if late else ()),
        Span("  " + tr(lang, "{n} open", n=still), "foreground"),
        Span("  " + tr(lang, "{n} closed", n=len(rows) - still), "muted"),
    )
    return spread((Span("▌ ", "primary"), Span(said, bold=True)), figures, width)
