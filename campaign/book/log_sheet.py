"""A list of what happened as a sheet: one row an entry of the log, its columns those that the kind takes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from campaign.book.cells import Cell, Column, Sort
from campaign.book.layout import Sheet
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import N_, HasText, Lang
from campaign.plan import Branch, EntryKind, Plan
from campaign.recording import EXPECTED
from campaign.texts import tr

TITLE = N_("Log list")
ABOUT = N_("One row an entry; rows in which only the first columns are filled in are left alone.")
_PREFILLED = ("kind", "branch")


@dataclass(frozen=True, slots=True)
class _Option(HasText):
    """A code with its name, as a list offers it."""

    code: str
    name: I18n

    def text(self, lang: Lang) -> str:
        return f"{self.code} {self.name.text(lang)}"


def key_columns(plan: Plan) -> tuple[Column, ...]:
    """What every row says: the kind, the branch, the day."""
    kinds = tuple((kind.id, kind.name) for kind in plan.kinds)
    return (
        Column("kind", tr.phrase(N_("Kind")), Sort.SLUG, N_("A kind of entry of the plan."), options=kinds),
        Column("branch", tr.phrase(N_("Branch")), Sort.CODE, N_("Code of a branch."), options=_branches(plan)),
        Column("@branch", tr.phrase(N_("Name, to be read only")), info=True),
        Column("on", tr.phrase(N_("Day")), Sort.DAY, N_("The day it happened, as 2026-07-01.")),
    )


def log_sheet(plan: Plan, kinds: Sequence[EntryKind]) -> Sheet:
    """The columns of these kinds together."""
    columns = {column.field: column for column in (*key_columns(plan), *_counted(plan, kinds), *_said(plan, kinds))}
    return Sheet("log", TITLE, ABOUT, tuple(_told_apart(list(columns.values()))), ("branch", "on"))


def _told_apart(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns; where two would have the same heading, with their fields behind it."""
    seen = Counter((lang, tightly_folded(column.heading.text(lang))) for column in columns for lang in Lang)
    for column in columns:
        alone = all(seen[lang, tightly_folded(column.heading.text(lang))] == 1 for lang in Lang)
        with_field = tr.phrase(N_("{name} ({id})"), name=column.heading, id=column.field)
        yield column if alone else replace(column, heading=with_field)


def log_rows(plan: Plan, kind: EntryKind, branches: Sequence[Branch], lang: Lang) -> Iterator[tuple[Cell, ...]]:
    """A row for each branch, with the people who are expected where the kind counts them."""
    for branch in branches:
        known: dict[str, Cell] = {
            "kind": kind.name.text(lang),
            "branch": branch.code,
            "@branch": branch.label.text(lang),
            **{f"groups.{group}.{EXPECTED}": number for group, number in branch.members.items() if number},
        }
        yield tuple(known.get(column.field) for column in log_sheet(plan, [kind]).columns)


def is_prefilled(field: str) -> bool:
    """Whether a template fills in this field by itself."""
    return field in _PREFILLED or field.endswith(f".{EXPECTED}")


def _branches(plan: Plan) -> tuple[tuple[str, HasText], ...]:
    return tuple((branch.code, _Option(branch.code, branch.label)) for branch in plan.active_branches)


def _counted(plan: Plan, kinds: Sequence[EntryKind]) -> Iterator[Column]:
    """Counts of each group, then those of the whole entry."""
    names = {count.id: count.name for count in plan.counts}
    for kind in kinds:
        for group in plan.member_groups:
            for count in kind.group_counts:
                heading = tr.phrase(N_("{group} {name}"), group=group.name, name=names[count])
                yield Column(f"groups.{group.id}.{count}", heading, Sort.COUNT, optional=True)
        for count in kind.counts:
            yield Column(f"counts.{count}", names[count], Sort.COUNT, optional=True)


def _said(plan: Plan, kinds: Sequence[EntryKind]) -> Iterator[Column]:
    """What else the kinds take."""
    if any(kind.hours for kind in kinds):
        yield Column("hours", tr.phrase(N_("Hours")), Sort.NUMBER, N_("At most 24, with one decimal."), optional=True)
    wanted = {outcome for kind in kinds for outcome in kind.outcomes}
    if wanted:
        outcomes = tuple((each.id, each.name) for each in plan.outcomes if each.id in wanted)
        yield Column("outcome", tr.phrase(N_("Outcome")), Sort.SLUG, options=outcomes, optional=True)
    for attribute in plan.attributes:
        if any(attribute.id in kind.attributes for kind in kinds):
            choices = tuple((each.id, each.name) for each in attribute.choices)
            yield Column(f"attributes.{attribute.id}", attribute.name, Sort.SLUG, options=choices, optional=True)
    if any(kind.leader != "none" for kind in kinds):
        leaders = tuple((each.code, _Option(each.code, each.role)) for each in plan.leaders)
        yield Column("leader", tr.phrase(N_("Contact official")), Sort.CODE, options=leaders, optional=True)
    if any(kind.case == "optional" for kind in kinds):
        note = N_("Its number, or the file number of help that was given.")
        yield Column("case", tr.phrase(N_("Case")), note=note, optional=True)
    phases = tuple((each.id, each.name) for each in plan.phases)
    note = N_("Empty: the branch's current phase.")
    yield Column("phase", tr.phrase(N_("Phase")), Sort.SLUG, note, options=phases, optional=True)
    yield Column("reference", tr.phrase(N_("File number")), optional=True)
    yield Column("note", tr.phrase(N_("Note")), note=N_("No names, no telephone numbers."), optional=True)
