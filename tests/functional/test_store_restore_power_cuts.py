"""A power cut at any moment of a restore: the old store or the new one is on the disk, and it is whole."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from db import check, open_store
from db.backups import back_up
from db.files import NAME
from tests.power_cuts import Cut, cuts
from tests.restores import saying
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
from tests.restores import saying
from tests.system_calls import TOLD

folder, backup = map(Path, sys.argv[1:])
saying(folder, "old", 99)
os.write(TOLD, b"old\\n")
restore(backup, folder, DAY, replaced=True)
os.write(TOLD, b"new\\n")
"""


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
    saying(tmp_path / "other", "new", 99)
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
