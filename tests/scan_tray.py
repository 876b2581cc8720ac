"""A session with forms that are out, and readings of them as a scan would give: in memory alone."""

from collections.abc import Mapping, Sequence

from db import memory_store
from surveys.paper.forms import FormState
from surveys.paper.geometry import Box, PageLayout
from surveys.paper.queue import QueuedForm
from surveys.paper.reading.readings import FormReading, Outcome
from surveys.paper.scan_desk import ScanDesk
from surveys.paper.scan_results import Taken
from tests.memory_pictures import MemoryPictures
from tests.paper_town import DAY, KEY, PaperTown, layout, paper_town
from tests.read_forms import form_reading


class Tray:
    """A session being counted with three forms that are out, and the desk for their scans."""

    def __init__(self, *, pages: int = 1, session: bool = False, apart: Sequence[str] = ()) -> None:
        self.town: PaperTown = paper_town(memory_store())
        store = self.town.store
        self.serials = self.town.printed(3) if pages == 1 else self._of_pages(pages, apart)
        self.town.paper.issue_some(3)
        self.town.desk.close(self.town.session)
        self.pictures = MemoryPictures()
        only = self.town.session if session else None
        self.desk = ScanDesk(store, self.town.plan, DAY, KEY, self.pictures, only)

    def _of_pages(self, pages: int, apart: Sequence[str]) -> list[int]:
        """Forms of several pages; some questions have boxes on all of them."""
        serials = self.town.printed(3)
        stock = self.town.store.paper_stock(self.town.session)
        assert stock
        boxes = tuple(Box(question=name, choice="A", x=20, y=90) for name in apart)
        long = layout().model_copy(update={"pages": (PageLayout(boxes=boxes),) * pages})
        self.town.store.save_paper_stock(self.town.session, stock.model_copy(update={"layouts": (long,)}))
        return serials

    def reading(
        self,
        found: Mapping[str, Sequence[str] | Outcome],
        *,
        at: int = 0,
        written: Sequence[str] = (),
        missing: Sequence[int] = (),
        session: str = "",
    ) -> FormReading:
        """One of the forms as it was read."""
        stock = self.town.store.paper_stock(session or self.town.session)
        assert stock
        questionnaire = self.town.paper.questionnaire
        return form_reading(questionnaire, stock, self.serials[at], found, written=written, missing=missing)

    def take(self, found: Mapping[str, Sequence[str] | Outcome], **more: object) -> Taken:
        """Take one of the forms."""
        return self.desk.take(self.reading(found, **more))  # type: ignore[arg-type]

    def queued(self, at: int = 0) -> QueuedForm:
        """What waits of a form."""
        found = self.town.store.queued(self.town.session, self.serials[at])
        assert found is not None
        return found

    def state(self, at: int = 0) -> FormState:
        """Where a form is."""
        return self.town.form(self.serials[at]).state
