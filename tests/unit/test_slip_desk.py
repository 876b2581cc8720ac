"""What a slip shows its holder at a kiosk, how an answer is rated there, and what guessing comes to."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import pytest

from campaign.case_desk import move_and_keep, open_and_keep
from campaign.case_opening import NewCase
from campaign.case_tables import ANSWER_CASE
from campaign.errors import ManyiError, Problem, StoreError
from campaign.log import AuditEntry
from db import memory_store
from surveys.follow_up import FollowUp
from surveys.paper.check_digits import with_check
from surveys.paper.codes import CodeKind, FormCode, SlipCode
from surveys.ports import Store
from surveys.slip_answer import Again, Rating, SlipAnswer, SlipStage
from surveys.slip_desk import SlipDesk
from tests.case_builders import PLAN, SLIP, action
from tests.forged_codes import KEY
from tests.kiosk_fakes import Clock

MONDAY = date(2026, 11, 2)
OTHER = "1000000009"
UNKNOWN = "2000000003"
ANSWERED: Sequence[str] = ("acknowledge", "accept", "answer")
WRITTEN = "张家门口的路灯"


class Counter:
    """A kiosk's desk for slips on a day that the test sets."""

    def __init__(self, store: Store | None = None, session: str = "B02-261102-1") -> None:
        self.store, self.clock, self.today = store or memory_store(), Clock(), MONDAY
        if store is None:
            self.store.save_plan(PLAN, AuditEntry(on=MONDAY, role="test", entity="plan", field="plan"))
        self.desk = SlipDesk(self.store, session, self.clock, lambda: KEY, lambda: self.today, "回执持有人")

    def open(self, number: str = SLIP, *moves: str, into: str = "") -> None:
        """Open a case of B01 under a number and move it."""
        new = NewCase(kind="answer", branch="B01", matter=WRITTEN, role="活动办公室", owner="民政办", no=number)
        case = open_and_keep(self.store, PLAN, new, self.today).case
        for move in moves:
            case = move_and_keep(self.store, PLAN, case, action(move, into=into), self.today).case

    def move(self, *moves: str) -> None:
        """Move the case of the slip."""
        for move in moves:
            case = self.store.case(SLIP)
            assert case is not None
            move_and_keep(self.store, PLAN, case, action(move), self.today)

    def look(self, number: str = SLIP) -> SlipAnswer:
        """Type the number with its check digits."""
        return self.desk.look(with_check(number))

    def rate(self, rating: Rating) -> SlipAnswer:
        """Look, then rate."""
        return self.desk.rate(with_check(SLIP), self.look(), rating)

    def refused(self, typed: str) -> Problem:
        """Why a number shows nothing."""
        with pytest.raises(ManyiError) as caught:
            self.desk.look(typed)
        return caught.value.problems[0]


def follow_up(number: str) -> FollowUp:
    return FollowUp(
        number=number, branch="B02", session="B02-261102-1", question="opinion", text=WRITTEN, received_on=MONDAY
    )


def test_every_state_of_an_answer_can_be_shown() -> None:
    """A state that the table gets is a stage here; the stages name no other."""
    assert {each.value for each in SlipStage} == {state.id for state in ANSWER_CASE.states} | {"not_opened"}
    moves = {move.id for move in ANSWER_CASE.moves if move.id.startswith("rate_")}
    assert {rating.move for rating in Rating} == moves


def test_a_kept_request_is_not_opened_yet() -> None:
    """What was handed in at a kiosk, and a slip that was printed, are known before a case is opened."""
    counter = Counter()
    counter.store.add_follow_ups([follow_up(SLIP)])
    counter.store.add_slips([OTHER])
    assert counter.look() == SlipAnswer(SlipStage.NOT_OPENED)
    assert counter.look(OTHER) == SlipAnswer(SlipStage.NOT_OPENED)
    assert counter.store.case(SLIP) is None


@pytest.mark.parametrize(
    ("moves", "stage"),
    [((), "received"), (("acknowledge",), "acknowledged"), (("acknowledge", "accept"), "in_progress")],
)
def test_before_the_answer_its_day_is_told(moves: Sequence[str], stage: str) -> None:
    """By when it comes, whether that is over, and nothing to rate."""
    counter = Counter()
    counter.open(SLIP, *moves)
    case = counter.store.case(SLIP)
    assert case is not None
    seen = counter.look()
    assert (seen.stage, seen.due, seen.late, seen.can_rate) == (stage, case.due, False, False)
    counter.today = date(2026, 12, 31)
    assert counter.look().late


def test_an_answer_is_shown_with_what_a_bad_rating_leads_to() -> None:
    """Text, outcome, the last day for rating, and the day of another answer."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    seen = counter.look()
    assert (seen.stage, seen.text, seen.outcome, seen.answered_on) == ("answered", "已经逐条办理", "resolved", MONDAY)
    assert seen.rate_by is not None
    assert seen.again == Again(SlipStage.REOPENED, date(2026, 11, 16))
    assert seen.due is None


def test_nothing_of_what_was_asked_or_by_whom_it_is_dealt_with_is_shown() -> None:
    """Neither the person's own text nor roles nor numbers of cases are in what a slip shows."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    shown = [str(getattr(counter.look(), each.name)) for each in fields(SlipAnswer)]
    assert not any(secret in text for text in shown for secret in (WRITTEN, "活动办公室", "民政办", "B01", SLIP))


@pytest.mark.parametrize("typed", ["4071 9258 3640", "４０７１９２５８３６４０", SlipCode(SLIP).digits(KEY)])
def test_numbers_are_folded_and_scanned(typed: str) -> None:
    """Full-width digits, groups and the 34 digits of the square lead to the same case."""
    counter = Counter()
    counter.open()
    assert counter.desk.look(typed).stage is SlipStage.RECEIVED


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (SLIP, "V70"),
        ("407192583641", "V70"),
        ("4", "V70"),
        ("R-B01-001", "V70"),
        (SlipCode(SLIP).digits(b"another key of 32 bytes, no less"), "V70"),
        (SlipCode(SLIP, CodeKind.TOKEN).digits(KEY), "V72"),
        (FormCode(session=1, layout=1, branch=1, serial=42).digits(KEY), "V72"),
    ],
)
def test_a_number_that_was_mistyped_is_no_try(typed: str, code: str) -> None:
    """Ten digits without their check digits, a wrong digit, a forged square: told, and not counted."""
    counter = Counter()
    counter.open()
    for _ in range(7):
        assert counter.refused(typed).code == code
    assert counter.look().stage is SlipStage.RECEIVED


def test_numbers_that_lead_to_nothing_say_all_the_same() -> None:
    """Whether a number was never given, or is that of a correction, looks alike."""
    counter = Counter()
    first = counter.refused(with_check(UNKNOWN))
    second = counter.refused(with_check("0000000001"))
    assert first == second == Problem("M145", {}, "no")


def test_after_five_such_numbers_comes_a_wait() -> None:
    """At all kiosks of the session, also those started anew, even for a right number; not at other sessions."""
    counter = Counter()
    counter.open()
    second = Counter(counter.store)
    for at in range(5):
        assert (counter if at % 2 else second).refused(with_check(UNKNOWN)).code == "M145"
    assert counter.refused(with_check(SLIP)).code == "M146"
    assert second.refused(with_check(SLIP)).code == "M146"
    assert Counter(counter.store).refused(with_check(SLIP)) == Problem("M146", {"n": 60}, "no")
    assert Counter(counter.store, "B01-261102-1").look().stage is SlipStage.RECEIVED
    counter.clock.now += 60
    assert counter.look().stage is SlipStage.RECEIVED
    assert counter.refused(with_check(UNKNOWN)).code == "M145"


def test_looking_changes_nothing() -> None:
    """Who looks leaves no trace in the store, and right numbers never make anybody wait."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    before = (counter.store.revision(), counter.store.audits(), counter.store.case(SLIP))
    for _ in range(12):
        counter.look()
    assert (counter.store.revision(), counter.store.audits(), counter.store.case(SLIP)) == before


def test_a_try_that_cannot_be_counted_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk does not help who guesses: the number is not answered, and a wait follows."""
    counter = Counter()
    counter.open()

    def full(*_: object) -> None:
        raise StoreError(Problem("M40", {"why": "disk full", "path": "/data"}))

    monkeypatch.setattr(counter.store, "save_pin_tries", full)
    assert counter.refused(with_check(UNKNOWN)).code == "M40"
    assert counter.refused(with_check(UNKNOWN)).code == "M146"
    assert counter.refused(with_check(SLIP)).code == "M146"


@pytest.mark.parametrize("rating", [Rating.SATISFIED, Rating.BASICALLY])
def test_a_good_rating_closes(rating: Rating) -> None:
    """The audit has the day and the holder of the slip, and no more."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    seen = counter.rate(rating)
    assert (seen.stage, seen.can_rate) == (SlipStage.CLOSED, False)
    audit = counter.store.audits()[-1]
    assert (audit.on, audit.role, audit.old, audit.new) == (MONDAY, "回执持有人", "answered", "closed")


def test_dissatisfied_twice_then_a_higher_level() -> None:
    """It is answered anew as often as the campaign allows; the next time it goes up, and that answer is the last."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    stages = []
    for _ in range(PLAN.campaign.max_reopens):
        stages.append(counter.rate(Rating.DISSATISFIED).stage)
        counter.move("answer")
    seen = counter.look()
    assert seen.again is not None
    assert seen.again.stage is SlipStage.ESCALATED
    stages.append(counter.rate(Rating.DISSATISFIED).stage)
    counter.move("answer")
    stages.append(counter.look().stage)
    assert stages == ["reopened", "reopened", "escalated", "closed_unsatisfied"]
    assert not counter.look().can_rate


def test_only_the_answer_that_was_read_is_rated() -> None:
    """Something happened meanwhile: refused, and nothing is kept."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    seen = counter.look()
    counter.rate(Rating.DISSATISFIED)
    counter.move("answer")
    with pytest.raises(ManyiError) as caught:
        counter.desk.rate(with_check(SLIP), seen, Rating.SATISFIED)
    assert caught.value.code == "M53"
    assert counter.look().stage is SlipStage.ANSWERED


def test_a_late_rating_is_taken_once() -> None:
    """After the time for rating the case is closed, and can still be rated until the campaign ends."""
    counter = Counter()
    counter.open(SLIP, *ANSWERED)
    counter.today = date(2026, 12, 1)
    seen = counter.look()
    assert (seen.stage, seen.can_rate, seen.rate_by) == (SlipStage.CLOSED_UNRATED, True, None)
    assert counter.rate(Rating.SATISFIED).stage is SlipStage.CLOSED


def test_a_joined_matter_shows_the_common_answer() -> None:
    """Without the other number, and without letting anybody but the other holder rate it."""
    counter = Counter()
    counter.open(OTHER)
    counter.open(SLIP, "merge", into=OTHER)
    assert (counter.look().stage, counter.look().joined) == (SlipStage.RECEIVED, True)
    master = counter.store.case(OTHER)
    assert master is not None
    for move in ANSWERED:
        master = move_and_keep(counter.store, PLAN, master, action(move), MONDAY).case
    seen = counter.look()
    assert (seen.stage, seen.joined, seen.text, seen.can_rate) == (SlipStage.ANSWERED, True, "已经逐条办理", False)
    assert OTHER not in str(seen)
    with pytest.raises(ManyiError):
        counter.rate(Rating.SATISFIED)


def test_why_a_matter_was_not_accepted_is_told() -> None:
    """The reason is the text."""
    counter = Counter()
    counter.open(SLIP, "acknowledge", "decline")
    seen = counter.look()
    assert (seen.stage, seen.text, seen.answered_on) == (SlipStage.NOT_ACCEPTED, "已经逐条办理", MONDAY)
