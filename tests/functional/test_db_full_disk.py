"""A disk that is full or must not be written: an error with a code, and a store that goes on unharmed."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from campaign.errors import StoreError
from db import check, open_store
from tests.db_builders import SESSION, make_entry, make_response

LIMITED = """
import resource, signal
from pathlib import Path
from campaign.errors import StoreError
from campaign.language import Lang
from db import open_store
from tests.db_builders import SESSION, make_entry, make_response

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
NONE = resource.RLIM_INFINITY
store = open_store(Path({folder!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, NONE))
stored = []
try:
    for doc_id in range(1, 2000):
        store.add_response(SESSION, doc_id, make_response(answers={{"text": "意见" * 200}}))
        stored.append(doc_id)
except StoreError as error:
    print(error.problems[0].text(Lang.ZH))
try:
    with store.transaction():
        store.add_entries([make_entry(reference="lost")])
        store.add_entries([make_entry(note="x" * 300)] * 2000)
except StoreError as error:
    print(error.code)
print(store.count_responses(SESSION), len(stored))
resource.setrlimit(resource.RLIMIT_FSIZE, (NONE, NONE))
store.add_response(SESSION, 5000, make_response())
store.add_entries([make_entry(reference="kept")])
store.close()
print(*stored)
"""

NO_ROOM = """
import resource, signal
from pathlib import Path
from campaign.errors import StoreError
from db import open_store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))
try:
    open_store(Path({folder!r}), create=True)
except StoreError as error:
    print(error.problems[0].text("en"))
"""

READ_ONLY = """
import os, sys, traceback
from pathlib import Path
from campaign.errors import StoreError
from db import open_store

folder = Path({folder!r})
open_store(folder).close()
folder.chmod(0o555)
(folder / "manyi.db").chmod({mode})
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for path, create in ((folder, False), (folder / "deeper", True)):
    try:
        open_store(path, create=create)
    except StoreError as error:
        print(error.code, error.problems[0].message("en"))
"""


@pytest.fixture
def run(environment: Mapping[str, str]) -> Callable[[str], list[str]]:
    """Run a script in a process of its own; its lines."""

    def ran(script: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment, timeout=60
        )
        assert done.stderr == ""
        return done.stdout.splitlines()

    return ran


def test_a_full_disk_loses_nothing_and_the_process_goes_on(tmp_path: Path, run: Callable[[str], list[str]]) -> None:
    """M40 with path and reason, whole transactions or none, and writing goes on once there is room."""
    folder = tmp_path / "data"
    open_store(folder, create=True).close()
    message, outer, counts, stored = run(LIMITED.format(folder=str(folder)))
    assert message.startswith("M40")
    assert "磁盘已满" in message
    assert str(folder) in message
    assert outer == "M40"
    assert len(set(counts.split())) == 1
    acknowledged = [int(doc_id) for doc_id in stored.split()]
    assert len(acknowledged) > 10
    store = open_store(folder)
    assert store.count_responses(SESSION) == store.kiosk_account(SESSION).submitted == len(acknowledged) + 1
    assert all(store.response(SESSION, doc_id) for doc_id in [*acknowledged, 5000])
    assert [each.reference for each in store.entries()] == ["kept"]
    store.close()
    check(folder)


def test_a_store_is_made_whole_or_not_at_all(tmp_path: Path, run: Callable[[str], list[str]]) -> None:
    """Without room for a new store there is M40, and nothing is left behind that would stand in the way later."""
    folder = tmp_path / "data"
    (message,) = run(NO_ROOM.format(folder=str(folder)))
    assert message.startswith("M40")
    assert "the disk is full" in message
    assert list(folder.iterdir()) == []
    open_store(folder, create=True).close()


@pytest.mark.parametrize(
    ("mode", "told"),
    [("0o444", "M40 The data could not be stored: writing is not allowed"), ("0o000", "M03 The file")],
)
def test_a_folder_that_must_not_be_written_is_told(mode: str, told: str, run: Callable[[str], list[str]]) -> None:
    """Without the permission to write there is a code and a reason, no traceback, and nothing is changed."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place, "data")
        open_store(folder, create=True).close()
        before = (folder / "manyi.db").read_bytes()
        existing, new = run(READ_ONLY.format(folder=str(folder), mode=mode))
        assert existing.startswith(told)
        assert new.startswith("M45 ")
        assert "writing is not allowed" in new
        assert [each.name for each in folder.iterdir()] == ["manyi.db"]
        (folder / "manyi.db").chmod(0o600)
        assert (folder / "manyi.db").read_bytes() == before
        folder.chmod(0o700)


def test_an_error_inside_a_transaction_spoils_all_of_it(tmp_path: Path) -> None:
    """Caught or not, what SQLite could not write fails the commit: no half is kept."""
    store = open_store(tmp_path / "data", create=True)
    writer = store._db.storage.transactions._writer  # type: ignore[attr-defined]
    writer.execute("pragma max_page_count = 30").fetchall()
    codes = []
    try:
        with store.transaction():
            store.add_response(SESSION, 1, make_response())
            try:
                store.add_entries([make_entry(note="x" * 300)] * 2000)
            except StoreError as error:
                codes.append(error.code)
    except StoreError as error:
        codes.append(error.code)
    assert codes == ["M40", "M40"]
    assert store.count_responses(SESSION) == 0
    store.add_response(SESSION, 1, make_response())
    assert store.count_responses(SESSION) == 1
    store.close()
