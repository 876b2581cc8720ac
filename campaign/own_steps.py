"""Steps that a branch sets itself: added and removed with a reason; required steps stay."""

from dataclasses import dataclass

from pydantic import ValidationError

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import N_, Listed
from campaign.plan import Plan, Step
from campaign.plan_changes import Because, PlanChange, audit_of, branch_in, judged, require_reason, unknown
from campaign.texts import tr

_CODE = "B07X1"


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that one branch adds."""

    code: str
    phase: str
    name: I18n
    kind: str
    """Id of the kind of entry that advances it."""
    due: str = "phase_end"
    """As in :class:`~campaign.plan.Step`."""


def add_step(plan: Plan, branch: str, new: OwnStep, because: Because) -> PlanChange:
    """With a step of its own for the branch: shown apart, never lowering the progress.

    BadInput M111 if the code is taken, M07 if it is none, M06 without a name, M08 for an unknown phase or kind, M51.
    """
    require_reason(because)
    code = branch_in(plan, branch).code
    if any(step.id == new.code for step in plan.steps):
        raise BadInput(Problem("M111", {"x": new.code}, "code"))
    if not (new.name.zh or new.name.en):
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("what the step is"))}, "name"))
    if plan.phase(new.phase) is None:
        raise BadInput(unknown(N_("phase"), new.phase, [phase.id for phase in plan.phases]))
    if plan.kind(new.kind) is None:
        raise BadInput(unknown(N_("kind of entry"), new.kind, [kind.id for kind in plan.kinds]))
    try:
        step = Step(id=new.code, phase=new.phase, name=new.name, origin="own", due=new.due, branches=(code,))
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        why = tr.phrase(N_("write a code like {code}, and the due day as the plan does"), code=_CODE)
        value = new.code if field == "id" else new.due
        raise BadInput(Problem("M07", {"value": value, "why": why}, "code" if field == "id" else field)) from None
    kinds = tuple(
        kind.model_copy(update={"advances": (*kind.advances, step.id)}) if kind.id == new.kind else kind
        for kind in plan.kinds
    )
    after = plan.model_copy(update={"steps": (*plan.steps, step), "kinds": kinds})
    said = [audit_of(code, f"steps.{step.id}", "", step.name.zh or step.name.en, because)]
    return judged(plan, after, code, said, because)


def remove_step(plan: Plan, branch: str, step_id: str, because: Because) -> PlanChange:
    """Without a step of the branch's own; what the log says stays.

    BadInput V33 for a required step, M112 for one that is not the branch's own, M08 for an unknown one, M51.
    """
    step = next((each for each in plan.steps if each.id == step_id), None)
    code = branch_in(plan, branch).code
    if step is None:
        own = [each.id for each in plan.steps if code in each.branches]
        raise BadInput(unknown(N_("step"), step_id, own))
    if step.origin == "required":
        raise BadInput(Problem("V33", {"step": step.name}, "step"))
    if code not in step.branches:
        codes = tuple(each.id for each in plan.steps if code in each.branches)
        known = Listed(codes) if codes else tr.phrase(N_("none"))
        raise BadInput(Problem("M112", {"step": step.name, "code": code, "known": known}, "step"))
    require_reason(because)
    left = tuple(each for each in step.branches if each != code)
    said = [audit_of(code, f"steps.{step.id}", step.name.zh or step.name.en, "", because)]
    return judged(plan, _without(plan, step, left, code), code, said, because)


def _without(plan: Plan, step: Step, left: tuple[str, ...], code: str) -> Plan:
    """The plan without the step at the branch; without it at all where nobody else has it."""
    branches = tuple(
        each.model_copy(update={"targets": tuple(target for target in each.targets if target.step != step.id)})
        if each.code == code
        else each
        for each in plan.branches
    )
    if left:
        kept = step.model_copy(update={"branches": left})
        steps = tuple(kept if each is step else each for each in plan.steps)
        return plan.model_copy(update={"branches": branches, "steps": steps})
    kinds = tuple(
        kind.model_copy(update={"advances": tuple(each for each in kind.advances if each != step.id)})
        for kind in plan.kinds
    )
    steps = tuple(each for each in plan.steps if each is not step)
    return plan.model_copy(update={"branches": branches, "steps": steps, "kinds": kinds})
