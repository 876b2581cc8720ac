"""The plan of a campaign: phases, steps, branches, member groups, schedules and the kinds of log entry.

Everything is frozen; a changed plan is a new plan. The field names are those of the campaign file
(``docs/campaign-file.md``). Rules across fields are checked by :mod:`campaign.plan_rules`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from campaign.i18n import I18n
from campaign.record import Code, Count, Record, Slug
from campaign.settings import AnswerDays, Calendar, Campaign, DueSoonDays, StudyDays, SurveyPlan, Words

__all__ = [
    "AnswerDays",
    "Attribute",
    "Branch",
    "BranchType",
    "BusyPeriod",
    "Calendar",
    "Campaign",
    "Choice",
    "Code",
    "Condition",
    "ConditionPlan",
    "Contact",
    "Count",
    "CountName",
    "DueSoonDays",
    "EntryKind",
    "Leader",
    "LeadingGroup",
    "MemberGroup",
    "Obligation",
    "OutcomeName",
    "Pause",
    "Phase",
    "Plan",
    "Record",
    "Responsible",
    "Schedule",
    "ScheduleChange",
    "Slug",
    "Span",
    "Step",
    "StepKind",
    "StepTarget",
    "StudyDays",
    "SurveyPlan",
    "Words",
]


class StepKind(StrEnum):
    """How a step's progress is measured."""

    MILESTONE = "milestone"
    """Done or not: one qualifying log entry."""
    COUNT = "count"
    """Sum of a count, against a target."""
    COVERAGE = "coverage"
    """People reached, of the people in scope."""
    RATE = "rate"
    """A share: the newest ``count`` of ``of`` reported, or hours of study of the hours wanted."""


class Obligation(StrEnum):
    """What the campaign owes the public in every phase."""

    INFORM = "inform"
    ASK = "ask"
    WATCH = "watch"
    JUDGE = "judge"
    NONE = "none"


class Condition(StrEnum):
    """Whether a branch works as an organisation."""

    FUNCTIONING = "functioning"
    WEAK = "weak"
    PARALYSED = "paralysed"
    SHELL = "shell"
    REBUILDING = "rebuilding"


class MemberGroup(Record):
    """A category of members; every member is in exactly one."""

    id: Slug
    name: I18n
    hour_target: Count | None = None
    """Hours of study wanted of each member; none for those who need not reach any."""
    methods: tuple[str, ...] = ()
    """How the group is usually reached: meeting, spare time, home visit, phone …"""


class Phase(Record):
    """One of the phases that every branch goes through, in the order of the file."""

    id: Slug
    name: I18n
    short_name: I18n = I18n()
    """For the heads of columns, 12 cells at the most."""
    weight: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    gate_required: bool = True
    """Whether the organiser must approve the move to the next phase."""
    colour: str = ""
    """Colour on screens as ``#RRGGBB``; empty means one from the theme."""

    @property
    def label(self) -> I18n:
        """The short name, or the name where there is none."""
        return self.short_name if self.short_name != I18n() else self.name


class Step(Record):
    """A step inside a phase, the same for every branch it applies to."""

    id: Code
    phase: Slug
    name: I18n
    origin: Literal["required", "own"] = "required"
    """Own steps are shown apart and never lower the progress."""
    kind: StepKind = StepKind.MILESTONE
    weight: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    due: Annotated[str, Field(pattern=r"^(phase_(start|end)([+-]\d{1,3})?|\d{4}-\d{2}-\d{2})$")] = "phase_end"
    """``phase_end``, ``phase_end-7``, ``phase_start`` or a date; anything but ``phase_end`` is a due day of its own."""
    after_phase: bool = False
    """Done after the phase has ended: it counts neither for the phase's progress nor for its end."""
    obligation: Obligation = Obligation.NONE
    evidence: Literal["none", "note", "reference"] = "none"
    count: str = ""
    """Name of the count that is summed (count, coverage) or the numerator (rate)."""
    of: str = ""
    """rate: name of the denominator's count; the word ``hours`` means the group's hour targets."""
    unreachable: str = ""
    """coverage: name of the count of people who cannot be reached and so leave the scope."""
    groups: tuple[Slug, ...] = ()
    """Member groups in scope (coverage, hours, default target of a count); empty means all."""
    target: Count | None = None
    """count: how many; without it, one for each member of ``groups``."""
    branch_types: tuple[str, ...] = ()
    """Types of branch it applies to; empty means all."""


class Choice(Record):
    """One of the values of an attribute."""

    id: Slug
    name: I18n


class Attribute(Record):
    """Something that is said of an entry by choosing: in work or spare time, in full or in small groups."""

    id: Slug
    name: I18n
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]
    """The first one is the usual one."""


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


class Contact(Record):
    """A leader's contact point at a branch."""

    leader: Code
    lead: bool = False


class Responsible(Record):
    """A first-responsible role and the days for which it holds, both included."""

    role: I18n
    valid_from: date | None = None
    valid_to: date | None = None


class LeadingGroup(Record):
    """The branch's leading group."""

    on: date | None = None
    headed_by_first_responsible: bool = True


class ConditionPlan(Record):
    """What is done about a branch that does not work."""

    kind: Literal["rebuild", "merge", "reassign"]
    due_date: date


class Span(Record):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


class Pause(Record):
    """Days on which a phase does not run; an open pause has no end."""

    start: date
    end: date | None = None
    reason: Annotated[str, Field(min_length=5)]


class ScheduleChange(Record):
    """Days that a phase was planned for before they were moved."""

    on: date
    """The day of the change."""
    start: date
    end: date
    reason: str


class Schedule(Record):
    """When a branch plans to do a phase."""

    start: date
    end: date
    pauses: tuple[Pause, ...] = ()
    changes: tuple[ScheduleChange, ...] = ()
    """What was planned before, oldest first."""

    @property
    def days(self) -> int:
        """Planned days, both ends included."""
        return (self.end - self.start).days + 1


class BusyPeriod(Record):
    """Days on which the branch has other work: harvest, examinations, year-end closing."""

    start: date
    end: date
    label: I18n


class StepTarget(Record):
    """What one branch is asked for in one step, where that differs from the step."""

    step: Code
    target: Count | None = None
    waived: bool = False
    reason: str = ""
    """Why it is waived or differs; at least 5 characters when waived."""
    substitute: str = ""


class Branch(Record):
    """A branch that takes part."""

    code: Code
    name: I18n
    short_name: I18n = I18n()
    type: str
    condition: Condition = Condition.FUNCTIONING
    condition_plan: ConditionPlan | None = None
    venue: Literal["own", "shared", "none"] = "own"
    funding: Literal["secured", "short", "none"] = "secured"
    support_request: str = ""
    """What was asked for because the venue or the money is missing."""
    demonstration: bool = False
    active: bool = True
    members: dict[Slug, Count] = Field(default_factory=dict)
    """Members by group."""
    total: Count
    first_responsible: tuple[Responsible, ...] = ()
    leading_group: LeadingGroup = LeadingGroup()
    contacts: tuple[Contact, ...] = ()
    schedule: dict[Slug, Schedule]
    """Planned days by phase."""
    short_study_reason: str = ""
    """Why fewer study days than the minimum are planned."""
    unmet_reason: str = ""
    """Why an obligation to the public was not met in a phase; with a reason the branch can be completed."""
    busy: tuple[BusyPeriod, ...] = ()
    targets: tuple[StepTarget, ...] = ()

    @property
    def label(self) -> I18n:
        """The short name, or the name where there is none."""
        return self.short_name if self.short_name != I18n() else self.name


class Plan(Record):
    """A whole campaign plan."""

    format: Literal[1] = 1
    campaign: Campaign
    calendar: Calendar = Calendar()
    member_groups: tuple[MemberGroup, ...]
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...] = ()
    counts: tuple[CountName, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    outcomes: tuple[OutcomeName, ...] = ()
    branch_types: tuple[BranchType, ...] = ()
    kinds: tuple[EntryKind, ...] = ()
    leaders: tuple[Leader, ...] = ()
    surveys: tuple[SurveyPlan, ...] = ()
    branches: tuple[Branch, ...]

    def branch(self, code: str) -> Branch | None:
        """The branch with this code."""
        return next((branch for branch in self.branches if branch.code == code), None)

    def kind(self, kind_id: str) -> EntryKind | None:
        """The kind of log entry with this id."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute with this id."""
        return next((each for each in self.attributes if each.id == attribute_id), None)

    def phase(self, phase_id: str) -> Phase | None:
        """The phase with this id."""
        return next((phase for phase in self.phases if phase.id == phase_id), None)

    @property
    def active_branches(self) -> tuple[Branch, ...]:
        """Branches that take part now, in the order of the file."""
        return tuple(branch for branch in self.branches if branch.active)
