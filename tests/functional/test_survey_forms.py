"""Forms in files: the shipped ones, and workbooks as a spreadsheet writes them."""

import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyxform.builder import create_survey_element_from_dict
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform, md_table_to_workbook

from campaign.errors import BadInput
from campaign.language import Lang
from surveys.questionnaire import Questionnaire
from surveys.run import SurveyRun
from surveys.shipped import shipped_names, shipped_questionnaire
from surveys.xlsform import compile_questionnaire
from tests.survey_forms import SMALL, compiled

EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


def shipped(name: str) -> Questionnaire:
    done = compile_questionnaire(shipped_questionnaire(name), name)
    assert done.warnings == ()
    return done.questionnaire


def workbook(path: Path, markdown: str = SMALL) -> Path:
    md_table_to_workbook(markdown).save(path)
    return path


@pytest.mark.parametrize("name", ["final", "library", "pulse"])
def test_every_shipped_form_is_complete_in_both_languages(name: str) -> None:
    """All texts of the shipped forms exist in Chinese and English, and there is nothing to warn about."""
    form = shipped(name)
    assert form.languages == (Lang.ZH, Lang.EN)
    texts = [form.title, *(each.label for each in form.questions)]
    texts += [choice.label for each in form.questions for choice in each.choices]
    texts += [each.constraint_message for each in form.questions if each.constraint_message.zh]
    assert all(text.has(lang) for text in texts for lang in Lang)


def test_the_shipped_forms_are_known_by_name() -> None:
    """An unknown name is refused with those that there are."""
    assert shipped_names() == ("final", "library", "pulse")
    with pytest.raises(BadInput) as caught:
        shipped_questionnaire("../pulse")
    assert caught.value.code == "M08"


def test_the_final_survey_asks_what_it_should() -> None:
    """A note, the group, ten scale questions, the problems, an opinion, and whether an answer is wanted."""
    form = shipped("final")
    names = ["opening", "A0", *(f"Q{number}" for number in range(1, 13)), "wants_answer"]
    assert [each.name for each in form.questions] == names
    assert [each.name for each in form.questions if each.is_scale] == names[2:12]
    assert [each.name for each in form.questions if each.is_overall] == ["Q10"]
    assert not any(each.required for each in form.questions)
    dimensions = ["inform", "ask", "watch", "answer", "people", "people", "organisation", "service", "no_formalism"]
    assert [each.dimension for each in form.questions if each.is_scale] == [*dimensions, "overall"]


def test_the_pulse_survey_is_short() -> None:
    """Questions 1, 2, 10 and 12 of the final survey, in its words."""
    final, pulse = shipped("final"), shipped("pulse")
    assert [each.name for each in pulse.asked] == ["Q1", "Q2", "Q10", "Q12", "wants_answer"]
    assert all(each.label == question.label for each in pulse.asked if (question := final.question(each.name)))


def test_the_library_has_a_scale_of_its_own() -> None:
    """Five grades with weights; the middle one is neither positive nor negative."""
    overall = next(each for each in shipped("library").questions if each.is_overall)
    assert [choice.label.zh for choice in overall.choices] == ["非常满意", "满意", "一般", "不满意", "非常不满意"]
    assert [(str(choice.weight), choice.counts_as) for choice in overall.choices] == [
        ("100", "positive"), ("75", "positive"), ("50", None), ("25", "negative"), ("0", "negative"),
    ]  # fmt: skip


@pytest.mark.parametrize(("chosen", "refused"), [(("1", "2", "3"), "4"), (("13",), "1"), (("12",), "13")])
def test_the_problems_question_takes_three_or_none(chosen: tuple[str, ...], refused: str) -> None:
    """A fourth problem, or one beside "no problem", is refused with the form's own words."""
    run = SurveyRun(shipped("final"), Lang.ZH)
    while run.current and run.current.name != "Q11":
        run.forward()
    for code in chosen:
        assert run.toggle(code) is None
    problem = run.toggle(refused)
    assert problem
    assert problem.message(Lang.ZH) == "最多选3项；“没有问题”不能与其他选项同时选择。"
    assert run.value("Q11") == chosen


def test_an_answer_can_be_wanted_only_for_a_text() -> None:
    """Without an opinion there is nothing to answer; 301 characters are too many."""
    run = SurveyRun(shipped("final"), Lang.EN)
    while run.current and run.current.name != "Q12":
        run.forward()
    assert [each.name for each in run.asked][-1] == "Q12"
    run.answer("字" * 301)
    problem = run.forward()
    assert problem
    assert (problem.code, problem.values) == ("V64", {"m": 301, "n": "300"})
    run.answer("字" * 300)
    run.forward()
    assert run.current
    assert run.current.name == "wants_answer"


@pytest.mark.parametrize("name", ["final", "library", "pulse"])
def test_the_shipped_forms_are_forms_for_odk_too(name: str) -> None:
    """Pyxform makes an XForm of each: they can be opened in ODK Collect or KoboToolbox."""
    form = workbook_to_json(get_xlsform(str(shipped_questionnaire(name))))
    assert "</h:html>" in create_survey_element_from_dict(form).to_xml(validate=False)


def test_a_workbook_says_the_same_as_its_markdown(tmp_path: Path) -> None:
    """The .xlsx and the .md of one form compile to the same questionnaire."""
    assert compile_questionnaire(workbook(tmp_path / "form.xlsx"), "small").questionnaire == compiled(SMALL)


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    """Empty rows in between count; numbers typed as numbers are codes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet, choices = book.create_sheet("survey"), book.create_sheet("choices")
    for question in ("type name label dimension", "select_one:s Q1 One overall", "", "", "geopoint G Where"):
        sheet.append([cell.replace(":", " ") for cell in question.split()])
    choices.append(["list_name", "name", "label", "counts_as"])
    choices.append(["s", 1, "Yes", "positive"])
    choices.append([])
    choices.append(["s", 1.0, "No", "x"])
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(tmp_path / "form.xlsx", "x")
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("M20", "survey row 5"), ("V49", "choices row 4"), ("M28", "choices row 4"),
    ]  # fmt: skip


def test_markdown_as_windows_writes_it(tmp_path: Path) -> None:
    """A byte order mark and CRLF line ends change nothing."""
    path = tmp_path / "form.MD"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert compile_questionnaire(path, "small").questionnaire == compiled(SMALL)


@pytest.mark.parametrize("name", ["missing.xlsx", "form.xls", "form.csv", "form", "folder.md"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A missing file, a folder or another format is M03."""
    (tmp_path / "folder.md").mkdir()
    if "form" in name:
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(tmp_path / name, "x")
    assert caught.value.code == "M03"


def bomb() -> bytes:
    """A small file that unpacks to 40 MB of blanks."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 40_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code", "zh"),
    [
        ("missing.xlsx", None, "M03", "没有此文件或文件夹"),
        ("missing.md", None, "M03", "没有此文件或文件夹"),
        ("bad\0name.xlsx", None, "M03", "文件名无效"),
        ("plain.xlsx", b"type,name\n", "M22", "内容却不是.xlsx工作簿"),
        ("empty.zip.xlsx", EMPTY_ZIP, "M22", "文件已损坏"),
        ("bomb.xlsx", bomb(), "M22", "解压后超过30 MB"),
        ("gbk.md", "| survey |\n| | 类型 |".encode("gbk"), "M03", "UTF-8"),
        ("none.md", b"# A heading", "M22", "没有survey工作表"),
    ],
)
def test_reasons_are_told_in_the_readers_language(
    tmp_path: Path, name: str, content: bytes | None, code: str, zh: str
) -> None:
    """Why a file cannot be used is said in Chinese without words of the system or of a library, and in English."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(tmp_path / name, "x")
    (problem,) = caught.value.problems
    message = problem.message(Lang.ZH).replace(str(tmp_path), "")
    assert (problem.code, zh in message) == (code, True), message
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", message)
    assert not re.search("[一-鿿]", problem.message(Lang.EN))


def test_a_column_that_stands_there_twice_is_named(tmp_path: Path) -> None:
    """In both languages."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet.append(["type", "name", "name"])
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(tmp_path / "form.xlsx", "x")
    assert caught.value.problems[0].message(Lang.ZH) == "XLSForm有误：“name”列重复"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The small form as a workbook."""
    return workbook(tmp_path_factory.mktemp("form") / "whole.xlsx").read_bytes()


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damaged_workbook_is_a_traceback(tmp_path: Path, whole: bytes, data: st.DataObject) -> None:
    """A workbook with bytes changed or its end cut off compiles or is bad input."""
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    with suppress(BadInput):
        assert compile_questionnaire(damaged, "small").questionnaire.questions


CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], max_codepoint=0xFFFD), max_size=10),
    st.sampled_from(["type", "name", "label", "text", "select_one s", "s", "Q1", "list_name", "=1+1", "begin group"]),
)  # fmt: skip


@given(sheets=st.dictionaries(st.sampled_from(["survey", "choices", "settings", "x"]), st.lists(st.lists(CELL))))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_workbook_is_a_traceback(tmp_path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """Whatever stands in the cells of a workbook, it compiles or is bad input."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "any.xlsx"
    book.save(path)
    with pytest.raises(BadInput) as caught:
        compile_questionnaire(path, "x")
    assert all(problem.text(lang) for problem in caught.value.problems for lang in Lang)


def test_a_kiosk_imports_neither_pyxform_nor_elementpath(environment: Mapping[str, str]) -> None:
    """A stored questionnaire without conditions is asked without them; both cost too much at the start."""
    program = """
import sys
from campaign.i18n import I18n
from campaign.language import Lang
from surveys import booth, desk
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.run import SurveyRun
question = Question(name="Q1", type=QuestionType.TEXT, label=I18n(en="One"))
form = Questionnaire(id="x", title=I18n(), languages=(Lang.EN,), default_language=Lang.EN, questions=(question,))
run = SurveyRun(form, Lang.EN)
run.answer("yes")
run.forward()
assert run.finish() == {"Q1": "yes"}
print(sorted({"pyxform", "elementpath", "openpyxl"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
