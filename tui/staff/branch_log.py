"""The log of one branch as values. No Textual here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.branch_facts import BranchFacts
from campaign.labels import attribute_label, count_texts, kind_label, outcome_label, phase_label, totals
from campaign.language import N_, Lang
from campaign.log import LogEntry, Logged
from campaign.plan import Plan
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.texts import tr
from tui.staff.wording import column_cells, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Span, fitted

NUMBER, DAY, MOST_KIND, NARROW_KIND = 6, 5, 24, 16
ROOMY = 90


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A log entry as the table shows it."""

    logged: Logged
    kind: str
    phase: str
    figures: str

    @property
    def key(self) -> str:
        """Its number."""
        return str(self.logged.number)

    @property
    def words(self) -> str:
        """What is looked through."""
        entry = self.logged.entry
        return f"{self.key} {entry.on:%Y-%m-%d} {entry.kind} {self.kind} {self.phase} {self.figures}"


_ALL: Sieve[EntryRow] = Sieve(N_("everything"), lambda _: True)
_ALL_KINDS: Sieve[EntryRow] = Sieve(N_("all kinds"), lambda _: True)


def entry_rows(plan: Plan, facts: BranchFacts, lang: Lang) -> list[EntryRow]:
    """The log, newest day first; of one day, what was recorded last."""
    newest = sorted(facts.entries, key=lambda each: (each.entry.on, each.number), reverse=True)
    return [
        EntryRow(
            each,
            kind_label(plan, each.entry.kind, lang),
            phase_label(plan, each.entry.phase, lang),
            _figures(plan, each.entry, lang),
        )
        for each in newest
    ]


def empty_listing() -> Listing[EntryRow]:
    """Before the log has been read."""
    return Listing((_ALL,), (_ALL_KINDS,), (Order(N_("newest first"), None),), words=lambda row: row.words)


def log_listing(plan: Plan, rows: Sequence[EntryRow], lang: Lang) -> Listing[EntryRow]:
    """Everything, the newest first; by phase and by the kinds that there are."""
    kinds = dict.fromkeys(row.logged.entry.kind for row in rows)
    phases = [Sieve(phase.label.text(lang), _of_phase(phase.id)) for phase in plan.phases]
    known = [Sieve(kind.name.text(lang), _of_kind(kind.id)) for kind in plan.kinds if kind.id in kinds]
    return Listing(
        parts=(_ALL, *phases),
        kinds=(_ALL_KINDS, *known),
        orders=(
            Order(N_("newest first"), None),
            Order(N_("oldest first"), lambda row: (row.logged.entry.on, row.logged.number)),
            Order(N_("by kind"), lambda row: (row.kind, -row.logged.entry.on.toordinal(), -row.logged.number)),
            Order(N_("last recorded first"), lambda row: (-row.logged.number,)),
        ),
        words=lambda row: row.words,
    )


def _of_phase(phase: str) -> Callable[[EntryRow], bool]:
    return lambda row: row.logged.entry.phase == phase


def _of_kind(kind: str) -> Callable[[EntryRow], bool]:
    return lambda row: row.logged.entry.kind == kind


def _figures(plan: Plan, entry: LogEntry, lang: Lang) -> str:
    """The counts of all groups together, then whatever else the entry says: what was typed before what was chosen."""
    said = count_texts(plan, totals(entry), lang)
    if entry.hours is not None:
        said.append(tr(lang, "{h} h", h=entry.hours))
    chosen = [attribute_label(plan, name, choice, lang) for name, choice in entry.attributes.items()]
    outcome = outcome_label(plan, entry.outcome, lang)
    said.extend(text for text in (outcome, entry.leader, entry.case, entry.reference, entry.note, *chosen) if text)
    return " · ".join(said)


def entry_columns(rows: Sequence[EntryRow], lang: Lang, width: int) -> list[Column[EntryRow]]:
    """Number, day, kind, figures."""
    kind = column_cells((row.kind for row in rows), MOST_KIND if width >= ROOMY else NARROW_KIND)
    figures = max(4, width - EDGE - NUMBER - DAY - kind - 3 * 2 - 1)
    return [
        Column(tr(lang, "No."), NUMBER, lambda row, _: (Span(row.key, "muted"),), right=True),
        Column(tr(lang, "Day"), DAY, lambda row, _: (Span(short_day(row.logged.entry.on)),)),
        Column(tr(lang, "Kind"), kind, lambda row, cells: fitted((Span(row.kind),), cells)),
        Column(
            tr(lang, "What was recorded"),
            figures,
            lambda row, cells: fitted((Span(row.figures, "muted"),), cells),
            gap=0,
        ),
    ]
