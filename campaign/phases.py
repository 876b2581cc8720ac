"""How a phase stands at one branch: its steps, its progress, when it began and when it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from campaign.log import LogEntry
from campaign.pauses import paused_days
from campaign.phase_rules import PhaseRule, StepRule
from campaign.plan import Branch, Campaign, Pause, Schedule
from campaign.progress import StepProgress, weighted_mean
from campaign.standing import PhaseStanding, StepStanding
from campaign.status import standing

APPROVED = "approved"
"""The outcome with which a gate lets a branch go on."""


@dataclass(frozen=True, slots=True)
class Judging:
    """The settings that statuses are judged by, and the day."""

    today: date
    phase_window: int
    """Days before its end from which a phase is due soon."""
    step_window: int
    tolerance: Fraction
    pause_max_days: int
    judge_overdue: bool = True
    untouched: dict[tuple[str, date, bool, bool, bool], StepStanding] = field(default_factory=dict)
    """Standings of steps without progress, which most steps of a large campaign have in common."""

    @classmethod
    def of(cls, campaign: Campaign, today: date, *, judge_overdue: bool = True) -> "Judging":
        """The campaign's settings, for ``today``."""
        return cls(
            today=today,
            phase_window=campaign.due_soon_days.phase,
            step_window=campaign.due_soon_days.step,
            tolerance=Fraction(campaign.behind_tolerance),
            pause_max_days=campaign.pause_max_days,
            judge_overdue=judge_overdue,
        )


_Measured = tuple[StepRule, StepProgress, bool]
"""A step, its progress, and whether it is waived: by the plan, or because there is nothing to do."""


@dataclass(slots=True)
class _PhaseLog:
    """What the entries of one phase say; filled in one walk, oldest first."""

    touching: dict[int, list[LogEntry]]
    gate: LogEntry | None = None
    started_on: date | None = None
    begun_on: date | None = None
    ended_on: date | None = None


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
        for place in rule.advances.get(entry.kind, ()):
            log.touching.setdefault(place, []).append(entry)
            if log.begun_on is None and rule.steps[place].begins_phase:
                log.begun_on = entry.on
    return log


def phase_standing(
    rule: PhaseRule, branch: Branch, schedule: Schedule, entries: Sequence[LogEntry], judging: Judging
) -> PhaseStanding:
    """The phase at ``branch``; ``entries`` are the branch's of this phase, oldest first, none after the day.

    It has ended once every step that counts is done and, where a gate is required, the newest gate entry approves it:
    on the later of the two days. A later ``returned``, or a rate that falls again, opens it again. A phase without
    steps that count ends by an entry of a kind that ends phases, and by its gate.
    """
    log = _phase_log(rule, entries)
    measured = _measured(rule, branch, log)
    counted = [(step.weight, now) for step, now, waived in measured if step.counts and not waived]
    progress = weighted_mean((weight, now.value) for weight, now in counted) if counted else None
    finished_on = _finished_on(counted, log)
    actual_end = _passed_gate(rule, log, finished_on)
    paused = bool(schedule.pauses) and is_paused(schedule.pauses, judging)
    return PhaseStanding(
        phase=rule.id,
        standing=standing(
            start=schedule.start,
            due=schedule.end,
            done_on=actual_end,
            progress=progress,
            paused=paused,
            window=judging.phase_window,
            tolerance=judging.tolerance,
            today=judging.today,
            judge_overdue=judging.judge_overdue,
        ),
        progress=progress,
        planned_start=schedule.start,
        planned_end=schedule.end,
        actual_start=log.started_on or log.begun_on,
        actual_end=actual_end,
        finish_date_missing=actual_end is None
        and (finished_on is not None or (not counted and judging.today > schedule.end)),
        steps=_step_standings(measured, schedule, judging, paused=paused and actual_end is None),
    )


def is_paused(pauses: Sequence[Pause], judging: Judging) -> bool:
    """Whether a pause covers today, and the days paused up to today are not more than a pause may protect."""
    today = judging.today
    if not any(pause.start <= today <= (pause.end or today) for pause in pauses):
        return False
    return paused_days(pauses, today) <= judging.pause_max_days


def _measured(rule: PhaseRule, branch: Branch, log: _PhaseLog) -> list[_Measured]:
    """The steps in order, with their progress."""
    targets = {target.step: target for target in branch.targets}
    members = branch.members
    measured = []
    for place, step in enumerate(rule.steps):
        own = targets.get(step.code) if targets else None
        target = own.target if own is not None else None
        now = step.scope.measure(step.scope, members, target, log.touching.get(place, ()))
        measured.append((step, now, not now.applicable or (own is not None and own.waived)))
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


def _step_standings(
    measured: Sequence[_Measured], schedule: Schedule, judging: Judging, *, paused: bool
) -> tuple[StepStanding, ...]:
    """The steps in order. A pause of the phase covers its steps, but not what is due after the phase."""
    shown = []
    for step, now, waived in measured:
        due = step.due.day_in(schedule.start, schedule.end)
        start = min(schedule.start, due)
        resting = paused and not step.after_phase
        if now.value:
            shown.append(_step_standing(step, now, start, due, judging, waived=waived, paused=resting))
            continue
        key = (step.code, due, start <= judging.today, waived, resting)
        known = judging.untouched.get(key)
        if known is None:
            known = _step_standing(step, now, start, due, judging, waived=waived, paused=resting)
            judging.untouched[key] = known
        shown.append(known)
    return tuple(shown)


def _step_standing(
    step: StepRule, now: StepProgress, start: date, due: date, judging: Judging, *, waived: bool, paused: bool
) -> StepStanding:
    status = standing(
        start=start,
        due=due,
        done_on=now.done_on,
        progress=now.value,
        waived=waived,
        paused=paused,
        window=judging.step_window,
        tolerance=judging.tolerance,
        today=judging.today,
        judge_progress=False,
        judge_overdue=judging.judge_overdue,
    )
    return StepStanding(step.code, status, now.value, due, now.done_on, step.own_due, step.required)
