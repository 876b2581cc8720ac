"""Tables of the command line: words of the plan and of the language, never ids."""

import json
from datetime import date
from decimal import Decimal

import pytest

from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry, Logged
from campaign.report import status_report
from campaign.samples import sample_plan
from manyi.cli.audit_tables import audit_lines
from manyi.cli.tables import log_lines, session_lines, status_lines
from surveys.session import SessionState
from tests.staff_fakes import a_plan, an_overview
from tui.staff.ports import SessionLine

DAY = date(2026, 11, 20)
TOWN = sample_plan("town").plan


def test_the_log_says_everything_that_an_entry_says() -> None:
    """Day, phase, kind, hours, counts, outcome, reference and note, by the words of the plan."""
    study = LogEntry(
        kind="study_session",
        branch="B06",
        phase="study",
        on=DAY,
        groups={"on_post": {"expected": 4, "attended": 3}, "retired": {"attended": 2}},
        hours=Decimal("2.5"),
        attributes={"time_band": "spare", "size": "small"},
        leader="L3",
        reference="B06-学01",
        note="安全常识",
        recorded_on=DAY,
    )
    inspection = LogEntry(
        kind="inspection",
        branch="B06",
        phase="improve",
        on=DAY,
        counts={"findings": 1},
        outcome="poor",
        recorded_on=DAY,
    )
    head, first, second = (
        line.split("  ") for line in log_lines(TOWN, [Logged(7, study), Logged(12, inspection)], Lang.ZH)
    )
    assert [cell.strip() for cell in head if cell] == [
        *("编号", "日期", "支部", "阶段", "事项类别", "学时", "数量", "选项", "结果", "档案编号", "备注")
    ]
    counts = "在岗：应到 4、实到 3 · 离退休：实到 2"
    chosen = "业余时间、小型、L3"
    assert [cell.strip() for cell in first if cell.strip()] == [
        *("7", "2026-11-20", "B06", "学习动员", "集中学习", "2.5", counts, chosen, "B06-学01", "安全常识")
    ]
    assert [cell.strip() for cell in second if cell.strip()] == [
        *("12", "2026-11-20", "B06", "整改提高", "督查", "发现问题数 1", "差")
    ]
    english = "\n".join(log_lines(TOWN, [Logged(1, study)], Lang.EN))
    assert "On post: Expected 4, Attended 3 · Retired: Attended 2" in english


def test_sessions_are_listed_in_words() -> None:
    """Kind and state as people say them."""
    line = SessionLine("B06-261120-1", "B06", "recheck", SessionState.COUNTING, 3, 2)
    _, said = session_lines(TOWN, [line], Lang.ZH)
    assert said.split() == ["B06-261120-1", "供销公司", "补课后复测", "清点中", "3", "2"]
    _, said = session_lines(TOWN, [line], Lang.EN)
    assert "recheck survey  counting" in said


def test_the_status_speaks_of_the_plans_branches() -> None:
    """支部 in one campaign, libraries in another; the late ones are listed as the language lists."""
    plan = a_plan()
    for lang, first, second in (
        (Lang.ZH, "2026-11-23：10个支部中8个按期", "逾期：B06 供销公司、B10 离退休干部"),
        (Lang.EN, "2026-11-23: 8 of 10 branches on schedule", "Late: B06 Supply & Marketing Co., B10 Retired Staff"),
    ):
        lines = list(status_lines(plan, status_report(plan, an_overview(plan), lang), lang))
        assert lines[:2] == [first, second]


def test_of_a_corrected_entry_only_what_differs_is_listed() -> None:
    """An entry is kept whole in the audit; whoever reads it looks for the change."""
    before, after = (
        '{"kind": "visit", "note": "旧", "branch": "B07"}',
        '{"kind": "visit", "note": "新", "branch": "B07"}',
    )
    change = AuditEntry(on=DAY, role="办公室", entity="log 7", field="entry", old=before, new=after, reason="写错了")
    text = "\n".join(audit_lines(a_plan(), [change], Lang.ZH))
    assert ('note: "旧"' in text, 'note: "新"' in text, "visit" in text) == (True, True, False)
    other = change.model_copy(update={"field": "venue", "old": "own", "new": "none"})
    assert "own" in "\n".join(audit_lines(a_plan(), [other], Lang.ZH))


def test_a_changed_number_deep_in_an_entry_is_seen_before_and_after() -> None:
    """3 and 2 who attended stand in the line with the way to them, in a file whole, in a terminal however narrow."""
    sides = [{"note": "n" * 90, "groups": {"on_post": {"expected": 9}, "retired": {"attended": n}}} for n in (3, 2)]
    old, new = (json.dumps(each) for each in sides)
    change = AuditEntry(on=DAY, role="Office", entity="log 7", field="entry", old=old, new=new, reason="miscounted")
    for room in (None, 80):
        line = list(audit_lines(a_plan(), [change], Lang.EN, room))[1]
        assert "log entry 7 · entry  groups.retired.attended: 3  groups.retired.attended: 2" in line
    words = [f"{'x' * 60}{end}" for end in ("old", "new")]
    said = change.model_copy(update={"field": "text", "old": words[0], "new": words[1]})
    line = list(audit_lines(a_plan(), [said], Lang.EN, 80))[1]
    assert ("xold" in line, "xnew" in line, "x" * 60 in line) == (True, True, False)
    assert words[0] in list(audit_lines(a_plan(), [said], Lang.EN, 200))[1]


@pytest.mark.parametrize(
    ("entity", "field", "said"),
    [
        ("branch B10", "schedule.p2.pauses", "支部 B10 · 分析评议暂停"),
        ("log 12", "entry", "记录 12 · 记录内容"),
        ("calendar", "holiday.2026-12-01", "日历 · holiday.2026-12-01"),
    ],
)
def test_what_was_changed_is_said_in_the_readers_language(entity: str, field: str, said: str) -> None:
    """Branch, log, calendar: no word of another language stands there but an id."""
    change = AuditEntry(on=DAY, role="办公室", entity=entity, field=field)
    assert said in list(audit_lines(a_plan(), [change], Lang.ZH))[1]
