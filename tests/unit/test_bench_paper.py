"""How the bench of reading counts, and when it says that something is wrong."""

import math

import numpy as np
import pytest

from surveys.paper.codes import FormCode
from surveys.paper.reading.readings import CodeRead, Fault, FieldReading, Outcome, PageReading, QuestionReading
from tests.bench_figures import verdicts
from tests.bench_paper import HEADING, added, is_safe, office_targets, pen_lines, row
from tests.paper_pens import Filled
from tests.paper_scans import OFFICE
from tests.scan_runs import Count, Questions, Sent, compare

CODE = FormCode(12, 1, 17, 4711)
FILLED = Filled(
    "tick",
    {"plain": frozenset("1"), "blank": frozenset(), "several": frozenset("13")},
    {"blank": "blank"},
    frozenset({"comment"}),
)
SENT = Sent(np.zeros((1, 1), np.uint8), CODE, FILLED)


def read(question: str, *marked: str, outcome: Outcome = Outcome.DECIDED) -> QuestionReading:
    return QuestionReading(question, outcome, marked, (), (0, 0, 1, 1))


def field(question: str) -> FieldReading:
    return FieldReading(question, "text", (0, 0, 1, 1), b"")


def counted(*questions: QuestionReading, code: FormCode | None = CODE, fault: Fault | None = None) -> Count:
    count = Count()
    reading = PageReading(code, fault, questions, (field("other"),), CodeRead.REBUILT if code else None)
    compare(count, 5, SENT, reading)
    return count


def test_a_question_is_right_wrong_or_asked() -> None:
    """Decided as it was meant, decided otherwise, or for a person; doubtful on purpose or not."""
    count = counted(
        read("plain", "1"),
        read("plain", "2"),
        read("plain", outcome=Outcome.FAINT),
        read("several", "3", "1"),
        read("several", "1"),
        read("blank", "1"),
        read("blank", outcome=Outcome.BLANK),
    )
    questions = count.questions
    assert questions == Questions(right=2, wrong=3, asked=1, doubtful=2, asked_doubtful=1)
    assert (questions.accepted, questions.total) == (5, 7)
    assert questions.asked_percent == pytest.approx(100 / 5)
    assert [came_of for _, _, came_of in count.why] == ["wrong", "faint", "wrong", "wrong"]
    assert {number for number, _, _ in count.why} == {5}


def test_fields_are_missed_or_invented() -> None:
    """Writing that was not found, and writing that was found where nobody wrote."""
    count = counted()
    assert (count.fields, count.fields_missed, count.fields_invented) == (1, 1, 1)


@pytest.mark.parametrize(("code", "fault"), [(None, Fault.DAMAGED_CODE), (CODE, Fault.NOT_PLACED)])
def test_questions_of_a_page_for_a_person_do_not_count(code: FormCode | None, fault: Fault) -> None:
    """A page without a code or a place is unread; nothing of it is right, wrong or missed."""
    count = counted(read("plain", "2"), code=code, fault=fault)
    assert (count.pages, count.unread, count.wrong_codes) == (1, 1, 0)
    assert (count.questions.total, count.fields) == (0, 0)
    assert count.codes == {CodeRead.REBUILT if code else None: 1}


def test_another_code_is_a_wrong_code() -> None:
    """Whatever of it differs; no code is not a wrong one."""
    assert counted(code=FormCode(12, 1, 17, 4711, 2)).wrong_codes == 1
    assert counted().wrong_codes == 0


def test_without_questions_there_is_no_share() -> None:
    """Not 0 %: nothing was measured, so no target is reached."""
    assert math.isnan(Questions().asked_percent)
    assert not office_targets(Count())[1].is_reached


def test_counts_add_up() -> None:
    """All cases together have the pages, codes, questions by pen and seconds of each."""
    one = Count(1, pens={"tick": Questions(right=3)}, seconds=0.5, fields_invented=1, wrong_codes=1)
    two = Count(2, pens={"tick": Questions(wrong=1), "thin": Questions(asked=2)}, seconds=0.25, unread=1)
    one.codes[CodeRead.AS_IT_IS] = two.codes[CodeRead.AS_IT_IS] = 1
    two.codes[None] = 1
    total = added([one, two])
    assert total.pens == {"tick": Questions(right=3, wrong=1), "thin": Questions(asked=2)}
    assert total.codes == {CodeRead.AS_IT_IS: 2, None: 1}
    assert (total.pages, total.unread, total.wrong_codes, total.fields_invented, total.seconds) == (3, 1, 1, 1, 0.75)
    assert total.questions == Questions(right=3, wrong=1, asked=2)


def test_a_row_stands_under_the_heading() -> None:
    """Milliseconds a page and pages a second are of the reading alone; a case without pages has a row too."""
    count = counted(read("plain", outcome=Outcome.BLANK), read("several", "3", "1"), read("blank"))
    count.seconds = 0.04
    assert " ".join(row("fax", count).split()) == "fax 1 0 1 0 0 0 2 1 1 50.0% 0 1 1 40 25.0"
    assert len(row("fax", count)) == len(row("nothing", Count())) == len(HEADING)


def test_every_pen_has_a_line() -> None:
    """Also one that nobody has used."""
    lines = [" ".join(line.split()) for line in pen_lines({"thin": Questions(right=8, asked=2)})]
    assert [line.split()[0] for line in lines] == ["pen", "tick", "cross", "fill", "pencil", "thin"]
    assert lines[-1] == "thin 10 8 2 20.0% 0"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, True),
        ({OFFICE: Count(pens={"tick": Questions(right=9, asked=90)})}, True),
        ({OFFICE: Count(pens={"tick": Questions(right=9), "thin": Questions(wrong=1)})}, False),
        ({"fax": Count(pens={"tick": Questions(wrong=1)})}, True),
        ({"fax": Count(wrong_codes=1)}, False),
    ],
)
def test_only_what_was_accepted_and_is_wrong_fails_the_bench(counts: dict[str, Count], expected: bool) -> None:
    """An answer of an office scan or any code; wrong answers of copies and photographs are told, times too."""
    assert is_safe(counts) is expected


def test_the_office_targets_are_no_wrong_answer_and_few_asked() -> None:
    """3 % of the questions with nothing doubtful about them may be asked."""
    good = Count(pens={"tick": Questions(right=97, asked=3)})
    bad = Count(pens={"tick": Questions(right=95, asked=4, wrong=1)})
    assert [target.is_reached for target in office_targets(good)] == [True, True]
    assert [target.is_reached for target in office_targets(bad)] == [False, False]
    assert "97 accepted" in next(verdicts(office_targets(good)))
