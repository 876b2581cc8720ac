"""What a public notice promises: a catch-up, and the corrections that may be told, with their days."""

from datetime import date

from campaign.cases import Case
from campaign.language import Lang
from exports.tables.promises import promises
from surveys.rates import Remedial
from tests.builders import november
from tests.case_builders import PLAN, moved, opened


def correction(number: int) -> Case:
    """Found on the 10th, cleared for the public, due on a day of December."""
    due = date(2026, 12, number)
    case = opened("correction", november(10), due=due, feasibility="by_date")
    return case.model_copy(update={"no": f"R-B01-{number:03}", "public_matter": f"matter {number}"})


def told(*cases: Case, remedial: Remedial | None = None, lang: Lang = Lang.EN) -> list[str]:
    return [text.text(lang) for _, text in promises(PLAN, remedial, cases, november(23))]


def test_corrections_are_named_with_their_days_the_most_urgent_first() -> None:
    """What is done, and by when; in both languages."""
    cases = correction(9), correction(3)
    assert told(*cases) == [
        "Branch B01: matter 3; what is done: 每周更新; by 2026-12-03.",
        "Branch B01: matter 9; what is done: 每周更新; by 2026-12-09.",
    ]
    assert told(*cases, lang=Lang.ZH)[0] == "B01支部：matter 3。整改措施：每周更新；完成时限：2026-12-03。"


def test_only_what_was_cleared_and_is_open_is_told() -> None:
    """Neither the inner wording of a matter nor one that has been settled."""
    inner = correction(3).model_copy(update={"public_matter": ""})
    settled = moved(correction(4), ("start", november(11)), ("submit", november(12)), ("verify", november(13)))
    (only,) = told(inner, settled)
    assert "correction register" in only
    assert "公示栏" not in only


def test_a_result_that_asks_for_it_promises_a_catch_up() -> None:
    """Before the corrections."""
    first, second = told(correction(3), remedial=Remedial.REQUIRED)
    assert "catch-up" in first
    assert "matter 3" in second


def test_a_notice_names_ten_corrections_and_how_many_more_there_are() -> None:
    """The register has all of them."""
    assert len(told(*(correction(day) for day in range(1, 11)))) == 10
    *_, last = told(*(correction(day) for day in range(1, 14)))
    assert last == "3 more stand in the correction register."
