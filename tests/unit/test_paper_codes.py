"""The codes on paper: what is signed comes back, what is typed wrongly is found, what is forged is refused."""

import hmac
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.paper.qr import modules
from surveys.paper import codes
from surveys.paper.check_digits import folded, grouped, is_right, with_check
from surveys.paper.codes import (
    BODY,
    CodeFault,
    CodeKind,
    FormCode,
    SlipCode,
    TypedSerial,
    TypedSlip,
    new_serials,
    new_slip,
    parse,
)
from tests.forged_codes import KEY, OTHER_KEY, forged

FORGERIES = 30_000
FORM = FormCode(session=17, layout=3, branch=8, serial=42, page=2)
SLIP = SlipCode("0000000001")
form_codes = st.builds(
    FormCode,
    session=st.integers(1, 99_999),
    layout=st.integers(1, 99),
    branch=st.integers(1, 9_999),
    serial=st.integers(1, 999_999),
    page=st.integers(1, 99),
)
slip_codes = st.builds(
    SlipCode, number=st.from_regex(r"\A[0-9]{10}\Z"), kind=st.sampled_from([CodeKind.SLIP, CodeKind.TOKEN])
)
numbers = st.from_regex(r"\A[0-9]{1,20}\Z")


@pytest.mark.parametrize(
    ("digits", "check"),
    [("000042", "69"), ("123456", "76"), ("999999", "20"), ("0000000001", "95"), ("9876543210", "71")],
)
def test_check_digits_are_those_of_the_standard(digits: str, check: str) -> None:
    """ISO/IEC 7064 MOD 97-10: 98 less the number times 100 modulo 97."""
    assert with_check(digits) == digits + check
    assert is_right(digits + check)


def test_an_account_number_of_a_bank_checks_alike() -> None:
    """IBANs have the same check digits: GB82 WEST 1234 5698 7654 32, as ISO 13616 has it in numbers."""
    assert is_right("3214282912345698765432161182")
    assert with_check("32142829123456987654321611") == "3214282912345698765432161182"


@given(number=numbers, data=st.data())
def test_every_single_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    """Wherever it stands, in the check digits too."""
    right = with_check(number)
    at = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {right[at]})))
    assert not is_right(right[:at] + wrong + right[at + 1 :])


def test_every_slip_of_the_finger_in_a_serial_is_found() -> None:
    """All 72 wrong digits and all swaps of neighbours in the typed form of every 997th serial, none taken for right."""
    for serial in range(1, 1_000_000, 997):
        right = with_check(f"{serial:06d}")
        slips = {right[:at] + digit + right[at + 1 :] for at in range(8) for digit in "0123456789"}
        slips |= {right[:at] + right[at + 1] + right[at] + right[at + 2 :] for at in range(7)}
        assert [slip for slip in slips if is_right(slip)] == [right]


@given(number=numbers, data=st.data())
def test_every_swap_of_neighbours_is_found(number: str, data: st.DataObject) -> None:
    """Two digits that differ, side by side, in the wrong order."""
    right = with_check(number)
    at = data.draw(st.integers(0, len(right) - 2))
    swapped = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    assert is_right(swapped) == (swapped == right)


@pytest.mark.parametrize("text", ["", "1", "97", "00", "a" * 8, "１２３４５６７６", "1234567²", "9" * 5000])
def test_other_texts_have_no_right_check_digits(text: str) -> None:
    """Nothing, check digits alone, letters, unfolded digits, and a flood of digits from a broken scanner."""
    assert not is_right(text)


def test_numbers_are_printed_in_groups_of_four() -> None:
    """The last group may be shorter."""
    assert [grouped(digits) for digits in ("", "1234", "12345676", "000000000195", "12345")] == [
        "",
        "1234",
        "1234 5676",
        "0000 0000 0195",
        "1234 5",
    ]


@given(code=form_codes | slip_codes)
def test_what_is_signed_comes_back(code: FormCode | SlipCode) -> None:
    """34 digits, whose first says the kind; read again they are the same code."""
    digits = code.digits(KEY)
    assert len(digits) == 34
    assert digits.isascii()
    assert digits.isdigit()
    assert parse(digits, KEY) == code
    assert digits[0] == (code.kind if isinstance(code, SlipCode) else CodeKind.FORM).value


def test_the_signature_is_an_hmac_of_the_digits_before_it() -> None:
    """HMAC-SHA256 modulo 10**14, computed here anew from the format's description."""
    body = "10001703000800004202"
    number = int.from_bytes(hmac.new(KEY, b"manyi paper code 1 " + body.encode(), "sha256").digest(), "big")
    assert FORM.digits(KEY) == f"{body}{number % 10**14:014d}"


@given(code=form_codes)
def test_a_typed_serial_comes_back(code: FormCode) -> None:
    """The text under the square is the serial in groups of four; it says nothing of session and branch."""
    assert parse(code.typed(), KEY) == TypedSerial(code.serial)


@given(code=slip_codes)
def test_a_typed_slip_comes_back(code: SlipCode) -> None:
    """The number of a slip, typed with its check digits."""
    assert parse(code.typed(), KEY) == TypedSlip(code.number)


FOLDINGS = {
    "plain": lambda text: text,
    "full width": lambda text: text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)}),
    "CR": lambda text: text + "\r",
    "LF": lambda text: text + "\n",
    "CRLF": lambda text: text + "\r\n",
    "TAB": lambda text: text + "\t",
    "blanks around": lambda text: f"  {text} ",
    "groups": grouped,
    "wide blanks": lambda text: grouped(text).replace(" ", "\u3000"),
    "no-break blanks": lambda text: grouped(text).replace(" ", "\u00a0"),
    "hyphens": lambda text: grouped(text).replace(" ", "-"),
    "full-width hyphens": lambda text: grouped(text).replace(" ", "－"),
    "one digit a line": "\r\n".join,
}


@pytest.mark.parametrize("way", FOLDINGS)
def test_what_scanners_and_input_methods_add_is_folded(way: str) -> None:
    """Full-width digits, blanks, line ends, tabs and hyphens change nothing, scanned or typed."""
    scanned = FORM.digits(KEY)
    assert folded(FOLDINGS[way](scanned)) == scanned
    assert parse(FOLDINGS[way](scanned), KEY) == FORM
    assert parse(FOLDINGS[way]("000000000195"), KEY) == TypedSlip("0000000001")
    assert parse(FOLDINGS[way]("00004269"), KEY) == TypedSerial(42)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\r\n",
        "hello",
        "https://survey.example/1",
        FORM.digits(KEY)[:-1],
        FORM.digits(KEY) + "0",
        FORM.digits(KEY) * 2,
        FORM.digits(KEY)[:-1] + "x",
        FORM.digits(OTHER_KEY),
        "2" + FORM.digits(KEY)[1:],
        "0000 4268",
        "0000 0000 0194",
        "00000098",
        "000042",
        "٠٠٠٠٤٢٦٩",
        "9" * 5000,
    ],
)
def test_what_is_not_complete_or_misread_says_so(text: str) -> None:
    """Cut off, doubled, signed by others, of another kind, wrong check digits, serial 0, foreign digits, a flood."""
    assert parse(text, KEY) is CodeFault.MISREAD


@pytest.mark.parametrize("kind", ["0", "4", "9"])
def test_a_signed_code_of_an_unknown_kind_says_so(kind: str) -> None:
    """A later version's code is told from a misread one, but only if it is ours."""
    digits = codes._signed(kind + "1" * (BODY - 1), KEY)
    assert parse(digits, KEY) is CodeFault.UNKNOWN_KIND
    assert parse(digits, OTHER_KEY) is CodeFault.MISREAD


@given(number=st.from_regex(r"\A[0-9]{19}\Z"))
def test_a_slip_is_never_a_form(number: str) -> None:
    """The same digits behind another kind have another signature, so that none can be made into the other."""
    signed = {kind: codes._signed(kind.value + number, KEY) for kind in CodeKind}
    assert len({digits[BODY:] for digits in signed.values()}) == len(CodeKind)
    for kind, digits in signed.items():
        found = parse(digits, KEY)
        assert isinstance(found, FormCode) == (kind is CodeKind.FORM)
        others = [other.value + digits[1:] for other in CodeKind if other is not kind]
        assert {parse(other, KEY) for other in others} == {CodeFault.MISREAD}


@pytest.mark.parametrize(
    "code",
    [
        FormCode(100_000, 1, 1, 1),
        FormCode(1, 100, 1, 1),
        FormCode(1, 1, 10_000, 1),
        FormCode(1, 1, 1, 1_000_000),
        FormCode(1, 1, 1, 1, 100),
        FormCode(-1, 1, 1, 1),
        SlipCode("123"),
        SlipCode("12345678901"),
        SlipCode("123456789x"),
        SlipCode("１２３４５６７８９０"),
        SlipCode("1234567890", CodeKind.FORM),
    ],
)
def test_what_has_no_room_is_not_signed(code: FormCode | SlipCode) -> None:
    """A number too long, too short, negative or of no digits, or a slip that would be a form, gets no code."""
    with pytest.raises(ValueError, match=r"."):
        code.digits(KEY)


def test_no_forged_code_is_accepted() -> None:
    """Random digits and real codes with a digit, two neighbours, the kind, the signature or the key changed."""
    tried = list(forged(FORGERIES, seed=20261123))
    assert len(tried) == FORGERIES
    assert {parse(code, KEY) for code in tried} == {CodeFault.MISREAD}


def test_signatures_are_compared_in_constant_time() -> None:
    """The comparison is that of the standard library, once for every code, and its word counts."""
    right = FORM.digits(KEY)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    with patch("surveys.paper.codes.hmac.compare_digest", wraps=hmac.compare_digest) as compare:
        assert parse(right, KEY) == FORM
        assert parse(wrong, KEY) is CodeFault.MISREAD
    assert [call.args for call in compare.call_args_list] == [
        (right[BODY:], right[BODY:]),
        (wrong[BODY:], right[BODY:]),
    ]
    with patch("surveys.paper.codes.hmac.compare_digest", return_value=False):
        assert parse(right, KEY) is CodeFault.MISREAD


@pytest.mark.parametrize("code", [FORM, SLIP, FormCode(99_999, 99, 9_999, 999_999, 99)])
def test_a_code_of_level_h_has_25_modules_a_side(code: FormCode | SlipCode) -> None:
    """34 digits just fit version 2 at the highest level (ISO/IEC 18004, table 7), and version 1 at level M."""
    for level, side in (("H", 25), ("M", 21)):
        drawn = modules(code.digits(KEY), level)  # type: ignore[arg-type]  # one of the two levels
        assert [len(row) for row in drawn] == [side] * side


@given(count=st.integers(0, 300), taken=st.sets(st.integers(1, 500), max_size=100))
def test_new_serials_are_new(count: int, taken: set[int]) -> None:
    """As many as asked for, each once, none taken, none 0."""
    made = new_serials(count, taken)
    assert len(made) == len(set(made)) == count
    assert taken.isdisjoint(made)
    assert all(1 <= serial <= 999_999 for serial in made)


def test_new_serials_are_in_no_order() -> None:
    """Neither going up nor down, nor in the order of the last time."""
    made, again = new_serials(500, set()), new_serials(500, set())
    assert made not in (sorted(made), sorted(made, reverse=True))
    assert made != again
    rises = sum(one < two for one, two in pairwise(made))
    assert 180 < rises < 320


def test_serials_that_are_not_left_are_not_made() -> None:
    """One more than there are is a ValueError at once."""
    with pytest.raises(ValueError, match="2"):
        new_serials(2, set(range(1, 999_999)))


def test_new_slips_are_random() -> None:
    """A thousand slips, ten digits each, none twice."""
    made = {new_slip().number for _ in range(1000)}
    assert len(made) == 1000
    assert {len(number) for number in made} == {10}
