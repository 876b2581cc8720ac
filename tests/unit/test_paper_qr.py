"""QR codes of digits."""

import re

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

from exports.paper.qr import QUIET, Level, Modules, modules, runs
from surveys.paper.codes import FormCode, new_slip, parse

KEY = bytes(range(32))
CODES = st.builds(
    FormCode,
    session=st.integers(1, 99_999),
    layout=st.integers(1, 99),
    branch=st.integers(1, 9_999),
    serial=st.integers(1, 999_999),
    page=st.integers(1, 99),
)


def picture(code: Modules) -> Image.Image:
    light = np.pad(~np.array(code), QUIET, constant_values=True)
    return Image.fromarray(np.kron(light, np.ones((8, 8), dtype=bool)).astype(np.uint8) * 255)


@given(CODES)
@settings(deadline=None, max_examples=60)
def test_a_form_s_code_comes_back_from_two_decoders(code: FormCode) -> None:
    """Printed, decoded by either, and parsed: the same code."""
    image = picture(modules(code.digits(KEY)))
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    other = decode(image, symbols=[ZBarSymbol.QRCODE])
    assert [each.text for each in found] == [each.data.decode() for each in other] == [code.digits(KEY)]
    assert parse(found[0].text, KEY) == code


@given(CODES)
@settings(deadline=None, max_examples=30)
def test_a_form_s_code_has_25_modules(code: FormCode) -> None:
    """34 digits of level H fit into version 2."""
    made = modules(code.digits(KEY))
    assert {len(made), *map(len, made)} == {25}


def test_a_slip_s_code_has_25_modules_and_is_read() -> None:
    """Its nine zeros make no difference."""
    slip = new_slip()
    made = modules(slip.digits(KEY))
    assert len(made) == 25
    (found,) = zxingcpp.read_barcodes(picture(made))
    assert parse(found.text, KEY) == slip


@pytest.mark.parametrize(("level", "size", "name"), [("L", 21, "L"), ("M", 21, "M"), ("Q", 25, "Q"), ("H", 25, "H")])
def test_the_level_is_the_one_asked_for(level: Level, size: int, name: str) -> None:
    """A lower level makes a smaller square of the same digits."""
    made = modules("1" * 34, level)
    assert len(made) == size
    (found,) = zxingcpp.read_barcodes(picture(made))
    assert (found.text, found.ec_level) == ("1" * 34, name)


@pytest.mark.parametrize("text", ["", "12 34", "１２３４", "abc", "-1"])
def test_only_digits_are_encoded(text: str) -> None:
    """Letters would make the square larger, and a keyboard layout may garble them."""
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        modules(text)


@given(CODES)
@settings(deadline=None, max_examples=30)
def test_runs_are_the_dark_modules(code: FormCode) -> None:
    """What is drawn covers every dark module once, and no light one; no run touches the next."""
    made = modules(code.digits(KEY))
    dark = [(x, y) for x0, y, count in runs(made) for x in range(x0, x0 + count)]
    assert len(dark) == len(set(dark))
    assert set(dark) == {(x, y) for y, row in enumerate(made) for x, module in enumerate(row) if module}
    assert all(not made[y][x + count] for x, y, count in runs(made) if x + count < len(made))
