"""Workbook files as people bring them: sound ones are read, all others end in one plain message."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.book.reading import read_plan
from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Plan
from campaign.samples import SAMPLES, sample_plan
from exports.workbook.plan_book import plan_workbook
from exports.workbook.reading import read_workbook
from tests.books import plans

TODAY = date(2026, 11, 23)


def written(path: Path, plan: Plan, lang: Lang = Lang.EN) -> Path:
    path.write_bytes(plan_workbook(plan, lang, TODAY))
    return path


def told(path: Path, code: str = "M120") -> str:
    """The Chinese and English message with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read_workbook(path)
    [problem] = caught.value.problems
    assert problem.code == code
    assert problem.text(Lang.ZH) != problem.text(Lang.EN)
    return problem.text(Lang.EN)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_come_back_from_a_file(tmp_path: Path, name: str, lang: Lang) -> None:
    """Written by one library, read by another: the same plan, and nothing to say about it."""
    plan = sample_plan(name).plan
    read = read_plan(read_workbook(written(tmp_path / "plan.xlsx", plan, lang)))
    assert (read.plan, read.warnings) == (plan, ())


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_any_plan_comes_back_from_a_file(tmp_path: Path, plan: Plan) -> None:
    """Days as days, numbers as numbers, formulas as texts."""
    assert read_plan(read_workbook(written(tmp_path / "plan.xlsx", plan))).plan == plan


def test_a_text_that_looks_like_markup_of_the_workbook_comes_back(tmp_path: Path) -> None:
    """Between ``<r>`` and ``</r>`` the writing library takes a text for its own."""
    plan = sample_plan("town").plan
    for what in ("<r></t></r>", "<r><t>x</t></r>", "<r></r>"):
        campaign = plan.campaign.model_copy(update={"title": I18n(zh=what, en=what)})
        changed = plan.model_copy(update={"campaign": campaign})
        assert read_plan(read_workbook(written(tmp_path / "plan.xlsx", changed))).plan == changed


@pytest.mark.parametrize("name", SAMPLES)
def test_a_plan_survives_a_spreadsheet_that_saves_it(tmp_path: Path, name: str) -> None:
    """Opened and saved by another program, which writes everything anew."""
    path = written(tmp_path / "plan.xlsx", sample_plan(name).plan, Lang.ZH)
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert read_plan(read_workbook(path)).plan == sample_plan(name).plan


def test_a_written_workbook_is_easy_to_edit(tmp_path: Path) -> None:
    """Frozen headings with notes, lists to choose from, real days and numbers, no formula; columns that fit."""
    book = openpyxl.load_workbook(written(tmp_path / "plan.xlsx", sample_plan("town").plan))
    assert book.sheetnames[:4] == ["Read me", "Settings", "Branches", "Members"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None
        assert sheet["A1"].font.bold
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        widest = max((len(str(cell.value or "")) for cell in sheet["A"][1:]), default=0)
        assert sheet.column_dimensions["A"].width >= min(widest, 36)
    branches = book["Branches"]
    assert branches["A1"].comment is not None
    lists = {str(rule.sqref): rule.formula1 for rule in branches.data_validations.dataValidation if rule.type == "list"}
    assert '"works well,weak,paralysed,a shell,being rebuilt"' in lists.values()
    refers = [rule.formula1 for rule in book["Contacts"].data_validations.dataValidation]
    assert any("'Branches'!$A$2:$A$" in formula for formula in refers)
    assert isinstance(book["Schedule"]["C2"].value, datetime)
    assert book["Schedule"]["C2"].number_format == "yyyy-mm-dd"
    assert isinstance(book["Members"]["I2"].value, int)


def test_cells_are_read_as_what_they_hold(tmp_path: Path) -> None:
    """Shares without binary dust, days without a time, hidden rows and sheets too, signs that XML cannot hold."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    day, moment = datetime(2026, 7, 1), datetime(2026, 7, 1, 8, 30)  # noqa: DTZ001  # cells know no zone
    sheet.append([0.1 + 0.2, 3.0, day, moment, True, "_x0041_", " x ", None])
    sheet.append([None])
    sheet.append([timedelta(hours=1), "=1+1"])
    sheet.row_dimensions[1].hidden = True
    book.create_sheet("more").append(["a"])
    book["more"].sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    first, second = read_workbook(tmp_path / "b.xlsx")
    assert first.rows[0].cells == (Decimal("0.3"), 3, date(2026, 7, 1), "2026-07-01 08:30", True, "A", " x ")
    assert [row.number for row in first.rows] == [1, 3]
    assert second.rows[0].cells == ("a",)


def test_formulas_count_by_their_value_and_not_at_all_without_one(tmp_path: Path) -> None:
    """What was never worked out is named; so are errors, and all merged cells but the first."""
    plan = sample_plan("town").plan
    path = written(tmp_path / "plan.xlsx", plan)
    book = openpyxl.load_workbook(path)
    book["Members"]["I2"] = "=SUM(C2:H2)"
    book["Members"]["I3"] = "#REF!"
    book["Schedule"].merge_cells("C4:C5")
    book.save(path)
    with pytest.raises(BadInput) as caught:
        read_plan(read_workbook(path))
    found = {(problem.code, str(problem.place)): problem.message(Lang.EN) for problem in caught.value.problems}
    assert set(found) == {("M125", "Members!I2"), ("M125", "Members!I3"), ("M125", "Schedule!C5")}
    assert "C4:C5" in found["M125", "Schedule!C5"]


def test_a_formula_that_was_worked_out_counts_by_its_value(tmp_path: Path) -> None:
    """As Excel saves it: formula and value side by side."""
    path = written(tmp_path / "plan.xlsx", sample_plan("town").plan)
    book = openpyxl.load_workbook(path)
    members = book.sheetnames.index("Members") + 1
    book.save(path)
    patch(path, f"xl/worksheets/sheet{members}.xml", b"<v>36</v>", b"<f>SUM(C2:H2)</f><v>36</v>")
    assert read_plan(read_workbook(path)).plan == sample_plan("town").plan


def patch(path: Path, name: str, old: bytes, new: bytes) -> None:
    """Replace something in one part of a file."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def csv(path: Path) -> None:
    path.write_text("code,name\nB01,x\n", encoding="utf-8")


def old_format(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    written(path, sample_plan("library").plan)
    path.write_bytes(path.read_bytes()[:20_000])


def a_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")


def macros(path: Path) -> None:
    written(path, sample_plan("library").plan)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")


def bomb(path: Path) -> None:
    written(path, sample_plan("library").plan)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", bytes(301_000_000))


def entities(path: Path) -> None:
    written(path, sample_plan("library").plan)
    patch(path, "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook')


def no_xml(path: Path) -> None:
    written(path, sample_plan("library").plan)
    patch(path, "xl/worksheets/sheet3.xml", b"</sheetData>", b"</sheet")


def no_styles(path: Path) -> None:
    written(path, sample_plan("library").plan)
    patch(path, "xl/styles.xml", b"<cellXfs", b"<nothing")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (csv, "no .xlsx workbook"),
        (empty, "no .xlsx workbook"),
        (a_document, "no .xlsx workbook"),
        (old_format, "old .xls file or protected by a password"),
        (cut_short, "damaged"),
        (no_xml, "damaged"),
        (macros, "macros"),
        (bomb, "too large"),
        (entities, "no spreadsheet writes"),
    ],
)
def test_whatever_else_is_called_xlsx_ends_in_one_plain_message(
    tmp_path: Path, make: Callable[[Path], None], why: str
) -> None:
    """With what it is and what to do; nothing is unpacked that is too large to be a plan."""
    path = tmp_path / "plan.xlsx"
    make(path)
    assert why in told(path)


def test_a_part_that_is_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    """A bomb may lie about its size."""
    path = tmp_path / "plan.xlsx"
    written(path, sample_plan("library").plan)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", bytes(9_000_000))
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.rfind(b"xl/worksheets/sheet99.xml")
        at = content.rfind(
            signature, 0, at if signature == b"PK\x01\x02" else content.find(b"xl/worksheets/sheet99.xml")
        )
        content[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    assert told(path)


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    """M03, as for any other file."""
    assert "no such file" in told(tmp_path / "none.xlsx", "M03")
    assert "folder" in told(tmp_path, "M03")


def assert_read_or_refused(path: Path) -> None:
    """It is a plan, or there are problems that can be told in both languages."""
    problems: Sequence[Problem] = ()
    try:
        read_plan(read_workbook(path))
    except BadInput as error:
        problems = error.problems
    assert all(problem.text(lang) for problem in problems for lang in Lang)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(position=st.floats(0, 1), piece=st.binary(min_size=1, max_size=200))
def test_no_damage_shows_a_traceback(tmp_path: Path, position: float, piece: bytes) -> None:
    """Wherever a file is overwritten, it is read or refused."""
    path = written(tmp_path / "plan.xlsx", sample_plan("library").plan)
    content = bytearray(path.read_bytes())
    at = int(position * (len(content) - 1))
    content[at : at + len(piece)] = piece
    path.write_bytes(content)
    assert_read_or_refused(path)


def test_headings_are_in_both_languages_and_in_the_campaigns_own_words(tmp_path: Path) -> None:
    """The language of the file comes first; what the program calls it stands behind the campaign's word."""
    plan = sample_plan("library").plan
    heads = {each.title: each.rows[0].cells for each in read_workbook(written(tmp_path / "a.xlsx", plan, Lang.ZH))}
    assert heads["时间安排"][0] == "图书馆（单位）\nLibrary (Branch)"
    heads = {each.title: each.rows[0].cells for each in read_workbook(written(tmp_path / "b.xlsx", plan, Lang.EN))}
    assert heads["Schedule"][0] == "Library (Branch)\n图书馆（单位）"
    assert heads["Pauses"][2] == "Stage (Phase)\n步骤（阶段）"
    assert heads["Branches"][1] == "Name (Chinese)\n名称（中文）"


@pytest.mark.parametrize(("typed", "day"), [(20260720, date(2026, 7, 20)), (20269999, None)])
def test_a_number_in_a_cell_of_days_is_the_day_that_it_spells(tmp_path: Path, typed: int, day: date | None) -> None:
    """20260720, typed where a spreadsheet expects a day, is that day; what is none is named as it was typed."""
    path = written(tmp_path / "plan.xlsx", sample_plan("town").plan)
    book = openpyxl.load_workbook(path)
    book["Schedule"]["C2"] = typed
    book["Schedule"]["C2"].number_format = "yyyy-mm-dd"
    book.save(path)
    if day is not None:
        [first] = [each for each in read_plan(read_workbook(path)).plan.branches if each.code == "B01"]
        assert first.schedule["study"].start == day
        return
    with pytest.raises(BadInput) as caught:
        read_plan(read_workbook(path))
    assert any(each.place == "Schedule!C2" and str(typed) in each.text(Lang.EN) for each in caught.value.problems)
