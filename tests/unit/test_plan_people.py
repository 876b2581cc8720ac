"""Another first-responsible role from a day on: the old one ends the day before, and stays in the plan."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.plan import Responsible
from campaign.plan_changes import Because
from campaign.plan_people import set_responsible
from tests.builders import TODAY, make_branch, make_plan

WHY = Because("Office", "elected anew", TODAY)
OLD, NEW = I18n(zh="支部书记", en="Secretary"), I18n(zh="临时负责人", en="Acting head")
PLAN = make_plan(branches=[make_branch("B01", first_responsible=(Responsible(role=OLD),)), make_branch("B02")])


def held(plan: object = PLAN) -> tuple[Responsible, ...]:
    return plan.branch("B01").first_responsible  # type: ignore[attr-defined, no-any-return]


def test_the_role_before_ends_the_day_before() -> None:
    """Both stay, one on every day; the audit says whom the new one follows, from when and why."""
    change = set_responsible(PLAN, "B01", NEW, TODAY, WHY)
    assert held(change.plan) == (
        Responsible(role=OLD, valid_to=TODAY - timedelta(1)),
        Responsible(role=NEW, valid_from=TODAY),
    )
    (audit,) = change.audit
    assert (audit.field, audit.old, audit.new, audit.reason) == (
        "first_responsible",
        "支部书记",
        f"临时负责人 {TODAY}",
        "elected anew",
    )
    assert change.plan.branch("B02") is PLAN.branch("B02")


def test_a_role_that_begins_before_a_later_one_holds_until_then() -> None:
    """Between two roles there is never a day with both, nor one with neither."""
    later = set_responsible(PLAN, "B01", NEW, TODAY, WHY).plan
    third = I18n(zh="值班人", en="Stand-in")
    between = set_responsible(later, "B01", third, TODAY - timedelta(5), WHY).plan
    days = sorted((each.valid_from or date.min, each.valid_to or date.max) for each in held(between))
    assert days[0][0] == date.min
    assert days[-1][1] == date.max
    assert all(before[1] + timedelta(1) == after[0] for before, after in pairwise(days))


def test_the_same_role_again_changes_nothing() -> None:
    """Whoever is responsible already is not followed by itself, whichever of its names is given."""
    for role in (OLD, I18n(zh="支部书记", en="支部书记"), I18n(zh="Secretary", en="Secretary")):
        change = set_responsible(PLAN, "B01", role, TODAY, WHY)
        assert (change.plan, change.audit) == (PLAN, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: set_responsible(PLAN, "B01", I18n(), TODAY, WHY), "M06"),
        (lambda: set_responsible(PLAN, "B01", I18n(zh="书" * 41), TODAY, WHY), "V64"),
        (lambda: set_responsible(PLAN, "B01", I18n(zh="书记１３８００１３８０００"), TODAY, WHY), "V14"),
        (lambda: set_responsible(PLAN, "B01", NEW, date(2030, 1, 1), WHY), "V30"),
        (lambda: set_responsible(PLAN, "B01", NEW, TODAY, Because("Office", "why", TODAY)), "M51"),
        (lambda: set_responsible(PLAN, "B09", NEW, TODAY, WHY), "M08"),
        (
            lambda: set_responsible(set_responsible(PLAN, "B01", NEW, TODAY, WHY).plan, "B01", OLD, TODAY, WHY),
            "V21",
        ),
    ],
)
def test_a_role_that_cannot_be_is_refused(change: Callable[[], object], code: str) -> None:
    """No role, a long one, a number of a person, a day outside the campaign, no reason, another's first day."""
    with pytest.raises(BadInput) as refused:
        change()
    assert code in {problem.code for problem in refused.value.problems}
