"""What the forms have in common: rows, remarks beside them, saving in a thread, problems in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from campaign.errors import ManyiError, Problem, asks_only
from tui.staff.advice import ADVICE
from tui.staff.confirm import Confirm, LeaveForm
from tui.staff.keys import FORM
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.key_bar import bindings
from tui.widgets.spans import Line, Span

ResultT = TypeVar("ResultT")


class Form(LiveScreen[ResultT], Generic[ResultT]):
    """Boxes below each other; Enter goes on, Ctrl+S saves, Esc leaves. The result is what was stored."""

    AUTO_FOCUS = ""
    KEYS = FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(FORM)
    ASK: ClassVar[type[Confirm]] = Confirm
    """The page that asks about what is odd."""

    @dataclass
    class Stored(Message):
        """It is on disk."""

        bubble: ClassVar[bool] = False
        result: object

    @dataclass
    class NotStored(Message):
        """It is not; everything typed is still there."""

        bubble: ClassVar[bool] = False
        problems: Sequence[Problem]

    def __init__(self) -> None:
        super().__init__()
        self.saving = False
        self.tried = False
        """Whether saving was tried: from then on missing values are named."""
        self.confirmed = False
        """Whether what was asked about is to be stored all the same."""
        self.problems: Sequence[Problem] = ()
        """Problems that are named below the form."""
        self._beside: Mapping[str, Problem] = {}
        """Problems that are said beside boxes, by field."""

    def show(self, _snapshot: Snapshot) -> None:
        """A form is not changed under the hands of who fills it in."""

    def title_line(self, text: str) -> list[Line]:
        """The form's title."""
        return [(Span("▌ ", "primary"), Span(text, bold=True))]

    # -- remarks -------------------------------------------------------------------------------------------------

    def remark(self, problems: Mapping[str, Problem], missing: frozenset[str] = frozenset()) -> None:
        """Say beside each row what is wrong with its boxes."""
        self._beside = problems
        for row in self.query(FieldRow):
            fields = [box.field for box in row.query(Box)]
            found = next((problems[field] for field in fields if field in problems), None)
            if found is not None:
                row.say(self.said(found))
            elif self.tried and missing.intersection(fields):
                row.say((Span(tr(self.lang, "✘ needs a value"), "error", bold=True),))
            else:
                row.say(())
        self.query_one("#problems", Drawing).redraw()

    def said(self, problem: Problem) -> Line:
        """A problem beside its box."""
        sign, colour = ("✘", "error") if problem.refuses else ("▼", "warning")
        return (Span(f"{sign} {ADVICE.message(problem, self.lang)}", colour, bold=problem.refuses),)

    def problem_lines(self, width: int, _height: int) -> list[Line]:
        """That of the box with the focus, for which there may be no room beside it, then the others, all in full."""
        lines: list[Line] = []
        here = self._beside.get(self.focused.field) if isinstance(self.focused, Box) else None
        first = [here] if here is not None else []
        for problem in [*first, *(each for each in self.problems if each != here)]:
            (span,) = self.said(problem)
            lines.extend((Span(part, span.colour, bold=span.bold),) for part in wrap(span.text, width))
        return lines

    def on_descendant_focus(self) -> None:
        """What is wrong with the box that has the focus now is said first below the form."""
        for drawing in self.query("#problems").results(Drawing):
            drawing.redraw()

    def complain(self, problems: Sequence[Problem]) -> None:
        """Name problems of the whole form below it."""
        self.problems = problems
        self.query_one("#problems", Drawing).redraw()

    # -- choosing and typing -------------------------------------------------------------------------------------

    def look_over(self) -> None:
        """Something was typed or chosen: say anew what is wrong."""

    async def take_choice(self, field: str, option: str) -> None:  # noqa: ARG002  # subclasses use them
        """Something else was chosen."""
        self.look_over()

    def go_on(self, field: str) -> None:  # noqa: ARG002  # subclasses use it
        """The choice is final: to the next box."""
        self.focus_next()

    def action_save(self) -> None:
        """Store it if nothing speaks against it."""
        raise NotImplementedError

    @on(ChoiceField.Chosen)
    async def _choice_made(self, message: ChoiceField.Chosen) -> None:
        """Textual calls this once for each class that has it: subclasses override what it calls, never this."""
        message.stop()
        await self.take_choice(message.field.field, message.option)
        if message.final:
            self.go_on(message.field.field)
            message.field.release()

    @on(Box.Changed)
    def _box_changed(self, event: Box.Changed) -> None:
        event.stop()
        self.look_over()

    @on(Press.Pressed, "#save")
    def _save_pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.action_save()

    # -- saving --------------------------------------------------------------------------------------------------

    def store(self) -> object:
        """Do it: called in a thread. Raises BadInput, Refused or StoreError."""
        raise NotImplementedError

    def stored(self, result: object) -> None:
        """It is done."""
        raise NotImplementedError

    def begin(self) -> None:
        """Store in a thread, once at a time."""
        if not self.saving:
            self.saving = True
            self._save()

    @work(thread=True, group="save", description="save")
    def _save(self) -> None:
        try:
            result = self.store()
        except ManyiError as error:
            self.post_message(self.NotStored(error.problems))
            return
        self.post_message(self.Stored(result))

    def on_form_stored(self, message: Stored) -> None:
        """Tell the subclass and let the app look at the store at once."""
        self.saving = False
        self.live.poll()
        self.stored(message.result)

    def on_form_not_stored(self, message: NotStored) -> None:
        """Say why, or ask where that is all; nothing typed is lost."""
        self.saving = False
        if asks_only(message.problems) and not self.confirmed:
            self.app.push_screen(self.ASK(message.problems), self.answered)
            return
        self.confirmed = False
        self.complain(message.problems)

    def answered(self, yes: bool | None) -> None:
        """What was asked about is to be stored all the same, or not."""
        if yes:
            self.confirmed = True
            self.begin()

    def action_back(self) -> None:
        """Leave without storing; what was typed is given up only after a question."""
        if self.saving:
            return
        if any(box.is_typed for box in self.query(Box)):
            self.app.push_screen(LeaveForm([Problem("M148")]), self._left)
        else:
            self.dismiss(None)

    def _left(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)
