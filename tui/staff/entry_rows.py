"""The rows of the entry form."""

from collections.abc import Iterator, Sequence

from textual.widget import Widget

from campaign.branches import FINISHED
from campaign.helping import HELP
from campaign.labels import count_label, inside, outcome_label
from campaign.language import Lang, listed
from campaign.log import MOST_CODE, MOST_NOTE, MOST_REFERENCE, MOST_ROLE
from campaign.overview import phase_at_hand
from campaign.plan import Branch, EntryKind, Obligation, Plan
from campaign.standing import BranchStanding, Status
from surveys.sitting import usual_operator
from tui.staff.entry_draft import ATTRIBUTE, EntryDraft, officials
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import LABEL, Box, FieldRow, Press
from tui.widgets.spans import Line, Span, fitted

COUNT = 10
"""Cells of a box for a count."""
DIGITS = 6
UNSAID = "–"


def first_rows(snapshot: Snapshot, draft: EntryDraft, today: str, lang: Lang, first: str = "") -> Iterator[Widget]:
    """What, where and when; kinds with the effect ``first`` before all others."""
    plan = snapshot.plan
    words = plan.campaign.words
    current = draft.phase or phase_at_hand(snapshot.overview, draft.branch)
    standing = next((each for each in snapshot.overview.branches if each.code == draft.branch), None)
    kinds = [Option(kind.id, kind.name.text(lang)) for kind in kinds_with(first, likely_first(plan, current, standing))]
    yield ChoiceField("kind", tr(lang, "What"), kinds, draft.kind)
    yield ChoiceField("branch", words.branch.text(lang), branch_options(plan, lang), draft.branch)
    phases = [Option(phase.id, phase.label.text(lang)) for phase in plan.phases]
    yield ChoiceField("phase", words.phase.text(lang), phases, current)
    day = draft.texts.get("on", today)
    yield FieldRow(tr(lang, "Day"), [Box("on", day)], hint=tr(lang, "like {day}", day=today))


def likely_first(plan: Plan, phase: str | None, standing: BranchStanding | None = None) -> list[EntryKind]:
    """The kinds, most likely ones first, each sort in the order of the plan.

    First what advances a required step of the phase that is still open at the branch, then what advances any of its
    steps, then the others; but the approval before all where nothing else is missing.
    """
    steps = {step.id for step in plan.steps if step.phase == phase}
    here = next((each for each in standing.phases if each.phase == phase), None) if standing else None
    settled = FINISHED | {Status.WAIVED}
    open_steps = (
        {each.step for each in here.steps if each.required and each.standing.status not in settled} if here else set()
    )
    gate_first = here is not None and here.finish_date_missing

    def rank(kind: EntryKind) -> int:
        if gate_first and kind.effect == "gate":
            return 0
        if not open_steps.isdisjoint(kind.advances):
            return 1
        return 3 if steps.isdisjoint(kind.advances) else 2

    return sorted(plan.kinds, key=rank)


def kinds_with(effect: str, kinds: Sequence[EntryKind]) -> list[EntryKind]:
    """The kinds with this effect first, otherwise in the order in which they come."""
    return sorted(kinds, key=lambda kind: kind.effect != effect) if effect else [*kinds]


def branch_options(plan: Plan, lang: Lang) -> list[Option]:
    """The branches that take part, with their codes."""
    return [Option(branch.code, f"{branch.code} {branch.label.text(lang)}") for branch in plan.active_branches]


def detail_rows(plan: Plan, kind: EntryKind, branch: Branch, draft: EntryDraft, lang: Lang) -> Iterator[Widget]:
    """What the kind asks for at the branch, filled in as ``draft`` says."""
    texts = draft.texts
    if kind.outcomes:
        options = [Option(outcome, outcome_label(plan, outcome, lang)) for outcome in kind.outcomes]
        label = tr(lang, "Outcome") if kind.leader == "none" else tr(lang, "Purpose")
        yield ChoiceField("outcome", label, options, draft.outcome or None)
    if kind.effect == HELP:
        yield from _help_rows(draft, lang)
    for name in kind.counts:
        field = f"counts.{name}"
        box = Box(field, texts.get(field, ""), width=COUNT, max_length=DIGITS)
        yield FieldRow(count_label(plan, name, lang), [box], hint=_count_hint(plan, kind, name, lang))
    yield from _group_rows(plan, kind, branch, draft, lang)
    if kind.hours:
        hours = Box("hours", texts.get("hours", ""), width=COUNT, max_length=DIGITS)
        yield FieldRow(tr(lang, "Hours"), [hours], hint=tr(lang, "how long it took, like 2.5"))
    if kind.leader != "none":
        yield _leader_row(plan, kind, branch, draft, lang)
    for name in kind.attributes:
        if attribute := plan.attribute(name):
            choices = [Option(choice.id, choice.name.text(lang)) for choice in attribute.choices]
            chosen = draft.attributes.get(name, "")
            yield ChoiceField(ATTRIBUTE + name, attribute.name.text(lang), [*choices, Option("", UNSAID)], chosen)
    if kind.case == "optional":
        box = Box("case", texts.get("case", ""), max_length=MOST_REFERENCE)
        yield FieldRow(tr(lang, "Case"), [box], hint=_case_hint(plan, kind, lang))


def _case_hint(plan: Plan, kind: EntryKind, lang: Lang) -> str:
    """With which purposes a case is named."""
    if not kind.case_for:
        return tr(lang, "its number, if there is one")
    choices = (each for name in kind.attributes if (attribute := plan.attribute(name)) for each in attribute.choices)
    names = {each.id: each.name for each in choices} | {each.id: each.name for each in plan.outcomes}
    said = listed([names[each].text(lang) for each in kind.case_for if each in names], lang)
    return tr(lang, "its number, for: {purposes}", purposes=said)


def _group_rows(plan: Plan, kind: EntryKind, branch: Branch, draft: EntryDraft, lang: Lang) -> Iterator[Widget]:
    """A row for every group that has members at the branch, or of which the draft says something."""
    if not kind.group_counts:
        return
    said = {name.split(".")[1] for name, text in draft.texts.items() if name.startswith("groups.") and text}
    groups = [group for group in plan.member_groups if branch.members.get(group.id) or group.id in said]
    if groups:
        yield Drawing(lambda _width, _height: [_grid_head(plan, kind, lang)], ground="surface")
    for group in groups:
        fields = [f"groups.{group.id}.{name}" for name in kind.group_counts]
        row = [Box(field, draft.texts.get(field, ""), width=COUNT, max_length=DIGITS) for field in fields]
        yield FieldRow(group.name.text(lang), row, hint=tr(lang, "of {n}", n=branch.members.get(group.id, 0)))


def _help_rows(draft: EntryDraft, lang: Lang) -> Iterator[Widget]:
    """Which help it is, and by which day it is to be given."""
    code = Box("code", draft.texts.get("code", ""), width=COUNT, max_length=MOST_CODE)
    yield FieldRow(tr(lang, "Code"), [code], hint=tr(lang, "like H07 or a number, never a name"))
    planned = Box("planned", draft.texts.get("planned", ""))
    yield FieldRow(tr(lang, "Planned day"), [planned], hint=tr(lang, "by which it is to be given, if it is planned"))


def _leader_row(plan: Plan, kind: EntryKind, branch: Branch, draft: EntryDraft, lang: Lang) -> Widget:
    roles = {leader.code: leader.role.text(lang) for leader in plan.leaders}
    options = [Option(code, f"{code} {roles[code]}") for code in officials(plan, branch)]
    unsaid = [Option("", UNSAID)] if kind.leader == "optional" else []
    return ChoiceField("leader", tr(lang, "Official"), [*options, *unsaid], draft.leader)


def _count_hint(plan: Plan, kind: EntryKind, name: str, lang: Lang) -> str:
    """What a number may be that one might not think of."""
    most = next((count.most for count in plan.counts if count.id == name), None)
    if most is not None:
        return tr(lang, "{n} is usually enough", n=most)
    if kind.effect == "inspection":
        return tr(lang, "0 if nothing was found")
    return tr(lang, "0 if nothing came in: that counts too") if kind.obligation is Obligation.ASK else ""


def usual_roles(plan: Plan, lang: Lang) -> list[Option]:
    """Roles to choose from where two confirm something: the organiser's, then those of the contact officials."""
    leaders = (f"{leader.role.text(lang)} {leader.code}" for leader in plan.leaders)
    names = dict.fromkeys([usual_operator(plan, lang), *leaders])
    return [Option(name, name) for name in names if name]


def last_rows(plan: Plan, kind: EntryKind | None, draft: EntryDraft, lang: Lang, *, role_hint: str) -> Iterator[Widget]:
    """Evidence, note, who records it."""
    texts = draft.texts
    reference = Box("reference", texts.get("reference", ""), max_length=MOST_REFERENCE)
    yield FieldRow(tr(lang, "File number"), [reference], hint=tr(lang, "of the evidence, if any"))
    label, hint = note_words(plan, kind, lang)
    note = FieldRow(label, [Box("note", texts.get("note", ""), max_length=MOST_NOTE)], hint=hint)
    note.id = "note-row"
    yield note
    role = Box("role", texts.get("role", ""), max_length=MOST_ROLE)
    yield FieldRow(tr(lang, "Your role"), [role], hint=role_hint)


def note_words(plan: Plan, kind: EntryKind | None, lang: Lang) -> tuple[str, str]:
    """What the note is called, and the hint beside it: of some kinds it is a title."""
    if kind is not None and kind.distinct:
        branch = inside(plan.campaign.words.branch, lang)
        return tr(lang, "Title"), tr(lang, "one that no other {branch} has", branch=branch)
    return tr(lang, "Note"), tr(lang, "no names, no phone numbers")


def reason_row(lang: Lang, reason: str = "") -> Widget:
    """Why something recorded is changed."""
    return FieldRow(
        tr(lang, "Reason"),
        [Box("reason", reason, max_length=MOST_NOTE)],
        hint=tr(lang, "why; the old one is kept"),
    )


def save_press(label: str) -> Widget:
    """What stores the form."""
    return Press(label, widget_id="save")


def _grid_head(plan: Plan, kind: EntryKind, lang: Lang) -> Line:
    labels = [count_label(plan, name, lang) for name in kind.group_counts]
    cells = [span for label in labels for span in fitted((Span(f" {label}", "muted"),), COUNT + 1)]
    return (Span(" " * LABEL), *cells)
