"""A log entry while it is typed, and the list that one chooses from."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.log import LogEntry
from campaign.samples import sample_plan
from tests.staff_fakes import DAY
from tui.staff.entry_draft import EntryDraft, folded, read_draft, wanted_boxes
from tui.staff.entry_rows import likely_first
from tui.widgets.choice_field import Option, matching

TEXTS = st.text(max_size=20)


def draft(**texts: str) -> EntryDraft:
    return EntryDraft("study", "B01", "p1", "", {"on": "2026-11-23", **texts})


def test_a_full_draft_is_an_entry() -> None:
    """Full-width digits are digits, empty boxes are left out, spaces in a note are folded."""
    texts = {"groups.on_post.attended": "２０", "groups.retired.attended": "", "hours": "２.5", "note": " 两  处 "}
    reading = read_draft(draft(**texts), DAY)
    assert reading.entry == LogEntry(
        kind="study",
        branch="B01",
        phase="p1",
        on=DAY,
        groups={"on_post": {"attended": 20}},
        hours=Decimal("2.5"),
        note="两 处",
        recorded_on=DAY,
    )


def test_what_is_not_chosen_is_missing() -> None:
    """Missing is not wrong: it is told apart, so that an empty form does not scold."""
    reading = read_draft(EntryDraft(texts={"on": "2026-11-23"}), DAY)
    assert reading.missing == {"kind", "branch", "phase"}
    assert reading.problems == {}
    assert reading.entry is None


def test_everything_wrong_is_named_at_once() -> None:
    """Each under its own box."""
    reading = read_draft(draft(on="yesterday", hours="25", **{"counts.forms": "-1"}), DAY)
    assert {field: problem.code for field, problem in reading.problems.items()} == {
        "on": "M17",
        "hours": "M07",
        "counts.forms": "V06",
    }


@pytest.mark.parametrize("hours", ["0", "-1", "24.5", "1.25", "nan", "inf", "1e1", "1e-9999999999999999999", "x"])
def test_hours_that_cannot_be_are_refused(hours: str) -> None:
    """More than 0, at most 24, one decimal; whatever else one types is a problem and never an exception."""
    reading = read_draft(draft(hours=hours), DAY)
    assert reading.problems["hours"].code == "M07"


@given(hours=TEXTS, on=TEXTS, count=TEXTS, note=TEXTS)
def test_any_text_gives_an_entry_or_a_problem(hours: str, on: str, count: str, note: str) -> None:
    """Nothing that can be typed raises."""
    texts = {"hours": hours, "on": on, "counts.forms": count, "note": note}
    reading = read_draft(draft(**texts), DAY)
    assert (reading.entry is None) == bool(reading.problems)


def test_a_day_may_be_written_short() -> None:
    """Month and day are of this year."""
    reading = read_draft(draft(on="11-20"), DAY)
    assert reading.entry is not None
    assert reading.entry.on == date(2026, 11, 20)


def test_everybody_in_a_group_is_expected_at_first() -> None:
    """Groups without members have no boxes."""
    plan = sample_plan("town").plan
    branch, kind = plan.branch("B06"), plan.kind("study_session")
    assert branch is not None
    assert kind is not None
    boxes = wanted_boxes(kind, branch)
    assert boxes["groups.front_line.expected"] == "8"
    assert boxes["groups.front_line.attended"] == ""
    assert "groups.new_org.expected" not in boxes
    assert "hours" in boxes


def test_kinds_of_the_current_phase_come_first() -> None:
    """What is recorded every day is one digit away; no kind is lost."""
    plan = sample_plan("town").plan
    kinds = likely_first(plan, "study")
    assert [kind.id for kind in kinds[:6]][-1] == "kickoff"
    assert {kind.id for kind in kinds} == {kind.id for kind in plan.kinds}


def test_options_match_by_label_or_id() -> None:
    """Capitals do not matter; nothing typed means all."""
    options = [Option("B01", "B01 镇机关"), Option("B10", "B10 离退休"), Option("kick", "Kick-off")]
    assert matching(options, "") == options
    assert [option.id for option in matching(options, "b1")] == ["B10"]
    assert [option.id for option in matching(options, "镇机")] == ["B01"]
    assert [option.id for option in matching(options, "KICK")] == ["kick"]


def test_folding_makes_full_width_plain() -> None:
    """What an input method leaves behind is read as it is meant."""
    assert folded(" １２．５ ") == "12.5"
