"""The forms that confirm a count, post a result and declare a session void."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, cast

from textual import work as in_thread
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from campaign.calendar import add_workdays
from campaign.errors import BadInput, ManyiError, Problem, Refused
from campaign.typed import parse_count, parse_day
from surveys.desk import LEAST_REASON, Moved
from surveys.paper.account import BallotAccount
from surveys.sitting import CHECKS, Check, CountSaid
from surveys.two_roles import TwoRoles
from surveys.words import STATES
from tui.staff.advice import ADVICE
from tui.staff.confirm import AskFirst
from tui.staff.entry_draft import folded
from tui.staff.entry_rows import usual_roles
from tui.staff.form import Form
from tui.staff.intake_lists_view import count_lines
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.session_words import session_name
from tui.staff.texts import tr
from tui.widgets.choice_field import FreeField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span
from tui.widgets.tick import Tick

PEOPLE = ("invited", "present")
OPENLY = "openly"


class SessionForm(Form[str]):
    """Boxes about one session. The result is what the status line says."""

    ASK = AskFirst
    FIELDS: ClassVar[frozenset[str]] = frozenset()
    """Boxes that must not be empty."""

    def __init__(self, snapshot: Snapshot, session: SessionLine) -> None:
        super().__init__()
        self._snapshot = snapshot
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
        yield Drawing(lambda _width, _height: [*self.title_line(title), self._whose()], widget_id="title")
        yield VerticalScroll(*self.rows(), Press(self.press(), widget_id="save"), id="form", can_focus=False)
        yield Drawing(self.problem_lines, widget_id="problems")

    def _whose(self) -> Line:
        session = self._session
        forms = tr(self.lang, "forms: {n}", n=session.said(session.submitted))
        return (Span(f"  {session_name(self._snapshot.plan, session, self.lang)} · {forms}", "muted"),)

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
        self.dismiss(" · ".join([said, *(ADVICE.message(each, self.lang) for each in moved.warnings)]))

    def look_over(self) -> None:
        """Once saving was tried, at every key; what was confirmed was something else."""
        self.confirmed = False
        if self.tried:
            values = self.typed()
            self.remark(self.wrong(values), frozenset(field for field in self.FIELDS if not values[field]))
        self.complain(())


class VerifySession(SessionForm):
    """Two roles confirm the count together, and say how many people there were and that all saw it."""

    FIELDS = frozenset({"first", "second"})

    @dataclass
    class AccountRead(Message):
        """The account has been read."""

        bubble: ClassVar[bool] = False
        account: BallotAccount

    def __init__(self, snapshot: Snapshot, session: SessionLine) -> None:
        super().__init__(snapshot, session)
        self._said = CountSaid()
        self._account: BallotAccount | None = None

    def heading(self) -> str:
        """The form's title."""
        return tr(self.lang, "Verify the count of {id}", id=self._session.id)

    def rows(self) -> Iterable[Widget]:
        """The account, the two roles, the people, and that it was counted openly."""
        yield Drawing(self._counts, ground="surface", widget_id="counts")
        roles = usual_roles(self._snapshot.plan, self.lang)
        yield FreeField("first", tr(self.lang, "Role"), roles, self.live.role)
        yield FreeField("second", tr(self.lang, "Second role"), roles)
        session = self._session
        numbers = {"invited": session.invited, "present": session.present}
        boxes = [Box(field, "" if n is None else str(n), width=8, max_length=9) for field, n in numbers.items()]
        people = tr(self.lang, "numbers of people; may be empty")
        yield FieldRow(tr(self.lang, "Invited, came"), boxes, hint=people)
        openly = CHECKS[Check.COUNTED_OPENLY].text(self.lang)
        yield Tick(OPENLY, openly, self._turned, ticked=True)

    def on_mount(self) -> None:
        """Read the account."""
        self._read()

    @in_thread(thread=True, group="account", description="account")
    def _read(self) -> None:
        with suppress(ManyiError):  # verifying says what is wrong
            self.post_message(self.AccountRead(self.live.desk.results().account(self._session.id)))

    def on_verify_session_account_read(self, message: AccountRead) -> None:
        """Show it above the roles."""
        self._account = message.account
        self.query_one("#counts", Drawing).redraw()

    def _counts(self, width: int, _height: int) -> list[Line]:
        return [*count_lines(self._account, self.lang, width), ()] if self._account else [(), (), ()]

    def press(self) -> str:
        """What the last line does."""
        return tr(self.lang, "Verify the count")

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

    def heading(self) -> str:
        """The form's title."""
        return tr(self.lang, "Publish the result of {id}", id=self._session.id)

    def rows(self) -> Iterable[Widget]:
        """The last day, with the earliest one that the campaign allows."""
        plan = self._snapshot.plan
        days = plan.campaign.notice_min_workdays
        earliest = add_workdays(self.live.desk.today(), days, plan.calendar)
        hint = tr.plural(
            self.lang, "{d} or later ({n} working day)", "{d} or later ({n} working days)", days, d=earliest
        )
        yield FieldRow(tr(self.lang, "Until"), [Box("until", earliest.isoformat(), width=16)], hint=hint)

    def press(self) -> str:
        """What the last line does."""
        return tr(self.lang, "Publish the result")

    def wrong(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """It must be a day."""
        try:
            self._until(values)
        except BadInput as error:
            return {"until": error.problems[0]}
        return {}

    def store(self) -> object:
        """Post it, after a question: it can't be changed any more."""
        results, until = self.live.desk.results(), self._until(self.values)
        if not self.confirmed:
            raise Refused(*results.before_publishing(self._session.id, until))
        return results.publish(self._session.id, until, confirmed=True)

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
