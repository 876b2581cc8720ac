"""Scanned forms by command line: real processes and files, exit codes, and a pty for the progress bar."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from db import open_store
from db.keys import read_key
from tests.conftest import Run
from tests.end_to_end.test_forms_commands import ENGLISH, account, lines, opened
from tests.end_to_end.test_whole_way import program
from tests.filled_scans import Sheet, printed_sheets, scan_file, ticked
from tests.pty_terminal import Terminal
from tests.scanned_town import TICKS

pytestmark = pytest.mark.end_to_end

WITHOUT_EXTRA = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"numpy", "zxingcpp", "pypdfium2"}:
            raise ImportError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
from manyi.__main__ import main
sys.exit(main())
"""
"""Runs the program as if the extra ``scan`` were not installed."""


class Pile:
    """A closed session with four forms that are out."""

    def __init__(self, run: Run, folder: Path, data: Path) -> None:
        self.run, self.folder = run, folder
        self.session = opened(run)
        pdf = folder / "forms.pdf"
        assert not run("forms", "print", "--session", self.session, "--count", "4", "--out", str(pdf)).returncode
        assert not run("forms", "issue", "--session", self.session, "--count", "4").returncode
        assert not run("session", "close", self.session).returncode
        self._pdf, self._data = pdf, data

    @cached_property
    def forms(self) -> Mapping[int, Sequence[Sheet]]:
        """The pages of each form, in the order of printing."""
        found: dict[int, list[Sheet]] = {}
        for sheet in printed_sheets(self._pdf, read_key(self._data / "paper.key")):
            found.setdefault(sheet.code.serial, []).append(sheet)
        return found

    def scan(self, name: str, *changes: Mapping[str, Sequence[str]]) -> Path:
        """The first forms as they come from the scanner, each with the usual ticks but for its changes."""
        store = open_store(self._data)
        stock = store.paper_stock(self.session)
        store.close()
        assert stock
        pairs = zip(self.forms.values(), changes, strict=False)
        pages = [ticked(each, stock.layouts[0], {**TICKS, **what}) for form, what in pairs for each in form]
        return scan_file(pages, self.folder / name)


@pytest.fixture
def pile(town: Run, tmp_path: Path, data: Path) -> Pile:
    return Pile(town, tmp_path, data)


def test_from_the_scanner_to_the_results(pile: Pile, data: Path) -> None:
    """What is certain is kept, what waits is named with its picture, settled by hand, verified, published."""
    done = pile.run("forms", "read", str(pile.scan("scan.pdf", {}, {}, {"Q5": []}, {"Q3": ["A", "B"]})), "--json")
    assert done.returncode == 0, done.stderr
    *results, summary = lines(done.stdout)
    assert [each["fate"] for each in results] == ["keyed", "keyed", "to_settle", "to_settle"]
    assert summary["pages"] == 8
    assert (summary["forms"]["keyed"], summary["forms"]["to_settle"]) == (2, 2)
    waits = [each for result in results[2:] for each in result["open"]]
    assert [(each["question"], each["doubt"]) for each in waits] == [("Q5", "blank"), ("Q3", "several")]
    assert all(Path(each["picture"]).read_bytes().startswith(b"\x89PNG") for each in waits)
    assert account(pile.run, pile.session)["to_key"] == 2
    assert pile.run("session", "verify", pile.session, "--role", "计票组", "--second-role", "监督组").returncode == 5
    _settle(pile, [each["form"] for each in results[2:]])
    found = account(pile.run, pile.session)
    assert (found["returned"], found["valid"], found["balances"]) == (4, 4, True)
    assert pile.run("session", "verify", pile.session, "--role", "计票组", "--second-role", "监督组").returncode == 0
    assert not (data / "scans").exists()
    assert "returned" not in account(pile.run, pile.session), "four forms are too few to be told"


def test_the_list_names_what_waits(pile: Pile) -> None:
    """Beside the forms that are out, with the pictures' files; in words for people."""
    pile.run("forms", "read", str(pile.scan("scan.pdf", {"Q5": []})))
    listed = json.loads(pile.run("forms", "list", "--session", pile.session, "--json").stdout)
    (form,) = listed["scans"]["forms"]
    assert form["open"][0]["question"] == "Q5"
    shown = pile.run("forms", "list", "--session", pile.session, lang="zh").stdout
    assert "需人工确认" in shown
    assert "未作标记：Q5" in shown
    assert not ENGLISH.search(shown)


def test_what_is_not_ours_is_named_at_the_end(pile: Pile) -> None:
    """In both languages, with file and page, and an exit code that says that somebody must look."""
    scan = pile.scan("scan.pdf", {})
    note = pile.folder / "note.txt"
    note.write_text("no scan")
    for lang, words in (("en", "could not be read"), ("zh", "无法读取")):
        done = pile.run("forms", "read", str(scan), str(note), lang=lang)
        assert done.returncode == 3
        assert words in done.stdout
        assert str(note) in done.stdout
        assert "Traceback" not in done.stderr
    assert account(pile.run, pile.session)["returned"] == 1


def test_a_wrong_order_is_refused(pile: Pile) -> None:
    """Nothing is read, nothing is changed."""
    empty = pile.folder / "empty"
    empty.mkdir()
    pdf = str(pile.folder / "forms.pdf")
    for arguments, code, exit_code in (
        ([str(empty)], "M98", 3),
        ([pdf, "--session", "B09-261123-1"], "M11", 5),
        ([pdf, "--session", opened(pile.run, "B02")], "M12", 5),
    ):
        done = pile.run("forms", "read", *arguments)
        assert done.returncode == exit_code
        assert code in done.stderr
    assert account(pile.run, pile.session)["returned"] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_the_extra_it_says_what_to_install(
    town: Run, data: Path, environment: Mapping[str, str], lang: str, tmp_path: Path
) -> None:
    """M95; everything else about paper works without."""
    session = opened(town)
    out = tmp_path / "forms.pdf"
    for arguments, expected in (
        (["forms", "print", "--session", session, "--count", "2", "--out", str(out)], 0),
        (["forms", "account", "--session", session, "--json"], 0),
        (["forms", "--help"], 0),
        (["forms", "read", str(out)], 2),
    ):
        done = _without_extra(arguments, data, environment, lang)
        assert done.returncode == expected, done.stderr
    assert "M95" in done.stderr
    assert "pip install 'manyi[scan]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_sees_how_fast_it_goes(pile: Pile) -> None:
    """A bar with the number of pages, the rate and the time left, and then the counts."""
    scan = pile.scan("scan.pdf", {}, {}, {}, {})
    with Terminal(program(pile.folder / "data", "forms", "read", str(scan), lang="en"), cols=100, rows=24) as terminal:
        terminal.wait_for("8 pages were read")
        assert b"8/8" in terminal.raw
        assert b"pages/s" in terminal.raw


def test_json_on_a_terminal_is_not_broken_by_a_bar(pile: Pile) -> None:
    """Every line that is shown is an object, or a part of one that was too long for the row."""
    scan = pile.scan("scan.pdf", {})
    with Terminal(
        program(pile.folder / "data", "forms", "read", str(scan), "--json", lang="en"), cols=100, rows=24
    ) as terminal:
        terminal.wait_for('"others"')
        assert b"pages/s" not in terminal.raw


def test_pictures_go_with_the_command_that_settles_their_form(pile: Pile, data: Path) -> None:
    """Declared void, or keyed from a file: nothing waits for another command."""
    pile.run("forms", "read", str(pile.scan("scan.pdf", {"Q5": []}, {"Q5": []})))
    listed = json.loads(pile.run("forms", "list", "--session", pile.session, "--json").stdout)
    first, second = (int(each["form"]) for each in listed["scans"]["forms"])
    assert len(list((data / "scans").iterdir())) >= 2
    codes = [f"{serial:06d}{98 - serial * 100 % 97:02d}" for serial in (first, second)]
    pile.run("forms", "void", "--session", pile.session, "--reason", "unreadable", codes[0])
    (left,) = json.loads(pile.run("forms", "list", "--session", pile.session, "--json").stdout)["scans"]["forms"]
    assert left["form"] == f"{second:06d}"
    given = json.dumps({"code": codes[1], "answers": {"Q1": "A"}})
    assert not pile.run("forms", "key", "--session", pile.session, "-", given=given).returncode
    assert not (data / "scans").exists()


def test_the_file_for_the_printer_is_no_scan(pile: Pile) -> None:
    """A folder that holds it beside the scans brings no form back blank."""
    done = pile.run("forms", "read", str(pile.folder / "forms.pdf"))
    assert (done.returncode, account(pile.run, pile.session)["returned"]) == (3, 0)
    assert "as they are printed" in done.stdout


def _settle(pile: Pile, serials: Sequence[str]) -> None:
    """On the intake screen, from the dashboard on, by keys alone."""
    with Terminal(program(pile.folder / "data", lang="en"), cols=120, rows=36) as terminal:
        terminal.wait_for("Town Office")
        terminal.send("p")
        terminal.wait_for(pile.session)
        terminal.send("\r")
        terminal.wait_for("to key 2")
        for _ in serials:
            terminal.send(".")
            terminal.wait_for("From the scan:")
            terminal.send("1")
            terminal.wait_for("Enter keeps this form")
            terminal.send("\r")
            terminal.wait_for("Keyed and kept")


def _without_extra(
    arguments: Sequence[str], data: Path, environment: Mapping[str, str], lang: str
) -> subprocess.CompletedProcess[Any]:
    options = ["--data", str(data), "--lang", lang, "--today", "2026-11-23"]
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRA, *options, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
