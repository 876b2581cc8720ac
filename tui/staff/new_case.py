"""The forms that open a case: a correction, a request for support, what stands on a slip."""

from collections.abc import Iterable, Iterator
from typing import cast

from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.case_opening import check_opening
from campaign.case_tables import CORRECTION
from campaign.cases import MOST_MATTER, MOST_SUGGESTION, Case
from campaign.errors import Problem
from campaign.language import N_, HasText
from campaign.log import MOST_ROLE
from surveys.paper.check_digits import grouped, with_check
from tui.staff.case_draft import read_new_case
from tui.staff.case_form import CaseForm
from tui.staff.case_rows import feasibility_options, kind_options, origin_options
from tui.staff.entry_rows import branch_options
from tui.staff.live import ShowsDue
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span


class NewCaseForm(CaseForm[Case], ShowsDue):
    """A correction or a request for support; with the number of a slip, what the person wrote on paper."""

    def __init__(self, snapshot: Snapshot, branch: str | None, slip: str = "") -> None:
        super().__init__(snapshot)
        self._branch = branch
        self._slip = slip

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        rows = self._slip_rows() if self._slip else self._numbered_rows()
        yield Drawing(self._title, widget_id="title")
        yield VerticalScroll(*rows, Press(tr(self.lang, "Open the case"), "save"), id="form", can_focus=False)
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the first thing that is not known."""
        first = "kind" if not self._slip else "branch" if self._branch is None else "matter"
        self.focus_box(first)

    def store(self) -> object:
        """Open it."""
        new, _ = read_new_case(self.draft, self._slip, self.live.desk.today())
        return self.live.desk.cases_desk().open(new).case

    def stored(self, result: object) -> None:
        """Go to the case."""
        self.live.role = self.draft.text("role")
        self.dismiss(cast("Case", result))

    def check(self) -> bool:
        """Whether it can be opened so."""
        today = self.live.desk.today()
        new, unread = read_new_case(self.draft, self._slip, today)
        taken = [case.no for case in (self.live.snapshot or self._snapshot).cases]
        found = check_opening(self._snapshot.plan, new, taken, today)
        missing = [each for each in found if each.code == "M08" and not self.draft.choice(each.place)]
        named = [Problem("M06", {"field": self._named(each.place)}, each.place) for each in missing]
        return self.judge(unread, [*named, *(each for each in found if each not in missing)])

    def _named(self, field: str) -> HasText:
        return tr.phrase(N_("Kind")) if field == "kind" else self._snapshot.plan.campaign.words.branch

    def _title(self, _width: int, _height: int) -> list[Line]:
        if not self._slip:
            return self.title_line(tr(self.lang, "New case"))
        slip = grouped(with_check(self._slip))
        title = self.title_line(tr(self.lang, "Slip {no}: an answer to a person", no=slip))
        return [*title, (Span("  "), Span(tr(self.lang, "Write what stands on the paper beside the slip."), "muted"))]

    def _numbered_rows(self) -> Iterator[Widget]:
        lang = self.lang
        yield ChoiceField("kind", tr(lang, "Kind"), kind_options(lang), CORRECTION.id)
        yield self._branch_row()
        yield self._matter_row()
        hint = tr(lang, "for a correction")
        yield self.text_row("suggestion", tr(lang, "Suggestion"), "", MOST_SUGGESTION, hint)
        yield FieldRow(tr(lang, "Owner"), [Box("owner", max_length=MOST_ROLE)], hint=tr(lang, "role that sees to it"))
        yield self.day_row("due", tr(lang, "Deadline"), "")
        yield self.role_row(self.live.role)
        yield ChoiceField("feasibility", tr(lang, "Can it be done"), feasibility_options(lang), "")
        yield ChoiceField("origin", tr(lang, "Comes from"), origin_options(lang))
        yield self.day_row("received_on", tr(lang, "Found on"), self.live.desk.today().isoformat())
        yield self._public_row()

    def _slip_rows(self) -> Iterator[Widget]:
        lang = self.lang
        yield self._branch_row()
        yield self._matter_row()
        yield self.day_row("received_on", tr(lang, "Came in on"), self.live.desk.today().isoformat())
        yield self.role_row(self.live.role)
        yield self._public_row()

    def _branch_row(self) -> Widget:
        plan = self._snapshot.plan
        label = plan.campaign.words.branch.text(self.lang)
        return ChoiceField("branch", label, branch_options(plan, self.lang), self._branch)

    def _matter_row(self) -> Widget:
        label = tr(self.lang, "About")
        return self.text_row("matter", label, "", MOST_MATTER, tr(self.lang, "nothing personal"))

    def _public_row(self) -> Widget:
        label, hint = tr(self.lang, "For the public"), tr(self.lang, "may be empty")
        return self.text_row("public_matter", label, "", MOST_MATTER, hint)


class KeptSlip(CaseForm[Case]):
    """A slip whose request is kept: only who opens its case is asked."""

    def __init__(self, snapshot: Snapshot, number: str) -> None:
        super().__init__(snapshot)
        self._number = number

    def content(self) -> Iterable[Widget]:
        """Title, one row, problems."""
        yield Drawing(self._title, widget_id="title")
        yield VerticalScroll(
            self.role_row(self.live.role), Press(tr(self.lang, "Open the case"), "save"), id="form", can_focus=False
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the role."""
        self.focus_box("role")

    def store(self) -> object:
        """Open it."""
        return self.live.desk.cases_desk().open_slip(self._number, self.draft.text("role"))

    def stored(self, result: object) -> None:
        """Go to the case."""
        self.live.role = self.draft.text("role")
        self.dismiss(cast("Case", result))

    def check(self) -> bool:
        """Whether somebody is named."""
        missing = Problem("M06", {"field": tr.phrase(N_("role"))}, "role")
        return self.judge({}, [] if self.draft.text("role") else [missing])

    def _title(self, _width: int, _height: int) -> list[Line]:
        slip = grouped(with_check(self._number))
        title = self.title_line(tr(self.lang, "Slip {no}: an answer to a person", no=slip))
        said = tr(self.lang, "What the person wrote is kept; the case is not open yet.")
        return [*title, (Span("  "), Span(said, "muted"))]
