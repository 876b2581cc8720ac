"""Tallies, suppression and the results that may be seen."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.language import Lang
from campaign.plan import Campaign
from surveys.answers import checked_answers
from surveys.figures import QuestionResults, SessionResults, session_results
from surveys.opinions import opinions_in, told_by_texts, without_texts
from surveys.rates import Remedial
from surveys.response import Response, Validity
from surveys.session import SessionState, SurveySession
from surveys.tally import tally
from tests.builders import make_plan
from tests.survey_forms import SMALL, compiled, survey

FORM = compiled(SMALL)
SESSION = SurveySession(
    id="B01-261123-1", branch="B01", kind="final", questionnaire="small", on=date(2026, 11, 23),
    state=SessionState.VERIFIED, pin_hash="", response_key="",
)  # fmt: skip


def campaign(**fields: object) -> Campaign:
    return make_plan().campaign.model_copy(update=fields)


def response(**answers: object) -> Response:
    checked = checked_answers(FORM, {"Q2": "A", **answers})
    return Response(lang=Lang.ZH, answers=checked.answers, validity=checked.validity)


def overall(*choices: str, **others: object) -> list[Response]:
    """A response for each choice of the overall question."""
    return [response(Q2=choice, **others) for choice in choices]


def results(responses: list[Response], **fields: object) -> SessionResults:
    return session_results(SESSION, FORM, tally(FORM, responses), campaign(**fields))


def question(seen: SessionResults, name: str) -> QuestionResults:
    return next(each for each in seen.questions if each.name == name)


def test_a_tally_counts_valid_forms_only() -> None:
    """Counts and blanks of a scale question add up to the valid forms; a void form counts nowhere else."""
    void = Response(lang=Lang.ZH, answers={"Q1": "C"}, validity=Validity.VOID)
    counted = tally(FORM, [*overall("A", "A", "C"), response(Q1="B", Q2="D"), void])
    assert (counted.submitted, counted.complete, counted.partial, counted.void, counted.valid) == (5, 1, 3, 1, 4)
    assert {each.name: (each.counts, each.blank) for each in counted.questions} == {
        "Q1": ({"A": 0, "B": 1, "C": 0, "D": 0}, 3),
        "Q2": ({"A": 2, "B": 0, "C": 1, "D": 1}, 0),
        "Q3": ({"1": 0, "2": 0, "3": 0, "9": 0}, 4),
        "Q4": ({}, 4),
    }


def test_several_choices_of_one_form_count_each() -> None:
    """A multiple choice adds one to every code chosen, an integer is answered or blank."""
    counted = tally(FORM, [response(Q2="C", Q3=["1", "3"], Q4=7), response(Q2="C", Q3=["1"])])
    by_name = {each.name: each for each in counted.questions}
    assert by_name["Q3"].counts == {"1": 2, "2": 0, "3": 1, "9": 0}
    assert (by_name["Q3"].blank, by_name["Q4"].blank) == (0, 1)


def test_figures_of_one_session() -> None:
    """Rates, shares and index of the overall question, over all valid forms."""
    seen = results(overall(*"AAAAAABBCD"))
    figures = question(seen, "Q2")
    assert (seen.submitted, seen.valid, seen.void, seen.suppressed, seen.remedial) == (10, 10, 0, None, Remedial.NO)
    assert figures.counts == {"A": 6, "B": 2, "C": 1, "D": 1}
    assert [str(each) for each in (figures.positive_rate, figures.expressed_rate, figures.negative_share)] == [
        "80.0", "88.9", "10.0",
    ]  # fmt: skip
    assert [str(each) for each in (figures.no_opinion_share, figures.blank_share, figures.index)] == [
        "10.0", "0.0", "80.0",
    ]  # fmt: skip
    several = question(seen, "Q3")
    assert (several.positive_rate, several.counts, several.suppressed) == (None, None, "<5")


def test_json_of_the_results() -> None:
    """Rates are numbers, labels are in both languages, and nothing beyond the figures is there."""
    seen = json.loads(results(overall(*"AAAAAABBCD")).model_dump_json())
    assert list(seen) == [
        "session", "branch", "kind", "on", "state", "submitted", "valid", "void", "return_rate", "suppressed",
        "remedial", "questions",
    ]  # fmt: skip
    first = seen["questions"][1]
    assert (first["positive_rate"], first["label"]) == (80.0, {"zh": "总的", "en": "Overall"})
    assert (first["type"], first["overall"], first["choices"]["A"]["en"]) == ("select_one", True, "Satisfied")


FIGURES = ("counts", "blank", "blank_share", "positive_rate", "expressed_rate", "negative_share", "no_opinion_share",
           "index")  # fmt: skip


def test_too_few_forms_hide_everything() -> None:
    """With four valid forms there is no figure at all, not even how many forms there were."""
    void = Response(lang=Lang.ZH, answers={}, validity=Validity.VOID)
    seen = results([*overall(*"AABC"), void])
    assert (seen.suppressed, seen.remedial) == ("<5", Remedial.UNDECIDED)
    assert (seen.submitted, seen.valid, seen.void) == (None, None, None)
    for each in seen.questions:
        assert each.suppressed == "<5"
        assert {getattr(each, name) for name in FIGURES} == {None}


def test_the_campaign_says_how_few_are_too_few() -> None:
    """The mark shows the campaign's own k."""
    assert results(overall(*"AABCAB"), publish_min_forms=7).suppressed == "<7"
    assert results(overall(*"AABCABC"), publish_min_forms=7).suppressed is None


@pytest.mark.parametrize(
    "choices", ["AAAAAAAA", "AABBAABB", "CCCCC", "CCCCDDDDD", "DDDDDDDDD", "AAAAAAD", "AAAAD", "ABDDDDDDD", "CDDDD"]
)
def test_all_alike_in_a_small_group_is_hidden(choices: str) -> None:
    """0 % or 100 % among fewer than ten forms would tell what each person said; the decision would too.

    Also 100 % of those who said anything: six satisfied and one who does not know are six who are known.
    """
    seen = results(overall(*choices))
    figures = question(seen, "Q2")
    assert (figures.suppressed, seen.remedial, seen.valid) == ("alike", None, len(choices))
    assert {getattr(figures, name) for name in FIGURES} == {None}


@pytest.mark.parametrize("choices", ["AAAAAAAAAA", "AAAAAAAAAD", "AAAAAAAAC", "AAAAC", "CCCCB", "ABACBDAB"])
def test_what_is_not_alike_or_not_small_is_shown(choices: str) -> None:
    """Ten forms may agree; among fewer, one that differs is enough, and nobody without an opinion is none too many."""
    assert question(results(overall(*choices)), "Q2").suppressed is None


WISHES = compiled(
    survey("select_one wishes | Q1 | One", "select_multiple wishes | Q2 | Several", "integer | Q3 | How many")
)


def wishes(name: str, answers: list[object]) -> QuestionResults:
    """The figures of a question without a scale, when these were the answers (None: blank)."""
    given = [{} if answer is None else {name: answer} for answer in answers]
    kept = [
        Response(lang=Lang.ZH, answers=checked_answers(WISHES, {"overall": overall, **each}).answers,
                 validity=Validity.COMPLETE)
        for each, overall in zip(given, "ACABCABDAB", strict=False)
    ]  # fmt: skip
    seen = session_results(SESSION, WISHES, tally(WISHES, kept), campaign())
    assert question(seen, "overall").suppressed is None
    return question(seen, name)


@pytest.mark.parametrize(
    ("name", "answers", "hidden"),
    [
        ("Q1", ["1"] * 7, True),
        ("Q1", ["1"] * 6 + [None], True),
        ("Q1", [None] * 6 + ["2"], True),
        ("Q1", [None] * 7, True),
        ("Q1", ["1"] * 6 + ["2"], False),
        ("Q1", ["1"] * 10, False),
        ("Q2", [["1"], ["1", "2"], ["1", "3"], ["1"], ["1"]], True),
        ("Q2", [["1"], ["1", "2"], ["1", "3"], ["1"], None], True),
        ("Q2", [["1"], ["1", "2"], ["3"], ["1"], ["1"]], False),
        ("Q2", [["1"]] * 9 + [["1", "2"]], False),
        ("Q3", [1, 2, 3, 4, 5], False),
        ("Q3", [1, 2, 3, 4, None], False),
        ("Q3", [None] * 5, True),
    ],
)
def test_choices_without_a_scale_are_hidden_where_all_who_answered_chose_the_same(
    name: str, answers: list[object], hidden: bool
) -> None:
    """A choice that all made tells of each; a choice that nobody made is one of many and tells little."""
    figures = wishes(name, answers)
    assert (figures.suppressed == "alike", figures.counts is None, figures.blank is None) == (hidden, hidden, hidden)


@given(st.lists(st.sampled_from(["A", "B", "C", "D", None]), min_size=5, max_size=14))
@settings(deadline=None)
def test_below_ten_no_satisfaction_rate_is_none_or_all(choices: list[str | None]) -> None:
    """Of the valid forms and of those who said yes or no, neither nobody nor everybody is shown as positive."""
    kept = [
        Response(lang=Lang.ZH, answers={"Q1": choice} if choice else {}, validity=Validity.COMPLETE)
        for choice in choices
    ]
    figures = question(results(kept), "Q1")
    if len(choices) < 10:
        assert not {figures.positive_rate, figures.expressed_rate, figures.negative_share} & {0, 100}
        said = {choice for choice in choices if choice in {"A", "B"}}, {choice for choice in choices if choice == "C"}
        assert (figures.suppressed is None) == all(said)
    else:
        assert figures.suppressed is None


@pytest.mark.parametrize(("unhappy", "mark"), [(1, "<5"), (4, "<5"), (5, None)])
def test_what_few_were_asked_is_hidden_though_many_answered_the_rest(unhappy: int, mark: str | None) -> None:
    """Of twenty forms, what only the four dissatisfied were asked is a figure of four people."""
    asked = [response(Q2="C", Q3=["1"] if number else ["2"]) for number in range(unhappy)]
    seen = question(results([*overall(*"AAAAABBBBBDDDDDD"), *asked]), "Q3")
    assert seen.suppressed == mark
    assert (seen.counts is None) == (mark is not None)


def test_what_depends_on_a_hidden_question_is_hidden() -> None:
    """Who was asked the question for the dissatisfied would tell who is dissatisfied."""
    seen = results([response(Q2="C", Q3=["1"]), *overall(*"CCCC", Q3=["2"])])
    assert question(seen, "Q2").suppressed == "alike"
    assert question(seen, "Q3").suppressed == "alike"


@given(st.lists(st.sampled_from("ABCD"), max_size=14))
@settings(deadline=None)
def test_no_hidden_figure_is_anywhere(choices: list[str]) -> None:
    """Either a question shows all its figures, which add up, or none."""
    seen = results(overall(*choices))
    figures = question(seen, "Q2")
    if seen.suppressed or figures.suppressed:
        assert {getattr(figures, name) for name in FIGURES} == {None}
    else:
        assert figures.counts is not None
        assert sum(figures.counts.values()) + (figures.blank or 0) == seen.valid == len(choices) >= 5
    if len(choices) < 5:
        assert {seen.submitted, seen.valid, seen.void} == {None}


def test_texts_leave_the_responses_without_a_trace() -> None:
    """The text and the question that was asked because of it are gone; the rest stays."""
    assert told_by_texts(FORM) == {"Q5", "wants_answer"}
    whole = response(Q1="A", Q5="修路", wants_answer="yes")
    assert without_texts(whole, FORM).answers == {"Q1": "A", "Q2": "A"}
    (opinion,) = opinions_in(whole, FORM, SESSION)
    assert (opinion.text, opinion.wants_answer, opinion.question) == ("修路", True, "Q5")
    assert opinions_in(response(Q1="A"), FORM, SESSION) == []


def test_what_asks_for_an_answer_is_named_in_one_place() -> None:
    """The question wants_answer with the choice yes; a form may do without it."""
    assert FORM.answer_request == FORM.question("wants_answer")
    assert FORM.requests_answer({"wants_answer": "yes"})
    assert not FORM.requests_answer({"wants_answer": "no"})
    assert not FORM.requests_answer({"Q5": "yes"})
    assert WISHES.answer_request is None


def test_whatever_is_asked_because_of_a_text_leaves_with_it() -> None:
    """Also at second hand: a question about a question about a text."""
    form = compiled(
        survey(
            "text | Q1 | One", "select_one yes_no | Q2 | Two | ${Q1} != ''", "integer | Q3 | Three | ${Q2} = 'yes'",
            "integer | Q4 | Four", header="type | name | label | relevant",
        )
    )  # fmt: skip
    assert told_by_texts(form) == {"Q1", "Q2", "Q3"}
    assert [each.name for each in tally(form, []).questions] == ["overall", "Q4"]
