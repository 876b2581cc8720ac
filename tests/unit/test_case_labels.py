from datetime import date

import pytest

from campaign.case_labels import (
    case_kind_label,
    feasibility_label,
    move_label,
    outcome_of_answer,
    state_label,
    text_label,
)
from campaign.case_tables import CASE_KINDS, Wants
from campaign.cases import Feasibility, Outcome
from campaign.language import Lang
from surveys.cleared_cases import public_texts
from tests.case_builders import opened

DAY = date(2026, 11, 2)
ZH, EN = Lang.ZH, Lang.EN


@pytest.mark.parametrize("name", CASE_KINDS)
def test_everything_about_a_case_has_a_name_in_both_languages(name: str) -> None:
    """Kinds, states, moves and their texts are called something else in Chinese than in English."""
    kind = CASE_KINDS[name]
    case = opened(name, DAY)
    assert case_kind_label(name, ZH) != case_kind_label(name, EN)
    for state in kind.states:
        here = case.model_copy(update={"events": (case.events[0].model_copy(update={"state": state.id}),)})
        assert state_label(here, ZH) != state_label(here, EN)
    for move in kind.moves:
        assert move_label(move, ZH) != move_label(move, EN)
        assert bool(move.text) == (Wants.TEXT in move.wants)
        assert (text_label(move, ZH) != text_label(move, EN)) == bool(move.text)


def test_a_kind_that_is_none_stands_for_itself() -> None:
    """What a newer version has kept can still be listed."""
    assert case_kind_label("errand", EN) == "errand"


def test_outcomes_and_feasibility_have_names() -> None:
    """A dash for nothing, and for the rest a name in each language."""
    assert [outcome_of_answer(Outcome.NONE, lang) for lang in Lang] == ["–", "–"]
    assert [feasibility_label(Feasibility.UNKNOWN, lang) for lang in Lang] == ["–", "–"]
    for outcome in set(Outcome) - {Outcome.NONE}:
        assert outcome_of_answer(outcome, ZH) != outcome_of_answer(outcome, EN)
    for feasibility in set(Feasibility) - {Feasibility.UNKNOWN}:
        assert feasibility_label(feasibility, ZH) != feasibility_label(feasibility, EN)


def test_only_the_organiser_sees_what_a_person_wrote() -> None:
    """Everybody else sees what was cleared for them, which is nothing at first."""
    case = opened("answer", DAY, matter="我家住三号院，路灯不亮")
    assert case.matter == "我家住三号院，路灯不亮"
    assert public_texts(case).matter == ""
    cleared = case.model_copy(update={"public_matter": "某院路灯不亮"})
    assert public_texts(cleared).matter == "某院路灯不亮"
