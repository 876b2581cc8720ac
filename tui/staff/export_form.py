"""The form that writes results into a folder: all of them or those of one session or branch, in all formats or one."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import cast

from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.errors import BadInput, Problem, Refused
from campaign.labels import branch_label
from exports.folder import Written
from exports.manifest import read_sums
from surveys.session import COUNTED
from tui.staff.confirm import AskFirst
from tui.staff.form import Form
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.results_ports import Far, Wanted
from tui.staff.session_words import session_name
from tui.staff.texts import tr
from tui.widgets.bars import bar
from tui.widgets.cells import wrap
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span

BAR = 40
ALL = "all"


class ExportForm(Form[str]):
    """Asks what, as what and where to, and before anything is written over. The result is what the status line says."""

    def __init__(self, snapshot: Snapshot, session: SessionLine | None = None, branch: str | None = None) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._session = session if session is not None and session.state in COUNTED else None
        self._branch = branch or (session.branch if session else None)
        self._wanted = Wanted(Path())
        self._may_replace = False
        self._far: Far | None = None

    # -- the rows ------------------------------------------------------------------------------------------------

    def content(self) -> Iterable[Widget]:
        """Title, what, formats, folder, progress, problems."""
        lang = self.lang
        formats = [Option(ALL, tr(lang, "all formats")), *(Option(each, each) for each in self._formats())]
        folder = tr(lang, "results")
        yield Drawing(lambda _width, _height: self.title_line(tr(self.lang, "Write out results")), widget_id="title")
        yield VerticalScroll(
            ChoiceField("what", tr(lang, "Results of"), self._choices(), ALL),
            ChoiceField("formats", tr(lang, "Formats"), formats, ALL),
            FieldRow(tr(lang, "Folder"), [Box("folder", folder, width=28)], hint=tr(lang, "made if missing")),
            Drawing(self._place, ground="surface", widget_id="place"),
            Press(tr(lang, "Write them"), widget_id="save"),
            Drawing(self._progress, ground="surface", widget_id="preview"),
            id="form",
            can_focus=False,
        )
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin with the folder; another language says everything anew."""
        self.set_focus(self._folder)
        self.watch(self.app, "lang", self._say_anew, init=False)

    async def _say_anew(self) -> None:
        chosen = {field.field: field.chosen.id for field in self.query(ChoiceField) if field.chosen}
        folder, at_rest = self._folder.value, {tr(each, "results") for each in type(self.lang)}
        await self.recompose()
        for field in self.query(ChoiceField):
            field.choose(chosen.get(field.field, ALL))
        if folder not in at_rest:
            self._folder.value = folder
        self.query_one(Press).focus()

    def _formats(self) -> list[str]:
        return list(self.live.desk.results().formats())

    def _choices(self) -> list[Option]:
        """Everything; the session one came from, and the branch."""
        plan, lang = self._snapshot.plan, self.lang
        found = [Option(ALL, tr(lang, "all results of the campaign"))]
        if self._session is not None:
            found.append(Option(self._session.id, session_name(plan, self._session, lang)))
        if self._branch is not None and len(self._of_branch()) > (1 if self._session else 0):
            name = branch_label(plan, self._branch, lang)
            found.append(Option(self._branch, tr(lang, "all sessions of {name}", name=name)))
        return found

    def _of_branch(self) -> tuple[str, ...]:
        counted = (each for each in self._snapshot.sessions if each.state in COUNTED)
        return tuple(each.id for each in counted if each.branch == self._branch)

    @property
    def _folder(self) -> Box:
        return next(box for box in self.query(Box) if box.field == "folder")

    def _chosen(self, field: str) -> str:
        found = next((each.chosen for each in self.query(ChoiceField) if each.field == field), None)
        return found.id if found else ALL

    # -- writing -------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Look what is there, then write."""
        typed = self._folder.value.strip()
        if not typed:
            self.complain([Problem("M159")])
            return
        what, made = self._chosen("what"), self._chosen("formats")
        sessions = () if what == ALL else self._of_branch() if what == self._branch else (what,)
        self._wanted = Wanted(self._path(typed), sessions, () if made == ALL else (made,))
        self._may_replace = False
        self.complain(())
        self.begin()

    def store(self) -> object:
        """What was written, or why it was refused: files are there already."""
        self._tell(Far(self._wanted.folder.name, 0, None))
        try:
            return self.live.desk.results().export(self.lang, self._wanted, self._tell, force=self._may_replace)
        except Refused as error:
            if error.problems[0].code != "M166":
                raise
            return Problem("M156", {"path": self._wanted.folder, "n": _written_before(self._wanted.folder)})
        finally:
            self._tell(None)

    def stored(self, result: object) -> None:
        """Ask before anything is written over; otherwise say what was written."""
        if isinstance(result, Problem):
            self.app.push_screen(AskFirst([result]), self._answered)
            return
        written = cast("Written", result)
        said = tr.plural(
            self.lang,
            "✔ {n} file written into {path}",
            "✔ {n} files written into {path}",
            len(written.files),
            path=self._wanted.folder,
        )
        self.dismiss(said)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self._may_replace = True
            self.begin()

    def _tell(self, far: Far | None) -> None:
        self._far = far
        self.app.call_from_thread(self.query_one("#preview", Drawing).redraw)

    # -- drawing -------------------------------------------------------------------------------------------------

    def _path(self, typed: str) -> Path:
        return Path(typed).expanduser().absolute()

    def _place(self, width: int, _height: int) -> list[Line]:
        """The whole path, so that the files are found again."""
        found = [box.value.strip() for box in self.query(Box) if box.field == "folder"]
        if not found or not found[0]:
            return [()]
        return [(Span(part, "muted"),) for part in wrap(f"→ {self._path(found[0])}", max(20, width))]

    def _progress(self, width: int, _height: int) -> list[Line]:
        far = self._far
        if far is None:
            return [(), ()]
        said = tr(self.lang, "writing {name} … {p}%", name=far.what, p=far.percent)
        if far.seconds_left is not None:
            left = tr.plural(self.lang, "about {n} second left", "about {n} seconds left", far.seconds_left)
            said = f"{said} · {left}"
        return [
            (),
            (
                *bar(Fraction(far.percent, 100), max(8, min(BAR, width - cell_len(said) - 3)), "primary"),
                Span(f"  {said}", "primary"),
            ),
        ]

    def look_over(self) -> None:
        """Whatever was complained about may be right now."""
        self.query_one("#place", Drawing).redraw()
        self.complain(())


def _written_before(folder: Path) -> int:
    """How many files an earlier export says that it left there."""
    try:
        return len(read_sums(folder))
    except BadInput:
        return 1
