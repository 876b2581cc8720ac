"""Why figures are hidden, in words below the table; which units are left out of a sum; where figures come from."""

from dataclasses import replace

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.samples import sample_plan
from exports.about import about_lines
from exports.cells import Count, Hidden, Table, both, counts, hiding_note, plain
from exports.origin import facts
from exports.reasons import explained, explanation, unexplained, without_reasons
from exports.report import Metadata, Report
from exports.tables.common import hiding_notes, left_out_notes
from surveys.counted import Survey
from surveys.published import Figures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.tallies import QuestionTally

PLAN = sample_plan("town").plan
OWN = hiding_note("<5", plain("Fewer than 5 opinions."), of_table=True)
NAMED = plain("<5: fewer than 5 valid forms; not shown, and in no total.")
TABLE = Table("T4", "T4", plain("T"), (counts("n", "n"),), ((Hidden("<5"),), (Hidden("alike"),), (Count(3),)), (OWN,))


def test_a_table_that_hides_for_another_reason_says_its_own() -> None:
    """Fewer than five opinions are no fewer than five forms: the word is explained once, and rightly."""
    assert explained((OWN, *hiding_notes(5)), TABLE.rows) == [OWN, explanation(Hidden("alike"))]
    assert explained(hiding_notes(5), TABLE.rows) == [explanation(Hidden("<5")), explanation(Hidden("alike"))]
    assert list(unexplained(TABLE)) == [[], [Hidden("alike")], [Count(3)]]
    assert unexplained(replace(TABLE, notes=())) == TABLE.rows


def test_a_note_is_known_by_what_it_is_not_by_its_words() -> None:
    """A note that reads like one on hidden figures stays where it is."""
    alike = I18n(zh=hiding_notes(5)[0].zh, en=hiding_notes(5)[0].en)
    assert without_reasons((alike, NAMED, *hiding_notes(5), OWN)) == [alike, NAMED, OWN]


def test_the_units_that_are_left_out_are_those_of_the_sessions() -> None:
    """Whatever the ids of the sessions look like."""
    question = Question(name="Q1", type=QuestionType.SELECT_ONE, label=plain("Q"))
    form = Questionnaire(
        id="final",
        title=plain("F"),
        version="1",
        languages=(Lang.EN,),
        default_language=Lang.EN,
        questions=(question,),
    )
    survey = Survey("final", form)
    asked = QuestionCounts(question, 7, QuestionTally(name="Q1", counts={}, blank=0), None, ("S-1",), ("B01",), 6)
    (note,) = left_out_notes(PLAN, Figures(survey, None, 7, None, (asked,)), [asked])
    assert note.en == "Q1: 6 valid forms are left out, for what they answered there is hidden: Town Office."


def test_every_format_tells_where_figures_come_from_in_the_same_words() -> None:
    """The facts of the pages and of the SPSS file, and the states of the CSV, are the notes of the report."""
    about = Metadata("C", plain("T"), plain("O"), PLAN.campaign.start_date, 5, (), (both("F"),), hiding_notes(5))
    told = [(name.en, text.en) for name, text in facts(about)]
    assert told[:4] == [
        ("Campaign", "T (C)"),
        ("Organiser", "O"),
        ("Day of export", PLAN.campaign.start_date.isoformat()),
        ("How it is computed", "F"),
    ]
    states = [text for what, _, text in about_lines(Report(about, ()), Lang.EN) if what == "figure_state"]
    assert states[1:] == [text for name, text in told if name == "Note"]
