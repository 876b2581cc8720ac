"""From one phase to the next: what keeps a branch from ending a phase, and from beginning one."""

from collections.abc import Iterator

from campaign.branches import FINISHED
from campaign.errors import Problem
from campaign.language import Listed
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.standing import BranchStanding, PhaseStanding

PHASE_EFFECTS = frozenset({"phase_start", "phase_end"})
"""Effects of kinds of entry that begin or end a phase."""


def end_problems(plan: Plan, standing: BranchStanding, phase_id: str) -> list[Problem]:
    """V31 with the required steps of the phase that are open; none if it may be approved and ended."""
    phase = _phase(standing, phase_id)
    return [*_open_steps(plan, phase)] if phase is not None else []


def start_problems(plan: Plan, standing: BranchStanding, phase_id: str) -> list[Problem]:
    """What keeps the branch from beginning the phase: V31 and V32 of every phase before it that has not ended."""
    problems = []
    for phase in standing.phases:
        if phase.phase == phase_id:
            break
        if phase.actual_end is None:
            named = plan.phase(phase.phase)
            opened = [*_open_steps(plan, phase)]
            if named is not None and named.gate_required:
                opened = [Problem("V32", {"code": standing.code, "prev": named.name}, "phase")]
            problems += opened
    return problems


def transition_problems(plan: Plan, standing: BranchStanding, entry: LogEntry) -> list[Problem]:
    """V31 or V32 if ``entry`` ends or begins a phase that cannot be; ``standing`` is without it.

    An approval is not refused: a step may be finished, or only recorded, after it, and the phase ends with the later of
    the two. Before approving, :func:`end_problems` says what is still open.
    """
    kind = plan.kind(entry.kind)
    effect = kind.effect if kind is not None else "none"
    if effect == "phase_start":
        return start_problems(plan, standing, entry.phase)
    if effect == "phase_end":
        return end_problems(plan, standing, entry.phase)
    return []


def _phase(standing: BranchStanding, phase_id: str) -> PhaseStanding | None:
    return next((phase for phase in standing.phases if phase.phase == phase_id), None)


def _open_steps(plan: Plan, phase: PhaseStanding) -> Iterator[Problem]:
    """V31: required steps of the phase itself, not those that come after it."""
    names = {step.id: step.name for step in plan.steps if not step.after_phase}
    opened = [
        names[step.step]
        for step in phase.steps
        if step.step in names and step.required and step.standing.status not in FINISHED
    ]
    if opened:
        yield Problem("V31", {"n": len(opened), "list": Listed(tuple(opened))}, "phase")
