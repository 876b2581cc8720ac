"""A damaged store: read right, or refused with V86 and left as it is; never a wrong answer in silence."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from campaign.errors import StoreError
from campaign.language import Lang
from db import check, open_store
from surveys.desk import SurveyDesk
from surveys.ports import Store
from tests.damage import SECTOR, Damage, every_flip, of_log, of_note, of_store
from tests.db_builders import DAY, make_audit, make_entry
from tests.power_cut_writer import FIRST, SECOND, answers, plan, questionnaire
from tests.sittings import open_session, verify_count

pytestmark = pytest.mark.rig

FILE, LOG, NOTE, MEMORY = "manyi.db", "manyi.db-wal", "manyi.acknowledged", "manyi.db-shm"
OLDER = Path(__file__).parent.parent / "golden" / "store-format-2.db"
Files = Mapping[str, bytes]
"""What lies in a data folder, by name."""
Contents = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A store as it lies on the disk."""

    files: Files
    contents: Contents
    """All that was acknowledged."""


def contents_of(store: Store) -> Contents:
    """Everything that a store tells."""
    sessions = store.sessions()
    return (
        store.plan(),
        store.entries(),
        store.audits(),
        store.questionnaires(),
        store.register(),
        sessions,
        *([*store.responses(each.id)] for each in sessions),
        *(store.count_responses(each.id) for each in sessions),
        *(store.opinions(each.id) for each in sessions),
        *(store.kiosk_account(each.id) for each in sessions),
    )


def hand_in(store: Store, session: str, numbers: range) -> None:
    """Store these responses."""
    desk = SurveyDesk(store, store.plan(), DAY)
    for number in numbers:
        desk.submit(session, f"r{number}", Lang.ZH, answers(number))


def begin(folder: Path) -> None:
    """Make a store with a verified session and an open one, and close it in order."""
    with closing(open_store(folder, create=True)) as store:
        store.save_plan(plan(0, times=3), make_audit())
        store.save_questionnaire(questionnaire())
        store.add_entries([make_entry(reference=str(number), note="记录" * 100) for number in range(40)])
        desk = SurveyDesk(store, store.plan(), DAY)
        open_session(desk, "B01", pin="2468")
        hand_in(store, FIRST, range(1, 20))
        desk.close(FIRST)
        verify_count(desk, FIRST)
        open_session(desk, "B02", pin="2468")
        hand_in(store, SECOND, range(1, 5))


def closed(folder: Path) -> Kept:
    """After everybody has closed it: the file, and the note of the last acknowledged commit."""
    begin(folder)
    with closing(open_store(folder)) as store:
        contents = contents_of(store)
    return Kept(held(folder), contents)


def alone(folder: Path) -> Kept:
    """The file alone, as somebody has copied it."""
    kept = closed(folder)
    return Kept({FILE: kept.files[FILE]}, kept.contents)


def crashed(folder: Path) -> Kept:
    """After a crash: the newest is in the log alone."""
    begin(folder)
    with closing(open_store(folder)) as store:
        hand_in(store, SECOND, range(5, 9))
        store.add_entries([make_entry(reference="newest")])
        return Kept(held(folder), contents_of(store))


def crashed_anew(folder: Path) -> Kept:
    """After a crash with a log that had been begun anew: older frames lie behind the newest."""
    begin(folder)
    with closing(open_store(folder)) as store:
        hand_in(store, SECOND, range(5, 12))
        for connection in apsw.connections():
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
        hand_in(store, SECOND, range(12, 14))
        return Kept(held(folder), contents_of(store))


STORES = {make.__name__: make for make in (closed, alone, crashed, crashed_anew)}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kept]:
    """Sound stores, each in another state."""
    return {name: make(tmp_path_factory.mktemp(name) / "data") for name, make in STORES.items()}


def held(folder: Path) -> Files:
    """The files of a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def stored(files: Files) -> Files:
    """Those that keep something: shared memory and an empty log do not."""
    return {name: data for name, data in files.items() if name != MEMORY and (data or name != LOG)}


def put(folder: Path, files: Files) -> None:
    """Make the folder hold these files alone."""
    folder.mkdir(exist_ok=True)
    for each in [*folder.iterdir()]:
        each.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def refusal(folder: Path, files: Files, look: Callable[[Path], object]) -> str:
    """The code with which these files are refused, or nothing; and whether that has changed them."""
    put(folder, files)
    try:
        look(folder)
    except StoreError as error:
        return error.code + (" and changed" if stored(held(folder)) != stored(files) else "")
    return ""


def fault(folder: Path, files: Files, contents: Contents) -> str:
    """What happens to a store in these files that must not happen; nothing if it is read right or refused."""

    def read(folder: Path) -> None:
        with closing(open_store(folder)) as store:
            found.append(contents_of(store))

    found: list[Contents] = []
    read_code, check_code = refusal(folder, files, read), refusal(folder, files, check)
    if not read_code and found != [contents]:
        return "another answer"
    if read_code and not check_code:
        return f"{read_code}, and the check finds nothing"
    return "" if {read_code, check_code} <= {"", "V86"} else f"{read_code}, check {check_code}"


def damages(kept: Kept, name: str) -> Iterator[Damage]:
    """Damage to one of its files."""
    of = {FILE: of_store, LOG: of_log, NOTE: of_note}[name]
    return of(kept.files[name], seed=1)


@pytest.mark.parametrize(
    ("state", "name"),
    [
        *((state, FILE) for state in ("closed", "crashed", "crashed_anew")),
        *((state, LOG) for state in ("crashed", "crashed_anew")),
        *((state, NOTE) for state in ("closed", "crashed")),
    ],
)
def test_damage_anywhere_is_refused_or_does_no_harm(
    stores: Mapping[str, Kept], tmp_path: Path, state: str, name: str
) -> None:
    """Bits, ends and sectors of each file: all that was acknowledged is read, or V86 and not a byte is changed."""
    kept = stores[state]
    assert fault(tmp_path / "data", kept.files, kept.contents) == ""
    wrong = {
        damage.what: why
        for damage in damages(kept, name)
        if (why := fault(tmp_path / "data", {**kept.files, name: damage.data}, kept.contents))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("state", "name"), [("crashed", FILE), ("crashed", LOG), ("crashed_anew", LOG), ("closed", FILE)]
)
def test_a_file_that_has_vanished_is_missed(stores: Mapping[str, Kept], tmp_path: Path, state: str, name: str) -> None:
    """V86: what is left tells that there was more. No new store is made over it, and the rest is not touched."""
    files = {each: data for each, data in stores[state].files.items() if each != name}
    for look in (open_store, check, lambda folder: open_store(folder, create=True)):
        assert refusal(tmp_path / "data", files, look) == "V86"


@pytest.mark.parametrize("state", ["closed", "crashed", "crashed_anew"])
def test_without_the_note_a_sound_store_is_read_all_the_same(
    stores: Mapping[str, Kept], tmp_path: Path, state: str
) -> None:
    """The number of the last commit is a second witness: without it everything is still there."""
    files = {each: data for each, data in stores[state].files.items() if each != NOTE}
    put(tmp_path / "data", files)
    with closing(open_store(tmp_path / "data")) as store:
        assert contents_of(store) == stores[state].contents
    assert check(tmp_path / "data").format


def test_what_is_stored_right_after_a_migration_is_missed_too(tmp_path: Path) -> None:
    """An older store that has just been brought to the newest format counts its commits from the first on."""
    put(tmp_path / "data", {FILE: OLDER.read_bytes()})
    with closing(open_store(tmp_path / "data")) as store:
        store.add_entries([make_entry(reference="newest")])
        files = held(tmp_path / "data")
    put(tmp_path / "crashed", files)
    with closing(open_store(tmp_path / "crashed")) as store:
        assert store.entries()[-1].reference == "newest"
    without_log = {name: data for name, data in files.items() if name != LOG}
    assert refusal(tmp_path / "crashed", without_log, open_store) == "V86"


def test_one_wrong_bit_does_not_make_it_another_programs_file(stores: Mapping[str, Kept], tmp_path: Path) -> None:
    """With nothing beside it, a file of ours whose header has a wrong bit is V86; it is M42 once no mark is left."""
    data = stores["alone"].files[FILE]
    codes = {
        damage.what: code
        for damage in every_flip(data, range(100))
        if (code := refusal(tmp_path / "data", {FILE: damage.data}, open_store)) != "V86"
    }
    assert codes == {}
    assert refusal(tmp_path / "data", {FILE: bytes(SECTOR) + data[SECTOR:]}, open_store) == "M42"


def test_a_log_is_never_taken_for_that_of_a_new_store(stores: Mapping[str, Kept], tmp_path: Path) -> None:
    """With the log of a store that is gone in its place, none is made: SQLite would put its pages into the new one."""
    files = {LOG: stores["crashed"].files[LOG]}
    assert refusal(tmp_path / "data", files, lambda folder: open_store(folder, create=True)) == "V86"
    assert [*held(tmp_path / "data")] == [LOG]
