"""The forms that correct an entry of the log and that take it back. What was there before stays in the audit."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.correcting import said_problems, too_late
from campaign.errors import Problem
from campaign.log import MOST_ROLE, LogEntry, Logged
from campaign.rules import Severity
from tui.staff.add_entry import AddEntry
from tui.staff.entry_draft import EntryDraft, draft_of
from tui.staff.entry_lines import entry_lines
from tui.staff.entry_rows import reason_row, save_press
from tui.staff.form import Form
from tui.staff.live import Said
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line


class CorrectEntry(AddEntry):
    """The entry form filled in, with the reason."""

    def __init__(self, snapshot: Snapshot, seen: Logged) -> None:
        super().__init__(snapshot, seen.entry.branch, draft_of(seen.entry))
        self._seen = seen

    @property
    def title_text(self) -> str:
        """Which entry is corrected."""
        return tr(self.lang, "Correct entry {n}", n=self._seen.number)

    @property
    def role_hint(self) -> str:
        """Whoever corrects says in which role."""
        return tr(self.lang, "never a name")

    def more_rows(self) -> Iterable[Widget]:
        """The reason, and taking the whole entry back where that can still be done."""
        yield reason_row(self.lang)
        yield save_press(tr(self.lang, "Correct it"))
        if too_late(self._seen.entry, self.live.desk.today()) is None:
            yield Press(tr(self.lang, "Take it back"), widget_id="take-back")

    def on_mount(self) -> None:
        """Fill in what the kind asks for."""
        self.call_later(self._fill)

    async def _fill(self) -> None:
        """Begin with what can be wrong most easily."""
        await self.rebuild(self.draft)
        first = next(iter(self.query_one("#details").query(Box)), None)
        if first is not None:
            self.set_focus(first)

    def details_draft(self) -> EntryDraft:
        """What the entry says, while its kind is the same."""
        return self.draft if self._kind == self.draft.kind else super().details_draft()

    def problems_of(self, entry: LogEntry) -> Sequence[Problem]:
        """As of a new entry, and what is missing of reason and role."""
        return [*said_problems(self.typed("reason"), self.typed("role")), *super().problems_of(entry)]

    def keep(self, entry: LogEntry, *, confirmed: bool) -> object:
        """Keep it in place of the old one."""
        kept = entry.model_copy(update={"role": self._seen.entry.role})
        reason, role = self.typed("reason"), self.typed("role")
        return self.live.desk.log_desk().correct(self._seen, kept, reason, role, confirmed=confirmed)

    def said_of(self, _entry: LogEntry, _result: object) -> Said:
        """The old one is not lost."""
        return Said(tr(self.lang, "✔ corrected: entry {n}; the old one stays in the audit", n=self._seen.number))

    @on(Press.Pressed, "#take-back")
    def _take_back(self, event: Press.Pressed) -> None:
        event.stop()
        form = TakeBack(self._snapshot, self._seen, reason=self.typed("reason"), role=self.typed("role"))
        self.app.push_screen(form, self._taken)

    def _taken(self, said: Said | None) -> None:
        if said is not None:
            self.dismiss(said)


class TakeBack(Form[Said]):
    """Names the entry in words and asks why it is taken back, and by whom."""

    def __init__(
        self, snapshot: Snapshot, seen: Logged, *, undo: bool = False, reason: str = "", role: str = ""
    ) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._seen = seen
        self._undo = undo
        self._reason = reason
        self._role = role

    def content(self) -> Iterable[Widget]:
        """The entry, reason, role."""
        lang = self.lang
        reason = self._reason or (tr(lang, "undone right away") if self._undo else "")
        role = self._role or self.live.role or (self._seen.entry.role if self._undo else "")
        yield Drawing(self._head, widget_id="title")
        yield VerticalScroll(
            Drawing(self._entry, ground="surface", widget_id="entry"),
            reason_row(lang, reason),
            FieldRow(tr(lang, "Your role"), [Box("role", role, max_length=MOST_ROLE)], hint=tr(lang, "never a name")),
            save_press(tr(lang, "Take it back")),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with what is missing; with nothing missing, Enter does it."""
        empty = next((box for box in self.query(Box) if not box.value), None)
        self.set_focus(empty or self.query_one("#save"))

    def store(self) -> object:
        """Take it back."""
        self.live.desk.log_desk().take_back(self._seen, self._typed("reason"), self._typed("role"))
        return None

    def stored(self, _result: object) -> None:
        """Say so, and close."""
        self.live.role = self._typed("role")
        self.dismiss(Said(tr(self.lang, "✔ taken back: entry {n}; it stays in the audit", n=self._seen.number)))

    def action_save(self) -> None:
        """Take it back if reason and role are there."""
        self.tried = True
        if not self._check() and not self.saving:
            self.begin()

    def look_over(self) -> None:
        """Once saving was tried, at every key."""
        if self.tried:
            self._check()

    def _check(self) -> Sequence[Problem]:
        """What is wrong with reason and role, said beside them."""
        problems = [
            each
            for each in said_problems(self._typed("reason"), self._typed("role"))
            if each.rule.severity is Severity.ERROR
        ]
        self.remark({each.place: each for each in problems})
        self.complain(problems)
        return problems

    def _typed(self, field: str) -> str:
        return next((" ".join(box.value.split()) for box in self.query(Box) if box.field == field), "")

    def _head(self, _width: int, _height: int) -> list[Line]:
        title = tr(self.lang, "Undo the last entry?") if self._undo else tr(self.lang, "Take the entry back?")
        return self.title_line(title)

    def _entry(self, width: int, _height: int) -> list[Line]:
        return [*entry_lines(self._snapshot.plan, self._seen, self.lang, width), ()]
