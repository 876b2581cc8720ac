"""The kinds of log entry of a plan, and what they are made of: counts, attributes, outcomes, officials."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from campaign.i18n import I18n
from campaign.record import Code, Count, Record, Slug
from campaign.settings import Choice


class Obligation(StrEnum):
    """What the campaign owes the public in every phase."""

    INFORM = "inform"
    ASK = "ask"
    WATCH = "watch"
    JUDGE = "judge"
    NONE = "none"


class AttributeChoice(Choice):
    """One of the values of an attribute."""

    required: bool = False
    """Whether every branch is to choose it in an entry, as a topic that all are to study."""


class Attribute(Record):
    """Something that is said of an entry by choosing: in work or spare time, in full or in small groups."""

    id: Slug
    name: I18n
    choices: Annotated[tuple[AttributeChoice, ...], Field(min_length=1)]
    """The first one is the usual one; where some are required none is, for each must be meant."""
    goals: bool = False
    """Its choices are the goals of the campaign. A question is about a goal if its dimension is that choice's id."""

    @property
    def required(self) -> tuple[AttributeChoice, ...]:
        """The choices that every branch is to choose."""
        return tuple(each for each in self.choices if each.required)


class EntryKind(Record):
    """A kind of log entry: which counts it takes, what it meets and which steps it advances."""

    id: Slug
    name: I18n
    counts: tuple[str, ...] = ()
    """Names of the counts of the whole entry, for example ``opinions``."""
    group_counts: tuple[str, ...] = ()
    """Names of the counts for each member group: ``expected``, ``attended``, ``made_up``, ``excused``, ``reached``…"""
    hours: bool = False
    """Whether the entry says how long it took."""
    obligation: Obligation = Obligation.NONE
    advances: tuple[Code, ...] = ()
    """Steps it advances; the entry's phase picks which one."""
    effect: Literal["none", "gate", "phase_start", "phase_end", "result", "recheck", "inspection", "visit"] = "none"
    """``gate``: its outcome approves or returns the phase; ``result``: the final survey's result is public, and the
    outcome ``below`` makes a catch-up due; ``recheck``: the survey after the catch-up; ``inspection``,
    ``visit``: by inspectors, by a contact official."""
    outcomes: tuple[str, ...] = ()
    """Ids of the possible outcomes; for a gate: requested, approved, returned."""
    attributes: tuple[Slug, ...] = ()
    """Attributes that an entry may say something about."""
    leader: Literal["none", "optional", "required"] = "none"
    """Whether an entry names a contact official, by code."""
    case: Literal["none", "optional", "own"] = "none"
    """``optional``: an entry may name the case that it is about; ``own``: it is a case by itself, and others may name
    it by its file number."""
    case_for: tuple[Slug, ...] = ()
    """optional: the outcomes and choices with which a case is named; empty means all of them."""
    distinct: bool = False
    """Its note is a title that no other branch should have."""


class CountName(Record):
    """A count that entries carry, with its label."""

    id: Slug
    name: I18n
    most: Count | None = None
    """More than this is asked about: pages of a text for people who have little time."""


class OutcomeName(Record):
    """An outcome of entries, with its label."""

    id: Slug
    name: I18n


class BranchType(Record):
    """A type of branch, with its label."""

    id: str
    name: I18n


class Leader(Record):
    """A contact official, by code and role."""

    code: Code
    role: I18n
