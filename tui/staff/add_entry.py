"""The form that adds a log entry: what happened, where, when, and whatever its kind asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from campaign.errors import BadInput, Problem
from campaign.labels import branch_label, kind_label
from campaign.log import LogEntry
from campaign.overview import phase_at_hand
from campaign.recording import Recorded
from campaign.rules import Severity
from campaign.typed import parse_day
from tui.staff.advice import ADVICE
from tui.staff.entry_draft import ATTRIBUTE, EntryDraft, Reading, folded, new_draft, read_draft
from tui.staff.entry_rows import detail_rows, first_rows, last_rows, note_words, save_press
from tui.staff.form import Form
from tui.staff.live import Said
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import short_day
from tui.widgets.choice_field import ChoiceBox, ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow


class AddEntry(Form[Said]):
    """Kind, branch, phase and day, then whatever the kind asks for."""

    def __init__(
        self, snapshot: Snapshot, branch: str | None, draft: EntryDraft | None = None, *, first: str = ""
    ) -> None:
        super().__init__()
        self._first = first
        """The effect of the kinds that are offered first."""
        self.draft = draft or EntryDraft(branch=branch)
        self._snapshot = snapshot
        self._kind = self.draft.kind
        self._branch = self.draft.branch
        self._reading: Reading | None = None
        self._phase_chosen = self.draft.phase is not None
        """Whether the phase is a person's choice, which no other day changes."""

    # -- what a correction says differently --------------------------------------------------------------------------

    @property
    def title_text(self) -> str:
        """What the form does."""
        return tr(self.lang, "Record in the log")

    @property
    def role_hint(self) -> str:
        """What is said beside the role."""
        return tr(self.lang, "never a name; may be empty")

    def more_rows(self) -> Iterable[Widget]:
        """Rows below the others, with what saves."""
        yield save_press(tr(self.lang, "Save"))

    def details_draft(self) -> EntryDraft:
        """What stands in the rows of the kind at first."""
        plan = self._snapshot.plan
        kind, branch = plan.kind(self._kind or ""), plan.branch(self._branch or "")
        return new_draft(plan, kind, branch) if kind and branch else EntryDraft()

    def problems_of(self, entry: LogEntry) -> Sequence[Problem]:
        """Everything that is wrong or odd about it."""
        return self.live.desk.check_entry(entry)

    def keep(self, entry: LogEntry, *, confirmed: bool) -> object:
        """Keep it: called in a thread."""
        return self.live.desk.add_entry(entry, confirmed=confirmed)

    def said_of(self, entry: LogEntry, result: object) -> Said:
        """What is said once it is kept."""
        if not isinstance(result, Recorded) or not result.entries:
            return Said(self._recorded_text(entry), None)
        seen = self.problems_of(entry)
        odd = [ADVICE.message(each, self.lang) for each in result.warnings if each not in seen]
        return Said(" · ".join([self._recorded_text(entry), *odd]), result.entries[-1])

    # -- the form ----------------------------------------------------------------------------------------------------

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        plan, lang = self._snapshot.plan, self.lang
        today = self.live.desk.today().isoformat()
        draft = replace(self.draft, texts={**self.draft.texts, "role": self.live.role})
        yield Drawing(lambda _width, _height: self.title_line(self.title_text), widget_id="title")
        yield VerticalScroll(
            *first_rows(self._snapshot, draft, today, lang, self._first),
            Vertical(id="details"),
            *last_rows(plan, plan.kind(self._kind or ""), draft, lang, role_hint=self.role_hint),
            *self.more_rows(),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with what happened."""
        self.set_focus(self._choice("kind").box)

    def store(self) -> object:
        """Keep the entry."""
        if self._reading is None or self._reading.entry is None:
            return None
        return self.keep(self._reading.entry, confirmed=self.confirmed)

    def stored(self, result: object) -> None:
        """Say what was recorded, and close."""
        entry = self._reading.entry if self._reading else None
        if entry is not None:
            self.live.role = self.typed("role") or self.live.role
            self.dismiss(self.said_of(entry, result))

    def action_save(self) -> None:
        """Store the entry if nothing speaks against it; what must be asked is known when the log is read too."""
        self.tried = True
        reading = self._check()
        if reading.entry is None or self.saving:
            return
        if all(problem.rule.severity is not Severity.ERROR for problem in self.problems_of(reading.entry)):
            self.begin()

    # -- choosing and typing -------------------------------------------------------------------------------------

    def look_over(self) -> None:
        """At every key."""
        self._check()

    async def take_choice(self, field: str, option: str) -> None:
        """Another kind has other rows; another branch is in another phase; a phase that was chosen stays."""
        if field == "kind" and option != self._kind:
            self._kind = option
            await self.rebuild(self.details_draft())
        if field == "branch" and option != self._branch:
            self._branch = option
            self._phase_chosen = False
            await self.rebuild(self.details_draft())
        if field == "phase":
            self._phase_chosen = True
        self._check()

    def go_on(self, field: str) -> None:
        """From the kind to the first thing that is not known yet, otherwise to the next box."""
        if field == "kind" and self._branch is None:
            self.set_focus(self._choice("branch").box)
        elif field == "kind":
            first = next(iter(self.query_one("#details").query(Box)), None)
            self.set_focus(first or next(box for box in self.query(Box) if box.field == "reference"))
        else:
            self.focus_next()

    async def rebuild(self, draft: EntryDraft) -> None:
        """Show the rows of the kind at the branch, filled in as ``draft`` says."""
        plan = self._snapshot.plan
        kind = plan.kind(self._kind or "")
        branch = plan.branch(self._branch or "")
        details = self.query_one("#details", Vertical)
        await details.remove_children()
        if kind is not None and branch is not None:
            await details.mount_all(detail_rows(plan, kind, branch, draft, self.lang))
        self.query_one("#note-row", FieldRow).call(*note_words(plan, kind, self.lang))

    # -- checking ------------------------------------------------------------------------------------------------

    def typed(self, field: str) -> str:
        """What stands in a box, without spaces around it."""
        return next((" ".join(box.value.split()) for box in self.query(Box) if box.field == field), "")

    def _check(self) -> Reading:
        """Read the boxes and say what is wrong beside them."""
        self._follow_day()
        self.confirmed = False
        self._reading = reading = read_draft(self._drafted(), self.live.desk.today())
        beside = dict(reading.problems)
        if reading.entry is not None:
            filled = {box.field for box in self.query(Box) if box.value.strip()}
            for problem in self.problems_of(reading.entry):
                if self.tried or problem.place in filled:
                    beside.setdefault(problem.place, problem)
        self.remark(beside, reading.missing)
        self.complain(list(beside.values()))
        return reading

    def _follow_day(self) -> None:
        """Show the phase that the branch was in on the day that stands there, unless somebody chose one."""
        if self._phase_chosen:
            return
        try:
            day = parse_day(folded(self.typed("on")), self.live.desk.today())
        except BadInput:
            return
        phase, field = phase_at_hand(self._snapshot.overview, self._branch, day) or "", self._choice("phase")
        if field.chosen is None or field.chosen.id != phase:
            field.choose(phase)

    def _drafted(self) -> EntryDraft:
        """What stands in the form."""
        chosen = {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}
        texts = {box.field: box.value for box in self.query(Box) if not isinstance(box, ChoiceBox)}
        attributes = {name.removeprefix(ATTRIBUTE): id_ for name, id_ in chosen.items() if name.startswith(ATTRIBUTE)}
        return EntryDraft(
            chosen.get("kind"),
            chosen.get("branch"),
            chosen.get("phase"),
            outcome=chosen.get("outcome", ""),
            texts=texts,
            leader=chosen.get("leader", ""),
            attributes=attributes,
        )

    def _choice(self, field: str) -> ChoiceField:
        return next(choice for choice in self.query(ChoiceField) if choice.field == field)

    def _recorded_text(self, entry: LogEntry) -> str:
        plan, lang = self._snapshot.plan, self.lang
        name = kind_label(plan, entry.kind, lang)
        label = branch_label(plan, entry.branch, lang)
        said = tr(lang, "✔ recorded: {branch}, {kind}, {day}", branch=label, kind=name, day=short_day(entry.on))
        kind, found = plan.kind(entry.kind), sum(entry.counts.values())
        if kind is not None and kind.effect == "inspection" and found:
            wanted = tr.plural(
                lang, "{n} finding: open a correction with c", "{n} findings: open corrections with c", found
            )
            return f"{said} · {wanted}"
        return said
