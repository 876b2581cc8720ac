"""A person at the kiosk who wants an answer gets a slip; what is kept under its number leads to no response."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.errors import BadInput, Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import open_store
from db.keys import paper_key
from surveys.booth import Attempt, Booth
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.paper.codes import SlipCode, TypedSlip, parse
from surveys.ports import Store
from surveys.register.desk import erase_old_texts
from surveys.slip_cases import case_of_slip, open_requests
from tests.sittings import open_session, verify_count

DAY = date(2026, 11, 23)
TEXT = "村口路灯坏了三个月"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The sample town with an open session."""
    opened = open_store(tmp_path / "data", create=True)
    plan = sample_plan("town").plan
    opened.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(opened, plan, None)
    open_session(SurveyDesk(opened, plan, DAY), "B01", "pulse", "2468")
    yield opened
    opened.close()


def booth_of(store: Store, folder: Path) -> Booth:
    """A kiosk that signs slips with the folder's key."""
    return Booth(store, store.plan(), "B01-261123-1", key=lambda: paper_key(folder))


def answered(booth: Booth, *, wants_answer: bool) -> Attempt:
    """An attempt that is ready to be handed in."""
    attempt = booth.begin(Lang.ZH)
    run = attempt.run
    answers: dict[str, object] = {"Q1": "A", "Q2": "B", "Q3": "A", "Q12": TEXT}
    answers["wants_answer"] = "yes" if wants_answer else "no"
    for question in booth.questionnaire.asked:
        if question.name in answers:
            run._values[question.name] = answers[question.name]  # type: ignore[assignment]
    return attempt


def test_who_wants_an_answer_gets_a_slip(store: Store, tmp_path: Path) -> None:
    """The slip is signed, and under its number stands what was written: its branch and day, nothing else."""
    booth = booth_of(store, tmp_path)
    attempt = answered(booth, wants_answer=True)
    booth.submit(attempt)
    slip = booth.slip(attempt)
    assert slip is not None
    code, typed = parse(slip.digits, paper_key(tmp_path)), parse(slip.typed, paper_key(tmp_path))
    assert isinstance(code, SlipCode)
    assert typed == TypedSlip(code.number)
    (kept,) = store.follow_ups(code.number)
    assert (kept.text, kept.branch, kept.received_on) == (TEXT, "B01", DAY)
    assert set(kept.model_dump()) == {"number", "branch", "session", "question", "text", "received_on"}


def test_handing_in_again_makes_no_second_slip(store: Store, tmp_path: Path) -> None:
    """A retry shows the same slip and keeps the request once."""
    booth = booth_of(store, tmp_path)
    attempt = answered(booth, wants_answer=True)
    booth.submit(attempt)
    first = booth.slip(attempt)
    booth.submit(attempt)
    assert booth.slip(attempt) == first
    assert len(store.follow_ups(attempt.slip.number)) == 1
    assert store.count_responses("B01-261123-1") == 1


def test_who_wants_no_answer_gets_none(store: Store, tmp_path: Path) -> None:
    """No slip, and nothing kept under its number."""
    booth = booth_of(store, tmp_path)
    attempt = answered(booth, wants_answer=False)
    booth.submit(attempt)
    assert booth.slip(attempt) is None
    assert store.follow_ups(attempt.slip.number) == []


def test_the_number_of_a_slip_stands_beside_no_answer(store: Store, tmp_path: Path) -> None:
    """No response and no opinion holds a slip's number, while the session is open and after."""
    booth = booth_of(store, tmp_path)
    attempt = answered(booth, wants_answer=True)
    booth.submit(attempt)
    number = attempt.slip.number
    desk = SurveyDesk(store, store.plan(), DAY)
    assert all(number not in each.model_dump_json() for each in store.responses("B01-261123-1"))
    desk.close("B01-261123-1")
    verify_count(desk, "B01-261123-1")
    held = [*store.responses("B01-261123-1"), *store.opinions("B01-261123-1")]
    assert all(number not in each.model_dump_json() for each in held)
    assert len(store.follow_ups(number)) == 1


def test_a_slip_opens_the_case_of_its_request_once(store: Store, tmp_path: Path) -> None:
    """After the session is closed: the text, its branch and day, and the slip's number; a second time it is found."""
    booth = booth_of(store, tmp_path)
    attempt = answered(booth, wants_answer=True)
    booth.submit(attempt)
    number, plan = attempt.slip.number, store.plan()
    with pytest.raises(Refused) as refused:
        case_of_slip(store, plan, number, "活动办公室", DAY)
    assert refused.value.code == "M12"
    SurveyDesk(store, plan, DAY).close("B01-261123-1")
    case = case_of_slip(store, plan, number, "活动办公室", DAY)
    assert (case.no, case.kind, case.branch, case.matter, case.received_on) == (number, "answer", "B01", TEXT, DAY)
    assert case_of_slip(store, plan, number, "活动办公室", DAY) == case
    assert list(store.cases()) == [case]


def test_requests_of_a_session_are_opened_together(store: Store, tmp_path: Path) -> None:
    """Nobody has to come with a slip for the time to be kept; those that are open already are left alone."""
    booth = booth_of(store, tmp_path)
    attempts = [answered(booth, wants_answer=wanted) for wanted in (True, False, True, True)]
    for attempt in attempts:
        booth.submit(attempt)
    plan = store.plan()
    with pytest.raises(Refused) as refused:
        open_requests(store, plan, "B01-261123-1", "活动办公室", DAY)
    assert refused.value.code == "M12"
    SurveyDesk(store, plan, DAY).close("B01-261123-1")
    first = case_of_slip(store, plan, attempts[0].slip.number, "活动办公室", DAY)
    opened = open_requests(store, plan, "B01-261123-1", "活动办公室", DAY)
    assert [case.no for case in opened] == sorted(attempt.slip.number for attempt in attempts[2:])
    assert {case.no for case in store.cases()} == {first.no, *(case.no for case in opened)}
    assert list(open_requests(store, plan, "B01-261123-1", "活动办公室", DAY)) == []


def test_a_slip_without_a_request_is_told(store: Store) -> None:
    """M54 for a number under which nothing was kept."""
    with pytest.raises(BadInput) as refused:
        case_of_slip(store, store.plan(), "1234567890", "活动办公室", DAY)
    assert refused.value.code == "M54"


def test_an_old_request_is_kept_once_in_its_case_and_nowhere_else(store: Store, tmp_path: Path) -> None:
    """When texts are erased, that of a slip goes too once its case is open; one that nobody has opened stays."""
    booth = booth_of(store, tmp_path)
    for _ in range(2):
        booth.submit(answered(booth, wants_answer=True))
    desk = SurveyDesk(store, store.plan(), DAY)
    desk.close("B01-261123-1")
    first, second = sorted(each.number for each in store.session_follow_ups("B01-261123-1"))
    case_of_slip(store, store.plan(), first, "办公室", DAY)
    late = DAY + timedelta(days=store.plan().campaign.opinions.erase_after_days)
    erase_old_texts(store, store.plan(), late)
    assert [each.text for each in store.follow_ups(first)] == [""]
    assert [each.text for each in store.follow_ups(second)] == [TEXT]
    assert case_of_slip(store, store.plan(), first, "办公室", late).matter == TEXT
    assert case_of_slip(store, store.plan(), second, "办公室", late).matter == TEXT


def test_old_texts_of_a_void_session_are_erased(store: Store, tmp_path: Path) -> None:
    """They never come into the register, so they go from the session itself."""
    booth = booth_of(store, tmp_path)
    booth.submit(answered(booth, wants_answer=False))
    desk = SurveyDesk(store, store.plan(), DAY)
    desk.close("B01-261123-1")
    desk.declare_void("B01-261123-1", "没有监票人在场")
    assert len(store.opinions("B01-261123-1")) == 1
    erase_old_texts(store, store.plan(), DAY + timedelta(days=store.plan().campaign.opinions.erase_after_days))
    assert list(store.opinions("B01-261123-1")) == []
