"""XLSForms become questionnaires, or every problem is said at once with its row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from surveys.questionnaire import CountsAs, QuestionType
from surveys.xlsform import compile_questionnaire
from tests.survey_forms import SCALE, SMALL, compiled, problems, survey


def found(markdown: str) -> list[tuple[str, str]]:
    """Codes and places of what is wrong."""
    return [(problem.code, problem.place) for problem in problems(markdown)]


def test_a_whole_form() -> None:
    """Types, texts, groups, conditions, scale and settings of a form arrive in the questionnaire."""
    form = compiled(SMALL)
    assert form.id == "small"
    assert form.title == I18n(zh="小测评", en="Small survey")
    assert (form.version, form.languages, form.default_language) == ("3", (Lang.ZH, Lang.EN), Lang.ZH)
    assert [question.name for question in form.questions] == [
        "opening", "Q1", "Q2", "Q3", "Q4", "Q5", "wants_answer",
    ]  # fmt: skip
    assert [question.row for question in form.questions] == [2, 3, 4, 6, 7, 9, 10]
    overall, several, visits = (form.question(name) for name in ("Q2", "Q3", "Q4"))
    assert overall
    assert several
    assert visits
    assert overall.is_overall
    assert overall.required
    assert [choice.counts_as for choice in overall.choices] == [
        CountsAs.POSITIVE, CountsAs.POSITIVE, CountsAs.NEGATIVE, CountsAs.NO_OPINION,
    ]  # fmt: skip
    assert [str(choice.weight) for choice in overall.choices] == ["100", "60", "0", "None"]
    assert several.type is QuestionType.SELECT_MULTIPLE
    assert several.relevant == visits.relevant == ("${Q2} = 'C'",)
    assert several.constraint_message == I18n(zh="最多两项", en="At most two")
    assert not several.is_scale


def test_chinese_quotation_marks_stay_in_texts_and_are_mended_in_expressions() -> None:
    """A label keeps its “”; an expression that a spreadsheet has curled still works."""
    form = compiled(survey("text | Q1 | 说“满意” | ${overall} = ‘A’", header="type | name | label | relevant"))
    question = form.question("Q1")
    assert question
    assert question.label.zh == "说“满意”"
    assert question.relevant == ("${overall} = 'A'",)


def test_a_form_in_one_language_speaks_that_language() -> None:
    """A label column without a language is in the default language, Chinese unless the settings say otherwise."""
    assert compiled(survey()).languages == (Lang.ZH,)
    english = survey() + "| settings |\n| | default_language |\n| | English (en) |\n"
    assert compiled(english.replace("label::English (en)", "other")).languages == (Lang.EN,)


@pytest.mark.parametrize(
    "kind",
    ["geopoint", "image", "calculate", "range", "date", "start", "deviceid", "phonenumber", "rank scale", "decimal",
     "select_one scale or_other", "select_one_from_file a.csv", "select_one ${overall}", "begin repeat", "barcode"],
)  # fmt: skip
def test_what_a_kiosk_cannot_ask_is_refused_by_row(kind: str) -> None:
    """A type that a kiosk can't ask is M20 with its row, whatever else there is."""
    assert ("M20", "survey row 3") in found(survey(f"{kind} | Q1 | One"))


@pytest.mark.parametrize(
    ("column", "value"),
    [("appearance", "signature"), ("calculation", "1+1"), ("choice_filter", "a=b"), ("parameters", "randomize=true"),
     ("media::image", "a.png"), ("required", "${overall} = 'A'"), ("read_only", "yes"), ("default", "today()")],
)  # fmt: skip
def test_columns_that_change_what_is_asked_are_refused(column: str, value: str) -> None:
    """What a column wants beyond a plain question is M26, never silently left out."""
    form = survey(f"select_one scale | Q1 | One | {value}", header=f"type | name | label | {column}")
    assert ("M26", "survey row 3") in found(form)


@pytest.mark.parametrize("value", ["minimal", "quick horizontal", "columns-2", "w3 field-list"])
def test_appearances_that_only_arrange_the_screen_are_accepted(value: str) -> None:
    """A kiosk shows one question at a time; how many columns ODK would use doesn't matter."""
    form = survey(f"select_one scale | Q1 | One | {value}", header="type | name | label | appearance")
    assert found(form) == []


@pytest.mark.parametrize("text", ["${nobody} = 1", "${Q2} = 1", "now() > 1", "Q1 = 1", "((", ". = 1"])
def test_expressions_are_checked_when_the_form_is_compiled(text: str) -> None:
    """A condition that can't be used, or that speaks of a later question, is M21 with its row."""
    form = survey(f"text | Q1 | One | {text}", "text | Q2 | Two", header="type | name | label | relevant")
    assert found(form) == [("M21", "survey row 3")]


def test_the_condition_of_a_group_is_that_of_everything_in_it() -> None:
    """Groups are flattened: conditions of all groups around a question come before its own."""
    form = survey(
        "begin group | g | | ${overall} = 'C'",
        "begin group | h | | ${overall} != ''",
        "text | Q1 | One | ${overall} != 'A'",
        "end group",
        "text | Q2 | Two",
        "end group",
        "text | Q3 | Three",
        header="type | name | label | relevant",
    )
    conditions = {question.name: len(question.relevant) for question in compiled(form).questions}
    assert conditions == {"overall": 0, "Q1": 3, "Q2": 1, "Q3": 0}


def test_groups_must_match() -> None:
    """A group without an end, or an end without a group, is said with its row."""
    assert found(survey("begin group | g | G", "text | Q1 | One")) == [("M22", "survey row 3")]
    assert found(survey("text | Q1 | One", "end group")) == [("M22", "survey row 4")]


def test_missing_texts_are_found_in_every_language() -> None:
    """A question, choice or message without its Chinese or English text is V47."""
    form = SMALL.replace("Manner ", "       ").replace("Schooling", "         ").replace("At most two", "           ")
    assert found(form) == [("V47", "survey row 3"), ("V47", "survey row 6"), ("V47", "choices row 7")]


def test_exactly_one_overall_scale_question() -> None:
    """Without an overall question, or with two, a survey has no headline: V48."""
    assert found(survey().replace("| overall |\n", "| people |\n", 1)) == [("V48", "")]
    two = survey("select_one scale | Q1 | One | overall", header="type | name | label | dimension")
    assert found(two) == [("V48", "")]
    not_a_scale = survey().replace("select_one scale | overall", "select_one wishes | overall")
    assert found(not_a_scale) == [("V48", "")]


def test_a_form_must_ask_something() -> None:
    """Notes alone are no questionnaire."""
    assert found("| survey |\n| | type | name | label |\n| | note | n | Hello |") == [("M23", "")]


def test_codes_and_names_are_used_once() -> None:
    """A code twice in a list is V49, a name twice in the survey M29, each at its second row."""
    twice = SCALE.replace("| scale     | B ", "| scale     | A ")
    assert found(survey(choices=twice)) == [("V49", "choices row 3")]
    assert found(survey("text | Q1 | One", "text | Q1 | Two")) == [("M29", "survey row 4")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("no_opinion", "perhaps", "M28"), ("| 100 ", "| 101 ", "M07"), ("| 100 ", "| NaN ", "M07"),
     ("| 60 ", "| x ", "M07"),
     ("| yes_no    | yes ", "| yes_no    | y s ", "M07"), ("| yes_no    | yes ", "|   | yes ", "M06"),
     ("| yes_no    | yes ", "| yes_no    |  ", "M06")],
)  # fmt: skip
def test_choices_are_checked(old: str, new: str, code: str) -> None:
    """What a choice counts as, its weight, its code and its list must be right."""
    assert code in {code for code, place in found(survey(choices=SCALE.replace(old, new))) if "choices row" in place}


def with_group_min(said: str) -> str:
    """A form whose first choice says how many forms are wanted of those who choose it."""
    title, header, first, *others = SCALE.strip().splitlines()
    return survey(
        choices="\n".join([title, f"{header} group_min |", f"{first} {said} |", *(f"{each} |" for each in others)])
    )


def test_a_choice_says_how_many_forms_are_wanted_of_its_group() -> None:
    """A whole number of forms, or nothing; anything else is M07 at its row."""
    overall = next(each for each in compiled(with_group_min("12")).questions if each.is_overall)
    assert [choice.group_min for choice in overall.choices][:2] == [12, None]
    for said in ("0", "-3", "2.5", "many", "10001"):
        assert found(with_group_min(said)) == [("M07", "choices row 2")], said


def test_names_types_lists_and_defaults_are_checked() -> None:
    """Everything wrong in a sheet is said at once, in the order of the rows."""
    form = survey(
        "| Q1 | One", "text | | Two", "text | 3x | Three", "select_one none | Q4 | Four",
        "select_one scale | Q5 | Five | Z", "integer | Q6 | Six | many",
        header="type | name | label | default",
    )  # fmt: skip
    assert found(form) == [
        ("M06", "survey row 3"), ("M06", "survey row 4"), ("M07", "survey row 5"), ("M27", "survey row 6"),
        ("M31", "survey row 7"), ("M34", "survey row 8"),
    ]  # fmt: skip


def test_a_misspelt_column_is_pointed_out() -> None:
    """An unknown column is a warning; it stands beside the errors it may have caused."""
    form = survey("text | Q1 | One | 1 = 1", header="type | name | label | relevent")
    assert found(form) == [("M25", "survey row 1")]
    assert compile_questionnaire(form, "x").warnings[0].values == {"column": "relevent"}


def test_another_language_is_left_aside_with_a_warning() -> None:
    """A French column is not shown, and said not to be."""
    form = survey("text | Q1 | One | Un", header="type | name | label | label::Français (fr)")
    assert found(form) == [("M24", "survey row 1")]


def test_what_only_pyxform_finds_is_said_too() -> None:
    """A form that the standard's own reader refuses is refused, with its words."""
    form = survey() + "| settings |\n| | name |\n| | 1 x |\n"
    assert found(form) == [("M22", "settings row 1")]
    assert "name" in problems(form)[0].message(Lang.EN)
    assert problems(form)[0].text(Lang.ZH).startswith("M22 [settings表第1行] XLSForm有误：检查工具pyxform提示：")


def test_places_are_worded_in_both_languages() -> None:
    """A row of a sheet and a row of the headers."""
    form = survey("geopoint | G | Where", "text | Q1 | One | x", header="type | name | label | relevent")
    assert {problem.text(Lang.ZH).partition("]")[0] for problem in problems(form)} == {
        "M20 [survey表第3行", "M25 [survey表第1行",
    }  # fmt: skip
    assert {problem.text(Lang.EN).partition("]")[0] for problem in problems(form)} == {
        "M20 [survey row 3", "M25 [survey row 1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "no table", "| survey |", "| survey |\n| | type |", "| choices |\n| | list_name |\n| | a |",
             "| survey |\n| | type |\n| | text | too | wide |"],
)  # fmt: skip
def test_what_is_no_form_is_refused(text: str) -> None:
    """Text without the sheets of an XLSForm is M22."""
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(text, "x")
    assert caught.value.code == "M22"


def test_disabled_rows_are_skipped() -> None:
    """A row that is switched off is as if it were not there."""
    form = survey("geopoint | Q1 | One | yes", "text | Q2 | Two", header="type | name | label | disabled")
    assert [question.name for question in compiled(form).questions] == ["overall", "Q2"]


HEADERS = ["type", "name", "label", "relevant", "constraint", "required", "default", "hint", "list_name", "counts_as"]
CELLS = st.one_of(
    st.sampled_from(["text", "integer", "note", "select_one s", "select_multiple s", "begin group", "end group", "s",
                     "Q1", "A", "yes", "${Q1} = 1", ". > 1", "positive", "overall", ""]),
    st.text(st.characters(exclude_characters="\n\r"), max_size=12),
)  # fmt: skip


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_table_is_a_traceback(data: st.DataObject) -> None:
    """Whatever stands in the cells of a Markdown form, it compiles or its problems are said."""
    header = data.draw(st.lists(st.one_of(st.sampled_from(HEADERS), CELLS), min_size=1, max_size=7))
    text = ""
    for sheet in ("survey", "choices", "settings"):
        rows = data.draw(st.lists(st.lists(CELLS, max_size=8), max_size=5))
        text += f"| {sheet} |\n" + "".join(f"| | {' | '.join(row)} |\n" for row in [header, *rows])
    for problem in problems(text):
        for lang in Lang:
            assert problem.text(lang)
