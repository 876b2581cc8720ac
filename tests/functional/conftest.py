"""The TinyDBs of every kind that the tests of TinyDB's own behaviour work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.tinydb_kinds import FILES, KINDS, THREE, opened


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """An empty TinyDB."""
    with opened(request.param, tmp_path) as empty:
        yield empty


@pytest.fixture
def three(db: TinyDB) -> TinyDB:
    """A TinyDB with three documents: n is 1, 2, 3 and so are the ids."""
    db.insert_multiple(THREE)
    return db


@pytest.fixture(params=FILES)
def filed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    """Three documents as in ``three``, in a file."""
    with opened(request.param, tmp_path) as db:
        db.insert_multiple(THREE)
        yield db
