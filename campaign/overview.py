"""The whole campaign on a day: every branch, the headline, the means and what is owed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from campaign.branches import FINISHED, BranchJudge
from campaign.log import LogEntry
from campaign.plan import Branch, Plan
from campaign.running import RunningOverview
from campaign.standing import BranchStanding, DueItem, Overview, PhaseStanding, Standing, Status
from campaign.work import Foreman


def overview(plan: Plan, entries: Sequence[LogEntry], today: date, *, trust_today: bool = False) -> Overview:
    """How the campaign stands on ``today``; ``entries`` in the order of recording. Costs one walk over them.

    Entries of days after ``today`` are ignored, so that a past day can be looked at. But if something has been
    *recorded* after ``today``, the computer's clock must be wrong (V80), unless ``trust_today`` says that the day was
    chosen on purpose. Then the log is believed and not the clock: every entry counts, nothing is called overdue, and
    :attr:`~campaign.standing.Overview.clock_behind` says why.
    """
    newest = _newest_record(entries, today, trust_today=trust_today)
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if newest is not None or entry.on <= today:
            by_branch.setdefault(entry.branch, []).append(entry)
    foreman = Foreman.of(plan)
    judge = BranchJudge.of(foreman, today, judge_overdue=newest is None)
    branches = tuple(
        judge.standing(branch, foreman.work(branch, by_branch.get(branch.code, ()))) for branch in plan.active_branches
    )
    due = map(DueFinder.of(plan, today).due_in, branches)
    return RunningOverview(plan, branches, due, today).overview(newest)


def branch_standing(
    plan: Plan, branch: Branch, entries: Iterable[LogEntry], today: date, *, trust_today: bool = False
) -> BranchStanding:
    """How one branch stands, active or not; of ``entries`` only its own count. Days as in :func:`overview`.

    Whether the clock is wrong can be seen only in the ``entries`` given.
    """
    known = list(entries)
    newest = _newest_record(known, today, trust_today=trust_today)
    own = [entry for entry in known if entry.branch == branch.code and (newest is not None or entry.on <= today)]
    foreman = Foreman.of(plan)
    return BranchJudge.of(foreman, today, judge_overdue=newest is None).standing(branch, foreman.work(branch, own))


def phase_at_hand(overview: Overview, code: str | None, day: date | None = None) -> str | None:
    """Id of the phase that the branch is in, or was in on an earlier ``day``; None if no such branch takes part.

    It is the first phase that had not ended by then in fact, its last day included, or the last one if all had. So a
    day between the end of one phase and the beginning of the next belongs to the next one: what is done then prepares
    it. On the day of ``overview``, and later, a phase that ended on that day is over.
    """
    standing = next((branch for branch in overview.branches if branch.code == code), None)
    if standing is None:
        return None
    last = standing.phases[-1].phase
    if day is None or day >= overview.day:
        return standing.phase or last
    return next((each.phase for each in standing.phases if each.actual_end is None or each.actual_end >= day), last)


def _newest_record(entries: Sequence[LogEntry], today: date, *, trust_today: bool) -> date | None:
    """The day of the newest record, if that shows that the clock is wrong; None if today can be believed."""
    if trust_today or not entries:
        return None
    newest = max(map(attrgetter("recorded_on"), entries))
    return newest if newest > today else None


_OwedInPhase = tuple[tuple[str, str | None, date, Standing], ...]
"""Phase, step if it is one, due day and standing of what is owed."""


@dataclass(frozen=True, slots=True)
class DueFinder:
    """Finds what is owed at one branch after the other; of phases that many have in common only once."""

    soon: date
    """What begins later is not owed yet."""
    known: dict[int, tuple[PhaseStanding, _OwedInPhase]] = field(default_factory=dict)
    """By the identity of the phase, which is kept alive here."""

    @classmethod
    def of(cls, plan: Plan, today: date) -> "DueFinder":
        """By the settings of ``plan``, on ``today``."""
        return cls(today + timedelta(days=plan.campaign.due_soon_days.phase))

    def due_in(self, branch: BranchStanding) -> tuple[DueItem, ...]:
        """What is open and owed by a day at one branch, in the order of the plan."""
        found, code, known = [], branch.code, self.known
        for phase in branch.phases:
            here = known.get(id(phase))
            if here is None:
                here = known[id(phase)] = phase, tuple(_owed_in(phase, self.soon))
            for owed in here[1]:
                found.append(DueItem(code, *owed))  # noqa: PERF401  # there are fifty thousand of them
        return tuple(found)


def _owed_in(phase: PhaseStanding, soon: date) -> Iterator[tuple[str, str | None, date, Standing]]:
    """The phase, if it is open, and its steps with a due day of their own; nothing that begins after ``soon``."""
    far = phase.standing.status is Status.NOT_STARTED and phase.planned_start > soon
    if not far and phase.standing.status not in FINISHED:
        yield phase.phase, None, phase.planned_end, phase.standing
    for step in phase.steps:
        if not step.own_due or not step.required:
            continue
        status = step.standing.status
        if status not in FINISHED and not (far and status is Status.NOT_STARTED):
            yield phase.phase, step.step, step.due, step.standing
