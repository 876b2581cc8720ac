"""The plan of a branch as text for the terminal."""

from collections.abc import Iterator, Sequence
from datetime import date

from campaign.branch_rules import study_days
from campaign.labels import branch_label, group_label
from campaign.language import Lang, listed
from campaign.plan import Plan
from campaign.plan_changes import PlanChange
from campaign.plan_report import BranchPlan, StepPlan
from campaign.plan_words import CONDITION_NAMES, FUNDING_NAMES, REMEDY_NAMES, VENUE_NAMES, change_words
from campaign.texts import tr as words_of
from manyi.cli.tables import NONE, aligned, plain
from manyi.texts import tr


def change_lines(change: PlanChange, code: str, lang: Lang) -> Iterator[str]:
    """Each value from what to what, then the days of study as they are now."""
    for each in change.audit:
        yield plain(f"{code} {change_words(change.plan, each, lang)}")
    branch = change.plan.branch(code)
    if branch is not None and any(each.field.startswith("schedule") for each in change.audit):
        yield tr(lang, "Days of study: {n}", n=study_days(branch))


def plan_lines(plan: Plan, branches: Sequence[BranchPlan], lang: Lang) -> Iterator[str]:
    """The days of every phase of every branch, one line a branch."""
    names = [phase.label.text(lang) for phase in plan.phases]
    rows: list[list[object]] = [["", plan.campaign.words.branch.text(lang), *names, tr(lang, "Days of study")]]
    for each in branches:
        days = {phase.phase: f"{_days(phase.start, phase.end)}{'*' if phase.changes else ''}" for phase in each.phases}
        row = [days.get(phase.id, NONE) for phase in plan.phases]
        rows.append([each.branch, branch_label(plan, each.branch, lang), *row, each.study_days])
    yield from aligned(rows)
    if any(phase.changes for each in branches for phase in each.phases):
        yield tr(lang, "* moved before; manyi plan show --branch tells from when and why")


def branch_lines(plan: Plan, found: BranchPlan, lang: Lang) -> Iterator[str]:
    """Everything that is planned for one branch."""
    yield plain(f"{found.branch} {found.name.text(lang)}")
    heads = [tr(lang, "Start"), tr(lang, "End"), tr(lang, "Days"), tr(lang, "Paused")]
    rows: list[list[object]] = [["", plan.campaign.words.phase.text(lang), *heads]]
    rows.extend(
        [phase.phase, phase.name.text(lang), phase.start, phase.end, phase.days, phase.paused or ""]
        for phase in found.phases
    )
    yield from aligned(rows)
    yield tr(lang, "Days of study: {n}", n=found.study_days)
    if found.short_study_reason:
        yield plain(tr(lang, "Why so few: {why}", why=found.short_study_reason))
    for phase in found.phases:
        name = phase.name.text(lang)
        for was in phase.changes:
            yield plain(
                tr(
                    lang,
                    "{day}: {what} moved from {days}: {why}",
                    day=was.on,
                    what=name,
                    days=_span(was.start, was.end),
                    why=was.reason,
                )
            )
        for pause in phase.pauses:
            yield plain(
                tr(lang, "{what} pauses {days}: {why}", what=name, days=_span(pause.start, pause.end), why=pause.reason)
            )
    for busy in found.busy:
        yield plain(tr(lang, "Busy {days}: {why}", days=_span(busy.start, busy.end), why=busy.label))
    for held in found.first_responsible:
        days = f" {_span(held.valid_from, held.valid_to)}" if held.valid_from or held.valid_to else ""
        yield plain(tr(lang, "First responsible: {role}", role=held.role) + days)
    yield from _state(found, lang)
    for step in found.steps:
        yield plain(_step(plan, step, lang))


def _state(found: BranchPlan, lang: Lang) -> Iterator[str]:
    condition = words_of(lang, CONDITION_NAMES[found.condition])
    if found.condition_plan is not None:
        remedy = words_of(lang, REMEDY_NAMES[found.condition_plan.kind])
        yield tr(lang, "Condition: {x}; {what} by {d}", x=condition, what=remedy, d=found.condition_plan.due_date)
    else:
        yield tr(lang, "Condition: {x}", x=condition)
    venue, funding = words_of(lang, VENUE_NAMES[found.venue]), words_of(lang, FUNDING_NAMES[found.funding])
    yield tr(lang, "Venue: {venue}; funding: {funding}", venue=venue, funding=funding)
    if found.support_request:
        yield plain(tr(lang, "Asked for: {what}", what=found.support_request))


def _step(plan: Plan, step: StepPlan, lang: Lang) -> str:
    name, instead = step.name.text(lang), f" ({step.substitute})" if step.substitute else ""
    if step.waived and step.groups:
        groups = listed([group_label(plan, group, lang) for group in step.groups], lang)
        values = {"step": step.step, "name": name, "groups": groups, "why": step.reason}
        return tr(lang, "{step} {name} is waived for {groups}: {why}", **values) + instead
    if step.waived:
        return tr(lang, "{step} {name} is waived: {why}", step=step.step, name=name, why=step.reason) + instead
    return (
        tr(lang, "{step} {name}: {n} wanted. {why}", step=step.step, name=name, n=step.target, why=step.reason)
        + instead
    )


def _days(start: date, end: date) -> str:
    return f"{start:%m-%d}–{end:%m-%d}"


def _span(start: date | None, end: date | None) -> str:
    return f"{start or ''}–{end or ''}"
