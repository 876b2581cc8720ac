"""TinyDBs of every kind, for the tests of TinyDB's own behaviour; the sample town, for those of the results screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.results_town import ResultsTown, results_town, start_town
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


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample town in a folder that nobody changes."""
    return start_town(tmp_path_factory.mktemp("started"))


@pytest.fixture
def counted(started: Path, tmp_path: Path) -> Iterator[ResultsTown]:
    """The sample town with its five counted sessions, a copy of its own, open."""
    with results_town(started, tmp_path) as made:
        yield made
