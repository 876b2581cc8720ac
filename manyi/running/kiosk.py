"""The kiosk's process."""

import time
from functools import partial

from db import open_store
from manyi.paper_key import key_of
from manyi.running.common import reporter, require_terminal
from manyi.settings import Settings, process_environment
from manyi.supervisor import supervisor_is_gone
from manyi.texts import SLIP_HOLDER, tr
from surveys.booth import Booth
from surveys.slip_desk import SlipDesk
from tui.kiosk.app import KioskApp


def run_kiosk(settings: Settings, session_id: str) -> int:
    """The kiosk of one session, until the PIN; Refused M11 or M12 where the session can't take answers."""
    store = open_store(settings.data)
    try:
        key, plan = partial(key_of, settings.data, store), store.plan()
        slips = SlipDesk(
            store, session_id, time.monotonic, key, lambda: settings.day(plan), tr(settings.lang, SLIP_HOLDER)
        )
        booth = Booth(store, plan, session_id, key=key, slips=slips)
        require_terminal()
        app = KioskApp(
            booth,
            theme=settings.theme or "paper",
            lang=settings.lang,
            is_abandoned=partial(supervisor_is_gone, process_environment()),
        )
        app.report = reporter(settings)
        app.run()
        return app.return_code or 0
    finally:
        store.close()
