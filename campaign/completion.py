"""When a branch has completed the campaign: progress alone never completes it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.labels import OBLIGATION_NAMES
from campaign.language import N_, Listed, Phrase
from campaign.log import LogEntry
from campaign.obligations import CellState, ObligationCell, obligation_matrix
from campaign.plan import Branch, Plan
from campaign.rechecks import planned_recheck
from campaign.standing import BranchStanding, Status
from campaign.survey_facts import SurveyFacts, survey_facts
from campaign.texts import tr

_ANSWER = "answer"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Completion:
    """Whether a branch has completed the campaign, and what is missing today."""

    completed_on: date | None
    """The first day on which nothing was missing; None if there was none, or a phase has been opened again."""
    missing: tuple[Problem, ...]
    """What does not hold today. A branch that is completed may have a case opened, or reopened, afterwards."""


def completion(
    plan: Plan, branch: BranchStanding, entries: Sequence[LogEntry], cases: Sequence[Case], today: date
) -> Completion:
    """Whether ``branch`` has completed the campaign by ``today``; of entries and cases only its own count.

    Completed: all phases have ended; the final survey's result is public, and is not below the threshold or was
    followed by a recheck; no answer to a person is open; no other case is past its due day; every obligation was met,
    or a reason is written in the plan. Problems: M55 to M59, M170, V84.
    """
    own = [entry for entry in entries if entry.branch == branch.code and entry.on <= today]
    owed = [case for case in cases if case.branch == branch.code]
    facts = survey_facts(plan, own)
    cells = obligation_matrix(plan, branch, own)
    place = plan.branch(branch.code)
    lasting = [*_phases(plan, branch), *(_obligations(plan, place, cells) if place else ())]

    recheck = planned_recheck(plan, branch)

    def missing_on(day: date) -> tuple[Problem, ...]:
        return (*lasting, *_survey(plan, facts.on(day), recheck.due if recheck else None), *_cases(plan, owed, day))

    completed_on = None
    if not lasting:
        ends = [phase.actual_end for phase in branch.phases if phase.actual_end is not None]
        first = max(ends, default=today)
        days = (day for day in sorted(_days_of_change(facts, owed) | {first, today}) if first <= day <= today)
        completed_on = next((day for day in days if not missing_on(day)), None)
    return Completion(completed_on, missing_on(today))


def _days_of_change(facts: SurveyFacts, cases: Iterable[Case]) -> set[date]:
    """The days on which something that was missing may have come."""
    days = {day for day in (facts.published_on, facts.rechecked_on) if day is not None}
    for case in cases:
        days |= {event.on for event in case.events}
        days |= {event.rate_by + _DAY for event in case.events if event.rate_by is not None}
    return days


def _phases(plan: Plan, branch: BranchStanding) -> Iterator[Problem]:
    for phase in branch.phases:
        named = plan.phase(phase.phase)
        if phase.actual_end is None and named is not None:
            yield Problem("M55", {"phase": named.name, "d": phase.planned_end}, phase.phase)


def _obligations(plan: Plan, branch: Branch, cells: Sequence[ObligationCell]) -> Iterator[Problem]:
    unmet = [cell for cell in cells if cell.state is not CellState.MET]
    if unmet and not branch.unmet_reason.strip():
        yield Problem(
            "M59",
            {"n": len(unmet), "m": len(cells), "list": Listed(tuple(_cell_name(plan, cell) for cell in unmet))},
            "obligations",
        )


def _cell_name(plan: Plan, cell: ObligationCell) -> Phrase:
    phase = plan.phase(cell.phase)
    name = phase.label if phase else I18n(en=cell.phase)
    return tr.phrase(N_("{phase}: {obligation}"), phase=name, obligation=tr.phrase(OBLIGATION_NAMES[cell.obligation]))


def _survey(plan: Plan, facts: SurveyFacts, recheck: date | None) -> Iterator[Problem]:
    if not any(survey.kind == "final" for survey in plan.surveys):
        return
    if facts.published_on is None:
        yield Problem("M56", {}, "survey")
    elif facts.below and facts.rechecked_on is None:
        yield Problem("M57", {"x": plan.campaign.remedial_threshold_pct, "when": _by(recheck)}, "survey")
    elif facts.undecided and facts.rechecked_on is None:
        yield Problem("M170", {}, "survey")


def _by(day: date | None) -> Phrase:
    return tr.phrase(N_("no day is planned")) if day is None else tr.phrase(N_("planned by {d}"), d=day)


def _cases(plan: Plan, cases: Sequence[Case], day: date) -> Iterator[Problem]:
    standings = case_standings(plan, cases, day)
    answers = [each.case.no for each in standings if each.case.kind == _ANSWER and each.open]
    late = [
        each.case.no
        for each in standings
        if each.case.kind != _ANSWER and each.open and each.standing.status is Status.OVERDUE
    ]
    if answers:
        yield Problem("V84", {"n": len(answers), "list": Listed(tuple(answers))}, "cases")
    if late:
        yield Problem("M58", {"n": len(late), "list": Listed(tuple(late))}, "cases")
