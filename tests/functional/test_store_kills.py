"""Writers killed with SIGKILL at any moment: what was acknowledged is there once, and nothing is there by half."""

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from surveys.session import SessionState
from tests.closings import FORMS, Closings, Step, take_in_parts
from tests.crashes import OPENING, SWEEPING, WRITING, Kind, Rig, Victim, kiosk, tell_what_is_open
from tests.unsafe_writers import (
    giving_up,
    hasty,
    lagging,
    read_stock,
    scribbling,
    stock,
    store_apart,
    store_short,
    store_twice,
    store_uncounted,
)

pytestmark = pytest.mark.rig

ROUNDS, CLOSINGS = 200, 30
ENOUGH = 100
"""Rounds after which a rig that has seen nothing is blind."""


def seed() -> int:
    """Another one at every run; it stands in the findings."""
    return secrets.randbits(32)


def test_no_kill_loses_anything(tmp_path: Path) -> None:
    """Four kiosks are killed 200 times: every acknowledged ballot is there once, none by half, the account agrees."""
    findings = Rig(tmp_path, seed()).run(ROUNDS)
    assert not findings.flaws, findings
    assert findings.kills == 4 * ROUNDS, findings
    assert {OPENING, SWEEPING, WRITING} <= set(findings.during), findings
    assert findings.acknowledged > ROUNDS, findings


def test_a_writer_begins_with_nothing_open() -> None:
    """What the writers are forked from has no connection and no other thread: nothing of it can disturb them."""
    assert Victim(tell_what_is_open).lines() == ["0", "1"]


BROKEN: dict[str, tuple[Callable[..., None], Kind]] = {
    "acknowledged too early": (hasty, "lost"),
    "stored twice": (partial(kiosk, store_one=store_twice), "double"),
    "stored in two transactions": (partial(kiosk, store_one=store_apart), "half"),
    "stored in part": (partial(kiosk, store_one=store_short), "half"),
    "not counted": (partial(kiosk, store_one=store_uncounted), "half"),
    "acknowledged too late": (lagging, "unasked"),
    "given up": (giving_up, "stopped"),
    "written over": (scribbling, "unreadable"),
}


@pytest.mark.parametrize(("write", "flaw"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_promise_is_noticed(tmp_path: Path, write: Callable[..., None], flaw: Kind) -> None:
    """The same rounds with writers that break a promise find that very flaw."""
    rig = Rig(tmp_path, seed(), write)
    while flaw not in rig.findings.flaws:
        assert rig.findings.rounds < ENOUGH, rig.findings
        rig.round()


@pytest.mark.parametrize("flaw", ["lost", "unreadable"])
def test_tinydbs_own_file_does_not_stand_it(tmp_path: Path, flaw: Kind) -> None:
    """The same rounds with TinyDB's JSONStorage lose responses and leave a file that can't be read."""
    rig = Rig(tmp_path, seed(), stock, read_stock)
    while flaw not in rig.findings.flaws:
        assert rig.findings.rounds < ENOUGH, rig.findings
        rig.round()


@pytest.mark.parametrize("step", ["close", "verify"])
def test_a_killed_step_of_a_session_is_taken_or_not_begun(tmp_path: Path, step: Step) -> None:
    """Killed while it is closed or verified, a session is as it was, and the step can be taken, or as it should be."""
    rig = Closings(tmp_path, seed(), step)
    findings = rig.run(CLOSINGS)
    assert not findings.flaws, findings
    assert {"taken", "not taken"} <= set(findings.during), findings


def test_a_step_that_is_taken_in_parts_is_noticed(tmp_path: Path) -> None:
    """The same kills find a session that is closed by half, where each change is a commit of its own."""
    rig = Closings(tmp_path, seed(), "close", take_in_parts)
    while "half" not in rig.findings.flaws:
        assert rig.findings.rounds < ENOUGH, rig.findings
        rig.round()


def test_what_closing_makes_of_a_session(tmp_path: Path) -> None:
    """What a killed closing is measured by: then no response has its text, and every text is an opinion."""
    rig = Closings(tmp_path, seed(), "close")
    assert (rig.before.session.state, rig.after.session.state) == (SessionState.OPEN, SessionState.COUNTING)
    texts = sorted(str(response.answers["Q12"]) for response in rig.before.responses)
    assert len(set(texts)) == len(rig.after.responses) == FORMS
    assert sorted(rig.after.opinions) == texts
    assert not rig.before.opinions
    assert not [response for response in rig.after.responses if "Q12" in response.answers]
    assert len(rig.after.audits) == 1 + len(rig.before.audits)


def test_what_verifying_makes_of_a_session(tmp_path: Path) -> None:
    """What a killed verification is measured by: the tally is kept, the key erased, every opinion in the register."""
    rig = Closings(tmp_path, seed(), "verify")
    before, after = rig.before.mixed(), rig.after.mixed()
    assert (before.session.state, after.session.state) == (SessionState.COUNTING, SessionState.VERIFIED)
    assert (before.responses, before.opinions) == (after.responses, after.registered)
    assert len(after.responses) == len(after.registered) == FORMS
    assert not [*before.registered, *after.opinions]
    assert after.session.tally
    assert after.session.tally.submitted == FORMS
    assert after.session.response_key == ""
