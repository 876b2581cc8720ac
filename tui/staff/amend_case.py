"""The form that corrects what is said about a case; what was there before stays in the audit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.case_desk import check_amendment
from campaign.cases import MOST_MATTER, MOST_SORT, MOST_SUGGESTION, MOST_TEXT, Case
from campaign.log import MOST_ROLE
from surveys.cleared_cases import clearing_problems
from tui.staff.case_draft import NO, YES, read_amendment
from tui.staff.case_form import SeenCaseForm
from tui.staff.case_rows import feasibility_options, yes_no
from tui.staff.texts import tr
from tui.widgets.cells import fit
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span


class AmendCase(SeenCaseForm):
    """Owner, whether it can be put right, texts, publication; why, and by whom."""

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        yield Drawing(self._title, widget_id="title")
        yield VerticalScroll(*self._rows(), Press(tr(self.lang, "Save"), "save"), id="form", can_focus=False)
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the owner."""
        self.focus_box("owner")

    def act(self) -> Case:
        """Keep it."""
        draft = self.draft
        changes, _ = read_amendment(draft, self.live.desk.today())
        return self.live.desk.cases_desk().amend(self.seen, changes, draft.text("role"), draft.text("text")).case

    def stored(self, _result: object) -> None:
        """Say so, and close."""
        self.live.role = self.draft.text("role")
        self.dismiss(tr(self.lang, "✔ {no}: corrected", no=self.seen.no))

    def check(self) -> bool:
        """Whether it can be kept so."""
        draft = self.draft
        changes, unread = read_amendment(draft, self.live.desk.today())
        found = check_amendment(self.seen, changes, draft.text("role"), draft.text("text"))
        return self.judge(unread, [*found, *clearing_problems(self.seen.no, asdict(changes))])

    def prefilled(self, seen: Case) -> Mapping[str, str]:
        """What is said about the case."""
        return {
            "owner": seen.owner,
            "feasibility": seen.feasibility.value,
            "suggestion": seen.suggestion,
            "public_matter": seen.public_matter,
            "public_suggestion": seen.public_suggestion,
            "public": YES if seen.public else NO,
            "category": seen.category,
            "opinions": str(seen.opinions or ""),
        }

    def _title(self, width: int, _height: int) -> list[Line]:
        title = tr(self.lang, "Correct what is said about {no}", no=self.seen.no)
        return [*self.title_line(title), (Span("  "), Span(fit(self.seen.matter, max(10, width - 2)), "muted"))]

    def _rows(self) -> Iterator[Widget]:
        lang, said = self.lang, self.prefilled(self.seen)
        yield FieldRow(tr(lang, "Owner"), [Box("owner", said["owner"], max_length=MOST_ROLE)])
        yield ChoiceField("feasibility", tr(lang, "Can it be done"), feasibility_options(lang), said["feasibility"])
        yield self.text_row("suggestion", tr(lang, "Suggestion"), said["suggestion"], MOST_SUGGESTION)
        yield self.text_row(
            "public_matter",
            tr(lang, "For the public"),
            said["public_matter"],
            MOST_MATTER,
            tr(lang, "nothing personal"),
        )
        yield self.text_row(
            "public_suggestion",
            tr(lang, "Public measure"),
            said["public_suggestion"],
            MOST_SUGGESTION,
            tr(lang, "nothing personal"),
        )
        yield ChoiceField("public", tr(lang, "On the list"), yes_no(lang), said["public"])
        yield FieldRow(tr(lang, "Sort of matter"), [Box("category", said["category"], max_length=MOST_SORT)])
        opinions = Box("opinions", said["opinions"], width=10, max_length=9)
        yield FieldRow(tr(lang, "Opinions in it"), [opinions], hint=tr(lang, "merged into it"))
        yield self.text_row("text", tr(lang, "Reason"), "", MOST_TEXT)
        yield self.role_row(self.live.role)
