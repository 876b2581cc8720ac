"""How a phase stands at one branch on a day, by what has been done in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from campaign.pauses import paused_days
from campaign.phase_rules import PhaseRule, StepRule
from campaign.plan import Campaign, Pause, Schedule
from campaign.standing import PhaseStanding, StepStanding
from campaign.status import standing
from campaign.work import PhaseWork, StepWork

_StepDays = tuple[StepRule, date, date, bool]
"""A step with its first day, its due day, and whether the first has come."""


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
    steps: dict[tuple[str, int, date, bool, bool], tuple[StepWork, StepStanding]] = field(default_factory=dict)
    """Standings of steps by the identity of their work, which is kept alive here; of those without progress, which most
    steps of a large campaign are, by whether they are waived."""
    days: dict[tuple[int, date, date], tuple[PhaseRule, tuple[_StepDays, ...]]] = field(default_factory=dict)
    """The days of the steps of phases planned alike, by the identity of the rule, which is kept alive here."""
    alike: dict[tuple[int, int, date, date], tuple[PhaseRule, PhaseWork, PhaseStanding]] = field(default_factory=dict)
    """Standings of phases without pauses, by the identities of rule and work, which are kept alive here."""

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


def phase_standing(rule: PhaseRule, work: PhaseWork, schedule: Schedule, judging: Judging) -> PhaseStanding:
    """The phase at a branch where so much has been done, none of it after the day."""
    if schedule.pauses:
        return _phase_standing(rule, work, schedule, judging)
    key = (id(rule), id(work), schedule.start, schedule.end)
    known = judging.alike.get(key)
    if known is None:
        known = judging.alike[key] = (rule, work, _phase_standing(rule, work, schedule, judging))
    return known[2]


def _phase_standing(rule: PhaseRule, work: PhaseWork, schedule: Schedule, judging: Judging) -> PhaseStanding:
    paused = bool(schedule.pauses) and is_paused(schedule.pauses, judging)
    return PhaseStanding(
        phase=rule.id,
        standing=standing(
            start=schedule.start,
            due=schedule.end,
            done_on=work.ended_on,
            progress=work.progress,
            paused=paused,
            window=judging.phase_window,
            tolerance=judging.tolerance,
            today=judging.today,
            judge_overdue=judging.judge_overdue,
        ),
        progress=work.progress,
        planned_start=schedule.start,
        planned_end=schedule.end,
        actual_start=work.started_on,
        actual_end=work.ended_on,
        finish_date_missing=work.ended_on is None
        and (work.is_finished or (work.progress is None and judging.today > schedule.end)),
        steps=_step_standings(rule, work, schedule, judging, paused=paused and work.ended_on is None),
    )


def is_paused(pauses: Sequence[Pause], judging: Judging) -> bool:
    """Whether a pause covers today, and the days paused up to today are not more than a pause may protect."""
    today = judging.today
    if not any(pause.start <= today <= (pause.end or today) for pause in pauses):
        return False
    return paused_days(pauses, today) <= judging.pause_max_days


def _step_standings(
    rule: PhaseRule, work: PhaseWork, schedule: Schedule, judging: Judging, *, paused: bool
) -> tuple[StepStanding, ...]:
    """The steps in order. A pause of the phase covers its steps, but not what is due after the phase."""
    shown, known = [], judging.steps
    for (step, start, due, has_begun), now in zip(_days_of(rule, schedule, judging), work.steps, strict=True):
        resting = paused and not step.after_phase
        has_progress = now.done_on is not None or now.value
        key = (step.code, id(now) if has_progress else now.is_waived, due, has_begun, resting)
        found = known.get(key)
        if found is None:
            found = known[key] = now, _step_standing(step, now, start, due, judging, paused=resting)
        shown.append(found[1])
    return tuple(shown)


def _days_of(rule: PhaseRule, schedule: Schedule, judging: Judging) -> tuple[_StepDays, ...]:
    """The steps of a phase planned so, with their days."""
    key = (id(rule), schedule.start, schedule.end)
    known = judging.days.get(key)
    if known is None:
        dues = [(step, step.due.day_in(schedule.start, schedule.end)) for step in rule.steps]
        starts = [(step, min(schedule.start, due), due) for step, due in dues]
        days = tuple((step, start, due, start <= judging.today) for step, start, due in starts)
        known = judging.days[key] = rule, days
    return known[1]


def _step_standing(
    step: StepRule, now: StepWork, start: date, due: date, judging: Judging, *, paused: bool
) -> StepStanding:
    status = standing(
        start=start,
        due=due,
        done_on=now.done_on,
        progress=now.value,
        waived=now.is_waived,
        paused=paused,
        window=judging.step_window,
        tolerance=judging.tolerance,
        today=judging.today,
        judge_progress=False,
        judge_overdue=judging.judge_overdue,
    )
    return StepStanding(step.code, status, now.value, due, now.done_on, step.own_due, step.required)
