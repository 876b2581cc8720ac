"""An app that keeps one picture of the campaign up to date, whoever changes the store."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from textual import events, work
from textual.message import Message
from textual.reactive import reactive

from campaign.errors import ManyiError
from campaign.language import Lang
from campaign.log import Logged
from surveys.shown import Shown
from tui.drivers import steady_driver
from tui.errors import QuietErrors
from tui.staff.ports import Desk, FoundSlip, Snapshot

POLL = 0.25
"""Seconds between two looks at the store's revision."""
STALE = 60
"""Seconds without a look at the store after which the data is called out of date."""
REST, MOST_REST, LEAST_REST = 19, 0.5, 3
"""After a reading that took t seconds of a core, with what was painted before, none for 19 t: a twentieth of a core.
But 0.5 s are enough of that, so that a change is seen within a second, unless that were less than 3 t: a huge campaign
must not eat a core."""
LEAST = (60, 18)
"""Columns and rows without which nothing is shown."""
WIDE, TALL = 100, 32
"""Columns and rows from which everything is shown."""
Clock = Callable[[], float]
"""Seconds since the epoch."""
Mark = tuple[tuple[int, ...], date]


class ShowsDue:
    """A screen that shows what is owed: that is then worked out at every reading."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a form of the log leaves behind."""

    text: str
    """For the status line."""
    recorded: Logged | None = None
    """What was recorded, so that it can be undone."""


@runtime_checkable
class AtBranch(Protocol):
    """A screen that is about a branch, or has one under its cursor."""

    @property
    def branch(self) -> str | None:
        """Its code."""


class LiveApp(QuietErrors[None]):
    """Polls the desk and holds the newest snapshot; when the store fails the last one stays and it says so."""

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (LEAST[0], "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # Textual's type
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (LEAST[1], "-short"), (TALL, "-tall")]  # noqa: RUF012  # likewise

    lang: reactive[Lang] = reactive(Lang.ZH)
    snapshot: reactive[Snapshot | None] = reactive[Snapshot | None](None)
    cut_since: reactive[float | None] = reactive[float | None](None)
    """When the store was last reached, if it cannot be reached now."""
    notice: reactive[str] = reactive("")
    """What the status line says, for a while."""

    @dataclass
    class Arrived(Message):
        """A reading has ended."""

        bubble: ClassVar[bool] = False
        mark: Mark
        """Revision and day before the reading."""
        snapshot: Snapshot | None
        """None: the store could not be read."""
        seconds: float
        """How long it took of a core."""

    def __init__(self, desk: Desk, *, clock: Clock = time.time, read_only: bool = False) -> None:
        super().__init__(driver_class=steady_driver())
        self.animation_level = "none"  # a page that glides is harder to read, and every step of it is painted
        self.desk = desk
        self.read_only = read_only
        self.clock = clock
        self.reached_at = clock()
        self.changed_at = clock()
        self.noticed_at = clock()
        self._pressed = self._noticed_after = 0
        """Keys and clicks until now, and until the status line said something."""
        self.role = ""
        """The role that was typed last: who sits here need not type it again."""
        self.recorded: list[Logged] = []
        """What was recorded here since the program was started, and not taken back; the newest is the last."""
        self._mark: Mark | None = None
        self._reading = False
        self._not_before = 0.0
        self._worked = 0.0
        """Seconds of a core that the thread of the screen had had when the last reading came."""

    def on_mount(self) -> None:
        """Begin to look at the store."""
        self.set_interval(POLL, self.poll)
        self.poll()

    def poll(self) -> None:
        """Look whether anything has changed, or the day; if so, read it in a thread."""
        try:
            mark = (self.desk.revision(), self.desk.today())
        except ManyiError:
            self._lost()
            return
        if mark == self._mark:
            self._reached()
        elif not self._reading and time.monotonic() >= self._not_before:
            self._reading = True
            self._read(mark, with_due=self._shows_due)

    @property
    def _shows_due(self) -> bool:
        return any(isinstance(each, ShowsDue) for each in self.screen_stack)

    @work(thread=True, group="reading", description="reading")
    def _read(self, mark: Mark, *, with_due: bool) -> None:
        began = time.thread_time()
        try:
            snapshot = self.desk.reading()
            if with_due:
                snapshot.owed.found  # noqa: B018  # worked out here, not in the thread of the screen
        except ManyiError:
            snapshot = None
        self.post_message(self.Arrived(mark, snapshot, time.thread_time() - began))

    def on_live_app_arrived(self, message: Arrived) -> None:
        """Show the reading, if it differs."""
        if message.snapshot is not None and self._shows_due and not message.snapshot.owed.is_found:
            self._read(message.mark, with_due=True)  # a screen that shows it has come meanwhile
            return
        self._reading = False
        if message.snapshot is None:
            self._lost()
            return
        self._mark = message.mark
        before, self._worked = self._worked, time.thread_time()
        spent = message.seconds + self._worked - before
        rest = max(min(REST * spent, MOST_REST), LEAST_REST * message.seconds)
        self._not_before = time.monotonic() + rest
        self._reached()
        if message.snapshot != self.snapshot:
            self.changed_at = self.clock()
            self.snapshot = message.snapshot

    def open_branch(self, code: str, entry: int | None = None) -> None:
        """Show one branch; with the number of an entry its log, with that under the cursor."""
        raise NotImplementedError(code, entry)

    def open_officials(self, leader: str) -> None:
        """Show the contact officials, with this one under the cursor."""
        raise NotImplementedError(leader)

    def open_due(self, text: str) -> None:
        """Show what is owed, narrowed to what holds ``text``."""
        raise NotImplementedError(text)

    def open_case(self, number: str) -> None:
        """Show one case."""
        raise NotImplementedError(number)

    def open_slip(self, found: FoundSlip) -> None:
        """Show the case of a slip, or ask for what opens it."""
        raise NotImplementedError(found)

    def correct_entry(self, seen: Logged) -> None:
        """Correct an entry of the log."""
        raise NotImplementedError(seen)

    def toggle_hall(self, wanted: Shown, *, sure: bool = False) -> None:
        """Show a result in the hall; take it off if it is there."""
        raise NotImplementedError(wanted, sure)

    def say(self, text: str) -> None:
        """Put ``text`` into the status line."""
        self.noticed_at = self.clock()
        self._noticed_after = self._pressed
        self.notice = text

    def hush(self) -> None:
        """Another page is shown: take from the status line what was said before the key that led to it."""
        if self.notice and self._noticed_after < self._pressed:
            self.notice = ""

    async def on_event(self, event: events.Event) -> None:
        """Count keys and clicks, and go on as ever."""
        if isinstance(event, events.Key | events.MouseDown):
            self._pressed += 1
        await super().on_event(event)

    def local_time(self) -> datetime:
        """The wall clock in the campaign's time zone."""
        zone = ZoneInfo(self.snapshot.plan.campaign.timezone) if self.snapshot else None
        return datetime.fromtimestamp(self.clock(), tz=zone).astimezone(zone)

    def _reached(self) -> None:
        self.reached_at = self.clock()
        self.cut_since = None

    def _lost(self) -> None:
        if self.cut_since is None:
            self.cut_since = self.reached_at
