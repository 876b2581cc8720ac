"""A kiosk on a real store, as a process of its own: ``python -m tests.kiosk_process MODE FOLDER``.

MODE is ``app`` for the app alone, ``supervised`` for the app under its supervisor, and ``failing`` or
``failing-supervised`` for a kiosk that fails unexpectedly as soon as somebody begins.
"""

import os
import sys
from datetime import date
from functools import partial
from pathlib import Path

from campaign.language import Lang
from campaign.log import AuditEntry
from db import open_store
from manyi.supervisor import supervise, supervisor_is_gone
from surveys.booth import Attempt, Booth
from surveys.pin import hash_pin
from surveys.session import SurveySession
from tests.builders import make_branch, make_plan
from tests.kiosk_fakes import QUESTIONS, questionnaire_of
from tui.kiosk.app import KioskApp

DAY = date(2026, 11, 23)
SESSION = "B01-261123-1"
PIN = "2468"
TYPED = "what-somebody-typed"
MODE_OF_CHILD = {"supervised": "app", "failing-supervised": "failing"}


class FailingBooth(Booth):
    """Stumbles with something in its hands that nobody may see."""

    def begin(self, lang: Lang) -> Attempt:
        held = TYPED
        raise KeyError(held, lang)


def prepare(folder: Path) -> None:
    """Make a store with one open session."""
    session = SurveySession(
        id=SESSION,
        branch="B01",
        kind="final",
        questionnaire="survey",
        on=DAY,
        pin_hash=hash_pin(PIN),
        response_key="00" * 32,
    )
    store = open_store(folder, create=True)
    with store.transaction():
        store.save_plan(make_plan(branches=[make_branch()]), AuditEntry(on=DAY, role="test", entity="plan", field=""))
        store.save_questionnaire(questionnaire_of(*QUESTIONS))
        store.save_session(session)
    store.close()


def stored(folder: Path) -> int:
    """How many responses are in the store."""
    store = open_store(folder)
    count = store.count_responses(SESSION)
    store.close()
    return count


def main(mode: str, folder: str) -> int:
    """Run; the exit code."""
    if mode in MODE_OF_CHILD:
        return supervise([sys.executable, "-m", "tests.kiosk_process", MODE_OF_CHILD[mode], folder], os.environ)
    store = open_store(Path(folder))
    try:
        booth = (FailingBooth if mode == "failing" else Booth)(store, store.plan(), SESSION)
        app = KioskApp(booth, is_abandoned=partial(supervisor_is_gone, os.environ))
        app.run()
        return app.return_code or 0
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
