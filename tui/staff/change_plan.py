"""The form that changes the plan of a branch: what, the new values, who and why, and what would come of it."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import cast

from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from campaign.branch_rules import study_days
from campaign.case_desk import Handled
from campaign.errors import BadInput, Problem
from campaign.overlaps import phases_in_busy
from campaign.overview import phase_at_hand
from campaign.plan import Branch
from campaign.plan_changes import PlanChange
from campaign.plan_desk import ended_problems
from campaign.plan_words import change_words
from campaign.shortfalls import Shortfall
from tui.staff.calendar_view import clash_words
from tui.staff.confirm import AskSupport, Confirm
from tui.staff.form import Form
from tui.staff.plan_draft import PlanDraft, PlanReading, What, field_of, read_plan_draft
from tui.staff.plan_rows import change_rows, last_rows, what_options
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import LABEL, Box, Press
from tui.widgets.spans import Line, Span

_CHOICES = frozenset(
    {"what", "phase", "after", "busy", "condition", "remedy", "venue", "funding", "step", "groups", "means"}
)


class ChangePlan(Form[str]):
    """One change at a time. The result is what the status line says."""

    def __init__(
        self,
        snapshot: Snapshot,
        branch: Branch,
        lacking: Sequence[Shortfall],
        role: str = "",
        *,
        ask: bool = False,
    ) -> None:
        super().__init__()
        self.ask_next = False
        """Whether what the branch lacks is to be asked for when this form is closed."""
        self._begin_with = What.ASK if ask and lacking else None
        self._snapshot = snapshot
        self._branch = branch
        self._lacking = lacking
        self._role = role
        self._what: What | None = None
        self._reading: PlanReading | None = None
        self._change: PlanChange | None = None

    @property
    def role(self) -> str:
        """What was typed as the role: the next form begins with it."""
        return next((box.value.strip() for box in self.query(Box) if box.field == "role"), self._role)

    def content(self) -> Iterable[Widget]:
        """Title, rows, what would come of it, problems."""
        options = what_options(self._branch, self._lacking, self.lang)
        title = tr(self.lang, "Change the plan of {branch}", branch=self._branch.name)
        yield Drawing(lambda _width, _height: self.title_line(title), widget_id="title")
        yield VerticalScroll(
            ChoiceField("what", tr(self.lang, "To change"), options),
            Vertical(id="details"),
            Drawing(self._preview, ground="surface", widget_id="preview"),
            Press(tr(self.lang, "Save"), widget_id="save"),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with what is to be changed, or with its first box where that is known."""
        choice = next(iter(self.query(ChoiceField)))
        self.set_focus(choice.box)
        if self._begin_with is not None:
            choice.choose(self._begin_with)
            choice.post_message(ChoiceField.Chosen(choice, self._begin_with, final=True))

    def store(self) -> object:
        """Change the plan, or open the request."""
        reading, desk = self._reading, self.live.desk.planning()
        if reading is None:
            return None
        if reading.support is not None:
            ask = reading.support
            return desk.ask(ask.lack, ask.matter, ask.owner, ask.due, ask.role)
        if reading.days:
            return desk.reschedule(self._branch.code, reading.days, reading.because)
        return desk.change(reading.make) if reading.make is not None else None

    def stored(self, result: object) -> None:
        """Say what was changed, and close."""
        self.live.role = self.role
        if isinstance(result, Handled):
            self.dismiss(tr(self.lang, "✔ asked for: {no}", no=result.case.no))
            return
        change = cast("PlanChange | None", result)
        if change is not None and change.audit:
            words = f"✔ {change_words(change.plan, change.audit[0], self.lang)}"
            more = tr(self.lang, "g asks for what is missing")
            self.dismiss(f"{words} · {more}" if _lacks(change.warnings) and not self.ask_next else words)
        else:
            self.dismiss(tr(self.lang, "nothing was changed"))

    def action_save(self) -> None:
        """Store the change if nothing speaks against it; ask about what is odd."""
        self.tried = True
        reading = self._check()
        if self.saving or reading is None or reading.missing or self.problems_refuse:
            return
        if reading.support is None and self._change is None:
            return
        warnings = [each for each in (self._change.warnings if self._change else ()) if not each.refuses]
        if warnings:
            question = AskSupport(warnings) if _lacks(warnings) else Confirm(warnings)
            self.app.push_screen(question, partial(self._answered, question))
        else:
            self.begin()

    @property
    def problems_refuse(self) -> bool:
        """Whether something is wrong, not merely odd."""
        return any(problem.refuses for problem in self.problems)

    def _answered(self, question: Confirm, yes: bool | None) -> None:  # what the question gives
        if yes:
            self.ask_next = isinstance(question, AskSupport) and question.asked
            self.begin()

    # -- choosing and typing -------------------------------------------------------------------------------------

    def look_over(self) -> None:
        """At every key."""
        self._check()

    async def take_choice(self, field: str, option: str) -> None:
        """What is changed decides about the rows; the days of a phase are filled in."""
        if field == "what" and option != self._what:
            self._what = What(option)
            await self._rebuild(phase_at_hand(self._snapshot.overview, self._branch.code) or "")
        elif field == "phase" and self._what is What.DAYS:
            self._fill_days(option)
        self._check()

    def _fill_days(self, phase: str) -> None:
        """The days of the phase as they are planned now."""
        planned = self._branch.schedule.get(phase)
        for box in self.query(Box):
            if planned is not None and box.field in {"start", "end"}:
                box.fill((planned.start if box.field == "start" else planned.end).isoformat())

    async def _rebuild(self, current: str) -> None:
        """Show the rows of what is to be changed."""
        what, role = self._what, self.role
        details = self.query_one("#details", Vertical)
        await details.remove_children()
        if what is not None:
            plan, today = self._snapshot.plan, self.live.desk.today()
            rows = change_rows(plan, self._branch, what, current, self._lacking, today, self.lang)
            await details.mount_all([*rows, *last_rows(role, what, self.lang)])

    # -- checking ------------------------------------------------------------------------------------------------

    def _check(self) -> PlanReading | None:
        """Read the boxes, try the change on the plan as it was read, and say what is wrong beside them."""
        if self._what is None:
            return None
        choices = {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}
        texts = {box.field: box.value for box in self.query(Box) if box.field not in _CHOICES}
        today = self.live.desk.today()
        draft = PlanDraft(self._what, choices, texts)
        self._reading = reading = read_plan_draft(self._snapshot.plan, self._branch, draft, today)
        beside = dict(reading.problems)
        for problem in self._tried(reading):
            place = field_of(str(problem.place), choices.get("phase", ""))
            beside.setdefault(place, problem)
        self.remark(beside, reading.missing)
        self.complain(list(beside.values()))
        self.query_one("#preview", Drawing).redraw()
        return reading

    def _tried(self, reading: PlanReading) -> list[Problem]:
        """What is wrong or odd about the change; kept for the preview if it can be made."""
        self._change = None
        if reading.trial is None:
            return []
        plan = self._snapshot.plan
        standing = next((each for each in self._snapshot.overview.branches if each.code == self._branch.code), None)
        ended = ended_problems(plan, standing, reading.days) if standing is not None else []
        if ended:
            return [Problem(each.code, each.values, "phase") for each in ended]
        try:
            self._change = reading.trial(plan)
        except BadInput as error:
            return list(error.problems)
        return list(self._change.warnings)

    def _preview(self, _width: int, _height: int) -> list[Line]:
        """Before and after, days of study, what it runs into."""
        change, lang = self._change, self.lang
        if change is None:
            return [()]
        indent = Span(" " * LABEL)
        lines: list[Line] = [()]
        lines += [(indent, Span(change_words(change.plan, each, lang), "primary")) for each in change.audit]
        after = change.plan.branch(self._branch.code) or self._branch
        if any(each.field.startswith("schedule") for each in change.audit):
            limits = change.plan.campaign.study_days
            values = {"a": study_days(self._branch), "b": study_days(after), "min": limits.min, "max": limits.max}
            said = tr(lang, "days of study {a} → {b} ({min} to {max} are wanted)", **values)
            lines.append((indent, Span(said, "primary")))
        before = set(phases_in_busy(change.plan, self._branch))
        for clash in phases_in_busy(change.plan, after):
            if clash not in before:
                lines.append((indent, Span(f"▼ {clash_words(change.plan, clash, lang)}", "warning")))
        return lines


def _lacks(warnings: Iterable[Problem]) -> bool:
    """Whether the change leaves the branch without something it needs."""
    return any(problem.code == "V13" for problem in warnings)
