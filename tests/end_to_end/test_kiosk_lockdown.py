"""A kiosk in a real terminal: nothing that the public can type or send leaves it, breaks it, or shows its inside."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

import tests
from tests.kiosk_process import PIN, TYPED, prepare, stored
from tests.pty_terminal import Terminal

pytestmark = pytest.mark.end_to_end

Start = Callable[..., Terminal]
ROOT = Path(tests.__path__[0]).parent
WELCOME, QUESTION, CHOSEN = "请按 1 或 2", "第 1 题", "已选择"
SHELL = ["/bin/sh", "-c", '"$@"; read line; echo "read: $line"; read line', "sh"]
"""Runs its arguments and then reads from the terminal; like a shell it has the terminal, so they can end without it."""
MEGABYTES = 120
"""What a kiosk may take of the memory after a flood."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with an open session."""
    prepare(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts kiosks; they are ended with the test."""
    with ExitStack() as stack:

        def starter(mode: str = "app", behind: Sequence[str] = (), **environment: str) -> Terminal:
            argv = [*behind, sys.executable, "-m", "tests.kiosk_process", mode, str(folder)]
            terminal = stack.enter_context(Terminal(argv, env={"PYTHONPATH": str(ROOT), **environment}))
            terminal.wait_for(WELCOME, 20)
            return terminal

        yield starter


def at_a_question(terminal: Terminal) -> Terminal:
    """Begin in Chinese and go to the first question, which has six choices."""
    terminal.send("1")
    terminal.wait_for("按 9 继续")
    terminal.send("9")
    terminal.wait_for("您属于下列哪一类")
    return terminal


def answers(terminal: Terminal, digit: str = "3", label: str = "附近居民") -> None:
    """The kiosk still takes a choice; after a flood the person may have to press again."""

    def pressed() -> bool:
        terminal.send(digit)
        return any(label in row and CHOSEN in row for row in terminal.screen())

    terminal.wait_until(pressed, f"{label} {CHOSEN}", timeout=15)


HOSTILE = {
    "keys that make signals or leave other programs": b"\x03\x11\x1a\x1c\x04\x13\x10\x0f\x12\x18",
    "function keys, alt and control keys of the kitty protocol": b"\x1bOP\x1b[15~\x1b[24~\x1b[113;5u\x1bq\x1b[99;5u",
    "sequences that the parser cannot read": b"\x1b[7;:S\x1b[:7S\x1b[99999999999u\x1b[0;;1114112u",
    "reports of sizes that the window does not have": b"\x1b[48;9999;9999;0;0t\x1b[48;5;5;50;50t\x1b[?2048;1$y",
    "a paste": b"\x1b[200~" + b"5" * 5000 + b"\x1b[201~",
    "a paste that does not end": b"\x1b[200~abc",
    "bytes that are no text": b"\xff\xfe\xc0\x80\xed\xa0\x80",
    "mouse movements, other buttons, wheels": b"\x1b[<35;5;5M\x1b[<2;20;9M\x1b[<2;20;9m\x1b[<64;20;9M\x1b[<0;200;200M",
    "half a mouse report": b"\x1b[M ",
    "loss of the focus": b"\x1b[O",
}


def test_hostile_input_changes_nothing(start: Start) -> None:
    """Whatever the keyboard line carries, the kiosk stays on its page and takes the next answer."""
    terminal = at_a_question(start())
    for number, (what, data) in enumerate(HOSTILE.items()):
        terminal.send(data)
        digit, label = (("2", "来办事的群众"), ("3", "附近居民"))[number % 2]
        terminal.send("\x1b[201~" * 3)
        answers(terminal, digit, label)
        assert terminal.alive, what
        assert len(terminal.screen()[0]) <= 80, what
        assert "Traceback" not in terminal.text(), what


def test_a_flood_of_keys_is_swallowed(start: Start) -> None:
    """20,000 keys and 5,000 movements at once are dropped, without a growing queue."""
    terminal = at_a_question(start())
    terminal.send(b"a1" * 10_000 + b"\x1b[<35;9;9M" * 5_000)
    answers(terminal)
    assert terminal.memory() < MEGABYTES


def test_random_bytes_do_not_end_it(start: Start) -> None:
    """40,000 random bytes, and the kiosk is alive and shows one of its own pages."""
    terminal = start()
    terminal.send(os.urandom(40_000))
    terminal.send("\x1b[201~" + "\x1b" * 3)
    terminal.wait_until(lambda: terminal.alive and len(terminal.text()) > 100, "a page")
    terminal.resize(100, 30)
    terminal.wait_until(lambda: terminal.alive and len(terminal.screen()[-2] + terminal.screen()[-1]) > 0, "a page")
    assert "Traceback" not in terminal.text()


def test_a_text_question_takes_characters_and_no_commands(start: Start) -> None:
    """While a text is asked for, characters are typed; control keys still do nothing, markup stays text."""
    terminal = at_a_question(start())
    terminal.send("99")
    terminal.wait_for("总的来说")
    terminal.send("1")
    terminal.wait_for(CHOSEN)
    terminal.send("99")
    terminal.wait_for("您今年来过几次")
    terminal.send("\r")
    terminal.wait_for("您还有什么意见")
    terminal.send("[@click=app.quit]点[/] 好，\x11\x03\x10９")
    terminal.wait_for("[@click=app.quit]点[/] 好，９")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_signals_end_it_cleanly(start: Start, number: signal.Signals) -> None:
    """A signal ends the kiosk with code 75 and gives the terminal back: mouse off, main screen, cursor."""
    terminal = start()
    terminal.signal(number)
    assert terminal.wait_for_exit() == 75
    for sequence in (b"\x1b[?1000l", b"\x1b[?1049l", b"\x1b[?25h"):
        assert sequence in terminal.raw
    assert terminal.text() == ""


def test_it_cannot_be_stopped_from_the_keyboard(start: Start) -> None:
    """SIGTSTP is ignored: no shell appears."""
    terminal = start()
    terminal.signal(signal.SIGTSTP)
    answers(at_a_question(terminal))


@pytest.mark.parametrize("mode", ["app", "supervised"])
def test_a_lost_terminal_ends_it(start: Start, mode: str) -> None:
    """When the window is closed the kiosk is gone at once, and with it the supervisor."""
    terminal = at_a_question(start(mode))
    terminal.hang_up()
    assert terminal.wait_for_exit() in {74, 75}


def test_a_resize_lays_the_page_out_anew(start: Start) -> None:
    """Too small a window says so in both languages; enlarged again, the question is back with its answer."""
    terminal = at_a_question(start())
    answers(terminal)
    terminal.resize(50, 15)
    terminal.wait_for("屏幕太小")
    terminal.wait_for("too small")
    terminal.resize(120, 36)
    terminal.wait_for(CHOSEN)


def test_only_the_pin_leads_out(start: Start) -> None:
    """Five stars and a wrong PIN lead back; five stars and the right PIN end the kiosk with code 0."""
    terminal = at_a_question(start())
    terminal.send("*****")
    terminal.wait_for("工作人员请输入密码")
    terminal.send("1111\r")
    terminal.wait_for("密码不对")
    terminal.send("\x1b")
    terminal.wait_for("您属于下列哪一类")
    terminal.send("*****")
    terminal.wait_for("工作人员请输入密码")
    terminal.send(f"{PIN}\r")
    assert terminal.wait_for_exit() == 0


def test_a_response_is_on_disk_when_thanks_are_shown(start: Start, folder: Path) -> None:
    """At the moment of the thank-you another process finds the response."""
    terminal = at_a_question(start())
    terminal.send("199")
    terminal.wait_for("总的来说")
    terminal.send("1")
    terminal.wait_for(CHOSEN)
    terminal.send("99")
    terminal.wait_for("您今年来过几次")
    terminal.send("\r")
    terminal.wait_for("您还有什么意见")
    terminal.send("\r")
    terminal.wait_for("请核对您的回答")
    assert stored(folder) == 0
    terminal.send("9")
    terminal.wait_for("您的答卷已经保存")
    assert stored(folder) == 1


def test_an_unexpected_failure_shows_nothing(start: Start) -> None:
    """No traceback, no local variable, no path reaches the terminal; the exit code is 71."""
    terminal = start("failing")
    terminal.send("1")
    assert terminal.wait_for_exit() == 71
    assert terminal.text() == ""
    assert TYPED.encode() not in terminal.raw


def test_the_supervisor_starts_it_anew(start: Start) -> None:
    """After a failure there is one neutral line, and then the welcome again; keys meanwhile do nothing."""
    terminal = start("failing-supervised", TEXTUAL_DRIVER="nonsense:Nothing")
    terminal.send("1")
    terminal.wait_for("请稍候 / One moment")
    terminal.send("\x03\x1a\x1c")
    terminal.wait_for(WELCOME, 20)
    assert TYPED.encode() not in terminal.raw


def test_the_supervisor_ends_with_the_pin(start: Start) -> None:
    """The right PIN ends both processes with code 0."""
    terminal = start("supervised")
    terminal.send("*****")
    terminal.wait_for("工作人员请输入密码")
    terminal.send(f"{PIN}\r")
    assert terminal.wait_for_exit() == 0


def test_the_supervisor_takes_the_kiosk_with_it(start: Start) -> None:
    """SIGTERM for the supervisor ends both; no process keeps the terminal."""
    terminal = start("supervised")
    child = children_of(terminal.process.pid)
    assert len(child) == 1
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_for_exit() == 75
    assert not Path(f"/proc/{child[0]}").exists()


def test_the_kiosk_does_not_outlive_its_supervisor(start: Start) -> None:
    """SIGKILL for the supervisor: the kiosk ends by itself, and the shell behind it has the terminal to itself."""
    terminal = start("supervised", behind=SHELL)
    (supervisor,) = children_of(terminal.process.pid)
    (kiosk,) = children_of(supervisor)
    at_a_question(terminal)
    os.kill(supervisor, signal.SIGKILL)
    terminal.wait_until(lambda: not is_running(kiosk), "the end of the kiosk")
    terminal.send("what the shell reads\n")
    terminal.wait_for("read: what the shell reads")
    assert "Traceback" not in terminal.text()


def is_running(pid: int) -> bool:
    """Whether the process still runs; one that has ended may wait to be noticed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_the_supervisor_leaves_a_refused_start_alone(tmp_path: Path) -> None:
    """A kiosk that is refused at its start is not started again."""
    argv = [sys.executable, "-c", "from manyi.supervisor import supervise\nimport os, sys\n"]
    argv[-1] += "sys.exit(supervise([sys.executable, '-c', \"print('no session'); raise SystemExit(5)\"], os.environ))"
    with Terminal(argv, env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}) as terminal:
        assert terminal.wait_for_exit() == 5
        assert terminal.text() == "no session"


def children_of(pid: int) -> list[int]:
    """Process ids of the children."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
