"""A rig that kills writers with SIGKILL, time after time, and looks at what the store then holds.

The writers are processes of their own, forked by a server that has the modules loaded and no connection open, so
that a round takes a tenth of a second. What a writer says goes through a pipe, unbuffered, after the call has returned:
what was said before the kill stays in the pipe, and its end is read when the writer is dead. What the store holds is
read through a connection opened after that, and closed before the next round.

A kill proves nothing about a power cut: the kernel writes a dead process's pages all the same.
"""

import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, get_args

import apsw

from campaign.errors import ManyiError, Problem, StoreError
from db import check, open_store
from surveys.ports import Store
from surveys.response import Response
from surveys.session import KioskAccount
from tests.db_builders import SESSION, make_entry, make_response, make_session

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(
    [__name__, "argparse", "multiprocessing.popen_forkserver", "tests.closings", "tests.crowd", "tests.unsafe_writers"]
)

STARTING, OPENING, WRITING, SWEEPING, CLOSING = "starting", "opening", "writing", "sweeping", "closing"
"""What a writer is doing. It says so before it opens, sweeps or closes; a number says that this ballot is on disk."""
PAIRED = 3
"""Every third ballot is stored in one transaction with a log entry."""
LONG = 5
"""Every fifth ballot fills more than a page of the file."""
SWEPT, REOPENED = 7, 12
"""How many ballots a writer stores until it empties the log, and until it closes the store and opens it again."""
SHARED = 12
"""Rounds on one folder; then a new one, so that looking does not take longer with every round."""
START_SECONDS, WRITE_SECONDS, APART_SECONDS = 0.04, 0.04, 0.01
"""The longest wait before a kill: after the start, after the first ballots, after another writer's kill."""
EARLY = 0.25
"""Part of the rounds that are killed at a moment soon after the start."""
PATIENCE_SECONDS = 60

Kind = Literal["lost", "double", "half", "unasked", "unreadable", "stopped"]
"""Acknowledged and not there; there twice; not whole, without its log entry, or the account disagrees; there though
nobody said or was about to say so; refused by the store or its check; a writer that ended by itself."""


def ballot(writer: str, number: int) -> Response:
    """What a writer stores as its ``number``-th, from 1."""
    text = "见" * (2000 if number % LONG == 0 else number % 40)
    return make_response(answers={"writer": writer, "number": number, "text": text})


def document(writer: str, number: int) -> int:
    """The ballot's document id: anywhere in the table, as in a session."""
    return random.Random(f"{writer}/{number}").getrandbits(63)  # noqa: S311  # nothing secret


def begun_store(folder: Path) -> Store:
    """The store of the folder with its session, made by whoever comes first."""
    store = open_store(folder, create=True)
    with store.transaction():
        if store.session(SESSION) is None:
            store.save_session(make_session())
    return store


def store_ballot(store: Store, writer: str, number: int) -> None:
    """As a kiosk does: a person begins, a person hands in; or all at once, with a log entry."""
    if number % PAIRED:
        store.count_started(SESSION)
        store.add_response(SESSION, document(writer, number), ballot(writer, number))
        return
    with store.transaction():
        store.count_started(SESSION)
        store.add_response(SESSION, document(writer, number), ballot(writer, number))
        store.add_entries([make_entry(reference=f"{writer}/{number}")])


def say(pipe: Connection, word: object) -> None:
    """Tell the rig, at once."""
    os.write(pipe.fileno(), f"{word}\n".encode())


def kiosk(pipe: Connection, folder: Path, name: str, store_one: Callable[[Store, str, int], None]) -> None:
    """Store ballots and acknowledge each, until killed."""
    say(pipe, OPENING)
    store = begun_store(folder)
    for number in count(1):
        store_one(store, name, number)
        say(pipe, number)
        if number % SWEPT == 0:
            say(pipe, SWEEPING)
            store.sweep()
        if number % REOPENED == 0:
            say(pipe, CLOSING)
            store.close()
            say(pipe, OPENING)
            store = open_store(folder)


def done(pipe: Connection, work: Callable[..., None], *arguments: object) -> None:
    """Do the work, and tell the rig the code of an error that ends it."""
    try:
        work(pipe, *arguments)
    except ManyiError as error:
        say(pipe, error.code)
        raise


def tell_what_is_open(pipe: Connection) -> None:
    """How many connections and threads a writer begins with."""
    say(pipe, len(apsw.connections()))
    say(pipe, threading.active_count())


class Victim:
    """A process that is to be killed, and what it says before."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        ours, theirs = FORKED.Pipe(duplex=False)
        self.process = FORKED.Process(target=done, args=(theirs, work, *arguments), daemon=True)
        self.process.start()
        theirs.close()
        self._pipe, self._said = ours, b""

    def wait_for(self, word: object) -> None:
        """Listen until it says ``word`` or ends; AssertionError after a minute."""
        while f"{word}\n".encode() not in self._said:
            assert self._pipe.poll(PATIENCE_SECONDS), f"no word {word!r} after {self._said[-99:]!r}"
            if not self._heard():
                return

    def kill(self) -> None:
        """SIGKILL; nothing if it has ended."""
        self.process.kill()

    def lines(self) -> list[str]:
        """All that it said, once it has ended."""
        while self._heard():
            pass
        self._pipe.close()
        self.process.join()
        return self._said.decode().splitlines()

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL ended it."""
        return self.process.exitcode == -signal.SIGKILL

    def _heard(self) -> bool:
        part = os.read(self._pipe.fileno(), 1 << 16)
        self._said += part
        return bool(part)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds after a round."""

    responses: Sequence[Response] = ()
    references: Sequence[str] = ()
    """Of the log entries, ``writer/number``."""
    account: KioskAccount | None = None
    """None if this kind of store keeps none."""


def read_store(folder: Path) -> Contents:
    """Check the store and read it; nothing if it was never made. StoreError."""
    try:
        check(folder)
        store = open_store(folder)
    except StoreError as error:
        if error.code == "M01":
            return Contents(account=KioskAccount())
        raise
    try:
        responses = [*store.responses(SESSION)]
        if len(responses) != store.count_responses(SESSION):
            raise StoreError(Problem("M46", {"id": SESSION, "n": store.count_responses(SESSION), "m": len(responses)}))
        return Contents(responses, [entry.reference for entry in store.entries()], store.kiosk_account(SESSION))
    finally:
        store.close()


@dataclass(slots=True)
class Findings:
    """What came of all rounds."""

    seed: int
    rounds: int = 0
    kills: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    """Stored though the writer was killed before it could say so: at most one a kill."""
    during: Counter[str] = field(default_factory=Counter)
    """What the killed were doing."""
    flaws: Counter[Kind] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    def note(self, kind: Kind, what: Sequence[object]) -> None:
        """Count what is wrong, and keep a few examples."""
        if what:
            self.flaws[kind] += len(what)
            self.details.append(f"round {self.rounds}: {kind}: {what[0]}")

    def __str__(self) -> str:
        during = ", ".join(f"{number} {what}" for what, number in sorted(self.during.items()))
        flaws = ", ".join(f"{self.flaws[kind]} {kind}" for kind in get_args(Kind))
        stored = f"{self.acknowledged} acknowledged, {self.unacknowledged} more stored"
        summary = f"{self.rounds} rounds, {self.kills} kills ({during}), {stored}: {flaws} (seed {self.seed})"
        return "\n".join([*self.details[:10], summary])


SAFE = partial(kiosk, store_one=store_ballot)


class Rig:
    """Rounds of writing and killing in folders inside ``place``; the one of a round with a flaw is kept."""

    def __init__(
        self,
        place: Path,
        seed: int,
        write: Callable[[Connection, Path, str], None] = SAFE,
        read: Callable[[Path], Contents] = read_store,
        writers: int = 4,
    ) -> None:
        self.findings = Findings(seed)
        self._random = random.Random(seed)  # noqa: S311  # nothing secret
        self._place, self._write, self._read, self._writers = place, write, read, writers
        self._folder: Path | None = None
        self._shared = self._kills = 0
        self._kept: set[tuple[str, int]] = set()

    def run(self, rounds: int) -> Findings:
        """So many more rounds."""
        for _ in range(rounds):
            self.round()
        return self.findings

    def round(self) -> None:
        """Start writers, kill all of them, look."""
        folder = self._folder if self._folder and self._shared < SHARED else self._fresh()
        self.findings.rounds += 1
        self._shared += 1
        names = [f"{self.findings.rounds}.{number}" for number in range(self._writers)]
        crowd = [Victim(self._write, folder, name) for name in names]
        try:
            self._wait(crowd)
        finally:
            self._kill(crowd)
        told = {name: self._told(victim) for name, victim in zip(names, crowd, strict=True)}
        flaws = self.findings.flaws.total()
        self._look(folder, told)
        if self.findings.flaws.total() != flaws:
            self._folder = None

    def _fresh(self) -> Path:
        if self._folder:
            shutil.rmtree(self._folder)
        self._folder = self._place / f"from-round-{self.findings.rounds + 1}"
        self._shared, self._kills, self._kept = 0, 0, set()
        return self._folder

    def _wait(self, crowd: Sequence[Victim]) -> None:
        """For a random moment soon after the start, or while all are writing."""
        early = self._random.random() < EARLY
        if not early:
            for victim in crowd:
                victim.wait_for(1)
        time.sleep(self._random.uniform(0, START_SECONDS if early else WRITE_SECONDS))

    def _kill(self, crowd: Sequence[Victim]) -> None:
        """All at once, or one by one while the others go on."""
        pause = self._random.choice((0, APART_SECONDS))
        for victim in self._random.sample(crowd, len(crowd)):
            victim.kill()
            time.sleep(self._random.uniform(0, pause))

    def _told(self, victim: Victim) -> int:
        """The last number that a killed writer said."""
        words = victim.lines()
        numbers = [int(word) for word in words if word.isdecimal()]
        if not victim.was_killed:
            self.findings.note("stopped", [f"exit code {victim.process.exitcode} after {words[-2:]}"])
        self.findings.kills += 1
        self._kills += 1
        last = words[-1] if words else STARTING
        self.findings.during[WRITING if last.isdecimal() else last] += 1
        return numbers[-1] if numbers else 0

    def _look(self, folder: Path, told: dict[str, int]) -> None:
        """At the store itself or at a copy: then the next writers meet what the killed have left."""
        acknowledged = {(name, number) for name, last in told.items() for number in range(1, last + 1)}
        self.findings.acknowledged += len(acknowledged)
        try:
            contents = self._read(folder if self._random.random() < 0.5 else self._copied(folder))
        except StoreError as error:
            self.findings.note("unreadable", [str(error)])
            return
        there = [identity(response) for response in contents.responses]
        found = set(there)
        possible = {(name, last + 1) for name, last in told.items()}
        note = self.findings.note
        note("lost", sorted((self._kept | acknowledged) - found))
        note("unasked", sorted(found - self._kept - acknowledged - possible))
        note("double", [*twice(there), *twice(contents.references)])
        note("half", [*self._halves(contents, found)])
        self.findings.unacknowledged += len(found & possible)
        self._kept = found

    def _halves(self, contents: Contents, found: set[tuple[str, int]]) -> Iterator[str]:
        for response in contents.responses:
            if response != ballot(*identity(response)):
                yield f"not as it was stored: {identity(response)}"
        paired = {f"{writer}/{number}" for writer, number in found if number % PAIRED == 0}
        yield from (f"ballot or log entry alone: {name}" for name in paired.symmetric_difference(contents.references))
        account, held = contents.account, len(contents.responses)
        if account and not (account.submitted == held <= account.started <= held + self._kills):
            yield f"{account} with {held} responses after {self._kills} kills"

    def _copied(self, folder: Path) -> Path:
        copy = self._place / "copy"
        with suppress(FileNotFoundError):
            shutil.rmtree(copy)
        return Path(shutil.copytree(folder, copy)) if folder.exists() else folder


def identity(response: Response) -> tuple[str, int]:
    """Whose response it is and its number; ("", 0) if it does not say."""
    writer, number = response.answers.get("writer"), response.answers.get("number")
    return (writer, number) if isinstance(writer, str) and isinstance(number, int) else ("", 0)


def twice(values: Sequence[object]) -> list[object]:
    """What occurs more than once."""
    return [value for value, number in Counter(values).items() if number > 1]
