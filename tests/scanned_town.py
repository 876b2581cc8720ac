"""A session whose printed forms are filled in and scanned, in a data folder on disk. Simulated scans, real files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from campaign.language import Lang
from db import open_store
from db.keys import read_key
from db.pictures import PictureFolder
from manyi.paper_desk import FormOrder, print_forms
from manyi.scanning import scan_run
from manyi.settings import Settings
from manyi.starting import start_from_sample
from surveys.desk import SurveyDesk
from surveys.paper.desk import PaperDesk
from surveys.paper.reading.plane import Picture
from surveys.paper.scan_results import Result
from surveys.ports import Store
from tests.filled_scans import Marks, Sheet, printed_sheets, ticked
from tests.sittings import open_session

DAY = date(2026, 11, 23)
TICKS: Marks = {"A0": ["1"], **{f"Q{n}": ["ABC"[n % 3]] for n in range(1, 11)}, "Q11": ["1", "3"]}
"""One mark for each question of the town's final survey, nothing written."""
ANSWERS: Mapping[str, object] = {
    "A0": "1",
    **{f"Q{n}": "ABC"[n % 3] for n in range(1, 11)},
    "Q11": ("1", "3"),
}


@dataclass
class ScannedTown:
    """The town, with a closed session of its first branch."""

    folder: Path
    count: int
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = Settings(data=self.folder / "data", lang=Lang.ZH, today=DAY)
        start_from_sample(self.settings, "town")
        self.store: Store = open_store(self.settings.data)
        self.surveys = SurveyDesk(self.store, self.store.plan(), DAY)
        self.session = open_session(self.surveys, "B01", "final", "2468").session.id
        self.pdf = self.folder / "forms.pdf"
        print_forms(self.settings, self.store, FormOrder(self.session, self.count), self.pdf)
        self.desk = PaperDesk(self.store, self.store.plan(), DAY, self.session, self.key)
        self.desk.issue_some(self.count)
        self.surveys.close(self.session)
        self.pictures = PictureFolder(self.settings.data)

    @property
    def key(self) -> bytes:
        """What signs the codes."""
        return read_key(self.settings.data / "paper.key")

    @cached_property
    def sheets(self) -> Sequence[Sequence[Sheet]]:
        """The pages of each form, in the order of printing."""
        forms: dict[int, list[Sheet]] = {}
        for sheet in printed_sheets(self.pdf, self.key):
            forms.setdefault(sheet.code.serial, []).append(sheet)
        return list(forms.values())

    def filled(self, at: int, **changes: Sequence[str]) -> list[Picture]:
        """The pages of a form with the usual ticks, but for ``changes``."""
        stock = self.store.paper_stock(self.session)
        assert stock
        return [ticked(sheet, stock.layouts[0], {**TICKS, **changes}) for sheet in self.sheets[at]]

    def read(self, *paths: Path, session: str | None = None) -> list[Result]:
        """Read files; what came of them."""
        found: list[Result] = []
        for _ in scan_run(self.settings, self.store, session, found.append).pages(paths):
            pass
        return found

    def answers(self) -> list[Mapping[str, object]]:
        """All that is in the ballot box."""
        return [response.answers for response in self.store.responses(self.session)]
