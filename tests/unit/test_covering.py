"""What every branch is to choose in its entries: topics that all are to study."""

from datetime import date

from campaign.branch_facts import branch_facts
from campaign.branch_report import branch_detail
from campaign.covering import covered
from campaign.errors import Problem
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import LogEntry, Logged
from campaign.overview import overview
from campaign.plan import Attribute, AttributeChoice
from manyi.cli.branch_tables import detail_lines
from tests.builders import make_branch, make_entry, make_kind, make_plan
from tui.staff.branch_pages import owed_lines
from tui.staff.entry_draft import new_draft

DAY = date(2026, 11, 23)
TOPIC = Attribute(
    id="topic",
    name=I18n(en="Topic", zh="专题"),
    choices=(
        AttributeChoice(id="history", name=I18n(en="history", zh="历史"), required=True),
        AttributeChoice(id="duty", name=I18n(en="duty", zh="职责"), required=True),
        AttributeChoice(id="other", name=I18n(en="other", zh="其他")),
    ),
)
PLAN = make_plan(
    kinds=(make_kind("study", attributes=("topic",)),), branches=[make_branch("B01"), make_branch("B02")]
).model_copy(update={"attributes": (TOPIC,)})


def studied(*topics: str) -> list[LogEntry]:
    """Sessions of B01 with these topics."""
    return [make_entry("study", DAY).model_copy(update={"attributes": {"topic": each}}) for each in topics]


def test_a_topic_is_covered_once_it_was_studied() -> None:
    """However often; one that is not required counts for nothing, nor does a session without a topic."""
    (found,) = covered(PLAN, [*studied("duty", "duty", "other"), make_entry("study", DAY)])
    assert ([each.id for each in found.chosen], [each.id for each in found.missing]) == (["duty"], ["history"])
    (none,) = covered(PLAN, [])
    assert ([each.id for each in none.chosen], len(none.missing)) == ([], 2)


def test_a_campaign_that_requires_nothing_has_nothing_to_cover() -> None:
    """Choices stay choices."""
    free = TOPIC.model_copy(update={"choices": TOPIC.choices[2:]})
    assert covered(PLAN.model_copy(update={"attributes": (free,)}), studied("other")) == ()


def test_the_page_and_the_command_tell_the_same_of_a_branch() -> None:
    """How many of the required topics, and which are still to come; entries of other days to come don't count yet."""
    log = studied("duty")
    standing = overview(PLAN, log, DAY, trust_today=True).branches[0]
    facts = branch_facts(PLAN, standing, [Logged(1, log[0])], (), (), DAY)
    said = "Topic: 1 of 2; still to come: history"
    assert any(said in "".join(span.text for span in line) for line in owed_lines(PLAN, facts, Lang.EN, 80))
    detail = branch_detail(PLAN, standing, log, (), DAY, lambda each: Problem.message(each, Lang.EN))
    assert detail.covered[0].missing == ("history",)
    assert said in list(detail_lines(PLAN, detail, Lang.EN))
    assert "专题：共2项，已有1项；尚缺：历史" in list(detail_lines(PLAN, detail, Lang.ZH))


def test_no_required_topic_is_chosen_by_itself() -> None:
    """Whoever records a session says which topic it had: a usual one would be counted without being meant."""
    kind = PLAN.kind("study")
    assert kind is not None
    assert new_draft(PLAN, kind, PLAN.branches[0]).attributes == {"topic": ""}
