"""Sessions from opening to results, over a real store."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from campaign.errors import BadInput, ManyiError, Refused
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.plan import Plan, SurveyPlan
from db import memory_store
from surveys.booth import Booth
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store
from surveys.session import KioskAccount, SessionState
from surveys.submission import document_id
from tests.builders import make_branch, make_plan
from tests.sittings import open_session, verify_count
from tests.survey_forms import SMALL

TODAY = date(2026, 11, 23)


@dataclass
class Town:
    """A campaign with its store and its desk."""

    store: Store
    plan: Plan
    desk: SurveyDesk

    def answered(self, *choices: str) -> str:
        """Open a session and hand in a response for each choice of the overall question."""
        session_id = open_session(self.desk, "B01").session.id
        for number, choice in enumerate(choices):
            self.desk.submit(session_id, f"r{number}", Lang.ZH, {"Q2": choice})
        return session_id

    def counted(self, session_id: str) -> None:
        self.desk.close(session_id)
        verify_count(self.desk, session_id)


def frozen_plan(form: str = "small.md") -> Plan:
    plan = make_plan(branches=[make_branch("B01"), make_branch("B02"), make_branch("B09", active=False)])
    return plan.model_copy(
        update={
            "surveys": (
                SurveyPlan(kind="final", questionnaire=form),
                SurveyPlan(kind="pulse", questionnaire="pulse"),
            )
        }
    )


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "small.md").write_text(SMALL, encoding="utf-8")
    store, plan = memory_store(), frozen_plan()
    store.save_plan(plan, AuditEntry(on=TODAY, role="staff", entity="campaign", field="plan"))
    freeze_questionnaires(store, plan, tmp_path)
    yield Town(store, plan, SurveyDesk(store, plan, TODAY))
    store.close()


def code(error: pytest.ExceptionInfo[ManyiError]) -> str:
    return error.value.code


def test_a_session_is_named_after_branch_day_and_number(town: Town) -> None:
    """Two sessions of a branch on a day are 1 and 2; another branch begins at 1."""
    opened = [open_session(town.desk, branch).session.id for branch in ("B01", "B01", "B02")]
    assert opened == ["B01-261123-1", "B01-261123-2", "B02-261123-1"]
    assert [session.id for session in town.desk.sessions()] == opened


def test_the_pin_is_shown_once_and_kept_nowhere(town: Town) -> None:
    """A PIN that is made, or the one that was given, unlocks the kiosk; the session holds its hash only."""
    made, given = open_session(town.desk, "B01"), open_session(town.desk, "B01", pin="2468")
    assert given.pin == "2468"
    for opened in (made, given):
        assert opened.pin not in opened.session.model_dump_json(include={"pin_hash"}).split("$")
        assert Booth(town.store, town.plan, opened.session.id).check_pin(opened.pin)


@pytest.mark.parametrize(("branch", "kind"), [("B77", "final"), ("B09", "final"), ("B01", "recheck")])
def test_only_what_the_plan_has_can_be_opened(town: Town, branch: str, kind: str) -> None:
    """An unknown branch, one that does not take part, or a survey that is not planned is M08."""
    with pytest.raises(BadInput) as caught:
        open_session(town.desk, branch, kind)  # type: ignore[arg-type]
    assert code(caught) == "M08"
    assert town.desk.sessions() == []


def test_from_open_to_results(town: Town) -> None:
    """Results open only when the count is verified; then they are the answers that were given."""
    session_id = town.answered(*"AAABBCDABC")
    for step in (lambda: None, lambda: town.desk.close(session_id)):
        step()
        with pytest.raises(Refused) as caught:
            town.desk.results(session_id)
        assert code(caught) == "V58"
    verified = verify_count(town.desk, session_id).session
    assert (verified.state, verified.closed_on, verified.verified_on) == (SessionState.VERIFIED, TODAY, TODAY)
    assert verified.response_key == ""
    results = town.desk.results(session_id)
    assert results.overall
    assert results.overall.counts == {"A": 4, "B": 3, "C": 2, "D": 1}
    assert json.loads(results.model_dump_json())["valid"] == 10


def test_states_change_in_one_direction_only(town: Town) -> None:
    """What can't be done in a state is V79; an unknown session is M11."""
    session_id = town.answered("A")
    with pytest.raises(Refused) as caught:
        verify_count(town.desk, session_id)
    assert code(caught) == "V79"
    town.counted(session_id)
    for move in (town.desk.close, partial(verify_count, town.desk)):
        with pytest.raises(Refused) as caught:
            move(session_id)
        assert code(caught) == "V79"
    with pytest.raises(Refused) as caught:
        town.desk.close("B01-000000-1")
    assert code(caught) == "M11"


def test_every_change_of_state_is_in_the_audit(town: Town) -> None:
    """Opening, closing and verifying leave an entry each, with the day and a role."""
    town.counted(town.answered("A"))
    entries = [entry for entry in town.store.audits() if entry.entity == "session B01-261123-1"]
    assert [(entry.old, entry.new) for entry in entries] == [
        ("", "open"),
        ("open", "counting"),
        ("counting", "verified"),
    ]
    assert {(entry.on, entry.field) for entry in entries} == {(TODAY, "state")}
    assert [entry.role for entry in entries] == ["督查组", "staff", "计票组 + 监督组"]


def test_a_response_sent_again_is_the_same_response(town: Town) -> None:
    """The same id and answers are acknowledged again and kept once; other answers under the id are M10."""
    session_id = town.answered("A")
    assert town.desk.submit(session_id, "r0", Lang.ZH, {"Q2": "A"}) == "r0"
    with pytest.raises(Refused) as caught:
        town.desk.submit(session_id, "r0", Lang.ZH, {"Q2": "B"})
    assert code(caught) == "M10"
    assert town.store.count_responses(session_id) == 1


@pytest.mark.parametrize("response_id", ["", "x" * 65])
def test_response_ids_have_a_sensible_length(town: Town, response_id: str) -> None:
    """An id is 1 to 64 characters, otherwise M16."""
    with pytest.raises(Refused) as caught:
        town.desk.submit(town.answered(), response_id, Lang.ZH, {"Q2": "A"})
    assert code(caught) == "M16"


def test_wrong_answers_are_not_kept(town: Town) -> None:
    """A response with a problem is bad input, and the box stays as it was."""
    session_id = town.answered()
    with pytest.raises(BadInput) as caught:
        town.desk.submit(session_id, "r", Lang.ZH, {"Q2": "Z", "nobody": 1})
    assert [problem.code for problem in caught.value.problems] == ["M31", "M30"]
    assert town.store.count_responses(session_id) == 0


def test_nothing_enters_a_closed_box(town: Town) -> None:
    """After closing, a response is M12, also one that was acknowledged before."""
    session_id = town.answered("A")
    town.desk.close(session_id)
    for response_id in ("r0", "r1"):
        with pytest.raises(Refused) as caught:
            town.desk.submit(session_id, response_id, Lang.ZH, {"Q2": "A"})
        assert code(caught) == "M12"
    assert town.store.count_responses(session_id) == 1


def test_whoever_comes_too_late_is_told_that_first(town: Town) -> None:
    """After closing, wrong answers are M12 as right ones are, also where the desk has taken responses before."""
    session_id = town.answered("A")
    town.desk.close(session_id)
    for desk in (town.desk, SurveyDesk(town.store, town.plan, TODAY)):
        with pytest.raises(Refused) as caught:
            desk.submit(session_id, "r1", Lang.ZH, {"Q2": "Z"})
        assert code(caught) == "M12"


def test_what_a_session_asks_is_read_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A questionnaire in use never changes: only the first response of a session reads it."""
    session_id = town.answered("A")
    with monkeypatch.context() as patched:
        patched.setattr(town.store, "questionnaire", lambda _: pytest.fail("read again"))
        town.desk.submit(session_id, "r1", Lang.ZH, {"Q2": "A"})
    assert town.store.count_responses(session_id) == 2


def test_closing_parts_texts_from_the_other_answers(town: Town) -> None:
    """The texts are opinions with branch and session only, and no response tells who wrote one or wants an answer."""
    session_id = open_session(town.desk, "B01").session.id
    for number in range(8):
        text = {"Q5": f"意见{number}", "wants_answer": "yes" if number == 3 else "no"} if number < 5 else {}
        town.desk.submit(session_id, f"r{number}", Lang.ZH, {"Q1": "AB"[number % 2], "Q2": "A", **text})
    ids = [document(town, session_id, f"r{number}") for number in range(8)]
    town.desk.close(session_id)
    opinions = town.store.opinions(session_id)
    assert {opinion.text for opinion in opinions} == {f"意见{number}" for number in range(5)}
    assert [opinion.text for opinion in opinions if opinion.wants_answer] == ["意见3"]
    assert {(opinion.branch, opinion.session, opinion.question) for opinion in opinions} == {("B01", session_id, "Q5")}
    kept = list(town.store.responses(session_id))
    assert len(kept) == 8
    assert {frozenset(response.answers) for response in kept} == {frozenset({"Q1", "Q2"})}
    assert all(town.store.response(session_id, doc_id) is None for doc_id in ids)


def document(town: Town, session_id: str, response_id: str) -> int:
    """The document id under which a response lies while its session is open."""
    session = town.store.session(session_id)
    assert session
    doc_id = document_id(session.response_key, response_id)
    assert town.store.response(session_id, doc_id)
    return doc_id


def test_document_ids_are_random_to_whoever_has_no_key(town: Town) -> None:
    """The same response id lies elsewhere in every session."""
    sessions = [town.answered("A") for _ in range(2)]
    first, second = (document(town, session_id, "r0") for session_id in sessions)
    assert first != second
    assert 0 <= max(first, second) < 2**63


def test_a_void_form_still_gives_its_opinion(town: Town) -> None:
    """Who answers too little is not counted, but is heard."""
    session_id = open_session(town.desk, "B01", "pulse").session.id
    town.desk.submit(session_id, "r", Lang.ZH, {"Q12": "路灯坏了"})
    town.counted(session_id)
    session = town.store.session(session_id)
    assert session
    assert session.tally
    assert (session.tally.void, session.tally.valid) == (1, 0)
    assert [opinion.text for opinion in town.store.register().heard.values()] == ["路灯坏了"]


def test_a_kiosk_hands_in_once_however_often_it_tries(town: Town) -> None:
    """Submitting an attempt twice keeps one response; what was begun and handed in is counted."""
    booth = Booth(town.store, town.plan, open_session(town.desk, "B01").session.id)
    attempts = [booth.begin(Lang.EN) for _ in range(3)]
    assert len({attempt.response_id for attempt in attempts}) == 3
    run = attempts[0].run
    run.forward()
    run.forward()
    run.toggle("B")
    for _ in range(2):
        booth.submit(attempts[0])
    account = town.store.kiosk_account(booth.session.id)
    assert (account.started, account.submitted, account.abandoned) == (3, 1, 2)
    (response,) = town.store.responses(booth.session.id)
    assert (response.answers, response.lang, response.channel) == ({"Q2": "B"}, Lang.EN, "kiosk")


def test_the_account_balances_whoever_sends_the_responses(town: Town) -> None:
    """Responses of another client are begun and handed in at once, each once; refused ones are neither."""
    session_id = town.answered("A", "B", "C", "A")
    booth = Booth(town.store, town.plan, session_id)
    booth.begin(Lang.EN)
    town.desk.submit(session_id, "r0", Lang.ZH, {"Q2": "A"})
    for answers in ({"Q2": "B"}, {"Q2": "nonsense"}):
        with pytest.raises(ManyiError):
            town.desk.submit(session_id, "r0", Lang.ZH, answers)
    account = town.store.kiosk_account(session_id)
    assert (account.started, account.submitted, account.abandoned) == (5, 4, 1)
    town.counted(session_id)
    assert town.store.kiosk_account(session_id) == account


def test_an_answer_from_paper_needs_a_form(town: Town) -> None:
    """It is no person at a kiosk; and where no form came back for it, the session can't be verified (V56)."""
    session_id = town.answered("A")
    account = town.store.kiosk_account(session_id)
    town.desk.submit(session_id, "on paper", Lang.ZH, {"Q2": "A"}, "paper")
    assert town.store.kiosk_account(session_id) == account
    with pytest.raises(Refused) as caught:
        town.counted(session_id)
    assert code(caught) == "V56"


def test_an_account_that_does_not_balance_shows_it() -> None:
    """More responses than people who began are a negative number of abandoned ones, never 0."""
    assert KioskAccount(started=2, submitted=9).abandoned == -7


def test_a_kiosk_shows_whom_the_survey_is_about(town: Town) -> None:
    """Campaign, branch and questions are there; no count is."""
    booth = Booth(town.store, town.plan, open_session(town.desk, "B01").session.id)
    assert (booth.campaign_title.zh, booth.branch_name.zh) == ("Test", "B01支部")
    assert booth.questionnaire.id == "small.md"


def test_an_incomplete_attempt_is_refused(town: Town) -> None:
    """The required question must be answered before anything is kept."""
    booth = Booth(town.store, town.plan, open_session(town.desk, "B01").session.id)
    with pytest.raises(Refused) as caught:
        booth.submit(booth.begin(Lang.ZH))
    assert code(caught) == "M32"
    assert town.store.count_responses(booth.session.id) == 0


def test_a_kiosk_of_a_closed_session_takes_nothing_more(town: Town) -> None:
    """The kiosk sees that its session was closed: it can neither begin nor hand in, and none can be started."""
    session_id = open_session(town.desk, "B01").session.id
    booth = Booth(town.store, town.plan, session_id)
    attempt = booth.begin(Lang.ZH)
    attempt.run.forward()
    attempt.run.forward()
    attempt.run.toggle("A")
    assert booth.is_open()
    town.desk.close(session_id)
    assert not booth.is_open()
    for action in (
        lambda: booth.submit(attempt),
        lambda: booth.begin(Lang.ZH),
        lambda: Booth(town.store, town.plan, session_id),
    ):
        with pytest.raises(Refused) as caught:
            action()
        assert code(caught) == "M12"
    assert town.store.kiosk_account(session_id).started == 1


def test_a_kiosk_needs_a_session(town: Town) -> None:
    """An unknown session is M11."""
    with pytest.raises(Refused) as caught:
        Booth(town.store, town.plan, "B01-000000-1")
    assert code(caught) == "M11"


def test_a_questionnaire_in_use_never_changes(town: Town, tmp_path: Path) -> None:
    """Freezing again is harmless; a changed form replaces an unused one and is V46 once a session has used it."""
    changed = SMALL.replace("Overall", "All in all")
    freeze_questionnaires(town.store, town.plan, tmp_path)
    (tmp_path / "small.md").write_text(changed, encoding="utf-8")
    freeze_questionnaires(town.store, town.plan, tmp_path)
    open_session(town.desk, "B01")
    freeze_questionnaires(town.store, town.plan, tmp_path)
    (tmp_path / "small.md").write_text(SMALL, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        freeze_questionnaires(town.store, town.plan, tmp_path)
    assert code(caught) == "V46"


def test_a_wrong_questionnaire_freezes_nothing(tmp_path: Path) -> None:
    """Problems are said with the form's name before their place, and no questionnaire is kept."""
    (tmp_path / "small.md").write_text(SMALL.replace("integer ", "geopoint"), encoding="utf-8")
    store = memory_store()
    with pytest.raises(BadInput) as caught:
        freeze_questionnaires(store, frozen_plan(), tmp_path)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [("M20", "small.md survey row 7")]
    assert "[small.md survey表第7行]" in caught.value.problems[0].text(Lang.ZH)
    assert list(store.questionnaires()) == []
    with pytest.raises(BadInput) as caught:
        freeze_questionnaires(store, frozen_plan("none"), None)
    assert code(caught) == "M08"
    store.close()
