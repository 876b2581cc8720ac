"""What the plan calls its things, and how several of them are listed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.labels import (
    branch_label,
    branch_word,
    count_label,
    group_label,
    inside,
    kind_label,
    outcome_label,
    phase_label,
    survey_label,
    totals,
)
from campaign.language import Lang, Listed, listed
from campaign.log import LogEntry
from campaign.overview import phase_at_hand
from campaign.plan import Words
from campaign.recording import check_entry
from campaign.samples import sample_plan
from campaign.typed import parse_hours
from tests.staff_fakes import DAY, a_plan, an_overview

TOWN = sample_plan("town").plan
ENTRY = LogEntry(kind="inspection", branch="B06", phase="improve", on=DAY, recorded_on=DAY, outcome="poor")


def test_items_are_listed_as_each_language_does() -> None:
    """With commas, in Chinese with the enumeration comma; nothing is a dash."""
    assert listed(["B01", "B02"], Lang.EN) == "B01, B02"
    assert listed(["B01", "B02"], Lang.ZH) == "B01、B02"
    assert listed([], Lang.ZH) == "–"


def test_known_names_in_a_problem_are_listed_in_its_language() -> None:
    """The list follows the reader, as the rest of the message does."""
    problem = Problem("M05", {"field": "x", "known": Listed(("id", "name"))})
    assert "id, name" in problem.message(Lang.EN)
    assert "id、name" in problem.message(Lang.ZH)


@pytest.mark.parametrize(
    ("label", "name", "zh", "en"),
    [
        (branch_label, "B06", "供销公司", "Supply Co."),
        (phase_label, "improve", "整改提高", "Correction"),
        (kind_label, "inspection", "督查", "Inspection"),
        (group_label, "on_post", "在岗", "On post"),
        (count_label, "attended", "实到", "Attended"),
        (outcome_label, "poor", "差", "poor"),
    ],
)
def test_things_are_called_by_the_words_of_the_plan(label: object, name: str, zh: str, en: str) -> None:
    """In both languages; what the plan does not know is called by its id."""
    assert callable(label)
    assert [label(TOWN, name, lang) for lang in (Lang.ZH, Lang.EN)] == [zh, en]
    assert label(TOWN, "gone", Lang.ZH) == "gone"


def test_kinds_of_survey_have_words() -> None:
    """Nobody is shown the ids of the plan."""
    assert [survey_label(kind, Lang.ZH) for kind in ("final", "pulse", "recheck")] == [
        "终期测评",
        "简短测评",
        "补课后复测",
    ]


def test_totals_add_up_the_groups() -> None:
    """Counts of the entry itself stand beside those of its groups."""
    entry = ENTRY.model_copy(update={"counts": {"visits": 1}, "groups": {"a": {"attended": 3}, "b": {"attended": 4}}})
    assert totals(entry) == {"visits": 1, "attended": 7}


def test_words_of_the_plan_stand_inside_a_sentence() -> None:
    """A capital at the beginning goes, that of an abbreviation stays; one branch is one."""
    words = Words(branch=I18n(zh="图书馆", en="Library"), branches=I18n(zh="图书馆", en="Libraries"))
    assert [branch_word(words, n, Lang.EN) for n in (0, 1, 2)] == ["libraries", "library", "libraries"]
    assert inside(I18n(en="CPC cells"), Lang.EN) == "CPC cells"


def test_the_phase_at_hand_is_the_current_one() -> None:
    """The first that has not ended, the last one where all have; none for who takes no part."""
    overview = an_overview(a_plan())
    assert phase_at_hand(overview, "B10") == "p2"
    assert phase_at_hand(overview, "B01") == "p3"
    assert phase_at_hand(overview, "B99") is None
    assert phase_at_hand(overview, None) is None


def test_nothing_is_recorded_for_a_branch_that_takes_no_part() -> None:
    """M08, and it is not named among the known ones."""
    branches = tuple(branch.model_copy(update={"active": branch.code != "B06"}) for branch in TOWN.branches)
    problems = check_entry(TOWN.model_copy(update={"branches": branches}), ENTRY, DAY)
    (problem,) = [each for each in problems if each.place == "branch"]
    assert problem.code == "M08"
    assert problem.message(Lang.EN).count("B06") == 1


@given(tenths=st.integers(-10, 300))
def test_hours_that_can_be_typed_are_those_that_an_entry_takes(tenths: int) -> None:
    """One rule for the form, the command line and the log."""
    hours = Decimal(tenths) / 10
    fields = {"kind": "study", "branch": "B01", "phase": "p1", "on": date(2026, 1, 1), "recorded_on": date(2026, 1, 1)}
    try:
        LogEntry.model_validate({**fields, "hours": hours})
    except ValidationError:
        with pytest.raises(BadInput):
            parse_hours(str(hours))
    else:
        assert parse_hours(str(hours)) == hours
