"""What is owed in the whole campaign, as values. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from rich.cells import cell_len

from campaign.case_labels import case_kind_label, state_label
from campaign.doubts import clock_problems
from campaign.due_list import DueList, DueThing, Owed
from campaign.labels import branch_label, inside, phase_label
from campaign.language import N_, Lang
from campaign.plan import Plan
from campaign.standing import Status
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import DONE, SIGNS, column_cells, due_cell, due_text, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

MOST_BRANCH, MOST_KIND = 16, 18
"""Cells of the names of branches and of kinds."""
ROOMY = 100
DAY = 5
_BY_PLAN = frozenset({Owed.PHASE, Owed.STEP})
"""What the dashboard counts as late by plan; the rest are cases, inspections, branches to be put right."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something owed, as the list shows it."""

    thing: DueThing
    at: int
    """Its place in the list: the worst first."""
    branch: str
    kind: str
    brief: str
    """The kind in fewer words."""
    what: str
    """What it is about; of a case its number and state before its matter."""
    matter: str
    """The same with the matter first, for where there is no room for all of it."""

    @property
    def key(self) -> str:
        """Tells it from everything else."""
        return thing_key(self.thing)

    @property
    def overdue(self) -> bool:
        """Whether its day has passed."""
        return self.thing.standing.status is Status.OVERDUE

    @property
    def words(self) -> str:
        """What is looked through."""
        return f"{self.branch} {self.thing.branch} {self.kind} {self.brief} {self.what} {self.thing.due:%Y-%m-%d}"


def due_listing() -> Listing[DueRow]:
    """Everything, the worst first."""
    return Listing(
        parts=(
            Sieve(N_("everything"), lambda _: True),
            Sieve(N_("overdue"), lambda row: row.overdue),
            Sieve(N_("today"), lambda row: not row.overdue and row.thing.standing.days <= 0),
            Sieve(N_("next 7 days"), lambda row: not row.overdue and row.thing.standing.days > 0),
        ),
        kinds=(
            Sieve(N_("all kinds"), lambda _: True),
            Sieve(N_("phases and steps"), lambda row: row.thing.owed in _BY_PLAN),
            Sieve(N_("cases"), lambda row: row.thing.owed is Owed.CASE),
            Sieve(N_("others"), lambda row: row.thing.owed not in _BY_PLAN | {Owed.CASE}),
        ),
        orders=(
            Order(N_("worst first"), None),
            Order(N_("by day"), lambda row: (row.thing.due, row.at)),
            Order(N_("by name"), lambda row: (row.thing.branch, row.at)),
            Order(N_("by kind"), lambda row: (row.kind, row.at)),
        ),
        words=lambda row: row.words,
    )


def thing_key(thing: DueThing) -> str:
    """Tells something owed from everything else that is owed."""
    number = thing.case.case.no if thing.case else ""
    found_on = thing.findings.on if thing.findings else ""
    return f"{thing.owed} {thing.branch} {thing.phase} {thing.step} {thing.code} {number}{found_on}"


def due_rows(snapshot: Snapshot, lang: Lang) -> list[DueRow]:
    """Everything that is owed, the worst first."""
    due, names = snapshot.due, _Names(snapshot.plan, lang)
    things = (*due.overdue, *due.today, *due.soon)
    return [
        DueRow(thing, at, names.branch(thing.branch), names.kind(thing), names.brief(thing), *names.what(thing))
        for at, thing in enumerate(things)
    ]


class _Names:
    """The names of what is owed in one language, each looked up once: there may be fifty thousand things."""

    def __init__(self, plan: Plan, lang: Lang) -> None:
        self._lang = lang
        self.branch = cache(partial(branch_label, plan, lang=lang))
        self._phase = cache(partial(phase_label, plan, lang=lang))
        self._steps = {step.id: step.name.text(lang) for step in plan.steps}
        self._case_kind = cache(partial(case_kind_label, lang=lang))
        self._case_brief = cache(partial(case_kind_label, lang=lang, short=True))
        self._kinds = {
            Owed.PHASE: inside(plan.campaign.words.phase, lang),
            Owed.STEP: tr(lang, "step"),
            Owed.INSPECTION: tr(lang, "inspection"),
            Owed.FINDINGS: tr(lang, "findings"),
            Owed.CONDITION: tr(lang, "plan to put right"),
            Owed.VISIT: tr(lang, "visit"),
            Owed.HELP: tr(lang, "promised help"),
            Owed.RECHECK: tr(lang, "recheck"),
        }
        self._whats = {
            Owed.INSPECTION: tr(lang, "the next one"),
            Owed.CONDITION: tr(lang, "what was planned about it"),
            Owed.RECHECK: tr(lang, "recheck survey after the catch-up"),
        }
        self._acknowledge = tr(lang, "acknowledge")

    def kind(self, thing: DueThing) -> str:
        """What kind of thing it is."""
        return self._case_kind(thing.case.case.kind) if thing.case else self._kinds.get(thing.owed, "")

    def brief(self, thing: DueThing) -> str:
        """The same in fewer words."""
        return self._case_brief(thing.case.case.kind) if thing.case else self.kind(thing)

    def what(self, thing: DueThing) -> tuple[str, str]:
        """What it is about, and the same with the matter of a case first."""
        if thing.case is not None:
            case = thing.case.case
            state = self._acknowledge if thing.case.acknowledgement else state_label(case, self._lang, short=True)
            return f"{case.no} {state} · {case.matter}", f"{case.matter} · {state} {case.no}"
        said = self._whats.get(thing.owed, "")
        if thing.findings is not None:
            number, day = thing.findings.number, short_day(thing.findings.on)
            said = tr.plural(self._lang, "{n} of {d} is no case yet", "{n} of {d} are no cases yet", number, d=day)
        match thing.owed:
            case Owed.PHASE:
                said = self._phase(thing.phase)
            case Owed.STEP:
                said = self._steps.get(thing.step, thing.step)
            case Owed.VISIT:
                said = tr(self._lang, "by the contact official · {phase}", phase=self._phase(thing.phase))
            case Owed.HELP:
                said = thing.code
        return said, said


def due_columns(snapshot: Snapshot, rows: Sequence[DueRow], lang: Lang, width: int) -> list[Column[DueRow]]:
    """How late or how near, by which day, whose, what."""
    standings = {row.thing.standing for row in rows}
    chip = max((cell_len(due_text(standing, lang)) + 2 for standing in standings), default=12)
    branch = column_cells({row.branch for row in rows}, MOST_BRANCH)
    roomy = width >= ROOMY
    kind = column_cells({row.kind if roomy else row.brief for row in rows}, MOST_KIND)
    what = max(8, width - EDGE - chip - DAY - branch - kind - 4 * 2 - 1)
    return [
        Column(tr(lang, " Late or left"), chip, lambda row, cells: due_cell(row.thing.standing, lang, cells)),
        Column(tr(lang, "Due"), DAY, lambda row, _: (Span(short_day(row.thing.due)),)),
        Column(
            snapshot.plan.campaign.words.branch.text(lang),
            branch,
            lambda row, _: (Span(row.branch, bold=row.overdue),),
        ),
        Column(tr(lang, "Kind"), kind, lambda row, _: (Span(row.kind if roomy else row.brief, "muted"),)),
        Column(tr(lang, "Matter"), what, lambda row, cells: _what(row, cells, roomy=roomy), gap=0),
    ]


def _what(row: DueRow, cells: int, *, roomy: bool) -> Line:
    return fitted((Span(row.what if roomy else row.matter),), cells)


def due_title(due: DueList, lang: Lang, width: int) -> Line:
    """What the page is, and how many are overdue, due today, due soon; or that the clock is wrong."""
    for wrong in clock_problems(due.day, due.clock_behind):
        return fitted((Span(f"▼ {wrong.message(lang)}", "warning", bold=True),), width)
    late, by_plan = len(due.overdue), sum(thing.owed in _BY_PLAN for thing in due.overdue)
    overdue = tr(lang, "{n} overdue, {m} by plan", n=late, m=by_plan)
    if by_plan in (0, late):
        overdue = tr(lang, "{n} overdue", n=late)
    today = tr(lang, "{n} today", n=len(due.today))
    soon = tr(lang, "{n} in 7 days", n=len(due.soon))
    figures: Line = (
        Span(f" {SIGNS[Status.OVERDUE]} {overdue} ", "on-alarm", "alarm", bold=True) if late else Span(DONE, "success"),
        Span(f"  {SIGNS[Status.DUE_SOON]} {today}", "warning"),
        Span(f"  {SIGNS[Status.ON_TRACK]} {soon}", "muted"),
    )
    left: Line = (Span("▌ ", "primary"), Span(tr(lang, "What is owed"), bold=True))
    return spread(left, figures, width)
