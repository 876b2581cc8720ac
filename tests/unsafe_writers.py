"""Writers that break one promise each, for a rig that must notice (:mod:`tests.crashes`)."""

import signal
from contextlib import suppress
from itertools import count
from json import JSONDecodeError
from multiprocessing.connection import Connection
from pathlib import Path

from pydantic import ValidationError
from tinydb import TinyDB
from tinydb.table import Document

from campaign.errors import Problem, StoreError
from db.files import NAME
from surveys.ports import Store
from surveys.response import Response
from tests.crashes import PAIRED, Contents, ballot, begun_store, document, say, store_ballot
from tests.db_builders import SESSION, make_entry

PAGE = 4096
"""Bytes in a page of the store's file."""


def store_apart(store: Store, writer: str, number: int) -> None:
    """Stores a ballot and its log entry in two transactions."""
    store.count_started(SESSION)
    store.add_response(SESSION, document(writer, number), ballot(writer, number))
    if number % PAIRED == 0:
        store.add_entries([make_entry(reference=f"{writer}/{number}")])


def store_uncounted(store: Store, writer: str, number: int) -> None:
    """Forgets to count those who begin."""
    with store.transaction():
        store.add_response(SESSION, document(writer, number), ballot(writer, number))
        if number % PAIRED == 0:
            store.add_entries([make_entry(reference=f"{writer}/{number}")])


def store_short(store: Store, writer: str, number: int) -> None:
    """Stores part of a text."""
    whole = ballot(writer, number)
    part = {**whole.answers, "text": str(whole.answers["text"])[:-1]}
    store.count_started(SESSION)
    store.add_response(SESSION, document(writer, number), whole.model_copy(update={"answers": part}))


def store_twice(store: Store, writer: str, number: int) -> None:
    """Stores a ballot under two ids."""
    store_ballot(store, writer, number)
    store.add_response(SESSION, document(writer, -number), ballot(writer, number))


def hasty(pipe: Connection, folder: Path, name: str) -> None:
    """Acknowledges before the commit."""
    store = begun_store(folder)
    for number in count(1):
        with store.transaction():
            store_ballot(store, name, number)
            say(pipe, number)


def lagging(pipe: Connection, folder: Path, name: str) -> None:
    """Acknowledges the ballot before the last, so that more than one is unacknowledged."""
    store = begun_store(folder)
    for number in count(1):
        store_ballot(store, name, number)
        say(pipe, max(number - 2, 1))


def giving_up(pipe: Connection, folder: Path, name: str) -> None:
    """Ends after the second ballot."""
    store = begun_store(folder)
    for number in (1, 2):
        store_ballot(store, name, number)
        say(pipe, number)
    store.close()


def scribbling(pipe: Connection, folder: Path, name: str) -> None:
    """Writes over a page of the file."""
    store = begun_store(folder)
    store_ballot(store, name, 1)
    store.sweep()
    with (folder / NAME).open("r+b") as file:
        file.seek(PAGE)
        file.write(b"?" * PAGE)
    say(pipe, 1)
    signal.pause()


def stock(pipe: Connection, folder: Path, name: str) -> None:
    """Inserts into TinyDB's own JSON file, until that can't be read."""
    with suppress(FileExistsError):
        folder.mkdir()
    with suppress(JSONDecodeError):
        for number in count(1):
            with TinyDB(folder / "db.json") as db:
                db.insert(Document(ballot(name, number).model_dump(mode="json"), document(name, number)))
            say(pipe, number)


def read_stock(folder: Path) -> Contents:
    """What is in the JSON file; StoreError V86 if it can't be read."""
    path = folder / "db.json"
    if not path.exists():
        return Contents()
    try:
        with TinyDB(path, access_mode="r") as db:
            responses = [Response.model_validate(document) for document in db]
    except (JSONDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise StoreError(Problem("V86", {"why": str(error), "path": str(path)})) from error
    return Contents(responses)
