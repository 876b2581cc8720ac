"""The plan's phases and steps, read once for all branches of a type, so that a branch costs one walk over its log."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from campaign.plan import Plan
from campaign.progress import StepScope, step_scopes

_DUE_RULE = re.compile(r"phase_(start|end)([+-]\d+)?")


@dataclass(frozen=True, slots=True)
class DueRule:
    """A step's due rule, read: a fixed day, or days from the planned start or end of its phase."""

    day: date | None
    from_start: bool
    shift: timedelta

    def day_in(self, start: date, end: date) -> date:
        """The due day in a phase planned from ``start`` to ``end``."""
        if self.day is not None:
            return self.day
        anchor = start if self.from_start else end
        return anchor + self.shift if self.shift else anchor


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step as judging it needs it."""

    scope: StepScope
    code: str
    weight: int
    due: DueRule
    own_due: bool
    required: bool
    counts: bool
    """Whether it counts for the phase's progress and end, where it is not waived."""
    begins_phase: bool
    """Whether its first entry shows that the phase has begun."""
    after_phase: bool


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """A phase with the steps that apply to one type of branch."""

    id: str
    weight: int
    gate_required: bool
    steps: tuple[StepRule, ...]
    advances: Mapping[str, tuple[int, ...]]
    """Kind of entry to the places in ``steps`` that it advances."""
    effects: Mapping[str, str]
    """Kind of entry to its effect, for kinds that have one."""
    owed: tuple[int, ...]
    """The places in ``steps`` of required steps with a due day of their own."""


def whole_weights(weights: Sequence[Fraction]) -> list[int]:
    """The same proportions in whole numbers, which add faster than fractions and as exactly."""
    scale = math.lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]


def due_rule(text: str) -> DueRule:
    """Read ``phase_end``, ``phase_start+3``, ``phase_end-7`` or a date."""
    match = _DUE_RULE.fullmatch(text)
    if match is None:
        return DueRule(date.fromisoformat(text), from_start=False, shift=timedelta())
    return DueRule(None, from_start=match[1] == "start", shift=timedelta(days=int(match[2] or 0)))


def phase_rules(plan: Plan, branch_type: str, code: str = "") -> tuple[PhaseRule, ...]:
    """The phases in the order of the plan, with the steps that apply to branches of this type.

    Steps of certain branches apply with the ``code`` of one of those.
    """
    weights = whole_weights([Fraction(step.weight) for step in plan.steps])
    steps = [
        _step_rule(scope, weight)
        for scope, weight in zip(step_scopes(plan), weights, strict=True)
        if (not scope.step.branch_types or branch_type in scope.step.branch_types)
        and (not scope.step.branches or code in scope.step.branches)
    ]
    effects = {kind.id: kind.effect for kind in plan.kinds if kind.effect != "none"}
    phase_weights = whole_weights([Fraction(phase.weight) for phase in plan.phases])
    rules = []
    for phase, weight in zip(plan.phases, phase_weights, strict=True):
        own = tuple(rule for rule in steps if rule.scope.step.phase == phase.id)
        advances = {
            kind.id: tuple(place for place, rule in enumerate(own) if rule.code in kind.advances) for kind in plan.kinds
        }
        owed = tuple(place for place, rule in enumerate(own) if rule.own_due and rule.required)
        rules.append(PhaseRule(phase.id, weight, phase.gate_required, own, advances, effects, owed))
    return tuple(rules)


def _step_rule(scope: StepScope, weight: int) -> StepRule:
    step = scope.step
    due = due_rule(step.due)
    return StepRule(
        scope=scope,
        code=step.id,
        weight=weight,
        due=due,
        own_due=step.due != "phase_end" or step.after_phase,
        required=step.origin == "required",
        counts=step.origin == "required" and not step.after_phase,
        begins_phase=not due.from_start and not step.after_phase,
        after_phase=step.after_phase,
    )
