"""A bit that turns over in the log while the store is open elsewhere: read right, or V86; never a wrong answer.

SQLite's checksum layer looks at the main file alone; in the log it is the checksum of each row that is wrong.
"""

import random
from collections import Counter
from contextlib import closing
from pathlib import Path

from campaign.errors import StoreError
from db import open_store
from tests.damage import FRAME, FRAME_HEADER, LOG_HEADER, PAGE
from tests.db_builders import make_entry
from tests.functional.test_store_damage import LOG, begin, contents_of, hand_in
from tests.power_cut_writer import SECOND


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
