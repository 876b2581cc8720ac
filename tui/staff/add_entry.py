"""The form that adds a log entry: what happened, where, when, and the counts that its kind asks for."""

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from campaign.labels import branch_label, kind_label
from campaign.log import LogEntry
from campaign.overview import phase_at_hand
from campaign.rules import Severity
from tui.staff.confirm import Confirm
from tui.staff.entry_draft import EntryDraft, Reading, read_draft
from tui.staff.entry_rows import detail_rows, first_rows, last_rows
from tui.staff.form import Form
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.staff.wording import short_day
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, Press


class AddEntry(Form[str]):
    """Kind, branch, phase and day, then whatever the kind asks for. The result is what the status line says."""

    def __init__(self, snapshot: Snapshot, branch: str | None) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._branch = branch
        self._kind: str | None = None
        self._reading: Reading | None = None
        self._confirmed = False

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        today = self.live.desk.today().isoformat()
        yield Drawing(lambda _width, _height: self.title_line(tr(self.lang, "Record in the log")), widget_id="title")
        yield VerticalScroll(
            *first_rows(self._snapshot, self._branch, today, self.lang),
            Vertical(id="details"),
            *last_rows(self.lang),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with what happened."""
        self.set_focus(self._choice("kind").box)

    def store(self) -> object:
        """Append the entry; the warnings it was stored with."""
        if self._reading is None or self._reading.entry is None:
            return None
        return self.live.desk.add_entry(self._reading.entry, confirmed=self._confirmed)

    def stored(self, _result: object) -> None:
        """Say what was recorded, and close."""
        entry = self._reading.entry if self._reading else None
        if entry is not None:
            self.dismiss(self._said(entry))

    def action_save(self) -> None:
        """Store the entry if nothing speaks against it; ask what must be asked."""
        self.tried = True
        reading = self._check()
        if reading.entry is None or self.saving:
            return
        problems = self.live.desk.check_entry(reading.entry)
        asked = [problem for problem in problems if problem.rule.severity is Severity.CONFIRM]
        if any(problem.rule.severity is Severity.ERROR for problem in problems):
            return
        if asked and not self._confirmed:
            self.app.push_screen(Confirm(asked), self._answered)
        else:
            self.begin()

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._confirmed = True
            self.begin()

    # -- choosing and typing -------------------------------------------------------------------------------------

    @on(ChoiceField.Chosen)
    async def _chosen(self, message: ChoiceField.Chosen) -> None:
        message.stop()
        field = message.field.field
        if field == "kind" and message.option != self._kind:
            self._kind = message.option
            await self._rebuild()
        if field == "branch" and message.option != self._branch:
            self._branch = message.option
            self._choice("phase").choose(phase_at_hand(self._snapshot.overview, self._branch) or "")
            await self._rebuild()
        self._check()
        if message.final:
            self._go_on(field)
            message.field.release()

    @on(Box.Changed)
    def _typed(self, event: Box.Changed) -> None:
        event.stop()
        self._check()

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.action_save()

    def _go_on(self, field: str) -> None:
        """From the kind to the first thing that is not known yet, otherwise to the next box."""
        if field == "kind" and self._branch is None:
            self.set_focus(self._choice("branch").box)
        elif field == "kind":
            first = next(iter(self.query_one("#details").query(Box)), None)
            self.set_focus(first or next(box for box in self.query(Box) if box.field == "reference"))
        else:
            self.focus_next()

    async def _rebuild(self) -> None:
        """Show the rows of the kind at the branch."""
        plan = self._snapshot.plan
        kind = plan.kind(self._kind or "")
        branch = plan.branch(self._branch or "")
        details = self.query_one("#details", Vertical)
        await details.remove_children()
        if kind is not None and branch is not None:
            await details.mount_all(detail_rows(plan, kind, branch, self.lang))

    # -- checking ------------------------------------------------------------------------------------------------

    def _check(self) -> Reading:
        """Read the boxes and say what is wrong beside them."""
        self._confirmed = False
        choices = {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}
        texts = {box.field: box.value for box in self.query(Box) if box.field not in _CHOICES}
        draft = EntryDraft(
            choices.get("kind"), choices.get("branch"), choices.get("phase"), choices.get("outcome", ""), texts
        )
        self._reading = reading = read_draft(draft, self.live.desk.today())
        beside = dict(reading.problems)
        if reading.entry is not None:
            filled = {box.field for box in self.query(Box) if box.value.strip()}
            for problem in self.live.desk.check_entry(reading.entry):
                if self.tried or problem.place in filled:
                    beside.setdefault(problem.place, problem)
        self.remark(beside, reading.missing)
        self.complain(list(beside.values()))
        return reading

    def _choice(self, field: str) -> ChoiceField:
        return next(choice for choice in self.query(ChoiceField) if choice.field == field)

    def _said(self, entry: LogEntry) -> str:
        plan = self._snapshot.plan
        name = kind_label(plan, entry.kind, self.lang)
        label = branch_label(plan, entry.branch, self.lang)
        return tr(self.lang, "✔ recorded: {branch}, {kind}, {day}", branch=label, kind=name, day=short_day(entry.on))


_CHOICES = frozenset({"kind", "branch", "phase", "outcome"})
