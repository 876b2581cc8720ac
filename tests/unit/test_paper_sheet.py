"""A form as it is composed: where everything stands, and that nothing is left out or lies over another."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from exports.paper.forms import numbers
from exports.paper.head import SheetHead
from exports.paper.questions import LEFT, RIGHT, columns
from exports.paper.shapes import Area, Frame, Text
from exports.paper.sheet import Sheet, compose
from surveys.paper.codes import FormCode
from surveys.paper.geometry import BOX, PAGE_HEIGHT
from surveys.questionnaire import Question, Questionnaire, QuestionType
from tests.paper_sheets import (
    HEAD,
    KEY,
    asking,
    both,
    frames,
    overlap,
    overlapping,
    printed_marks,
    question,
    shipped,
)

WORDS = st.text(alphabet="满意度测评（）“”，。？0aBcg ’-\n", min_size=1, max_size=150).filter(str.strip)
LABELS = st.text(alphabet="满意度（）“”，。0aBcg -", min_size=1, max_size=60).filter(str.strip)
ONE, SEVERAL = QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """Any question or note; its label may be a book."""
    kind = draw(st.sampled_from(list(QuestionType)))
    size = st.integers(1, 70) if draw(st.integers(0, 9)) == 0 else st.integers(1, 8)
    count = draw(size) if kind in {ONE, SEVERAL} else 0
    labels = draw(st.lists(LABELS, min_size=min(count, 8), max_size=min(count, 8)))
    more = [f"{label}{number}" for number in range(count // 8 + 1) for label in labels][:count]
    label = draw(WORDS) * (60 if draw(st.integers(0, 30)) == 0 else 1)
    hint = draw(st.one_of(st.just(""), WORDS))
    return question(name, kind, label, *more, hint=hint, required=draw(st.booleans()))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    count = draw(st.integers(1, 14))
    return asking(*(draw(questions(f"Q{number}")) for number in range(count)), title=draw(LABELS))


def printed(sheet: Sheet, page: int) -> list[Text]:
    """All texts of a page, those of its number included."""
    code = FormCode(99_999, 99, 9_999, 999_999, page + 1)
    texts = [shape for shape in sheet.pages[page] if isinstance(shape, Text)]
    return [*texts, *numbers(sheet, page, code, code.digits(KEY))]


def assert_sound(questionnaire: Questionnaire, sheet: Sheet) -> None:
    """Nothing overlaps or leaves the page, everything is there once, boxes are apart, and drawn where they are read."""
    for number, layout in enumerate(sheet.layout.pages):
        areas = [text.area for text in printed(sheet, number)]
        assert overlapping([*areas, *frames(layout)]) == []
        assert [
            area for area in (*areas, *frames(layout)) if any(overlap(area, mark) for mark in printed_marks())
        ] == []
        assert all(area.left >= LEFT - 0.01 and area.right <= RIGHT + 6 for area in areas)
        assert all(area.top > 14 and area.bottom < PAGE_HEIGHT - 10 for area in areas)
        for one, other in combinations(layout.boxes, 2):
            assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 7.6 - 1e-6
        drawn = {(shape.x, shape.y) for shape in sheet.pages[number] if isinstance(shape, Frame)}
        assert {(area.left, area.top) for area in frames(layout)} <= drawn
    found = Counter((box.question, box.choice) for page in sheet.layout.pages for box in page.boxes)
    written = Counter(field.question for page in sheet.layout.pages for field in page.fields)
    assert found == Counter((each.name, choice.code) for each in questionnaire.asked for choice in each.choices)
    assert written == Counter(each.name for each in questionnaire.asked if not each.choices)


@given(questionnaires(), st.sampled_from(Lang))
@settings(deadline=None, max_examples=120)
def test_any_questionnaire_is_laid_out_soundly(questionnaire: Questionnaire, lang: Lang) -> None:
    """Whatever is asked, and however long its words are."""
    assert_sound(questionnaire, compose(questionnaire, HEAD, lang))


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", ["final", "library", "pulse"])
def test_the_shipped_questionnaires_are_laid_out_soundly(name: str, lang: Lang) -> None:
    """Those that come with the program."""
    assert_sound(shipped(name), compose(shipped(name), HEAD, lang))


@pytest.mark.parametrize("count", [1, 9, 10, 60, 120])
def test_any_number_of_questions(count: int) -> None:
    """From one question to more than two figures in their numbers, in their order over the pages."""
    asked = [question(f"Q{number}", ONE, f"第{number}问", "是", "否") for number in range(count)]
    sheet = compose(asking(*asked), HEAD, Lang.ZH)
    assert_sound(asking(*asked), sheet)
    order = [box.question for page in sheet.layout.pages for box in page.boxes]
    assert order == [each.name for each in asked for _ in range(2)]


def test_pages_break_between_questions() -> None:
    """All boxes of a question stand on one page, where a page can hold them."""
    asked = [question(f"Q{number}", ONE, "问题", *(f"选项{each}" * 3 for each in range(20))) for number in range(9)]
    sheet = compose(asking(*asked), HEAD, Lang.ZH)
    on = [{box.question for box in page.boxes} for page in sheet.layout.pages]
    assert len(on) > 1
    assert [one & other for one, other in combinations(on, 2) if one & other] == []


def test_a_list_higher_than_a_page_goes_on_with_its_number() -> None:
    """The next page says which question it continues."""
    huge = question("Q1", ONE, "哪一个", *(f"很长的选项{'长' * 40}{number}" for number in range(60)))
    sheet = compose(asking(huge), HEAD, Lang.ZH)
    assert_sound(asking(huge), sheet)
    assert len(sheet.pages) > 1
    assert all("1.（续）" in [text.line.text for text in printed(sheet, page)] for page in range(1, len(sheet.pages)))


def test_columns_fit_the_longest_label() -> None:
    """Short labels stand side by side; a long one takes a row, and wraps where even that is too narrow."""
    assert columns(["是", "否"], 160).count == 2
    assert columns([str(number) for number in range(11)], 160).count == 11
    assert columns(["满意"] * 13, 160).count == 7
    long = ["很长的选项" * 4] * 6
    assert columns(long, 160).count == 1
    assert columns(["很长的选项" * 20] * 6, 160).label < 160


def test_lists_of_the_same_kind_stand_one_below_the_other() -> None:
    """Two and four choices have their boxes at the same places."""
    assert columns(["是", "否"], 160).pitch == columns(["满意", "基本满意", "不满意", "不了解"], 160).pitch


def test_long_lists_are_numbered() -> None:
    """Six choices and more have numbers to key; five do not, and numbers themselves do not."""
    assert columns(["满意"] * 6, 160).number > 0
    assert columns(["满意"] * 5, 160).number == 0
    assert columns([str(number) for number in range(11)], 160).number == 0


def test_a_scale_stands_in_one_row() -> None:
    """Five choices are wrapped rather than put in rows, as long as no word is broken."""
    five = ["Very satisfied", "Satisfied", "Neither satisfied nor dissatisfied", "Dissatisfied", "Very dissatisfied"]
    assert columns(five, 163).count == 5
    assert columns(["Donaudampfschifffahrtsgesellschaft"] * 5, 163).count == 2


def test_the_label_stands_two_millimetres_from_its_box() -> None:
    """A tick that leaves its box does not reach the words."""
    sheet = compose(asking(question("Q1", ONE, "问", "是", "否")), HEAD, Lang.ZH)
    starts = {text.line.text: text.x for text in printed(sheet, 0)}
    yes, no = sheet.layout.pages[0].boxes
    assert [starts["是"] - yes.x - BOX, starts["否"] - no.x - BOX] == pytest.approx([2.0, 2.0])


def test_a_frame_for_text_takes_the_room_that_is_left() -> None:
    """On a page with little else there are more lines to write on."""
    (alone,) = compose(asking(question("Q1", QuestionType.TEXT, "意见")), HEAD, Lang.ZH).layout.pages
    many = [question(f"Q{number}", ONE, "问", "是", "否") for number in range(8)]
    (among,) = compose(asking(*many, question("T", QuestionType.TEXT, "意见")), HEAD, Lang.ZH).layout.pages
    assert alone.fields[0].height > among.fields[0].height >= 36


def test_a_number_has_a_frame_of_its_own_kind() -> None:
    """The reader knows what to expect in it."""
    (page,) = compose(asking(question("Q1", QuestionType.INTEGER, "几次")), HEAD, Lang.ZH).layout.pages
    assert [(field.question, field.holds) for field in page.fields] == [("Q1", "number")]


def test_every_page_says_what_it_is() -> None:
    """Number of pages, session, version, title, branch and the form's number are on every page."""
    sheet = compose(shipped("final"), HEAD, Lang.EN)
    assert len(sheet.pages) == 2
    for page in range(2):
        said = " ".join(text.line.text for text in printed(sheet, page))
        for what in (
            f"page {page + 1} of 2",
            "B01-261123-1",
            "version 1",
            "(final)",
            "First branch",
            "Form no. 9999 9920",
        ):
            assert what in said


def test_the_first_page_says_until_when_and_that_it_is_anonymous() -> None:
    """Due day with that day, where to, what counts, and the promise."""
    said = "".join(text.line.text for text in printed(compose(shipped("pulse"), HEAD, Lang.ZH), 0))
    for what in ("2026年12月5日前（含当日）", "投入会场票箱", "复印件无效", "本表不记名", "请勿折叠"):
        assert what in said


def test_the_place_of_return_may_be_left_out() -> None:
    """Then only the day is named."""
    sheet = compose(shipped("pulse"), replace(HEAD, return_to=I18n()), Lang.EN)
    assert "Return it by 5 December 2026, that day included." in [text.line.text for text in printed(sheet, 0)]


def test_the_request_for_an_answer_says_what_it_depends_on() -> None:
    """It is an ordinary question, with the number of the one it depends on and how the answer comes."""
    said = "".join(text.line.text for text in printed(compose(shipped("final"), HEAD, Lang.ZH), 1))
    assert "第13题写有内容的，请回答本题。" in said
    assert "请向工作人员领取回执" in said


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("${Q1} = '2'", 'Only if your answer to 1 is "no".'),
        ("selected(${Q1}, '2')", 'Only if your answer to 1 is "no".'),
        ("${Q2} != ''", "Only if you wrote something under 2."),
        ("${Q1} = '2' or ${Q2} != ''", "It depends on what you answered to 1, 2; leave it out if it does not apply."),
    ],
)
def test_a_question_that_is_not_always_asked_says_when(relevant: str, said: str) -> None:
    """Paper can't leave it out, so it says whom it is for."""
    form = asking(
        question("Q1", ONE, "first", "yes", "no"),
        question("Q2", QuestionType.TEXT, "second"),
        question("Q3", ONE, "third", "a", "b", relevant=[relevant]),
    )
    assert said in [text.line.text for text in printed(compose(form, HEAD, Lang.EN), 0)]


def test_what_a_screen_would_check_is_said_in_words() -> None:
    """How many may be chosen: in the form's own words, or in ours; and what must be answered."""
    own = question("Q1", SEVERAL, "a", "x", "y", constraint="count-selected(.) <= 1", constraint_message="One only!")
    ours = question("Q2", SEVERAL, "b", "x", "y", constraint="count-selected(.) <= 1", hint="Think.", required=True)
    said = [text.line.text for text in printed(compose(asking(own, ours), HEAD, Lang.EN), 0)]
    assert "You may mark several. One only!" in said
    assert "Think. Please answer this question. You may mark several. Mark at most 1." in said


def test_a_head_of_many_lines_moves_the_questions_down() -> None:
    """Long names of organiser and branch are printed whole."""
    long = "很长的名字" * 16
    head = replace(HEAD, organiser=both(long), branch=both(long), campaign=both(long), return_to=both(long))
    sheet = compose(asking(question("Q1", ONE, "问", "是", "否"), title=long), head, Lang.ZH)
    assert_sound(asking(question("Q1", ONE, "问", "是", "否")), sheet)
    assert "".join(text.line.text for text in printed(sheet, 0)).count(long) == 5


def test_a_head_without_end_is_refused() -> None:
    """M88 names the longest text."""
    with pytest.raises(BadInput) as refused:
        compose(shipped("pulse"), replace(HEAD, branch=both("很长的名字" * 300)), Lang.ZH)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["n"]) == ("M88", 1500)
    assert "单位名称" in problem.text(Lang.ZH)


@pytest.mark.parametrize(
    ("head", "where"),
    [
        (replace(HEAD, organiser=both("😀")), "organiser"),
        (replace(HEAD, branch=both("😀")), "name of the branch"),
        (replace(HEAD, return_to=both("😀")), "returned"),
    ],
)
def test_a_missing_glyph_in_the_head_is_refused(head: SheetHead, where: str) -> None:
    """M80 before anything is drawn, with the place."""
    with pytest.raises(BadInput) as refused:
        compose(shipped("pulse"), head, Lang.EN)
    (problem,) = refused.value.problems
    assert problem.code == "M80"
    assert where in problem.text(Lang.EN)


def test_every_missing_glyph_of_a_questionnaire_is_reported_at_once() -> None:
    """Title, label, hint, choice and message, each question by its name."""
    form = asking(
        question("Q1", ONE, "a😀", "b"),
        question("Q2", ONE, "a", "b", "c😁"),
        question("Q3", ONE, "a", "b", hint="😂", constraint_message="😃"),
        question("Q4", ONE, "a", "b"),
        title="😄",
    )
    with pytest.raises(BadInput) as refused:
        compose(form, HEAD, Lang.EN)
    said = [problem.text(Lang.EN) for problem in refused.value.problems]
    assert [text.rsplit(" ", 1)[1] for text in said] == ["questionnaire.", "Q1.", "Q2.", "Q3."]
    assert "😂 (U+1F602) 😃 (U+1F603)" in said[3]


def test_more_pages_than_a_code_can_number_are_refused() -> None:
    """A code has two digits for the page: M89."""
    asked = [question(f"Q{number}", QuestionType.TEXT, "意见") for number in range(400)]
    with pytest.raises(BadInput) as refused:
        compose(asking(*asked), HEAD, Lang.ZH)
    assert refused.value.code == "M89"


def test_layouts_are_kept_as_they_are() -> None:
    """Stored with the session and read back: the same."""
    layout = compose(shipped("final"), HEAD, Lang.ZH).layout
    assert type(layout).model_validate_json(layout.model_dump_json()) == layout


def test_overlaps_would_be_seen() -> None:
    """The checks of this module find two texts that lie over each other."""
    assert overlapping([Area(0, 0, 10, 10), Area(20, 0, 30, 10), Area(9, 9, 12, 12)]) != []
