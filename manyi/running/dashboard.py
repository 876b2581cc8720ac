"""The dashboard's process, for staff and for the hall."""

from db import open_store
from manyi.running.common import reporter, require_terminal
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from tui.staff.app import StaffApp


def run_dashboard(settings: Settings, *, read_only: bool) -> int:
    """The dashboard, until it is left; StoreError where the data folder can't be used."""
    store = open_store(settings.data)
    poll = open_store(settings.data)
    try:
        desk = StaffDesk(settings, store, poll)
        require_terminal()
        app = StaffApp(desk, read_only=read_only, lang=settings.lang, theme=settings.theme or "ink")
        app.report = reporter(settings)
        app.run()
        return app.return_code or 0
    finally:
        poll.close()
        store.close()
