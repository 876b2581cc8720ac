"""The key of the paper forms: in a file of its own, made once, private."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.language import Lang
from db import open_store
from db.keys import KEY_BYTES, paper_key, write_key


def test_the_key_is_made_once_and_stays(tmp_path: Path) -> None:
    """Whoever asks first makes the key; everybody gets the same one."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: paper_key(tmp_path), range(40)))
    assert len(keys) == 1
    assert {len(key) for key in keys} == {KEY_BYTES}
    assert [each.name for each in tmp_path.iterdir()] == ["paper.key"]


def test_the_key_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    """The file can be read by its owner only, also where new files are open to all."""
    before = os.umask(0)
    try:
        paper_key(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "paper.key").stat().st_mode) == 0o600


def test_two_folders_have_different_keys(tmp_path: Path) -> None:
    """Nobody can forge the forms of another campaign."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert paper_key(tmp_path / "a") != paper_key(tmp_path / "b")


def test_the_key_is_not_in_the_store(tmp_path: Path) -> None:
    """A copy of the store alone does not hold the key."""
    store = open_store(tmp_path / "data", create=True)
    key = paper_key(tmp_path / "data")
    store.close()
    for file in (tmp_path / "data").glob("manyi*"):
        assert key not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 64, b"g" * 64, b"a" * 63, b"a" * 66])
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """M76 says what is wrong and what to do; no new key is put in its place."""
    path = tmp_path / "paper.key"
    path.write_bytes(content)
    with pytest.raises(StoreError) as error:
        paper_key(tmp_path)
    assert error.value.code == "M76"
    assert str(path) in error.value.problems[0].message(Lang.ZH)
    assert path.read_bytes() == content


def test_a_key_is_never_put_over_another(tmp_path: Path) -> None:
    """Writing a key where there is one leaves that one."""
    first = paper_key(tmp_path)
    write_key(tmp_path / "paper.key", bytes(KEY_BYTES))
    assert paper_key(tmp_path) == first


def test_a_folder_that_takes_no_key_is_told(tmp_path: Path) -> None:
    """M40 where the key can't be written."""
    with pytest.raises(StoreError) as error:
        paper_key(tmp_path / "missing")
    assert error.value.code == "M40"
