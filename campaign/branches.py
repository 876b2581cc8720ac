"""How a branch stands: its phases, the current one, its progress over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter

from campaign.log import LogEntry
from campaign.phase_rules import PhaseRule, phase_rules
from campaign.phases import Judging, phase_standing
from campaign.plan import Branch, Plan, Schedule
from campaign.progress import ALL_DONE, NONE_YET, weighted_mean
from campaign.standing import BranchStanding, PhaseStanding, Standing, Status

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

    plan: Plan
    judging: Judging
    rules: dict[tuple[str, str], tuple[PhaseRule, ...]]
    """Phase rules by type of branch and, for a branch with steps of its own, its code; filled as they are met."""
    special: frozenset[str]
    """Codes of the branches that steps name."""

    @classmethod
    def of(cls, plan: Plan, today: date, *, judge_overdue: bool = True) -> "BranchJudge":
        """A judge for the day ``today``."""
        special = frozenset(code for step in plan.steps for code in step.branches)
        return cls(plan, Judging.of(plan.campaign, today, judge_overdue=judge_overdue), {}, special)

    def standing(self, branch: Branch, entries: Iterable[LogEntry]) -> BranchStanding:
        """How ``branch`` stands; ``entries`` are its own, in the order of recording, none that is to be ignored.

        Its status is that of its current phase, or of all phases the worst once all have ended; unless a required step
        with a due day of its own is overdue or due soon, in a phase that has begun or ended, and that is worse. A phase
        that the branch has not scheduled has the days of the whole campaign.
        """
        sort = (branch.type, branch.code if branch.code in self.special else "")
        if sort not in self.rules:
            self.rules[sort] = phase_rules(self.plan, *sort)
        rules = self.rules[sort]
        campaign = self.plan.campaign
        log = sorted(entries, key=attrgetter("on"))  # stable: on one day the order of recording holds
        by_phase: dict[str, list[LogEntry]] = {}
        for entry in log:
            by_phase.setdefault(entry.phase, []).append(entry)
        phases = tuple(
            phase_standing(
                rule,
                branch,
                branch.schedule.get(rule.id) or Schedule(start=campaign.start_date, end=campaign.end_date),
                by_phase.get(rule.id, ()),
                self.judging,
            )
            for rule in rules
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
            entries=len(log),
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
