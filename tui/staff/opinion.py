"""One opinion or one item in full."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from campaign.labels import branch_label
from campaign.plan import Plan
from surveys.redaction import MARK_NAMES, blacked_out, marks
from surveys.register.labels import category_label, channel_label, discard_label, opinion_state_label, source_label
from surveys.register.model import Heard, Item
from surveys.texts import tr as words_of
from tui.staff.keys import OPINION
from tui.staff.opinion_deeds import OpinionDeeds
from tui.staff.opinion_ports import OpinionsView
from tui.staff.opinion_view import case_text, is_item
from tui.staff.ports import Snapshot
from tui.staff.texts import tr
from tui.widgets.cells import wrap
from tui.widgets.drawing import Drawing
from tui.widgets.key_bar import bindings
from tui.widgets.line_table import Column, LineTable
from tui.widgets.spans import Line, Span, fitted

LABEL = 16
"""Cells of what a line is called."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page."""

    at: int
    line: Line


class OpinionScreen(OpinionDeeds):
    """What was said in full, what of it would be blacked out, and what has become of it."""

    KEYS = OPINION
    BINDINGS: ClassVar[list[BindingType]] = bindings(OPINION)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def content(self) -> Iterable[Widget]:
        """Title and lines."""
        yield Drawing(self._title, widget_id="title")
        yield LineTable[PageLine](lambda line: str(line.at), widget_id="sessions-list")

    def show(self, snapshot: Snapshot) -> None:
        """Write the page anew."""
        if self.view is None:
            self.look()
            return
        table = self.query_one("#sessions-list", LineTable)
        width = max(20, table.size.width - 4)
        lines = list(self._lines(snapshot.plan, self.view, width))
        table.set_columns([Column("", width, lambda row, _: row.line, gap=0)])
        table.set_rows([PageLine(at, line) for at, line in enumerate(lines)])

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.call_after_refresh(self.refresh_view)

    def numbers(self) -> Sequence[int]:
        """The one that is shown."""
        known = self.view.register if self.view else None
        there = known is not None and (self.number in known.heard or self.number in known.items)
        return [self.number] if there else []

    def _title(self, _width: int, _height: int) -> list[Line]:
        name = tr(self.lang, "Item {n}") if is_item(self.number) else tr(self.lang, "Opinion {n}")
        return [(Span("▌ ", "primary"), Span(name.format(n=self.number), bold=True))]

    def _lines(self, plan: Plan, view: OpinionsView, width: int) -> Iterator[Line]:
        item = view.register.items.get(self.number)
        opinion = view.register.heard.get(self.number)
        if item is not None:
            yield from self._item(plan, view, item, width)
        elif opinion is not None:
            yield from self._opinion(plan, view, opinion, width)
        else:
            yield (Span(tr(self.lang, "It is no more: its opinions are somewhere else."), "muted"),)

    def _opinion(self, plan: Plan, view: OpinionsView, opinion: Heard, width: int) -> Iterator[Line]:
        lang, register = self.lang, view.register
        yield from self._field(tr(lang, "Text"), opinion.text or tr(lang, "(erased)"), width)
        yield from self._personal(opinion.text, width)
        yield ()
        yield from self._field(plan.campaign.words.branch.text(lang), branch_label(plan, opinion.branch, lang), width)
        yield from self._field(tr(lang, "From"), source_label(plan, opinion.source, lang), width)
        yield from self._field(tr(lang, "Channel"), channel_label(plan, opinion.channel, lang), width)
        yield from self._field(tr(lang, "Category"), category_label(plan, register.category(opinion), lang), width)
        state = opinion_state_label(register.state(opinion), lang)
        if opinion.discarded:
            state = tr(lang, "{state}: {reason}", state=state, reason=discard_label(opinion.discarded, lang))
        yield from self._field(tr(lang, "State"), state, width)
        if opinion.wants_answer:
            said = tr(lang, "came with a slip and has a case of its own under its number")
            yield from self._field(tr(lang, "Reply to the person"), said, width)
        if opinion.item is not None:
            yield ()
            yield from self._item(plan, view, register.items[opinion.item], width, members=False)

    def _item(self, plan: Plan, view: OpinionsView, item: Item, width: int, *, members: bool = True) -> Iterator[Line]:
        lang, opinions = self.lang, view.register.members(item.number)
        yield from self._field(tr(lang, "Item"), f"#{item.number}", width)
        yield from self._field(tr(lang, "For the public"), item.text, width)
        yield from self._personal(item.text, width)
        yield from self._field(plan.campaign.words.branch.text(lang), branch_label(plan, item.branch, lang), width)
        yield from self._field(tr(lang, "Category"), category_label(plan, item.category, lang), width)
        case = f"{item.case} · {case_text(view, item, lang)}" if item.case else tr(lang, "none yet; c opens one")
        yield from self._field(tr(lang, "Case"), case, width)
        yield from self._field(tr(lang, "Opinions"), str(len(opinions)), width)
        for each in opinions if members else ():
            yield from self._field(str(each.number), each.text or tr(lang, "(erased)"), width)

    def _personal(self, text: str, width: int) -> Iterator[Line]:
        """What is personal in it, and what would go out instead."""
        lang, found = self.lang, marks(text)
        for mark in found:
            said = tr(lang, "is blacked out") if mark.sure else tr(lang, "look whether it points to a person")
            name = words_of(lang, MARK_NAMES[mark.kind])
            line = f"{text[mark.start : mark.end]} · {name}: {said}"
            yield from self._field("▲" if mark.sure else "?", line, width, "warning")
        if any(mark.sure for mark in found):
            yield from self._field(tr(lang, "Would go out"), blacked_out(text), width)

    def _field(self, label: str, text: str, width: int, colour: str = "foreground") -> Iterator[Line]:
        for at, part in enumerate(wrap(text, max(10, width - LABEL))):
            yield (*fitted((Span(label if at == 0 else "", "muted"),), LABEL), Span(part, colour))
