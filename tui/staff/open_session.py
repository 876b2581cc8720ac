"""The form that opens a survey session, and the page that shows its PIN once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, cast

from rich.cells import cell_len
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.errors import BadInput, Problem
from campaign.labels import survey_label
from campaign.rules import Severity
from campaign.typed import parse_count, parse_day
from surveys.session import SurveyKind
from surveys.sitting import BEFORE, CHECKS, Check, Sitting, sitting_problems, usual_operator
from tui.staff.confirm import Confirm
from tui.staff.entry_draft import folded
from tui.staff.entry_rows import branch_options
from tui.staff.form import Form
from tui.staff.keys import CLOSE
from tui.staff.ports import OpenedSession, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceBox, ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.key_bar import bindings
from tui.widgets.numerals import numerals
from tui.widgets.spans import Line, Span
from tui.widgets.tick import Tick

LEAST_PIN, PIN = 4, 8
"""Least and most digits."""
PEOPLE = ("invited", "present")
EVERYTHING = "everything"
"""The line that ticks all others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session as it is to be opened."""

    branch: str
    kind: SurveyKind
    pin: str | None
    sitting: Sitting


class OpenSession(Form[OpenedSession]):
    """Branch, kind and PIN; who runs it, the briefing, how many people, what was looked after."""

    def __init__(self, snapshot: Snapshot, branch: str | None) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._branch = branch
        self._wanted: Wanted | None = None

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        lang, plan = self.lang, self._snapshot.plan
        kinds = [Option(survey.kind, survey_label(survey.kind, lang)) for survey in plan.surveys]
        pin = Box("pin", width=14, max_length=2 * PIN)
        operator = Box("operator", usual_operator(plan, lang), width=30)
        briefing = Box("briefing_on", self.live.desk.today().isoformat(), width=14)
        yield Drawing(lambda _width, _height: self.title_line(tr(lang, "Open a survey session")), widget_id="title")
        yield VerticalScroll(
            ChoiceField("branch", plan.campaign.words.branch.text(lang), branch_options(plan, lang), self._branch),
            ChoiceField("kind", tr(lang, "Survey"), kinds, kinds[0].id if kinds else None),
            FieldRow(tr(lang, "PIN"), [pin], hint=tr(lang, "4 to 8 digits; empty: one is made")),
            FieldRow(tr(lang, "Run by"), [operator], hint=tr(lang, "from outside, no name")),
            FieldRow(tr(lang, "Briefing on"), [briefing], hint=tr(lang, "what was done was told there")),
            FieldRow(
                tr(lang, "Invited, came"),
                [Box(field, width=8, max_length=9) for field in PEOPLE],
                hint=tr(lang, "numbers of people; may be empty"),
            ),
            Tick(EVERYTHING, tr(lang, "all of this is so:"), self._turned, passes=len(BEFORE)),
            *(Tick(check.value, CHECKS[check].text(lang), self._turned) for check in BEFORE),
            Press(tr(lang, "Open the session"), widget_id="save"),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the kind where the branch is known."""
        fields = {field.field: field for field in self.query(ChoiceField)}
        self.set_focus(fields["kind" if self._branch else "branch"].box)

    def store(self) -> object:
        """Open it."""
        wanted = self._wanted
        if wanted is None:
            return None
        return self.live.desk.open_session(
            wanted.branch, wanted.kind, wanted.pin, wanted.sitting, confirmed=self.confirmed
        )

    def stored(self, result: object) -> None:
        """Show the PIN."""
        self.dismiss(cast("OpenedSession | None", result))

    def action_save(self) -> None:
        """Open the session if nothing is wrong; ask about what is not ticked."""
        self.tried = True
        chosen = self._chosen_ids()
        problems = self._check()
        if self._missing(chosen) or any(each.rule.severity is Severity.ERROR for each in problems):
            return
        self._wanted = Wanted(
            chosen["branch"], cast("SurveyKind", chosen["kind"]), folded(self._typed("pin")) or None, self._sitting({})
        )
        asked = [each for each in problems if each.rule.severity is Severity.CONFIRM]
        if asked and not self.confirmed:
            self.app.push_screen(Confirm(asked), self.answered)
        else:
            self.begin()

    # -- choosing, typing, ticking ---------------------------------------------------------------------------------

    def look_over(self) -> None:
        """At every key."""
        self._check()

    def _turned(self, tick: Tick) -> None:
        whole, *others = self.query(Tick)
        if tick is whole:
            for each in others:
                each.put(ticked=whole.ticked)
        else:
            whole.put(ticked=all(each.ticked for each in others))
        self._check()

    # -- checking --------------------------------------------------------------------------------------------------

    def _check(self) -> Sequence[Problem]:
        """Say beside each box what is wrong with it, and below what is too long for that; everything that is."""
        self.confirmed = False
        chosen, unread = self._chosen_ids(), dict[str, Problem]()
        sitting = self._sitting(unread)
        today = self.live.desk.today()
        found = [
            *unread.values(),
            *sitting_problems(self._snapshot.plan, chosen.get("branch", ""), sitting, today),
        ]
        beside: dict[str, Problem] = {}
        for each in found:
            if each.rule.severity is not Severity.CONFIRM and (self.tried or self._typed(each.place)):
                beside.setdefault(each.place, each)
        self.remark(beside, self._missing(chosen))
        self.complain([*beside.values()])
        return found

    def _missing(self, chosen: Mapping[str, str]) -> frozenset[str]:
        return frozenset({"branch", "kind"} - set(chosen))

    def _chosen_ids(self) -> dict[str, str]:
        return {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}

    def _typed(self, field: str) -> str:
        boxes = (box for box in self.query(Box) if box.field == field and not isinstance(box, ChoiceBox))
        return next((box.value.strip() for box in boxes), "")

    def _sitting(self, wrong: dict[str, Problem]) -> Sitting:
        """What stands in the form; what can't be read is said in ``wrong``."""
        pin = folded(self._typed("pin"))
        if pin and not (pin.isascii() and pin.isdecimal() and (LEAST_PIN if self.tried else 1) <= len(pin) <= PIN):
            wrong["pin"] = Problem("M14", {"n": len(pin)}, "pin")
        people: dict[str, int | None] = {}
        for field in PEOPLE:
            try:
                people[field] = parse_count(text) if (text := self._typed(field)) else None
            except BadInput as error:
                wrong[field], people[field] = _at(field, error), None
        return Sitting(
            operator=self._typed("operator"),
            briefing_on=self._briefing(wrong),
            checked=frozenset(Check(tick.field) for tick in self.query(Tick) if tick.ticked and tick.field in CHECKS),
            invited=people["invited"],
            present=people["present"],
        )

    def _briefing(self, wrong: dict[str, Problem]) -> date | None:
        text, today = self._typed("briefing_on"), self.live.desk.today()
        try:
            return parse_day(text, today) if text else None
        except BadInput as error:
            wrong["briefing_on"] = _at("briefing_on", error)
            return today


def _at(field: str, error: BadInput) -> Problem:
    problem = error.problems[0]
    return Problem(problem.code, problem.values, field)


def command_lines(parts: Sequence[str], width: int) -> list[str]:
    """A command in lines of at most ``width`` cells where it can be broken; a shell reads on after the backslash."""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]} {part}".strip()
        if lines[-1] and cell_len(longer) > width:
            lines[-1] += " \\"
            lines.append(f"  {part}")
        else:
            lines[-1] = longer
    return lines


class SessionOpened(LiveScreen[None]):
    """Id, PIN, and how to start the kiosk."""

    KEYS = CLOSE
    BINDINGS: ClassVar[list[BindingType]] = bindings(CLOSE)

    def __init__(self, opened: OpenedSession) -> None:
        super().__init__()
        self._opened = opened

    def content(self) -> Iterable[Widget]:
        """One drawing."""
        yield Drawing(self._page, ground="surface", widget_id="page")

    def show(self, _snapshot: Snapshot) -> None:
        """Nothing here depends on the campaign's state."""

    def _page(self, width: int, _height: int) -> list[Line]:
        lang, command = self.lang, command_lines(self._opened.kiosk, width - 8)
        lines: list[Line] = [
            (),
            (Span(tr(lang, "The session is open"), "success", bold=True), Span(f"   {self._opened.id}", bold=True)),
            (),
            (Span(tr(lang, "PIN to leave the kiosk. Note it now: it is shown once."), "muted"),),
            (),
            *((Span(row, "primary"),) for row in numerals(self._opened.pin)),
            (),
            (Span(tr(lang, "PIN {pin}", pin=self._opened.pin), bold=True),),
            (),
            (Span(tr(lang, "Start the kiosk in the terminal that the public uses:"), "muted"),),
            (),
            *((Span(f"  {part}  ", "on-key", "key", bold=True),) for part in command),
        ]
        return [(Span("   "), *line) for line in lines]
