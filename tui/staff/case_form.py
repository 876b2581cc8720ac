"""What the forms about cases have in common: reading the boxes, remarks, and a case that somebody else changes."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from textual.widget import Widget

from campaign.case_states import case_on, kind_of
from campaign.cases import Case
from campaign.errors import ManyiError, Problem
from campaign.language import HasText, Listed
from campaign.texts import tr as words_of
from tui.staff.case_draft import CaseDraft
from tui.staff.case_view import kept_case
from tui.staff.form import Form
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField
from tui.widgets.fields import Box, FieldRow

ResultT = TypeVar("ResultT")
WIDE_TEXT = "2fr"
"""Width of a box for a sentence: twice that of the remark beside it."""


class CaseForm(Form[ResultT]):
    """Boxes and choices that are checked at every key by the rules that will judge them when they are stored."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot

    def check(self) -> bool:
        """Read the boxes, say what is wrong beside them; whether nothing is."""
        raise NotImplementedError

    def look_over(self) -> None:
        """At every key."""
        self.check()

    @property
    def draft(self) -> CaseDraft:
        """What stands in the boxes."""
        choices = {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}
        boxes = {box.field: box.value for box in self.query(Box)}
        names = {field.field for field in self.query(ChoiceField)}
        return CaseDraft({name: text for name, text in boxes.items() if name not in names}, choices)

    def judge(self, unread: Mapping[str, Problem], found: Sequence[Problem]) -> bool:
        """Put what is wrong beside its box: what is missing only once saving was tried; whether nothing is wrong."""
        draft = self.draft
        boxes = {box.field for box in self.query(Box)}
        filled = {name for name, text in draft.texts.items() if text.strip()} | {
            name for name, chosen in draft.choices.items() if chosen
        }
        beside, others, race = dict(unread), [], self.race_problems()
        for problem in found:
            if problem.place not in boxes:
                others.extend([] if race and problem.code == "V79" else [problem])  # the race says it in plainer words
            elif self.tried or problem.place in filled:
                beside.setdefault(problem.place, problem)
        self.remark(beside)
        self.complain([*race, *(others if self.tried else ()), *beside.values()])
        return not unread and not any(problem.refuses for problem in found)

    def race_problems(self) -> Sequence[Problem]:
        """What somebody else has done meanwhile."""
        return ()

    def focus_box(self, field: str) -> None:
        """Begin there."""
        self.set_focus(next((box for box in self.query(Box) if box.field == field), None))

    def action_save(self) -> None:
        """Store it if nothing speaks against it."""
        self.tried = True
        if self.check():
            self.begin()

    def role_row(self, role: str) -> Widget:
        """Who does it."""
        hint = tr(self.lang, "never a name")
        return FieldRow(tr(self.lang, "Your role"), [Box("role", role)], hint=hint)

    def day_row(self, field: str, label: str, day: str, hint: str = "") -> Widget:
        """A box for a day."""
        return FieldRow(
            label, [Box(field, day)], hint=hint or tr(self.lang, "like {day}", day=self._snapshot.overview.day)
        )

    def text_row(self, field: str, label: str, text: str, most: int, hint: str = "") -> Widget:
        """A box for a sentence."""
        box = Box(field, text, max_length=most)
        box.styles.width = WIDE_TEXT
        return FieldRow(label, [box], hint=hint)


class SeenCaseForm(CaseForm[str]):
    """A form about a case that is there. What another process does with it is told at once; nothing typed is lost."""

    def __init__(self, snapshot: Snapshot, seen: Case) -> None:
        super().__init__(snapshot)
        self.seen = seen
        """The case as it was kept when this form was last told of it."""
        self._newest: Case | None = None
        self._changed_by_others = False

    def act(self) -> Case:
        """Store it; called in a thread."""
        raise NotImplementedError

    def possible(self) -> bool:
        """Whether it can still be done with the case as it is seen now."""
        return True

    def possible_names(self) -> tuple[str | HasText, ...]:
        """What can be done instead."""
        return ()

    def store(self) -> object:
        """Store it; if the case is not as it was seen, find out how it is now."""
        try:
            return self.act()
        except ManyiError as error:
            if error.code == "M53":
                self._newest = self.live.desk.cases_desk().case(self.seen.no)
            raise

    def show(self, snapshot: Snapshot) -> None:
        """Tell at once when somebody else has changed the case."""
        newest = kept_case(snapshot, self.seen.no)
        if newest is not None and newest != self.seen and not self.saving:
            self._snapshot = snapshot
            self._adopt(newest)

    def on_form_not_stored(self, message: Form.NotStored) -> None:
        """If the case was changed meanwhile, look at it as it is now; anything else is said as by every form."""
        newest, self._newest = self._newest, None
        if newest is not None:
            message.prevent_default()  # what every form does is called after this
            self.saving = False
            self._adopt(newest)

    def prefilled(self, seen: Case) -> Mapping[str, str]:  # noqa: ARG002  # subclasses use it
        """What stands in the boxes and choices at first, by field, as far as it is taken from the case."""
        return {}

    def _adopt(self, newest: Case) -> None:
        """Go by the case as it is now; boxes that nobody has touched show what is there now."""
        before, now = self.prefilled(self.seen), self.prefilled(newest)
        self.seen, self._changed_by_others = newest, True
        choices = {choice.field: choice for choice in self.query(ChoiceField)}
        for field, choice in choices.items():
            if field in now and choice.chosen is not None and choice.chosen.id == before[field]:
                choice.choose(now[field])
        for box in self.query(Box):
            if box.field in now and box.field not in choices and box.value == before[box.field]:
                box.fill(now[box.field])
        self.check()

    def race_problems(self) -> Sequence[Problem]:
        """What has to be told of the change."""
        if not self._changed_by_others:
            return []
        known = case_on(self.seen, self._snapshot.overview.day) or self.seen
        values: dict[str, object] = {
            "no": self.seen.no,
            "state": words_of.phrase(kind_of(known).state(known.state).name),
        }
        if self.possible():
            return [Problem("M100", values)]
        return [Problem("M101", {**values, "list": Listed(self.possible_names())})]
