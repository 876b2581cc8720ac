"""Everything that a store's file holds, to compare stores, copies and backups."""

from collections.abc import Mapping
from pathlib import Path

from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import open_store
from db.connections import Access
from db.tables import RowDB
from surveys.desk import freeze_questionnaires
from surveys.ports import Store
from tests.db_builders import DAY

Documents = Mapping[str, Mapping[int, Mapping[str, object]]]
"""By table and id."""


def documents(file: Path) -> Documents:
    """Every document of a store's file."""
    with RowDB(file, Access.INSPECT) as db:
        return {name: {each.doc_id: dict(each) for each in db.table(name)} for name in sorted(db.tables())}


def highest_ids(file: Path) -> Mapping[str, int]:
    """The highest id that each table ever had."""
    with RowDB(file, Access.INSPECT) as db:
        return {name: db.storage.last_id(name) for name in sorted(db.tables())}


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder and of those in it, byte for byte."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def town_store(folder: Path) -> Store:
    """A new store with the sample town."""
    store = open_store(folder, create=True)
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    return store
