"""What every phase of every branch owes the public: to inform, to ask, to be watched, to be judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from campaign.happened import SurveyEntry
from campaign.log import LogEntry
from campaign.plan import Obligation, Plan
from campaign.standing import BranchStanding, PhaseStanding

OBLIGATIONS = tuple(each for each in Obligation if each is not Obligation.NONE)


class CellState(StrEnum):
    """Whether an obligation of a phase has been met."""

    MET = "met"
    PENDING = "pending"
    """Not yet, and the phase goes on or has not begun."""
    MISSED = "missed"
    """The phase has ended without it."""


@dataclass(frozen=True, slots=True)
class ObligationCell:
    """One obligation of one phase of a branch."""

    branch: str
    phase: str
    obligation: Obligation
    state: CellState
    met_on: date | None
    """The first day on which something met it."""
    records: int
    """How many entries or sessions met it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Obligations of phases that have ended."""

    met: int
    of: int

    @property
    def share(self) -> Fraction | None:
        """Met ÷ (met + missed); None while no phase has ended."""
        return Fraction(self.met, self.of) if self.of else None


def owed_obligations(plan: Plan) -> tuple[Obligation, ...]:
    """Those that a kind of entry of the plan can meet, in the order inform, ask, watch, judge."""
    known = {kind.obligation for kind in plan.kinds}
    return tuple(each for each in OBLIGATIONS if each in known)


def obligation_matrix(plan: Plan, branch: BranchStanding, entries: Iterable[LogEntry]) -> tuple[ObligationCell, ...]:
    """Every obligation of every phase of ``branch``, by phase; of ``entries`` only its own count.

    Met by an entry of the phase whose kind meets it, dated from the phase's planned start to its actual end. While it
    has not ended the window reaches to its planned end, or to the day in question once that has passed: what is done
    while a phase is overdue counts, because the phase will end later still. A number of zero meets it too: asking and
    hearing nothing is asking. A survey session that was counted, and a result that was posted, count among the
    ``entries`` as :func:`campaign.happened.with_surveys` gives them.
    """
    meets = {kind.id: kind.obligation for kind in plan.kinds if kind.obligation is not Obligation.NONE}
    days: dict[tuple[str, Obligation], list[date]] = {}
    for entry in entries:
        met = entry.obligation if isinstance(entry, SurveyEntry) else meets.get(entry.kind)
        if entry.branch == branch.code and met is not None:
            days.setdefault((entry.phase, met), []).append(entry.on)
    return tuple(
        _cell(branch.code, phase, obligation, days.get((phase.phase, obligation), ()))
        for phase in branch.phases
        for obligation in owed_obligations(plan)
    )


def coverage(cells: Iterable[ObligationCell], standing: BranchStanding) -> Coverage:
    """How many obligations of the phases that have ended were met."""
    ended = {phase.phase for phase in standing.phases if phase.actual_end is not None}
    states = [cell.state for cell in cells if cell.phase in ended]
    return Coverage(met=states.count(CellState.MET), of=len(states))


def _cell(branch: str, phase: PhaseStanding, obligation: Obligation, days: Sequence[date]) -> ObligationCell:
    last = phase.actual_end
    within = sorted(day for day in days if phase.planned_start <= day and (last is None or day <= last))
    if within:
        return ObligationCell(branch, phase.phase, obligation, CellState.MET, within[0], len(within))
    state = CellState.PENDING if last is None else CellState.MISSED
    return ObligationCell(branch, phase.phase, obligation, state, None, 0)
