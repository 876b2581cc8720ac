"""Loading a changed workbook into a running campaign: checked as a whole, then kept as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from campaign.book.changes import Change, How, changes_between
from campaign.book.forbidden import (
    Held,
    codes_of,
    identity_problems,
    named_in,
    removed_problems,
    schedule_problems,
    step_problems,
)
from campaign.book.reading import BookPlan
from campaign.book.writing import stamp_of
from campaign.correcting import said_problems
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, Lang
from campaign.log import AuditEntry
from campaign.plan import Branch, Plan, Schedule, ScheduleChange
from campaign.plan_changes import Because
from campaign.plan_rules import check_plan
from campaign.ports import CampaignStore, CaseStore
from campaign.texts import tr


class LoadStore(CampaignStore, CaseStore, Protocol):
    """The plan with all that names it."""


@dataclass(frozen=True, slots=True)
class Load:
    """What loading a workbook would do."""

    plan: Plan
    changes: Sequence[Change]
    warnings: Sequence[Problem]
    """What is odd about the new plan and was not before, and what was not read."""
    asked: Sequence[Problem]
    """What must be confirmed: the workbook is older than the plan."""


def check_load(store: LoadStore, book: BookPlan, held: Held, because: Because, lang: Lang) -> Load:
    """What ``book`` would change in the plan as it is now; nothing is changed.

    BadInput M51, M06, V64 for reason and role, V28; Refused with all of V33, M69, M127 and M128, each with its cell.
    """
    if problems := [*said_problems(because.reason, because.role)]:
        raise BadInput(*problems)
    old = store.plan()
    if problems := [*_forbidden(store, old, book, held, because)]:
        raise Refused(*problems)
    new = _with_history(old, book.plan, because)
    changes = changes_between(old, new, lang)
    before = {(each.code, repr(each.values)) for each in check_plan(old)}
    warnings = [each for each in book.warnings if (each.code, repr(each.values)) not in before]
    stale = bool(changes) and bool(book.stamp) and book.stamp != stamp_of(old)
    return Load(new if changes else old, changes, warnings, [Problem("M129")] if stale else [])


def keep_load(store: LoadStore, seen: Load, book: BookPlan, held: Held, because: Because, lang: Lang) -> Load:
    """Keep what :func:`check_load` showed, with an audit entry for each change, in one commit.

    Refused M53 if the plan was changed meanwhile; otherwise as :func:`check_load`, and StoreError.
    """
    with store.transaction():
        load = check_load(store, book, held, because, lang)
        if load.changes != seen.changes:
            raise Refused(Problem("M53", {"what": tr.phrase(N_("the plan"))}))
        audits = [_audit(change, load.plan, because) for change in load.changes]
        if audits:
            store.save_plan(load.plan, audits[0])
            for audit in audits[1:]:
                store.add_audit(audit)
    return load


def _forbidden(store: LoadStore, old: Plan, book: BookPlan, held: Held, because: Because) -> Iterator[Problem]:
    new, where = book.plan, book.where
    yield from identity_problems(old, new, where)
    if codes_of(old).keys() - codes_of(new).keys() or len(old.steps) != len(new.steps) or _demoted(old, new):
        entries = store.entries()
        named = named_in(entries, [case.branch for case in store.cases()], held)
        yield from removed_problems(old, new, named, where)
        yield from step_problems(old, new, where) if entries else ()
    branches = {branch.code: branch for branch in old.branches}
    for place, branch in enumerate(new.branches):
        before = branches.get(branch.code)
        if before is not None and _bare(before.schedule) != _bare(branch.schedule):
            entries = store.entries(branch.code)
            yield from schedule_problems(before, branch, place, old, entries, because.today, where)


def _demoted(old: Plan, new: Plan) -> bool:
    """Whether a required step is missing or is one of the campaign's own now."""
    required = [{step.id for step in plan.steps if step.origin == "required"} for plan in (old, new)]
    return bool(required[0] - required[1])


def _bare(schedule: dict[str, Schedule]) -> dict[str, Schedule]:
    """Without the record of moved days."""
    return {phase: days.model_copy(update={"changes": ()}) for phase, days in schedule.items()}


def _with_history(old: Plan, new: Plan, because: Because) -> Plan:
    """The new plan with the record of moved days as it is kept, and what is moved now added to it."""
    branches = {branch.code: branch for branch in old.branches}
    return new.model_copy(
        update={"branches": tuple(_remembering(branches.get(each.code), each, because) for each in new.branches)}
    )


def _remembering(old: Branch | None, new: Branch, because: Because) -> Branch:
    schedule = {}
    for phase, days in new.schedule.items():
        before = old.schedule.get(phase) if old is not None else None
        changes = before.changes if before is not None else ()
        if before is not None and (before.start, before.end) != (days.start, days.end):
            reason = because.reason.strip()
            changes = (*changes, ScheduleChange(on=because.today, start=before.start, end=before.end, reason=reason))
        schedule[phase] = days.model_copy(update={"changes": changes})
    return new.model_copy(update={"schedule": schedule})


def _audit(change: Change, plan: Plan, because: Because) -> AuditEntry:
    return AuditEntry(
        on=because.today,
        role=because.role.strip(),
        entity=f"campaign {plan.campaign.id}" if change.entity == "campaign" else change.entity,
        field=change.field,
        old=change.old,
        new=change.new,
        reason=because.reason.strip(),
    )


def placed(change: Change, book: BookPlan) -> str:
    """The cell of a change, as ``Schedule!D7``; empty for what is gone."""
    at = book.where.at(change.path) if change.how is not How.REMOVED else None
    return str(at.place) if at is not None else ""
