"""Who is responsible first at a branch, by role: another one from a day on."""

from datetime import date, timedelta

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import N_, Lang
from campaign.log import MOST_ROLE
from campaign.plan import Plan, Responsible
from campaign.plan_changes import Because, PlanChange, audit_of, branch_in, judged, require_reason
from campaign.recording import holds_personal_number
from campaign.texts import tr

_DAY = timedelta(days=1)


def set_responsible(plan: Plan, code: str, role: I18n, start: date, because: Because) -> PlanChange:
    """``role`` is responsible first from ``start`` on, in place of whichever is until the day before.

    BadInput M06 without a role, V64, V14; V30 outside the campaign; V08 or V21 if a role begins on that day or later;
    M51 without a reason.
    """
    require_reason(because)
    branch = branch_in(plan, code)
    _check(plan, role, start)
    held = branch.first_responsible
    now = next((each for each in held if _holds(each, start)), None)
    if now is not None and {now.role.zh, now.role.en} & {role.zh, role.en} - {""}:
        return PlanChange(plan, ())
    left = tuple(each.model_copy(update={"valid_to": start - _DAY}) if each is now else each for each in held)
    new = Responsible(role=role, valid_from=start, valid_to=now.valid_to if now else None)
    old = now.role.text(Lang.ZH) if now else ""
    audit = audit_of(code, "first_responsible", old, f"{role.text(Lang.ZH)} {start}", because)
    changed = branch.model_copy(update={"first_responsible": (*left, new)})
    branches = tuple(changed if each is branch else each for each in plan.branches)
    return judged(plan, plan.model_copy(update={"branches": branches}), code, [audit], because)


def _check(plan: Plan, role: I18n, start: date) -> None:
    if not (role.zh or role.en):
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("first responsible"))}, "responsible"))
    for text in (role.zh, role.en):
        if len(text) > MOST_ROLE:
            raise BadInput(Problem("V64", {"m": len(text), "n": MOST_ROLE}, "responsible"))
        if holds_personal_number(text):
            raise BadInput(Problem("V14", {}, "responsible"))
    first, last = plan.campaign.start_date, plan.campaign.end_date
    if not first <= start <= last:
        raise BadInput(Problem("V30", {"d": start, "a": first, "b": last}, "start"))


def _holds(held: Responsible, day: date) -> bool:
    return (held.valid_from or date.min) <= day <= (held.valid_to or date.max)
