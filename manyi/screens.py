"""Running the screens: stores opened, apps built and run, exit codes returned."""

from collections.abc import Callable

from surveys.booth import Booth
from tui.kiosk.app import KioskApp

from db import open_store
from manyi.logfile import log_to, note, place_of
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from tui.staff.app import StaffApp


def run_dashboard(settings: Settings, *, read_only: bool) -> int:
    """The dashboard, until it is left; StoreError where the data folder can't be used."""
    store = open_store(settings.data)
    poll = open_store(settings.data)
    try:
        desk = StaffDesk(settings, store, poll)
        app = StaffApp(desk, read_only=read_only, lang=settings.lang, theme=settings.theme or "ink")
        app.report = _reporter(settings)
        app.run()
        return app.return_code or 0
    finally:
        poll.close()
        store.close()


def run_kiosk(settings: Settings, session_id: str) -> int:
    """The kiosk of one session, until the PIN; Refused M11 or M12 where the session can't take answers."""
    store = open_store(settings.data)
    try:
        booth = Booth(store, store.plan(), session_id)
        app = KioskApp(booth, theme=settings.theme or "paper", lang=settings.lang)
        app.report = _reporter(settings)
        app.run()
        return app.return_code or 0
    finally:
        store.close()


def _reporter(settings: Settings) -> Callable[[BaseException], None]:
    """What an app tells of an unexpected error: its kind and place, into the log."""

    def report(error: BaseException) -> None:
        if log_to(settings.log_folder):
            note(f"{type(error).__name__} at {place_of(error)}")

    return report
