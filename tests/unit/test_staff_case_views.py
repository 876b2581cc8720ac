"""What the screens of cases read and show, without a screen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.case_facts import amended_words, case_facts, wanted_words
from campaign.language import Lang
from campaign.log import AuditEntry
from surveys.paper.check_digits import grouped, with_check
from tests.case_builders import SLIP, opened
from tui.staff.case_draft import CaseDraft, read_action, read_amendment, read_new_case
from tui.staff.case_lookup import looks_like_number, same_number

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["R-B03-007", "r-b03-7", "ｒ－ｂ０３－００７", "R—B03—7", " R-B03-07 "])
def test_a_numbered_case_is_found_however_it_is_typed(typed: str) -> None:
    """Lower case, full width, the dashes of input methods, without zeros."""
    assert same_number("R-B03-007", typed)
    assert not same_number("R-B03-070", typed)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_is_not(text: str) -> None:
    """Nothing that can be typed fails."""
    assert same_number(SLIP, text) in (True, False)
    assert looks_like_number(text) in (True, False)


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_a_slip_is_found_with_and_without_its_check_digits(number: str) -> None:
    """As the list shows it and as it is printed; no other slip is."""
    assert same_number(number, number)
    assert same_number(number, grouped(with_check(number)))
    assert not same_number(SLIP if number != SLIP else "1000000000", number)
    assert looks_like_number(number)


@pytest.mark.parametrize("typed", ["2026-11-23", "B06", "11-23", "公示栏", "", "20261123"])
def test_words_and_days_are_no_numbers(typed: str) -> None:
    """They narrow the list."""
    assert not looks_like_number(typed)


def test_an_action_is_read_with_its_days() -> None:
    """Full-width digits and a day without a year; what cannot be read is a problem of its box alone."""
    draft = CaseDraft(
        {"text": " 已经  办好 ", "role": "办公室", "due": "１２-１４", "on": "2026-13-01"}, {"outcome": "resolved"}
    )
    action, unread = read_action(draft, "answer", TODAY)
    assert (action.text, action.role, action.due, action.on) == ("已经 办好", "办公室", date(2026, 12, 14), None)
    assert {name: problem.code for name, problem in unread.items()} == {"on": "M17"}


def test_a_count_that_is_none_is_told() -> None:
    """V06, and nothing else is lost."""
    changes, unread = read_amendment(CaseDraft({"owner": "所长", "opinions": "三"}, {"public": "yes"}), TODAY)
    assert (changes.owner, changes.public, changes.suggestion) == ("所长", True, None)
    assert unread["opinions"].code == "V06"


def test_what_stands_on_a_slip_has_no_deadline_of_its_own() -> None:
    """Its days are working days from the day it came in."""
    draft = CaseDraft({"matter": "路灯不亮", "due": "2026-12-01", "received_on": "11-20"}, {"branch": "B01"})
    new, unread = read_new_case(draft, SLIP, TODAY)
    assert (new.kind, new.no, new.due, new.received_on) == ("answer", SLIP, None, date(2026, 11, 20))
    assert not unread


@pytest.mark.parametrize("lang", list(Lang))
def test_what_is_not_known_of_a_case_is_left_out(lang: Lang) -> None:
    """A new case has neither a sort nor a text for the public."""
    facts = dict(case_facts(opened("correction", TODAY), lang))
    assert "公示栏更新慢" in facts.values()
    assert all(facts.values())
    assert not {"For the public", "公开表述", "Sort", "类别"} & set(facts)


def test_a_correction_of_a_case_is_told_in_words() -> None:
    """Codes and truth values are words; nothing is a dash."""

    def audit(field: str, old: str, new: str) -> AuditEntry:
        return AuditEntry(on=TODAY, role="办公室", entity="case R-B01-001", field=field, old=old, new=new)

    assert amended_words(audit("feasibility", "", "cannot_now"), Lang.ZH) == ("办理条件", "–", "暂不具备条件")
    assert amended_words(audit("public", "False", "True"), Lang.EN) == ("On the published list", "no", "yes")
    assert amended_words(audit("owner", "", "所长"), Lang.ZH) == ("责任岗位", "–", "所长")


def test_what_a_move_needs_is_called_by_its_own_name() -> None:
    """An answer and an outcome, not a text."""
    assert wanted_words(opened("answer", TODAY), "answer", Lang.EN) == ["answer", "an outcome"]
    assert wanted_words(opened("correction", TODAY), "extend", Lang.EN) == ["a new deadline", "a reason"]
