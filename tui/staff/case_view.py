"""One case as values: its head, what is known of it, what it went through, what can be done next. No Textual here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from campaign.case_facts import amended_words, case_facts, event_said, wanted_words
from campaign.case_labels import case_kind_label, state_label
from campaign.case_report import latest_extension
from campaign.case_standing import CaseStanding, case_standing
from campaign.case_states import possible_moves
from campaign.case_words import move_name, state_name
from campaign.cases import EXTEND, Case, CaseEvent
from campaign.labels import branch_label, kind_label
from campaign.language import Lang, listed
from campaign.log import AuditEntry, Logged
from campaign.plan import Plan
from surveys.paper.check_digits import grouped, with_check
from tui.staff.cases_view import CaseRow, chip_text
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import due_cell, standing_cell
from tui.widgets.cells import wrap
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

AMEND = "amend"
"""Stands among the moves: what is said about the case is corrected."""
MOST_LABEL = 30
DAY = 12


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Something that can be done with the case."""

    move: str
    label: str
    wants: str


def kept_case(snapshot: Snapshot, number: str) -> Case | None:
    """The case as it is kept."""
    return next((case for case in snapshot.cases if case.no == number), None)


def standing_of(snapshot: Snapshot, number: str) -> CaseStanding | None:
    """How the case stands on the day of the snapshot."""
    case, view = kept_case(snapshot, number), snapshot.overview
    if case is None:
        return None
    return case_standing(snapshot.plan, case, view.day, judge_overdue=view.clock_behind is None)


def case_head(snapshot: Snapshot, standing: CaseStanding, lang: Lang, width: int) -> list[Line]:
    """Number, kind and whose it is with how late it is; its state, and by when what is due."""
    case, plan = standing.case, snapshot.plan
    row = CaseRow(standing, 0, "", "", "")
    kind, branch = case_kind_label(case.kind, lang), branch_label(plan, case.branch, lang)
    left: Line = (
        Span("▌ ", "primary"),
        Span(case.no, bold=True),
        Span(f"  {kind} · {case.branch} {branch}"),
    )
    cells = cell_len(chip_text(row, lang)) + 2
    chip = (due_cell if row.owed else standing_cell)(standing.standing, lang, cells)
    state = tr(lang, "State: {state}", state=state_label(case, lang))
    return [
        spread(left, chip, width),
        fitted((Span(f"  {state}", bold=True), Span(f"   {_due_said(standing, lang)}", "muted")), width),
    ]


def _due_said(standing: CaseStanding, lang: Lang) -> str:
    row = CaseRow(standing, 0, "", "", "")
    if not row.owed:
        rate_by = standing.case.events[-1].rate_by
        return tr(lang, "can be rated until {d}", d=rate_by) if rate_by is not None else ""
    said = tr(lang, "due {d}", d=standing.due)
    if standing.acknowledgement:
        said = tr(lang, "to be acknowledged by {d}", d=standing.due)
    if standing.workdays:
        working = tr.plural(lang, "{n} working day late", "{n} working days late", standing.workdays)
        if not row.overdue:
            working = tr.plural(lang, "{n} working day left", "{n} working days left", standing.workdays)
        said += f" · {working}"
    return said


def move_rows(plan: Plan, case: Case, day: date, lang: Lang) -> list[MoveRow]:
    """What can be done on ``day``, in the order of the table; then a later deadline; correcting it always."""
    moves = [row.id for row in possible_moves(plan, case, day) if not row.automatic]
    rows = [_move_row(case, move, lang) for move in dict.fromkeys(moves)]
    if (latest := latest_extension(plan, case, day)) is not None:
        rows.append(MoveRow(EXTEND, move_name(case.kind, EXTEND, lang), tr(lang, "once, to {d} at most", d=latest)))
    return [*rows, MoveRow(AMEND, tr(lang, "correct what is said about it"), tr(lang, "owner, public text …"))]


def _move_row(case: Case, move: str, lang: Lang) -> MoveRow:
    words = wanted_words(case, move, lang)
    return MoveRow(
        move, move_name(case.kind, move, lang), tr(lang, "needs {list}", list=listed(words, lang)) if words else ""
    )


def move_columns(rows: Sequence[MoveRow], lang: Lang, width: int) -> list[Column[MoveRow]]:
    """What can be done, and what it needs."""
    label = max((cell_len(row.label) for row in rows), default=8)
    label = max(label, cell_len(tr(lang, "What can be done now")))
    rest = max(0, width - EDGE - label - 2)
    return [
        Column(tr(lang, "What can be done now"), label, lambda row, _: (Span(row.label, bold=row.move != AMEND),)),
        Column("", rest, lambda row, cells: fitted((Span(row.wants, "muted"),), cells), gap=0),
    ]


def case_lines(
    standing: CaseStanding, amendments: Sequence[AuditEntry], lang: Lang, width: int, *, helped: Sequence[Line] = ()
) -> list[Line]:
    """Everything that is known of the case, who helped, then everything that it went through, the newest first."""
    case = standing.case
    facts = list(case_facts(case, lang))
    if case.no.isdecimal():
        facts.insert(1, (tr(lang, "On the slip"), grouped(with_check(case.no))))
    label = min(MOST_LABEL, max(cell_len(name) for name, _ in facts) + 2)
    lines: list[Line] = []
    for at, (name, value) in enumerate(facts):
        lines.extend(_fact(name, value, label, width, bold=at == 0))
        if at == 0 and case.public_matter in ("", case.matter):
            same, none = (
                tr(lang, "the public reads the same"),
                tr(lang, "organiser's eyes only; no text for the public yet"),
            )
            lines.append((Span(" " * label), Span(same if case.public_matter else none, "muted")))
    lines += helped
    lines += [(), (Span(tr(lang, "What it went through"), "accent", bold=True),)]
    for entry in _in_order(case.events, amendments):
        if isinstance(entry, CaseEvent):
            lines.extend(_event(case, entry, lang, width))
        else:
            lines.extend(_amendment(entry, lang, width))
    return lines


def helped_lines(plan: Plan, helped: Sequence[Logged], lang: Lang, width: int) -> list[Line]:
    """The entries of the log that name the case, the newest first; nothing without any."""
    lines: list[Line] = [(), (Span(tr(lang, "What helped with it"), "accent", bold=True),)] if helped else []
    for logged in reversed(helped):
        entry = logged.entry
        kind = kind_label(plan, entry.kind, lang)
        lines.append((*fitted((Span(str(entry.on), "muted"),), DAY), Span(kind, bold=True), Span(f"  {entry.leader}")))
        lines.extend(_beneath(" · ".join(each for each in (entry.reference, entry.note) if each), width))
    return lines


def _fact(name: str, value: str, label: int, width: int, *, bold: bool) -> Iterator[Line]:
    parts = [part for line in value.split("\n") for part in wrap(line, max(10, width - label))]
    for at, part in enumerate(parts):
        yield (*fitted((Span(name if at == 0 else "", "muted"),), label), Span(part, bold=bold))


def _in_order(events: Sequence[CaseEvent], amendments: Sequence[AuditEntry]) -> list[CaseEvent | AuditEntry]:
    """The newest first; of one day, what was corrected before what was done."""
    both: list[CaseEvent | AuditEntry] = [*events, *amendments]
    return sorted(both, key=lambda entry: entry.on)[::-1]


def _event(case: Case, event: CaseEvent, lang: Lang, width: int) -> Iterator[Line]:
    move = move_name(case.kind, event.move, lang)
    state = state_name(case.kind, event.state, lang)
    role = f"  {event.role}" if event.role else ""
    yield (
        *fitted((Span(str(event.on), "muted"),), DAY),
        Span(move, bold=True),
        Span(f" → {state}"),
        Span(role, "muted"),
    )
    yield from _beneath(event_said(event, lang), width)


def _amendment(audit: AuditEntry, lang: Lang, width: int) -> Iterator[Line]:
    name, old, new = amended_words(audit, lang)
    changed = tr(lang, "changed: {name}", name=name)
    yield (*fitted((Span(str(audit.on), "muted"),), DAY), Span(changed), Span(f"  {audit.role}", "muted"))
    said = f"{old} → {new}" + (f" · {audit.reason}" if audit.reason else "")
    yield from _beneath(said, width)


def _beneath(said: str, width: int) -> Iterator[Line]:
    for part in wrap(said, max(10, width - DAY)) if said else ():
        yield (Span(" " * DAY), Span(part))
