"""Tables are cross-footed before they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.errors import Refused
from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import NONE, Cell, Column, ColumnKind, Count, Footing, Hidden, Points, Rate, Table
from exports.footing import require_footing
from exports.json_format import cell_value
from exports.showing import number, shown


def table(*rows: tuple[Cell, ...], totals: int = 1) -> Table:
    keys = ("good", "bad", "all")
    columns = tuple(Column(key, I18n(en=key), ColumnKind.COUNT) for key in keys)
    return Table("T3", "t", I18n(en="Table"), columns, rows, (), totals, (Footing(("good", "bad"), "all"),))


def test_a_table_that_adds_up_is_written() -> None:
    """Across and down; rows with hidden figures are in no total."""
    few = Hidden("<5")
    require_footing(
        [
            table(
                (Count(3), Count(2), Count(5)),
                (few, few, few),
                (Count(1), NONE, Count(1)),
                (Count(4), Count(2), Count(6)),
            )
        ]
    )


@pytest.mark.parametrize(
    "rows",
    [
        [(Count(3), Count(2), Count(6)), (Count(3), Count(2), Count(6))],
        [(Count(3), Count(2), Count(5)), (Count(3), Count(3), Count(6))],
    ],
)
def test_a_table_that_does_not_add_up_is_refused(rows: list[tuple[Cell, ...]]) -> None:
    """A row whose parts are not its total, or a total that is not the sum of its column: V61 with both numbers."""
    with pytest.raises(Refused) as caught:
        require_footing([table(*rows)])
    assert {problem.code for problem in caught.value.problems} == {"V61"}
    assert "6" in caught.value.problems[0].text(Lang.EN)


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (Rate(Fraction(1499, 2500)), "60.0", {"percent": 60.0, "exact": "1499/2500"}),
        (Rate(Fraction(3, 141)), "2.1", {"percent": 2.1, "exact": "1/47"}),
        (Points(Fraction(-1, 32)), "-3.1", {"points": -3.1, "exact": "-1/32"}),
        (Points(Fraction(1, 16)), "6.3", {"points": 6.3, "exact": "1/16"}),
        (Hidden("<5"), "<5", {"hidden": "<5"}),
        (NONE, "—", None),
        (Count(0), "0", 0),
    ],
)
def test_a_cell_is_the_same_in_every_format(cell: Cell, text: str, value: object) -> None:
    """As text for people, and as a number, a reason or nothing for programs."""
    assert (shown(cell, Lang.EN), cell_value(cell)) == (text, value)


def test_a_rate_below_the_threshold_does_not_look_as_if_it_reached_it() -> None:
    """1499 of 2500 is 59.96, not 60.0."""
    assert str(number(Rate(Fraction(1499, 2500), Decimal(60)))) == "59.96"
