"""From what was typed or scanned to the number of a case."""

import pytest

from campaign.errors import BadInput, Refused
from surveys.case_numbers import case_number
from surveys.paper.check_digits import grouped, with_check
from surveys.paper.codes import CodeKind, SlipCode

KEY = b"k" * 32
SLIP = "4071925836"


def no_key() -> bytes:
    """The key is asked for where a code was scanned, and nowhere else."""
    raise AssertionError


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("R-B03-007", "R-B03-007"),
        (" ｒ－ｂ０３－７ ", "R-B03-007"),
        ("r–B03—0007", "R-B03-0007"),
        (SLIP, SLIP),
        ("４０７１ ９２５８ ３６", SLIP),
        (with_check(SLIP), SLIP),
        (grouped(with_check(SLIP)), SLIP),
        ("nothing like it", "NOTHINGLIKEIT"),
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str, number: str) -> None:
    """Widths, cases, blanks and hyphens do not matter; what is no number stays, and is found nowhere."""
    assert case_number(typed, no_key) == number


def test_a_scanned_slip_is_its_number() -> None:
    """Thirty-four digits, signed."""
    assert case_number(SlipCode(SLIP).digits(KEY), lambda: KEY) == SLIP


@pytest.mark.parametrize("typed", ["1", with_check(SLIP)[:-1] + "1", "1" * 34, SLIP + "0" * 5000])
def test_a_slip_that_was_misread_is_told(typed: str) -> None:
    """V70: with the number of characters that stand under the square."""
    with pytest.raises(BadInput) as refused:
        case_number(typed, lambda: KEY)
    [problem] = refused.value.problems
    assert (problem.code, problem.values["n"]) == ("V70", 12)
    assert len(str(problem.values["x"])) <= 40


@pytest.mark.parametrize("typed", [with_check("000042"), SlipCode(SLIP, CodeKind.TOKEN).digits(KEY)])
def test_the_code_of_something_else_is_told(typed: str) -> None:
    """V72 for a form or a token: no case lies behind it."""
    with pytest.raises(Refused) as refused:
        case_number(typed, lambda: KEY)
    assert refused.value.code == "V72"
