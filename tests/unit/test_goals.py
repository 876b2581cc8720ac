"""The goals of a campaign: what was done for each, what is said of each, hidden where that is hidden (R27)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.errors import BadInput, Refused
from campaign.goals import deeds_by_branch, deeds_by_goal
from campaign.happened import SurveyEntry
from campaign.i18n import I18n
from campaign.kinds import Attribute
from campaign.language import Lang
from campaign.loading import parse_plan
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Plan
from campaign.samples import sample_plan
from exports.cells import NONE, Cell, Count, Hidden, Rate, Table
from exports.footing import require_footing
from exports.report import Records, Report, build_report
from exports.showing import headings, shown
from exports.tables.goals import by_goal
from surveys.counted import Counted
from surveys.figures import SessionResults, session_results
from surveys.goals import goal_figures
from surveys.published import Published
from surveys.publishing import published
from tests.attacker import Attacker
from tests.builders import make_entry, make_kind, november
from tests.plan_text import GOOD
from tests.small_surveys import DAY, GOALS, Form, counted, plan_of

SIXTY = Decimal(60)
MIXED: list[Form] = [("paper", "1", answer, answer) for answer in "AAAAAACCDD"]
ACTIVITY = make_kind("activity", counts=("reached",), attributes=("goal",))
TALKS = make_kind("talks", group_counts=("attended",), attributes=("goal",))


def with_kinds(plan: Plan) -> Plan:
    return plan.model_copy(update={"kinds": (*plan.kinds, ACTIVITY, TALKS)})


def activity(goal: str, reached: int, branch: str = "B0") -> LogEntry:
    chosen = {"goal": goal} if goal else {}
    return make_entry("activity", november(9), branch=branch, counts={"reached": reached}, attributes=chosen)


DONE = (
    activity("people", 30),
    activity("people", 12, "B1"),
    activity("", 5),
    make_entry("talks", november(9), groups={"staff": {"attended": 4}, "retired": {"attended": 3}}, branch="B0")
    .model_copy(update={"attributes": {"goal": "work"}}),
    make_entry("gate", november(9), outcome="approved", branch="B0"),
)  # fmt: skip


def goals_table(sessions: Sequence[Counted], entries: Sequence[LogEntry] = ()) -> Table | None:
    plan = plan_of(sessions)
    plan = with_kinds(plan) if entries else plan
    report = build_report(plan, published(plan, sessions), Records(overview(plan, [], DAY), entries), DAY)
    return report.table("T3-goals")


def row(table: Table | None, goal: str) -> list[Cell]:
    assert table is not None
    return [*next(each for each in table.rows if shown(each[0], Lang.EN) == goal)][2:]


def test_what_was_done_is_counted_by_goal_and_kind() -> None:
    """Entries and their counts, those of member groups added up; what names no goal stands by itself, the gate not."""
    plan = with_kinds(plan_of([counted("B0", 1, MIXED), counted("B1", 1, MIXED)]))
    found = {
        each.goal: [(deeds.kind, deeds.entries, dict(deeds.counts)) for deeds in each.deeds]
        for each in deeds_by_goal(plan, DONE)
    }
    assert found == {
        "people": [("activity", 2, {"reached": 42}), ("talks", 0, {"attended": 0})],
        "work": [("activity", 0, {"reached": 0}), ("talks", 1, {"attended": 7})],
        "": [("activity", 1, {"reached": 5}), ("talks", 0, {"attended": 0})],
    }
    by_branch = deeds_by_branch(plan, DONE)
    assert [each.deeds[0].entries for each in by_branch["B1"]] == [1, 0]
    assert by_branch[None] == deeds_by_goal(plan, DONE)


def test_a_goal_that_the_plan_does_not_know_any_more_is_none() -> None:
    """The entry is counted all the same, as one that names no goal."""
    plan = with_kinds(plan_of([counted("B0", 1, MIXED)]))
    assert [each.goal for each in deeds_by_goal(plan, [activity("gone", 1)])] == ["people", "work", ""]


def test_a_survey_is_no_deed() -> None:
    """What a session amounts to is made by the program: it names no goal, and is not counted as one that names none."""
    plan = with_kinds(plan_of([counted("B0", 1, MIXED)]))
    entry = activity("", 1)
    held = SurveyEntry.model_construct(**{**dict(entry), "survey": "pulse", "obligation": ACTIVITY.obligation})
    assert [each.goal for each in deeds_by_goal(plan, [held])] == ["people", "work"]


def test_a_campaign_without_goals_has_no_table() -> None:
    """The library names none: no row, no word of them."""
    plan = sample_plan("library").plan
    assert deeds_by_goal(plan, []) == ()
    assert goal_figures(plan, (), ()) == ()
    assert [*by_goal(plan, Published(()), [])] == []


def test_the_rate_of_a_goal_is_that_of_its_questions() -> None:
    """Six of ten are satisfied with what Q1 asks; nothing is asked about the other goal, and that is said."""
    table = goals_table([counted("B0", 1, MIXED)], DONE)
    done = [Count(2), Count(42), Count(0), Count(0)]
    people = row(table, "people")
    assert [shown(people[0], Lang.EN), *people[1:]] == ["Q1", Rate(Fraction(6, 10), SIXTY), *done]
    work = row(table, "work")
    assert [shown(work[0], Lang.EN), *work[1:]] == ["no question", NONE, Count(0), Count(0), Count(1), Count(7)]
    assert shown(work[0], Lang.ZH) == "没有这方面的题"
    assert table is not None
    assert [shown(each[1], Lang.ZH) for each in table.rows[2:]] == ["（未写明目标）", "合计"]
    assert [*table.rows[-1][4:]] == [Count(3), Count(47), Count(1), Count(7)]
    assert "final survey Satisfaction rate %" in headings(table, Lang.EN)


def test_a_goal_is_hidden_where_its_questions_are() -> None:
    """All alike, or too few forms: the reason stands there, as in the table by dimension, with what it means."""
    alike = goals_table([counted("B0", 1, [("paper", "1", "A", "C")] * 9)])
    few = goals_table([counted("B0", 1, MIXED[:4])])
    assert row(alike, "people")[1] == Hidden("alike")
    assert row(few, "people")[1] == Hidden("<5")
    assert few is not None
    assert "<5: fewer than 5 valid forms" in few.notes[-1].en


def test_before_the_first_count_the_table_says_what_was_done() -> None:
    """There are no columns of surveys yet."""
    plan = with_kinds(plan_of([counted("B0", 1, MIXED)]))
    report = build_report(plan, Published(()), Records(overview(plan, [], DAY), DONE), DAY)
    table = report.table("T3-goals")
    assert row(table, "people") == [Count(2), Count(42), Count(0), Count(0)]


def test_a_table_whose_goals_do_not_add_up_is_refused() -> None:
    """The last row is the sum of those above."""
    table = goals_table([counted("B0", 1, MIXED)], DONE)
    assert table is not None
    require_footing([table])
    wrong = replace(table, rows=table.rows[1:])
    with pytest.raises(Refused) as caught:
        require_footing([wrong])
    assert {problem.code for problem in caught.value.problems} == {"V61"}


def test_the_attacker_reads_the_table_of_goals() -> None:
    """A rate that was not hidden would be an equation among the others."""
    sessions = [counted("B0", 1, MIXED)]
    plan = plan_of(sessions)
    report = build_report(plan, published(plan, sessions), Records(overview(plan, [], DAY)), DAY)
    attacker = Attacker(sessions)
    table = report.table("T3-goals")
    assert table is not None
    only = Report(report.metadata, (table,))
    results = [_results(sessions[0], plan)]
    attacker.learn(only, results, published(plan, sessions).surveys[0])
    assert attacker.known[attacker.cell(["B0-261123-1"], "Q1", "A", {})] == 6


def _results(each: Counted, plan: Plan) -> SessionResults:
    return session_results(each.session, each.questionnaire, each.tally, plan.campaign)


def test_one_attribute_alone_holds_the_goals() -> None:
    """M107 names both; a plan with one is read."""
    goals = '\n[[attributes]]\nid = "{0}"\nname = "{0}"\ngoals = true\nchoices = [{{ id = "a", name = "a" }}]\n'
    loaded = parse_plan(GOOD + goals.format("goal"), "small.toml")
    assert [each.goals for each in loaded.plan.attributes][-1:] == [True]
    with pytest.raises(BadInput) as caught:
        parse_plan(GOOD + goals.format("goal") + goals.format("aim"), "small.toml")
    (problem,) = caught.value.problems
    assert problem.code == "M107"
    assert problem.place.endswith("(aim).goals")
    assert '"goal" already; "aim"' in problem.text(Lang.EN)


def test_attributes_hold_no_goals_unless_the_plan_says_so() -> None:
    """An attribute that happens to be called goal is one like any other."""
    assert not Attribute(id="goal", name=I18n(en="Goal"), choices=GOALS.choices).goals
