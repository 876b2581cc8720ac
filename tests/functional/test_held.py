"""What is said of how sessions were held reaches the tables and the notice, and hides what they hide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from exports.cells import NONE, Cell, Count, Hidden, Table
from manyi.settings import Settings
from manyi.wiring import House
from surveys.desk import freeze_questionnaires
from surveys.session import SurveySession
from surveys.sitting import BEFORE, Check, CountSaid, Sitting
from tests.sittings import BY, sitting

DAY = date(2026, 11, 23)


@pytest.fixture
def house() -> Iterator[House]:
    """The sample town without its sessions."""
    store = memory_store()
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="test", entity="campaign", field="plan"))
    freeze_questionnaires(store, plan, None)
    yield House(Settings(data=Path("unused"), lang=Lang.EN, today=DAY), store)
    store.close()


def hold(house: House, branch: str, forms: int, said: Sitting, counted: CountSaid | None = None) -> str:
    """A session with so many forms, half of them content, its count confirmed."""
    desk = house.surveys()
    session = desk.open(branch, sitting=said, confirmed=True).session.id
    for number in range(forms):
        answers = {f"Q{at}": "AC"[number % 2] for at in range(1, 11)}
        desk.submit(session, f"id-{number}", Lang.EN, answers)
    desk.close(session)
    desk.verify(session, BY, counted, confirmed=True)
    return session


def column(table: Table | None, key: str) -> list[Cell]:
    assert table
    return [row[table.place(key)] for row in table.rows]


def items(table: Table | None) -> list[tuple[str, str]]:
    assert table
    return [(item.en, text.en) for item, text in table.rows if isinstance(item, I18n) and isinstance(text, I18n)]


def test_people_stand_in_the_form_account_where_they_are_known_and_not_hidden(house: House) -> None:
    """The total is of those that are shown: a session with too few forms is in none of its numbers."""
    hold(house, "B01", 8, sitting(DAY, invited=12, present=10))
    hold(house, "B02", 3, sitting(DAY, invited=4, present=3))
    hold(house, "B03", 8, sitting(DAY), CountSaid(invited=9, present=8))
    account = house.report().table("T1-final")
    few = Hidden("<5")
    assert column(account, "invited") == [Count(12), few, Count(9), Count(21)]
    assert column(account, "present") == [Count(10), few, Count(8), Count(18)]


def test_a_total_is_never_of_some(house: House) -> None:
    """Where it is not known of one session, it is not known of all together; every other row says what it knows."""
    hold(house, "B01", 8, sitting(DAY, invited=12, present=10))
    hold(house, "B03", 8, sitting(DAY, present=8))
    account = house.report().table("T1-final")
    assert column(account, "invited") == [Count(12), NONE, NONE]
    assert column(account, "present") == [Count(10), Count(8), Count(18)]


def test_the_notice_says_how_the_vote_was_held(house: House) -> None:
    """Who ran it, the briefing, what was and was not so, who came; of all together what was not so anywhere."""
    said = replace(sitting(DAY, invited=12, present=5), checked=frozenset(BEFORE) - {Check.PRIVATE_AREA})
    session = hold(house, "B01", 8, said, CountSaid(openly=False))
    hold(house, "B03", 8, sitting(DAY))
    report = house.report()
    own = items(report.table(f"T9-{session}"))
    assert ("Run by", "somebody from outside the unit") in own
    assert ("Briefing", "on 2026-11-23 the unit told what was done and corrected") in own
    assert ("Not confirmed", "people can answer unseen, the forms were counted openly") in own
    assert ("Should take part", "12 people") in own
    assert ("Present", "5 people") in own
    assert any(text.startswith("More forms were given out and handed in at kiosks (8)") for _, text in own)
    whole = items(report.table("T9-final"))
    assert (
        "Not confirmed",
        "Town Office, 2026-11-23: people can answer unseen, the forms were counted openly",
    ) in whole


def test_the_notice_of_few_forms_tells_no_number_of_people(house: House) -> None:
    """Neither who came nor that there were more forms than people; what was not confirmed is no figure."""
    said = replace(sitting(DAY, invited=4, present=2), checked=frozenset())
    session = hold(house, "B02", 3, said)
    own = items(house.report().table(f"T9-{session}"))
    assert not [item for item, _ in own if item in ("Present", "Should take part")]
    assert not [text for _, text in own if "were present" in text]
    assert any(item == "Not confirmed" for item, _ in own)


def test_a_session_of_before_says_nothing_of_how_it_was_held(house: House) -> None:
    """Sessions that were opened before any of it was asked are read, and their notice is silent about it."""
    session = hold(house, "B01", 8, sitting(DAY))
    kept = house.store.session(session)
    assert kept
    new = ("operator", "briefing_on", "invited", "present", "integrity")
    old = {name: value for name, value in kept.model_dump(mode="json").items() if name not in new}
    house.store.save_session(SurveySession.model_validate(old))
    own = items(house.report().table(f"T9-{session}"))
    assert not {"Run by", "Briefing", "Confirmed", "Not confirmed", "Present"} & {item for item, _ in own}
    assert column(house.report().table("T1-final"), "present") == [NONE, NONE]


def test_lists_hide_the_numbers_of_few_forms_once_there_is_a_result(house: House) -> None:
    """While the count goes on every number is seen; then those of few valid forms are not, nor who was there."""
    desk = house.surveys()
    session = desk.open("B02", sitting=sitting(DAY, present=4)).session.id
    for number in range(4):
        desk.submit(session, f"id-{number}", Lang.EN, {f"Q{at}": "A" for at in range(1, 11)})
    (line,) = house.sessions()
    assert (line.said(line.submitted), line.present) == ("4", 4)
    desk.close(session)
    assert house.sessions()[0].said(house.sessions()[0].submitted) == "4"
    desk.verify(session, BY)
    (line,) = house.sessions()
    assert (line.started, line.submitted, line.invited, line.present, line.hidden) == (None, None, None, None, "<5")
    assert line.said(line.submitted) == "<5"
    desk.declare_void(session, "the wrong box")
    assert house.sessions()[0].hidden == "<5"
