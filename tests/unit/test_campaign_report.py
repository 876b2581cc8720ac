import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import BadInput
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Plan
from campaign.report import StatusReport, per_cent, status_report
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, make_step, november

PLAN = make_plan(
    steps=[make_step(kind="count", count="opinions", target=50)],
    kinds=[make_kind("talk", "S1", counts=("opinions",))],
    branches=[make_branch("B01"), make_branch("B02", members={"staff": 1})],
)
LOG = [make_entry("talk", november(4), counts={"opinions": 39}), make_entry("end", november(20), phase="improve")]


def report(
    plan: Plan = PLAN, log: list[LogEntry] = LOG, lang: Lang = Lang.EN, branch: str | None = None
) -> StatusReport:
    """The report of the demo day."""
    return status_report(plan, overview(plan, log, TODAY), lang, branch=branch)


def test_the_report_has_the_fields_that_scripts_read() -> None:
    """Names, order and forms of the values, as JSON."""
    shown = json.loads(report().model_dump_json())
    assert list(shown) == [
        "date",
        "headline",
        "branches",
        "mean_progress",
        "mean_progress_exact",
        "member_progress",
        "member_progress_exact",
        "reach",
        "clock_behind",
    ]
    assert (shown["date"], shown["headline"]) == ("2026-11-23", {"on_schedule": 2, "branches": 2, "late": []})
    assert shown["branches"][0] == {
        "code": "B01",
        "name": "Branch B01",
        "status": "DUE_SOON",
        "days": 6,
        "behind": False,
        "phase": "study",
        "progress": 89.0,
        "progress_exact": "89/100",
        "phases": [
            {
                "id": "study",
                "status": "DUE_SOON",
                "days": 6,
                "behind": False,
                "progress": 78.0,
                "progress_exact": "39/50",
                "planned": ["2026-11-02", "2026-11-29"],
                "actual": ["2026-11-04", None],
            },
            {
                "id": "improve",
                "status": "DONE",
                "days": 0,
                "behind": False,
                "progress": None,
                "progress_exact": None,
                "planned": ["2026-11-30", "2026-12-27"],
                "actual": [None, "2026-11-20"],
            },
        ],
        "reach": {"members": 0, "reached": 0, "unreachable": 0, "untried": 0},
    }
    assert shown["reach"] == {"members": 0, "reached": 0, "unreachable": 0, "untried": 0}
    means = {name: value for name, value in shown.items() if "progress" in name}
    assert means == {
        "mean_progress": 44.5,
        "mean_progress_exact": "89/200",
        "member_progress": 79.1,
        "member_progress_exact": "178/225",
    }


def test_names_are_in_the_language_that_was_asked_for() -> None:
    """Figures are the same in both."""
    assert [branch.name for branch in report(lang=Lang.ZH).branches] == ["B01支部", "B02支部"]


def test_one_branch_can_be_asked_for() -> None:
    """The headline and the means stay those of the campaign."""
    shown, whole = report(branch="B02"), report()
    assert [branch.code for branch in shown.branches] == ["B02"]
    assert (shown.headline, shown.mean_progress) == (whole.headline, whole.mean_progress)


def test_a_branch_that_takes_no_part_cannot_be_asked_for() -> None:
    """Unknown or not active: M08."""
    with pytest.raises(BadInput) as raised:
        report(branch="B99")
    assert raised.value.code == "M08"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), 0.0),
        (Fraction(44, 51), 86.3),
        (Fraction(19, 32), 59.4),
        (Fraction(1, 2000), 0.1),
        (Fraction(1, 2001), 0.0),
        (Fraction(1999, 2000), 100.0),
        (Fraction(1), 100.0),
    ],
)
def test_per_cent_is_rounded_half_up(share: Fraction, shown: float) -> None:
    """From the exact fraction, to one decimal."""
    assert per_cent(share) == shown


@given(st.fractions(0, 1))
def test_per_cent_is_the_nearest_tenth(share: Fraction) -> None:
    """And prints with one decimal."""
    shown = per_cent(share)
    tenths = round(shown * 10)
    assert tenths / 10 == shown
    assert -Fraction(1, 2) < tenths - share * 1000 <= Fraction(1, 2)


def test_a_county_of_odd_sizes_can_be_reported() -> None:
    """Denominators multiply over the branches: a mean of thousands of digits is left out, its percentage is not."""
    primes = [n for n in range(1000, 20000) if all(n % k for k in range(2, 142))]
    branches = [make_branch(f"B{n}", members={"staff": n}) for n in primes]
    plan = make_plan(steps=[make_step(kind="count", count="opinions")], kinds=PLAN.kinds[3:], branches=branches)
    log = [make_entry("talk", november(4), branch=branch.code, counts={"opinions": 500}) for branch in branches]
    shown = report(plan, log)
    assert shown.mean_progress_exact is None
    assert 0 < shown.mean_progress < 100
    assert shown.branches[0].progress_exact == "250/1009"
