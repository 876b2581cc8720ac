"""T8 and its rates tell nothing of ratings while few answers are rated, whatever is read together."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from campaign.case_tables import ANSWER_CASE
from campaign.cases import Case, CaseEvent
from campaign.language import Lang
from campaign.samples import sample_cases, sample_plan
from exports.cells import Hidden, Table
from exports.showing import shown
from exports.tables.cases import case_tables
from tests.builders import make_plan

DEMO = date(2026, 11, 23)
K = 5
Ends = tuple[tuple[int, str, str], ...]
"""What came after the first answer: day, move, state."""
UNRATED: list[Ends] = [(), ((20, "lapse", "closed_unrated"),), ((12, "withdraw", "withdrawn"),)]
RATED: list[Ends] = [
    ((12, "rate_satisfied", "closed"),),
    ((12, "rate_basically", "closed"),),
    ((12, "rate_dissatisfied", "reopened"),),
    ((12, "rate_dissatisfied", "escalated"),),
    ((12, "rate_dissatisfied", "reopened"), (16, "answer", "answered")),
    ((12, "rate_dissatisfied", "reopened"), (16, "answer", "answered"), (17, "rate_satisfied", "closed")),
    ((12, "rate_dissatisfied", "escalated"), (18, "answer", "closed_unsatisfied")),
]


def answered(no: int, day: int, ends: Ends) -> Case:
    """Received on the 2nd, to be answered by the 10th, answered on this day of November."""
    events = [
        CaseEvent(on=date(2026, 11, 2), move="open", state="received", due=date(2026, 11, 10)),
        CaseEvent(on=date(2026, 11, day), move="answer", state="answered", rate_by=date(2026, 11, 30)),
        *(
            CaseEvent(
                on=date(2026, 11, on), move=move, state=state, due=date(2026, 11, 24) if state == "reopened" else None
            )
            for on, move, state in ends
        ),
    ]
    return Case(
        no=f"{no:010}", kind="answer", branch="B01", received_on=date(2026, 11, 2), matter="x", events=tuple(events)
    )


def answer_tables(cases: Sequence[Case]) -> list[Table]:
    return [table for table in case_tables(make_plan(), cases, DEMO) if table.number == "T8"]


@given(st.lists(st.tuples(st.integers(3, 11), st.sampled_from([*UNRATED[:2], *RATED])), min_size=1, max_size=8))
def test_with_few_ratings_the_tables_are_the_same_whatever_they_are(cases: list[tuple[int, Ends]]) -> None:
    """Nobody, nobody yet, four satisfied or four dissatisfied ones: an attacker reads the same tables."""
    few = [
        (day, ends if sum(each in RATED for _, each in cases[:at]) < K - 1 else ())
        for at, (day, ends) in enumerate(cases)
    ]
    nobody = answer_tables([answered(no, day, ()) for no, (day, _) in enumerate(few)])
    assert answer_tables([answered(no, day, ends) for no, (day, ends) in enumerate(few)]) == nobody


def test_what_the_person_took_back_is_told() -> None:
    """Being withdrawn is no rating: it may be told, and is no answer in time either."""
    found = answer_tables([answered(1, 8, ()), answered(2, 8, UNRATED[2])])[0]
    states = [row[found.place("state")] for row in found.rows]
    assert [shown(state, Lang.EN) for state in states] == [
        "answered",
        "withdrawn by the person",
    ]


def test_with_enough_ratings_every_state_is_told() -> None:
    """From the fifth rating on: the rows say what became of each, and the rates how many are satisfied."""
    found, rates = answer_tables([answered(no, 8, RATED[no]) for no in range(K)])
    assert not any(isinstance(cell, Hidden) for row in (*found.rows, *rates.rows) for cell in row)
    states = {str(row[found.place("state")]) for row in found.rows}
    assert len(states) == 4


def test_the_towns_answers_show_no_state_that_follows_from_a_rating() -> None:
    """Two are rated, one is reopened and one was let lapse: all four that were answered stand as answered."""
    plan = sample_plan("town").plan
    found = next(table for table in case_tables(plan, sample_cases("town"), DEMO) if table.name == "T8")
    states = [shown(row[found.place("state")], Lang.EN) for row in found.rows]
    assert states.count("answered") == 3
    telling = {ANSWER_CASE.state(each).name for each in ("closed", "closed_unrated", "reopened", "escalated")}
    assert not telling & set(states)
