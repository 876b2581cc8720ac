"""Stores of other versions: older ones are brought forward whole or not at all, newer ones are left alone."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.table import Document

import db.migrations
from campaign.errors import Problem, StoreError
from db import check, open_store, open_tinydb
from db.documents import key
from db.sums import is_summed
from surveys.session import KioskAccount
from surveys.tallies import SessionTally
from tests.db_builders import make_entry, make_opinion, make_response, make_session

OPEN = "B01-261123-1"
GOLDEN = Path(__file__).parents[1] / "golden"
"""Stores of older formats: three sessions, four forms in the first one's ballot box, one on paper in the second's."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of format 1."""
    return of_format(1, tmp_path)


def of_format(number: int, folder: Path) -> Path:
    """``folder``, with a store of an older format in it."""
    shutil.copy(GOLDEN / f"store-format-{number}.db", folder / "manyi.db")
    return folder


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@pytest.mark.parametrize("older", [1, 2, 3, 4])
def test_an_older_format_is_brought_to_the_newest(older: int, tmp_path: Path) -> None:
    """Every counter and document of an older store is there in the newest format, and it is done once."""
    folder = of_format(older, tmp_path)
    for _ in range(2):
        store = open_store(folder)
        assert [store.kiosk_account(f"B0{n}-261123-1") for n in (1, 2, 3)] == [
            KioskAccount(started=5, submitted=3),
            KioskAccount(started=0, submitted=0),
            KioskAccount(started=2, submitted=0),
        ]
        assert list(store.sessions()) == [make_session(f"B0{n}-261123-1") for n in (1, 2, 3)]
        assert store.count_responses("B01-261123-1") == 4
        assert store.response("B01-261123-1", 56) == make_response(channel="paper")
        assert store.plan().campaign.title.en == "Format 1"
        assert list(store.entries()) == [make_entry(reference=f"A-{n}") for n in range(3)]
        store.close()
    assert check(folder).format == db.migrations.FORMAT
    with open_tinydb(folder / "manyi.db") as opened:
        assert all(set(each) == {"number", "value"} for each in opened.table("sessions"))
        assert all(set(each) == {"session", "started"} for each in opened.table("accounts"))
        stored = [text for name in opened.storage.names() for _, text in opened.storage.rows(name).stored()]
        assert all(map(is_summed, stored))


@pytest.mark.parametrize("older", [1, 2])
def test_an_older_file_gives_free_pages_back_from_then_on(older: int, tmp_path: Path) -> None:
    """What is emptied in a migrated store leaves the file, as in a new one."""
    folder = of_format(older, tmp_path)
    store = open_store(folder)
    store.add_entries([make_entry(note="记录" * 100)] * 300)
    store.sweep()
    full = (folder / "manyi.db").stat().st_size
    store.close()
    with open_tinydb(folder / "manyi.db") as opened:
        opened.drop_table("log")
    store = open_store(folder)
    assert store.sweep()
    assert (folder / "manyi.db").stat().st_size < full - 200_000
    store.close()


def test_opinions_of_verified_sessions_come_into_the_register(tmp_path: Path) -> None:
    """Those of format 4 lay with their sessions; each comes under a random number, and those of the others stay."""
    folder = of_format(4, tmp_path)
    tally = SessionTally(submitted=12, complete=9, partial=2, void=1, questions=())
    verified = make_session("B02-261120-1", state="verified", tally=tally, response_key="")
    with open_tinydb(folder / "manyi.db") as opened:
        document = {"number": 4, "value": verified.model_dump(mode="json")}
        opened.table("sessions").insert(Document(document, key(verified.id)))
        for session, text, number in ((verified.id, "路灯坏了", 7), (verified.id, "窗口没人", 9), (OPEN, "还在收", 8)):
            opinion = make_opinion(text, session).model_dump(mode="json")
            opened.table(f"opinions {session}").insert(Document(opinion, number))
    store = open_store(folder)
    heard = store.register().heard.values()
    assert sorted((each.text, each.forms, each.channel) for each in heard) == [
        ("窗口没人", 11, "survey"),
        ("路灯坏了", 11, "survey"),
    ]
    assert not store.opinions(verified.id)
    assert [each.text for each in store.opinions(OPEN)] == ["还在收"]
    store.close()


def test_a_step_that_fails_leaves_the_old_format_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a step breaks, all steps before it are undone too, and the store is still of its old format."""

    def broken(opened: TinyDB) -> None:
        opened.table("accounts").truncate()
        raise StoreError(Problem("V86", {"why": "broken", "path": folder}))

    monkeypatch.setattr(db.migrations, "STEPS", {**db.migrations.STEPS, db.migrations.FORMAT: broken})
    monkeypatch.setattr(db.migrations, "FORMAT", db.migrations.FORMAT + 1)
    with pytest.raises(StoreError):
        open_store(folder)
    with open_tinydb(folder / "manyi.db") as opened:
        assert opened.table("meta").all() == [{"format": 1}]
        assert "accounts" not in opened.tables()
        assert [each["started"] for each in sorted(opened.table("sessions"), key=lambda each: int(each["number"]))] == [
            5,
            0,
            2,
        ]


def test_looking_at_an_old_store_does_not_migrate_it(folder: Path) -> None:
    """A check tells the format and changes no byte."""
    before = contents(folder)
    assert check(folder).format == 1
    assert contents(folder) == before


@pytest.mark.parametrize("look", [open_store, check])
def test_a_newer_store_is_left_alone(folder: Path, look: object) -> None:
    """M43 names both formats; not a byte is changed and no file is left beside it."""
    with open_tinydb(folder / "manyi.db") as opened:
        opened.table("meta").update({"format": 99})
    before = contents(folder)
    assert callable(look)
    with pytest.raises(StoreError) as error:
        look(folder)
    assert error.value.code == "M43"
    assert error.value.problems[0].values["found"] == 99
    assert contents(folder) == before


@pytest.mark.parametrize("meta", [None, {"format": "2"}, {"format": 0}, {}])
def test_a_tinydb_that_is_no_store_is_refused(tmp_path: Path, meta: dict[str, object] | None) -> None:
    """Our file without a format number holds something else: M42."""
    with open_tinydb(tmp_path / "manyi.db") as opened:
        opened.insert({"n": 1})
        if meta is not None:
            opened.table("meta").insert(Document(meta, 1))
    before = contents(tmp_path)
    with pytest.raises(StoreError) as error:
        open_store(tmp_path)
    assert error.value.code == "M42"
    assert contents(tmp_path) == before
