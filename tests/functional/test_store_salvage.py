"""What comes out of a store with bad pages, and what is told of what does not."""

import random
from contextlib import closing, suppress
from pathlib import Path

import pytest

from campaign.errors import BadInput, StoreError
from campaign.language import Lang
from db import check, open_store
from db.backups import back_up
from db.restoring import Restored, restore
from surveys.desk import SurveyDesk
from surveys.response import Response
from tests.damage import PAGE
from tests.db_builders import DAY, SESSION, make_entry, make_response, make_session
from tests.restores import filled, refusal
from tests.sittings import open_session, verify_count
from tests.store_contents import Documents, documents, files, town_store

LONG = "很长的意见" * 300
"""Too long for one page."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the sample town, a session that is being counted and one that is open."""
    folder = filled(tmp_path / "data")
    with closing(open_store(folder)) as store:
        store.save_session(make_session("B02-261123-1"))
        for number in range(1, 30):
            store.add_response("B02-261123-1", 2**62 + number * 2**40, response(number))
    return folder


def response(number: int) -> Response:
    """A response with a text."""
    return make_response(answers={"age": number, "text": LONG if number % 7 == 0 else "短"})


def spoil(folder: Path, page: int) -> None:
    """Nothing but noise on one page."""
    data = bytearray((folder / "manyi.db").read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = random.Random(page).randbytes(PAGE)  # noqa: S311
    (folder / "manyi.db").write_bytes(data)


def missing(before: Documents, after: Documents) -> dict[str, int]:
    """How many documents of each table are there no more."""
    gone = {table: len(found) - len(after.get(table, {})) for table, found in before.items()}
    return {table: count for table, count in gone.items() if count}


def compare(whole: Documents, found: Documents, done: Restored) -> None:
    """What is there is as it was, and all that is missing is told."""
    assert all(found[table][doc_id] == whole[table][doc_id] for table in found for doc_id in found[table])
    if any(each.code == "M92" for each in done.warnings):
        assert {each.code for each in done.warnings} <= {"M92", "M93"}
    else:
        assert sum(missing(whole, found).values()) == told(done)


def told(done: Restored) -> int:
    """How many documents are said to be missing."""
    return sum(int(str(each.values["n"])) for each in done.warnings if each.code == "M91")


def test_whatever_page_is_bad_the_rest_comes_out_and_what_is_missing_is_told(folder: Path, tmp_path: Path) -> None:
    """Each page in turn: what comes out is as it was, what does not is counted, and the damaged file is kept.

    Only a file whose beginning is damaged is refused, as is one in which nothing can be read.
    """
    whole = documents(folder / "manyi.db")
    content = files(folder)
    salvaged = 0
    for page in range(1, len(content["manyi.db"]) // PAGE + 1):
        data = tmp_path / f"page {page}"
        data.mkdir()
        for name, each in content.items():
            (data / name).write_bytes(each)
        spoil(data, page)
        damaged = (data / "manyi.db").read_bytes()
        if page == 1:
            assert refusal(data / "manyi.db", data).code == "M72"
            continue
        with pytest.raises(StoreError):
            check(data)
        with suppress(BadInput):
            done = restore(data / "manyi.db", data, DAY, replaced=True)
            salvaged += 1
            compare(whole, documents(data / "manyi.db"), done)
            assert done.old
            assert done.old.read_bytes() == damaged
    assert salvaged >= 20


def test_lost_answers_are_told_in_both_languages(folder: Path) -> None:
    """The message names the session, how many are missing and of how many."""
    damaged = b"\0" * 200
    data = (folder / "manyi.db").read_bytes()
    place = data.index("短".encode(), data.index(b'"age":5,'))
    (folder / "manyi.db").write_bytes(data[: place - 100] + damaged + data[place + 100 :])
    done = restore(folder / "manyi.db", folder, DAY, replaced=True)
    (warning,) = done.warnings
    n = warning.values["n"]
    assert f"Missing from responses of B02-261123-1: {n} of 29" in warning.text(Lang.EN)
    assert f"B02-261123-1的答卷共29条，缺{n}条" in warning.text(Lang.ZH)
    with closing(open_store(folder)) as store:
        assert store.count_responses("B02-261123-1") == 29 - int(str(n))
        assert store.count_responses(SESSION) == 100
        assert store.add_response("B02-261123-1", 1, make_response())


def test_a_verified_session_that_lost_answers_can_be_salvaged(tmp_path: Path) -> None:
    """Its figures were kept when it was verified; the check goes on to say that the box lacks some."""
    folder = tmp_path / "data"
    with closing(town_store(folder)) as store:
        desk = SurveyDesk(store, store.plan(), DAY)
        session = open_session(desk, "B01", "final", "2468").session.id
        for number in range(40):
            desk.submit(session, f"r{number}", Lang.ZH, {"A0": "1", **{f"Q{each}": "A" for each in range(1, 11)}})
        desk.close(session)
        verify_count(desk, session)
    for copy in (folder / "copies").iterdir():
        copy.unlink()
    data = bytearray((folder / "manyi.db").read_bytes())
    data[data.index(b'"Q10":"A"')] ^= 1
    (folder / "manyi.db").write_bytes(data)
    done = restore(folder / "manyi.db", folder, DAY, replaced=True)
    assert told(done) == 1
    with pytest.raises(StoreError) as error:
        check(folder)
    assert [problem.code for problem in error.value.problems] == ["M46"]
    with closing(open_store(folder)) as store:
        assert SurveyDesk(store, store.plan(), DAY).results(session).session == session


def test_what_only_the_log_holds_is_salvaged_too(folder: Path, tmp_path: Path) -> None:
    """A store left by a crash, with a bad page in its file: the answers in its log come out."""
    store = open_store(folder)
    store.add_response("B02-261123-1", 5, make_response())
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, each in files(folder).items():
        (crashed / name).write_bytes(each)
    store.close()
    (crashed / "manyi.db-shm").unlink()
    data = bytearray((crashed / "manyi.db").read_bytes())
    data[data.index("记录".encode()) + 1] ^= 1
    (crashed / "manyi.db").write_bytes(data)
    done = restore(crashed / "manyi.db", crashed, DAY, replaced=True)
    assert told(done) >= 1
    with closing(open_store(crashed)) as store:
        assert store.response("B02-261123-1", 5) == make_response()


def test_a_backup_is_whole_or_no_backup(folder: Path, tmp_path: Path) -> None:
    """Only the store itself is salvaged: a damaged backup is refused, for there may be a better one."""
    back_up(folder, tmp_path / "backup", open_sessions=True)
    data = bytearray((tmp_path / "backup").read_bytes())
    data[-100] ^= 1
    (tmp_path / "backup").write_bytes(data)
    assert refusal(tmp_path / "backup", folder).code == "M72"


def test_a_store_without_a_copy_says_how_to_salvage_it(folder: Path) -> None:
    """V86 names the command where there is no good copy."""
    spoil(folder, 9)
    for lang in Lang:
        with pytest.raises(StoreError) as error:
            check(folder)
        assert f"manyi restore {folder / 'manyi.db'} --replace" in error.value.problems[0].message(lang)


def test_open_sessions_that_a_copy_leaves_out_are_named_before_and_after(tmp_path: Path) -> None:
    """V86 says whose answers the newest copy has not, and so does restoring that copy (M93)."""
    folder = tmp_path / "data"
    with closing(town_store(folder)) as store:
        store.save_session(make_session("B01-261123-1", questionnaire="final"))
        store.save_session(make_session("B02-261123-1", questionnaire="final"))
        store.add_response("B02-261123-1", 1, make_response())
        SurveyDesk(store, store.plan(), DAY).close("B01-261123-1")
    (copy,) = (folder / "copies").iterdir()
    spoil(folder, 5)
    with pytest.raises(StoreError) as error:
        check(folder)
    assert f"{copy}, without the answers of what was open then: B02-261123-1." in error.value.problems[0].message(
        Lang.EN
    )
    assert "场次B02-261123-1的答卷" in error.value.problems[0].message(Lang.ZH)
    done = restore(copy, folder, DAY, replaced=True)
    assert [(each.code, str(each.values["list"])) for each in done.warnings] == [("M93", "B02-261123-1")]


def test_a_copy_without_open_sessions_lacks_none(tmp_path: Path) -> None:
    """Where nothing was open then, neither message says a word about it."""
    folder = tmp_path / "data"
    with closing(town_store(folder)) as store:
        store.save_session(make_session("B01-261123-1", questionnaire="final"))
        SurveyDesk(store, store.plan(), DAY).close("B01-261123-1")
    (copy,) = (folder / "copies").iterdir()
    spoil(folder, 5)
    with pytest.raises(StoreError) as error:
        check(folder)
    assert error.value.problems[0].message(Lang.EN).endswith(f"Last good copy: {copy}.")
    assert restore(copy, folder, DAY, replaced=True).warnings == ()


def test_one_damaged_table_keeps_no_other_from_being_swept(folder: Path) -> None:
    """Sweeping writes all sound tables anew before it tells of the damaged one."""
    with closing(open_store(folder)) as store:
        store.add_entries([make_entry(note="gone" * 70, reference=str(number)) for number in range(8)])
    data = bytearray((folder / "manyi.db").read_bytes())
    data[data.index("记录".encode()) + 1] ^= 1
    (folder / "manyi.db").write_bytes(data)
    store = open_store(folder)
    swept: list[str] = []
    storage = store._db.storage  # type: ignore[attr-defined]  # what is beneath
    rewrite = storage._rewrite

    def noted(table: str) -> None:
        rewrite(table)
        swept.append(table)

    storage._rewrite = noted
    with pytest.raises(StoreError) as error:
        store.sweep()
    assert error.value.code == "V86"
    assert "log" not in swept
    assert {"accounts", "audit", "plan", "sessions"} <= {*swept}
    store.close()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_symbolic_link_is_no_store(folder: Path, tmp_path: Path, *, is_there: bool) -> None:
    """M42 says that it is one and where the data is; neither a backup is put there."""
    back_up(folder, tmp_path / "backup", open_sessions=True)
    linked = tmp_path / "linked"
    linked.mkdir()
    there = folder if is_there else tmp_path / "nowhere"
    (linked / "manyi.db").symlink_to(there / "manyi.db")
    before = files(folder)
    for refused in (
        lambda: open_store(linked),
        lambda: open_store(linked, create=True),
        lambda: check(linked),
        lambda: restore(tmp_path / "backup", linked, DAY, replaced=True),
    ):
        with pytest.raises(StoreError) as error:
            refused()
        assert error.value.code == "M42"
        assert f"it is a symbolic link; the data is in {there}" in error.value.problems[0].message(Lang.EN)
    assert files(folder) == before
