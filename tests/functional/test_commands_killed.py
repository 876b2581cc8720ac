"""Commands of several steps that are killed before any of their writes: nothing is lost, nothing is done by half."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import openpyxl
import pytest

from campaign.case_desk import open_and_keep
from campaign.case_opening import NewCase
from campaign.language import Lang
from db import check, open_store
from db.files import NAME
from db.transactions import Transactions
from manyi.cli import command_line
from tests.results_town import start_town
from tests.store_contents import Documents, documents

pytestmark = pytest.mark.rig

SPAWN = multiprocessing.get_context("spawn")
WHO = ("--role", "office")
AGAIN = "again"
FEW, AFTER = 4, 1
"""Deaths that leave the store as it was, at the least; and those after the commit: before it is noted."""
SECOND = "4071925836"
"""Slip of another matter of the branch of the one that is merged."""
COMMANDS: dict[str, Sequence[str]] = {
    "merge": ("opinion", "merge", "130844", "786270", "--text", "Lamps", *WHO),
    "turn": ("opinion", "turn", "4", "--owner", "head", "--due", "2026-12-10", "--suggestion", "repair", *WHO),
    "case merge": ("case", "move", "3840615792", "merge", "--into", SECOND, *WHO),
    "plan load": ("plan", "load", "{plan}", "--yes", "--reason", "two weeks of rain", *WHO),
    "log add": ("log", "add", "--from", "{list}", "--yes", *WHO),
}


class Death:
    """Kills this process before step number ``left``: a statement that writes, or a note of what was committed."""

    def __init__(self, left: int) -> None:
        self._left = left

    def before(self, step: Callable[..., object]) -> Callable[..., object]:
        """The same step, with death before it."""

        def mortal(*arguments: object) -> object:
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1
            return step(*arguments)

        return mortal


def run(folder: Path, command: Sequence[str]) -> None:
    """The command as its process runs it, with what it prints in a file."""
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    line = ["--data", str(folder), "--today", "2026-11-23", *command]
    command_line(Lang.EN).main(line, "manyi", standalone_mode=False)


def kill_before_every_step(pipe: Connection, old: Path, into: Path, command: Sequence[str]) -> None:
    """Run the command on copies of ``old`` named 0, 1, 2 …, killed before that step; the last one comes through.

    Then once more on a copy of one amid the others, named ``again``. Before all that on one that nobody looks at, so
    that not every process has to import what the command needs.
    """
    shutil.copytree(old, into / "first")
    run(into / "first", command)
    for number in count():
        folder = into / str(number)
        shutil.copytree(old, folder)
        status = ended(folder, command, Death(number))
        if not os.WIFSIGNALED(status):
            shutil.copytree(into / str(number // 2), into / AGAIN)
            again = ended(into / AGAIN, command, Death(-1))
            pipe.send((number, [os.waitstatus_to_exitcode(each) for each in (status, again)]))
            return


def ended(folder: Path, command: Sequence[str], death: Death) -> int:
    """The wait status of a process that runs the command."""
    child = os.fork()
    if child == 0:
        for step in ("_run", "_acknowledge"):
            setattr(Transactions, step, death.before(getattr(Transactions, step)))
        run(folder, command)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def killed(old: Path, into: Path, command: Sequence[str]) -> list[Path]:
    """The folders that are left; the last command came through."""
    into.mkdir()
    ours, theirs = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=kill_before_every_step, args=(theirs, old, into, command), daemon=True)
    process.start()
    theirs.close()
    last, codes = ours.recv()
    process.join()
    assert codes == [0, 0], (into / str(last) / "said").read_text(encoding="utf-8")
    return [into / str(number) for number in range(last + 1)]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample town, with two answers open at one branch."""
    folder = start_town(tmp_path_factory.mktemp("old"))
    with closing(open_store(folder)) as store:
        new = NewCase("answer", "B08", "waste not collected", "office", date(2026, 11, 23), SECOND)
        open_and_keep(store, store.plan(), new, date(2026, 11, 23))
    return folder


@pytest.fixture(scope="module")
def books(old: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The plan with two changes, and a list with two entries."""
    folder = tmp_path_factory.mktemp("books")
    plan, listed = folder / "plan.xlsx", folder / "list.xlsx"
    for command in (("plan", "export", str(plan)), ("log", "template", str(listed), "--kind", "notice")):
        command_line(Lang.EN).main(["--data", str(old), "--lang", "en", *command], "manyi", standalone_mode=False)
    book = openpyxl.load_workbook(plan)
    book["Schedule"]["H9"], book["Branches"]["K4"] = date(2026, 12, 6), "shared"
    book.save(plan)
    book = openpyxl.load_workbook(listed)
    for row in (2, 3):
        book["Log list"].cell(row, 4).value = date(2026, 11, 20)
        book["Log list"].cell(row, 7).value = f"shelf {row}"
    book.save(listed)
    return {"plan": str(plan), "list": str(listed)}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_killed_command_has_done_all_or_nothing(
    old: Path, books: dict[str, str], tmp_path: Path, command: Sequence[str]
) -> None:
    """At every point the store is as before or as after, sound; what was said to be done is done; then it works."""
    filled = [part.format(**books) for part in command]
    held = contents(old)
    folders = killed(old, tmp_path / "killed", filled)
    done = contents(folders[-1])
    assert done != held
    found = []
    for folder in folders:
        now = contents(folder)
        assert now in (held, done), folder
        found.append(now == done)
        assert told(folder) != told(folders[-1]) or now == done, folder
    assert found == sorted(found)
    assert found.count(False) > FEW
    assert found[:-1].count(True) == AFTER
    assert contents(folders[0].parent / AGAIN) == done


def told(folder: Path) -> str:
    """What the command printed."""
    return (folder / "said").read_text(encoding="utf-8")


def contents(folder: Path) -> Documents:
    """What a store holds once it has been opened after a crash; StoreError if it is not sound."""
    open_store(folder).close()
    check(folder)
    return documents(folder / NAME)
