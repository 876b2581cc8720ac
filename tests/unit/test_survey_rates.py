"""Rates from exact integers, at their edges."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import Question
from surveys.rates import (
    Remedial,
    ScaleCounts,
    group_weighted,
    half_up,
    index,
    mean,
    non_answer_bounds,
    percent,
    remedial,
)
from tests.survey_forms import compiled, survey

SIXTY = Decimal(60)


def overall() -> Question:
    return compiled(survey()).questions[0]


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (44, 51, "86.3"),
        (15, 25, "60.0"),
        (19, 32, "59.4"),
        (1499, 2500, "59.96"),
        (14999, 25000, "59.996"),
        (188, 232, "81.0"),
        (188, 215, "87.4"),
        (1, 8, "12.5"),
        (1, 16, "6.3"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
    ],
)
def test_rates_as_they_are_shown(numerator: int, denominator: int, shown: str) -> None:
    """Half up to one decimal, more where one would show the threshold of 60 as reached."""
    assert str(percent(numerator, denominator, SIXTY)) == shown


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(3, 141, "2.13"), (2, 141, "1.42"), (188, 232, "81.03"), (188, 215, "87.44")],
)
def test_two_decimals(numerator: int, denominator: int, shown: str) -> None:
    """Shares of a table are never bent to add up to 100."""
    assert str(percent(numerator, denominator, decimals=2)) == shown


def test_nothing_of_nothing_is_no_rate() -> None:
    """Without a denominator there is no rate."""
    assert percent(0, 0) is None


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.decimals(0, 100, places=2))
def test_a_rate_looks_below_the_threshold_exactly_when_it_is(part: int, rest: int, threshold: Decimal) -> None:
    """Rounding is off by half a step at most and never carries a rate up to the threshold."""
    exact = Fraction(100 * part, part + rest)
    shown = percent(part, part + rest, threshold)
    assert shown is not None
    assert abs(Fraction(shown) - exact) <= Fraction(1, 20)
    if exact < threshold:
        assert shown < threshold
    assert percent(part, part + rest) == half_up(exact)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((30, 14, 3, 3), "81.7"),
        ((9, 6, 7, 3), "57.3"),
        ((11, 8, 9, 3), "56.4"),
        ((52, 19, 4, 2), "84.5"),
        ((24, 15, 4, 3), "76.7"),
    ],
)
def test_index(counts: tuple[int, ...], shown: str) -> None:
    """Weights 100, 60 and 0 over those who chose one of them; don't-knows stay out."""
    assert str(index(overall(), dict(zip("ABCD", counts, strict=True)))) == shown


def test_without_weighted_answers_there_is_no_index() -> None:
    """Nobody but don't-knows: nothing to average."""
    assert index(overall(), {"A": 0, "B": 0, "C": 0, "D": 9}) is None


@pytest.mark.parametrize(
    ("positive", "negative", "valid", "decision"),
    [
        (15, 7, 25, Remedial.NO),
        (19, 9, 32, Remedial.REQUIRED),
        (1499, 1, 2500, Remedial.REQUIRED),
        (0, 0, 4, Remedial.UNDECIDED),
        (4, 0, 4, Remedial.UNDECIDED),
        (5, 0, 5, Remedial.NO),
        (3, 2, 5, Remedial.NO),
    ],
)
def test_catching_up(positive: int, negative: int, valid: int, decision: Remedial) -> None:
    """Below 60 %, exact and strict, a branch catches up; at 60 % it does not; with too few forms nobody knows."""
    assert remedial(ScaleCounts(positive, negative, 0), valid, SIXTY, 5) is decision


@pytest.mark.parametrize(("count", "shown"), [(3, "2.13"), (2, "1.42")])
def test_two_decimals_are_half_up_too(count: int, shown: str) -> None:
    """3 of 141 is 2.13, 2 of 141 is 1.42: neither is bent so that a row adds up to 100."""
    assert str(percent(count, 141, decimals=2)) == shown


def test_bounds_count_those_who_are_missing_for_either_side() -> None:
    """51 valid of 55, 44 satisfied: 44/55 to 48/55. Without anybody invited there are none."""
    assert non_answer_bounds(44, 51, 55) == (Fraction(44, 55), Fraction(48, 55))
    assert non_answer_bounds(0, 0, 0) is None
    assert non_answer_bounds(3, 6, 5) is None


def test_weighted_groups_count_by_their_weight() -> None:
    """Members twice the public: (2 x 9/10 + 1 x 30/60) / 3; groups with too few forms are named and left out."""
    weights = {"1": Decimal(2), "2": Decimal(1), "3": Decimal(5)}
    found = group_weighted({"1": (9, 10), "2": (30, 60), "3": (4, 4)}, weights, 5)
    assert (found.rate, found.dropped) == (Fraction(23, 30), ("3",))
    assert group_weighted({}, weights, 5).rate is None


def test_the_mean_of_rates_is_not_the_pooled_rate() -> None:
    """Each counts the same; of no rates there is none."""
    assert mean([Fraction(1, 2), Fraction(1)]) == Fraction(3, 4)
    assert mean([]) is None


def test_a_dissatisfied_majority_catches_up_at_any_threshold() -> None:
    """More negative than positive answers need catching up, unless the campaign has no threshold at all."""
    assert remedial(ScaleCounts(4, 5, 1), 10, Decimal(30), 5) is Remedial.REQUIRED
    assert remedial(ScaleCounts(5, 5, 0), 10, Decimal(30), 5) is Remedial.NO
    assert remedial(ScaleCounts(4, 5, 1), 10, None, 5) is None
