"""The rows of the form that changes the plan of a branch."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from textual.widget import Widget

from campaign.labels import phase_label
from campaign.language import N_, Lang
from campaign.log import MOST_ROLE
from campaign.plan import Branch, Condition, Plan, Step
from campaign.plan_changes import MOST_REASON
from campaign.plan_words import CONDITION_NAMES, FUNDING_NAMES, REMEDY_NAMES, VENUE_NAMES
from campaign.shortfalls import Shortfall
from campaign.texts import tr as words_of
from tui.staff.plan_draft import ALONG, What
from tui.staff.texts import tr
from tui.staff.wording import short_day
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.fields import Box, FieldRow

DAY = 16
"""Cells of a box for a day."""
STAY, NOTHING = "stay", "nothing"
_DAY = timedelta(days=1)
_WHAT = {
    What.DAYS: N_("Move the days of a phase"),
    What.PAUSE: N_("Pause a phase"),
    What.RESUME: N_("End a pause"),
    What.BUSY: N_("Add days of other work"),
    What.FREE: N_("Take days of other work away"),
    What.CONDITION: N_("Whether it works, and what is done"),
    What.MEANS: N_("Venue and money"),
    What.WAIVE: N_("Waive a step"),
    What.RESPONSIBLE: N_("Who is responsible first"),
    What.ASK: N_("Ask for what is missing"),
}


def possible(branch: Branch, lacking: Sequence[Shortfall]) -> list[What]:
    """What can be changed now: no pause is ended where none is open."""
    open_pause = any(pause.end is None for each in branch.schedule.values() for pause in each.pauses)
    absent = {
        What.RESUME: not open_pause,
        What.FREE: not branch.busy,
        What.ASK: not lacking,
    }
    return [what for what in What if not absent.get(what, False)]


def what_options(branch: Branch, lacking: Sequence[Shortfall], lang: Lang) -> list[Option]:
    """The list of what can be changed."""
    return [Option(what, tr(lang, _WHAT[what])) for what in possible(branch, lacking)]


def change_rows(
    plan: Plan, branch: Branch, what: What, current: str, lacking: Sequence[Shortfall], today: date, lang: Lang
) -> Iterator[Widget]:
    """What a kind of change asks for; ``current`` is the phase that the branch is in."""
    match what:
        case What.DAYS | What.PAUSE | What.RESUME:
            yield from _phase_rows(plan, branch, what, current, today, lang)
        case What.BUSY:
            yield from _day_rows("", "", lang)
            yield FieldRow(tr(lang, "What work"), [Box("label", max_length=40)], hint=tr(lang, "like harvest"))
        case What.FREE:
            options = [
                Option(str(at), f"{short_day(each.start)}–{short_day(each.end)} {each.label.text(lang)}")
                for at, each in enumerate(branch.busy)
            ]
            yield ChoiceField("busy", tr(lang, "Which"), options, "0")
        case What.CONDITION:
            yield from _condition_rows(branch, lang)
        case What.MEANS:
            venue = [Option(each, words_of(lang, name)) for each, name in VENUE_NAMES.items()]
            money = [Option(each, words_of(lang, name)) for each, name in FUNDING_NAMES.items()]
            yield ChoiceField("venue", tr(lang, "Venue"), venue, branch.venue)
            yield ChoiceField("funding", tr(lang, "Money"), money, branch.funding)
        case What.WAIVE:
            waived = {target.step for target in branch.targets if target.waived}
            steps = [step for step in plan.steps if step.id not in waived and _applies(step, branch)]
            options = [Option(step.id, f"{step.id} {step.name.text(lang)}") for step in steps]
            yield ChoiceField("step", tr(lang, "Step"), options)
            groups = [Option(group.id, group.name.text(lang)) for group in plan.member_groups]
            whole = Option("", tr(lang, "everybody"))
            yield ChoiceField("groups", tr(lang, "For whom"), [whole, *groups], "")
            instead = Box("substitute", max_length=80)
            yield FieldRow(tr(lang, "Instead"), [instead], hint=tr(lang, "what takes its place; may be empty"))
        case What.RESPONSIBLE:
            box = Box("responsible", max_length=MOST_ROLE, width=24)
            yield FieldRow(tr(lang, "New"), [box], hint=tr(lang, "a role, never a name"))
            yield FieldRow(
                tr(lang, "First day"), [Box("start", today.isoformat(), width=DAY)], hint=tr(lang, "like 11-23")
            )
        case What.ASK:
            yield from _support_rows(lacking, lang)


def last_rows(role: str, what: What, lang: Lang) -> Iterator[Widget]:
    """Who, and why."""
    box = Box("role", role, max_length=MOST_ROLE, width=24)
    yield FieldRow(tr(lang, "Your role"), [box], hint=tr(lang, "never a name"))
    if what is not What.ASK:
        yield FieldRow(
            tr(lang, "Reason"), [Box("reason", max_length=MOST_REASON)], hint=tr(lang, "5 characters or more")
        )


def _phase_rows(plan: Plan, branch: Branch, what: What, current: str, today: date, lang: Lang) -> Iterator[Widget]:
    phases = [phase.id for phase in plan.phases if phase.id in branch.schedule]
    if what is What.RESUME:
        phases = [each for each in phases if any(pause.end is None for pause in branch.schedule[each].pauses)]
    chosen = current if current in phases else phases[0]
    options = [Option(each, phase_label(plan, each, lang)) for each in phases]
    yield ChoiceField("phase", plan.campaign.words.phase.text(lang), options, chosen)
    short = FieldRow(
        tr(lang, "Why so few"), [Box("short_study", branch.short_study_reason, max_length=MOST_REASON)],
        hint=tr(lang, "if too few days are left"),
    )  # fmt: skip
    if what is What.RESUME:
        yield FieldRow(
            tr(lang, "Last day"), [Box("end", (today - _DAY).isoformat(), width=DAY)], hint=tr(lang, "of it")
        )
    elif what is What.PAUSE:
        yield from _day_rows(today.isoformat(), "", lang, hint=tr(lang, "may be empty: until it is ended"))
        yield short
    else:
        days = branch.schedule[chosen]
        yield from _day_rows(days.start.isoformat(), days.end.isoformat(), lang)
        follow = [Option(STAY, tr(lang, "stay as they are")), Option(ALONG, tr(lang, "move by as many days"))]
        if phases.index(chosen) + 1 < len(phases):
            yield ChoiceField("after", tr(lang, "What follows"), follow, STAY)
        yield short


def _applies(step: Step, branch: Branch) -> bool:
    """Whether the step is one of the branch's, and not its own: what it sets itself it can take away."""
    return step.origin == "required" and (not step.branch_types or branch.type in step.branch_types)


def _day_rows(start: str, end: str, lang: Lang, hint: str = "") -> Iterator[Widget]:
    yield FieldRow(tr(lang, "First day"), [Box("start", start, width=DAY)], hint=tr(lang, "like 11-23"))
    yield FieldRow(tr(lang, "Last day"), [Box("end", end, width=DAY)], hint=hint or tr(lang, "that day included"))


def _condition_rows(branch: Branch, lang: Lang) -> Iterator[Widget]:
    states = [Option(each, words_of(lang, CONDITION_NAMES[each])) for each in Condition]
    remedies = [Option(NOTHING, tr(lang, "nothing is planned"))]
    remedies += [Option(each, words_of(lang, name)) for each, name in REMEDY_NAMES.items()]
    planned = branch.condition_plan
    yield ChoiceField("condition", tr(lang, "Condition"), states, branch.condition)
    yield ChoiceField("remedy", tr(lang, "What is done"), remedies, planned.kind if planned else NOTHING)
    due = Box("due", planned.due_date.isoformat() if planned else "", width=DAY)
    yield FieldRow(tr(lang, "By when"), [due], hint=tr(lang, "if it is weak or does not work"))


def _support_rows(lacking: Sequence[Shortfall], lang: Lang) -> Iterator[Widget]:
    names = {"venue": tr(lang, "Venue"), "funding": tr(lang, "Money")}
    options = [Option(each.means, names[each.means]) for each in lacking]
    yield ChoiceField("means", tr(lang, "Missing"), options, options[0].id if options else None)
    yield FieldRow(tr(lang, "In words"), [Box("text", max_length=300)], hint=tr(lang, "what is asked for"))
    owner = Box("owner", max_length=MOST_ROLE, width=24)
    yield FieldRow(tr(lang, "Asked of"), [owner], hint=tr(lang, "a role, never a name"))
    yield FieldRow(tr(lang, "By when"), [Box("end", width=DAY)], hint=tr(lang, "like 12-11"))
