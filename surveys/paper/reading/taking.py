"""A run over scanned files: every page is read, every form taken as soon as it is whole, everything told."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from campaign.errors import Problem, Refused
from surveys.paper.codes import FormCode, parse, serial_text
from surveys.paper.reading.collecting import UNREADABLE, Collected, Collector
from surveys.paper.reading.forms import read_pages
from surveys.paper.reading.readings import Fault, PageReading
from surveys.paper.scan_desk import ScanDesk, tidy_pictures
from surveys.paper.scan_results import Fate, PageFate, Result, Where
from surveys.ports import Pictures, Store

_FATES = {
    Fault.EMPTY: PageFate.EMPTY,
    Fault.NOT_OURS: PageFate.NOT_OURS,
    Fault.OTHER_CODE: PageFate.OTHER_CODE,
    Fault.UNKNOWN_LAYOUT: PageFate.UNKNOWN,
    Fault.UNKNOWN_PAGE: PageFate.UNKNOWN,
}


Tell = Callable[[Result], None]


class ScanRun:
    """Reads files into a :class:`ScanDesk`. What has been told is on disk, whatever happens then."""

    def __init__(self, store: Store, desk: ScanDesk, key: bytes, pictures: Pictures, tell: Tell) -> None:
        self._store, self._desk, self._key, self._pictures, self._tell = store, desk, key, pictures, tell
        self._collector = Collector(desk.layouts)
        self._places: list[Where] = []
        self._sessions: set[str] = set()
        self._codeless: list[tuple[Where, bytes]] = []

    def pages(self, paths: Iterable[Path]) -> Iterator[Where]:
        """Read all pages of these files, each when it is asked for; the forms that are not whole come at the end."""
        for page, reading in read_pages(paths, self._desk.layouts, self._check):
            where = Where(page.path, page.number)
            self._places.append(where)
            if reading is None:
                self._tell(Result((where,), fate=PageFate.FILE, problem=page.problem))
            else:
                self._page(where, reading)
            yield where
        for form in self._collector.rest():
            self._form(form)
        self._settle_codeless()
        tidy_pictures(self._store, self._pictures)

    def _check(self, text: str) -> FormCode | None:
        code = parse(text, self._key)
        return code if isinstance(code, FormCode) else None

    def _page(self, where: Where, reading: PageReading) -> None:
        if reading.fault is None or reading.fault in UNREADABLE:
            for form in self._collector.add(len(self._places) - 1, reading):
                self._form(form)
        elif reading.fault is Fault.DAMAGED_CODE:
            self._codeless.append((where, reading.code_crop))
        else:
            fate, code = _FATES[reading.fault], reading.code
            problem = Problem("V71", {"x": serial_text(code.serial)}) if code else None
            self._tell(Result((where,), fate=fate, problem=problem))

    def _form(self, form: Collected) -> None:
        taken = self._desk.take(form.reading)
        if taken.fate is not Fate.REFUSED:
            self._sessions.add(taken.session)
        self._tell(Result(tuple(self._places[place] for place in form.pages), taken))

    def _settle_codeless(self) -> None:
        """Queue the pages without a code in the session that they must be of."""
        session_id = self._desk.session_id
        if session_id is None and len(self._sessions) == 1:
            (session_id,) = self._sessions
        for where, picture in self._codeless:
            if not session_id:
                self._tell(Result((where,), fate=PageFate.UNPLACED))
                continue
            try:
                self._tell(Result((where,), fate=self._desk.take_page(session_id, picture)))
            except Refused as error:  # verified while the pages were read
                self._tell(Result((where,), fate=PageFate.UNPLACED, problem=error.problems[0]))
