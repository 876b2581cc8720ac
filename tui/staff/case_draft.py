"""What stands in the boxes of the forms about cases, read: an action, a correction, a new case. No Textual here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from campaign.case_desk import Amendment
from campaign.case_opening import NewCase
from campaign.case_states import Action
from campaign.case_tables import ANSWER_CASE, CASE_KINDS
from campaign.cases import Feasibility, Outcome
from campaign.errors import BadInput, Problem
from campaign.typed import parse_count, parse_day
from tui.staff.entry_draft import folded

ValueT = TypeVar("ValueT")
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What was typed and chosen, by field."""

    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text on one line; empty where the form has no such box."""
        return " ".join(self.texts.get(name, "").split())

    def given(self, name: str) -> str | None:
        """A text; None where the form has no such box."""
        return self.text(name) if name in self.texts else None

    def choice(self, name: str) -> str:
        """What was chosen; empty for nothing."""
        return self.choices.get(name, "")


@dataclass(slots=True)
class Reader:
    """Reads days and counts; what cannot be read is a problem of its field."""

    draft: CaseDraft
    today: date
    problems: dict[str, Problem] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """The day in a box; None for an empty one."""
        return self._read(name, lambda text: parse_day(text, self.today))

    def count(self, name: str) -> int | None:
        """The count in a box; None for an empty one."""
        return self._read(name, parse_count)

    def _read(self, name: str, parse: Callable[[str], ValueT]) -> ValueT | None:
        text = folded(self.draft.texts.get(name, ""))
        try:
            return parse(text) if text else None
        except BadInput as error:
            self.problems[name] = error.problems[0]
            return None


def read_action(draft: CaseDraft, move: str, today: date) -> tuple[Action, Mapping[str, Problem]]:
    """What is to be done with a case, and what cannot be read."""
    reader = Reader(draft, today)
    action = Action(
        move=move,
        role=draft.text("role"),
        text=draft.text("text"),
        outcome=Outcome(draft.choice("outcome")),
        until=reader.day("until"),
        due=reader.day("due"),
        into=draft.choice("into"),
        owner=draft.text("owner"),
        on=reader.day("on"),
    )
    return action, reader.problems


def read_amendment(draft: CaseDraft, today: date) -> tuple[Amendment, Mapping[str, Problem]]:
    """What is to be corrected about a case, and what cannot be read."""
    reader = Reader(draft, today)
    count = reader.count("opinions")
    changes = Amendment(
        owner=draft.given("owner"),
        feasibility=Feasibility(draft.choice("feasibility")),
        category=draft.given("category"),
        suggestion=draft.given("suggestion"),
        public_matter=draft.given("public_matter"),
        public_suggestion=draft.given("public_suggestion"),
        public=draft.choice("public") == YES,
        opinions=count or 0,
    )
    return changes, reader.problems


def read_new_case(draft: CaseDraft, slip: str, today: date) -> tuple[NewCase, Mapping[str, Problem]]:
    """A new case, under the number of a slip if there is one, and what cannot be read."""
    reader = Reader(draft, today)
    kind = ANSWER_CASE.id if slip else draft.choice("kind")
    new = NewCase(
        kind=kind,
        branch=draft.choice("branch"),
        matter=draft.text("matter"),
        role=draft.text("role"),
        received_on=reader.day("received_on"),
        no=slip,
        due=reader.day("due") if kind in CASE_KINDS and not CASE_KINDS[kind].working_days else None,
        suggestion=draft.text("suggestion"),
        owner=draft.text("owner"),
        feasibility=Feasibility(draft.choice("feasibility")),
        origin=draft.choice("origin"),
        public_matter=draft.text("public_matter"),
    )
    return new, reader.problems
