"""The plan and attendance lists in a spreadsheet and back, by command line; real processes."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

WHY = ("--reason", "秋收推迟了两周", "--role", "活动办公室")


def test_the_plan_is_edited_in_a_spreadsheet(town: Run, tmp_path: Path) -> None:
    """Exported in Chinese, checked, shown, asked about, loaded; wrong cells are named; the audit has the reason."""
    path = tmp_path / "方案.xlsx"
    done = town("plan", "export", str(path), lang="zh")
    assert (done.returncode, "manyi plan load 方案.xlsx" in done.stderr) == (0, True)
    assert town("plan", "export", str(path)).returncode == 5
    same = town("plan", "load", str(path), *WHY, lang="zh")
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "工作簿与方案一致，没有更改。\n")

    book = openpyxl.load_workbook(path)
    book["时间安排"]["H9"] = "２０２６年12月6日"
    book["单位"]["K4"] = "共用"
    book.save(path)
    dry = town("plan", "load", str(path), *WHY, "--dry-run", lang="zh")
    assert dry.returncode == 0
    assert "  H9  B08 集镇社区，整改提高 结束日期（improve）：2026-11-29 → 2026-12-06\n" in dry.stdout
    assert "  K4  B03，活动场所：自有 → 共用\n" in dry.stdout
    assert "将有2处更改。现在没有更改。" in dry.stderr
    assert town("plan", "load", str(path), *WHY).returncode == 5
    loaded = town("plan", "load", str(path), *WHY, "--yes", "--json")
    told = json.loads(loaded.stdout)
    assert (told["changed"], [change["cell"] for change in told["changes"]]) == (True, ["单位!K4", "时间安排!H9"])
    [audit] = [each for each in json.loads(town("log", "audit", "--json").stdout)["audit"] if each["field"] == "venue"]
    assert (audit["entity"], audit["new"], audit["reason"]) == ("branch B03", "shared", "秋收推迟了两周")
    assert (
        town("plan", "load", str(path), *WHY).stderr == "The workbook says what the plan says. Nothing was changed.\n"
    )

    book["时间安排"]["D7"] = "下周"
    book["人数"]["I2"] = 35
    book.save(path)
    wrong = town("plan", "load", str(path), *WHY, "--yes", lang="zh")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert [line.partition("]")[0] for line in wrong.stderr.splitlines()][1:3] == ["V05 [人数!I2", "M07 [时间安排!D7"]


def test_a_venue_that_a_workbook_takes_away_is_to_be_asked_for(town: Run, tmp_path: Path) -> None:
    """A loaded plan opens no request by itself; the command that opens it is said, for what is missing since alone."""
    path = tmp_path / "plan.xlsx"
    assert town("plan", "export", str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    book["Branches"]["K4"] = "none"
    book.save(path)
    loaded = town("plan", "load", str(path), *WHY, "--yes")
    assert loaded.returncode == 0, loaded.stderr
    assert [line for line in loaded.stderr.splitlines() if "--ask" in line] == [
        "To ask for it: manyi plan means B03 --ask venue --text … --owner … --due … --role …"
    ]


def test_an_old_workbook_sets_nothing_back_by_yes_alone(town: Run, tmp_path: Path) -> None:
    """M129 names what is to be looked at, M174 refuses; --set-back says that it is meant."""
    path = tmp_path / "plan.xlsx"
    assert town("plan", "export", str(path)).returncode == 0
    assert town("plan", "move", "B08", "improve", "--end", "2026-12-05", *WHY).returncode == 0
    refused = town("plan", "load", str(path), *WHY, "--yes")
    assert (refused.returncode, "M129" in refused.stderr, "M174" in refused.stderr) == (5, True, True)
    assert "2026-12-05 → 2026-11-29" in refused.stdout
    assert json.loads(town("plan", "load", str(path), *WHY, "--yes", "--set-back", "--json").stdout)["changed"] is True


@pytest.mark.parametrize("sample", ["town", "library"])
def test_a_campaign_starts_from_a_workbook(manyi: Run, tmp_path: Path, sample: str) -> None:
    """The plan of one data folder, edited, is the beginning of another; a wrong file starts nothing."""
    other = str(tmp_path / "other")
    assert manyi("--data", other, "init", "--sample", sample).returncode == 0
    path = tmp_path / "plan.xlsx"
    assert manyi("--data", other, "plan", "export", str(path)).returncode == 0
    (tmp_path / "csv.xlsx").write_text("code,name\n")
    wrong = manyi("init", "--from", str(tmp_path / "csv.xlsx"), lang="zh")
    assert (wrong.returncode, wrong.stderr[:5]) == (3, "M120 ")
    assert manyi("status").returncode == 4
    started = manyi("init", "--from", str(path))
    assert started.returncode == 0, started.stderr
    assert manyi("plan", "load", str(path), *WHY).stderr.endswith("Nothing was changed.\n")


def test_an_attendance_list_is_recorded(town: Run, tmp_path: Path) -> None:
    """The numbers of the new entries are printed; a second time it is asked about; wrong cells are named."""
    path = tmp_path / "签到.xlsx"
    assert town("log", "template", str(path), "--kind", "study_session", lang="zh").returncode == 0
    empty = town("log", "add", "--from", str(path), lang="zh")
    assert (empty.returncode, "填好的行" in empty.stderr) == (3, True)
    book = openpyxl.load_workbook(path)
    sheet = book["登记表"]
    headings = {str(cell.value).splitlines()[0]: cell.column for cell in sheet[1]}  # English stands below
    for heading, cell in (("日期", "2026/11/20"), ("离退休 实到", 9), ("学时", 2)):
        sheet.cell(9, headings[heading], cell)
    book.save(path)
    done = town("log", "add", "--from", str(path), "--role", "支部记录员", lang="zh")
    newest = max(each["number"] for each in json.loads(town("log", "list", "--json").stdout)["entries"])
    assert (done.returncode, done.stderr) == (0, f"已记录1条，编号：{newest}。\n9行没有填写。\n")
    again = town("log", "add", "--from", str(path), lang="zh")
    assert (again.returncode, again.stderr.startswith("M126 [登记表!A9]")) == (5, True)
    assert town("log", "add", "--from", str(path), "--kind", "notice").returncode == 2
    sheet.cell(9, headings["离退休 实到"], 99)
    book.save(path)
    assert "登记表!R9" in town("log", "add", "--from", str(path)).stderr
