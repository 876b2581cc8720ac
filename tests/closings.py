"""Sessions whose closing or verification is killed at a random moment: done, or not begun, and nothing between."""

import random
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from campaign.errors import StoreError
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import check, open_store
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.response import Response
from surveys.session import KioskAccount, SurveySession
from tests.crashes import Findings, Victim, say
from tests.db_builders import DAY, SESSION
from tests.sittings import open_session, verify_count

FORMS = 300
FASTER = 1.2
"""By this factor the wait before a kill grows or shrinks, so that as many come before the commit as after it."""
BEGINNING, DONE = "beginning", "done"
Step = Literal["close", "verify"]


@dataclass(frozen=True, slots=True)
class Box:
    """All that is kept about a session."""

    session: SurveySession
    account: KioskAccount
    responses: Sequence[Response]
    opinions: Sequence[str]
    """Their texts, while they lie with the session."""
    registered: Sequence[str]
    """Texts in the register."""
    audits: Sequence[AuditEntry]

    def mixed(self) -> "Box":
        """The same box in whatever order it was written."""
        responses = sorted(self.responses, key=repr)
        opinions, registered = sorted(self.opinions), sorted(self.registered)
        return replace(self, responses=responses, opinions=opinions, registered=registered)


def read_box(folder: Path) -> Box:
    """Check the store and read the session; StoreError."""
    check(folder)
    store = open_store(folder)
    try:
        session = store.session(SESSION)
        assert session
        opinions = [each.text for each in store.opinions(SESSION)]
        registered = [each.text for each in store.register().heard.values()]
        account, responses = store.kiosk_account(SESSION), [*store.responses(SESSION)]
        return Box(session, account, responses, opinions, registered, [*store.audits()])
    finally:
        store.close()


def fill(folder: Path) -> None:
    """A store with an open session that has got ``FORMS`` responses, each with a text."""
    store = open_store(folder, create=True)
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    desk = SurveyDesk(store, plan, DAY)
    assert open_session(desk, "B01", "final", "2468").session.id == SESSION
    with store.transaction():
        for number in range(FORMS):
            answers = {f"Q{q}": "ABCD"[(number + q) % 4] for q in range(1, 11)} | {"Q12": f"意见{number}"}
            desk.submit(SESSION, f"id-{number}", Lang.ZH, answers)
    store.close()


def take_step(pipe: Connection, folder: Path, step: Step) -> None:
    """Close or verify the session."""
    store = open_store(folder)
    _take(pipe, store, step)
    store.close()


def take_in_parts(pipe: Connection, folder: Path, step: Step) -> None:
    """As :func:`take_step`, with a store that makes a commit of each change."""
    store = open_store(folder)
    vars(store)["transaction"] = nullcontext
    _take(pipe, store, step)
    store.close()


def _take(pipe: Connection, store: Store, step: Step) -> None:
    desk = SurveyDesk(store, store.plan(), DAY)
    say(pipe, BEGINNING)
    if step == "close":
        desk.close(SESSION)
    else:
        verify_count(desk, SESSION)
    say(pipe, DONE)


class Closings:
    """Rounds of one step of one session, each on a new copy of the same store inside ``place``."""

    def __init__(self, place: Path, seed: int, step: Step, work: Callable[..., None] = take_step) -> None:
        self.findings = Findings(seed)
        self._random = random.Random(seed)  # noqa: S311  # nothing secret
        self._place, self._work, self._step = place, work, step
        place.mkdir(exist_ok=True)
        fill(place / "whole")
        if step == "verify":
            Victim(take_step, place / "whole", "close").lines()
        self.before = read_box(place / "whole")
        """The box before the step."""
        copy = self._copy()
        Victim(work, copy, step).lines()
        self.after = read_box(copy)
        """The box after a step that nobody killed."""
        self._seconds = 0.03

    def run(self, rounds: int) -> Findings:
        """So many more rounds."""
        for _ in range(rounds):
            self.round()
        return self.findings

    def round(self) -> None:
        """Take the step, kill it, look, and take it again if it was not taken."""
        copy = self._copy()
        victim = Victim(self._work, copy, self._step)
        victim.wait_for(BEGINNING)
        time.sleep(self._random.uniform(0, 2 * self._seconds))
        victim.kill()
        said = DONE in victim.lines()
        self.findings.rounds += 1
        self.findings.kills += victim.was_killed
        self.findings.acknowledged += said
        if not (victim.was_killed or said):
            self.findings.note("stopped", [f"exit code {victim.process.exitcode}"])
        flaws = self.findings.flaws.total()
        try:
            taken = self._judged(copy, said)
            self.findings.during["taken" if taken else "not taken"] += 1
            self._seconds *= 1 / FASTER if taken else FASTER
            if not taken:
                Victim(self._work, copy, self._step).lines()
                self._judged(copy, said=True)
        except StoreError as error:
            self.findings.note("unreadable", [str(error)])
        if self.findings.flaws.total() != flaws:
            copy.rename(self._place / f"flaw-in-round-{self.findings.rounds}")

    def _judged(self, folder: Path, said: bool) -> bool:
        """Whether the step was taken; what is wrong goes into the findings. StoreError."""
        for kept in folder.glob("copies/*.db"):
            check(kept)
        box = read_box(folder)
        taken = box.session.state is self.after.session.state
        if taken and box.mixed() != self.after.mixed():
            self.findings.note("half", ["taken, and the box is not what it should be"])
        if not taken and box != self.before:
            self.findings.note("half", ["not taken, and the box is not what it was"])
        if said and not taken:
            self.findings.note("lost", ["it was said to be done"])
        return taken

    def _copy(self) -> Path:
        copy = self._place / "copy"
        if copy.exists():
            shutil.rmtree(copy)
        return Path(shutil.copytree(self._place / "whole", copy))
