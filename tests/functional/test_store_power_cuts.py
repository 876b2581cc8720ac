"""A power cut at any moment: whatever it leaves on the disk, every acknowledged response is there."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import tinydb

from campaign.errors import StoreError
from campaign.language import Lang
from db import check, open_store
from surveys.ports import Store
from surveys.response import Response, Validity
from surveys.session import SessionState, SurveySession
from tests.db_builders import make_response
from tests.power_cut_writer import DIGITS, FIRST, STOCK, answers, plan
from tests.power_cuts import Content, Cut, cuts
from tests.system_calls import Entries, Event, Resize, Told, Write, events, record

pytestmark = pytest.mark.rig

FEWEST = 500
"""Disks to be tried at least."""
FURTHER = "B03-261123-1"
SILENT, REFUSED, UNREADABLE = "told and not there", "StoreError V86", "AssertionError"
"""How what is wrong begins."""
STATES = [*SessionState]

Found = frozenset[str]
"""The writer's steps that are found done."""
Look = Callable[[Path], Found]
known_plan = cache(plan)


def in_store(folder: Path) -> Found:
    """What a store holds; AssertionError if that is half of something, or if it takes no further response."""
    with closing(open_store(folder, create=True)) as store:
        steps = {step for session in store.sessions() for step in _in_session(store, session)} | _in_plan(store)
        assert len(store.audits()) == sum(not step.startswith("stored") for step in steps)
        store.add_response(FURTHER, 1, make_response())
        assert store.count_responses(FURTHER) == 1
    check(folder)
    return frozenset(steps)


def in_stock(folder: Path) -> Found:
    """What TinyDB's own file holds; AssertionError if it can't be read."""
    try:
        with tinydb.TinyDB(folder / STOCK) as stock:
            documents = [dict(document) for document in stock]
    except json.JSONDecodeError as error:
        raise AssertionError(error) from error
    return frozenset(f"stored {FIRST} {number}" for number in range(1, 100) if answers(number) in documents)


def _in_plan(store: Store) -> set[str]:
    try:
        kept = store.plan()
    except StoreError as error:
        if error.code != "M01":
            raise
        return set()
    version = int(kept.branches[0].name.zh[:DIGITS])
    assert kept == known_plan(version)
    return {f"plan {number}" for number in range(version + 1)}


def _in_session(store: Store, session: SurveySession) -> Iterator[str]:
    """Its states so far, and who has handed in. Texts lie in the box, then with the session, then in the register."""
    responses = [*store.responses(session.id)]
    numbers = sorted({int(str(each.answers["age"])) for each in responses})
    is_open, is_verified = session.state is SessionState.OPEN, session.state is SessionState.VERIFIED
    assert sorted(responses, key=repr) == sorted((expected(number, texts=is_open) for number in numbers), key=repr)
    texts = sorted(opinion.text for opinion in store.opinions(session.id))
    if is_verified:
        assert not texts
        texts = sorted(heard.text for heard in store.register().heard.values() if heard.branch == session.branch)
    assert texts == sorted(str(answers(number)["text"]) for number in numbers if not is_open)
    account = store.kiosk_account(session.id)
    assert account.started == account.submitted == len(numbers)
    assert (session.tally.submitted if session.tally else None) == (len(numbers) if is_verified else None)
    yield from (f"{state} {session.id}" for state in STATES[: 1 + STATES.index(session.state)])
    yield from (f"stored {session.id} {number}" for number in numbers)


def expected(number: int, *, texts: bool) -> Response:
    """The response with this number."""
    kept = {name: answer for name, answer in answers(number).items() if texts or name != "text"}
    return Response(lang=Lang.ZH, answers=kept, validity=Validity.COMPLETE)


def found_on(disk: Path, files: Mapping[str, Content], look: Look) -> Found | str:
    """What is found on a disk, or why nothing is."""
    disk.mkdir(mode=0o700)
    try:
        for name, content in files.items():
            (disk / name).write_bytes(content.data)
        return look(disk)
    except (StoreError, AssertionError) as error:
        return f"{type(error).__name__} {error}"
    finally:
        shutil.rmtree(disk)


def tried(done: Sequence[Event], disk: Path, look: Look) -> Iterator[tuple[Cut, str]]:
    """Every different disk that a cut in the course of ``done`` could leave, and what is wrong there, or nothing.

    Right is what had been told and at most the step that was under way, whole.
    """
    steps = [event.text for event in done if isinstance(event, Told)]
    known: dict[object, Found | str] = {}
    judged: set[object] = set()
    for cut in cuts(done):
        if (cut.key, len(cut.told)) in judged:
            continue
        judged.add((cut.key, len(cut.told)))
        found = known[cut.key] if cut.key in known else known.setdefault(cut.key, found_on(disk, cut.files, look))
        if isinstance(found, str):
            yield cut, found
        elif found not in ({*steps[: len(cut.told)]}, {*steps[: len(cut.told) + 1]}):
            lacking, beyond = {*cut.told} - found, found - {*cut.told}
            yield cut, f"{SILENT}: {sorted(lacking)}; not told and there: {sorted(beyond)}"
        else:
            yield cut, ""


@pytest.fixture
def disk() -> Iterator[Path]:
    """A place for one disk after the other; in memory where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108  # what is made in it has a random name
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        yield Path(place, "data")


@pytest.fixture
def recorded(tmp_path: Path, environment: Mapping[str, str]) -> Callable[[str], list[Event]]:
    """What the writer does to its folder in this mode."""

    def run(mode: str) -> list[Event]:
        folder, trace = tmp_path / mode, tmp_path / f"{mode}.strace"
        record([sys.executable, "-m", "tests.power_cut_writer", mode, str(folder)], trace, environment)
        return [*events(trace, folder)]

    return run


def begun_anew(done: Sequence[Event], name: str) -> int:
    """How often a file that holds something is written from its start again."""
    file = next(event.made for event in done if isinstance(event, Entries) and event.made and name in event.changes)
    holds, times = False, 0
    for event in done:
        if isinstance(event, Resize) and event.file == file:
            holds = False
        elif isinstance(event, Write) and event.file == file:
            times += holds and event.offset == 0
            holds = True
    return times


def test_whatever_a_power_cut_leaves_holds_all_that_was_acknowledged(
    recorded: Callable[[str], list[Event]], disk: Path
) -> None:
    """On every disk: each acknowledged response and state, nothing by half, a sound store that goes on storing."""
    done = recorded("full")
    assert begun_anew(done, "manyi.db-wal") == 1
    results = [*tried(done, disk, in_store)]
    disks = len({cut.key for cut, _ in results})
    sys.stdout.write(f"{disks} disks after {len(done)} calls\n")
    assert [f"{cut.where}, told {len(cut.told)}: {why}" for cut, why in results if why] == []
    assert disks > FEWEST


@pytest.mark.parametrize(
    ("mode", "look", "losses"),
    [
        ("normal", in_store, [SILENT, REFUSED]),
        ("off", in_store, [SILENT, REFUSED]),
        ("json", in_stock, [SILENT, UNREADABLE]),
    ],
)
def test_a_writer_that_syncs_too_little_is_found_out(
    recorded: Callable[[str], list[Event]], disk: Path, mode: str, look: Look, losses: list[str]
) -> None:
    """Of one that acknowledges what is not on the disk, the same disks have lost it: in silence, or unreadably."""
    done = recorded(mode)
    for loss in losses:
        assert any(why.startswith(loss) for _, why in tried(done, disk, look))


def test_without_strace_the_test_says_what_to_install(tmp_path: Path) -> None:
    """It fails, and is not left out."""
    with pytest.raises(FileNotFoundError, match="Install the package: strace"):
        record(["true"], tmp_path / "trace", {"PATH": str(tmp_path)})
