"""A plan while it is being checked: what of it could be read, and what is known to be wrong.

A mistake in one field must not hide a mistake in another, so rules are checked on whatever is sound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Generic, TypeVar

from pydantic import BaseModel

from campaign.i18n import I18n
from campaign.places import Keys
from campaign.plan import (
    Attribute,
    Branch,
    BranchType,
    Calendar,
    Campaign,
    CountName,
    EntryKind,
    Leader,
    MemberGroup,
    OutcomeName,
    Phase,
    Plan,
    Step,
    SurveyPlan,
)

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule and the path of what breaks it."""

    path: Keys
    code: str
    """Key of :data:`campaign.rules.RULES`."""
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One table of the campaign file, as far as it can be used."""

    path: Keys
    value: T
    """Where something was wrong it holds a stand-in, or lacks the element of a list or the key of a table."""
    broken: frozenset[Keys] = frozenset()
    """What was wrong, as paths below ``path``."""

    def sound(self, *fields: str) -> bool:
        """Whether nothing in these fields was wrong."""
        return not any(path[0] in fields for path in self.broken)

    def at(self, *keys: str | int) -> Keys:
        """The path of something in this item."""
        return (*self.path, *keys)

    def indexes(self, name: str) -> Iterator[int]:
        """Where the elements that are left of the list ``name`` stand in the file; goes on after the last one."""
        gone = {path[1] for path in self.broken if path[0] == name and len(path) > 1}
        return (index for index in count() if index not in gone)


@dataclass(frozen=True, slots=True)
class Draft:
    """The readable parts of a plan. A section or item that cannot be used at all is left out."""

    campaign: Item[Campaign] | None = None
    calendar: Item[Calendar] | None = None
    member_groups: Sequence[Item[MemberGroup]] = ()
    phases: Sequence[Item[Phase]] = ()
    steps: Sequence[Item[Step]] = ()
    counts: Sequence[Item[CountName]] = ()
    attributes: Sequence[Item[Attribute]] = ()
    outcomes: Sequence[Item[OutcomeName]] = ()
    branch_types: Sequence[Item[BranchType]] = ()
    kinds: Sequence[Item[EntryKind]] = ()
    leaders: Sequence[Item[Leader]] = ()
    surveys: Sequence[Item[SurveyPlan]] = ()
    branches: Sequence[Item[Branch]] = ()
    complete: bool = True
    """False if an item of some list had to be left out, so that sums over items mean nothing."""

    def names(self, section: str) -> Sequence[str]:
        """What the items of a section are called, in the order of the file: their ids, or the leaders' codes."""
        field = "code" if section == "leaders" else "id"
        items: Sequence[Item[BaseModel]] = getattr(self, section)
        return [getattr(item.value, field) for item in items if item.sound(field)]

    def campaign_days(self) -> tuple[date, date] | None:
        """The first and the last day of the campaign; None if they are not known, or not in order."""
        if self.campaign is None or not self.campaign.sound("start_date", "end_date"):
            return None
        days = (self.campaign.value.start_date, self.campaign.value.end_date)
        return days if days[0] < days[1] else None

    @classmethod
    def of(cls, plan: Plan) -> "Draft":
        """The draft of a plan in which every field is sound."""
        return cls(
            campaign=Item(("campaign",), plan.campaign),
            calendar=Item(("calendar",), plan.calendar),
            member_groups=_items("member_groups", plan.member_groups),
            phases=_items("phases", plan.phases),
            steps=_items("steps", plan.steps),
            counts=_items("counts", plan.counts),
            attributes=_items("attributes", plan.attributes),
            outcomes=_items("outcomes", plan.outcomes),
            branch_types=_items("branch_types", plan.branch_types),
            kinds=_items("kinds", plan.kinds),
            leaders=_items("leaders", plan.leaders),
            surveys=_items("surveys", plan.surveys),
            branches=_items("branches", plan.branches),
        )


def _items(section: str, values: Sequence[T]) -> Sequence[Item[T]]:
    return [Item((section, index), value) for index, value in enumerate(values)]


def code_of(item: Item[Branch]) -> str | I18n:
    """What to call a branch in a message: its code, or its name where the code is wrong."""
    return item.value.code if item.sound("code") else item.value.name
