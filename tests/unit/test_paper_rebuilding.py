"""A damaged code, rebuilt from its modules."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import constants
from qrcode.main import QRCode

from surveys.paper.codes import FormCode, parse
from surveys.paper.geometry import QR_MODULES, QR_SIDE, QR_X, QR_Y
from surveys.paper.reading.plane import Picture, View
from surveys.paper.reading.rebuilding import FIXED, MASKS, Modules, completed, format_bits, rebuild

KEY, OTHER = bytes(range(32)), bytes(32)
SCALE = 8
"""Pixels a millimetre of the pictures that are made here."""
CODE = FormCode(12, 3, 17, 4711)
SEEDS = st.integers(0, 2**32 - 1)


def made(digits: str, mask: int) -> Modules:
    """As another program makes it."""
    code = QRCode(version=2, error_correction=constants.ERROR_CORRECT_H, border=0, mask_pattern=mask)
    code.add_data(digits, optimize=0)
    code.make(fit=False)
    return np.array(code.get_matrix())


def seen(dark: Modules) -> View:
    """The code at its place on a sheet."""
    picture: Picture = np.full((70 * SCALE, 210 * SCALE), 250, np.uint8)
    pixels = round(QR_SIDE * SCALE)
    place = np.arange(pixels) * QR_MODULES // pixels
    top, left = round(QR_Y * SCALE), round(QR_X * SCALE)
    picture[top : top + pixels, left : left + pixels] = np.where(dark[place][:, place], 30, 250)
    return View(picture, np.diag([SCALE, SCALE, 1.0]))


def rebuilt(dark: Modules, key: bytes = KEY) -> FormCode | None:
    def check(text: str) -> FormCode | None:
        code = parse(text, key)
        return code if isinstance(code, FormCode) else None

    return rebuild(seen(dark), check)


@pytest.mark.parametrize(("mask", "bits"), [(0, "001011010001001"), (1, "001001110111110"), (7, "000100000111011")])
def test_the_format_information_is_the_standard_s(mask: int, bits: str) -> None:
    """Level H (ISO/IEC 18004, table C.1)."""
    assert f"{format_bits(mask):015b}" == bits


@pytest.mark.parametrize("mask", range(MASKS))
def test_all_that_is_no_data_is_drawn_anew(mask: int) -> None:
    """Whatever was seen there: the result is the code that another program makes, for every mask."""
    whole = made(CODE.digits(KEY), mask)
    spoilt = np.where(FIXED, ~whole, whole)
    assert (completed(spoilt, mask) == whole).all()


@pytest.mark.parametrize("mask", range(MASKS))
def test_a_code_is_rebuilt_whatever_its_mask(mask: int) -> None:
    """Its finder at the top right gone."""
    dark = made(CODE.digits(KEY), mask)
    dark[:8, -8:] = False
    assert rebuilt(dark) == CODE


@given(SEEDS, st.integers(0, 40))
@settings(deadline=None, max_examples=25)
def test_what_is_rebuilt_is_the_code_or_nothing(seed: int, flipped: int) -> None:
    """However many modules are turned over; the code itself while the correction of level H has room."""
    rng = np.random.default_rng(seed)
    dark = made(CODE.digits(KEY), int(rng.integers(MASKS)))
    places = rng.choice(np.flatnonzero(~FIXED), flipped, replace=False)
    dark.flat[places] = ~dark.flat[places]
    assert rebuilt(dark) in ({CODE} if flipped <= 10 else {CODE, None})


@given(SEEDS)
@settings(deadline=None, max_examples=10)
def test_noise_is_no_code(seed: int) -> None:
    """Right patterns with random data between them."""
    noise = np.random.default_rng(seed).random((QR_MODULES, QR_MODULES)) < 0.5
    assert rebuilt(completed(noise, seed % MASKS)) is None


def test_a_code_that_is_signed_with_another_key_is_not_rebuilt() -> None:
    """The signature decides, not the picture."""
    dark = made(CODE.digits(OTHER), 0)
    assert rebuilt(dark) is None
    assert rebuilt(dark, OTHER) == CODE


def test_blank_paper_has_no_code() -> None:
    """Nothing there looks like the fixed patterns."""
    assert rebuilt(np.zeros((QR_MODULES, QR_MODULES), np.bool_)) is None
