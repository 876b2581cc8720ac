"""A plan with one step of each kind, and where a branch stands with it."""

from collections.abc import Sequence
from datetime import date

from campaign.log import LogEntry
from campaign.overview import branch_standing
from campaign.plan import Branch, EntryKind, Plan, Step
from campaign.standing import BranchStanding, PhaseStanding, StepStanding
from tests.builders import (
    make_branch,
    make_kind,
    make_plan,
    make_step,
)

LATER = date(2026, 12, 31)
DONE = make_kind("done", "S1")
TALKS = make_kind("talks", "S1", counts=("opinions",), group_counts=("reached",))
VISIT = make_kind("visit", "S1", group_counts=("reached", "unreachable"))
STUDIES = make_kind("studies", "S1", hours=True, group_counts=("expected", "attended", "made_up"))
FIXES = make_kind("fixes", "S1", counts=("closed", "found"))
COUNT = make_step(kind="count", count="opinions", target=10)
COVERAGE = make_step(kind="coverage", count="reached", unreachable="unreachable")
HOURS = make_step(kind="rate", of="hours")
RATE = make_step(kind="rate", count="closed", of="found")


def stand(
    entries: Sequence[LogEntry], *steps: Step, kinds: Sequence[EntryKind], today: date = LATER, **more: object
) -> BranchStanding:
    """How B01 stands with these steps; ``branch`` and ``phases`` may replace those of the builders."""
    branch = more.get("branch") or make_branch()
    assert isinstance(branch, Branch)
    phases = more.get("phases")
    assert phases is None or isinstance(phases, list)
    plan: Plan = make_plan(steps=steps, kinds=kinds, branches=[branch], phases=phases)
    return branch_standing(plan, branch, entries, today, trust_today=True)


def step_of(entries: Sequence[LogEntry], step: Step, kind: EntryKind, branch: Branch | None = None) -> StepStanding:
    """How a step stands in the end."""
    return stand(entries, step, kinds=[kind], branch=branch).phases[0].steps[0]


def study_of(entries: Sequence[LogEntry], *steps: Step, today: date = LATER, **more: object) -> PhaseStanding:
    """How the study phase stands, with an entry kind for each step: ``s1`` advances S1."""
    kinds = [make_kind(step.id.lower(), step.id) for step in steps]
    return stand(entries, *steps, kinds=kinds, today=today, **more).phases[0]
