"""Steps that a branch sets itself."""

from collections.abc import Callable

import pytest

from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.overview import overview
from campaign.own_steps import OwnStep, add_step, remove_step
from campaign.plan_changes import Because
from campaign.plan_rules import check_plan
from campaign.plan_words import change_words
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, make_step, november

ROLE = ({"role": "Secretary"},)
PLAN = make_plan(
    branches=tuple(make_branch(code, first_responsible=ROLE, short_study_reason="小支部") for code in ("B01", "B02")),
    steps=(make_step("S1"), make_step("S2", origin="own")),
    kinds=(make_kind("work", "S1"), make_kind("more", "S2")),
)
WHY = Because("活动办公室", "支部自己的好办法", TODAY)
CLEAN = OwnStep("B01X1", "study", I18n(zh="清扫老厂房", en="Clean the old works"), "more")


def refusal(make: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as refused:
        make()
    assert all(problem.text(lang) for problem in refused.value.problems for lang in Lang)
    return refused.value.code


def test_a_step_of_its_own_is_the_branchs_alone_and_lowers_no_progress() -> None:
    """The other branch has no such step; the entry of its kind advances it, the progress stays."""
    change = add_step(PLAN, "B01", CLEAN, WHY)
    entries = [make_entry("work", november(3)), make_entry("more", november(4))]
    before, after = overview(PLAN, entries, TODAY), overview(change.plan, entries, TODAY)
    steps = {each.code: [step.step for step in each.phases[0].steps] for each in after.branches}
    assert steps == {"B01": ["S1", "S2", "B01X1"], "B02": ["S1", "S2"]}
    assert [each.progress for each in after.branches] == [each.progress for each in before.branches]
    own = after.branches[0].phases[0].steps[2]
    assert (own.required, own.done_on) == (False, november(4))
    [audit] = change.audit
    assert (audit.entity, audit.field, audit.new) == ("branch B01", "steps.B01X1", "清扫老厂房")
    assert "清扫老厂房" in change_words(change.plan, audit, Lang.EN)


def test_a_step_of_its_own_goes_as_it_came() -> None:
    """The plan is as it was; where two branches have it, it stays with the other."""
    change = add_step(PLAN, "B01", CLEAN, WHY)
    assert remove_step(change.plan, "B01", "B01X1", WHY).plan == PLAN
    steps = tuple(
        step.model_copy(update={"branches": ("B01", "B02")}) if step.id == "B01X1" else step
        for step in change.plan.steps
    )
    both = change.plan.model_copy(update={"steps": steps})
    left = remove_step(both, "B01", "B01X1", WHY).plan
    assert [step.branches for step in left.steps if step.id == "B01X1"] == [("B02",)]


def test_what_is_not_the_branchs_own_stays() -> None:
    """V33 for a required step, M112 for an own step of all or of another, M08 for none at all, M51 without reason."""
    added = add_step(PLAN, "B01", CLEAN, WHY).plan
    hasty = Because("活动办公室", "忙", TODAY)
    for make, code in (
        (lambda: remove_step(PLAN, "B01", "S1", WHY), "V33"),
        (lambda: remove_step(PLAN, "B01", "S2", WHY), "M112"),
        (lambda: remove_step(added, "B02", "B01X1", WHY), "M112"),
        (lambda: remove_step(PLAN, "B01", "S9", WHY), "M08"),
        (lambda: remove_step(added, "B01", "B01X1", hasty), "M51"),
        (lambda: remove_step(PLAN, "B09", "S2", WHY), "M08"),
    ):
        assert refusal(make) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "S1"}, "M111"),
        ({"code": "步骤"}, "M07"),
        ({"due": "soon"}, "M07"),
        ({"due": "2027-11-02"}, "V30"),
        ({"name": I18n()}, "M06"),
        ({"phase": "party"}, "M08"),
        ({"kind": "party"}, "M08"),
    ],
)
def test_a_step_of_its_own_must_fit_the_plan(fields: dict[str, object], code: str) -> None:
    """Its code is new, its phase and kind are known, its day lies in the campaign."""
    given = {"code": "B01X1", "phase": "study", "name": CLEAN.name, "kind": "more", "due": "phase_end", **fields}
    assert refusal(lambda: add_step(PLAN, "B01", OwnStep(**given), WHY)) == code  # type: ignore[arg-type]


def test_a_step_of_a_branch_that_is_not_there_is_told() -> None:
    """A file that names one is wrong (M08)."""
    wrong = make_plan(steps=(make_step("S1", branches=("B09",)),), kinds=(make_kind("work", "S1"),))
    [problem] = [each for each in check_plan(wrong) if each.code == "M08"]
    assert "B09" in problem.text(Lang.EN)
