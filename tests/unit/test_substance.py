from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from campaign.cases import Case
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Plan
from campaign.substance import Hint, substance_hints
from surveys.paper.account import BallotAccount
from surveys.response import Response, Validity
from surveys.substance import survey_hints
from surveys.tally import tally
from tests.builders import DUE, START, make_branch, make_entry, make_kind, make_plan, make_step, november
from tests.case_builders import moved, opened
from tests.db_builders import make_session
from tests.survey_forms import SMALL, compiled

LATER = november(60)


def hints(plan: Plan, entries: Sequence[LogEntry] = (), cases: Sequence[Case] = (), day: date = LATER) -> list[Hint]:
    seen = overview(plan, entries, day, trust_today=True)
    found = [*substance_hints(plan, seen.branches, entries, cases, day)]
    assert all(hint.text(lang) for hint in found for lang in Lang)
    return found


def codes(plan: Plan, entries: Sequence[LogEntry] = (), cases: Sequence[Case] = ()) -> list[str]:
    return [hint.code for hint in hints(plan, entries, cases)]


@pytest.mark.parametrize(
    ("wanted", "given", "found"),
    [
        ("note", {}, ["F1"]),
        ("note", {"note": "贴在公示栏"}, []),
        ("note", {"reference": "档12"}, []),
        ("reference", {"note": "贴在公示栏"}, ["F1"]),
        ("reference", {"reference": "档12"}, []),
        ("none", {}, []),
    ],
)
def test_a_step_that_is_done_without_its_evidence(wanted: str, given: dict[str, object], found: list[str]) -> None:
    """F1, with the entries that it was done by; a shelf number does for a note, not the other way round."""
    plan = make_plan(steps=[make_step(evidence=wanted)], kinds=[make_kind("work", "S1")])
    entry = make_entry("work", START, **given)
    assert codes(plan, [entry]) == found
    assert [hint.entries for hint in hints(plan, [entry])] == [(entry,)] * len(found)
    assert codes(plan) == []


def test_records_that_were_entered_late() -> None:
    """F2 from the eighth day on, one hint for a branch with all of its late entries."""
    plan = make_plan(kinds=[make_kind("work")])
    entries = [make_entry("work", START, recorded_on=START + timedelta(days=days)) for days in (0, 7, 8, 30)]
    [hint] = hints(plan, entries)
    assert (hint.code, hint.entries, hint.text(Lang.EN)[:9]) == ("F2", tuple(entries[2:]), "2 records")


def test_half_a_phase_on_one_day() -> None:
    """F3 names the steps: three of six on one day, not two, and not three of seven."""
    kinds = [make_kind(f"k{n}", f"S{n}") for n in range(1, 8)]
    for total, on_one_day, found in ((6, 3, ["F3"]), (6, 2, []), (7, 3, []), (2, 2, [])):
        plan = make_plan(steps=[make_step(f"S{n}") for n in range(1, total + 1)], kinds=kinds)
        together = [make_entry(f"k{n}", DUE) for n in range(1, on_one_day + 1)]
        assert codes(plan, together) == found
        assert all(str(dict(hint.values)["list"]).startswith("S1, S2, S3") for hint in hints(plan, together))


WRITTEN = make_plan(
    steps=[
        make_step("S1", kind="count", count="found", evidence="reference"),
        make_step("S2", kind="count", count="closed", evidence="reference", target=4),
    ],
    kinds=[
        make_kind("notes", "S1", group_counts=["found"]),
        make_kind("papers", "S2", counts=["closed"]),
        make_kind("meeting", group_counts=["expected", "attended", "made_up"], hours=True),
    ],
)


@pytest.mark.parametrize(
    ("notes", "papers", "attended", "found"),
    [(8, 4, 6, ["F4"]), (8, 4, 8, []), (9, 4, 6, []), (8, 5, 6, []), (8, 3, 6, [])],
)
def test_everything_written_by_people_who_were_not_there(
    notes: int, papers: int, attended: int, found: list[str]
) -> None:
    """F4 where all written work is exactly complete and fewer than 80 % took part; one more or less is no sign."""
    entries = [
        make_entry("notes", START, reference="A-1", groups={"staff": {"found": notes}}),
        make_entry("papers", START, reference="A-2", counts={"closed": papers}),
        make_entry("meeting", START, hours=2, groups={"staff": {"expected": 10, "attended": attended}}),
    ]
    assert codes(WRITTEN, entries) == found


def test_a_phase_in_which_nobody_was_asked() -> None:
    """F7 once it has ended; a round in which nothing was said is asking."""
    plan = make_plan(
        steps=[make_step()], kinds=[make_kind("work", "S1"), make_kind("round", obligation="ask", counts=["opinions"])]
    )
    entries = [make_entry("work", DUE)]
    assert codes(plan) == []
    [hint] = hints(plan, entries)
    assert (hint.code, hint.phase) == ("F7", "study")
    assert codes(plan, [*entries, make_entry("round", START, counts={"opinions": 0})]) == []


def verified(number: int, on: date) -> Case:
    case = moved(opened("correction", START), ("start", START), ("submit", START), ("verify", on))
    return case.model_copy(update={"no": f"R-B01-{number:03}"})


def test_corrections_that_were_verified_at_once() -> None:
    """F8 for three or more on one day; not for two, not on two days, not while it is still that of another branch."""
    plan = make_plan(branches=[make_branch("B01"), make_branch("B02")])
    same = [verified(number, november(9)) for number in (1, 2, 3)]
    [hint] = hints(plan, (), same)
    assert (hint.code, hint.branch, hint.cases) == ("F8", "B01", ("R-B01-001", "R-B01-002", "R-B01-003"))
    assert codes(plan, (), same[:2]) == []
    assert codes(plan, (), [*same[:2], verified(3, november(10))]) == []


def test_a_correction_that_was_verified_by_its_owner() -> None:
    """F8, should such a case have come into the store in another way than by our rules."""
    case = verified(1, november(9))
    own = case.model_copy(update={"owner": case.events[-1].role})
    [hint] = hints(make_plan(), (), [own])
    assert (hint.code, hint.cases) == ("F8", ("R-B01-001",))


def test_activities_of_one_title() -> None:
    """F9 for two branches, however it is spaced; one branch may do the same again, and no title is no title."""
    plan = make_plan(
        kinds=[make_kind("activity", distinct=True), make_kind("work")],
        branches=[make_branch("B01"), make_branch("B02")],
    )
    same = [make_entry("activity", START, note="清洁 周"), make_entry("activity", START, branch="B02", note="清洁周")]
    [hint] = hints(plan, same)
    assert (hint.code, hint.entries) == ("F9", tuple(same))
    assert codes(plan, [same[0], same[0]]) == []
    assert codes(plan, [make_entry("activity", START, branch=code) for code in ("B01", "B02")]) == []
    assert codes(plan, [make_entry("work", START, branch=code, note="清洁周") for code in ("B01", "B02")]) == []


def test_answers_that_nobody_rates() -> None:
    """F10 for five or more answers, all closed by time alone; one that was rated is enough against it."""
    answered = moved(opened("answer", START), ("acknowledge", START), ("accept", START), ("answer", START))
    cases = [answered.model_copy(update={"no": f"{number:010}"}) for number in range(5)]
    [hint] = hints(make_plan(), (), cases)
    assert (hint.code, len(hint.cases)) == ("F10", 5)
    assert codes(make_plan(), (), cases[:4]) == []
    assert codes(make_plan(), (), [*cases[:4], moved(cases[4], ("rate_satisfied", START))]) == []


def test_what_comes_later_is_no_sign_yet() -> None:
    """On a past day only what had happened by then counts."""
    plan = make_plan(kinds=[make_kind("work")])
    entry = make_entry("work", november(20), recorded_on=november(29))
    assert hints(plan, [entry], day=november(19)) == []


FORM = compiled(SMALL)


def form(first: str, overall: str = "A") -> Response:
    answers = {"Q1": first, "Q2": overall} if first else {"Q2": overall}
    return Response(lang=Lang.ZH, answers=answers, validity=Validity.COMPLETE)


def survey_codes(responses: list[Response], account: BallotAccount | None = None, texts: int = 1) -> list[str]:
    found = survey_hints(make_session(), FORM, tally(FORM, responses), account, texts)
    assert all(hint.text(lang) for hint in found for lang in Lang)
    return [hint.code for hint in found]


def test_very_many_satisfied_of_few_who_answered() -> None:
    """F5 at 98 % with fewer than 60 % of the forms back; not below, and not without paper."""
    happy = [form("B") for _ in range(50)]
    assert survey_codes(happy, BallotAccount(printed=100, issued=100, returned=59)) == ["F5"]
    assert survey_codes(happy, BallotAccount(printed=100, issued=100, returned=60)) == []
    assert survey_codes(happy) == []
    assert survey_codes([*happy[:48], form("B", "C"), form("B", "C")], BallotAccount(issued=100, returned=59)) == []


def test_very_many_satisfied_and_nobody_with_a_doubt() -> None:
    """F5 at 98 % of thirty forms or more without a blank, a don't-know or an opinion."""
    happy = [form("B") for _ in range(30)]
    assert survey_codes(happy, texts=0) == ["F5"]
    assert survey_codes(happy, texts=1) == []
    assert survey_codes(happy[:29], texts=0) == []
    assert survey_codes([*happy, form("D")], texts=0) == []
    assert survey_codes([*happy, form("")], texts=0) == []


def test_forms_with_one_answer_to_everything() -> None:
    """F6 from 30 % on; they stay in the count. Of fewer than ten forms nothing is said."""
    for alike, others, found in ((3, 7, ["F6"]), (2, 8, []), (9, 0, [])):
        responses = [form("C", "C") for _ in range(alike)] + [form("B", "C") for _ in range(others)]
        assert survey_codes(responses) == found
        assert tally(FORM, responses).alike == alike
    void = Response(lang=Lang.ZH, answers={"Q1": "A", "Q2": "A"}, validity=Validity.VOID)
    assert tally(FORM, [void, form("")]).alike == 0
