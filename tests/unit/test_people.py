from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from campaign.overview import overview
from campaign.people import attendance, reach, working_share
from campaign.reaching import Reach
from tests.builders import START, make_branch, make_entry, make_kind, make_plan, make_step

MEETING = make_kind("meeting", group_counts=("expected", "attended", "made_up", "excused"), hours=True)
SENT = make_kind("sent", "S1", group_counts=("reached", "unreachable"))
STEP = make_step(kind="coverage", count="reached", unreachable="unreachable", groups=["frail", "retired"])
BRANCHES = (
    make_branch("B01", members={"staff": 5, "frail": 4}),
    make_branch("B02", members={"staff": 3, "frail": 2}, condition="weak"),
    make_branch("B03", members={"staff": 6}, condition="rebuilding"),
)
PLAN = make_plan(kinds=[MEETING, SENT], steps=[STEP], branches=BRANCHES)


def test_attendance_adds_up_by_group() -> None:
    """Rate, participation and hours of each member, exact, over the branches and the entries that record attendance."""
    entries = [
        make_entry("meeting", START, hours="2.5", groups={"staff": {"expected": 5, "attended": 3, "made_up": 1}}),
        make_entry("meeting", START, hours=2, groups={"staff": {"expected": 5, "attended": 4, "excused": 1}}),
        make_entry("meeting", START, hours=9, branch="B03", groups={"staff": {"expected": 6, "attended": 6}}),
        make_entry("sent", START, groups={"staff": {"reached": 2}}),
    ]
    staff, retired, frail = attendance(PLAN, BRANCHES[:2], entries)
    assert (staff.members, staff.expected, staff.attended, staff.made_up, staff.excused) == (8, 10, 7, 1, 1)
    assert (staff.rate, staff.participation) == (Fraction(7, 10), Fraction(8, 10))
    assert (staff.person_hours, staff.hours_each) == (Decimal(18), Fraction(18, 8))
    assert (retired.rate, retired.participation, retired.hours_each) == (None, None, None)
    assert [frail.rate, frail.hours_each] == [None, Fraction(0)]


def test_study_brought_home_is_attendance_for_those_who_are_visited_at_home() -> None:
    """Who was reached took part, who could not be was expected; for other groups it is reach alone."""
    groups = tuple(group.model_copy(update={"at_home": group.id == "frail"}) for group in PLAN.member_groups)
    plan = PLAN.model_copy(update={"member_groups": groups})
    entries = [
        make_entry("sent", START, groups={"frail": {"reached": 3, "unreachable": 1}, "staff": {"reached": 2}}),
        make_entry("meeting", START, hours=2, groups={"frail": {"expected": 2, "attended": 1}}),
    ]
    staff, _, frail = attendance(plan, BRANCHES[:1], entries)
    assert (frail.expected, frail.attended, frail.rate, frail.hours_each) == (6, 4, Fraction(4, 6), Fraction(2, 4))
    assert (staff.expected, staff.rate) == (0, None)
    assert attendance(PLAN, BRANCHES[:1], entries)[2].expected == 2


def test_who_is_hard_to_reach_is_reached_away_or_not_tried() -> None:
    """Three numbers that make up the members of a branch, however often people were reached."""
    entries = [
        make_entry("sent", START, groups={"frail": {"reached": 3, "unreachable": 3}}),
        make_entry("sent", START, branch="B02", groups={"frail": {"unreachable": 1}}),
        make_entry("sent", START, branch="B03", groups={"frail": {"reached": 5}}),
    ]
    assert reach(PLAN, BRANCHES, entries) == (
        Reach("frail", members=6, reached=3, unreachable=2),
        Reach("retired", members=0, reached=0, unreachable=0),
    )
    frail, retired = reach(PLAN, BRANCHES, entries)
    assert (frail.untried, frail.share, retired.share) == (1, Fraction(1, 2), None)


def test_a_weak_branch_works_and_one_that_is_rebuilt_does_not_yet() -> None:
    """Members in branches that work, of all; nothing without members."""
    assert working_share(PLAN) == Fraction(14, 20)
    assert working_share(make_plan(branches=[])) is None


def test_the_overview_says_how_many_were_not_reached() -> None:
    """The three numbers of every branch and of all, as of the day, without those that take no part."""
    entries = [
        make_entry("sent", START, groups={"frail": {"reached": 3}}),
        make_entry("sent", START + timedelta(3), branch="B02", groups={"frail": {"unreachable": 1}}),
    ]
    seen = overview(PLAN, entries, START, trust_today=True)
    assert [branch.reach for branch in seen.branches] == [Reach("", 4, 3, 0), Reach("", 2, 0, 0), Reach("", 0, 0, 0)]
    assert (seen.reach, seen.reach.missed, seen.reach.untried) == (Reach("", 6, 3, 0), 3, 3)
    assert overview(PLAN, entries, START + timedelta(3)).reach == Reach("", 6, 3, 1)
