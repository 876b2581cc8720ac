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
from campaign.kinds import Attribute, AttributeChoice, BranchType, CountName, EntryKind, Leader, Obligation, OutcomeName
from campaign.record import Code, Count, Record, Slug
from campaign.settings import (
    AnswerDays,
    Calendar,
    Campaign,
    CampaignState,
    Choice,
    DueSoonDays,
    OpinionSettings,
    StudyDays,
    SurveyPlan,
    Words,
)

__all__ = [
    "AnswerDays",
    "Attribute",
    "AttributeChoice",
    "Branch",
    "BranchType",
    "BusyPeriod",
    "Calendar",
    "Campaign",
    "CampaignState",
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
    "OpinionSettings",
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


_BY_CODE = "branches by code"


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
        return self.short_name if self.short_name.zh or self.short_name.en else self.name


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
    branches: tuple[Code, ...] = ()
    """Codes of the branches it applies to, for their own steps; empty means all."""


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
        return self.short_name if self.short_name.zh or self.short_name.en else self.name


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
        """The branch with this code, the first if there are several."""
        of, found = self.__dict__.get(_BY_CODE, ((), {}))
        if of is not self.branches:  # a copy with other branches has taken this over
            found = {branch.code: branch for branch in reversed(self.branches)}
            self.__dict__[_BY_CODE] = (self.branches, found)  # no field: neither compared nor written
        branch: Branch | None = found.get(code)
        return branch

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
