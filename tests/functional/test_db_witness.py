"""The note of acknowledged commits: whatever the order in which processes write it, it is neither behind nor ahead."""

from pathlib import Path

import pytest

import db.losses
from db import open_store
from db.witness import PLACES, Commit, Witness, acknowledged, witness_of
from tests.db_builders import SESSION

STORE, OTHER = b"thestore", b"anothers"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store's file, which need not exist."""
    return tmp_path / "manyi.db"


def test_whoever_is_late_hides_nobodys_commit(path: Path) -> None:
    """A process that notes its commit after others have noted later ones leaves theirs standing."""
    late, others = Witness(path), Witness(path)
    for number in range(2, PLACES + 1):
        others.note(Commit(STORE, number))
    late.note(Commit(STORE, 1))
    assert acknowledged(path) == {STORE: PLACES}
    late.close()
    others.close()


def test_the_highest_number_counts_however_many_there_were(path: Path) -> None:
    """The file does not grow, and tells the last commit at every moment."""
    witness = Witness(path)
    for number in range(1, 3 * PLACES):
        witness.note(Commit(STORE, number))
        assert acknowledged(path) == {STORE: number}
    assert witness_of(path).stat().st_size == PLACES * 20
    witness.close()


def test_commits_of_another_store_count_for_that_one_alone(path: Path) -> None:
    """After a restore the file may hold records of the store before; they say nothing of the new one."""
    witness = Witness(path)
    assert STORE not in acknowledged(path)
    witness.note(Commit(OTHER, 1000))
    assert STORE not in acknowledged(path)
    witness.note(Commit(STORE, 7))
    assert acknowledged(path) == {STORE: 7, OTHER: 1000}
    witness.close()


@pytest.mark.parametrize("position", [0, 9, 19])
def test_a_damaged_record_claims_no_commit(path: Path, position: int) -> None:
    """One wrong bit in a record, or half a record, says nothing; the records beside it still do."""
    witness = Witness(path)
    for number in (PLACES, PLACES + 1):
        witness.note(Commit(STORE, number))
    witness.close()
    data = bytearray(witness_of(path).read_bytes())
    data[20 + position] ^= 1
    witness_of(path).write_bytes(data)
    assert acknowledged(path) == {STORE: PLACES}
    witness_of(path).write_bytes(data[:39])
    assert acknowledged(path) == {STORE: PLACES}


def test_a_note_of_one_record_is_understood(path: Path) -> None:
    """The file of earlier versions held one record, whatever its number."""
    witness = Witness(path)
    witness.note(Commit(STORE, 5))
    witness.close()
    record = witness_of(path).read_bytes()[-20:]
    witness_of(path).write_bytes(record)
    assert acknowledged(path) == {STORE: 5}


def test_what_is_written_while_a_store_is_opened_is_no_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may commit, and note it, while the store is looked at: that does not make it damaged."""
    store = open_store(tmp_path / "data", create=True)

    def written_meanwhile(path: Path) -> object:
        store.count_started(SESSION)
        return acknowledged(path)

    monkeypatch.setattr(db.losses, "acknowledged", written_meanwhile)
    for _ in range(3):
        open_store(tmp_path / "data").close()
    assert store.started(SESSION) == 3
    store.close()
