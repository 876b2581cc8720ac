"""What the bytes of the data folder tell of a session that is closed and verified: not who came first."""

import json
import random
import re
import statistics
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from campaign.errors import Problem, StoreError
from campaign.language import Lang
from db import open_store, open_tinydb
from surveys.desk import SurveyDesk
from surveys.paper.desk import PaperDesk
from surveys.ports import Store
from surveys.session import SessionState
from tests.orders import rho, within_pages
from tests.paper_town import KEY, print_forms
from tests.sittings import open_session, verify_count
from tests.store_contents import town_store

DAY = date(2026, 11, 23)
FORMS, PAPER = 2000, 500
SEALINGS = 9
"""Rank correlations of 2,000 things in random order scatter by 0.022: only a mean is surely below 0.05."""
LIMIT = 0.05
ANSWERS = re.compile(rb'\{"answers":\{[^}]*\}')
TEXT = "第{}人要修路灯"


def answers_of(number: int) -> dict[str, object]:
    """Answers that tell the number of the person who gave them: its digits to the base of four."""
    digits = {f"Q{place}": "ABCD"[number >> 2 * (place - 1) & 3] for place in range(1, 7)}
    return {**digits, **{f"Q{place}": "A" for place in range(7, 11)}, "Q12": TEXT.format(number)}


def number_of(answers: dict[str, str]) -> int:
    """The number of the person who gave these answers."""
    return sum("ABCD".index(answers[f"Q{place}"]) << 2 * (place - 1) for place in range(1, 7))


def arrivals_by_place(folder: Path) -> list[tuple[int, int]]:
    """(offset in the file, number of the person) of every response that the bytes of the store hold."""
    data = (folder / "manyi.db").read_bytes()
    found = ((each.start(), json.loads(each[0] + b"}")["answers"]) for each in ANSWERS.finditer(data))
    return sorted((offset, number_of(answers)) for offset, answers in found)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The sample town's store."""
    return town_store(tmp_path / "data")


def answered(store: Store) -> SurveyDesk:
    """A session in which people numbered from 0 have answered one after the other."""
    desk = SurveyDesk(store, store.plan(), DAY)
    session = open_session(desk, "B01", "final", "2468").session.id
    with store.transaction():
        for number in range(FORMS):
            desk.submit(session, f"id-{number}", Lang.ZH, answers_of(number))
    return desk


def key_paper(store: Store, paper: PaperDesk, serials: list[int]) -> None:
    """Key forms of people with the next numbers into a closed session's box, one after the other."""
    with store.transaction():
        for number, serial in enumerate(serials, FORMS):
            paper.receive(serial)
            answers = {name: value for name, value in answers_of(number).items() if name != "Q12"}
            paper.key(serial, answers, "clerk")


def test_a_sealed_box_does_not_tell_who_came_first(store: Store, tmp_path: Path) -> None:
    """No rank correlation between arrival and file offset, document id or any order in which the box is read."""
    desk = answered(store)
    assert store.sweep()
    assert within_pages(arrivals_by_place(tmp_path / "data")) < -0.1, "open pages do tell"
    session = desk.close("B01-261123-1").session.id
    found: dict[str, list[float]] = {}
    for sealing in range(SEALINGS):
        if sealing:
            store.replace_ballot_box(session, [*store.responses(session)])
            assert store.sweep()
        places = arrivals_by_place(tmp_path / "data")
        assert sorted(number for _, number in places) == list(range(FORMS)), "each is in the file once"
        with open_tinydb(tmp_path / "data" / "manyi.db") as opened:
            by_id = [(each.doc_id, number_of(each["answers"])) for each in opened.table(f"ballots {session}")]
        read = [(place, number_of(each.answers)) for place, each in enumerate(store.responses(session))]  # type: ignore[arg-type]
        for name, order in (("offset", places), ("id", by_id), ("reading", read)):
            found.setdefault(name, []).append(rho(*zip(*order, strict=True)))
        found.setdefault("page", []).append(within_pages(places))
    assert {name: mean for name, each in found.items() if abs(mean := statistics.mean(each)) >= LIMIT} == {}
    store.close()


def test_opinions_lie_in_no_order_of_arrival(store: Store) -> None:
    """Neither the ids nor the order of opinions correlate with the order in which people wrote them."""
    answered(store).close("B01-261123-1")
    texts = [each.text for each in store.opinions("B01-261123-1")]
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    assert sorted(numbers) == list(range(FORMS))
    steps = statistics.mean(abs(one - other) for one, other in pairwise(numbers))
    assert steps == pytest.approx(FORMS / 3, rel=0.15)
    assert abs(rho(range(FORMS), numbers)) < 5 / FORMS**0.5
    store.close()


def test_paper_keyed_after_the_closing_is_mixed_in(store: Store, tmp_path: Path) -> None:
    """Once verified, what was keyed from paper lies among what came from the kiosk, in no order."""
    desk = answered(store)
    session = "B01-261123-1"
    serials = print_forms(store, session, PAPER)
    desk.close(session)
    paper = PaperDesk(store, store.plan(), DAY, session, KEY)
    paper.issue_some(PAPER)
    key_paper(store, paper, serials)
    verify_count(desk, session)
    places = arrivals_by_place(tmp_path / "data")
    assert sorted(number for _, number in places) == list(range(FORMS + PAPER))
    assert abs(rho(*zip(*places, strict=True))) < 5 / (FORMS + PAPER) ** 0.5
    keyed = [place for place, (_, number) in enumerate(places) if number >= FORMS]
    assert statistics.mean(keyed) == pytest.approx((FORMS + PAPER) / 2, rel=0.15)
    store.close()


def test_a_sealing_that_was_cut_short_is_done_by_the_next(store: Store, tmp_path: Path) -> None:
    """Where a process dies between closing and sweeping, whoever opens the store next sweeps, others beside or not."""
    desk = answered(store)
    desk.close("B01-261123-1")
    copies = tmp_path / "data" / "copies"
    told = [each.name for each in copies.iterdir()]
    with patch.object(store._work, "sweep", lambda _: False), patch.object(store, "keep_copy"):  # type: ignore[attr-defined]
        moved = verify_count(desk, "B01-261123-1")
    assert [warning.code for warning in moved.warnings] == ["M77"]
    key = re.compile(b'"response_key":"[0-9a-f]{64}"')
    assert any(key.search(file.read_bytes()) for file in (tmp_path / "data").glob("manyi.db*"))
    open_store(tmp_path / "data").close()
    assert not any(key.search(file.read_bytes()) for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert not set(told) & {each.name for each in copies.iterdir()}, "the copy from before the verification has gone"
    store.close()


def test_a_sweep_that_fails_is_a_warning(store: Store) -> None:
    """What is committed is not told as failed: closing succeeds with M77, which says why."""
    desk = answered(store)
    full = StoreError(Problem("M40", {"why": "no room", "path": "x"}))
    with patch.object(store._work, "sweep", side_effect=full):  # type: ignore[attr-defined]
        moved = desk.close("B01-261123-1")
    assert moved.session.state is SessionState.COUNTING
    assert [(warning.code, warning.values["why"]) for warning in moved.warnings] == [("M77", "no room")]
    assert store.sweep()
    store.close()


def test_sealing_leaves_no_free_page_and_no_log(store: Store, tmp_path: Path) -> None:
    """After closing, and after verifying, the file has no free page, and the log beside it is empty."""
    desk = answered(store)
    for move in (desk.close, partial(verify_count, desk)):
        move("B01-261123-1")
        header = (tmp_path / "data" / "manyi.db").read_bytes()[:100]
        assert int.from_bytes(header[36:40], "big") == 0
        assert (tmp_path / "data" / "manyi.db-wal").stat().st_size == 0
    store.close()


def test_what_was_deleted_or_replaced_is_in_no_file(tmp_path: Path) -> None:
    """After a storm of inserts, updates and removals, sweeping leaves no byte of any document that is not there now."""
    chance = random.Random(20261123)  # noqa: S311  # nothing secret
    marks: set[str] = set()

    def document() -> dict[str, str]:
        marks.add(mark := f"mark-{chance.getrandbits(48):012x}")
        return {"mark": mark, "text": "路" * chance.choice((3, 40, 200, 3000))}

    path = tmp_path / "x.db"
    with open_tinydb(path) as opened:
        table = opened.table("t")
        for _ in range(12):
            table.insert_multiple(document() for _ in range(50))
            ids = [each.doc_id for each in table]
            for doc_id in chance.sample(ids, len(ids) // 3):
                table.update(document(), doc_ids=[doc_id])
            table.remove(doc_ids=chance.sample(ids, len(ids) // 8))
        highest = table.insert(document())
        table.remove(doc_ids=[highest])
        assert opened.storage.sweep(["t"])
        kept = {each["mark"] for each in table}
        assert len(kept) > 200
        for file in tmp_path.iterdir():
            found = {each.decode() for each in re.findall(rb"mark-[0-9a-f]{12}", file.read_bytes())}
            assert found & (marks - kept) == set(), file.name
        assert table.insert(document()) == highest + 1, "ids go on as if nothing had been swept"
