"""The rows of the dashboard, the most urgent first, kept in order while branches change. No Textual here."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from campaign.language import Lang
from campaign.plan import Branch, Condition
from campaign.standing import BranchStanding, Standing, Status
from tui.staff.ports import Snapshot

FEW = 20
"""Changed branches, of a hundred, up to which each is put in its place; of more, all are sorted."""


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch, as the table shows it."""

    label: str
    branch: BranchStanding
    type: str
    condition: Condition
    place: int
    """Where it stands in the plan."""

    @property
    def code(self) -> str:
        """The branch's code."""
        return self.branch.code

    @property
    def standing(self) -> Standing:
        """How the branch stands."""
        return self.branch.standing


def branch_rows(snapshot: Snapshot, lang: Lang) -> list[BranchRow]:
    """The branches, the most urgent first: by severity, then by days, then in the order of the plan."""
    planned = {branch.code: (at, branch) for at, branch in enumerate(snapshot.plan.branches)}
    rows = [_row(each, *planned[each.code], lang) for each in snapshot.overview.branches if each.code in planned]
    return sorted(rows, key=_urgency)


class Ranking:
    """The rows of the newest snapshot, and what their columns must hold."""

    def __init__(self) -> None:
        self.rows: list[BranchRow] = []
        """The most urgent first."""
        self.widest = 0
        """Cells of the longest name."""
        self.states: Counter[tuple[Standing, Condition]] = Counter()
        """How branches stand and work, and how many do so: far fewer than branches in a large campaign."""
        self._of: tuple[Snapshot, Lang] | None = None
        self._row_of: dict[str, BranchRow] = {}

    def follow(self, snapshot: Snapshot, lang: Lang) -> None:
        """Bring the rows in step; where only some branches have changed, only these."""
        before, self._of = self._of, (snapshot, lang)
        if before is not None and before[0] is snapshot and before[1] is lang:
            return
        changed = _changed(before[0], snapshot) if before is not None and before[1] is lang else None
        if changed is None:
            self.rows = branch_rows(snapshot, lang)
            self._row_of = {row.code: row for row in self.rows}
            self.widest = max((cell_len(row.label) for row in self.rows), default=0)
            self.states = Counter(map(_state, self.rows))
            return
        for standing in changed:
            self._replace(standing)

    def _replace(self, standing: BranchStanding) -> None:
        old = self._row_of[standing.code]
        now = BranchRow(old.label, standing, old.type, old.condition, old.place)
        del self.rows[bisect_left(self.rows, _urgency(old), key=_urgency)]
        insort(self.rows, now, key=_urgency)
        self._row_of[standing.code] = now
        self.states[_state(old)] -= 1
        if not self.states[_state(old)]:
            del self.states[_state(old)]
        self.states[_state(now)] += 1


def _changed(before: Snapshot, now: Snapshot) -> Sequence[BranchStanding] | None:
    """The branches that stand otherwise; None if they are others, or so many that all may as well be sorted."""
    old, new = before.overview.branches, now.overview.branches
    if before.plan is not now.plan or len(old) != len(new):
        return None
    changed = [(was, is_) for was, is_ in zip(old, new, strict=True) if was is not is_]
    if len(changed) * 100 > len(new) * FEW or any(was.code != is_.code for was, is_ in changed):
        return None
    return [is_ for _, is_ in changed]


def _row(standing: BranchStanding, place: int, branch: Branch, lang: Lang) -> BranchRow:
    return BranchRow(branch.label.text(lang), standing, branch.type, branch.condition, place)


def _state(row: BranchRow) -> tuple[Standing, Condition]:
    return row.branch.standing, row.condition


def _urgency(row: BranchRow) -> tuple[int, int, int]:
    standing = row.branch.standing
    days = standing.days if standing.status in (Status.OVERDUE, Status.DUE_SOON) else 0
    return standing.severity, -days if standing.status is Status.OVERDUE else days, row.place
