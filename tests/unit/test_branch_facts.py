"""What is known of one branch, on the shipped town."""

from datetime import timedelta

from campaign.branch_facts import BranchFacts, branch_facts, titled_entries
from campaign.completion import completion
from campaign.log import LogEntry, Logged
from campaign.obligations import obligation_matrix
from campaign.overview import overview
from campaign.samples import sample_cases, sample_log, sample_plan
from tests.staff_fakes import DAY

PLAN = sample_plan("town").plan
LOG = sample_log("town")
CASES = sample_cases("town")


def facts(code: str, *more: LogEntry) -> BranchFacts:
    """The facts of a branch, with more in the log of the town."""
    log = [*LOG, *more]
    standing = next(each for each in overview(PLAN, log, DAY, trust_today=True).branches if each.code == code)
    logged = [Logged(at, entry) for at, entry in enumerate(log, 1) if entry.branch == code]
    cases = [case for case in CASES if case.branch == code]
    return branch_facts(PLAN, standing, logged, titled_entries(PLAN, log), cases, DAY)


def test_the_page_agrees_with_the_rules() -> None:
    """Matrix and completion are those that the rules give for the whole campaign's log and cases."""
    for standing in overview(PLAN, LOG, DAY, trust_today=True).branches:
        found = facts(standing.code)
        assert found.cells == obligation_matrix(PLAN, standing, LOG)
        assert found.completion == completion(PLAN, standing, LOG, CASES, DAY)
        assert {each.entry.branch for each in found.entries} == {standing.code}


def test_the_worst_open_case_comes_first() -> None:
    """B06 has two overdue ones, the longer one first, and one that is not due yet."""
    assert [each.case.no for each in facts("B06").cases if each.open] == ["R-B06-001", "7316052948", "R-B06-002"]


def test_a_title_is_compared_with_those_of_all_branches() -> None:
    """F9 stands on the pages of both branches that gave it, and on no other's."""
    taken = next(entry for entry in titled_entries(PLAN, LOG) if entry.branch == "B01")
    copy = taken.model_copy(update={"branch": "B04"})
    for code in ("B01", "B04"):
        assert "F9" in {hint.code for hint in facts(code, copy).hints}
    assert "F9" not in {hint.code for hint in facts("B05", copy).hints}


def test_what_happens_tomorrow_is_not_known_yet() -> None:
    """An entry of a later day is in the log and counts for nothing."""
    later = LogEntry(
        kind="study_session",
        branch="B06",
        phase="improve",
        on=DAY + timedelta(days=1),
        groups={"on_post": {"expected": 4, "attended": 4}},
        hours=2,
        recorded_on=DAY,
    )
    assert facts("B06", later).attendance == facts("B06").attendance
    assert facts("B06", later).entries[-1].entry == later
