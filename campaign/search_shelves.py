"""What can be searched of a campaign, group by group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.case_labels import case_kind_label, state_label
from campaign.case_tables import ANSWER_CASE
from campaign.cases import Case
from campaign.folding import folded
from campaign.i18n import I18n
from campaign.language import N_, Lang
from campaign.log import Logged
from campaign.plan import Branch, Plan
from campaign.searching import Group, Part, Shelf, Thing, shelf_of
from campaign.texts import tr

_CODE, _NAME, _DAY = N_("code"), N_("name"), N_("day")
_HOLIDAY, _WORKED = N_("holiday"), N_("extra working day")


@dataclass(frozen=True, slots=True)
class SessionWords:
    """A survey session, as it can be found."""

    id: str
    branch: str
    kind: I18n
    state: I18n


def search_shelves(plan: Plan, cases: Sequence[Case], sessions: Sequence[SessionWords]) -> tuple[Shelf, ...]:
    """Everything that is looked through but the log, in the order of the groups; soon done."""
    labels = {branch.code: branch.label for branch in plan.branches}
    return (
        shelf_of(Group.BRANCH, [_branch(branch) for branch in plan.branches]),
        shelf_of(Group.WORK, list(_work(plan))),
        shelf_of(Group.CASE, [_case(case, labels) for case in cases]),
        shelf_of(Group.SESSION, [_session(session, labels) for session in sessions]),
        shelf_of(Group.OFFICIAL, list(_officials(plan))),
        shelf_of(Group.CALENDAR, [*_settings(plan), *_days(plan), *_busy(plan)]),
    )


def _both(message: str) -> I18n:
    return I18n(zh=tr(Lang.ZH, message), en=tr(Lang.EN, message))


def _plain(text: str) -> I18n:
    return I18n(zh=text, en=text)


def _branch(branch: Branch) -> Thing:
    parts = (Part(_CODE, _plain(branch.code)), Part(_NAME, branch.name), Part(_NAME, branch.label))
    return Thing(Group.BRANCH, branch.code, branch.name, parts, branch.code)


def _work(plan: Plan) -> Iterator[Thing]:
    for phase in plan.phases:
        names = (Part(_NAME, phase.name), Part(_NAME, phase.label), Part(_CODE, _plain(phase.id)))
        yield Thing(Group.WORK, phase.id, phase.name, names)
        for step in plan.steps:
            if step.phase == phase.id:
                parts = (Part(_CODE, _plain(step.id)), Part(_NAME, step.name))
                yield Thing(Group.WORK, step.id, step.name, parts)


def _case(case: Case, labels: dict[str, I18n]) -> Thing:
    """Of what a person wants an answer to only what was cleared for others."""
    cleared = case.public_matter
    matters = [cleared] if case.kind == ANSWER_CASE.id else list(dict.fromkeys((cleared, case.matter)))
    matters = [matter for matter in matters if matter]
    kind = I18n(zh=case_kind_label(case.kind, Lang.ZH), en=case_kind_label(case.kind, Lang.EN))
    state = I18n(zh=state_label(case, Lang.ZH), en=state_label(case, Lang.EN))
    parts = [Part(N_("number"), _plain(case.no))]
    parts += [Part(N_("matter"), _plain(matter)) for matter in matters]
    parts += [Part(N_("in charge"), _plain(case.owner))] if case.owner else []
    parts += [Part(N_("kind"), kind), Part(N_("state"), state), Part(N_("of"), labels.get(case.branch, I18n()))]
    return Thing(Group.CASE, case.no, _plain(matters[0]) if matters else kind, tuple(parts), case.branch, case.due)


def log_shelf(plan: Plan, entries: Sequence[Logged]) -> Shelf:
    """The log, newest first; things are made of what is found alone. Takes seconds for half a million entries."""
    labels = {branch.code: branch.label for branch in plan.branches}
    places = {code: folded(f"{code}\n{label.zh}\n{label.en}") for code, label in labels.items()}
    kinds = {kind.id: kind.name for kind in plan.kinds}
    known = {kind: folded(f"{name.zh}\n{name.en}") for kind, name in kinds.items()}
    newest = entries[::-1]

    def own(logged: Logged) -> str:
        entry = logged.entry
        kind = known.get(entry.kind, entry.kind)
        said = "\n".join(text for text in (entry.note, entry.case, entry.reference, entry.leader) if text)
        return f"{kind}\n{folded(said)}" if said else kind

    def context(place: int) -> str:
        entry = newest[place].entry
        return f"{places.get(entry.branch, entry.branch)}\n{entry.on.isoformat()}"

    def thing(place: int) -> Thing:
        entry = newest[place].entry
        name = kinds.get(entry.kind, _plain(entry.kind))
        said = (
            (N_("note"), entry.note),
            (N_("case"), entry.case),
            (N_("reference"), entry.reference),
            (N_("contact official"), entry.leader),
        )
        parts = [Part(N_("kind"), name), *(Part(label, _plain(text)) for label, text in said if text)]
        parts.append(Part(_DAY, _plain(entry.on.isoformat())))
        return Thing(Group.ENTRY, str(newest[place].number), name, tuple(parts), entry.branch, entry.on)

    return Shelf(Group.ENTRY, [own(each) for each in newest], thing, context, ranked=False)


def _session(session: SessionWords, labels: dict[str, I18n]) -> Thing:
    parts = (
        Part(N_("number"), _plain(session.id)),
        Part(N_("kind"), session.kind),
        Part(N_("state"), session.state),
        Part(N_("of"), labels.get(session.branch, I18n())),
    )
    return Thing(Group.SESSION, session.id, session.kind, parts, session.branch)


def _officials(plan: Plan) -> Iterator[Thing]:
    for leader in plan.leaders:
        at = [branch for branch in plan.branches if any(each.leader == leader.code for each in branch.contacts)]
        parts = [Part(_CODE, _plain(leader.code)), Part(N_("role"), leader.role)]
        parts += [Part(N_("contact point"), branch.label) for branch in at]
        yield Thing(Group.OFFICIAL, leader.code, leader.role, tuple(parts), at[0].code if at else "")


def _settings(plan: Plan) -> Iterator[Thing]:
    campaign = plan.campaign
    told = (
        ("title", N_("title"), campaign.title),
        ("theme", N_("theme"), campaign.theme),
        ("organiser", N_("organiser"), campaign.organiser),
        ("start_date", N_("first day"), _plain(campaign.start_date.isoformat())),
        ("end_date", N_("last day"), _plain(campaign.end_date.isoformat())),
    )
    for key, name, value in told:
        if value != I18n():
            yield Thing(Group.CALENDAR, key, value, (Part(name, value), Part(N_("setting"), _both(name))))


def _days(plan: Plan) -> Iterator[Thing]:
    calendar = plan.calendar
    days = [(day, _HOLIDAY) for day in calendar.holidays - calendar.extra_workdays]
    for day, name in sorted([*days, *((day, _WORKED) for day in calendar.extra_workdays)]):
        parts = (Part(_DAY, _plain(day.isoformat())), Part(N_("kind"), _both(name)))
        yield Thing(Group.CALENDAR, day.isoformat(), _both(name), parts, on=day)


def _busy(plan: Plan) -> Iterator[Thing]:
    for branch in plan.branches:
        for period in branch.busy:
            days = f"{period.start.isoformat()} – {period.end.isoformat()}"
            parts = (Part(N_("busy period"), period.label), Part(_DAY, _plain(days)), Part(N_("of"), branch.label))
            yield Thing(Group.CALENDAR, f"{branch.code} {period.start}", period.label, parts, branch.code, period.start)
