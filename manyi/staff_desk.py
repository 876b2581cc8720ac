"""The staff screens' desk: one campaign, read and changed from the screen's thread and from its workers.

What only one screen needs is imported when it is first asked for: the dashboard need not wait for all of it.
"""

from __future__ import annotations

from functools import partial
from threading import RLock
from typing import TYPE_CHECKING

from campaign.case_figures import CaseFigures
from campaign.figures import Figures
from db.known import KnownFile
from manyi.hall_figures import HallFigures
from manyi.session_lines import session_lines
from tui.staff.ports import Later, OpenedSession, Owed, Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from campaign.errors import Problem
    from campaign.log import LogEntry
    from campaign.plan import Plan
    from campaign.recording import Recorded
    from campaign.searching import Shelf
    from campaign.standing import Overview
    from manyi.case_desk import LockedCases
    from manyi.intake_desk import LockedIntake
    from manyi.log_desk import LockedLog
    from manyi.opinions_desk import LockedOpinions
    from manyi.planning_desk import LockedPlanning
    from manyi.results_desk import LockedResults
    from manyi.settings import Settings
    from surveys.headline import PublicResults
    from surveys.ports import Store
    from surveys.session import SurveyKind
    from surveys.sitting import Sitting


class StaffDesk:
    """Implements :class:`tui.staff.ports.Desk`.

    Three connections: ``poll`` is asked for the revision by the screen's thread alone and so never waits for a worker;
    ``bulk`` reads what takes seconds, so that nothing else waits for it (without one, ``store`` does that, too);
    ``store`` serves everything else. The last two are for one thread at a time.
    """

    def __init__(self, settings: Settings, store: Store, poll: Store, bulk: Store | None = None) -> None:
        self._settings = settings
        self._store = store
        self._poll = poll
        self._bulk = bulk or store
        self._lock = RLock()
        self._bulk_lock = RLock() if bulk else self._lock
        self._plan = store.plan()
        self._figures = Figures(store, KnownFile(settings.data), tries=1)
        self._cases = CaseFigures(store)
        self._hall = HallFigures(store)

    def today(self) -> date:
        """Today, or the day that stands for it."""
        return self._settings.day(self._plan)

    def revision(self) -> tuple[int, ...]:
        """Changes whenever anything has changed."""
        return self._poll.revision()

    def reading(self) -> Snapshot:
        """The newest plan with the overview by this plan, the sessions with their counts of forms."""
        with self._lock:
            chosen = self._settings.today is not None
            today = self._settings.day(self._store.plan())
            view = self._figures.overview(today, trust_today=chosen)
            self._plan = plan = self._figures.plan
            sessions = tuple(session_lines(self._store, plan.campaign.publish_min_forms))
            marks = self._store.marks("cases") or self._store.revision()
            hall = self._hall.now(sessions, today)
        return Snapshot(plan, view, sessions, Later(partial(self._owed, plan, view), marks), hall)

    def _owed(self, plan: Plan, view: Overview) -> Owed:
        from campaign.due_list import owed_by

        with self._lock:
            standings = self._cases.standings(plan, view.day, judge_overdue=view.clock_behind is None)
            due = owed_by(plan, view, standings, self._figures.told(view))
            return Owed(due, standings, self._cases.cases)

    def entries(self, branch: str) -> Sequence[LogEntry]:
        """Log entries of a branch."""
        with self._lock:
            return self._store.entries(branch)

    def log_desk(self) -> LockedLog:
        """The log of a branch, and what can be done with it."""
        from manyi.log_desk import LockedLog

        return LockedLog(self._settings, self._store, self.today(), self._lock)

    def check_entry(self, entry: LogEntry) -> list[Problem]:
        """Everything that is wrong or odd about an entry."""
        from campaign.recording import check_entry

        return check_entry(self._plan, entry, self.today())

    def add_entry(self, entry: LogEntry, *, confirmed: bool) -> Recorded:
        """Append to the log; its number and the warnings."""
        from campaign.recording import record_numbered

        with self._lock:
            entry = self.log_desk().with_number(entry)
            return record_numbered(self._store, [entry], self.today(), confirmed=confirmed)

    def open_session(
        self, branch: str, kind: SurveyKind, pin: str | None, sitting: Sitting, *, confirmed: bool
    ) -> OpenedSession:
        """Open a survey session."""
        from manyi.kiosk_command import kiosk_command
        from surveys.desk import SurveyDesk

        with self._lock:
            desk = SurveyDesk(self._store, self._plan, self.today())
            opened = desk.open(branch, kind, pin, sitting=sitting, confirmed=confirmed)
        return OpenedSession(opened.session.id, opened.pin, kiosk_command(self._settings, opened.session.id))

    def search_shelves(self) -> tuple[Shelf, ...]:
        """Everything that can be searched but the log; the lock is held only while it is read."""
        from campaign.search_shelves import search_shelves
        from manyi.searching import session_words

        with self._bulk_lock:
            plan, cases, sessions = self._bulk.plan(), self._bulk.cases(), session_words(self._bulk)
        return search_shelves(plan, cases, sessions)

    def search_log(self) -> Shelf:
        """The log, to be searched; the lock is held only while it is read."""
        from campaign.search_shelves import log_shelf

        with self._bulk_lock:
            plan, entries = self._bulk.plan(), self._bulk.logged()
        return log_shelf(plan, entries)

    def cases_desk(self) -> LockedCases:
        """What is owed by a date."""
        from manyi.case_desk import LockedCases

        return LockedCases(self._settings, self._store, self._lock)

    def opinions(self) -> LockedOpinions:
        """The register of opinions."""
        from manyi.opinions_desk import LockedOpinions

        return LockedOpinions(self._store, self.today, self._lock)

    def intake(self, session_id: str) -> LockedIntake:
        """The paper forms of a session; the key of their codes is made at first use."""
        from db.pictures import PictureFolder
        from manyi.intake_desk import LockedIntake
        from manyi.paper_key import key_of
        from surveys.paper.desk import PaperDesk
        from surveys.paper.scan_desk import tidy_pictures

        with self._lock:
            key = key_of(self._settings.data, self._store)
            desk = PaperDesk(self._store, self._plan, self.today(), session_id, key)
            pictures = PictureFolder(self._settings.data)
            tidy_pictures(self._store, pictures)
        return LockedIntake(desk, self._store, pictures, self._plan.campaign.valid_min_answered_pct, self._lock)

    def planning(self) -> LockedPlanning:
        """Calendar, contact officials and changes of the plan."""
        from manyi.planning_desk import LockedPlanning

        return LockedPlanning(self._settings, (self._store, self._lock), (self._bulk, self._bulk_lock))

    def results(self) -> LockedResults:
        """Sessions and their results."""
        from manyi.results_desk import LockedResults

        return LockedResults(self._settings, self._store, self._lock)

    def late_cases(self, day: date) -> int:
        """How many cases are overdue on ``day``."""
        from campaign.standing import Status

        with self._lock:
            standings = self._cases.standings(self._plan, day, judge_overdue=True)
        return sum(each.standing.status is Status.OVERDUE for each in standings)

    def public_results(self) -> PublicResults:
        """The newest posted result of every branch."""
        from surveys.desk import SurveyDesk
        from surveys.headline import public_results

        with self._bulk_lock:
            desk = SurveyDesk(self._bulk, self._bulk.plan(), self.today())
            figures = desk.figures()
        return public_results(figures)
