"""Wilson's interval against published tables and against its own definition."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.intervals import Z_95, wilson


@pytest.mark.parametrize(
    ("positive", "n", "population", "low", "high"),
    [
        (19, 32, None, 0.4226, 0.7448),
        (19, 32, 60, 0.4746, 0.7028),
        (0, 5, None, 0.0, 0.4345),
        (5, 5, None, 0.5655, 1.0),
        (5, 5, 6, 0.8668, 1.0),
        (188, 232, None, 0.7550, 0.8556),
        (188, 232, 400, 0.7755, 0.8409),
        (1, 1, None, 0.2065, 1.0),
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, None, 0.2553, 0.3662),
        (15, 148, None, 0.0624, 0.1605),
        (0, 20, None, 0.0, 0.1611),
        (1, 29, None, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_tables(
    positive: int, n: int, population: int | None, low: float, high: float
) -> None:
    """To four decimals, at the edges too, and narrower where the population is known."""
    found = wilson(positive, n, population)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("n", "population"), [(0, None), (5, 5), (0, 9)])
def test_there_is_no_interval_of_nobody_or_of_everybody(n: int, population: int | None) -> None:
    """Nobody asked tells nothing; everybody asked leaves nothing to estimate."""
    assert wilson(0, n, population) is None


@given(st.integers(1, 400), st.data())
def test_the_bounds_are_where_the_score_test_stops(n: int, data: st.DataObject) -> None:
    """At both bounds the observed share lies z standard errors off; the share itself is between them."""
    positive = data.draw(st.integers(0, n))
    found = wilson(positive, n)
    assert found is not None
    share = positive / n
    assert found.low <= share <= found.high
    for bound in (found.low, found.high):
        if 0 < bound < 1:
            assert math.isclose(abs(share - bound), Z_95 * math.sqrt(bound * (1 - bound) / n), rel_tol=1e-9)
