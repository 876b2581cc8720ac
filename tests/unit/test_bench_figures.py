"""What the benches make of their times."""

import math

import pytest

from tests.bench_figures import (
    Figures,
    Key,
    Target,
    delays,
    lost_and_double,
    percentile,
    ratio,
    shown,
    spread,
    table,
    verdicts,
)


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (1, 1), (50, 50), (99, 99), (100, 100)])
def test_a_percentile_is_one_of_the_values(percent: int, value: int) -> None:
    """By nearest rank: of 1 to 100 the 99th percentile is 99, in whatever order they come."""
    assert percentile(range(100, 0, -1), percent) == value


def test_few_values_have_percentiles_too() -> None:
    """The 99th percentile of three values is the greatest; nothing has none."""
    assert percentile([3.0, 1.0, 2.0], 99) == 3.0
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert math.isnan(percentile([], 50))


def test_times_are_shown_in_milliseconds_and_compared_by_their_medians() -> None:
    """Seconds in, milliseconds out; a ratio is median by median."""
    figures = spread("insert", "one", [0.003, 0.001, 0.002]) | spread("insert", "other", [0.004])
    assert figures[Key("insert", "one", "median ms")] == pytest.approx(2)
    assert figures[Key("insert", "one", "p99 ms")] == pytest.approx(3)
    assert ratio("insert", "other", "one", "x one", figures) == {Key("insert", "other", "x one"): pytest.approx(2)}


def test_a_delay_ends_with_the_first_effect() -> None:
    """Each cause waits for the first effect at its moment or later; one that never came is infinitely late."""
    assert delays([1.0, 2.0, 5.0], [1.5, 0.5, 2.0]) == [0.5, 0.0, math.inf]


@pytest.mark.parametrize(
    ("told", "found", "expected"),
    [
        ("abc", "cab", (0, 0)),
        ("abc", "ab", (1, 0)),
        ("abc", "abcc", (0, 1)),
        ("abc", "abx", (1, 1)),
        ("", "a", (0, 1)),
    ],
)
def test_what_is_lost_and_what_is_double_is_told(told: str, found: str, expected: tuple[int, int]) -> None:
    """Every acknowledged mark must be found once, and nothing else."""
    assert lost_and_double([*told], [*found]) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.01234, "0.0123"),
        (1.5, "1.50"),
        (12.345, "12.3"),
        (123.4, "123"),
        (5000, "5,000"),
        (1234.5, "1,234"),
        (math.inf, "inf"),
        (math.nan, "nan"),
    ],
)
def test_figures_are_shown_with_three_digits(value: float, text: str) -> None:
    """Small and great figures are equally easy to read."""
    assert shown(value) == text


def test_a_table_has_a_heading_over_each_group_and_a_dash_where_nothing_was_measured() -> None:
    """Columns stand beside each other, each figure in the row of its name and unit."""
    one: Figures = {Key("read", "by id"): 1.5, Key("memory", "peak", "MB"): 2}
    lines = [" ".join(line.split()) for line in table({"10": one, "20": {Key("read", "by id"): 3.25}})]
    assert lines == ["10 20", "read", "by id median ms 1.50 3.25", "memory", "peak MB 2 -"]


@pytest.mark.parametrize(
    ("target", "is_reached"),
    [
        (Target("insert", 1.5, 1.5, "x"), True),
        (Target("insert", 1.51, 1.5, "x"), False),
        (Target("rate", 2000, 2000, "/s", ">="), True),
        (Target("rate", 1999, 2000, "/s", ">="), False),
        (Target("insert", math.nan, 1.5, "x"), False),
        (Target("rate", math.nan, 2000, "/s", ">="), False),
    ],
)
def test_a_target_is_reached_on_its_own_side_only(target: Target, is_reached: bool) -> None:
    """At most or at least, the limit included; what could not be measured is not reached."""
    assert target.is_reached is is_reached
    (line,) = verdicts([target])
    assert line.endswith("not reached") is not is_reached
