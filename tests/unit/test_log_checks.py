"""What an entry cannot say beside the log of its branch: who was reached already, which phase was approved."""

import pytest

from campaign.correcting import correct_entry
from campaign.errors import ManyiError, Refused
from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry
from campaign.plan import Plan
from campaign.reaching import Reach, reach_at, reach_rules
from campaign.recording import record
from db import memory_store
from surveys.ports import Store
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_phase, make_plan, make_step, november

SENT = make_kind("sent", "S1", group_counts=("reached", "unreachable"))
STEP = make_step(kind="coverage", count="reached", unreachable="unreachable", groups=["retired"])
PLAN = make_plan(kinds=[SENT], steps=[STEP], branches=[make_branch(members={"staff": 5, "retired": 9})])
SIX_AND_THREE = ({"reached": 4}, {"reached": 2}, {"unreachable": 3})


def sent(**counts: int) -> LogEntry:
    """So many of the nine retired were reached, or found to be out of reach."""
    return make_entry("sent", TODAY, groups={"retired": counts})


def a_store(plan: Plan, *entries: LogEntry) -> Store:
    """A campaign with these in its log."""
    store = memory_store()
    store.save_plan(plan, AuditEntry(on=TODAY, role="staff", entity="plan", field="all"))
    store.add_entries(entries)
    return store


def six_and_three() -> Store:
    """Nine people: six reached, three out of reach."""
    return a_store(PLAN, *(sent(**counts) for counts in SIX_AND_THREE))


def refusal(store: Store, *entries: LogEntry, confirmed: bool = False) -> list[tuple[str, str]]:
    """Codes and places of what speaks against the entries; none of them was kept."""
    before = store.entries()
    with pytest.raises(ManyiError) as refused:
        record(store, entries, TODAY, confirmed=confirmed)
    assert store.entries() == before
    return [(each.code, each.place) for each in refused.value.problems]


def reached(store: Store) -> Reach:
    """How it stands with the retired."""
    return reach_at(reach_rules(PLAN), {"retired": 9}, store.entries())[0]


def test_who_was_reached_is_not_reached_once_more() -> None:
    """The same six called again are refused with the figures, whatever is confirmed, and nothing is added up."""
    store = six_and_three()
    assert refusal(store, sent(reached=6), confirmed=True) == [("M131", "groups.retired.reached")]
    assert refusal(store, sent(unreachable=1)) == [("M131", "groups.retired.unreachable")]
    assert reached(store) == Reach("retired", members=9, reached=6, unreachable=3)
    with pytest.raises(Refused) as refused:
        record(store, [sent(reached=6)], TODAY)
    assert (
        refused.value.problems[0]
        .text(Lang.EN)
        .endswith(
            'reached: 6 more is too many. "Retired" of B01: people 9, reached already 6, out of reach 3, so at most 3. '
            "Count only those not counted before."
        )
    )


def test_who_was_out_of_reach_may_be_reached_later_and_is_asked_about() -> None:
    """Of the three two are found: they leave the unreachable, and stay reached."""
    store = six_and_three()
    assert refusal(store, sent(reached=2)) == [("M132", "groups.retired.reached")]
    record(store, [sent(reached=2)], TODAY, confirmed=True)
    assert reached(store) == Reach("retired", members=9, reached=8, unreachable=1)
    assert refusal(store, sent(unreachable=1)) == [("M131", "groups.retired.unreachable")]


def test_new_people_are_added_without_a_question() -> None:
    """As long as somebody is left whom nobody has tried to reach."""
    store = a_store(PLAN, sent(reached=4))
    record(store, [sent(reached=2), sent(reached=1, unreachable=2)], TODAY)
    assert reached(store) == Reach("retired", members=9, reached=7, unreachable=2)


def test_one_list_counts_nobody_twice_either() -> None:
    """The entries before an entry of the same list count; the place says which entry."""
    assert refusal(a_store(PLAN), sent(reached=6), sent(reached=6)) == [("M131", "#2 groups.retired.reached")]


def test_one_entry_speaks_of_no_more_people_than_there_are() -> None:
    """V36: six reached and eight out of reach, of nine."""
    assert refusal(a_store(PLAN), sent(reached=6, unreachable=8)) == [("V36", "groups.retired.unreachable")]


def test_a_correction_counts_instead_of_what_it_corrects() -> None:
    """Of an entry of two three can be made, when one is left; not four; its note can always be mended."""
    store = a_store(PLAN, sent(reached=6), sent(reached=2))
    seen = store.logged()[1]
    with pytest.raises(Refused) as refused:
        correct_entry(store, seen, sent(reached=4), "counted again", "recorder", TODAY)
    assert refused.value.code == "M131"
    correct_entry(store, seen, sent(reached=3), "counted again", "recorder", TODAY)
    assert reached(store) == Reach("retired", members=9, reached=9, unreachable=0)
    over = a_store(PLAN, sent(reached=6), sent(reached=6))
    said = sent(reached=6).model_copy(update={"note": "by phone"})
    correct_entry(over, over.logged()[1], said, "the note was missing", "recorder", TODAY)
    assert over.entries()[1].note == "by phone"


def test_a_step_of_another_phase_reaches_people_anew() -> None:
    """Where several phases want them reached, each counts its own."""
    again = STEP.model_copy(update={"id": "S2", "phase": "improve"})
    plan = PLAN.model_copy(update={"steps": (STEP, again)})
    store = a_store(plan, sent(reached=9))
    record(store, [sent(reached=9).model_copy(update={"phase": "improve"})], TODAY)
    assert refusal(store, sent(reached=1)) == [("M131", "groups.retired.reached")]


GATED = make_plan(
    steps=[make_step()],
    kinds=[make_kind("work", "S1")],
    phases=[make_phase("study", gate_required=True), make_phase("improve", gate_required=True)],
)


def gate(outcome: str, day: int = 23) -> LogEntry:
    """A decision about the study phase, or its request."""
    return make_entry("gate", november(day), outcome=outcome)


@pytest.mark.parametrize(
    ("before", "outcome", "possible"),
    [
        ([], "approved", "requested"),
        ([], "returned", "requested"),
        (["requested"], "requested", "approved, returned"),
        (["requested", "returned"], "approved", "requested"),
        (["requested", "returned"], "returned", "requested"),
        (["requested", "approved"], "approved", "returned"),
        (["requested", "approved"], "requested", "returned"),
    ],
)
def test_a_decision_follows_a_request_and_a_request_a_return(before: list[str], outcome: str, possible: str) -> None:
    """V79 otherwise, which says what is possible."""
    store = a_store(GATED, *map(gate, before))
    assert refusal(store, gate(outcome)) == [("V79", "outcome")]
    with pytest.raises(Refused) as refused:
        record(store, [gate(outcome)], TODAY)
    assert refused.value.problems[0].text(Lang.EN).endswith(f"Possible: {possible}.")


def test_a_phase_is_returned_requested_again_and_approved() -> None:
    """Each on its day, or all on one in the order of recording; another phase has a gate of its own."""
    store = a_store(GATED)
    record(store, [gate("requested", 9), gate("returned", 10), gate("requested", 10), gate("approved", 11)], TODAY)
    assert refusal(store, gate("approved").model_copy(update={"phase": "improve"})) == [("V79", "outcome")]


def test_what_is_recorded_late_must_fit_what_came_after_it() -> None:
    """A return before an approval is refused where no request lies between."""
    store = a_store(GATED, gate("requested", 9), gate("approved", 12))
    assert refusal(store, gate("returned", 10)) == [("V79", "outcome")]
    record(store, [gate("returned", 14)], TODAY)


def test_an_approval_stands_once_the_next_phase_has_begun() -> None:
    """M133: the phase that ended is not made overdue again. Until then the approval can be taken back."""
    ended = [make_entry("work", november(3)), gate("requested", 4), gate("approved", 5)]
    store = a_store(GATED, *ended, make_entry("begin", november(8), phase="improve"))
    assert refusal(store, gate("returned")) == [("M133", "outcome")]
    record(a_store(GATED, *ended), [gate("returned")], TODAY)


def test_an_approval_recorded_by_mistake_is_corrected() -> None:
    """It becomes a return, for which the request before it is enough; not one that came unasked."""
    store = a_store(GATED, gate("requested", 4), gate("approved", 5))
    correct_entry(store, store.logged()[1], gate("returned", 5), "was returned", "organiser", TODAY)
    assert [each.outcome for each in store.entries()] == ["requested", "returned"]
    with pytest.raises(Refused) as refused:
        correct_entry(store, store.logged()[0], gate("approved", 4), "was approved", "organiser", TODAY)
    assert refused.value.code == "V79"
