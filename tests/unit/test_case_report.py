"""Cases and branches as reports: what JSON and tables show."""

from datetime import date
from functools import partial

import pytest

from campaign.branch_report import branch_detail
from campaign.case_report import by_urgency, case_detail, case_report, latest_extension
from campaign.case_standing import case_standing, case_standings
from campaign.case_words import ORIGIN_NAMES, WANT_NAMES, move_name, origin_label, state_name
from campaign.cases import EXTEND, OPEN
from campaign.due_list import due_list
from campaign.due_report import due_report
from campaign.errors import Problem
from campaign.language import Lang
from campaign.overview import overview
from campaign.samples import sample_cases, sample_log, sample_plan
from manyi.cli.branch_tables import detail_lines
from manyi.cli.case_tables import case_lines, due_lines, one_case_lines, possible_lines
from manyi.cli.tables import shortened, width

DAY = date(2026, 11, 23)
PLAN, LOG, CASES = sample_plan("town").plan, sample_log("town"), sample_cases("town")


def test_a_case_says_what_can_come_next() -> None:
    """Moves with what they want, and up to when the due day can be moved."""
    standing = next(each for each in case_standings(PLAN, CASES, DAY) if each.case.no == "R-B06-002")
    detail = case_detail(PLAN, standing, DAY)
    assert [(each.move, each.to, each.wants) for each in detail.possible] == [
        ("submit", "submitted", ("text",)),
        ("explain", "explained", ("cannot_now", "text")),
    ]
    assert (detail.extend_to, len(detail.events)) == (date(2026, 12, 11), 2)
    assert latest_extension(PLAN, standing.case, date(2026, 11, 28)) is None
    assert case_report(standing).settle_by == date(2026, 11, 27)


def test_the_most_urgent_case_comes_first_and_settled_ones_last() -> None:
    """By status, then by due day, then by number."""
    order = [each.case.no for each in by_urgency(case_standings(PLAN, CASES, DAY))]
    assert order[:4] == ["R-B06-001", "7316052948", "R-B01-001", "2907465183"]
    assert order[-4:] == ["R-B03-001", "5830194726", "R-B09-001", "6482937105"]


@pytest.mark.parametrize("lang", Lang)
def test_every_case_and_branch_of_the_town_can_be_shown(lang: Lang) -> None:
    """In both languages, without ids of states or moves where they have names."""
    standings = case_standings(PLAN, CASES, DAY)
    assert len(list(case_lines(PLAN, standings, lang))) == 15
    for each in standings:
        text = "\n".join([*one_case_lines(PLAN, each, lang), *possible_lines(each.case, ("extend",), lang)])
        assert each.case.no in text
        assert "in_progress" not in text
    stands = overview(PLAN, LOG, DAY, trust_today=True)
    for branch in stands.branches:
        detail = branch_detail(PLAN, branch, LOG, CASES, DAY, partial(Problem.message, lang=lang))
        assert all(each.branch == branch.code and each.open for each in detail.cases)
        assert len(detail.obligations) == 12
        assert list(detail_lines(PLAN, detail, lang))
    found = due_list(PLAN, stands, CASES, LOG)
    report = due_report(found)
    lines = list(due_lines(PLAN, found, 7, lang))
    assert len(lines) == 5 + sum(map(len, (report.overdue, report.today, report.soon)))
    assert {each.branch for each in found.of("B06").overdue} == {"B06"}


def test_a_case_after_its_end_offers_nothing() -> None:
    """Withdrawn, merged and the like: nothing more can be done."""
    case = case_standing(PLAN, CASES[0], DAY)
    assert case is not None
    assert list(possible_lines(case.case, (), Lang.EN))[-1] == "Nothing more can be done with this case."


def test_names_stand_for_ids_and_ids_for_themselves() -> None:
    """What a newer version has kept can still be shown."""
    assert (origin_label("inspection", Lang.ZH), origin_label("rumour", Lang.ZH)) == ("督查", "rumour")
    assert (state_name("answer", "merged", Lang.ZH), state_name("errand", "x", Lang.ZH)) == ("并案", "x")
    assert state_name("answer", "x", Lang.EN) == move_name("errand", "x", Lang.EN) == "x"
    assert move_name("answer", OPEN, Lang.EN) == "opened"
    assert move_name("answer", EXTEND, Lang.ZH) == "延长期限"
    assert ORIGIN_NAMES
    assert WANT_NAMES


@pytest.mark.parametrize(
    ("text", "cells"), [("短", 40), ("很长" * 900, 40), ("a" * 100, 10), ("a\nb\x1b" + "长" * 40, 12)]
)
def test_a_long_text_is_cut_to_its_cells(text: str, cells: int) -> None:
    """One line, never wider than the column, with a sign that it goes on."""
    short = shortened(text, cells)
    assert width(short) <= cells
    assert short.isprintable()
    assert short.endswith("…") == (short != text)
