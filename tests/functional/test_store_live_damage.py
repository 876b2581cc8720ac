"""A bit that turns over in the log while the store is open elsewhere: read right, or V86; never a wrong answer.

SQLite's checksum layer looks at the main file alone; in the log it is the checksum of each row that is wrong.
"""

import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from campaign.errors import StoreError
from db import open_store
from tests.damage import FRAME, FRAME_HEADER, LOG_HEADER, PAGE
from tests.db_builders import make_entry
from tests.functional.test_store_damage import LOG, begin, contents_of, hand_in
from tests.power_cut_writer import SECOND

LEAF = 13
"""First byte of a page that holds rows of a table (https://sqlite.org/fileformat.html#b_tree_pages)."""


def test_a_wrong_bit_in_the_log_in_use_is_found(tmp_path: Path) -> None:
    """Flips in the newest frame of each page: the reader beside gets all that was acknowledged, or V86."""
    begin(tmp_path / "data")
    chance, seen = random.Random(3), Counter[str]()  # noqa: S311  # nothing secret
    with closing(open_store(tmp_path / "data")) as writer:
        hand_in(writer, SECOND, range(5, 9))
        writer.add_entries([make_entry(reference="newest")])
        contents = contents_of(writer)
        log = tmp_path / "data" / LOG
        sound = log.read_bytes()
        newest = {sound[at : at + 4]: at for at in range(LOG_HEADER, len(sound), FRAME)}
        for start in newest.values():
            for place in chance.sample(range(PAGE), 40):
                at = start + FRAME_HEADER + place
                with log.open("r+b", buffering=0) as file:
                    file.seek(at)
                    file.write(bytes((sound[at] ^ 1 << chance.randrange(8),)))
                try:
                    with closing(open_store(tmp_path / "data")) as reader:
                        seen["right" if contents_of(reader) == contents else "wrong"] += 1
                except StoreError as error:
                    seen[error.code] += 1
                with log.open("r+b", buffering=0) as file:
                    file.seek(at)
                    file.write(sound[at : at + 1])
    assert {*seen} == {"right", "V86"}, seen


def test_a_row_that_a_wrong_bit_hides_is_missed(tmp_path: Path) -> None:
    """Where a flip in the log changes how many rows a page has, every way of reading the box says V86, also closing."""
    begin(tmp_path / "data")
    with closing(open_store(tmp_path / "data")) as writer:
        hand_in(writer, SECOND, range(5, 40))
        log = tmp_path / "data" / LOG
        sound = log.read_bytes()
        newest = {sound[at : at + 4]: at for at in range(LOG_HEADER, len(sound), FRAME)}
        hidden = 0
        for start in newest.values():
            kind, count = start + FRAME_HEADER, start + FRAME_HEADER + 4
            if sound[kind] != LEAF or not sound[count] & 2 or b"answers" not in sound[start : start + FRAME]:
                continue
            with log.open("r+b", buffering=0) as file:
                file.seek(count)
                file.write(bytes((sound[count] ^ 2,)))
            with closing(open_store(tmp_path / "data")) as reader:
                for read in (reader.count_responses, reader.responses, reader.kiosk_account):
                    with pytest.raises(StoreError) as error:
                        read(SECOND)
                    assert error.value.code == "V86"
            hidden += 1
            with log.open("r+b", buffering=0) as file:
                file.seek(count)
                file.write(sound[count : count + 1])
        assert hidden
