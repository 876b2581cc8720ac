"""Opening, reading and memory: of the store, of our TinyDB and of stock TinyDB with the same documents."""

from functools import partial
from typing import Literal

from tinydb import TinyDB, where
from tinydb.table import Table

from db import open_store, open_tinydb
from surveys.submission import questionnaire_of, session_in
from surveys.tally import tally
from tests.bench_figures import Figures, Key, median, percentile, ratio, seconds
from tests.bench_probe import Probe, probed
from tests.bench_stores import BRANCHES, COUNTED, TABLE, Stored

OPEN = "open: constructor and one document by its id"
READ = "read, in one process"
MEMORY = "memory of a fresh process, over what it had after its imports"
STORE, OURS, STOCK = "store", "our TinyDB", "stock TinyDB"
FRESH = Key(OPEN, f"{STORE}, fresh process")
TALLY = Key(READ, f"{STORE}: tally of a session of {COUNTED:,}")
FASTER = "x ours"
PROBES, TIMES = 5, 20

KINDS: tuple[tuple[str, Literal["store", "ours", "stock"], int, str], ...] = (
    (STORE, "store", PROBES, "tally"),
    (OURS, "ours", PROBES, "search"),
    (STOCK, "stock", 1, "search"),
)
"""Name, kind of probe, how many probes, what they do after opening."""


def reading(stored: Stored) -> Figures:
    """All figures of this module."""
    probes = {name: [probed(kind, stored) for _ in range(times)] for name, kind, times, _ in KINDS}
    return _opened(stored, probes) | _read_store(stored) | _read_tables(stored) | _remembered(probes)


def _opened(stored: Stored, probes: dict[str, list[Probe]]) -> Figures:
    def store() -> None:
        opened = open_store(stored.folder)
        opened.response(stored.box, stored.responses[0])
        opened.close()

    def ours() -> None:
        with open_tinydb(stored.ours) as db:
            db.table(TABLE).get(doc_id=stored.documents[0])

    figures = Figures()
    for name, told in probes.items():
        figures |= median(OPEN, f"{name}, fresh process", [each.open for each in told])
    figures |= ratio(OPEN, f"{STOCK}, fresh process", f"{OURS}, fresh process", FASTER, figures)
    figures |= median(OPEN, f"{STORE}, again in one process, and close", [seconds(store) for _ in range(TIMES)])
    return figures | median(OPEN, f"{OURS}, again in one process, and close", [seconds(ours) for _ in range(TIMES)])


def _read_store(stored: Stored) -> Figures:
    store = open_store(stored.folder)
    questionnaire = questionnaire_of(store, session_in(store, stored.counted))

    def count() -> object:
        return tally(questionnaire, store.responses(stored.counted))

    gets = [seconds(partial(store.response, stored.box, doc_id)) for doc_id in stored.responses]
    tallies = [seconds(count) for _ in range(TIMES)]
    store.close()
    return median(READ, f"{STORE}: response by id", gets) | median(READ, TALLY.what, tallies)


def _read_tables(stored: Stored) -> Figures:
    with open_tinydb(stored.ours) as ours, TinyDB(stored.stock) as stock:
        figures = _read_table(ours.table(TABLE), OURS, stored.documents, TIMES)
        figures |= _read_table(stock.table(TABLE), STOCK, stored.documents[:1], 1)
    for what in ("get by id", "search by branch, 1 of 40"):
        figures |= ratio(READ, f"{STOCK}: {what}", f"{OURS}: {what}", FASTER, figures)
    return figures


def _read_table(table: Table, name: str, ids: tuple[int, ...], searches: int) -> Figures:
    """Every search is for another branch: no answer is remembered."""

    def get(doc_id: int) -> object:
        return table.get(doc_id=doc_id)

    branches = [f"B{number % BRANCHES + 1:02}" for number in range(searches)]
    return median(READ, f"{name}: get by id", [seconds(partial(get, doc_id)) for doc_id in ids]) | median(
        READ,
        f"{name}: search by branch, 1 of 40",
        [seconds(partial(table.search, where("branch") == branch)) for branch in branches],
    )


def _remembered(probes: dict[str, list[Probe]]) -> Figures:
    figures = Figures()
    for name, _, _, more in KINDS:
        told = probes[name]
        figures[Key(MEMORY, f"{name}: opened, one document read", "MB")] = percentile([p.opened_mb for p in told], 50)
        figures[Key(MEMORY, f"{name}: after a {more}", "MB")] = percentile([p.read_mb for p in told], 50)
        figures[Key(MEMORY, f"{name}: peak", "MB")] = percentile([p.peak_mb for p in told], 50)
    return figures
