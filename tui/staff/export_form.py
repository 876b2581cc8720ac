"""The form that writes the results into a folder."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.errors import Problem
from campaign.language import Listed
from tui.staff.confirm import Confirm
from tui.staff.form import Form
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span

FOLDER = "results"
MOST_NAMED = 6
"""Files that are named where some are there already."""


class ExportForm(Form[str]):
    """Asks for the folder, and before anything is written over. The result is what the status line says."""

    def __init__(self, session_id: str | None) -> None:
        super().__init__()
        self._session = session_id
        """None: all results."""
        self._folder = Path(FOLDER)
        self._may_replace = False
        self._progress = ""

    def content(self) -> Iterable[Widget]:
        """Title, folder, progress, problems."""
        title = tr(self.lang, "Write out all results")
        if self._session is not None:
            title = tr(self.lang, "Write out the result of {id}", id=self._session)
        hint = tr(self.lang, "is made if it does not exist")
        yield Drawing(lambda _width, _height: self.title_line(title), widget_id="title")
        yield VerticalScroll(
            FieldRow(tr(self.lang, "Folder"), [Box("folder", FOLDER, width=28)], hint=hint),
            Press(tr(self.lang, "Write all formats"), widget_id="save"),
            Drawing(self._shown, ground="surface", widget_id="preview"),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the folder."""
        super().on_mount()
        self.set_focus(next(iter(self.query(Box))))

    def action_save(self) -> None:
        """Look what is there, then write."""
        typed = next(iter(self.query(Box))).value.strip()
        if not typed:
            self.complain([Problem("M159")])
            return
        self._folder, self._may_replace = Path(typed).expanduser(), False
        self.complain(())
        self.begin()

    def store(self) -> object:
        """Names of files that are there, or the files that were written."""
        desk, lang = self.live.desk.results(), self.lang
        if not self._may_replace and (there := desk.files_there(lang, self._folder, self._session)):
            return tuple(there)
        self._tell(tr(lang, "writing …"))
        return [*desk.export(lang, self._folder, self._session, self._heard)]

    def stored(self, result: object) -> None:
        """Ask before anything is written over; otherwise say what was written."""
        if isinstance(result, tuple):
            named: tuple[str, ...] = (*result[:MOST_NAMED], *(["…"] if len(result) > MOST_NAMED else []))
            asked = Problem("M156", {"path": self._folder, "list": Listed(named)})
            self.app.push_screen(Confirm([asked]), self._answered)
            return
        written = cast("Sequence[Path]", result)
        said = tr.plural(
            self.lang,
            "✔ {n} file written into {path}",
            "✔ {n} files written into {path}",
            len(written),
            path=self._folder,
        )
        self.dismiss(said)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._may_replace = True
            self.begin()

    def _heard(self, name: str, done: int, of: int) -> None:
        self._tell(tr(self.lang, "written: {name} ({n} of {m})", name=name, n=done, m=of))

    def _tell(self, said: str) -> None:
        self._progress = said
        self.app.call_from_thread(self.query_one("#preview", Drawing).redraw)

    def _shown(self, _width: int, _height: int) -> list[Line]:
        return [(), (Span(self._progress, "primary"),)]

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.action_save()
