"""The town with its counted sessions in a real store, which several screens can have open at once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from campaign.language import Lang
from db import open_store
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from manyi.starting import start_from_sample
from surveys.ports import Store

DEMO = date(2026, 11, 23)


def start_town(folder: Path) -> Path:
    """The sample, in a data folder of its own."""
    start_from_sample(Settings(data=folder / "data", today=DEMO, lang=Lang.EN), "town")
    return folder / "data"


class ResultsTown:
    """A copy of the data folder, and desks on it, each with stores of its own as in another process."""

    def __init__(self, data: Path, lang: Lang = Lang.EN) -> None:
        self.settings = Settings(data=data, today=DEMO, lang=lang)
        self._stores: list[Store] = []
        self.store = self._open()

    def desk(self) -> StaffDesk:
        """Another staff desk."""
        return StaffDesk(self.settings, self._open(), self._open())

    def close(self) -> None:
        """Let go of all stores."""
        for store in self._stores:
            store.close()

    def _open(self) -> Store:
        store = open_store(self.settings.data)
        self._stores.append(store)
        return store


@contextmanager
def results_town(started: Path, folder: Path, lang: Lang = Lang.EN) -> Iterator[ResultsTown]:
    """A town of its own, copied from ``started``."""
    town = ResultsTown(Path(shutil.copytree(started, folder / "town")), lang)
    try:
        yield town
    finally:
        town.close()
