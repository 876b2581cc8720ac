"""The overview of branches that change one at a time: what they come to together is kept, not added up anew."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress

from campaign.branches import current_phase, phase_share
from campaign.plan import Plan
from campaign.progress import RunningMean
from campaign.reaching import Reach
from campaign.standing import BranchStanding, DueItem, Headline, Overview, Status


class RunningOverview:
    """How the campaign stands by how its active branches stand, given in the order of the plan."""

    def __init__(
        self, plan: Plan, branches: Iterable[BranchStanding], due: Iterable[Sequence[DueItem]], today: date
    ) -> None:
        self._today = today
        self._branches = list(branches)
        self._places = {branch.code: place for place, branch in enumerate(self._branches)}
        """Where each branch stands, in this order."""
        self._late = [_is_late(branch) for branch in self._branches]
        self._mean = RunningMean((1, branch.progress) for branch in self._branches)
        self._member_mean = RunningMean((branch.members, branch.progress) for branch in self._branches)
        self._phases = tuple(
            (phase.id, RunningMean((1, phase_share(branch.phases[place])) for branch in self._branches))
            for place, phase in enumerate(plan.phases)
        )
        reached = [branch.reach for branch in self._branches]
        self._hard_to_reach = sum(each.members for each in reached)
        self._reached = sum(each.reached for each in reached)
        self._unreachable = sum(each.unreachable for each in reached)
        self._owed = [tuple(own) for own in due]
        self._due = sorted(
            (item for own in self._owed for item in own), key=lambda each: (each.standing.severity, each.due)
        )

    def replace(self, standing: BranchStanding, due: Sequence[DueItem]) -> None:
        """The branch stands so now, and that is owed there."""
        place = self._places[standing.code]
        self._count(self._branches[place], -1)
        self._count(standing, 1)
        self._branches[place], self._late[place] = standing, _is_late(standing)
        for item in self._owed[place]:
            at = bisect_left(self._due, self._order(item), key=self._order)
            del self._due[next(there for there in range(at, len(self._due)) if self._due[there] is item)]
        for item in due:
            self._due.insert(bisect_right(self._due, self._order(item), key=self._order), item)
        self._owed[place] = tuple(due)

    def overview(self, clock_behind: date | None) -> Overview:
        """How everything stands now."""
        late = tuple(compress(self._places, self._late))
        return Overview(
            day=self._today,
            headline=Headline(len(self._branches) - len(late), len(self._branches), late),
            branches=tuple(self._branches),
            mean_progress=self._mean.value,
            member_progress=self._member_mean.value,
            phase_progress=tuple((phase, mean.value) for phase, mean in self._phases),
            due=tuple(self._due),
            reach=Reach("", self._hard_to_reach, self._reached, self._unreachable),
            clock_behind=clock_behind,
        )

    def _count(self, branch: BranchStanding, times: int) -> None:
        """Add the branch to the sums, or with -1 take it out."""
        self._mean.add(times, branch.progress)
        self._member_mean.add(times * branch.members, branch.progress)
        for phase, (_, mean) in zip(branch.phases, self._phases, strict=True):
            mean.add(times, phase_share(phase))
        self._hard_to_reach += times * branch.reach.members
        self._reached += times * branch.reach.reached
        self._unreachable += times * branch.reach.unreachable

    def _order(self, item: DueItem) -> tuple[int, date, int]:
        """The most urgent first, of those the earliest, then in the order of the plan."""
        return item.standing.severity, item.due, self._places[item.branch]


def _is_late(branch: BranchStanding) -> bool:
    """Whether its current phase is overdue; one that has ended all phases is not late any more."""
    phase = current_phase(branch.phases)
    return phase is not None and phase.standing.status is Status.OVERDUE
