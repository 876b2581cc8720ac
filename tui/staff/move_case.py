"""The form of one move of a case: it asks for what this move needs, and for nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.case_labels import state_label, text_label
from campaign.case_moves import check_action
from campaign.case_report import latest_extension
from campaign.case_states import case_on, chosen_move, possible_moves
from campaign.case_tables import Move, Wants
from campaign.case_words import move_name
from campaign.cases import EXTEND, MOST_TEXT, Case, Feasibility
from campaign.language import N_, HasText
from campaign.log import MOST_ROLE
from campaign.texts import tr as words_of
from tui.staff.case_draft import read_action
from tui.staff.case_form import SeenCaseForm
from tui.staff.case_rows import other_open_cases, outcome_options
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.cells import fit
from tui.widgets.choice_field import ChoiceField
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span

RATES = "rate_"
"""How the moves begin that only a person with a slip makes."""


class MoveCase(SeenCaseForm):
    """One move of the table, or a later deadline. The result is what the status line says."""

    def __init__(self, snapshot: Snapshot, seen: Case, move: str) -> None:
        super().__init__(snapshot, seen)
        self._move = move
        day = snapshot.overview.day
        self._row = chosen_move(snapshot.plan, seen, move, day)

    def content(self) -> Iterable[Widget]:
        """What is to be done with which case, the rows, problems."""
        yield Drawing(self._title, widget_id="title")
        yield VerticalScroll(
            *self._rows(), Press(move_name(self.seen.kind, self._move, self.lang), "save"), id="form", can_focus=False
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the first box."""
        self.set_focus(next(iter(self.query(Box)), None))

    def act(self) -> Case:
        """Do it."""
        action, _ = read_action(self.draft, self._move, self.live.desk.today())
        return self.live.desk.cases_desk().act(self.seen, action).case

    def stored(self, result: object) -> None:
        """Say what was done, and close."""
        if not self._move.startswith(RATES):
            self.live.role = self.draft.text("role")
        now = cast("Case", result)
        done = tr(self.lang, "due {d}", d=now.due) if self._move == EXTEND else state_label(now, self.lang)
        self.dismiss(tr(self.lang, "✔ {no}: {done}", no=now.no, done=done))

    def check(self) -> bool:
        """Whether the move can be made so."""
        today = self.live.desk.today()
        action, unread = read_action(self.draft, self._move, today)
        return self.judge(unread, check_action(self._snapshot.plan, self.seen, action, today))

    def prefilled(self, seen: Case) -> Mapping[str, str]:
        """Who sees to it."""
        return {"owner": seen.owner}

    def possible(self) -> bool:
        """Whether the case as it is now allows the move."""
        plan, day = self._snapshot.plan, self._snapshot.overview.day
        if self._move == EXTEND:
            return latest_extension(plan, case_on(self.seen, day) or self.seen, day) is not None
        return chosen_move(plan, self.seen, self._move, day) is not None

    def possible_names(self) -> tuple[str | HasText, ...]:
        """The moves that it allows."""
        rows = possible_moves(self._snapshot.plan, self.seen, self._snapshot.overview.day)
        return tuple(words_of.phrase(row.name) for row in rows if not row.automatic)

    def _title(self, width: int, _height: int) -> list[Line]:
        name = move_name(self.seen.kind, self._move, self.lang)
        matter = fit(self.seen.matter, max(10, width - 2))
        return [*self.title_line(f"{name} · {self.seen.no}"), (Span("  "), Span(matter, "muted"))]

    def _rows(self) -> Iterator[Widget]:
        lang, today = self.lang, self.live.desk.today().isoformat()
        yield from self._extension_rows() if self._move == EXTEND else self._move_rows(self._row)
        yield self.role_row(self._role)
        yield self.day_row("on", tr(lang, "Day"), today, tr(lang, "the day it was done"))

    def _move_rows(self, row: Move | None) -> Iterator[Widget]:
        if row is None:
            return
        lang, wants = self.lang, row.wants
        if Wants.CANNOT_NOW in wants and self.seen.feasibility is not Feasibility.CANNOT_NOW:
            yield Drawing(lambda _width, _height: [(Span(tr(lang, _FIRST), "warning", bold=True),)], ground="surface")
        if Wants.OUTCOME in wants:
            yield ChoiceField("outcome", tr(lang, "Outcome"), outcome_options(lang))
        if Wants.TEXT in wants:
            yield self.text_row("text", text_label(row, lang).capitalize(), "", MOST_TEXT)
        if Wants.OUTCOME in wants:
            hint = tr(lang, "only if it is planned")
            yield self.day_row("until", tr(lang, "Done by"), "", hint)
        if Wants.DUE in wants:
            yield self.day_row("due", tr(lang, "New deadline"), "")
        if Wants.INTO in wants:
            yield ChoiceField("into", tr(lang, "Merge into"), other_open_cases(self._snapshot, self.seen, lang))
        if Wants.OWNER in wants:
            owner = Box("owner", self.seen.owner, max_length=MOST_ROLE)
            yield FieldRow(tr(lang, "Owner"), [owner], hint=tr(lang, "role that sees to it"))

    def _extension_rows(self) -> Iterator[Widget]:
        lang, day = self.lang, self._snapshot.overview.day
        latest = latest_extension(self._snapshot.plan, case_on(self.seen, day) or self.seen, day)
        yield self.day_row("due", tr(lang, "New deadline"), "", tr(lang, "to {d} at most", d=latest or "–"))
        yield self.text_row("text", tr(lang, "Reason"), "", MOST_TEXT)

    @property
    def _role(self) -> str:
        """Who rates is the person; otherwise whoever wrote a role last."""
        return tr(self.lang, "holder of the slip") if self._move.startswith(RATES) else self.live.role


_FIRST = N_("Say first, with e on its page, that it cannot be put right now.")
