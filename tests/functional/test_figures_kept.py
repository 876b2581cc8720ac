"""Figures that are kept in step with the store are those that are worked out from everything."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign import figures
from campaign.case_figures import CaseFigures
from campaign.case_standing import case_standings
from campaign.due_list import due_list, owed_by
from campaign.figures import Figures, rules_of
from campaign.happened import happened
from campaign.overview import overview
from db import memory_store, open_store, open_tinydb
from db.files import NAME as STORE
from db.known import NAME, KnownFile, decoded, encoded
from surveys.ports import Store
from tests.builders import TODAY, make_entry
from tests.figures_fakes import Counting, NothingKept
from tests.figures_walks import (
    AUDIT,
    CODES,
    DEEDS,
    Add,
    Correct,
    Look,
    Owe,
    Replan,
    Vote,
    a_plan,
)


@contextmanager
def a_folder() -> Iterator[Path]:
    """A data folder with a campaign in it, in which everything that is found is kept at once."""
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        store = open_store(Path(name), create=True)
        store.save_plan(a_plan(), AUDIT)
        store.close()
        yield Path(name)


class Reader:
    """Another process that looks at the store."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder)
        self.figures = Figures(self.store, KnownFile(folder))
        self.cases = CaseFigures(self.store)

    def requires_truth(self, today: date, *, trust_today: bool = True) -> None:
        """What it has kept in step is what is worked out from everything."""
        store = self.store
        seen = self.figures.overview(today, trust_today=trust_today)
        plan, entries = store.plan(), happened(store)
        assert seen == overview(plan, entries, today, trust_today=trust_today)
        assert self.figures.plan == plan
        sure = seen.clock_behind is None
        standings = self.cases.standings(plan, today, judge_overdue=sure)
        owed = owed_by(plan, seen, standings, self.figures.told(seen))
        assert owed == due_list(plan, seen, store.cases(), entries)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=14))
def test_figures_kept_in_step_are_those_of_everything(deeds: list[Add | Correct | Replan | Owe | Vote | Look]) -> None:
    """Whatever is recorded, corrected, taken back, planned, asked or voted on, by two readers that come anew."""
    with a_folder() as folder:
        writer, readers = open_store(folder), [Reader(folder), Reader(folder)]
        for deed in [*deeds, Look(0, 0, trust_today=False, again=False), Look(1, 1, trust_today=True, again=True)]:
            if not isinstance(deed, Look):
                deed.do(writer)
                continue
            if deed.again:
                readers[deed.reader].store.close()
                readers[deed.reader] = Reader(folder)
            readers[deed.reader].requires_truth(TODAY + timedelta(deed.days), trust_today=deed.trust_today)
        for store in (writer, *(reader.store for reader in readers)):
            store.close()


def test_a_step_of_one_branch_is_told_of_that_branch_alone(tmp_path: Path) -> None:
    """What is kept of a branch holds its own steps; the plan gives the step to another branch, and all follow."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("own", TODAY, branch=code) for code in CODES[:3]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        for owner in ("B02", "B01"):
            reader = Reader(tmp_path)
            seen = reader.figures.overview(TODAY)
            has = {each.code for each in seen.branches for step in each.phases[0].steps if step.step == "S5"}
            assert has == {owner}
            reader.requires_truth(TODAY)
            reader.store.close()
            Replan(0, "own").do(store)
    store.close()


def test_only_branches_that_have_changed_are_read_again(tmp_path: Path) -> None:
    """After one entry one branch is gone over; a process that comes later reads none at all."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("note", TODAY, branch=code) for code in CODES[:3]])
    asked: list[str | None] = []
    counting = Counting(store, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        reader = Figures(counting, KnownFile(tmp_path))
        reader.overview(TODAY)
        assert asked == [*CODES[:3]]
        asked.clear()
        store.add_entries([make_entry("hold", TODAY, branch="B02", counts={"found": 1})])
        reader.overview(TODAY)
        reader.overview(TODAY + timedelta(1))
        assert asked == ["B02"]
        asked.clear()
        Figures(counting, KnownFile(tmp_path)).overview(TODAY)
        assert not asked
    store.close()


def test_a_memory_store_knows_no_marks_and_is_worked_out_in_full() -> None:
    """Figures need no marks: without them everything is read each time."""
    store = memory_store()
    store.save_plan(a_plan(), AUDIT)
    store.add_entries([make_entry("look", TODAY), make_entry("note", TODAY, branch="B02")])
    reader = Figures(store, NothingKept())
    seen = reader.overview(TODAY)
    assert seen == overview(store.plan(), store.entries(), TODAY)
    assert reader.inspected(seen) == {"B01": TODAY}
    assert [*CaseFigures(store).standings(store.plan(), TODAY, judge_overdue=True)] == [
        *case_standings(store.plan(), store.cases(), TODAY)
    ]


@pytest.mark.parametrize("damage", [b"", b"1 ", b"nonsense", b"flipped", b"other rules"])
def test_what_is_kept_may_be_missing_damaged_or_of_other_rules(tmp_path: Path, damage: bytes) -> None:
    """It is then found anew, and the file is good again."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("note", TODAY)])
    kept = KnownFile(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        Figures(store, kept).overview(TODAY)
        whole, path = kept.read(), tmp_path / NAME
        assert whole.branches["B01"].work.entries == 1
        content = path.read_bytes()
        if damage == b"flipped":
            damage = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
        elif damage == b"other rules":
            wrong = {code: replace(each, work=replace(each.work, entries=99)) for code, each in whole.branches.items()}
            damage = encoded(replace(whole, rules="other", branches=wrong))
        path.write_bytes(damage)
        assert Figures(store, kept).overview(TODAY) == overview(store.plan(), store.entries(), TODAY)
        assert kept.read() == whole
    store.close()


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every date, fraction and flag."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("hold", TODAY, counts={"found": 2}), make_entry("look", TODAY, branch="B02")])
    kept: list[figures.Known] = []

    class Shelf(NothingKept):
        def keep(self, known: figures.Known) -> None:
            kept.append(known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        Figures(store, Shelf()).overview(TODAY)
    assert decoded(encoded(kept[0])) == kept[0]
    assert kept[0].rules == rules_of(store.plan())
    store.close()


def test_a_folder_that_takes_no_file_only_costs_time(tmp_path: Path) -> None:
    """Where nothing can be kept the figures are as true."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("note", TODAY)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        nowhere = KnownFile(tmp_path / "gone")
        assert Figures(store, nowhere).overview(TODAY) == overview(store.plan(), store.entries(), TODAY)
    store.close()


def test_changes_past_our_stores_are_noticed(tmp_path: Path) -> None:
    """Also what a script does with TinyDB's own interface: updates in place, removals, a table that is dropped."""
    _begun(tmp_path).close()
    reader = Reader(tmp_path)
    with open_tinydb(tmp_path / STORE) as db:
        log = db.table("log")
        number = log.insert(make_entry("note", TODAY).model_dump(mode="json"))
        log.insert(make_entry("note", TODAY, branch="B02").model_dump(mode="json"))
        reader.requires_truth(TODAY)
        log.update({"branch": "B03"}, doc_ids=[number])
        reader.requires_truth(TODAY)
        log.remove(doc_ids=[number])
        reader.requires_truth(TODAY)
        db.drop_table("log")
        reader.requires_truth(TODAY)
        db.table("log").insert(make_entry("hold", TODAY, branch="B02", counts={"found": 9}).model_dump(mode="json"))
        reader.requires_truth(TODAY)
        db.table("plan").update({"value": a_plan().model_dump(mode="json") | {"kinds": []}})
        reader.requires_truth(TODAY)
    reader.store.close()


def test_two_histories_of_one_store_are_never_taken_for_each_other(tmp_path: Path) -> None:
    """A file that is put back, and then goes on in another way, has other marks, though as many changes."""
    _begun(tmp_path).close()
    store = open_store(tmp_path)
    store.add_entries([make_entry("note", TODAY)])
    store.close()
    before = (tmp_path / STORE).read_bytes()
    seen = []
    for found in (1, 3):
        (tmp_path / STORE).write_bytes(before)
        (tmp_path / "manyi.acknowledged").unlink(missing_ok=True)
        store = open_store(tmp_path)
        store.add_entries([make_entry("hold", TODAY, counts={"found": found})])
        marks = store.marks("log")
        assert marks
        seen.append(marks["B01"])
        store.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(figures, "MANY", 1)
            reader = Reader(tmp_path)
            reader.requires_truth(TODAY)
            reader.store.close()
    assert seen[0] != seen[1]


def test_a_closing_does_not_cost_the_marks(tmp_path: Path) -> None:
    """Sweeping writes tables anew with the same documents: what is known stays known."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("note", TODAY), make_entry("note", TODAY, branch="B02")])
    before = store.marks("log")
    assert before
    store.sweep()
    assert store.marks("log") == before
    store.add_entries([make_entry("note", TODAY)])
    now = store.marks("log")
    assert now
    assert {code for code in before if now[code] != before[code]} == {"B01"}
    assert [each.branch for each in store.entries("B01")] == ["B01", "B01"]
    store.close()


def test_another_process_sees_and_keeps_the_same(tmp_path: Path) -> None:
    """A real one: what it has kept is true here, and an entry made here is seen there."""
    store = _begun(tmp_path)
    store.add_entries([make_entry("note", TODAY, branch=code) for code in CODES[:3] for _ in range(9)])
    ask = [sys.executable, "-m", "manyi", "--data", str(tmp_path), "--lang", "en", "--today", "2026-11-23", "status"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "MANY", 1)
        Reader(tmp_path).requires_truth(TODAY)
    first = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    store.add_entries([make_entry("hold", TODAY, branch="B02", counts={"found": 3})])
    second = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    lines = [line for line, other in zip(first.splitlines(), second.splitlines(), strict=True) if line != other]
    assert [line.split()[0] for line in lines] == ["B02"]
    store.close()


def _begun(folder: Path) -> Store:
    store = open_store(folder, create=True)
    store.save_plan(a_plan(), AUDIT)
    return store
