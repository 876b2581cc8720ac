"""Two sittings of a branch, and two kinds of parts of one: what their tables tell when they are put together."""

import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.overview import overview
from campaign.plan import CampaignState
from exports.report import Records, build_report
from surveys.batches import batched
from surveys.counted import Counted
from surveys.published import PartFigures
from surveys.publishing import published
from surveys.questionnaire import Choice, QuestionType
from surveys.response import Response, Validity
from surveys.tallies import By
from surveys.tally import tally
from tests.attacked import posted, told
from tests.small_surveys import DAY, FORM, Form, counted, plan_of, question


def of(channel: str, group: str, answers: str) -> list[Form]:
    """Forms that give both questions the same answer, one for each letter."""
    return [(channel, group, answer, answer) for answer in answers]


def by(sessions: list[Counted], what: By) -> PartFigures:
    (survey,) = published(plan_of(sessions), sessions).surveys
    return survey.by(what)


SEVERAL = question("Q3", "", tuple(Choice(code=code, label=I18n(en=code)) for code in "12")).model_copy(
    update={"type": QuestionType.SELECT_MULTIPLE}
)
MIXED = [form for channel in ("paper", "kiosk") for group in "12" for form in of(channel, group, "ACDA" * 3)]
GROUP_OF_FOUR = [
    counted("B0", 1, of("paper", "1", "AAAAAAAAADDD") + of("paper", "2", "CCAAAAAA")),
    counted("B0", 2, of("paper", "1", "AA") + of("paper", "2", "CCCA")),
]
THREE_AT_A_KIOSK = [
    counted("B0", 1, of("paper", "1", "A" * 9) + of("paper", "2", "DDD") + of("kiosk", "2", "AAAC")),
    counted("B0", 2, of("paper", "1", "A" * 5) + of("kiosk", "2", "CCC")),
]


@pytest.mark.parametrize("town", [GROUP_OF_FOUR, THREE_AT_A_KIOSK], ids=["group", "kiosk"])
def test_of_two_sittings_the_parts_of_the_branch_tell_nothing_of_one(town: list[Counted]) -> None:
    """All dissatisfied are of one group, or none is on paper: then the branch's parts would tell each sitting's."""
    assert told([town]) is None
    assert told(posted(town, plan_of(town).campaign)) is None


def test_parts_of_a_branch_are_shown_if_those_of_each_sitting_may_be() -> None:
    """Two sittings with parts that are large enough and differ enough: the table adds them up."""
    twelve = of("paper", "1", "AACADA") + of("kiosk", "2", "CAACDA")
    town = [counted("B0", number, twelve) for number in (1, 2)]
    (branch,) = by(town, By.GROUP).branches
    assert [(each.part, each.valid, len(each.sessions)) for each in branch if each.valid] == [
        ("1", 12, 2),
        ("2", 12, 2),
    ]


def test_a_sitting_that_is_in_no_batch_yet_is_in_no_equation() -> None:
    """A branch's table by part may be of one of its two sittings; the attacker knows of which."""
    second = counted(
        "B0", 2, [("paper", "1", "A", "C")] * 4 + [("paper", "1", "C", "A")] * 4 + [("paper", "2", "C", "C")]
    )
    large = of("paper", "1", "ACDAACDA") + of("paper", "2", "ACDAACDA") + of("kiosk", "3", "ACDAACDA")
    states = posted([counted("B0", 1, large), second], plan_of([second]).campaign)
    assert [bool(each.batches) for each in states[-1]] == [True, False]
    assert told(states) is None


def test_tables_by_group_and_by_channel_do_not_tell_what_a_group_answered_on_paper() -> None:
    """Four of group 2 are dissatisfied, and nobody at the kiosk: where both tables stand, all four answered on paper.

    So it is shown by group alone, and by channel only where the dissatisfied are on both.
    """
    content = of("kiosk", "1", "A" * 6) + of("kiosk", "2", "A" * 8) + of("paper", "1", "A" * 5)
    town = [counted("B0", 1, content + of("paper", "2", "CCCCA"))]
    assert by(town, By.GROUP).town
    assert by(town, By.CHANNEL).town == ()
    assert by(town, By.CHANNEL).left_out == ("B0",)
    assert told([town]) is None
    on_both = [counted("B0", 1, MIXED)]
    assert by(on_both, By.GROUP).town
    assert by(on_both, By.CHANNEL).town
    assert told([on_both]) is None


def test_channels_of_many_added_up_do_not_tell_what_their_groups_answered_on_paper() -> None:
    """No sitting's tell, but all together: everybody without an opinion is on paper, so three of group 2 are."""
    forms = [form for group in "12" for form in of("paper", group, "ACACACD") + of("kiosk", group, "ACACAC")]
    town = [counted(branch, 1, forms + of("paper", "3", "AC")) for branch in ("B0", "B1", "B2")]
    assert [each.valid for each in by(town, By.GROUP).town if each.valid] == [39, 39, 6]
    assert by(town, By.CHANNEL).left_out == ("B0", "B1", "B2")
    assert told([town]) is None
    on_both = [counted(branch, 1, forms + of("kiosk", "3", "ACD")) for branch in ("B0", "B1", "B2")]
    assert [each.valid for each in by(on_both, By.CHANNEL).town] == [45, 42]


def test_no_table_has_a_question_of_several_choices_by_part() -> None:
    """So what is shown by channel is not looked at for them."""
    asked = FORM.model_copy(update={"questions": (*FORM.questions, SEVERAL)})
    given = [
        Response(
            channel="paper", lang=Lang.EN, answers={**each, "Q1": each["Q2"], "Q3": ["1"]}, validity=Validity.COMPLETE
        )
        for each in ({"A0": group, "Q2": answer} for group in "12" for answer in "ACDA" * 3)
    ]
    town = [Counted(counted("B0", 1, MIXED[:24]).session, asked, tally(asked, given))]
    plan = plan_of(town)
    report = build_report(plan, published(plan, town), Records(overview(plan, [], DAY)), DAY)
    tables = [table for table in report.tables if table.name.endswith(("-group", "-channel"))]
    said = {row[table.place("question")] for table in tables for row in table.rows}
    assert said == {I18n(zh=name, en=name) for name in ("Q1", "Q2")}


def test_a_batch_comes_once_it_may_be_shown_by_group_and_by_channel() -> None:
    """Both tables grow together, or what the later one shows could not be kept from the earlier one."""
    first, late = counted("B0", 1, MIXED), counted("B1", 1, MIXED + of("kiosk", "3", "CCC"))
    plan = plan_of([first, late])
    last = posted([first, late], plan.campaign)[-1]
    assert [each.batches for each in last] == [dict.fromkeys(By, 1), {}]
    closing = plan.campaign.model_copy(update={"state": CampaignState.CLOSING})
    (came,) = batched(last, closing, [each.session for each in last])
    assert (came.session.branch, came.batches) == ("B1", dict.fromkeys(By, 2))
