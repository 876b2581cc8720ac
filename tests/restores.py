"""A data folder to restore into, and what a restore is refused with."""

from contextlib import closing
from pathlib import Path

import pytest

from campaign.errors import ManyiError
from db import open_store
from db.backups import back_up
from db.restoring import restore
from surveys.ports import Store
from tests.db_builders import DAY, SESSION, make_entry, make_opinion, make_response, make_session
from tests.store_contents import files, town_store


def filled(folder: Path) -> Path:
    """The folder, with the sample town and a session that is being counted."""
    with closing(town_store(folder)) as store:
        fill(store)
    return folder


def fill(store: Store) -> None:
    """A session that is being counted, with a hundred responses, an opinion and entries."""
    store.save_session(make_session(state="counting"))
    store.add_entries([make_entry(note="记录" * 50)] * 50)
    store.add_opinions([make_opinion("路灯")])
    store.count_started(SESSION)
    with store.transaction():
        for number in range(1, 101):
            store.add_response(SESSION, number * 7, make_response(answers={"age": number}))


def saying(folder: Path, word: str, forms: int) -> None:
    """A store in the folder whose entry and forms say ``word``."""
    with closing(open_store(folder, create=True)) as store:
        store.save_session(make_session(state="counting"))
        store.add_entries([make_entry(reference=word)])
        with store.transaction():
            for number in range(1, forms + 1):
                store.add_response(SESSION, number, make_response(answers={"text": word}))


def refusal(source: Path, folder: Path, *, replaced: bool = True) -> ManyiError:
    """What a restore is refused with, all files and names around it untouched."""
    before, names = files(folder.parent), sorted(folder.parent.rglob("*"))
    with pytest.raises(ManyiError) as refused:
        restore(source, folder, DAY, replaced=replaced)
    assert (files(folder.parent), sorted(folder.parent.rglob("*"))) == (before, names)
    return refused.value


def backed_up(folder: Path, *, plain: bool) -> Path:
    """A backup of either kind, after which the store has gone on."""
    path = folder.parent / "backup"
    back_up(folder, path, plain=plain)
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(reference="later")])
    return path
