"""The form that writes the results into a folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from textual import on
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.errors import Problem, Refused
from exports.folder import Written
from tui.staff.confirm import Confirm
from tui.staff.form import Form
from tui.staff.results_ports import Far
from tui.staff.texts import tr
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span

FOLDER = "results"


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
        """What was written, or why it was refused: files are there already."""
        desk, lang = self.live.desk.results(), self.lang
        self._tell(tr(lang, "writing …"))
        try:
            return desk.export(lang, self._folder, self._session, self._heard, force=self._may_replace)
        except Refused as error:
            if error.problems[0].code != "M166":
                raise
            self._tell("")
            return error.problems[0]

    def stored(self, result: object) -> None:
        """Ask before anything is written over; otherwise say what was written."""
        if isinstance(result, Problem):
            asked = Problem("M156", {"path": self._folder, "list": result.values["names"]})
            self.app.push_screen(Confirm([asked]), self._answered)
            return
        written = cast("Written", result)
        said = tr.plural(
            self.lang,
            "✔ {n} file written into {path}",
            "✔ {n} files written into {path}",
            len(written.files),
            path=self._folder,
        )
        self.dismiss(said)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._may_replace = True
            self.begin()

    def _heard(self, far: Far) -> None:
        said = tr(self.lang, "writing {name} … {p}%", name=far.what, p=far.percent)
        if far.seconds_left:
            left = tr.plural(self.lang, "about {n} second left", "about {n} seconds left", far.seconds_left)
            said = f"{said}  {left}"
        self._tell(said)

    def _tell(self, said: str) -> None:
        self._progress = said
        self.app.call_from_thread(self.query_one("#preview", Drawing).redraw)

    def _shown(self, _width: int, _height: int) -> list[Line]:
        return [(), (Span(self._progress, "primary"),)]

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        self.action_save()
