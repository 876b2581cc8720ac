"""A person's run through a questionnaire."""

from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from campaign.errors import BadInput, Refused
from campaign.language import Lang
from surveys.answers import checked_answers
from surveys.entry import clean_text
from surveys.questionnaire import QuestionType
from surveys.response import Validity
from surveys.run import Stage, SurveyRun
from tests.survey_forms import SMALL, compiled, survey

FORM = compiled(SMALL)


@pytest.fixture
def run() -> SurveyRun:
    return SurveyRun(FORM, Lang.ZH)


def name(run: SurveyRun) -> str | None:
    """What is on screen."""
    return run.current.name if run.current else None


def go(run: SurveyRun, to: str) -> None:
    """Go forward to a question."""
    while name(run) != to:
        assert run.forward() is None


def in_review(run: SurveyRun, overall: str = "A") -> SurveyRun:
    """Answer the required question only, and go to the review."""
    go(run, "Q2")
    run.toggle(overall)
    while run.stage is Stage.ASKING:
        assert run.forward() is None
    return run


def test_it_begins_with_the_opening_note(run: SurveyRun) -> None:
    """A note is shown as a page of its own; its position is that of the question after it."""
    assert (name(run), run.stage, run.position) == ("opening", Stage.ASKING, (1, 3))
    assert not run.back()
    run.forward()
    assert (name(run), run.position) == ("Q1", (1, 3))


def test_what_is_asked_follows_the_answers(run: SurveyRun) -> None:
    """Dissatisfaction opens two more questions; satisfaction closes them, and their answers are gone."""
    go(run, "Q2")
    run.toggle("C")
    assert [question.name for question in run.asked] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    run.forward()
    run.toggle("1")
    assert run.answers == {"Q2": "C", "Q3": ("1",)}
    run.back()
    run.toggle("A")
    assert run.answers == {"Q2": "A"}
    run.toggle("C")
    assert run.value("Q3") is None


def test_every_question_may_be_skipped_unless_required(run: SurveyRun) -> None:
    """The required question holds the person until it is answered."""
    go(run, "Q2")
    problem = run.forward()
    assert problem
    assert problem.code == "M32"
    assert name(run) == "Q2"
    run.toggle("D")
    assert run.forward() is None
    assert name(run) == "Q5"


def test_one_choice_replaces_another_and_several_add_up(run: SurveyRun) -> None:
    """select_one holds one code; select_multiple several in the order of the choices, out again by a second press."""
    go(run, "Q2")
    for code in "AC":
        run.toggle(code)
    assert run.value("Q2") == "C"
    run.forward()
    for code in ("3", "1"):
        assert run.toggle(code) is None
    assert run.value("Q3") == ("1", "3")
    run.toggle("1")
    assert run.value("Q3") == ("3",)
    run.toggle("3")
    assert run.value("Q3") is None


@pytest.mark.parametrize(("chosen", "refused"), [(("1", "2"), "3"), (("9",), "1"), (("1",), "9")])
def test_an_addition_that_breaks_the_constraint_is_refused(
    run: SurveyRun, chosen: tuple[str, ...], refused: str
) -> None:
    """A third choice, or one beside the exclusive one, changes nothing and is answered in the person's language."""
    go(run, "Q2")
    run.toggle("C")
    run.forward()
    for code in chosen:
        assert run.toggle(code) is None
    problem = run.toggle(refused)
    assert problem
    assert (problem.code, problem.message(Lang.ZH), problem.message(Lang.EN)) == ("M36", "最多两项", "At most two")
    assert run.value("Q3") == chosen


@pytest.mark.parametrize("constraint", ["count-selected(.) >= 2", "count-selected(.) = 3", "selected(., '3')"])
def test_a_constraint_that_more_choices_can_meet_does_not_stop_the_first(constraint: str) -> None:
    """At least two: the first can be chosen, and the person is held at the question until there are enough."""
    form = survey(f"select_multiple wishes | Q1 | One | {constraint}", header="type | name | label | constraint")
    run = SurveyRun(compiled(form), Lang.ZH)
    go(run, "Q1")
    assert run.toggle("1") is None
    problem = run.forward()
    assert problem
    assert problem.code == "M33"
    for code in ("2", "3"):
        assert run.toggle(code) is None
    assert run.forward() is None


def test_a_limit_without_a_message_is_said_with_its_numbers() -> None:
    """Where the form has no words for "at most one", the program has: V62."""
    form = survey(
        "select_multiple wishes | Q1 | One | count-selected(.) <= 1", header="type | name | label | constraint"
    )
    run = SurveyRun(compiled(form), Lang.ZH)
    go(run, "Q1")
    run.toggle("1")
    problem = run.toggle("2")
    assert problem
    assert (problem.code, problem.values) == ("V62", {"m": 2, "n": "1"})


@pytest.mark.parametrize("typed", ["１２", " 12 ", "+12", 12])
def test_numbers_may_be_typed_with_the_input_method_on(run: SurveyRun, typed: str | int) -> None:
    """Full-width digits are digits."""
    go(run, "Q2")
    run.toggle("C")
    go(run, "Q4")
    run.answer(typed)
    assert run.value("Q4") == 12
    assert run.forward() is None


def test_a_choice_that_goes_with_no_other_is_named() -> None:
    """Where the form has no words for it, the program has: V63, with the choice's label."""
    header = "type | name | label | constraint"
    row = (
        "select_multiple wishes | Q1 | One | count-selected(.) <= 3 and not(selected(., '9') and count-selected(.) > 1)"
    )
    form = compiled(survey(row, header=header))
    with pytest.raises(BadInput) as caught:
        checked_answers(form, {"overall": "A", "Q1": ["1", "9"]})
    problem = caught.value.problems[0]
    assert (problem.code, problem.place) == ("V63", "Q1")
    assert "没有问题" in problem.message(Lang.ZH)
    assert checked_answers(form, {"overall": "A", "Q1": ["9"]}).answers["Q1"] == ("9",)


@pytest.mark.parametrize(("typed", "code"), [("zwölf", "M34"), ("1.5", "M34"), ("9" * 5000, "M34"), ("100", "M33")])
def test_what_is_no_number_stays_until_it_is_mended(run: SurveyRun, typed: str, code: str) -> None:
    """The typed text stays on screen, is no answer, and forward says what is wrong with it."""
    go(run, "Q2")
    run.toggle("C")
    go(run, "Q4")
    run.answer(typed)
    assert str(run.value("Q4"))[:4] == typed[:4]
    problem = run.forward()
    assert problem
    assert problem.code == code
    run.answer("")
    assert run.forward() is None


def test_a_text_is_cleaned_and_measured_in_characters(run: SurveyRun) -> None:
    """Control characters go, a letter with its accent counts as one, and the limit is said with both numbers."""
    in_review(run)
    run.go_to("Q5")
    run.answer("  e\u0301\x1b[31m\u202e ok\n ")
    assert run.value("Q5") == "é[31m ok"
    run.answer("一二三四五六七八九十十一")
    problem = run.forward()
    assert problem
    assert (problem.code, problem.values) == ("V64", {"m": 12, "n": "10"})


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """A cleaned text can be stored as UTF-8, is one line, and stays as it is."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert "\n" not in cleaned


def test_the_review_leads_to_one_question_and_back(run: SurveyRun) -> None:
    """A visit from the review ends in the review, by forward and by back."""
    in_review(run)
    run.go_to("Q1")
    assert (name(run), run.position) == ("Q1", (1, 3))
    run.toggle("B")
    assert run.forward() is None
    assert run.stage is Stage.REVIEW
    run.go_to("Q1")
    assert run.back()
    assert run.stage is Stage.REVIEW
    assert run.value("Q1") == "B"


def test_a_visit_asks_what_the_new_answer_has_made_relevant(run: SurveyRun) -> None:
    """Who writes an opinion at the review is asked next whether an answer is wanted, and only that."""
    in_review(run)
    run.go_to("Q5")
    run.answer("路不好")
    run.forward()
    assert name(run) == "wants_answer"
    run.forward()
    assert run.stage is Stage.REVIEW


def test_back_from_a_visit_drops_what_is_not_accepted(run: SurveyRun) -> None:
    """A text that is too long does not reach the review: the old one is there again."""
    in_review(run)
    run.go_to("Q5")
    run.answer("短")
    run.back()
    run.go_to("Q5")
    run.answer("太长" * 10)
    assert run.back()
    assert run.value("Q5") == "短"


def test_back_from_the_review_leads_to_the_last_question(run: SurveyRun) -> None:
    """Esc at the review goes to the last question, not to a visit."""
    in_review(run)
    assert run.back()
    assert name(run) == "Q5"
    assert run.back()
    assert name(run) == "Q2"


def test_only_questions_that_are_asked_can_be_visited(run: SurveyRun) -> None:
    """Neither a note nor a question out of reach, and only from the review."""
    with pytest.raises(ValueError, match="Q1"):
        run.go_to("Q1")
    in_review(run)
    for target in ("opening", "Q3", "nobody"):
        with pytest.raises(ValueError, match=target):
            run.go_to(target)


def test_finish_says_everything_that_is_missing(run: SurveyRun) -> None:
    """A form with the required question blank is refused."""
    with pytest.raises(Refused) as caught:
        run.finish()
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("M32", "Q2")]
    assert in_review(run).finish() == {"Q2": "A"}


def test_the_language_may_change_at_any_time(run: SurveyRun) -> None:
    """Answers stay when the language changes."""
    in_review(run)
    run.lang = Lang.EN
    assert run.finish() == {"Q2": "A"}


def test_a_choice_that_does_not_exist_is_bad_input(run: SurveyRun) -> None:
    """No screen can give it, so it is an error and not a message for the person."""
    go(run, "Q1")
    with pytest.raises(BadInput) as caught:
        run.answer("Z")
    assert caught.value.code == "M31"


def test_defaults_are_there_when_a_question_is_first_asked() -> None:
    """A default can be cleared, and comes back only when the question is asked anew."""
    form = survey(
        "select_one yes_no | Q1 | One | no |", "integer | Q2 | Two | 3 | ${Q1} = 'yes'",
        header="type | name | label | default | relevant",
    )  # fmt: skip
    run = SurveyRun(compiled(form), Lang.ZH)
    assert run.answers == {"Q1": "no"}
    go(run, "Q1")
    run.answer("yes")
    assert run.answers == {"Q1": "yes", "Q2": 3}
    run.forward()
    run.answer(None)
    assert run.answers == {"Q1": "yes"}


def test_a_required_message_is_the_questionnaires_own() -> None:
    """Where the form says how to ask for the answer, that is said."""
    form = survey("text | Q1 | One | yes | 请填写", header="type | name | label | required | required_message")
    run = SurveyRun(compiled(form), Lang.ZH)
    go(run, "Q1")
    problem = run.forward()
    assert problem
    assert (problem.code, problem.message(Lang.ZH)) == ("M36", "请填写")


@pytest.mark.parametrize(
    ("applicable", "answered", "validity"),
    [(10, 8, "complete"), (10, 7, "partial"), (10, 5, "partial"), (10, 4, "void"), (9, 5, "partial"), (9, 4, "void"),
     (10, 10, "complete"), (1, 0, "void")],
)  # fmt: skip
def test_validity(applicable: int, answered: int, validity: Validity) -> None:
    """80 % of the applicable scale questions are a complete form, 50 % a partial one, exactly."""
    rows = [f"select_one scale | Q{number} | {number}" for number in range(2, applicable + 1)]
    run = SurveyRun(compiled(survey(*rows)), Lang.ZH)
    for _ in range(answered):
        run.toggle("A")
        run.forward()
    assert run.validity(50) == validity


def test_only_scale_questions_that_are_asked_decide_validity() -> None:
    """A scale question that was not relevant is not missing, and texts don't count."""
    form = survey(
        "select_one scale | Q1 | One | ${overall} = 'C'", "text | Q2 | Two", header="type | name | label | relevant"
    )
    run = SurveyRun(compiled(form), Lang.ZH)
    run.toggle("A")
    assert run.validity(50) is Validity.COMPLETE
    run.toggle("C")
    assert run.validity(50) is Validity.PARTIAL


class Walk(RuleBasedStateMachine):
    """A person who presses anything, anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.run = SurveyRun(FORM, Lang.ZH)

    @rule()
    def forward(self) -> None:
        before = self.run.current
        if self.run.forward():
            assert self.run.current == before

    @rule()
    def back(self) -> None:
        before = self.run.current
        assert self.run.back() or self.run.current == before

    @rule(data=st.data())
    def toggle(self, data: st.DataObject) -> None:
        if self.run.current and self.run.current.choices:
            code = data.draw(st.sampled_from([choice.code for choice in self.run.current.choices]))
            before = self.run.answers
            if self.run.toggle(code):
                assert self.run.answers == before

    @rule(text=st.one_of(st.text(max_size=14), st.integers().map(str), st.none()))
    def type(self, text: str | None) -> None:
        if self.run.current and self.run.current.type in {QuestionType.TEXT, QuestionType.INTEGER}:
            self.run.answer(text)

    @precondition(lambda self: cast("Walk", self).run.stage is Stage.REVIEW)
    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        self.run.go_to(data.draw(st.sampled_from([question.name for question in self.run.asked])))

    @rule(lang=st.sampled_from(list(Lang)))
    def speak(self, lang: Lang) -> None:
        self.run.lang = lang

    @invariant()
    def answers_are_those_of_relevant_questions(self) -> None:
        assert self.run.answers.keys() <= {question.name for question in self.run.asked}

    @invariant()
    def the_position_is_within_bounds(self) -> None:
        number, total = self.run.position
        assert 1 <= number <= total == len(self.run.asked)

    @invariant()
    def a_finished_run_is_accepted_from_outside_too(self) -> None:
        if not self.run.problems():
            checked = checked_answers(FORM, self.run.finish())
            assert checked.answers == self.run.answers
            assert checked.validity is self.run.validity(50)

    @invariant()
    def the_review_is_reached_only_with_acceptable_answers_before_it(self) -> None:
        if self.run.stage is Stage.REVIEW:
            assert not self.run.problems()


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
