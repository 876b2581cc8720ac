"""Results as files, by command line; real processes."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.pdf_reading import bare, read_pages
from tests.report_books import opened

pytestmark = pytest.mark.end_to_end


def test_the_results_are_written_and_can_be_checked_by_anybody(town: Run, tmp_path: Path) -> None:
    """All formats without being asked for any; sha256sum agrees; a changed file is told; nothing is overwritten."""
    out = tmp_path / "公布"
    done = town("export", str(out), lang="zh")
    assert done.returncode == 0, done.stderr
    written = {path for path in out.rglob("*") if path.is_file()}
    assert {str(path) for path in written} - {str(out / "SHA256SUMS")} <= {*done.stdout.splitlines()}
    assert "manyi export --verify" in done.stderr
    assert "\x1b" not in done.stderr
    assert "T1-final 测评票回收情况统计表：终期测评.csv" in {path.name for path in written}
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=out, check=True, capture_output=True)
    assert town("export", "--verify", str(out)).returncode == 0

    again = town("export", str(out), "--format", "json")
    assert (again.returncode, again.stderr.startswith("M166"), "SHA256SUMS" in again.stderr) == (5, True, True)
    (out / "report.json").write_text("{}")
    (out / "csv" / "tidy.csv").unlink()
    (out / "more.txt").write_text("")
    wrong = town("export", "--verify", str(out), "--json")
    told = json.loads(wrong.stdout)
    assert (wrong.returncode, wrong.stderr.count("M167")) == (5, 3)
    assert [told[key] for key in ("missing", "changed", "extra")] == [["csv/tidy.csv"], ["report.json"], ["more.txt"]]
    assert town("export", "--verify", str(tmp_path)).returncode == 3

    forced = town("export", str(out), "--format", "json，csv", "--force", "--json")
    answer = json.loads(forced.stdout)
    assert (forced.returncode, answer["other_files"]) == (0, [name for name in answer["other_files"] if name])
    assert "more.txt" in answer["other_files"]
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["campaign"] == "sample-town-2026"


def test_chosen_sessions_are_exported(town: Run, tmp_path: Path) -> None:
    """Several at once; an unknown one, a wrong format, and two wishes that exclude each other are refused."""
    chosen = ("--session", "B01-261008-1", "--session", "B07-261112-1")
    done = town("export", str(tmp_path / "two"), *chosen, "--format", "csv", "--json")
    names = {each["name"].split(" ")[0] for each in json.loads(done.stdout)["files"]}
    assert {"csv/T9-B01-261008-1", "csv/T9-B07-261112-1"} <= names
    out = str(tmp_path / "none")
    assert town("export", out, "--session", "B01-000000-1").stderr.startswith("M11")
    assert town("export", out, *chosen, "--all").returncode == 2
    assert town("export", out, "--verify", "--force").returncode == 2
    unknown = town("export", out, "--format", "docx,csv")
    assert (unknown.returncode, "docx" in unknown.stderr, "json" in unknown.stderr) == (2, True, True)
    assert not Path(out).exists()


def test_before_any_count_is_verified_the_records_are_exported(manyi: Run, tmp_path: Path) -> None:
    """In every format; a session that is not counted is refused all the same, and no folder is left."""
    assert manyi("init", "--sample", "library").returncode == 0
    opened = manyi("session", "open", "--branch", "L01", "--ready").stdout.strip()
    done = manyi("export", str(tmp_path / "all"), "--json")
    names = {each["name"].split(" ")[0] for each in json.loads(done.stdout)["files"]}
    assert {"csv/T2", "csv/T6", "csv/T7", "report.json"} <= names
    refused = manyi("export", str(tmp_path / "out"), "--session", opened)
    assert (refused.returncode, refused.stderr.startswith("V58"), (tmp_path / "out").exists()) == (5, True, False)


def test_results_are_told_by_the_goals_of_the_campaign(town: Run, tmp_path: Path) -> None:
    """On the terminal, as JSON and in the files for programs and people alike; no question about one is said."""
    said = town("results", "--all", lang="zh").stdout
    block = said[said.index("按活动目标汇总") :].split("\n\n")[0]
    rows = [line.split() for line in block.splitlines()[2:7]]
    assert rows[3][:3] == ["work", "促进工作", "没有这方面的题"]
    assert rows[3][-6:] == ["4", "46", "461", "5", "5", "12"]

    out = tmp_path / "out"
    assert town("export", str(out), "--format", "csv,json").returncode == 0
    answer = json.loads(town("results", "--all", "--json").stdout)
    for report in (answer, json.loads((out / "report.json").read_text(encoding="utf-8"))):
        table = next(each for each in report["tables"] if each["name"] == "T3-goals")
        work, all_together = table["rows"][3], table["rows"][-1]
        assert (work["final.satisfaction"], work["log.help_case"], work["log.help_case.households"]) == (None, 5, 12)
        assert work["final.questions"]["en"] == "no question"
        assert all_together["log.thematic_activity"] == sum(row["log.thematic_activity"] for row in table["rows"][:-1])
    tidy = csv.DictReader(io.StringIO((out / "csv" / "tidy.csv").read_text(encoding="utf-8-sig")))
    found = [each for each in tidy if (each["name"], each["goal"]) == ("T3-goals", "people")]
    assert [(each["figure"], each["rate_pct"]) for each in found][:1] == [("final.satisfaction", "80.6")]
    (printed,) = (out / "csv").glob("T3-goals *.csv")
    assert "final survey Satisfaction rate %" in printed.read_text(encoding="utf-8-sig")


def test_the_goals_are_printed(town: Run, tmp_path: Path) -> None:
    """The workbook and the report of paper have the table."""
    assert town("export", str(tmp_path / "out"), "--format", "xlsx,pdf").returncode == 0
    (book,) = (tmp_path / "out").glob("*.xlsx")
    sheets = opened(book.read_bytes()).worksheets
    assert any(cell == "organisation" for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    (report,) = (tmp_path / "out").glob("*.pdf")
    pieces = "".join(piece for page in read_pages(report.read_bytes()) for piece in page.pieces)
    assert bare("Results by the goals of the campaign") in pieces


def test_a_folder_that_cannot_be_written_is_told(town: Run, tmp_path: Path) -> None:
    """In plain words, exit code 4."""
    (tmp_path / "file").write_text("mine")
    done = town("export", str(tmp_path / "file" / "out"))
    assert (done.returncode, done.stderr[:4], (tmp_path / "file").read_text()) == (4, "M164", "mine")
