"""Any code, printed into a PDF, drawn at 200 dpi and decoded by two decoders that have nothing in common."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.i18n import I18n
from campaign.language import Lang
from exports.paper.forms import write_forms
from exports.paper.sheet import compose
from exports.paper.slip import SlipHead
from exports.paper.slips import write_slips
from surveys.paper.codes import FormCode, SlipCode, parse
from tests.paper_sheets import HEAD, both, decoded, pages, shipped

pytestmark = pytest.mark.rig

KEYS = st.binary(min_size=32, max_size=32)
CODES = st.builds(
    FormCode,
    session=st.integers(1, 99_999),
    layout=st.integers(1, 99),
    branch=st.integers(1, 9_999),
    serial=st.integers(1, 999_999),
)
SLIPS = st.integers(0, 10**10 - 1).map(lambda number: SlipCode(f"{number:010d}"))
SLIP_HEAD = SlipHead(I18n(zh="镇活动办公室", en="Town office"), both("活动 Campaign"), both("3号窗口 counter 3"))
FORM = compose(shipped("final"), HEAD, Lang.ZH)


@given(st.lists(CODES, min_size=1, max_size=3), KEYS)
@settings(deadline=None, max_examples=12)
def test_every_page_of_every_form_comes_back(codes: list[FormCode], key: bytes) -> None:
    """Each page has one square; both decoders read its digits, which parse to the form and the number of the page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.pdf"
        write_forms(path, FORM, codes, key)
        expected = [replace(code, page=page) for code in codes for page in range(1, len(FORM.pages) + 1)]
        for code, page in zip(expected, pages(path), strict=True):
            digits = [code.digits(key)]
            assert decoded(page) == (digits, digits)
            assert parse(digits[0], key) == code


@given(st.lists(SLIPS, min_size=1, max_size=4), KEYS)
@settings(deadline=None, max_examples=8)
def test_both_parts_of_every_slip_come_back(slips: list[SlipCode], key: bytes) -> None:
    """The square stands on either part; both decoders read both."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slips.pdf"
        write_slips(path, slips, SLIP_HEAD, Lang.ZH, key)
        found = [decoded(page) for page in pages(path)]
    expected = sorted(slip.digits(key) for slip in slips for _ in range(2))
    for decoder in range(2):
        assert sorted(digits for page in found for digits in page[decoder]) == expected
    assert {parse(digits, key) for digits in expected} == {*slips}
