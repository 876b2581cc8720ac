"""A small good campaign file for tests, and a way to damage it."""

from campaign.errors import BadInput
from campaign.language import Lang
from campaign.loading import parse_plan

GOOD = """\
format = 1

[campaign]
id = "small"
title = "Small"
organiser = "Office"
start_date = 2026-07-01
end_date = 2026-12-31
expected_branches = 2
expected_members = 30

[calendar]
holidays = [2026-10-01]
extra_workdays = [2026-10-10]

[[member_groups]]
id = "on_post"
name = { zh = "在岗", en = "On post" }
hour_target = 40

[[member_groups]]
id = "floating"
name = { zh = "流动", en = "Floating" }

[[phases]]
id = "study"
name = { zh = "学习", en = "Study" }

[[phases]]
id = "improve"
name = { zh = "整改", en = "Improve" }

[[steps]]
id = "S1"
phase = "study"
name = "Kick-off"

[[steps]]
id = "S2"
phase = "study"
name = "Hours"
kind = "rate"
of = "hours"
groups = ["on_post"]

[[steps]]
id = "I1"
phase = "improve"
name = "Reached"
kind = "coverage"
count = "reached"
due = "2026-11-30"
branch_types = ["office"]

[[counts]]
id = "attended"
name = "Attended"

[[counts]]
id = "reached"
name = "Reached"

[[kinds]]
id = "kickoff"
name = "Kick-off"
advances = ["S1"]

[[kinds]]
id = "session"
name = "Session"
group_counts = ["attended"]
hours = true
advances = ["S2"]

[[kinds]]
id = "outreach"
name = "Outreach"
group_counts = ["reached"]
advances = ["I1"]

[[kinds]]
id = "gate"
name = "Gate"
effect = "gate"
outcomes = ["requested", "approved", "returned"]

[[leaders]]
code = "L1"
role = "Deputy"

[[leaders]]
code = "L2"
role = "Other deputy"

[[surveys]]
kind = "final"
questionnaire = "final"

[[branches]]
code = "B01"
name = { zh = "机关", en = "Office" }
type = "office"
members = { on_post = 18, floating = 2 }
total = 20
first_responsible = [{ role = "Secretary", valid_to = 2026-09-30 }, { role = "Deputy", valid_from = 2026-10-01 }]
contacts = [{ leader = "L1", lead = true }]
targets = [{ step = "S1", waived = true, reason = "held in spring" }]
busy = [{ start = 2026-09-01, end = 2026-09-05, label = "Harvest" }]
schedule.study = { start = 2026-07-06, end = 2026-08-16 }
schedule.improve = { start = 2026-08-17, end = 2026-10-04 }

[[branches]]
code = "B02"
name = { zh = "学校", en = "School" }
type = "school"
members.on_post = 10
total = 10
first_responsible = [{ role = "Head" }]
contacts = [{ leader = "L2" }]
schedule.study = { start = 2026-08-03, end = 2026-09-13 }
schedule.improve = { start = 2026-09-14, end = 2026-11-01 }
"""


def edited(*edits: tuple[str, str]) -> str:
    """The good file with each first text replaced by the second, once; the first must occur."""
    text = GOOD
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def assert_loaded_or_refused(text: str) -> None:
    """``text`` is a plan, or there are problems; whatever is said can be read in both languages."""
    try:
        told = parse_plan(text, "plan.toml").warnings
    except BadInput as error:
        told = tuple(error.problems)
        assert told
    assert all(problem.text(lang) for problem in told for lang in Lang)
