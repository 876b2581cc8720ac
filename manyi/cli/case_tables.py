"""Cases as text for the terminal: a list, one of them with all that it went through, and what is owed."""

from collections.abc import Iterator, Sequence

from campaign.case_facts import case_facts, event_said, wanted_words
from campaign.case_labels import case_kind_label, state_label
from campaign.case_standing import CaseStanding
from campaign.case_states import kind_of
from campaign.case_words import move_name, state_name
from campaign.cases import Case, CaseEvent
from campaign.due_list import DueList, DueThing, Owed
from campaign.labels import branch_label, kind_label, phase_label, step_label
from campaign.language import N_, NP_, Lang, listed
from campaign.log import Logged
from campaign.plan import Plan
from manyi.cli.tables import aligned, plain, shortened, status_words
from manyi.texts import tr
from surveys.paper.check_digits import grouped, with_check

MATTER_CELLS = 40

_OWED = {
    Owed.PHASE: N_("end of the phase"),
    Owed.STEP: N_("step"),
    Owed.INSPECTION: N_("next inspection"),
    Owed.CONDITION: N_("plan for a branch that does not work"),
}
_PARTS = (
    ("overdue", N_("Overdue")),
    ("today", N_("Due today")),
    ("soon", NP_("Due in the next day", "Due in the next {n} days")),
)


def status_text(standing: CaseStanding, lang: Lang) -> str:
    """``overdue 3 d (1 working day)``: working days where the kind's limits are working days."""
    text = status_words(standing.standing.status.value, standing.standing.days, lang)
    kind, due_today = kind_of(standing.case), standing.standing.days == 0
    if due_today or not (kind.working_days and kind.state(standing.case.state).owed):
        return text
    return tr(
        lang,
        "{status} ({workdays})",
        status=text,
        workdays=tr.plural(lang, "{n} working day", "{n} working days", standing.workdays),
    )


def due_text(standing: CaseStanding, lang: Lang) -> str:
    """The day that the status is about, and whether it is that of the acknowledgement."""
    return tr(lang, "{d} to acknowledge", d=standing.due) if standing.acknowledgement else str(standing.due)


def case_lines(plan: Plan, standings: Sequence[CaseStanding], lang: Lang) -> Iterator[str]:
    """One line a case."""
    rows: list[list[object]] = [
        [
            tr(lang, "Number"),
            plan.campaign.words.branch.text(lang),
            tr(lang, "Case"),
            tr(lang, "What it is about"),
            tr(lang, "State"),
            tr(lang, "In time"),
            tr(lang, "Due"),
            tr(lang, "Owner"),
        ]
    ]
    rows.extend(
        [
            each.case.no,
            each.case.branch,
            case_kind_label(each.case.kind, lang),
            shortened(each.case.matter, MATTER_CELLS),
            state_label(each.case, lang),
            status_text(each, lang),
            due_text(each, lang),
            each.case.owner,
        ]
        for each in standings
    )
    return aligned(rows)


def one_case_lines(plan: Plan, standing: CaseStanding, lang: Lang, helped: Sequence[Logged] = ()) -> Iterator[str]:
    """A case with its events, who helped with it, what is owed and what can come next."""
    case = standing.case
    name = branch_label(plan, case.branch, lang)
    yield plain(f"{case.no} · {case_kind_label(case.kind, lang)} · {case.branch} {name}")
    yield plain(f"{state_label(case, lang)} · {status_text(standing, lang)} · {due_text(standing, lang)}")
    for label, value in _said(case, lang):
        yield plain(tr(lang, "{label}: {value}", label=label, value=value))
    yield ""
    yield from aligned([_event(case, event, lang) for event in case.events])
    if helped:
        yield ""
        yield tr(lang, "Entries of the log that helped with it:")
        yield from aligned([["", *_help(plan, each, lang)] for each in helped])


def possible_lines(case: Case, moves: Sequence[str], lang: Lang) -> Iterator[str]:
    """What can be done now, each as it is written on the command line, with what it must be told."""
    yield ""
    if not moves:
        yield tr(lang, "Nothing more can be done with this case.")
        return
    yield tr(lang, "What can be done now (manyi case move {no} …):", no=case.no)
    rows: list[list[object]] = []
    for move in moves:
        names = wanted_words(case, move, lang)
        label = move_name(case.kind, move, lang)
        rows.append(["", move, label, tr(lang, "needs {list}", list=listed(names, lang)) if names else ""])
    yield from aligned(rows)


def due_lines(plan: Plan, found: DueList, days: int, lang: Lang) -> Iterator[str]:
    """What is overdue, due today and due soon, each part with its lines; a part without any says so."""
    for place, (part, heading) in enumerate(_PARTS):
        things: Sequence[DueThing] = getattr(found, part)
        if part == "soon" and not days:
            return
        if place:
            yield ""
        yield tr(lang, "{heading}: {n}", heading=tr(lang, heading, n=days), n=len(things))
        if things:
            yield from aligned([["", *_thing(plan, thing, lang)] for thing in things])


def _said(case: Case, lang: Lang) -> Iterator[tuple[str, str]]:
    """What is known of a case, each with what it is called."""
    if case.no.isdecimal():
        yield tr(lang, "On the slip"), grouped(with_check(case.no))
    yield from case_facts(case, lang)


def _event(case: Case, event: CaseEvent, lang: Lang) -> list[object]:
    """Day, what was done, the state it led to, by whom, and everything that was said."""
    return [
        event.on,
        move_name(case.kind, event.move, lang),
        state_name(case.kind, event.state, lang),
        event.role,
        event_said(event, lang),
    ]


def _help(plan: Plan, logged: Logged, lang: Lang) -> list[object]:
    """Number, day, kind, the official, file number and note."""
    entry = logged.entry
    return [logged.number, entry.on, kind_label(plan, entry.kind, lang), entry.leader, entry.reference, entry.note]


def _thing(plan: Plan, thing: DueThing, lang: Lang) -> list[object]:
    if thing.case is not None:
        case = thing.case.case
        what = f"{case.no} {case_kind_label(case.kind, lang)}"
        return [
            thing.branch,
            status_text(thing.case, lang),
            due_text(thing.case, lang),
            what,
            _matter(thing.case, lang),
        ]
    status = status_words(thing.standing.status.value, thing.standing.days, lang)
    phase = phase_label(plan, thing.phase, lang) if thing.phase else ""
    step = step_label(plan, thing.step, lang) if thing.step else ""
    return [thing.branch, status, thing.due, tr(lang, _OWED[thing.owed]), " · ".join(filter(None, (phase, step)))]


def _matter(standing: CaseStanding, lang: Lang) -> str:
    return f"{shortened(standing.case.matter, MATTER_CELLS)} · {state_label(standing.case, lang)}"
