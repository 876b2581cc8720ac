"""Every rule of a campaign file: broken by one small edit of a good file, found once, at its place."""

import random

import pytest

from campaign.errors import BadInput, Problem
from campaign.language import Lang
from campaign.loading import Loaded, parse_plan
from campaign.plan_rules import check_plan
from tests.builders import make_branch, make_plan
from tests.plan_text import GOOD, edited

BRANCH_2_CODE = ('code = "B02"', 'code = "B01"')
ERRORS = [
    ("V01", ("end_date = 2026-12-31", "end_date = 2026-07-01"), "line 8, campaign.end_date"),
    ("V02", ('organiser = "Office"', 'organiser = "Office"\ntimezone = "Mars/Base"'), "line 7, campaign.timezone"),
    ("V03", ("expected_branches = 2", "expected_branches = 3"), "line 9, campaign.expected_branches"),
    ("V03", ("expected_members = 30", "expected_members = 29"), "line 10, campaign.expected_members"),
    ("V04", BRANCH_2_CODE, "line 113, branches[2] (B01).code"),
    ("V05", ("on_post = 18", "on_post = 17"), "line 104, branches[1] (B01).total"),
    ("V06", ("total = 20", "total = -20"), "line 104, branches[1] (B01).total"),
    ("V06", ("total = 20", 'total = "20"'), "line 104, branches[1] (B01).total"),
    ("V06", ("floating = 2", "floating = 2.0"), "line 103, branches[1] (B01).members.floating"),
    ("V06", ("expected_members = 30", "expected_members = 30.5"), "line 10, campaign.expected_members"),
    ("V07", ('first_responsible = [{ role = "Head" }]\n', ""), "line 112, branches[2] (B02).first_responsible"),
    ("V08", ("valid_to = 2026-09-30", "valid_to = 2026-10-01"), "line 105, branches[1] (B01).first_responsible[2]"),
    ("V08", (", valid_to = 2026-09-30", ""), "line 105, branches[1] (B01).first_responsible[2]"),
    (
        "V09",
        ("total = 10", "total = 10\nleading_group = { headed_by_first_responsible = false }"),
        "line 118, branches[2] (B02).leading_group.headed_by_first_responsible",
    ),
    (
        "V11",
        ("lead = true }]", 'lead = true }, { leader = "L2", lead = true }]'),
        "line 106, branches[1] (B01).contacts[2].lead",
    ),
    ("V12", ('type = "school"', 'type = "school"\ncondition = "shell"'), "line 116, branches[2] (B02).condition"),
    ("V12", ('type = "school"', 'type = "school"\ncondition = "paralysed"'), "line 116, branches[2] (B02).condition"),
    ("V12", ('type = "school"', 'type = "school"\ncondition = "weak"'), "line 116, branches[2] (B02).condition"),
    ("V20", ("start = 2026-07-06", "start = 2026-06-30"), "line 109, branches[1] (B01).schedule.study.start"),
    ("V20", ("end = 2026-11-01", "end = 2027-01-01"), "line 121, branches[2] (B02).schedule.improve.end"),
    ("V21", ("start = 2026-08-17", "start = 2026-10-05"), "line 110, branches[1] (B01).schedule.improve.end"),
    ("V22", ("start = 2026-08-17", "start = 2026-08-16"), "line 110, branches[1] (B01).schedule.improve.start"),
    ("V23", ("end = 2026-10-04", "end = 2026-09-17"), "line 109, branches[1] (B01).schedule"),
    ("V30", ('due = "2026-11-30"', 'due = "2027-01-01"'), "line 52, steps[3] (I1).due"),
    ("V34", ('reason = "held in spring"', 'reason = "no"'), "line 107, branches[1] (B01).targets[1]"),
    ("M05", ("total = 20", "total = 20\ntotals = 20"), "line 105, branches[1] (B01).totals"),
    ("M05", ('role = "Head"', 'role = "Head", name = "x"'), "line 118, branches[2] (B02).first_responsible[1].name"),
    ("M06", ('organiser = "Office"\n', ""), "line 3, campaign.organiser"),
    (
        "M06",
        ("schedule.study = { start = 2026-08-03, end = 2026-09-13 }\n", ""),
        "line 120, branches[2] (B02).schedule",
    ),
    ("M07", ('due = "2026-11-30"', 'due = "soon"'), "line 52, steps[3] (I1).due"),
    ("M07", ('kind = "coverage"', 'kind = "cover"'), "line 50, steps[3] (I1).kind"),
    ("M07", ("holidays = [2026-10-01]", "holidays = [2026-10-10]"), "line 14, calendar.extra_workdays"),
    ("M08", ('phase = "improve"', 'phase = "improved"'), "line 48, steps[3] (I1).phase"),
    ("M08", ('groups = ["on_post"]', 'groups = ["off_post"]'), "line 44, steps[2] (S2).groups[1]"),
    ("M08", ('count = "reached"', 'count = "reach"'), "line 51, steps[3] (I1).count"),
    ("M08", ('of = "hours"', 'of = "hour"\ncount = "attended"'), "line 43, steps[2] (S2).of"),
    ("M08", ('advances = ["S1"]', 'advances = ["S1", "S9"]'), "line 66, kinds[1] (kickoff).advances[2]"),
    (
        "M08",
        ('group_counts = ["attended"]', 'group_counts = ["came", "attended"]'),
        "line 71, kinds[2] (session).group_counts[1]",
    ),
    ("M08", ("members.on_post = 10", "members.off_post = 10"), "line 116, branches[2] (B02).members.off_post"),
    (
        "M08",
        ('contacts = [{ leader = "L2" }]', 'contacts = [{ leader = "L7" }]'),
        "line 119, branches[2] (B02).contacts[1].leader",
    ),
    ("M08", ('step = "S1", waived', 'step = "S7", waived'), "line 107, branches[1] (B01).targets[1].step"),
    (
        "M08",
        (
            "schedule.improve = { start = 2026-09-14",
            "schedule.rest = { start = 2026-09-14, end = 2026-09-14 }\nschedule.improve = { start = 2026-09-14",
        ),
        "line 121, branches[2] (B02).schedule.rest",
    ),
    ("M16", ('title = "Small"', 'title = ""'), "line 5, campaign.title"),
    ("M16", ('name = { zh = "学校", en = "School" }', "name = {}"), "line 114, branches[2] (B02).name"),
    ("M17", ('due = "2026-11-30"', 'due = "2026-11-31"'), "line 52, steps[3] (I1).due"),
    ("M60", ('id = "S2"', 'id = "S1"'), "line 39, steps[2] (S1).id"),
    ("M60", ('id = "improve"', 'id = "study"'), "line 30, phases[2] (study).id"),
    (
        "M60",
        ("[[branches]]", '[[surveys]]\nkind = "final"\nquestionnaire = "pulse"\n\n[[branches]]'),
        "line 100, surveys[2].kind",
    ),
    ("M61", ("end_date = 2026-12-31", "end_date = 2028-07-01"), "line 8, campaign.end_date"),
    ("M62", ('count = "reached"\ndue', "due"), "line 46, steps[3] (I1).count"),
    ("M65", (', "approved", "returned"]', "]"), "line 85, kinds[4] (gate).outcomes"),
]
WARNINGS = [
    ("V10", ('contacts = [{ leader = "L2" }]\n', ""), "line 112, branches[2] (B02).contacts"),
    (
        "V10",
        ("[[surveys]]", '[[leaders]]\ncode = "L3"\nrole = "Third"\n\n[[surveys]]'),
        "line 96, leaders[3] (L3).code",
    ),
    ("V13", ('type = "school"', 'type = "school"\nvenue = "none"'), "line 116, branches[2] (B02).venue"),
    ("V13", ('type = "school"', 'type = "school"\nfunding = "none"'), "line 116, branches[2] (B02).funding"),
    ("V24", ("end = 2026-11-01", "end = 2026-11-16"), "line 120, branches[2] (B02).schedule"),
    ("V37", ("hour_target = 40", "hour_target = 81"), "line 19, member_groups[1] (on_post).hour_target"),
    (
        "V85",
        ('organiser = "Office"', 'organiser = "Office"\nremedial_threshold_pct = 96'),
        "line 7, campaign.remedial_threshold_pct",
    ),
    ("M63", ('advances = ["S1"]', ""), "line 33, steps[1] (S1)"),
    ("M64", ('group_counts = ["reached"]', 'group_counts = ["attended"]'), "line 51, steps[3] (I1).count"),
    ("M66", ('effect = "gate"\n', ""), "line 25, phases[1] (study)"),
    (
        "M68",
        ('branch_types = ["office"]', 'branch_types = ["office", "village"]'),
        "line 53, steps[3] (I1).branch_types[2]",
    ),
]


def problems_of(text: str) -> list[Problem]:
    """What a campaign file is told, errors and warnings."""
    try:
        return list(parse_plan(text, "plan.toml").warnings)
    except BadInput as error:
        return list(error.problems)


def found(text: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems_of(text)]


def test_the_good_file_is_good() -> None:
    """The file that the other tests damage has no problem itself."""
    assert found(GOOD) == []


CONSEQUENCES = {
    "line 39, steps[2] (S1).id": [("M08", "line 73, kinds[2] (session).advances[1]")],
    "line 30, phases[2] (study).id": [
        ("M08", "line 48, steps[3] (I1).phase"),
        ("M08", "line 110, branches[1] (B01).schedule.improve"),
        ("M08", "line 121, branches[2] (B02).schedule.improve"),
    ],
}
"""Mistakes that take a name away from what refers to it."""


@pytest.mark.parametrize(("code", "edit", "place"), ERRORS)
def test_a_broken_rule_is_refused_at_its_place(code: str, edit: tuple[str, str], place: str) -> None:
    """One mistake gives its code, at the line and path where it stands."""
    errors = [(problem.code, problem.place) for problem in problems_of(edited(edit)) if problem.refuses]
    assert errors == [(code, place), *CONSEQUENCES.get(place, [])]


@pytest.mark.parametrize(("code", "edit", "place"), WARNINGS)
def test_a_warning_is_told_and_the_plan_is_loaded(code: str, edit: tuple[str, str], place: str) -> None:
    """What is only odd does not stop the campaign."""
    loaded = parse_plan(edited(edit), "plan.toml")
    assert isinstance(loaded, Loaded)
    assert (code, place) in [(problem.code, problem.place) for problem in loaded.warnings]


@pytest.mark.parametrize(
    "edits",
    [
        [("expected_branches = 2", "expected_branches = 3\ntotals_acknowledged = true")],  # V03
        [("end = 2026-10-04", "end = 2026-09-18")],  # V23: exactly 75 days
        [("end = 2026-10-04", "end = 2026-09-17"), ("total = 20", 'total = 20\nshort_study_reason = "short-staffed"')],
        [("end = 2026-11-01", "end = 2026-11-15")],  # V24: exactly 105 days
        [("start = 2026-07-06", "start = 2026-07-01"), ("end = 2026-11-01", "end = 2026-11-10")],  # V20: on the edges
        [('type = "school"', 'type = "school"\nvenue = "none"\nsupport_request = "a room"')],  # V13
        [(
            'type = "school"',
            'type = "school"\ncondition = "shell"\ncondition_plan = { kind = "merge", due_date = 2026-09-01 }',
        )],  # V12
    ],
)  # fmt: skip
def test_on_the_edge_or_with_a_reason_it_is_right(edits: list[tuple[str, str]]) -> None:
    """A limit that is just kept, an acknowledged total, a reason given: no problem."""
    assert found(edited(*edits)) == []


@pytest.mark.parametrize(("target", "codes"), [(6, []), (7, ["V85"])])
def test_more_than_three_texts_of_each_member_are_asked_back(target: int, codes: list[str]) -> None:
    """Two floating members: six notes are three each, the seventh is for show."""
    step = '[[steps]]\nid = "S3"\nphase = "study"\nname = "Notes"\nkind = "count"\ncount = "attended"\n'
    text = edited(
        ("[[counts]]", f'{step}groups = ["floating"]\n\n[[counts]]'),
        ('advances = ["S2"]', 'advances = ["S2", "S3"]'),
        ('targets = [{ step = "S1"', f'targets = [{{ step = "S3", target = {target} }}, {{ step = "S1"'),
    )
    assert [code for code, _ in found(text)] == codes


def test_pauses_are_no_days_of_study() -> None:
    """Eleven paused days leave 80 of 91 days; 20 leave 71, which is too few (V23)."""
    paused = 'end = 2026-10-04, pauses = [{ start = 2026-09-01, end = 2026-09-11, reason = "flooded" }] }'
    longer = paused.replace("09-11", "09-20")
    assert found(edited(("end = 2026-10-04 }", paused))) == []
    assert [code for code, _ in found(edited(("end = 2026-10-04 }", longer)))] == ["V23"]


def test_a_branch_that_does_not_take_part_is_not_asked_for_dates_or_roles() -> None:
    """An inactive branch counts in no total and needs no schedule."""
    head, _, _ = GOOD.replace('leader = "L1", lead', 'leader = "L1" }, { leader = "L2", lead').rpartition(
        "[[branches]]"
    )
    inactive = '[[branches]]\ncode = "B02"\nname = "School"\ntype = "x"\ntotal = 0\nactive = false\nschedule = {}\n'
    text = (head + inactive).replace("expected_branches = 2", "expected_branches = 1")
    assert found(text.replace("expected_members = 30", "expected_members = 20")) == []


def test_a_plan_without_a_file_is_checked_by_the_same_rules() -> None:
    """A plan that was changed elsewhere is told the same, without lines."""
    plan = parse_plan(GOOD, "plan.toml").plan
    branch = plan.branches[0].model_copy(update={"total": 21})
    problems = check_plan(plan.model_copy(update={"branches": (branch, plan.branches[1])}))
    assert [(each.code, each.place) for each in problems] == [
        ("V03", "campaign.expected_members"),
        ("V05", "branches[1] (B01).total"),
    ]


TOGETHER = [
    ("V01", ("end_date = 2026-12-31", "end_date = 2026-06-30")),
    ("V02", ('organiser = "Office"', 'organiser = "Office"\ntimezone = "Mars"')),
    ("M16", ('title = "Small"', 'title = ""')),
    ("M07", ("holidays = [2026-10-01]", "holidays = [2026-10-10]")),
    ("V06", ("hour_target = 40", "hour_target = -4")),
    ("M05", ('name = { zh = "流动"', 'nome = "x"\nname = { zh = "流动"')),
    ("M07", ('name = { zh = "整改", en = "Improve" }', 'name = "Improve"\nweight = 0')),
    ("M08", ('phase = "study"\nname = "Kick-off"', 'phase = "studies"\nname = "Kick-off"')),
    ("M08", ('groups = ["on_post"]', 'groups = ["on_post", "off_post"]')),
    ("M06", ('name = "Reached"\nkind', "kind")),
    ("M17", ('due = "2026-11-30"', 'due = "2026-02-30"')),
    ("M08", ('advances = ["S2"]', 'advances = ["S2", "S8"]')),
    ("M65", ('outcomes = ["requested", "approved", "returned"]', 'outcomes = ["requested"]')),
    ("M07", ('code = "L1"\nrole = "Deputy"', 'code = "L1"\nrole = 5')),
    ("M07", ('kind = "final"', 'kind = "finale"')),
    ("V05", ("on_post = 18", "on_post = 17")),
    ("M07", ("valid_to = 2026-09-30", 'valid_to = "autumn"')),
    ("V21", ("end = 2026-09-05", "end = 2026-08-05")),
    ("V34", ('reason = "held in spring"', 'reason = ""')),
    ("V22", ("start = 2026-08-17", "start = 2026-08-01")),
    ("V06", ("members.on_post = 10", "members.on_post = 10.5")),
    ("V09", ("total = 10", "total = 10\nleading_group = { headed_by_first_responsible = false }")),
    ("M08", ('contacts = [{ leader = "L2" }]', 'contacts = [{ leader = "L9" }]')),
    ("V12", ('type = "school"', 'type = "school"\ncondition = "shell"')),
    ("V21", ("end = 2026-11-01", "end = 2026-09-01")),
]


@pytest.mark.parametrize("seed", range(5))
def test_all_mistakes_of_a_file_are_listed_at_once(seed: int) -> None:
    """Twenty-five mistakes in one file give their twenty-five problems, whatever order they were made in."""
    edits = random.Random(seed).sample(TOGETHER, len(TOGETHER))  # noqa: S311  # no secret
    codes = [problem.code for problem in problems_of(edited(*(edit for _, edit in edits))) if problem.refuses]
    assert sorted(codes) == sorted(code for code, _ in TOGETHER)


def test_problems_stand_in_the_order_of_the_file() -> None:
    """Somebody who corrects a file goes through it once, from top to bottom."""
    problems = [each for each in problems_of(edited(*(edit for _, edit in TOGETHER))) if each.refuses]
    lines = [int(problem.place.removeprefix("line ").partition(",")[0]) for problem in problems]
    assert lines == sorted(lines)


@pytest.mark.parametrize("lang", Lang)
def test_every_problem_can_be_read_in_both_languages(lang: Lang) -> None:
    """No message lacks a value."""
    texts = [problem.text(lang) for _, edit, _ in [*ERRORS, *WARNINGS] for problem in problems_of(edited(edit))]
    assert all(texts)
    assert not [text for text in texts if "{" in text]


def test_the_same_days_everywhere_are_odd() -> None:
    """V26 for three or more branches of which none has days of its own; one that takes no part does not count."""
    many = [make_branch(f"B0{number}") for number in (1, 2, 3)]
    own = make_branch("B03", schedule={"study": {"start": "2026-08-03", "end": "2026-08-30"}})
    for branches, found in (
        (many, 1),
        (many[:2], 0),
        ([*many[:2], own], 0),
        ([*many, own.model_copy(update={"code": "B04", "active": False})], 1),
    ):
        codes = [problem.code for problem in check_plan(make_plan(branches=branches))]
        assert codes.count("V26") == found
