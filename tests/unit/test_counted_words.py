"""What is counted in a sentence: one thing is said as one."""

import pytest

from campaign.errors import Problem
from campaign.language import NP_, Lang
from campaign.standing import Standing, Status
from campaign.texts import tr
from exports.tables.standing import status_text

WORDS = NP_(
    "{n} open case is past its due day: {list}. Settle it.",
    "{n} open cases are past their due day: {list}. Settle them.",
)


def test_one_is_not_said_as_several() -> None:
    """English has a form for one; Chinese has one text for both; a number that is hidden counts as several."""
    assert Problem("V57", {"n": 1}).message(Lang.EN).startswith("1 returned form is not keyed yet.")
    assert Problem("V57", {"n": 2}).message(Lang.EN).startswith("2 returned forms are not keyed yet.")
    chinese = [Problem("V57", {"n": n}).message(Lang.ZH) for n in (1, 2)]
    assert chinese[0].replace("1", "2") == chinese[1]
    assert (
        Problem("M157", {"name": "A", "survey": "B", "id": "C", "n": "<5"})
        .message(Lang.EN)
        .startswith("Close A · B · C, <5 forms so far?")
    )


def test_a_text_inside_another_text_counts_too() -> None:
    """As a value of a message it is told in the reader's language, with its own number."""
    assert tr.phrase(WORDS, n=1, list="C-1").text(Lang.EN) == "1 open case is past its due day: C-1. Settle it."
    assert tr.phrase(WORDS, n=2, list="C-1").text(Lang.EN).startswith("2 open cases are")


@pytest.mark.parametrize(
    ("status", "days", "said"),
    [
        (Status.DUE_SOON, 0, "due today"),
        (Status.DUE_SOON, 1, "due soon, 1 day left"),
        (Status.DUE_SOON, 2, "due soon, 2 days left"),
        (Status.OVERDUE, 1, "overdue, 1 day"),
        (Status.DONE_LATE, 1, "done 1 day late"),
    ],
)
def test_the_days_of_a_table_are_counted(status: Status, days: int, said: str) -> None:
    """In words beside the status."""
    assert status_text(Standing(status, days)).en == said
