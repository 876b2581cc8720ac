"""What a public notice promises: a catch-up, and the corrections that may be told, with their days."""

from datetime import date

from campaign.cases import Case
from campaign.language import Lang
from exports.tables.promises import promises
from surveys.promises import posting_of
from surveys.rates import Remedial
from tests.builders import TODAY, november
from tests.case_builders import PLAN, moved, opened


def correction(number: int, measure: str = "每周更新") -> Case:
    """Found on the 10th, cleared for the public with its measure, due on a day of December."""
    due = date(2026, 12, number)
    case = opened("correction", november(10), due=due, feasibility="by_date")
    told = {"no": f"R-B01-{number:03}", "public_matter": f"matter {number}", "public_suggestion": measure}
    return case.model_copy(update=told)


def told(*cases: Case, decided: Remedial | None = None, lang: Lang = Lang.EN, day: date = TODAY) -> list[str]:
    says = posting_of(PLAN, cases, ("B01",), "final", day)
    return [text.text(lang) for _, text in promises(says, decided)]


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


def test_a_measure_that_nobody_cleared_is_not_told() -> None:
    """The suggestion was typed for the organiser's eyes, whatever the matter's text for the public says."""
    case = correction(3, measure="").model_copy(update={"suggestion": "请张三联系 13800138000"})
    assert told(case) == ["Branch B01: matter 3; to be put right by 2026-12-03."]


def test_what_is_surely_personal_is_blacked_out_in_what_was_cleared_too() -> None:
    """A number that somebody overlooked."""
    (only,) = told(correction(3, measure="联系 13800138000"))
    assert "13800138000" not in only
    assert "■■■" in only


def test_cases_are_told_as_they_stood_on_the_day() -> None:
    """What was settled then and came up again later was settled; what was found later was not known."""
    settled = moved(correction(3), ("start", november(11)), ("submit", november(12)), ("verify", november(13)))
    again = moved(settled, ("relapse", november(20)))
    assert "matter 3" not in told(again, day=november(15))[0]
    assert "matter 3" in told(again, day=november(20))[0]
    assert "correction register" in told(correction(4), day=november(9))[0]


def test_a_result_that_asks_for_it_promises_a_catch_up() -> None:
    """Before the corrections."""
    first, second = told(correction(3), decided=Remedial.REQUIRED)
    assert "catch-up" in first
    assert "matter 3" in second


def test_a_notice_names_ten_corrections_and_how_many_more_there_are() -> None:
    """The register has all of them."""
    assert len(told(*(correction(day) for day in range(1, 11)))) == 10
    *_, last = told(*(correction(day) for day in range(1, 14)))
    assert last == "3 more stand in the correction register."
