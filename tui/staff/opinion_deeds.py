"""What can be done with opinions, on the list and on the page of one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.message import Message

from campaign.errors import ManyiError
from surveys.register.labels import discard_label
from surveys.register.model import DISCARD_REASONS
from tui.staff.advice import ADVICE
from tui.staff.choose_one import ChooseOne
from tui.staff.opinion_forms import MergeOpinions, RewordItem, TurnItem
from tui.staff.opinion_ports import OpinionsDesk, OpinionsView
from tui.staff.opinion_view import is_item
from tui.staff.ports import Snapshot
from tui.staff.screen import LiveScreen
from tui.staff.texts import tr
from tui.widgets.choice_field import Option


class OpinionDeeds(LiveScreen[None]):
    """Reads the register in a thread whenever the store has changed, and changes it there."""

    view: OpinionsView | None = None
    """None until it has been read."""
    _revision: tuple[int, ...] | None = None

    @dataclass
    class Read(Message):
        """The register has been read."""

        bubble: ClassVar[bool] = False
        view: OpinionsView

    @dataclass
    class Done(Message):
        """Something was done, or could not be."""

        bubble: ClassVar[bool] = False
        said: str
        well: bool

    def numbers(self) -> Sequence[int]:
        """Numbers of the opinions and items that a key is about."""
        raise NotImplementedError

    def forget(self) -> None:
        """What was marked has been dealt with."""

    @property
    def register_desk(self) -> OpinionsDesk:
        """Where the register is."""
        return self.live.desk.opinions()

    @property
    def role(self) -> str:
        """Who does it, as the audit says: the role that was typed last, or the organiser's."""
        snapshot = self.live.snapshot
        if self.live.role:
            return self.live.role
        return snapshot.plan.campaign.organiser.text(self.lang)[:40] if snapshot else ""

    # -- reading -------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Look whether the store has changed."""
        super().tick()
        self.look()

    def look(self) -> None:
        """Read the register if the store has changed since it was read."""
        try:
            revision = self.live.desk.revision()
        except ManyiError:
            return
        if revision != self._revision:
            self._revision = revision
            self._read()

    @work(thread=True, exclusive=True, group="register", description="register")
    def _read(self) -> None:
        try:
            view = self.register_desk.read()
        except ManyiError:
            self._revision = None
            return
        self.post_message(self.Read(view))

    @on(Read)
    def _show_register(self, message: Read) -> None:
        self.view = message.view
        self.refresh_view()

    # -- doing ---------------------------------------------------------------------------------------------------

    def do(self, deed: Callable[[OpinionsDesk], None], said: str) -> None:
        """Do something in a thread and say so."""
        self._do(deed, said)

    @work(thread=True, group="deed", description="deed")
    def _do(self, deed: Callable[[OpinionsDesk], None], said: str) -> None:
        try:
            deed(self.register_desk)
        except ManyiError as error:
            self.post_message(self.Done(f"✘ {ADVICE.message(error.problems[0], self.lang)}", well=False))
        else:
            self.post_message(self.Done(said, well=True))

    @on(Done)
    def _was_done(self, message: Done) -> None:
        self._finished(message.said, well=message.well)

    def _finished(self, said: str | None, *, well: bool = True) -> None:
        if said is not None:
            self.live.say(said)
            if well:
                self.forget()
        self.look()

    # -- keys ----------------------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Choose a category for what is marked."""
        snapshot, numbers = self.live.snapshot, self.numbers()
        if snapshot is None or not numbers:
            return
        categories = snapshot.plan.campaign.opinions.categories
        options = [Option(each.id, each.name.text(self.lang)) for each in categories]
        labels = {option.id: option.label for option in options}

        def chosen(category: str | None) -> None:
            if category is not None:
                said = tr(self.lang, "✔ sorted: {category}", category=labels[category])
                role = self.role
                self.do(lambda desk: desk.sort(numbers, category, role), said)

        self.app.push_screen(ChooseOne(tr(self.lang, "Which category?"), options), chosen)

    def action_discard(self) -> None:
        """Choose why what is marked is put aside."""
        numbers = self.numbers()
        if not numbers:
            return
        options = [Option(reason, discard_label(reason, self.lang)) for reason in DISCARD_REASONS]

        def chosen(reason: str | None) -> None:
            if reason is not None:
                said = tr(self.lang, "✔ discarded; b brings it back")
                role = self.role
                self.do(lambda desk: desk.discard(numbers, reason, role), said)

        self.app.push_screen(ChooseOne(tr(self.lang, "Why is it discarded?"), options), chosen)

    def action_bring_back(self) -> None:
        """Undo merging and discarding."""
        numbers, role = self.numbers(), self.role
        if numbers:
            self.do(lambda desk: desk.bring_back(numbers, role), tr(self.lang, "✔ brought back"))

    def action_merge(self) -> None:
        """Open the form that merges what is marked."""
        snapshot, numbers = self.live.snapshot, self.numbers()
        if snapshot is not None and self.view is not None and numbers:
            self.app.push_screen(MergeOpinions(snapshot, self.view, numbers, self.role), self._finished)

    def action_turn(self) -> None:
        """Open the form that turns an item into a case."""
        number, snapshot = self._meant(), self.live.snapshot
        if number is not None and snapshot is not None and self.view is not None:
            item = self.view.register.items[number]
            if item.case:
                self.live.say(tr(self.lang, "item {n} has case {no} already", n=number, no=item.case))
                return
            self.app.push_screen(TurnItem(snapshot, item, self.role), self._finished)

    def action_reword(self) -> None:
        """Open the form for an item's text."""
        number = self._meant()
        if number is not None and self.view is not None:
            self.app.push_screen(RewordItem(self.view.register.items[number], self.role), self._finished)

    def _meant(self) -> int | None:
        """The one item that is meant; of an opinion that is in one, that one."""
        found: set[int] = set()
        for number in self.numbers():
            if self.view is None or is_item(number):
                found.add(number)
            else:
                item = self.view.register.heard[number].item
                found |= {item} if item is not None else set()
        known = [number for number in found if self.view is not None and number in self.view.register.items]
        if len(known) != 1:
            said = tr(self.lang, "choose one item") if known else tr(self.lang, "merge it into an item first: m")
            self.live.say(said)
            return None
        return known[0]

    def show(self, snapshot: Snapshot) -> None:
        """Bring the widgets in step."""
        raise NotImplementedError
