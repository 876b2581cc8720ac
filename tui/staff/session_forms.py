"""The forms that confirm a count, post a result and declare a session void."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar, cast

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.calendar import add_workdays
from campaign.errors import BadInput, Problem
from campaign.typed import parse_count, parse_day
from surveys.desk import LEAST_REASON, Moved
from surveys.sitting import CHECKS, Check, CountSaid
from surveys.two_roles import TwoRoles
from surveys.words import STATES
from tui.staff.entry_draft import folded
from tui.staff.form import Form
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.tick import Tick

PEOPLE = ("invited", "present")
OPENLY = "openly"


class SessionForm(Form[str]):
    """Boxes about one session. The result is what the status line says."""

    FIELDS: ClassVar[frozenset[str]] = frozenset()
    """Boxes that must not be empty."""

    def __init__(self, session: SessionLine) -> None:
        super().__init__()
        self._session = session
        self.values: Mapping[str, str] = {}
        """What was typed when saving began."""

    def rows(self) -> Iterable[Widget]:
        """The rows of boxes."""
        raise NotImplementedError

    def heading(self) -> str:
        """The form's title."""
        raise NotImplementedError

    def press(self) -> str:
        """What the last line does."""
        raise NotImplementedError

    def wrong(self, values: Mapping[str, str]) -> Mapping[str, Problem]:  # noqa: ARG002  # subclasses use it
        """What is wrong with what was typed, by box."""
        return {}

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        title = self.heading()
        yield Drawing(lambda _width, _height: self.title_line(title), widget_id="title")
        yield VerticalScroll(*self.rows(), Press(self.press(), widget_id="save"), id="form", can_focus=False)
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the first box."""
        self.set_focus(next(iter(self.query(Box))))

    def typed(self) -> Mapping[str, str]:
        """By box."""
        return {box.field: box.value.strip() for box in self.query(Box)}

    def action_save(self) -> None:
        """Do it if every box has a value and nothing is wrong with it."""
        self.tried = True
        values = self.typed()
        missing = frozenset(field for field in self.FIELDS if not values[field])
        wrong = {} if missing else self.wrong(values)
        self.remark(wrong, missing)
        self.complain(list(wrong.values()))
        if not (missing or wrong):
            self.values = values
            self.begin()

    def stored(self, result: object) -> None:
        """Say what became of the session, and what is odd about it."""
        moved = cast("Moved", result)
        said = tr(self.lang, "✔ {id} is now {state}", id=moved.session.id, state=STATES[moved.session.state])
        self.dismiss(" · ".join([said, *(each.message(self.lang) for each in moved.warnings)]))

    @on(Box.Changed)
    def _changed(self, event: Box.Changed) -> None:
        event.stop()
        self.confirmed = False
        if self.tried:
            values = self.typed()
            self.remark(self.wrong(values), frozenset(field for field in self.FIELDS if not values[field]))
        self.complain(())

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.action_save()


class VerifySession(SessionForm):
    """Two roles confirm the count together, and say how many people there were and that all saw it."""

    FIELDS = frozenset({"first", "second"})

    def __init__(self, session: SessionLine) -> None:
        super().__init__(session)
        self._said = CountSaid()

    def heading(self) -> str:
        """The form's title."""
        return tr(self.lang, "Confirm the count of {id}", id=self._session.id)

    def rows(self) -> Iterable[Widget]:
        """The two roles, the people, and that it was counted openly."""
        hint = tr(self.lang, "a role, never a name")
        yield FieldRow(tr(self.lang, "Role"), [Box("first", self.live.role, width=34)], hint=hint)
        yield FieldRow(tr(self.lang, "Second role"), [Box("second", width=34)], hint=hint)
        session = self._session
        numbers = {"invited": session.invited, "present": session.present}
        boxes = [Box(field, "" if n is None else str(n), width=8, max_length=9) for field, n in numbers.items()]
        people = tr(self.lang, "numbers of people; may be empty")
        yield FieldRow(tr(self.lang, "Invited, came"), boxes, hint=people)
        openly = CHECKS[Check.COUNTED_OPENLY].text(self.lang)
        yield Tick(OPENLY, openly, self._turned, ticked=True)

    def press(self) -> str:
        """What the last line does."""
        return tr(self.lang, "Confirm the count")

    def wrong(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """The roles must differ, the numbers be numbers."""
        found = TwoRoles(values["first"], values["second"]).problems()
        people: dict[str, int | None] = {}
        for field in PEOPLE:
            try:
                people[field] = parse_count(values[field]) if values[field] else None
            except BadInput as error:
                found[field] = error.problems[0]
        self._said = CountSaid(self.query_one(Tick).ticked, people.get("invited"), people.get("present"))
        return found

    def _turned(self, _tick: Tick) -> None:
        self.confirmed = False

    def store(self) -> object:
        """Confirm it."""
        self.live.role = self.values["first"]
        by = TwoRoles(self.values["first"], self.values["second"])
        return self.live.desk.results().verify(self._session.id, by, self._said, confirmed=self.confirmed)


class PublishSession(SessionForm):
    """Until when the result is posted."""

    def __init__(self, snapshot: Snapshot, session: SessionLine) -> None:
        super().__init__(session)
        self._snapshot = snapshot

    def heading(self) -> str:
        """The form's title."""
        return tr(self.lang, "Post the result of {id}", id=self._session.id)

    def rows(self) -> Iterable[Widget]:
        """The last day, with the earliest one that the campaign allows."""
        plan = self._snapshot.plan
        days = plan.campaign.notice_min_workdays
        earliest = add_workdays(self.live.desk.today(), days, plan.calendar)
        hint = tr(self.lang, "{d} or later ({n} working days)", d=earliest, n=days)
        yield FieldRow(tr(self.lang, "Until"), [Box("until", earliest.isoformat(), width=16)], hint=hint)

    def press(self) -> str:
        """What the last line does."""
        return tr(self.lang, "Post the result")

    def wrong(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """It must be a day."""
        try:
            self._until(values)
        except BadInput as error:
            return {"until": error.problems[0]}
        return {}

    def store(self) -> object:
        """Post it."""
        return self.live.desk.results().publish(self._session.id, self._until(self.values), confirmed=self.confirmed)

    def _until(self, values: Mapping[str, str]) -> date | None:
        text = folded(values["until"])
        return parse_day(text, self.live.desk.today()) if text else None


class VoidSession(SessionForm):
    """Why the session is void."""

    FIELDS = frozenset({"reason"})

    def heading(self) -> str:
        """The form's title."""
        return tr(self.lang, "Declare {id} void", id=self._session.id)

    def rows(self) -> Iterable[Widget]:
        """The reason."""
        hint = tr(self.lang, "in {n} characters or more", n=LEAST_REASON)
        yield FieldRow(tr(self.lang, "Reason"), [Box("reason", width=32)], hint=hint)

    def press(self) -> str:
        """What the last line does."""
        return tr(self.lang, "Declare it void")

    def store(self) -> object:
        """Do it."""
        return self.live.desk.results().declare_void(self._session.id, self.values["reason"])
