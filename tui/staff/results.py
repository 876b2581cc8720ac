"""The results of a survey: of all units, of one, or of one session, in sections."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual import work as in_thread
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from campaign.errors import ManyiError
from campaign.goals import GoalsDone
from campaign.labels import inside
from campaign.language import N_, Lang
from campaign.plan import Plan
from surveys.published import Figures, Published, SessionFigures, SurveyFigures
from surveys.shown import Shown
from tui.staff.branch_tabs import Section, tab_line
from tui.staff.choose_one import ChooseOne
from tui.staff.export_form import ExportForm
from tui.staff.keys import RESULTS, TYPING
from tui.staff.narrowed import Narrowed
from tui.staff.ports import Snapshot
from tui.staff.result_lines import dimension_lines, overview_lines, parts_lines, questions_lines
from tui.staff.result_scope import Scope
from tui.staff.result_tables import (
    ChangeRow,
    UnitRow,
    change_columns,
    change_rows,
    hidden_note,
    unit_columns,
    unit_listing,
    unit_rows,
    whole_row,
)
from tui.staff.result_words import RESULT_SIGNS, scope_name, session_options, survey_name, why_hidden
from tui.staff.sectioned import SectionedScreen
from tui.staff.texts import tr
from tui.widgets.drawing import Draw, Drawing
from tui.widgets.key_bar import Key, bindings
from tui.widgets.line_table import LineTable
from tui.widgets.spans import Line, Span, spread, width_of

Lines = Callable[[Plan, Scope, Lang, int], list[Line]]
PAGES: dict[str, Lines] = {
    "overview": overview_lines,
    "questions": questions_lines,
    "dimensions": dimension_lines,
    "parts": parts_lines,
}
SECTIONS = (
    Section("overview", N_("Overview")),
    Section("questions", N_("Questions")),
    Section("units", N_("One by one")),
    Section("dimensions", N_("Aspects")),
    Section("parts", N_("Groups")),
    Section("changes", N_("Changes")),
)
EDGE = 2


class ResultsScreen(SectionedScreen):
    """Head, names of the sections, the chosen one."""

    AUTO_FOCUS = ""
    SECTIONS = SECTIONS
    KEYS = RESULTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(RESULTS),
        Binding("shift+tab", "previous_section", show=False),
    ]

    @dataclass
    class FiguresRead(Message):
        """The figures have been worked out."""

        bubble: ClassVar[bool] = False
        figures: Published

    @dataclass
    class DoneRead(Message):
        """What was done for the goals has been read."""

        bubble: ClassVar[bool] = False
        done: GoalsDone

    def __init__(self, session: str | None = None, branch: str | None = None) -> None:
        super().__init__()
        self.section = SECTIONS[0].id
        self.published: Published | None = None
        """All figures that may be seen, once they have been read."""
        self._session = session
        self._branch = branch
        self._survey = 0
        self._read_for: object = None
        self._done: GoalsDone = {}
        self._done_for: Snapshot | None = None
        self._units = Narrowed[UnitRow](lambda row: row.key, unit_listing(), self._renew_head, widget_id="units")

    def content(self) -> Iterable[Widget]:
        """Head, sections."""
        pages = (VerticalScroll(Drawing(self._page(lines), ground="surface"), id=name) for name, lines in PAGES.items())
        yield Drawing(self._head, widget_id="result-head")
        yield Drawing(self._tabs, widget_id="tabs")
        yield Vertical(
            *pages, self._units.table, LineTable[ChangeRow](lambda row: row.key, widget_id="changes"), id="sections"
        )

    def on_mount(self) -> None:
        """Begin with the overview."""
        for page in self.query(VerticalScroll):
            for what in ("scroll_y", "virtual_size"):
                self.watch(page, what, self._renew_status, init=False)
        self.show_section(self.section)

    # -- what is shown -----------------------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope | None:
        """What is looked at; None until it has been read, or where there is no result."""
        if self.published is None or not self.published.surveys:
            return None
        surveys = self.published.surveys
        if self._session is not None:
            for survey in surveys:
                for each in survey.sessions:
                    if each.counted.session.id == self._session:
                        return self._scope(survey, each.figures, each)
            return None
        survey = surveys[self._survey % len(surveys)]
        own = next((each for each in survey.branches if each.branch == self._branch), None)
        return self._scope(survey, own or survey.town)

    def _scope(self, survey: SurveyFigures, figures: Figures, session: SessionFigures | None = None) -> Scope:
        return Scope(survey, figures, session, self._done.get(figures.branch, ()))

    def show(self, snapshot: Snapshot) -> None:
        """Bring the lists in step; the figures are read in a thread when a session or the plan has changed.

        What was done for the goals is read with every snapshot, while the section that tells it is shown.
        """
        wanted = snapshot.plan, tuple((each.id, each.state) for each in snapshot.sessions)
        if wanted != self._read_for:
            self._read_for = wanted
            self._read()
        if self.section == "dimensions" and snapshot is not self._done_for:
            self._done_for = snapshot
            self._read_done()
        scope = self.scope
        if scope is None or self.published is None:
            return
        width = self.query_one("#sections").size.width - 1
        rows = unit_rows(snapshot.plan, scope.survey, self.lang)
        whole = whole_row(scope.survey, self.lang)
        self._units.show(rows, unit_columns(snapshot.plan, [*rows, whole], self.lang, width), whole)
        changes = change_rows(snapshot.plan, self.published, scope.branch, self.lang)
        table = self.query_one("#changes", LineTable)
        table.set_columns(change_columns(snapshot.plan, changes, self.lang, width))
        table.set_rows(changes)

    @in_thread(thread=True, exclusive=True, group="figures", description="figures")
    def _read(self) -> None:
        try:
            figures = self.live.desk.results().figures()
        except ManyiError:
            return  # the status line says that the store cannot be read
        self.post_message(self.FiguresRead(figures))

    @in_thread(thread=True, exclusive=True, group="done", description="done for the goals")
    def _read_done(self) -> None:
        try:
            done = self.live.desk.results().goals_done()
        except ManyiError:
            return  # as above; the next snapshot reads again
        self.post_message(self.DoneRead(done))

    def on_results_screen_done_read(self, message: DoneRead) -> None:
        """Show it beside the figures."""
        self._done = message.done
        self.refresh_view()

    def on_results_screen_figures_read(self, message: FiguresRead) -> None:
        """Show them."""
        self.published = message.figures
        self.refresh_view()

    # -- choosing ----------------------------------------------------------------------------------------------------

    def action_part(self) -> None:
        """Show the next part of the units."""
        if self.section == "units":
            self._units.change(self._units.listing.next_part())

    def action_order(self) -> None:
        """Sort the units by the next order."""
        if self.section == "units":
            self._units.change(self._units.listing.next_order())

    def action_kind(self) -> None:
        """Show the next survey; of a branch, the next one that it took part in."""
        scope, snapshot = self.scope, self.live.snapshot
        if scope is None or self.published is None or snapshot is None:
            return
        surveys, branch = self.published.surveys, scope.branch
        at = surveys.index(scope.survey)
        order = [(at + step) % len(surveys) for step in range(1, len(surveys))]
        found = next((each for each in order if branch is None or branch in _branches(surveys[each])), None)
        if found is None:
            name = scope_name(snapshot.plan, scope.branch, self.lang)
            self.live.say(tr(self.lang, "{name}: there is no result of another survey", name=name))
            return
        self._session, self._branch, self._survey = None, branch, found
        self._changed()

    def action_all_units(self) -> None:
        """Show all together, and say whose results were left for it."""
        scope, snapshot = self.scope, self.live.snapshot
        if scope is not None and self.published is not None and snapshot is not None:
            self._survey = self.published.surveys.index(scope.survey)
            self._session = self._branch = None
            if scope.branch is not None:
                name = scope_name(snapshot.plan, scope.branch, self.lang)
                self.live.say(tr(self.lang, "all together, no longer {name} alone", name=name))
            self._changed()

    @on(LineTable.Selected, "#units")
    def _chosen(self, message: LineTable.Selected) -> None:
        message.stop()
        scope = self.scope
        if scope is not None and self.published is not None:
            self._survey = self.published.surveys.index(scope.survey)
            self._session, self._branch = None, message.key or None
            self.show_section("overview")

    def action_hall(self) -> None:
        """Show this result in the hall, or take it off again; of a unit with several sessions, one that is chosen."""
        scope = self.scope
        if scope is None:
            return
        wanted = self._showable(scope)
        if scope.figures.hidden:
            self.live.say(why_hidden(scope.figures.hidden, self.lang))
        elif len(wanted) == 1:
            self.live.toggle_hall(wanted[0])
        elif not wanted:
            self.live.say(tr(self.lang, "Too few forms: there is nothing that the hall could see."))
        elif self.published is not None:
            shown = self.live.snapshot.hall.shown.session if self.live.snapshot and self.live.snapshot.hall else ""
            options = session_options(self.published, [each.session for each in wanted], shown, self.lang)
            self.app.push_screen(ChooseOne(tr(self.lang, "Which session is the hall to see?"), options), self._to_hall)

    def _to_hall(self, session: str | None) -> None:
        if session is not None:
            self.live.toggle_hall(Shown(session=session), sure=True)  # the list said which one is there now

    def action_export(self) -> None:
        """Write results out: all of them, or those of what is looked at."""
        scope, snapshot = self.scope, self.live.snapshot
        if scope is not None and snapshot is not None:
            session = next((each for each in snapshot.sessions if each.id == self._session), None)
            self.app.push_screen(ExportForm(snapshot, session, scope.branch), self._told)

    def _told(self, said: str | None) -> None:
        if said is not None:
            self.live.say(said)

    def _showable(self, scope: Scope) -> list[Shown]:
        """What the hall can see of it: the session, the sessions of the unit, the newest first, or all units."""
        if scope.session is not None:
            return [Shown(session=scope.session.counted.session.id)]
        if scope.branch is not None:
            return [Shown(session=each) for each in reversed(scope.figures.sessions)]
        return [Shown(kind=scope.survey.survey.kind, questionnaire=scope.survey.survey.questionnaire.id)]

    @property
    def branch(self) -> str | None:
        """The branch that is looked at, for what is opened from here."""
        return self.scope.branch if self.scope else None

    @property
    def foot_keys(self) -> Sequence[Key]:
        """While something is typed, how that ends."""
        return TYPING if self.section == "units" and self._units.table.typing else self.keys

    def own_signs(self) -> Sequence[str]:
        """Parts of bars, what is not shown, catch-up."""
        return [tr(self.lang, each) for each in RESULT_SIGNS]

    def _changed(self) -> None:
        self.refresh_view()
        for page in self.query(VerticalScroll):
            page.scroll_home(animate=False)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _renew_status(self) -> None:
        """Once the page is laid out: it knows its lines before it knows how many of them are in sight."""
        self.call_after_refresh(self.query_one("#status", Drawing).redraw)

    def _renew_head(self) -> None:
        self.query_one("#tabs", Drawing).redraw()
        self.redraw_foot()

    def _head(self, width: int, _height: int) -> list[Line]:
        snapshot, scope = self.live.snapshot, self.scope
        title = tr(self.lang, "Results")
        if snapshot is None or scope is None:
            said = tr(self.lang, "reading …") if self.published is None else tr(self.lang, "no count is verified yet")
            return [(Span("▌ ", "primary"), Span(f"{title} · {said}", bold=True))]
        name = f"{survey_name(scope.survey, self.lang)} · {scope_name(snapshot.plan, scope.branch, self.lang)}"
        held = f"  {scope.session.counted.session.id}" if scope.session else ""
        left: Line = (Span("▌ ", "primary"), Span(f"{title} · {name}", bold=True), Span(held, "muted"))
        right = self._in_hall(snapshot, scope)
        if width_of(left) + width_of(right) >= width:
            left = (left[0], Span(name, bold=True), left[2])
        return [spread(left, right, width)]

    def _in_hall(self, snapshot: Snapshot, scope: Scope) -> Line:
        hall = snapshot.hall
        if hall is None:
            return ()
        wanted = self._showable(scope)
        if hall.shown not in wanted:
            said = tr(self.lang, "● another result is in the hall")
        elif len(wanted) > 1:
            said = tr(self.lang, "● in the hall: {id}", id=hall.shown.session)
        else:
            said = tr(self.lang, "● now in the hall")
        return (Span(f" {said} ", "on-key", "key", bold=True),)

    def _tabs(self, width: int, _height: int) -> list[Line]:
        return [tab_line(self.section, {}, self.lang, width, self._sections()), self._summary(width)]

    def _sections(self) -> list[Section]:
        """The sections, that of the branches in the campaign's word for them."""
        snapshot = self.live.snapshot
        words = snapshot.plan.campaign.words if snapshot else None
        if words is None:
            return list(SECTIONS)
        own = tr(self.lang, "Each {branch}", branch=inside(words.branch, self.lang))
        return [replace(each, label=own) if each.id == "units" else each for each in SECTIONS]

    def _summary(self, width: int) -> Line:
        scope = self.scope
        if scope is None:
            return ()
        if self.section == "units":
            return self._units.line(self.lang, width)
        if self.section == "changes":
            if not self.query_one("#changes", LineTable).rows:
                snapshot = self.live.snapshot
                branch = inside(snapshot.plan.campaign.words.branch, self.lang) if snapshot else ""
                needed = tr(self.lang, "Needs a pulse and a final survey of one {branch}, both shown.", branch=branch)
                return (Span(f"  {needed}", "warning"),)
            return (Span("  " + tr(self.lang, "satisfied in the pulse survey, then in the final one"), "muted"),)
        return ()

    def aside(self) -> str:
        """Why figures are not shown, or that there is more below."""
        if self.section == "units":
            return hidden_note(self._units.rows, self.lang)
        if self.section in PAGES:
            page = self.query_one(f"#{self.section}", VerticalScroll)
            return tr(self.lang, "▼ more below") if page.scroll_target_y < page.max_scroll_y else ""
        return ""

    def _page(self, lines: Lines) -> Draw:
        def draw(width: int, _height: int) -> Sequence[Line]:
            snapshot, scope = self.live.snapshot, self.scope
            if snapshot is None or scope is None:
                return []
            found = lines(snapshot.plan, scope, self.lang, width - 2 * EDGE)
            while found and not found[-1]:
                found.pop()
            return [(Span(" " * EDGE), *line) for line in found]

        return draw


def _branches(survey: SurveyFigures) -> set[str | None]:
    return {each.branch for each in survey.branches}
