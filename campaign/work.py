"""What has been done at a branch by its log, whatever the day: progress of steps, beginning and end of phases."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from operator import attrgetter

from campaign.errands import NO_ERRANDS, ErrandRules, Errands
from campaign.happened import SurveyEntry
from campaign.helping import HELP, is_given
from campaign.log import LogEntry
from campaign.phase_rules import PhaseRule, StepRule, phase_rules
from campaign.plan import Branch, Plan
from campaign.progress import StepProgress, weighted_mean
from campaign.reaching import NOBODY, Reach, ReachRules, reach_at, reach_of_all, reach_rules

Found = tuple[tuple[date, int], ...]
"""Days, and how many findings inspections made on each."""
APPROVED = "approved"
"""The outcome with which a gate lets a branch go on."""


@dataclass(frozen=True, slots=True)
class StepWork:
    """A step at a branch."""

    value: Fraction
    """Progress from 0 to 1."""
    done_on: date | None
    is_waived: bool
    """Waived by the plan, or because there is nothing to do."""


@dataclass(frozen=True, slots=True)
class PhaseWork:
    """A phase at a branch."""

    progress: Fraction | None
    """0 to 1; None if the phase has no steps that count."""
    started_on: date | None
    """As recorded, or the day of the first entry that shows it."""
    ended_on: date | None
    """The day on which it ended, its gate included; None while it is open."""
    is_finished: bool
    """Whether all steps are done or the end is recorded; without an end it lacks its gate."""
    steps: tuple[StepWork, ...]
    """In the order of the phase's rule."""


@dataclass(frozen=True, slots=True)
class BranchWork:
    """All phases at a branch, by all of its entries or by those up to a day."""

    entries: int
    newest: date | None
    """The latest day on which anything happened."""
    recorded: date | None
    """The day of the newest record."""
    inspected: date | None
    """The day of the last inspection."""
    phases: tuple[PhaseWork, ...]
    reach: Reach = NOBODY
    """Of all its members who are hard to reach."""
    errands: Errands = NO_ERRANDS
    found: Found = ()
    """What inspections found."""


@dataclass(frozen=True, slots=True)
class Foreman:
    """Says what has been done at one branch after the other; what depends on the plan alone is looked up once."""

    plan: Plan
    inspecting: frozenset[str]
    """Kinds of entry that are inspections."""
    special: frozenset[str]
    """Codes of the branches that steps name."""
    reaching: ReachRules
    errands: ErrandRules
    rules: dict[tuple[str, str], tuple[PhaseRule, ...]] = field(default_factory=dict)
    """Phase rules by type of branch and, for a branch with steps of its own, its code; filled as they are met."""

    @classmethod
    def of(cls, plan: Plan) -> "Foreman":
        """By the rules of ``plan``."""
        inspecting = frozenset(kind.id for kind in plan.kinds if kind.effect == "inspection")
        special = frozenset(code for step in plan.steps for code in step.branches)
        return cls(plan, inspecting, special, reach_rules(plan), ErrandRules.of(plan))

    def rules_for(self, branch: Branch) -> tuple[PhaseRule, ...]:
        """The phases with the steps that apply to ``branch``."""
        sort = (branch.type, branch.code if branch.code in self.special else "")
        if sort not in self.rules:
            self.rules[sort] = phase_rules(self.plan, *sort)
        return self.rules[sort]

    def work(self, branch: Branch, entries: Iterable[LogEntry]) -> BranchWork:
        """What has been done at ``branch``; ``entries`` are its own, in the order of recording."""
        log = sorted(entries, key=attrgetter("on"))  # stable: on one day the order of recording holds
        by_phase: dict[str, list[LogEntry]] = {}
        for entry in log:
            by_phase.setdefault(entry.phase, []).append(entry)
        return BranchWork(
            entries=len(log) - sum(type(entry) is SurveyEntry for entry in log),
            newest=log[-1].on if log else None,
            recorded=max(map(attrgetter("recorded_on"), log), default=None),
            inspected=next((entry.on for entry in reversed(log) if entry.kind in self.inspecting), None),
            phases=tuple(phase_work(rule, branch, by_phase.get(rule.id, ())) for rule in self.rules_for(branch)),
            reach=reach_of_all("", reach_at(self.reaching, branch.members, log)),
            errands=self.errands.errands(log),
            found=found_in(self.inspecting, log),
        )


def found_in(inspecting: Collection[str], entries: Iterable[LogEntry]) -> Found:
    """What entries of these kinds found at one branch, by day, the first day first; days without findings are left out.

    All counts of an inspection are of findings.
    """
    days: dict[date, int] = {}
    for entry in entries:
        if entry.kind in inspecting and (number := sum(entry.counts.values())):
            days[entry.on] = days.get(entry.on, 0) + number
    return tuple(sorted(days.items()))


_Measured = tuple[StepRule, StepProgress, bool]
"""A step, its progress, and whether it is waived."""


@dataclass(slots=True)
class _PhaseLog:
    """What the entries of one phase say; filled in one walk, oldest first."""

    touching: dict[int, list[LogEntry]]
    gate: LogEntry | None = None
    started_on: date | None = None
    begun_on: date | None = None
    ended_on: date | None = None
    helped: set[str] = field(default_factory=set)
    """Codes of the help that was given."""

    def counts_help(self, entry: LogEntry) -> bool:
        """Whether an entry of the register of help counts: help counts once, when it was given."""
        if not is_given(entry) or entry.code in self.helped:
            return False
        self.helped |= {entry.code} - {""}
        return True


def _phase_log(rule: PhaseRule, entries: Sequence[LogEntry]) -> _PhaseLog:
    """Sort the entries of the phase, oldest first, by the steps they advance and by their effects."""
    log = _PhaseLog({})
    for entry in entries:
        effect = rule.effects.get(entry.kind)
        if effect == "gate":
            log.gate = entry
        elif effect == "phase_start":
            log.started_on = log.started_on or entry.on
        elif effect == "phase_end":
            log.ended_on = entry.on
        elif effect == HELP and not log.counts_help(entry):
            continue
        for place in rule.advances.get(entry.kind, ()):
            log.touching.setdefault(place, []).append(entry)
            if log.begun_on is None and rule.steps[place].begins_phase:
                log.begun_on = entry.on
    return log


def phase_work(rule: PhaseRule, branch: Branch, entries: Sequence[LogEntry]) -> PhaseWork:
    """The phase at ``branch``; ``entries`` are the branch's of this phase, oldest first.

    It has ended once every step that counts is done and, where a gate is required, the newest gate entry approves it:
    on the later of the two days. A later ``returned``, or a rate that falls again, opens it again. A phase without
    steps that count ends by an entry of a kind that ends phases, and by its gate.
    """
    log = _phase_log(rule, entries)
    measured = _measured(rule, branch, log)
    counted = [(step.weight, now) for step, now, waived in measured if step.counts and not waived]
    finished_on = _finished_on(counted, log)
    return PhaseWork(
        progress=weighted_mean((weight, now.value) for weight, now in counted) if counted else None,
        started_on=log.started_on or log.begun_on,
        ended_on=_passed_gate(rule, log, finished_on),
        is_finished=finished_on is not None,
        steps=tuple(StepWork(now.value, now.done_on, waived) for _, now, waived in measured),
    )


def _measured(rule: PhaseRule, branch: Branch, log: _PhaseLog) -> list[_Measured]:
    """The steps in order, with their progress."""
    targets = {target.step: target for target in branch.targets}
    members = branch.members
    measured = []
    for place, step in enumerate(rule.steps):
        own = targets.get(step.code) if targets else None
        target = own.target if own is not None else None
        waived = own is not None and own.waived
        scope = step.scope.without(own.groups) if own is not None and waived and own.groups else step.scope
        now = scope.measure(scope, members, target, log.touching.get(place, ()))
        all_waived = waived and (scope is step.scope or not scope.groups)
        measured.append((step, now, not now.applicable or all_waived))
    return measured


def _finished_on(counted: Sequence[tuple[int, StepProgress]], log: _PhaseLog) -> date | None:
    """The day on which the last step that counts was done; without any, the day recorded as the phase's end."""
    if not counted:
        return log.ended_on
    days = [now.done_on for _, now in counted if now.done_on is not None]
    return max(days) if len(days) == len(counted) else None


def _passed_gate(rule: PhaseRule, log: _PhaseLog, finished_on: date | None) -> date | None:
    """The day on which the phase ended, its gate included; None while it is open."""
    if finished_on is None or not rule.gate_required:
        return finished_on
    if log.gate is None or log.gate.outcome != APPROVED:
        return None
    return max(finished_on, log.gate.on)
