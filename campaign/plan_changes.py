"""Changes to one branch of a running campaign: checked by the plan's own rules, each with its reason in the audit.

A change is a value: the new plan and what goes into the audit. It is kept by
:func:`campaign.plan_desk.keep_change`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from campaign.case_checks import LEAST_TEXT
from campaign.case_tables import REASON
from campaign.draft import Draft
from campaign.errors import BadInput, Problem
from campaign.language import N_, Listed
from campaign.log import MOST_ROLE, AuditEntry
from campaign.pauses import paused_days
from campaign.plan import (
    Branch,
    BusyPeriod,
    Condition,
    ConditionPlan,
    Pause,
    Plan,
    Schedule,
    ScheduleChange,
    StepTarget,
)
from campaign.plan_rules import plan_findings
from campaign.recording import holds_personal_number
from campaign.state_rules import Deed, check_allowed
from campaign.texts import tr

MOST_REASON = 300
"""Characters."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A changed plan, not yet kept."""

    plan: Plan
    audit: Sequence[AuditEntry]
    warnings: Sequence[Problem] = ()
    """What is odd about it and was not before."""


@dataclass(frozen=True, slots=True)
class Because:
    """Who changes a plan, why, and when."""

    role: str
    reason: str
    today: date
    short_study: str = ""
    """Why fewer study days than the minimum are planned, if the change makes them so few."""


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """New days of a phase, both included."""

    phase: str
    start: date
    end: date


def move_dates(plan: Plan, code: str, days: Sequence[PhaseDays], because: Because) -> PlanChange:
    """Other days for phases of a branch; what they were stays in the schedule, and is counted.

    BadInput V27 without a reason and V20 to V23 of the plan's rules, all of them; M08 for an unknown branch or phase.
    """
    branch = branch_in(plan, code)
    schedule = dict(branch.schedule)
    problems, audits = [], []
    for each in days:
        old = schedule.get(each.phase)
        if old is None:
            raise BadInput(unknown(N_("phase"), each.phase, schedule))
        if (old.start, old.end) == (each.start, each.end):
            continue
        before, after = _days(old.start, old.end), _days(each.start, each.end)
        if not _has_reason(because):
            name = next((phase.name for phase in plan.phases if phase.id == each.phase), each.phase)
            problems.append(Problem("V27", {"what": name, "a": _shown(before), "b": _shown(after)}, "reason"))
        was = ScheduleChange(on=because.today, start=old.start, end=old.end, reason=because.reason.strip())
        moved = {"start": each.start, "end": each.end, "changes": (*old.changes, was)}
        schedule[each.phase] = old.model_copy(update=moved)
        audits.append(audit_of(code, f"schedule.{each.phase}", before, after, because))
    moved_branch = branch.model_copy(update={"schedule": schedule})
    try:
        change = _changed(plan, branch, moved_branch, audits, because)
    except BadInput as error:
        raise BadInput(*problems, *error.problems) from None
    if problems:
        raise BadInput(*problems)
    return change


def new_pause(start: date, end: date | None, because: Because) -> Pause:
    """A pause for the reason of the change; BadInput M51 without one."""
    require_reason(because)
    return Pause(start=start, end=end, reason=because.reason.strip())


def add_pause(plan: Plan, code: str, phase: str, pause: Pause, because: Because) -> PlanChange:
    """A pause of a phase, which may have no end yet; M113 is a warning that the phase has no such days.

    BadInput V28 beyond the limit, V21 if it ends before it starts.
    """
    branch = branch_in(plan, code)
    old = _schedule(branch, phase)
    pauses = (*old.pauses, pause)
    until = max([because.today, pause.start, *(each.end for each in pauses if each.end is not None)])
    _check_limit(plan, pauses, until)
    audit = audit_of(code, f"schedule.{phase}.pauses", "", _days(pause.start, pause.end), because)
    change = _changed(plan, branch, _with_schedule(branch, phase, old, pauses=pauses), [audit], because)
    if pause.start > old.end or (pause.end is not None and pause.end < old.start):
        outside = Problem("M113", {"a": old.start, "b": old.end}, f"schedule.{phase}.pauses")
        change = replace(change, warnings=(*change.warnings, outside))
    return change


def end_pause(plan: Plan, code: str, phase: str, end: date, because: Because) -> PlanChange:
    """The last day of the open pause of a phase. BadInput M06 if none is open, V28, V21, M51 without a reason."""
    branch = branch_in(plan, code)
    old = _schedule(branch, phase)
    still = [pause for pause in old.pauses if pause.end is None]
    if not still:
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("open pause"))}, "pauses"))
    require_reason(because)
    ended = tuple(pause.model_copy(update={"end": end}) if pause.end is None else pause for pause in old.pauses)
    _check_limit(plan, ended, max(each.end for each in ended if each.end is not None))
    before, after = _days(still[0].start, None), _days(still[0].start, end)
    audit = audit_of(code, f"schedule.{phase}.pauses", before, after, because)
    return _changed(plan, branch, _with_schedule(branch, phase, old, pauses=ended), [audit], because)


def add_busy(plan: Plan, code: str, busy: BusyPeriod, because: Because) -> PlanChange:
    """Days on which the branch has other work; M51 without a reason, V21 if they end before they start."""
    require_reason(because)
    branch = branch_in(plan, code)
    audit = audit_of(code, "busy", "", _days(busy.start, busy.end), because)
    return _changed(plan, branch, branch.model_copy(update={"busy": (*branch.busy, busy)}), [audit], because)


def remove_busy(plan: Plan, code: str, busy: BusyPeriod, because: Because) -> PlanChange:
    """Without this busy period, which the branch must have: M06."""
    require_reason(because)
    branch = branch_in(plan, code)
    if busy not in branch.busy:
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("busy period"))}, "busy"))
    audit = audit_of(code, "busy", _days(busy.start, busy.end), "", because)
    left = tuple(each for each in branch.busy if each != busy)
    return _changed(plan, branch, branch.model_copy(update={"busy": left}), [audit], because)


def set_condition(
    plan: Plan, code: str, condition: Condition, what: ConditionPlan | None, because: Because
) -> PlanChange:
    """Whether the branch works, and what is done if it does not.

    V12 without a plan where one is needed, V41 for a new plan whose day has passed, M51.
    """
    require_reason(because)
    branch = branch_in(plan, code)
    if what is not None and what != branch.condition_plan and what.due_date < because.today:
        raise BadInput(Problem("V41", {"d": what.due_date, "f": because.today}, "condition_plan.due_date"))
    said = [
        audit_of(code, field, _said(old), _said(new), because)
        for field, old, new in (
            ("condition", branch.condition, condition),
            ("condition_plan", branch.condition_plan, what),
        )
        if old != new
    ]
    return _changed(
        plan, branch, branch.model_copy(update={"condition": condition, "condition_plan": what}), said, because
    )


def set_means(plan: Plan, code: str, venue: str, funding: str, because: Because) -> PlanChange:
    """Which venue and money the branch has; V13 is a warning that support should be asked for. M07, M51."""
    require_reason(because)
    branch = branch_in(plan, code)
    for field, value, known in (("venue", venue, ("own", "shared", "none")), ("funding", funding, _FUNDING)):
        if value not in known:
            why = tr.phrase(N_("use one of: {expected}"), expected=Listed(known))
            raise BadInput(Problem("M07", {"value": value, "why": why}, field))
    said = [
        audit_of(code, field, old, new, because)
        for field, old, new in (("venue", branch.venue, venue), ("funding", branch.funding, funding))
        if old != new
    ]
    return _changed(plan, branch, branch.model_copy(update={"venue": venue, "funding": funding}), said, because)


def waive_step(
    plan: Plan, code: str, step: str, substitute: str, because: Because, groups: Sequence[str] = ()
) -> PlanChange:
    """Ask a step of this branch no more, or of some member ``groups`` no more, or something else instead.

    V34 without a reason, M08 for an unknown step or group.
    """
    branch = branch_in(plan, code)
    steps = [each.id for each in plan.steps]
    if step not in steps:
        raise BadInput(unknown(N_("step"), step, steps))
    known = [group.id for group in plan.member_groups]
    for group in groups:
        if group not in known:
            raise BadInput(unknown(N_("member group"), group, known))
    if not _has_reason(because):
        raise BadInput(Problem("V34", {"step": step}, "reason"))
    old = next((target for target in branch.targets if target.step == step), StepTarget(step=step))
    said_now: dict[str, object] = {"reason": because.reason.strip(), "substitute": substitute.strip()}
    new = old.model_copy(update={"waived": True, "groups": tuple(groups), **said_now})
    others = tuple(target for target in branch.targets if target.step != step)
    now = ", ".join(groups) or "True"
    said = [audit_of(code, f"targets.{step}.waived", str(old.waived), now, because)]
    return _changed(plan, branch, branch.model_copy(update={"targets": (*others, new)}), said, because)


_FIELD = 2  # of ("branches", 0, "venue")
_FUNDING = ("secured", "short", "none")


def branch_in(plan: Plan, code: str) -> Branch:
    """The branch with this code; BadInput M08 with the known ones."""
    if branch := plan.branch(code):
        return branch
    known = [each.code for each in plan.branches]
    raise BadInput(
        Problem("M08", {"kind": plan.campaign.words.branch, "x": code, "known": Listed(tuple(known))}, "branch")
    )


def unknown(kind: str, name: str, known: Sequence[str] | dict[str, Schedule]) -> Problem:
    """M08 with the known ones; ``kind`` is marked for translation."""
    return Problem("M08", {"kind": tr.phrase(kind), "x": name, "known": Listed(tuple(known))}, kind)


def _schedule(branch: Branch, phase: str) -> Schedule:
    if phase in branch.schedule:
        return branch.schedule[phase]
    raise BadInput(unknown(N_("phase"), phase, branch.schedule))


def _with_schedule(branch: Branch, phase: str, old: Schedule, **changes: object) -> Branch:
    return branch.model_copy(update={"schedule": {**branch.schedule, phase: old.model_copy(update=changes)}})


def _check_limit(plan: Plan, pauses: Sequence[Pause], until: date) -> None:
    """V28: the days of all pauses of a phase, an open one up to ``until``."""
    days, most = paused_days(pauses, until), plan.campaign.pause_max_days
    if days > most:
        raise BadInput(Problem("V28", {"n": days, "max": most}, "pauses"))


def _changed(plan: Plan, old: Branch, new: Branch, audit: Sequence[AuditEntry], because: Because) -> PlanChange:
    """The plan with ``new`` in place of ``old``; BadInput with the errors that were not there before."""
    if short := because.short_study.strip():
        new = new.model_copy(update={"short_study_reason": short})
        if short != old.short_study_reason:
            audit = [*audit, audit_of(old.code, "short_study_reason", old.short_study_reason, short, because)]
    branches = tuple(new if each is old else each for each in plan.branches)
    return judged(plan, plan.model_copy(update={"branches": branches}), old.code, audit, because)


def judged(before: Plan, after: Plan, code: str, audit: Sequence[AuditEntry], because: Because) -> PlanChange:
    """``after`` in place of ``before``, where at most one branch differs; BadInput with the errors it newly makes.

    Refused M116 for a campaign that is closed.
    """
    check_allowed(before, Deed.PLAN)
    old, new = branch_in(before, code), branch_in(after, code)
    known = _problems(before, old)
    found = [*who_problems(because), *(problem for problem in _problems(after, new) if problem not in known)]
    if errors := [problem for problem in found if problem.refuses]:
        raise BadInput(*errors)
    return PlanChange(after, tuple(audit), tuple(found))


def _problems(plan: Plan, branch: Branch) -> list[Problem]:
    """What is wrong with a plan that has this branch alone: as much as one branch can change, at any size.

    Places are fields of the branch: ``schedule.study.start``.
    """
    steps = tuple(
        step.model_copy(update={"branches": (branch.code,)}) if step.branches else step for step in plan.steps
    )
    alone = Draft.of(plan.model_copy(update={"branches": (branch,), "steps": steps}))
    return [
        Problem(found.code, found.values, ".".join(map(str, found.path[_FIELD:]))) for found in plan_findings(alone)
    ]


def who_problems(because: Because) -> Iterator[Problem]:
    """M06, V64 and V14: whoever changes a plan says as what, and writes nobody's number into the reason."""
    if not because.role.strip():
        yield Problem("M06", {"field": tr.phrase(N_("role"))}, "role")
    for field, most in (("role", MOST_ROLE), ("reason", MOST_REASON), ("short_study", MOST_REASON)):
        text = getattr(because, field).strip()
        if len(text) > most:
            yield Problem("V64", {"m": len(text), "n": most}, field)
        if holds_personal_number(text):
            yield Problem("V14", {}, field)


def _has_reason(because: Because) -> bool:
    return len(because.reason.strip()) >= LEAST_TEXT


def require_reason(because: Because) -> None:
    """BadInput M51 where nothing is said why."""
    if not _has_reason(because):
        given = len(because.reason.strip())
        raise BadInput(Problem("M51", {"what": tr.phrase(REASON), "n": LEAST_TEXT, "m": given}, "reason"))


def _days(start: date, end: date | None) -> str:
    return f"{start}/{end or ''}"


def _shown(days: str) -> str:
    return days.replace("/", "–")


def _said(value: object) -> str:
    return f"{value.kind} {value.due_date}" if isinstance(value, ConditionPlan) else str(value or "")


def audit_of(code: str, field: str, old: str, new: str, because: Because) -> AuditEntry:
    """What is said of one changed field of a branch."""
    return AuditEntry(
        on=because.today,
        role=because.role,
        entity=f"branch {code}",
        field=field,
        old=old,
        new=new,
        reason=because.reason.strip(),
    )
