from datetime import date, timedelta
from fractions import Fraction

import pytest

from campaign.completion import completion
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.obligations import CellState, ObligationCell, coverage, obligation_matrix, owed_obligations
from campaign.overview import branch_standing
from campaign.plan import Branch, Obligation, Plan, SurveyPlan
from campaign.standing import BranchStanding
from campaign.survey_facts import SurveyFacts, survey_facts
from tests.builders import DUE, START, make_branch, make_entry, make_kind, make_plan, make_step
from tests.case_builders import SLIP, moved, opened

KINDS = (
    make_kind("notice", obligation="inform"),
    make_kind("round", "S1", obligation="ask", counts=("opinions",)),
    make_kind("work", "S1", "I1"),
    make_kind("result", effect="result", outcomes=("reached", "below")),
    make_kind("recheck", effect="recheck"),
)
PLAN = make_plan(kinds=KINDS, steps=(make_step("S1"), make_step("I1", phase="improve")))
LATER = date(2026, 12, 10)


def standing(plan: Plan, entries: list[LogEntry], today: date) -> BranchStanding:
    return branch_standing(plan, plan.branches[0], entries, today, trust_today=True)


def cells(entries: list[LogEntry], today: date) -> dict[tuple[str, Obligation], ObligationCell]:
    matrix = obligation_matrix(PLAN, standing(PLAN, entries, today), entries)
    return {(cell.phase, cell.obligation): cell for cell in matrix}


def test_only_what_a_kind_can_meet_is_owed() -> None:
    """A campaign without surveys owes no judgement; all four are owed where there is a kind for each."""
    assert owed_obligations(PLAN) == (Obligation.INFORM, Obligation.ASK)
    every = make_plan(kinds=[make_kind(name, obligation=name) for name in ("judge", "watch", "ask", "inform")])
    assert owed_obligations(every) == (Obligation.INFORM, Obligation.ASK, Obligation.WATCH, Obligation.JUDGE)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (START - timedelta(days=1), CellState.MISSED),
        (START, CellState.MET),
        (DUE, CellState.MET),
        (DUE + timedelta(days=1), CellState.MISSED),
    ],
)
def test_an_obligation_is_met_inside_its_phase(on: date, state: CellState) -> None:
    """From the planned start to the day on which the phase ended, both included."""
    entries = [make_entry("notice", on), make_entry("work", DUE)]
    assert cells(entries, LATER)["study", Obligation.INFORM].state is state


def test_an_obligation_is_pending_while_its_phase_goes_on() -> None:
    """Also when the phase is overdue: what is done then still counts, for the phase ends later."""
    late = DUE + timedelta(days=3)
    assert cells([], LATER)["study", Obligation.INFORM].state is CellState.PENDING
    met = cells([make_entry("notice", late)], LATER)["study", Obligation.INFORM]
    assert (met.state, met.met_on, met.records) == (CellState.MET, late, 1)
    ended = [make_entry("notice", late), make_entry("work", late)]
    assert cells(ended, LATER)["study", Obligation.INFORM].state is CellState.MET


def test_asking_and_hearing_nothing_is_asking() -> None:
    """A round with no opinions meets the obligation to ask."""
    entries = [make_entry("round", START, counts={"opinions": 0})]
    assert cells(entries, LATER)["study", Obligation.ASK].state is CellState.MET


def test_an_obligation_is_met_by_its_own_phase_and_branch_only() -> None:
    """An entry of the next phase, or of another branch, is none of this one."""
    entries = [make_entry("notice", START, phase="improve"), make_entry("notice", START, branch="B02")]
    assert cells(entries, LATER)["study", Obligation.INFORM].state is CellState.PENDING


def test_coverage_is_over_phases_that_have_ended() -> None:
    """Met of met and missed; nothing to divide by before the first phase ends."""
    none = standing(PLAN, [], LATER)
    assert coverage(obligation_matrix(PLAN, none, []), none).share is None
    entries = [make_entry("notice", START), make_entry("work", START)]
    ended = standing(PLAN, entries, LATER)
    found = coverage(obligation_matrix(PLAN, ended, entries), ended)
    assert (found.met, found.of, found.share) == (1, 2, Fraction(1, 2))


DONE = [
    make_entry("notice", START),
    make_entry("round", START, counts={"opinions": 0}),
    make_entry("notice", DUE, phase="improve"),
    make_entry("round", DUE, phase="improve", counts={"opinions": 2}),
    make_entry("work", date(2026, 12, 1), phase="improve"),
]
PUBLISHED = make_entry("result", date(2026, 12, 3), phase="improve", outcome="reached")
BELOW = make_entry("result", date(2026, 12, 3), phase="improve", outcome="below")
RECHECK = make_entry("recheck", date(2026, 12, 8), phase="improve")


def finished(plan: Plan, **branch: object) -> Plan:
    early = make_branch(schedule={"study": plan.branches[0].schedule["study"], "improve": {"start": DUE, "end": LATER}})
    changed = early.model_copy(update=branch)
    return plan.model_copy(update={"branches": (changed,), "surveys": (SurveyPlan(kind="final", questionnaire="x"),)})


def codes(entries: list[LogEntry], today: date = LATER, **branch: object) -> tuple[date | None, list[str]]:
    plan = finished(PLAN, **branch)
    found = completion(plan, standing(plan, entries, today), entries, [], today)
    assert all(problem.text(lang) for problem in found.missing for lang in Lang)
    return found.completed_on, [problem.code for problem in found.missing]


def test_a_branch_is_completed_when_nothing_is_missing() -> None:
    """On the day of the last thing that was missing: here the result was made public."""
    assert codes([*DONE, PUBLISHED]) == (PUBLISHED.on, [])
    assert codes([*DONE, PUBLISHED], PUBLISHED.on) == (PUBLISHED.on, [])


@pytest.mark.parametrize(
    ("entries", "missing"),
    [
        ([], ["M55", "M55", "M59", "M56"]),
        (DONE, ["M56"]),
        ([*DONE[1:], PUBLISHED], ["M59"]),
        ([*DONE, BELOW], ["M57"]),
        ([*DONE[:4], PUBLISHED], ["M55"]),
    ],
)
def test_progress_alone_completes_nothing(entries: list[LogEntry], missing: list[str]) -> None:
    """An open phase, no public result, a result below the threshold, an obligation that was not met."""
    assert codes(entries) == (None, missing)


def test_a_result_below_the_threshold_needs_a_recheck() -> None:
    """The day of the recheck completes the branch; a newer result that reaches it does so too."""
    assert codes([*DONE, BELOW, RECHECK]) == (RECHECK.on, [])
    again = make_entry("result", date(2026, 12, 9), phase="improve", outcome="reached")
    assert survey_facts(PLAN, [*DONE, BELOW, again]) == SurveyFacts(BELOW.on, below=False)


def test_an_obligation_that_was_missed_may_have_a_reason() -> None:
    """With a reason in the plan the branch is completed all the same."""
    assert codes([*DONE[1:], PUBLISHED], unmet_reason="汛期公示栏被冲毁")[1] == []


def test_open_answers_and_late_cases_hold_a_branch_up() -> None:
    """V84 and M58; a correction that is not yet due does not. What comes later does not undo a completion."""
    plan = finished(PLAN)
    entries = [*DONE, PUBLISHED]
    now = standing(plan, entries, LATER)
    answer = opened("answer", date(2026, 12, 1))
    late = opened("correction", date(2026, 12, 1), due=date(2026, 12, 2))
    soon = opened("correction", date(2026, 12, 1), due=date(2026, 12, 20))
    found = completion(plan, now, entries, [answer, late, soon], LATER)
    assert (found.completed_on, [problem.code for problem in found.missing]) == (None, ["V84", "M58"])
    assert found.missing[0].values["n"] == 1
    told = moved(answer, ("withdraw", date(2026, 12, 5)))
    assert completion(plan, now, entries, [told, soon], LATER).completed_on == date(2026, 12, 5)
    after = opened("answer", date(2026, 12, 9))
    later = completion(plan, now, entries, [after], LATER)
    assert (later.completed_on, [problem.code for problem in later.missing]) == (PUBLISHED.on, ["V84"])
    other = opened("answer", date(2026, 12, 1), branch="B02", no=SLIP)
    assert completion(plan, now, entries, [other], LATER).missing == ()


def test_a_branch_that_the_plan_does_not_know_owes_no_reason() -> None:
    """A standing of a branch that was taken out of the plan can still be judged."""
    plan = finished(PLAN)
    now = standing(plan, [*DONE, PUBLISHED], LATER)
    gone: tuple[Branch, ...] = ()
    assert completion(plan.model_copy(update={"branches": gone}), now, [*DONE, PUBLISHED], [], LATER).missing == ()
