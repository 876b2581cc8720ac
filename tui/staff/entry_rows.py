"""The rows of the entry form."""

from collections.abc import Iterator

from textual.widget import Widget

from campaign.labels import count_label, outcome_label
from campaign.language import Lang
from campaign.log import MOST_NOTE, MOST_REFERENCE
from campaign.overview import phase_at_hand
from campaign.plan import Branch, EntryKind, Plan
from tui.staff.entry_draft import wanted_boxes
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import LABEL, Box, FieldRow, Press
from tui.widgets.spans import Line, Span, fitted

COUNT = 10
"""Cells of a box for a count."""
DIGITS = 6


def first_rows(snapshot: Snapshot, branch: str | None, today: str, lang: Lang) -> Iterator[Widget]:
    """What, where and when."""
    plan = snapshot.plan
    words = plan.campaign.words
    current = phase_at_hand(snapshot.overview, branch)
    kinds = [Option(kind.id, kind.name.text(lang)) for kind in likely_first(plan, current)]
    yield ChoiceField("kind", tr(lang, "What"), kinds)
    yield ChoiceField("branch", words.branch.text(lang), branch_options(plan, lang), branch)
    phases = [Option(phase.id, phase.name.text(lang)) for phase in plan.phases]
    yield ChoiceField("phase", words.phase.text(lang), phases, current)
    yield FieldRow(tr(lang, "Day"), [Box("on", today)], hint=tr(lang, "like {day}", day=today))


def likely_first(plan: Plan, phase: str | None) -> list[EntryKind]:
    """Kinds that advance a step of the phase, then the others, each in the order of the plan."""
    steps = {step.id for step in plan.steps if step.phase == phase}
    return sorted(plan.kinds, key=lambda kind: steps.isdisjoint(kind.advances))


def branch_options(plan: Plan, lang: Lang) -> list[Option]:
    """The branches that take part, with their codes."""
    return [Option(branch.code, f"{branch.code} {branch.label.text(lang)}") for branch in plan.active_branches]


def detail_rows(plan: Plan, kind: EntryKind, branch: Branch, lang: Lang) -> Iterator[Widget]:
    """What the kind asks for at the branch."""
    boxes = wanted_boxes(kind, branch)
    if kind.outcomes:
        options = [Option(outcome, outcome_label(plan, outcome, lang)) for outcome in kind.outcomes]
        yield ChoiceField("outcome", tr(lang, "Outcome"), options)
    for name in kind.counts:
        box = Box(f"counts.{name}", width=COUNT, max_length=DIGITS)
        yield FieldRow(count_label(plan, name, lang), [box])
    groups = [group for group in plan.member_groups if branch.members.get(group.id)] if kind.group_counts else []
    if groups:
        yield Drawing(lambda _width, _height: [_grid_head(plan, kind, lang)], ground="surface")
    for group in groups:
        fields = [f"groups.{group.id}.{name}" for name in kind.group_counts]
        row = [Box(field, boxes[field], width=COUNT, max_length=DIGITS) for field in fields]
        yield FieldRow(group.name.text(lang), row, hint=tr(lang, "of {n}", n=branch.members[group.id]))
    if kind.hours:
        hours = Box("hours", width=COUNT, max_length=DIGITS)
        yield FieldRow(tr(lang, "Hours"), [hours], hint=tr(lang, "how long it took, like 2.5"))


def last_rows(lang: Lang) -> Iterator[Widget]:
    """Evidence, note, and saving."""
    reference = Box("reference", max_length=MOST_REFERENCE)
    yield FieldRow(tr(lang, "File number"), [reference], hint=tr(lang, "of the evidence; may be empty"))
    yield FieldRow(tr(lang, "Note"), [Box("note", max_length=MOST_NOTE)], hint=tr(lang, "no names, no phone numbers"))
    yield Press(tr(lang, "Save"), widget_id="save")


def _grid_head(plan: Plan, kind: EntryKind, lang: Lang) -> Line:
    labels = [count_label(plan, name, lang) for name in kind.group_counts]
    cells = [span for label in labels for span in fitted((Span(f" {label}", "muted"),), COUNT + 1)]
    return (Span(" " * LABEL), *cells)
