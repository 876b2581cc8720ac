"""The small parts of the store that need no file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.language import Lang
from db.documents import key, random_ids, sorted_keys
from db.encoding import encoded
from db.failures import FULL, LOST, READ_ONLY, reason
from db.files import NETWORK, file_system
from db.names import sql_name, table_name

MOUNTS = """\
22 27 0:21 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:22 / /home rw,relatime - nfs4 server:/home rw
24 23 0:23 / /home/clerk/local\\040disk rw,relatime - xfs /dev/sdb rw
25 22 0:24 / /mnt/share rw,relatime shared:2 master:3 - cifs //server/share rw
"""


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_every_table_name_can_be_read_back(name: str) -> None:
    """Whatever a table is called, its SQL name tells it again."""
    assert table_name(sql_name(name)[1:-1].replace('""', '"')) == name


@given(st.text(st.sampled_from("aAbB!_sqlite"), max_size=9), st.text(st.sampled_from("aAbB!_sqlite"), max_size=9))
def test_no_two_table_names_fall_together(one: str, other: str) -> None:
    """SQL does not tell capitals from small letters; two tables never share a name for that."""
    assert (sql_name(one).lower() == sql_name(other).lower()) == (one == other)
    assert not sql_name(one).startswith('"sqlite_')


def test_a_table_name_with_a_nul_is_refused() -> None:
    """SQLite would cut the name off there."""
    with pytest.raises(ValueError, match="NUL"):
        sql_name("log\0")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/data", "ext4"), ("/home/clerk", "nfs4"), ("/home/clerk/local disk/data", "xfs"), ("/mnt/share/x", "cifs")],
)
def test_the_innermost_mount_tells_the_file_system(folder: str, kind: str) -> None:
    """A folder lies on what is mounted nearest above it, names with blanks included."""
    assert file_system(Path(folder), MOUNTS) == kind


@pytest.mark.parametrize(
    ("kind", "refused"),
    [("nfs", True), ("nfs4", True), ("cifs", True), ("smb3", True), ("fuse.sshfs", True), ("ext4", False), ("", False)],
)
def test_network_file_systems_are_known_by_their_types(kind: str, refused: bool) -> None:
    """NFS, SMB and the like are told from disks of the computer itself."""
    assert bool(NETWORK.fullmatch(kind)) is refused


@pytest.mark.parametrize(("number", "why"), [(28, FULL), (27, FULL), (13, READ_ONLY), (30, READ_ONLY), (0, LOST)])
def test_the_usual_failures_have_words_in_both_languages(number: int, why: object) -> None:
    """A full disk and a missing permission are said in the reader's language."""
    assert reason(number) == why


@pytest.mark.parametrize("lang", list(Lang))
def test_other_failures_are_told_by_their_number(lang: Lang) -> None:
    """What we have no word for is passed on with the system's number, in the reader's language."""
    assert "5" in reason(5).text(lang)
    assert ("系统" in reason(5).text(lang)) == (lang is Lang.ZH)


@given(st.text())
def test_the_document_id_of_a_name_fits_sqlite(name: str) -> None:
    """Names become ids of 63 bits, always the same."""
    assert 0 <= key(name) < 2**63
    assert key(name) == key(name)


def test_random_ids_are_all_different() -> None:
    """No two documents get one id, and no id tells its place."""
    ids = random_ids(1000)
    assert len(set(ids)) == 1000
    assert ids != sorted(ids)
    assert 0 < min(ids) <= max(ids) < 2**63


def test_keys_are_sorted_at_every_depth() -> None:
    """The order in which answers came can't be read off the document."""
    assert encoded(sorted_keys({"b": 1, "a": {"z": [{"y": 1, "x": 2}], "c": 0}})) == (
        '{"a":{"c":0,"z":[{"x":2,"y":1}]},"b":1}'
    )


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), Path("/")])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    """A document never changes silently on its way to the disk."""
    with pytest.raises(TypeError):
        encoded({"x": value})
