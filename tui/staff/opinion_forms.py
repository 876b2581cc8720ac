"""The forms about opinions: merging them, an item's text, its case, and writing down what came in another way."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from textual.containers import VerticalScroll
from textual.widget import Widget

from campaign.case_labels import case_kind_label
from campaign.case_opening import NewCase
from campaign.case_tables import CASE_KINDS
from campaign.errors import BadInput, Problem
from campaign.language import N_, Lang
from campaign.log import MOST_ROLE
from campaign.overview import phase_at_hand
from campaign.typed import parse_day
from surveys.entry import MAX_TEXT, folded_digits
from surveys.redaction import MARK_NAMES, marks
from surveys.register.adding import Round
from surveys.register.labels import source_label
from surveys.register.model import MOST_ITEM_TEXT, SOURCES, Item
from surveys.texts import tr as words_of
from tui.staff.entry_rows import branch_options
from tui.staff.form import Form
from tui.staff.opinion_ports import OpinionsView
from tui.staff.opinion_view import is_item, text_spans
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.choice_field import ChoiceField, Option
from tui.widgets.drawing import Drawing
from tui.widgets.fields import Box, FieldRow, Press
from tui.widgets.spans import Line, Span, fitted

NEW_ITEM = "new"
SHOWN = 3
"""Opinions that are shown above what they are merged into."""
BOXES = 6
"""Opinions that can be written down at once."""


class OpinionForm(Form[str]):
    """What these forms have in common; the result is what the status line says."""

    TITLE = ""
    """Marked for translation."""
    WANTED: frozenset[str] = frozenset()
    """Fields that need a value."""

    def fields(self) -> Iterable[Widget]:
        """The rows."""
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        """Title, rows, problems."""
        yield Drawing(lambda _width, _height: self.title_line(tr(self.lang, self.TITLE)), widget_id="title")
        save = Press(tr(self.lang, "Save"), widget_id="save")
        yield VerticalScroll(*self.fields(), save, id="form", can_focus=False)
        yield Drawing(self.problem_lines, widget_id="problems")

    def on_mount(self) -> None:
        """Begin where the first thing is not known."""
        first = self.first()
        self.set_focus(next(box for box in self.query(Box) if first in ("", box.field)))

    def first(self) -> str:
        """The field to begin with; empty for the first one."""
        return ""

    def problems_in(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """What is wrong with the values, by field."""
        raise NotImplementedError

    @property
    def values(self) -> dict[str, str]:
        """What stands in the boxes, and the ids of what is chosen."""
        typed = {box.field: box.value.strip() for box in self.query(Box)}
        chosen = {field.field: field.chosen.id if field.chosen else "" for field in self.query(ChoiceField)}
        return {**typed, **chosen}

    def stored(self, result: object) -> None:
        """Say what was done, and close."""
        self.dismiss(cast("str", result))

    def action_save(self) -> None:
        """Store it if nothing is wrong or missing."""
        self.tried = True
        if self.check() and not self.saving:
            self.begin()

    def check(self) -> bool:
        """Say beside the boxes what is wrong; whether it can be stored."""
        values = self.values
        problems = dict(self.problems_in(values))
        missing = frozenset(name for name in self.WANTED if not values.get(name))
        self.remark(problems, missing)
        self.complain(list(problems.values()))
        return not missing and not any(problem.refuses for problem in problems.values())

    def look_over(self) -> None:
        """At every key."""
        self.check()


def personal(text: str, field: str, name: object) -> dict[str, Problem]:
    """V66 beside a text for the public that seems to hold something personal."""
    found = next(iter(marks(text)), None)
    return (
        {field: Problem("V66", {"id": name, "list": words_of.phrase(MARK_NAMES[found.kind])}, field)} if found else {}
    )


def long_box(field: str, value: str = "", most: int = MOST_ITEM_TEXT) -> Box:
    """A box for a sentence or two, which leaves little room beside it."""
    box = Box(field, value, max_length=most)
    box.styles.width = "4fr"
    return box


def role_row(role: str, lang: Lang) -> FieldRow:
    """The box for the role that the audit names."""
    box = Box("role", role, max_length=MOST_ROLE)
    box.styles.width = "2fr"
    return FieldRow(tr(lang, "Your role"), [box], hint=tr(lang, "never a name"))


class MergeOpinions(OpinionForm):
    """Category, item, and the text that the public reads."""

    TITLE = N_("Merge into one item")
    WANTED = frozenset({"category", "role"})

    def __init__(self, snapshot: Snapshot, view: OpinionsView, numbers: Sequence[int], role: str) -> None:
        super().__init__()
        self._snapshot, self._view, self._numbers, self._role = snapshot, view, numbers, role
        register = view.register
        own = [number for number in numbers if is_item(number) and number in register.items]
        members = {each.number for number in own for each in register.members(number)}
        heard = {number for number in numbers if number in register.heard} | members
        self._opinions = [register.heard[number] for number in sorted(heard)]
        branches = {each.branch for each in self._opinions}
        self._items = [each for _, each in sorted(register.items.items()) if each.branch in branches]
        self._into = own[0] if own else None

    def fields(self) -> Iterable[Widget]:
        """What is merged, into what, and how the public reads it."""
        lang = self.lang
        categories = [
            Option(each.id, each.name.text(lang)) for each in self._snapshot.plan.campaign.opinions.categories
        ]
        items = [Option(NEW_ITEM, tr(lang, "a new item"))]
        items += [Option(str(each.number), f"#{each.number} {each.text}") for each in self._items]
        yield Drawing(self._merged, ground="surface", widget_id="merged")
        yield ChoiceField("category", tr(lang, "Category"), categories, self._category())
        yield ChoiceField("into", tr(lang, "Item"), items, str(self._into or NEW_ITEM))
        yield FieldRow(tr(lang, "For the public"), [long_box("text", self._text())])
        yield role_row(self._role, lang)

    def first(self) -> str:
        """The text, where the category is known."""
        return "category" if self._category() is None else "text"

    def problems_in(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """A new item needs a text; nothing personal should stand in it."""
        found = personal(values.get("text", ""), "text", tr(self.lang, "it"))
        if self.tried and values.get("into") == NEW_ITEM and not values.get("text"):
            found = {"text": Problem("M06", {"field": tr(self.lang, "For the public")}, "text")}
        return found

    def store(self) -> object:
        """Merge."""
        values = self.values
        into = None if values["into"] == NEW_ITEM else int(values["into"])
        item = self.live.desk.opinions().merge(self._numbers, values["text"], values["category"], into, values["role"])
        return tr(self.lang, "✔ item {n}: {text}", n=item.number, text=item.text)

    def _category(self) -> str | None:
        known = {self._view.register.category(each) for each in self._opinions} - {""}
        return next(iter(known)) if len(known) == 1 else None

    def _text(self) -> str:
        return self._view.register.items[self._into].text if self._into is not None else ""

    def _merged(self, width: int, _height: int) -> list[Line]:
        lang = self.lang
        count = tr.plural(lang, "{n} opinion", "{n} opinions", len(self._opinions))
        lines: list[Line] = [(Span(count, bold=True),)]
        lines += [fitted((Span("· ", "muted"), *text_spans(each.text)), width) for each in self._opinions[:SHOWN]]
        if len(self._opinions) > SHOWN:
            lines.append((Span(tr(lang, "… and {n} more", n=len(self._opinions) - SHOWN), "muted"),))
        return lines


class RewordItem(OpinionForm):
    """An item's text for the public."""

    TITLE = N_("Text of an item for the public")
    WANTED = frozenset({"text", "role"})

    def __init__(self, item: Item, role: str) -> None:
        super().__init__()
        self._item, self._role = item, role

    def fields(self) -> Iterable[Widget]:
        """The text, and who changes it."""
        lang = self.lang
        yield FieldRow(tr(lang, "For the public"), [long_box("text", self._item.text)])
        yield role_row(self._role, lang)

    def problems_in(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """Nothing personal should stand in it."""
        return personal(values.get("text", ""), "text", f"#{self._item.number}")

    def store(self) -> object:
        """Keep the text."""
        values = self.values
        self.live.desk.opinions().reword(self._item.number, values["text"], values["role"])
        return tr(self.lang, "✔ item {n}: {text}", n=self._item.number, text=values["text"])


class TurnItem(OpinionForm):
    """The case that an item becomes: what is owed, by whom, by when."""

    TITLE = N_("Open a case for an item")
    WANTED = frozenset({"kind", "role"})

    def __init__(self, snapshot: Snapshot, item: Item, role: str) -> None:
        super().__init__()
        self._snapshot, self._item, self._role = snapshot, item, role

    def fields(self) -> Iterable[Widget]:
        """What the case needs."""
        lang = self.lang
        kinds = [Option(kind, case_kind_label(kind, lang)) for kind in CASE_KINDS]
        today = self.live.desk.today()
        yield ChoiceField("kind", tr(lang, "Case"), kinds, "correction")
        yield FieldRow(tr(lang, "What about"), [long_box("matter", self._item.text)])
        yield FieldRow(tr(lang, "How"), [Box("suggestion")], hint=tr(lang, "how it might be corrected"))
        yield FieldRow(tr(lang, "Owner"), [Box("owner", max_length=MOST_ROLE)], hint=tr(lang, "a role, never a name"))
        yield FieldRow(tr(lang, "Due"), [Box("due")], hint=tr(lang, "like {day}", day=today.isoformat()))
        yield FieldRow(tr(lang, "Slip"), [Box("no")], hint=tr(lang, "for an answer: ten digits"))
        yield role_row(self._role, lang)

    def problems_in(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """The day must be one."""
        try:
            if values.get("due"):
                parse_day(values["due"], self.live.desk.today())
        except BadInput as error:
            return {"due": error.problems[0]}
        return {}

    def store(self) -> object:
        """Open the case."""
        values = self.values
        handled = self.live.desk.opinions().turn(
            self._item.number,
            NewCase(
                kind=values["kind"],
                branch=self._item.branch,
                matter=values["matter"],
                role=values["role"],
                no=folded_digits(values["no"]),
                due=parse_day(values["due"], self.live.desk.today()) if values["due"] else None,
                suggestion=values["suggestion"],
                owner=values["owner"],
                public=True,
            ),
        )
        return tr(self.lang, "✔ case {no} opened", no=handled.case.no)


class WriteDown(OpinionForm):
    """Opinions that came in at a box, a meeting, by telephone: one in each box; none is a result too."""

    TITLE = N_("Write down opinions")
    WANTED = frozenset({"branch", "channel", "source", "role"})

    def __init__(self, snapshot: Snapshot, branch: str | None, role: str) -> None:
        super().__init__()
        self._snapshot, self._branch, self._role = snapshot, branch, role

    def fields(self) -> Iterable[Widget]:
        """Where, how, from whom, when, what."""
        lang, plan, today = self.lang, self._snapshot.plan, self.live.desk.today().isoformat()
        channels = [Option(each.id, each.name.text(lang)) for each in plan.campaign.opinions.channels]
        sources = [Option(source, source_label(plan, source, lang)) for source in SOURCES]
        yield ChoiceField("branch", plan.campaign.words.branch.text(lang), branch_options(plan, lang), self._branch)
        yield ChoiceField("channel", tr(lang, "Channel"), channels, channels[0].id)
        yield ChoiceField("source", tr(lang, "From"), sources, SOURCES[0])
        yield FieldRow(tr(lang, "Day"), [Box("on", today)], hint=tr(lang, "like {day}", day=today))
        for at in range(1, BOXES + 1):
            yield FieldRow(tr(lang, "Opinion {n}", n=at), [long_box(f"text{at}", most=20 * MAX_TEXT)])
        yield role_row(self._role, lang)

    def first(self) -> str:
        """The channel, where the branch is known."""
        return "branch" if self._branch is None else "channel"

    def problems_in(self, values: Mapping[str, str]) -> Mapping[str, Problem]:
        """What is wrong with the round; lines are named by their boxes."""
        try:
            asked = self._round(values)
        except BadInput as error:
            return {"on": error.problems[0]}
        found: dict[str, Problem] = {}
        for problem in self.live.desk.opinions().problems(asked):
            place = f"text{problem.place.removeprefix('#')}" if problem.place.startswith("#") else problem.place
            if place.startswith("text") or values.get(place):
                found.setdefault(place, problem)
        return found

    def store(self) -> object:
        """Keep them."""
        asked = self._round(self.values)
        added = self.live.desk.opinions().add(asked)
        said = tr.plural(self.lang, "✔ {n} opinion written down", "✔ {n} opinions written down", len(added.numbers))
        mismatch = [each.message(self.lang) for each in added.warnings if each.code == "M143"]
        return " ".join([said, *mismatch])

    def _round(self, values: Mapping[str, str]) -> Round:
        branch = values.get("branch", "")
        plan, day = self._snapshot.plan, parse_day(values.get("on", ""), self.live.desk.today())
        return Round(
            branch=branch,
            phase=phase_at_hand(self._snapshot.overview, branch, day) or plan.phases[-1].id,
            on=day,
            channel=values.get("channel", ""),
            source=values.get("source", ""),
            texts=[values.get(f"text{at}", "") for at in range(1, BOXES + 1)],
            role=values.get("role", ""),
        )
