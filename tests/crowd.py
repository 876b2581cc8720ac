"""Writers and readers of one folder, all at once, and what a reader may see.

A reader without a transaction sees with each call what was committed at one moment, and never an older moment than
with the call before. So what it reads between two moments lies between them; and of two things that one transaction
has written, whoever sees either sees the other with the next call. Inside a transaction all calls see one moment.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_int64
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier, Event, Semaphore
from pathlib import Path

from db import open_store
from surveys.ports import Store
from surveys.response import Response
from surveys.session import KioskAccount
from tests.crashes import FORKED, PAIRED, PATIENCE_SECONDS, ballot, document, identity, say
from tests.db_builders import SESSION

WHOLE_LOOK = 4
"""Every fourth look of a reader is inside a transaction."""


class Shared:
    """What the processes of a crowd have in common."""

    def __init__(self, folder: Path, writers: int, readers: int, each: int) -> None:
        self.folder, self.writers, self.readers, self.each = folder, writers, readers, each
        self.begun = FORKED.RawArray(c_int64, writers)
        """Number of the ballot that each writer is about to store."""
        self.acknowledged = FORKED.RawArray(c_int64, writers)
        """Number of the last ballot that each writer knows to be stored."""
        self.gate: Barrier = FORKED.Barrier(writers + readers, timeout=PATIENCE_SECONDS)
        self.over: Event = FORKED.Event()
        """Set when all writers have ended."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader read, in the order of reading."""

    acknowledged: Sequence[int]
    """By writer, before."""
    revision: tuple[int, ...]
    count: int
    references: Sequence[str]
    """Of the log entries."""
    responses: Sequence[Response]
    account: KioskAccount
    later_references: Sequence[str]
    later_count: int
    later_revision: tuple[int, ...]
    begun: Sequence[int]
    """By writer, after."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader tells at its end."""

    wrong: list[str]
    looks: int
    changes: int
    """How often there were more responses than at the look before."""
    last: int
    """How many responses there were at the end."""


def looked(store: Store, shared: Shared) -> Look:
    """Read everything once."""
    return Look(
        acknowledged=list(shared.acknowledged),
        revision=store.revision(),
        count=store.count_responses(SESSION),
        references=[entry.reference for entry in store.entries()],
        responses=[*store.responses(SESSION)],
        account=store.kiosk_account(SESSION),
        later_references=[entry.reference for entry in store.entries()],
        later_count=store.count_responses(SESSION),
        later_revision=store.revision(),
        begun=list(shared.begun),
    )


def flaws(look: Look) -> Iterator[str]:
    """What a look shows that no reader may see."""
    yield from _flaws_of_ballots(look)
    there = {"{}/{}".format(*identity(response)) for response in look.responses}
    paired = {name for name in there if int(name.partition("/")[2]) % PAIRED == 0}
    if alone := {*look.references} - there:
        yield f"log entries without their ballots: {alone}"
    if alone := paired - {*look.later_references}:
        yield f"ballots without their log entries: {alone}"
    for references in (look.references, look.later_references):
        if len({*references}) != len(references):
            yield "a log entry twice"
    if not {*look.references} <= {*look.later_references}:
        yield "log entries are gone"
    if not look.count <= len(look.responses) <= look.later_count:
        yield f"counted {look.count}, read {len(look.responses)}, counted {look.later_count}"
    if not len(look.responses) <= look.account.submitted <= look.later_count or look.account.abandoned < 0:
        yield f"{look.account} between {len(look.responses)} and {look.later_count} responses"
    if look.count != look.later_count and look.revision == look.later_revision:
        yield f"one revision for {look.count} and {look.later_count} responses"


def _flaws_of_ballots(look: Look) -> Iterator[str]:
    there = Counter(identity(response) for response in look.responses)
    yield from (f"{ballot_id} twice" for ballot_id, times in there.items() if times > 1)
    yield from (f"{identity(each)} not whole" for each in look.responses if each != ballot(*identity(each)))
    for writer, (acknowledged, begun) in enumerate(zip(look.acknowledged, look.begun, strict=True)):
        numbers = {number for name, number in there if name == str(writer)}
        if numbers != set(range(1, len(numbers) + 1)):
            yield f"gaps in the ballots of writer {writer}: {sorted(numbers)}"
        if not acknowledged <= len(numbers) <= begun:
            yield f"writer {writer}: {acknowledged} acknowledged, {len(numbers)} seen, {begun} begun"


def flaws_since(before: Look, look: Look) -> Iterator[str]:
    """What two looks of one reader, one after the other, show that may not be."""
    if look.count < before.later_count or not {*before.later_references} <= {*look.references}:
        yield f"older than the look before: {before.later_count}, {look.count}"
    if look.account.started < before.account.started or look.account.submitted < before.account.submitted:
        yield f"counted down: {before.account}, {look.account}"
    if look.count != before.later_count and look.later_revision == before.revision:
        yield f"one revision for {before.later_count} and {look.count} responses"


def flaws_of_a_moment(look: Look) -> Iterator[str]:
    """What a look inside one transaction shows beyond :func:`flaws`."""
    paired = {f"{name}/{number}" for name, number in map(identity, look.responses) if number % PAIRED == 0}
    if {*look.references} != paired or {*look.later_references} != paired:
        yield f"ballot or log entry alone: {paired.symmetric_difference(look.references)}"
    held = len(look.responses)
    if not look.count == held == look.later_count == look.account.submitted:
        yield f"{look.count}, {held} and {look.later_count} responses and {look.account}"
    if look.account.abandoned > len(look.begun):
        yield f"{look.account} with {len(look.begun)} kiosks"


def write(pipe: Connection, shared: Shared, writer: int, store_one: Callable[[Store, str, int], None]) -> None:
    """Store ballots as fast as it goes."""
    del pipe
    store = open_store(shared.folder)
    shared.gate.wait()
    for number in range(1, shared.each + 1):
        shared.begun[writer] = number
        store_one(store, str(writer), number)
        shared.acknowledged[writer] = number
    store.close()


def write_on_word(pipe: Connection, folder: Path, word: Semaphore, ballots: int) -> None:
    """Store a ballot whenever the word comes."""
    store = open_store(folder)
    say(pipe, "ready")
    for number in range(1, ballots + 1):
        word.acquire()
        store.add_response(SESSION, document("0", number), ballot("0", number))
    store.close()


def read(pipe: Connection, shared: Shared) -> None:
    """Look until all writers have ended, and once more; tell what came of it as JSON of a :class:`Report`."""
    store = open_store(shared.folder)
    shared.gate.wait()
    before = looked(store, shared)
    report, over = Report([*flaws(before)], 1, 1, before.later_count), False
    while not (report.wrong or over):
        over = shared.over.is_set()
        if report.looks % WHOLE_LOOK:
            look = looked(store, shared)
            wrong = [*flaws(look)]
        else:
            with store.transaction():
                look = looked(store, shared)
            wrong = [*flaws(look), *flaws_of_a_moment(look)]
        report = Report(
            [*wrong, *flaws_since(before, look)],
            report.looks + 1,
            report.changes + (look.later_count != before.later_count),
            look.later_count,
        )
        before = look
    store.close()
    say(pipe, json.dumps(asdict(report)))
