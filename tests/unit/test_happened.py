"""What sessions amount to beside the log: obligations, steps, completion; and where the log says something else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.branch_facts import branch_facts
from campaign.campaign_state import Facts, Step, change_state
from campaign.completion import completion
from campaign.errors import Refused
from campaign.happened import SurveyEntry, contradictions, with_surveys
from campaign.held import HeldSurvey, Outcome
from campaign.language import Lang
from campaign.log import LogEntry, Logged
from campaign.obligations import CellState, obligation_matrix
from campaign.overview import branch_standing, overview
from campaign.plan import Obligation, Plan, SurveyPlan
from campaign.plan_changes import Because
from campaign.settings import CampaignState
from campaign.survey_facts import SurveyFacts, survey_facts
from tests.builders import DUE, START, make_branch, make_entry, make_kind, make_plan, make_step

HELD, POSTED, LATER = date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 20)
FINAL = HeldSurvey("B01-261203-1", "B01", "final", HELD, counted=True)
PUBLIC = replace(FINAL, posted_on=POSTED)
PULSE = HeldSurvey("B01-261105-1", "B01", "pulse", date(2026, 11, 5), counted=True)
KINDS = (
    make_kind("short", "S9", obligation="judge"),
    make_kind("long", "I6", obligation="judge"),
    make_kind("result", "I7", obligation="inform", effect="result", outcomes=("reached", "below")),
    make_kind("again", obligation="judge", effect="recheck"),
)
STEPS = (make_step("S9"), make_step("I6", phase="improve"), make_step("I7", phase="improve"))


def a_plan(**fields: object) -> Plan:
    plan = make_plan(kinds=KINDS, steps=STEPS)
    surveys = tuple(SurveyPlan(kind=kind, questionnaire="x") for kind in ("pulse", "final", "recheck"))
    return plan.model_copy(update={"surveys": surveys, **fields})


PLAN = a_plan()
WRITTEN = make_entry("result", POSTED, phase="improve", outcome="reached")


def steps_done(
    held: Sequence[HeldSurvey], entries: Sequence[LogEntry] = (), plan: Plan = PLAN
) -> dict[str, date | None]:
    [branch] = overview(plan, with_surveys(plan, entries, held), LATER, trust_today=True).branches
    return {step.step: step.done_on for phase in branch.phases for step in phase.steps}


def met(held: Sequence[HeldSurvey], entries: Sequence[LogEntry] = ()) -> dict[tuple[str, Obligation], date | None]:
    happened = with_surveys(PLAN, entries, held)
    standing = branch_standing(PLAN, PLAN.branches[0], happened, LATER, trust_today=True)
    cells = obligation_matrix(PLAN, standing, happened)
    return {(each.phase, each.obligation): each.met_on for each in cells if each.state is CellState.MET}


def missing(held: Sequence[HeldSurvey], entries: Sequence[LogEntry] = (), day: date = LATER) -> list[str]:
    happened = with_surveys(PLAN, entries, held)
    standing = branch_standing(PLAN, PLAN.branches[0], happened, day, trust_today=True)
    return [each.code for each in completion(PLAN, standing, happened, [], day).missing if each.place == "survey"]


def told(held: Sequence[HeldSurvey], *entries: LogEntry, plan: Plan = PLAN) -> list[str]:
    found = [*contradictions(plan, entries, held)]
    assert all(each.text(lang) for each in found for lang in Lang)
    return [each.code for each in found]


def test_a_counted_session_judges_its_phase_and_is_its_step() -> None:
    """Nobody has to write it into the log: the step is done on the day of the session, once that is counted."""
    assert steps_done([PULSE, FINAL]) == {"S9": PULSE.on, "I6": HELD, "I7": None}
    assert met([PULSE, FINAL]) == {("study", Obligation.JUDGE): PULSE.on, ("improve", Obligation.JUDGE): HELD}
    assert steps_done([replace(PULSE, counted=False)])["S9"] is None


def test_a_posted_result_informs_and_is_its_step() -> None:
    """On the day on which it was posted; a pulse survey's is no final result."""
    assert steps_done([PUBLIC])["I7"] == POSTED
    assert met([PUBLIC])["improve", Obligation.INFORM] == POSTED
    assert steps_done([replace(PULSE, posted_on=POSTED)])["I7"] is None


def test_a_result_is_public_when_its_session_is_posted() -> None:
    """M56 until then; on a day before it was posted it was not."""
    assert missing([FINAL]) == ["M56"]
    assert missing([PUBLIC]) == []
    assert missing([PUBLIC], day=POSTED - timedelta(1)) == ["M56"]


@pytest.mark.parametrize(("outcome", "code"), [(Outcome.BELOW, "M57"), (Outcome.UNDECIDED, "M170")])
def test_a_result_that_is_not_enough_needs_a_recheck(outcome: Outcome, code: str) -> None:
    """Below the threshold, or with too few forms; a recheck that was counted is one, whatever the log says."""
    posted, again = replace(PUBLIC, outcome=outcome), HeldSurvey("B01-261215-1", "B01", "recheck", date(2026, 12, 15))
    assert missing([posted]) == [code]
    assert missing([posted, again]) == [code]
    assert missing([posted, replace(again, counted=True)]) == []


def test_what_is_in_the_log_already_counts_once() -> None:
    """An entry of the session's day stands for it, and one that says what was posted for the posting."""
    entries = [make_entry("long", HELD, phase="improve", reference="shelf 3"), WRITTEN]
    assert [*with_surveys(PLAN, entries, [PUBLIC])] == entries


def test_a_survey_held_elsewhere_may_be_told_by_the_log_alone() -> None:
    """It counts, and M171 says that nothing here bears it out; also where a session here was held only later."""
    assert (missing([], [WRITTEN]), told([], WRITTEN)) == ([], ["M171"])
    afterwards = replace(PUBLIC, on=POSTED + timedelta(1), posted_on=POSTED + timedelta(2))
    assert told([afterwards], WRITTEN) == ["M171"]
    assert survey_facts(PLAN, with_surveys(PLAN, [WRITTEN], [afterwards])) == SurveyFacts(POSTED)


def test_the_log_cannot_make_public_what_is_not_posted() -> None:
    """M173: the session counts, the entry does not, nor does its step."""
    assert (missing([FINAL], [WRITTEN]), told([FINAL], WRITTEN)) == (["M56"], ["M173"])
    assert steps_done([FINAL], [WRITTEN])["I7"] is None


@pytest.mark.parametrize("changes", [{"outcome": "below"}, {"on": POSTED + timedelta(1)}])
def test_what_was_posted_holds_against_the_log(changes: dict[str, object]) -> None:
    """M172: another outcome, or another day."""
    entry = WRITTEN.model_copy(update=changes)
    assert (missing([PUBLIC], [entry]), told([PUBLIC], entry)) == ([], ["M172"])
    assert told([PUBLIC], WRITTEN) == []
    below = replace(PUBLIC, outcome=Outcome.BELOW)
    assert (missing([below], [WRITTEN]), told([below], WRITTEN)) == (["M57"], ["M172"])


def test_an_entry_that_names_no_outcome_leaves_it_to_the_session() -> None:
    """Where the plan's kind has none: the entry is right, and what was counted decides."""
    entry, below = WRITTEN.model_copy(update={"outcome": ""}), replace(PUBLIC, outcome=Outcome.BELOW)
    assert (missing([below], [entry]), told([below], entry)) == (["M57"], [])


def test_nothing_is_told_where_no_final_survey_is_planned() -> None:
    """Then the log is all there is."""
    assert told([], WRITTEN, plan=a_plan(surveys=())) == []


def test_sessions_are_no_entries_of_the_log() -> None:
    """They are not counted among them, and stay out of the list of what was recorded."""
    plan = PLAN
    happened = with_surveys(plan, [WRITTEN], [PULSE, PUBLIC])
    assert sum(isinstance(each, SurveyEntry) for each in happened) == 2
    standing = branch_standing(plan, plan.branches[0], happened, LATER, trust_today=True)
    assert standing.entries == 1
    found = branch_facts(plan, standing, [Logged(1, WRITTEN)], (), (), LATER, held=[PULSE, FINAL])
    assert [each.entry for each in found.entries] == [WRITTEN]
    assert [each.code for each in found.doubts] == ["M173"]
    assert {each.phase: each.state for each in found.cells if each.obligation is Obligation.JUDGE} == {
        "study": CellState.MET,
        "improve": CellState.MET,
    }


def test_a_plan_without_kinds_for_surveys_still_has_its_sessions() -> None:
    """The session then belongs to the phase of its day; another branch's is none of this one."""
    bare = a_plan(kinds=(make_kind("hearing", obligation="judge"),), steps=())
    [first, second] = with_surveys(bare, [], [PULSE, replace(FINAL, branch="B02")])
    assert isinstance(first, SurveyEntry)
    assert (first.phase, first.obligation) == ("study", Obligation.JUDGE)
    assert (second.branch, second.phase) == ("B02", "improve")
    early = [*with_surveys(bare, [], [replace(PULSE, on=START - timedelta(9))])]
    assert early[0].phase == "study"


def test_a_campaign_is_closed_when_every_result_is_posted() -> None:
    """M115 names the branches whose final survey's result is not public; a posted session makes it so."""
    plan = a_plan(branches=(make_branch("B01"), make_branch("B02")))
    plan = plan.model_copy(update={"campaign": plan.campaign.model_copy(update={"state": CampaignState.CLOSING})})
    why = Because("staff", "all is done", LATER)
    with pytest.raises(Refused) as caught:
        change_state(plan, Step.CLOSE, Facts(with_surveys(plan, [], [PUBLIC]), []), why)
    assert [(each.code, each.values["n"]) for each in caught.value.problems] == [("M115", 1)]
    both = [PUBLIC, replace(PUBLIC, branch="B02")]
    change_state(plan, Step.CLOSE, Facts(with_surveys(plan, [], both), []), why)


def test_the_final_survey_is_the_one_with_the_last_step_where_no_result_has_one() -> None:
    """A pulse survey is never taken for it."""
    kinds = (make_kind("short", "S9", obligation="judge"), make_kind("long", "I6", obligation="judge"))
    plan = a_plan(kinds=kinds, steps=STEPS[:2])
    assert steps_done([replace(PULSE, on=DUE + timedelta(3)), FINAL], plan=plan) == {
        "S9": DUE + timedelta(3),
        "I6": HELD,
    }
