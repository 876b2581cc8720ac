"""A log entry while it is typed, and the list that one chooses from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.log import LogEntry
from campaign.overview import overview
from campaign.samples import sample_log, sample_plan
from tests.entry_makers import full_entry
from tests.staff_fakes import DAY
from tui.staff.entry_draft import EntryDraft, draft_of, folded, new_draft, officials, read_draft, wanted_boxes
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


def test_an_id_typed_in_full_comes_first() -> None:
    """Whoever knows the id of a kind need not look."""
    options = [Option("result_notice", "Result notice"), Option("notice", "Notice")]
    assert [option.id for option in matching(options, "Notice")] == ["notice", "result_notice"]


def test_folding_makes_full_width_plain() -> None:
    """What an input method leaves behind is read as it is meant."""
    assert folded(" １２．５ ") == "12.5"


def test_what_is_still_open_comes_before_what_is_done() -> None:
    """At a branch the kinds of its open steps come first; where only the approval is missing, that one does."""
    town = sample_plan("town")
    view = overview(town.plan, sample_log("town"), DAY, trust_today=True)
    late = next(branch for branch in view.branches if branch.code == "B06")
    assert [kind.id for kind in likely_first(town.plan, late.phase, late)][:3] == [
        "corrections",
        "final_survey",
        "result_notice",
    ]
    phases = tuple(
        replace(phase, finish_date_missing=True) if phase.phase == late.phase else phase for phase in late.phases
    )
    assert likely_first(town.plan, late.phase, replace(late, phases=phases))[0].id == "gate"


@pytest.mark.parametrize("sample", ["town", "library"])
def test_a_draft_says_what_its_entry_says(sample: str) -> None:
    """Every entry of both samples, and one of every kind at every branch, comes back as it was."""
    plan = sample_plan(sample).plan
    view = overview(plan, sample_log(sample), DAY, trust_today=True)
    made = [full_entry(plan, view, kind, branch) for kind in plan.kinds for branch in plan.branches]
    for entry in (*sample_log(sample), *made):
        assert read_draft(draft_of(entry), entry.recorded_on).entry == entry


def test_a_new_draft_knows_the_usual() -> None:
    """The first choice of each attribute, everybody expected, the branch's own lead official; nothing where none is."""
    plan = sample_plan("town").plan
    branch = plan.branch("B06")
    kinds = {kind.id: kind for kind in plan.kinds}
    assert branch is not None
    assert new_draft(plan, kinds["kickoff"], branch).attributes == {
        "time_band": "work",
        "size": "full",
        "place": "central",
    }
    assert new_draft(plan, kinds["visit"], branch).leader == "L3"
    assert officials(plan, branch)[0] == "L3"
    assert len(officials(plan, branch)) == len(plan.leaders)
    assert new_draft(plan, kinds["notice"], branch).leader == ""
