"""What is left on the disk of what was deleted, and what happens when the files are taken away in use."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.language import Lang
from db import open_store
from surveys.desk import SurveyDesk
from surveys.ports import Store
from tests.db_builders import make_response
from tests.sittings import open_session, verify_count
from tests.store_contents import town_store

DAY = date(2026, 11, 23)
TEXT = "路灯不亮已有三个月"
FORMS = 1500
"""Enough for pages that are freed and not used again."""


def answered(store: Store) -> SurveyDesk:
    desk = SurveyDesk(store, store.plan(), DAY)
    session = open_session(desk, "B01", "final", "2468").session.id
    with store.transaction():
        for number in range(FORMS):
            answers = {f"Q{q}": "ABCD"[(number + q) % 4] for q in range(1, 11)} | {"Q12": f"{TEXT}{number}"}
            desk.submit(session, f"id-{number}", Lang.ZH, answers)
    return desk


def test_no_answer_stands_beside_its_text_after_closing(tmp_path: Path) -> None:
    """Even while a dashboard has the store open, no file holds a response with its text once the session is closed."""
    store, watching = town_store(tmp_path / "data"), open_store(tmp_path / "data")
    watching.entries()
    desk = answered(store)
    assert store.sweep()  # as SQLite does by itself once its log has grown
    desk.close("B01-261123-1")
    verify_count(desk, "B01-261123-1")
    assert len(watching.register().heard) == FORMS
    for file in filter(Path.is_file, (tmp_path / "data").rglob("*")):
        content = file.read_bytes().decode("utf-8", "replace")
        assert f'"Q12":"{TEXT}' not in content, file.name
        assert '"Q10":"A","Q12"' not in content, file.name
    store.close()
    watching.close()


def test_the_key_of_response_ids_is_gone_after_verifying(tmp_path: Path) -> None:
    """The secret that ties response ids to documents is in no file once the count is verified."""
    store = town_store(tmp_path / "data")
    desk = answered(store)
    session = store.session("B01-261123-1")
    assert session is not None
    desk.close(session.id)
    verify_count(desk, session.id)
    for file in filter(Path.is_file, (tmp_path / "data").rglob("*")):
        assert session.response_key.encode() not in file.read_bytes(), file.name
    store.close()


def remove(folder: Path) -> None:
    for file in folder.glob("manyi.db*"):
        file.unlink()


def remove_log(folder: Path) -> None:
    (folder / "manyi.db-wal").unlink()


def remove_shared_memory(folder: Path) -> None:
    (folder / "manyi.db-shm").unlink()


def move(folder: Path) -> None:
    (folder / "manyi.db").rename(folder / "elsewhere.db")


def exchange(folder: Path) -> None:
    shutil.copy(folder / "manyi.db", folder / "copy.db")
    (folder / "copy.db").replace(folder / "manyi.db")


@pytest.mark.parametrize("accident", [remove, remove_log, remove_shared_memory, move, exchange])
def test_nothing_is_acknowledged_into_a_file_that_is_gone(tmp_path: Path, accident: Callable[[Path], None]) -> None:
    """When the store is deleted, moved or exchanged in use, storing fails with M48: it would be lost in silence."""
    store = town_store(tmp_path / "data")
    store.add_response("B01-261123-1", 1, make_response())
    accident(tmp_path / "data")
    with pytest.raises(StoreError) as caught:
        store.add_response("B01-261123-1", 2, make_response())
    assert caught.value.code == "M48"
    store.close()
