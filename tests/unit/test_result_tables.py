"""The lists of a result: changes since the short survey, and units that are never ranked."""

from fractions import Fraction

import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from surveys.published import Change
from surveys.questionnaire import Question
from tests.staff_fakes import a_plan
from tui.staff.result_tables import ChangeRow, change_columns, unit_listing
from tui.staff.result_words import count_text, points_text, rate_text, why_hidden
from tui.widgets.spans import width_of

ASKED = Question(name="Q1", type="select_one", label=I18n(zh="公开得怎么样？", en="How open was it?"))


def cells(before: Fraction, after: Fraction) -> list[str]:
    row = ChangeRow("B01 Q1", "Town Office", Change("B01", ASKED, before, after))
    columns = change_columns(a_plan(), [row], Lang.EN, 78)
    return ["".join(span.text for span in column.cell(row, column.width)).strip() for column in columns]


def test_a_change_shows_both_rates_and_the_points_with_their_sign() -> None:
    """More, less and the same are told apart without colour."""
    assert cells(Fraction(3, 5), Fraction(4, 5))[2:] == ["60.0%", "80.0%", "↑ +20.0"]
    assert cells(Fraction(4, 5), Fraction(3, 5))[2:] == ["80.0%", "60.0%", "↓ -20.0"]
    assert cells(Fraction(1, 2), Fraction(1, 2))[2:] == ["50.0%", "50.0%", "= 0.0"]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [58, 78, 118])
def test_the_columns_of_changes_fit(width: int, lang: Lang) -> None:
    """In every width that is shown at all."""
    row = ChangeRow("B01 Q1", "Town Office", Change("B01", ASKED, Fraction(1), Fraction(0)))
    columns = change_columns(a_plan(), [row], lang, width)
    assert 2 + sum(column.width + column.gap for column in columns) <= width
    assert all(width_of(column.cell(row, column.width)) <= column.width for column in columns[2:])


def test_no_order_is_by_rate() -> None:
    """Nobody is ranked: by plan, by name, by number of forms."""
    assert [order.name for order in unit_listing().orders] == ["as in the plan", "by name", "most forms first"]


@pytest.mark.parametrize(
    ("value", "hidden", "said"),
    [
        (Fraction(44, 51), None, "86.3%"),
        (None, None, "—"),
        (Fraction(1), "<5", "<5"),
        (Fraction(1), "alike", "×"),
        (Fraction(1), "groups", "×"),
    ],
)
def test_a_hidden_rate_shows_no_number(value: Fraction | None, hidden: str | None, said: str) -> None:
    """Whatever is handed in beside the reason."""
    assert rate_text(value, hidden) == said
    assert count_text(7, hidden) == ("7" if hidden is None else said)


@pytest.mark.parametrize("lang", list(Lang))
def test_every_reason_is_said_in_words(lang: Lang) -> None:
    """Three reasons, three sentences."""
    assert len({why_hidden(reason, lang) for reason in ("<5", "alike", "groups")}) == 3


def test_points_have_a_sign() -> None:
    """A plus before what is more."""
    assert (points_text(Fraction(1, 10)), points_text(Fraction(-1, 10)), points_text(Fraction(0))) == (
        "+10.0",
        "-10.0",
        "0.0",
    )
