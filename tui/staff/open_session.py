"""The form that opens a survey session, and the page that shows its PIN once."""

from collections.abc import Iterable
from typing import ClassVar, cast

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.errors import Problem
from campaign.labels import survey_label
from surveys.session import SurveyKind
from tui.staff.entry_draft import folded
from tui.staff.entry_rows import branch_options
from tui.staff.form import Form
from tui.staff.keys import CLOSE
from tui.staff.ports import OpenedSession, Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.key_bar import bindings
from tui.widgets.numerals import numerals
from tui.widgets.spans import Line, Span

PIN = 8
"""Most digits."""
NEEDED = frozenset({"branch", "kind"})
"""What must be chosen."""


class OpenSession(Form[OpenedSession]):
    """Branch, kind and PIN."""

    def __init__(self, snapshot: Snapshot, branch: str | None) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._branch = branch
        self._wanted: tuple[str, SurveyKind, str | None] | None = None

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        lang, plan = self.lang, self._snapshot.plan
        kinds = [Option(survey.kind, survey_label(survey.kind, lang)) for survey in plan.surveys]
        pin = Box("pin", width=14, max_length=2 * PIN)
        yield Drawing(lambda _width, _height: self.title_line(tr(lang, "Open a survey session")), widget_id="title")
        yield VerticalScroll(
            ChoiceField("branch", plan.campaign.words.branch.text(lang), branch_options(plan, lang), self._branch),
            ChoiceField("kind", tr(lang, "Survey"), kinds, kinds[0].id if kinds else None),
            FieldRow(tr(lang, "PIN"), [pin], hint=tr(lang, "4 to 8 digits; empty: one is made")),
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
        return self.live.desk.open_session(*self._wanted) if self._wanted else None

    def stored(self, result: object) -> None:
        """Show the PIN."""
        self.dismiss(cast("OpenedSession | None", result))

    def action_save(self) -> None:
        """Open the session if branch and kind are chosen."""
        self.tried = True
        chosen = self._choices()
        self.remark({}, NEEDED - chosen.keys())
        if chosen.keys() >= NEEDED:
            self._wanted = (chosen["branch"], cast("SurveyKind", chosen["kind"]), self._pin() or None)
            self.begin()

    def look_over(self) -> None:
        """Say at once that a PIN is digits; its length is judged when the session is opened."""
        pin = self._pin()
        wrong = (
            {"pin": Problem("M14", {"n": len(pin)})}
            if pin and not (pin.isascii() and pin.isdecimal() and len(pin) <= PIN)
            else {}
        )
        self.remark(wrong, NEEDED - self._choices().keys())
        self.complain(list(wrong.values()))

    def _choices(self) -> dict[str, str]:
        return {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}

    def _pin(self) -> str:
        return folded(next(box.value for box in self.query(Box) if box.field == "pin"))


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

    def _page(self, _width: int, _height: int) -> list[Line]:
        lang = self.lang
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
            (Span(f"  manyi kiosk --session {self._opened.id}  ", "on-key", "key", bold=True),),
        ]
        return [(Span("   "), *line) for line in lines]
