"""Exports: how long a process takes for every format, and how much memory, for the town and for a thousand sessions."""

import random
import sys
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from campaign.language import Lang
from surveys.paper.account import BallotAccount
from surveys.ports import Store
from surveys.response import Response, Validity
from surveys.session import SessionState, SurveySession
from surveys.tally import tally
from tests.bench_huge_town import huge_plan
from tests.bench_printing import measured
from tests.bench_stores import DAY, answers, begun, new_id

SESSIONS, FORMS = 1_000, 100
SAMPLES = 25
"""Different ballot boxes; what goes beyond repeats them."""
TARGETS = "targets: town 2 s; 1,000 sessions 20 s, 300 MB"


def bench_export(folder: Path, say: Callable[[str], None]) -> None:
    """Write all formats with ``manyi export``, each in a process of its own."""
    town = folder / "export-town"
    measured([*_program(town), "init", "--sample", "town"])
    large = folder / "export-large"
    maker = get_context("spawn").Process(target=thousand, args=(large,))
    maker.start()  # apart: a process that is started from a large one counts its memory too
    maker.join()
    for what, data in (("the town", town), (f"{SESSIONS * FORMS:,} responses, {SESSIONS:,} sessions", large)):
        out = folder / f"{data.name}-out"
        took, peak = measured([*_program(data), "export", str(out)])
        files = [path for path in out.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        say(
            f"export: {what:<50} {took:8.2f} s   peak memory {peak:6.1f} MB   "
            f"{len(files)} files, {size:5.1f} MB   ({TARGETS})"
        )


def _program(data: Path) -> list[str]:
    return [sys.executable, "-m", "manyi", "--data", str(data), "--lang", "zh", "--today", DAY.isoformat()]


def thousand(folder: Path) -> None:
    """A store with a counted final survey in each of a thousand branches."""
    store = begun(folder)
    plan = huge_plan(store.plan(), SESSIONS)
    store.save_plan(plan, store.audits()[0])
    chance = random.Random(7)  # noqa: S311  # answers to measure with
    boxes = [_box(chance) for _ in range(SAMPLES)]
    with store.transaction():
        for number, branch in enumerate(plan.branches):
            _keep(store, branch.code, boxes[number % SAMPLES], number)
    store.close()


def _box(chance: random.Random) -> list[Response]:
    given = ({key: value for key, value in answers("", chance).items() if key != "Q12"} for _ in range(FORMS))
    return [Response(lang=Lang.ZH, answers=each, validity=Validity.COMPLETE) for each in given]


def _keep(store: Store, branch: str, box: list[Response], number: int) -> None:
    on = DAY - timedelta(1 + number % 30)
    asked = store.questionnaire("final")
    if asked is None:
        raise LookupError("final")
    session = SurveySession(
        id=f"{branch}-{on:%y%m%d}-1",
        branch=branch,
        kind="final",
        questionnaire=asked.id,
        on=on,
        state=SessionState.VERIFIED,
        pin_hash="",
        response_key="",
        closed_on=on,
        verified_on=on,
        tally=tally(asked, box),
        account=BallotAccount(started=FORMS, submitted=FORMS),
    )
    store.save_session(session)
    for response in box:
        store.add_response(session.id, new_id(), response)
