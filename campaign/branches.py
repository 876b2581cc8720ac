"""How a branch stands: its phases, the current one, its progress over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaign.phase_rules import PhaseRule
from campaign.phases import Judging, phase_standing
from campaign.plan import Branch, Schedule
from campaign.progress import ALL_DONE, NONE_YET, weighted_mean
from campaign.standing import BranchStanding, PhaseStanding, Standing, Status
from campaign.work import BranchWork, Foreman

FINISHED = frozenset({Status.DONE, Status.DONE_LATE, Status.WAIVED})
_PRESSING = frozenset({Status.OVERDUE, Status.DUE_SOON})
_LATE = frozenset({Status.OVERDUE, Status.DONE_LATE})


def worst(standings: Iterable[Standing]) -> Standing:
    """The most urgent; of equally urgent ones the latest, or that with the fewest days left; DONE if there is none."""
    return min(
        standings,
        key=lambda one: (one.severity, -one.days if one.status in _LATE else one.days),
        default=Standing(Status.DONE),
    )


def phase_share(phase: PhaseStanding) -> Fraction:
    """The phase's progress in a mean; a phase without steps that count is all or nothing: 1 once it has ended."""
    if phase.progress is not None:
        return phase.progress
    return NONE_YET if phase.actual_end is None else ALL_DONE


def current_phase(phases: Sequence[PhaseStanding]) -> PhaseStanding | None:
    """The first phase that has not ended; None if all have."""
    return next((phase for phase in phases if phase.actual_end is None), None)


@dataclass(frozen=True, slots=True)
class BranchJudge:
    """Judges branches one after the other; what depends on the plan and the day alone is looked up once."""

    foreman: Foreman
    judging: Judging
    unscheduled: Schedule
    """The days of a phase that a branch has not scheduled: those of the whole campaign."""

    @classmethod
    def of(cls, foreman: Foreman, today: date, *, judge_overdue: bool = True) -> "BranchJudge":
        """A judge for the day ``today``."""
        campaign = foreman.plan.campaign
        unscheduled = Schedule(start=campaign.start_date, end=campaign.end_date)
        return cls(foreman, Judging.of(campaign, today, judge_overdue=judge_overdue), unscheduled)

    def standing(self, branch: Branch, work: BranchWork) -> BranchStanding:
        """How ``branch`` stands, where so much has been done.

        Its status is that of its current phase, or of all phases the worst once all have ended; unless a required step
        with a due day of its own is overdue or due soon, in a phase that has begun or ended, and that is worse.
        """
        rules = self.foreman.rules_for(branch)
        phases = tuple(
            phase_standing(rule, done, branch.schedule.get(rule.id) or self.unscheduled, self.judging)
            for rule, done in zip(rules, work.phases, strict=True)
        )
        current = current_phase(phases)
        return BranchStanding(
            code=branch.code,
            standing=self._standing(rules, phases, current),
            phase=current.phase if current is not None else None,
            progress=weighted_mean(
                (rule.weight, phase_share(phase)) for rule, phase in zip(rules, phases, strict=True)
            ),
            phases=phases,
            members=branch.total,
            entries=work.entries,
            reach=work.reach,
        )

    def _standing(
        self, rules: Sequence[PhaseRule], phases: Sequence[PhaseStanding], current: PhaseStanding | None
    ) -> Standing:
        """The current phase's (or all phases') standing against those of the steps owed by a day of their own."""
        own = [current.standing] if current is not None else [phase.standing for phase in phases]
        steps = [
            phase.steps[place].standing
            for rule, phase in zip(rules, phases, strict=True)
            for place in (rule.owed if self._has_begun(phase) else ())
            if phase.steps[place].standing.status in _PRESSING
        ]
        return worst(own + steps) if steps or len(own) != 1 else own[0]

    def _has_begun(self, phase: PhaseStanding) -> bool:
        """Whether the phase has begun, in fact or by the plan, or has ended."""
        return (
            phase.planned_start <= self.judging.today or phase.actual_start is not None or phase.actual_end is not None
        )
