"""A power cut at any moment of a restore: the old store or the new one is on the disk, and it is whole."""

import shutil
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from db import check, open_store
from db.backups import back_up
from db.files import NAME
from tests.db_builders import SESSION, make_entry, make_response, make_session
from tests.power_cuts import Cut, cuts
from tests.store_contents import Documents, documents
from tests.system_calls import Told, events, record

pytestmark = pytest.mark.rig

RESTORER = """
import os, sys
from contextlib import closing
from pathlib import Path
from db import open_store
from db.restoring import restore
from tests.db_builders import DAY
from tests.functional.test_store_restore_power_cuts import fill
from tests.system_calls import TOLD

folder, backup = map(Path, sys.argv[1:])
fill(folder, "old")
os.write(TOLD, b"old\\n")
restore(backup, folder, DAY, replaced=True)
os.write(TOLD, b"new\\n")
"""


def fill(folder: Path, word: str) -> None:
    """A store of some pages that says ``word``."""
    with closing(open_store(folder, create=True)) as store:
        store.save_session(make_session(state="counting"))
        store.add_entries([make_entry(reference=word)])
        with store.transaction():
            for number in range(1, 100):
                store.add_response(SESSION, number, make_response(answers={"text": word}))


def found_on(disk: Path, cut: Cut) -> Documents:
    """What the store on a disk holds, once it has been opened as after any crash."""
    disk.mkdir(mode=0o700)
    try:
        for name, content in cut.files.items():
            (disk / name).write_bytes(content.data)
        open_store(disk).close()
        check(disk)
        return documents(disk / NAME)
    finally:
        shutil.rmtree(disk)


def test_the_old_store_or_the_new_one(tmp_path: Path, environment: Mapping[str, str]) -> None:
    """Until the restore has ended it is one of them, afterwards the new one, on every disk that a cut could leave."""
    fill(tmp_path / "other", "new")
    back_up(tmp_path / "other", tmp_path / "backup")
    command = [sys.executable, "-c", RESTORER, str(tmp_path / "data"), str(tmp_path / "backup")]
    record(command, tmp_path / "trace", environment)
    done = [*events(tmp_path / "trace", tmp_path / "data")]
    assert [event.text for event in done if isinstance(event, Told)] == ["old", "new"]
    held = {"old": documents(tmp_path / "data" / "replaced" / "2026-11-23-1.db"), "new": documents(tmp_path / "backup")}
    seen: dict[object, str] = {}
    during: set[str] = set()
    after: set[str] = set()
    for cut in cuts(done):
        if not cut.told:
            continue
        if cut.key not in seen:
            found = found_on(tmp_path / "disk", cut)
            seen[cut.key] = next(word for word, each in held.items() if each == found)
        (after if "new" in cut.told else during).add(seen[cut.key])
    assert (during, after) == ({"old", "new"}, {"new"})
    assert len(seen) > 30
