"""The dashboard's process, for staff and for the hall."""

from contextlib import ExitStack, closing

from db import open_store
from manyi.running.common import reporter, require_terminal
from manyi.settings import Settings
from manyi.staff_desk import StaffDesk
from tui.staff.app import StaffApp


def run_dashboard(settings: Settings, *, read_only: bool) -> int:
    """The dashboard, until it is left; StoreError where the data folder can't be used."""
    with ExitStack() as stores:
        store, poll, bulk = (stores.enter_context(closing(open_store(settings.data))) for _ in range(3))
        desk = StaffDesk(settings, store, poll, bulk)
        require_terminal()
        app = StaffApp(desk, read_only=read_only, lang=settings.lang, theme=settings.theme or "ink")
        app.report = reporter(settings)
        app.run()
        return app.return_code or 0
