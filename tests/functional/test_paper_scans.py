"""Simulated scans of every kind: what is accepted is right, everything else is a question to people.

A handful of pages that no limit was set on; ``make bench-paper`` reads them by the hundred.
"""

import pytest

from surveys.paper.reading.readings import CodeRead
from tests.paper_scans import CASES
from tests.scan_runs import HELD_OUT, read_back

pytestmark = pytest.mark.rig

PAGES = (3, 13)
"""The first page of a long form in Chinese, and the second page of a form in English."""
ROUGH = ("photocopied four times", "telephone", "stain")
"""Cases of which a page may be for a person."""


@pytest.mark.parametrize("case", CASES)
def test_nothing_wrong_is_accepted(case: str) -> None:
    """No answer that was not given, and no code but that of the page."""
    count = read_back(case, HELD_OUT, PAGES)
    assert (count.questions.wrong, count.wrong_codes, count.pages) == (0, 0, len(PAGES)), count.why
    assert count.unread <= any(rough in case for rough in ROUGH)
    assert count.questions.right > count.questions.total / 2


def test_a_code_without_a_finder_pattern_is_rebuilt() -> None:
    """No decoder reads such a code; the place of its modules on the page is known."""
    count = read_back("code: finder pattern gone", HELD_OUT, range(20, 24))
    assert count.codes == {CodeRead.REBUILT: 4}
    assert count.wrong_codes == 0
