"""A million codes that nobody has signed."""

import pytest

from surveys.paper.codes import CodeFault, parse
from tests.forged_codes import KEY, forged

pytestmark = pytest.mark.rig

MANY = 1_000_000


def test_none_of_a_million_forged_codes_is_accepted() -> None:
    """Random digits and mutants of real codes are all misread; none is a form, a slip, a token or ours at all."""
    accepted = [code for code in forged(MANY, seed=4) if parse(code, KEY) is not CodeFault.MISREAD]
    assert accepted == []
