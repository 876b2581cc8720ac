"""Inserting: into our TinyDB, into the store, through the whole submission; beside bare fsync and stock TinyDB."""

import os
import random
import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial

from tinydb import TinyDB
from tinydb.table import Document

from campaign.language import Lang
from db import open_store, open_tinydb
from surveys.desk import SurveyDesk
from tests.bench_figures import Figures, Key, percentile, ratio, seconds, spread
from tests.bench_stores import DAY, TABLE, Stored, answers, document, new_id, response

BLOCK, BLOCKS = 50, 20
STOCK_SECONDS, STOCK_LEAST, STOCK_MOST = 3.0, 3, 100

INSERT = f"insert: {BLOCK * BLOCKS:,} of each, by blocks of {BLOCK} in random turns"
BARE = "bare append + fsync of the same bytes"
OURS = "our TinyDB, table.insert"
RESPONSE = "response, Store.add_response"
SUBMIT = "whole submission, SurveyDesk.submit"
STOCK = "stock TinyDB, table.insert"
BY_BARE, BY_OURS = "x bare append", "x add_response"
QUIET = 10
"""Percentile that other work on the machine hardly touches."""
QUIET_BY_BARE = f"x bare, p{QUIET}"

Prepare = Callable[[], Callable[[], object]]
"""Makes what is to be written, outside the time that is measured."""


def writing(stored: Stored) -> Figures:
    """All figures of this module. The stores grow by a thousand meanwhile."""
    chance = random.Random()  # noqa: S311  # nothing secret
    store = open_store(stored.folder)
    desk = SurveyDesk(store, store.plan(), DAY)
    with (
        open_tinydb(stored.ours) as ours,
        TinyDB(stored.stock) as stock,
        (stored.folder / "bare").open("ab", buffering=0) as bare,
    ):

        def append() -> Callable[[], object]:
            content = response(secrets.token_hex(8), chance).model_dump_json().encode()

            def write() -> None:
                bare.write(content)
                os.fsync(bare.fileno())

            return write

        def insert(db: TinyDB) -> Callable[[], object]:
            made = document(chance.randrange(1000), response(secrets.token_hex(8), chance))
            return partial(db.table(TABLE).insert, Document(made, new_id()))

        def add() -> Callable[[], object]:
            return partial(store.add_response, stored.box, new_id(), response(secrets.token_hex(8), chance))

        def submit() -> Callable[[], object]:
            mark = secrets.token_hex(8)
            return partial(desk.submit, stored.box, mark, Lang.ZH, answers(mark, chance))

        times = in_turns({BARE: append, OURS: partial(insert, ours), RESPONSE: add, SUBMIT: submit}, chance)
        times[STOCK] = for_a_while(partial(insert, stock))
    store.close()
    return figures_of(times)


def in_turns(prepares: Mapping[str, Prepare], chance: random.Random) -> dict[str, list[float]]:
    """Seconds of every action, block by block in random order, so that noise of the machine meets all alike."""
    times: dict[str, list[float]] = {name: [] for name in prepares}
    for _ in range(BLOCKS):
        for name in chance.sample([*prepares], len(prepares)):
            actions = [prepares[name]() for _ in range(BLOCK)]
            times[name] += map(seconds, actions)
    return times


def for_a_while(prepare: Prepare) -> list[float]:
    """Seconds of an action that may be slow: at least three times, then as often as a few seconds allow."""
    times: list[float] = []
    end = time.monotonic() + STOCK_SECONDS
    while len(times) < STOCK_LEAST or (time.monotonic() < end and len(times) < STOCK_MOST):
        times.append(seconds(prepare()))
    return times


def figures_of(times: Mapping[str, list[float]]) -> Figures:
    """Median, p99 and ratios to the bare append of each; of stock TinyDB also how many, and its ratio to ours."""
    figures, quiet = Figures(), percentile(times[BARE], QUIET)
    for name, found in times.items():
        figures |= spread(INSERT, name, found)
        if name != BARE:
            figures |= ratio(INSERT, name, BARE, BY_BARE, figures)
            figures[Key(INSERT, name, QUIET_BY_BARE)] = percentile(found, QUIET) / quiet
    figures |= ratio(INSERT, STOCK, RESPONSE, BY_OURS, figures)
    return figures | {Key(INSERT, STOCK, "inserts"): len(times[STOCK])}
