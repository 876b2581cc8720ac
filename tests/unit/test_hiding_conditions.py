"""Questions that are asked only of some: what is hidden of them, and because of them."""

from collections.abc import Sequence

from campaign.language import Lang
from surveys.counted import Counted
from surveys.publishing import published
from surveys.questionnaire import Question
from surveys.response import Response, Validity
from surveys.tally import tally
from tests.small_surveys import FORM, SCALE, counted, plan_of, question

OF_TWO = question("Q3", "service", SCALE).model_copy(update={"relevant": ("${A0} = '2'",)})
OF_ONE = question("Q4", "service", SCALE).model_copy(update={"relevant": ("${A0} = '1'",)})
IF_ASKED = question("Q5", "service", SCALE).model_copy(update={"relevant": ("${Q4} = 'A'",)})
OF_ALL = question("Q6", "service", SCALE).model_copy(update={"relevant": ("${Q1} = 'A'",)})

Given = dict[str, str]


def form(group: str, answer: str, **more: str) -> Given:
    return {"A0": group, "Q1": answer, "Q2": answer, **more}


def marks(forms: Sequence[Given], *more: Question) -> dict[str, str | None]:
    """Why each question is hidden in a session with these forms; None: it is not."""
    asked = FORM.model_copy(update={"questions": (*FORM.questions, *more)})
    given = [Response(channel="paper", lang=Lang.EN, answers=dict(each), validity=Validity.COMPLETE) for each in forms]
    session = counted("B0", 1, [("paper", "1", "A", "A")] * len(forms)).session
    town = [Counted(session, asked, tally(asked, given))]
    (survey,) = published(plan_of(town), town).surveys
    return {each.question.name: each.hidden for each in survey.sessions[0].figures.questions}


def test_those_who_were_asked_are_alike_however_many_forms_the_session_has() -> None:
    """Five of nineteen were asked, and all five are dissatisfied: everybody who was asked is known to be."""
    forms = [form("1", "A")] * 12 + [form("1", "C")] * 2 + [form("2", "A", Q3="C")] * 5
    assert marks(forms, OF_TWO)["Q3"] == "alike"
    assert marks([*forms, form("2", "A", Q3="A")], OF_TWO)["Q3"] != "alike"


def test_of_ten_who_were_asked_and_answered_alike_it_is_shown() -> None:
    """As of a session with ten forms."""
    forms = [form("1", "A", Q6="C")] * 9 + [form("1", "C")] * 3
    assert marks(forms, OF_ALL)["Q6"] == "alike"
    assert marks([*forms, form("1", "A", Q6="C")], OF_ALL)["Q6"] is None


def test_too_few_who_were_asked_are_hidden_as_few() -> None:
    """Four answered: that says <5, though they were alike too."""
    assert marks([form("1", "A", Q6="C")] * 4 + [form("1", "C")] * 9, OF_ALL)["Q6"] == "<5"


def test_where_groups_are_hidden_no_question_tells_how_many_were_asked_because_of_theirs() -> None:
    """Seven of group 1 and six of group 2 have questions of their own: the rest of 14 forms is group 3, one form."""
    forms = [form("1", "A", Q4="A", Q5="A")] * 5 + [form("1", "C", Q4="C")] * 2
    forms += [form("2", "A", Q3="C")] * 3 + [form("2", "A", Q3="A")] * 3 + [form("3", "C")]
    hidden = marks(forms, OF_TWO, OF_ONE, IF_ASKED)
    assert {name: hidden[name] for name in ("A0", "Q3", "Q4", "Q5")} == {
        "A0": "groups", "Q3": "groups", "Q4": "groups", "Q5": "alike",
    }  # fmt: skip
    assert hidden["Q1"] is None
    mixed = [form(group, "AC"[n % 2], **{f"Q{5 - int(group)}": "AC"[n % 2]}) for group in "12" for n in range(12)]
    assert set(marks(mixed, OF_TWO, OF_ONE).values()) == {None}


def test_what_follows_from_a_hidden_question_is_hidden_too() -> None:
    """Asked if a question was answered that is asked of one group: how many were is a number of that group."""
    forms = [form("1", "A", Q4="A", Q5="AC"[n % 2]) for n in range(12)] + [form("1", "C", Q4="C")] * 2
    forms += [form("3", "C")]
    assert marks(forms, OF_ONE, IF_ASKED)["Q5"] == "groups"
