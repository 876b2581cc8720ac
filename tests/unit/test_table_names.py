"""No two tables of a report have the same name, whatever branches, questions and questionnaires are called."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.i18n import I18n
from campaign.language import Lang
from exports.tables.common import CHOICES, slug, table_name
from surveys.counted import Survey
from surveys.questionnaire import Questionnaire
from surveys.session import SurveyKind

PLAIN = Questionnaire(
    id="final", title=I18n(en="Form"), languages=(Lang.EN,), default_language=Lang.EN, questions=()
)  # fmt: skip
KINDS: tuple[SurveyKind, ...] = ("final", "pulse", "recheck")
BRANCHES = st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True)
WORDS = st.one_of(
    BRANCHES,
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,5}", fullmatch=True),
    st.sampled_from(["final", "choices", "group", "dimension", "2", "B01", "final_B01", "a/b.xlsx", "测评-1", "_2d_"]),
)
DAYS = st.from_regex(r"[0-9]{6}", fullmatch=True)
NUMBERS = st.integers(1, 3)
Whose = tuple[str, ...]
WHOSE: st.SearchStrategy[Whose] = st.one_of(
    st.just(()),
    st.tuples(BRANCHES),
    st.tuples(BRANCHES, DAYS, NUMBERS.map(str)),
    st.tuples(st.just(CHOICES), WORDS),
)
"""All together, a branch, a session, a question with choices."""


def survey(kind: SurveyKind, questionnaire: str) -> Survey:
    return Survey(kind, PLAIN.model_copy(update={"id": questionnaire}))


SURVEYS = st.builds(survey, st.sampled_from(KINDS), st.one_of(st.sampled_from(KINDS), WORDS))
TABLES = st.tuples(SURVEYS, WHOSE, NUMBERS).filter(lambda each: each[2] == 1 or CHOICES not in each[1])


def name_of(table: tuple[Survey, Whose, int]) -> str:
    of, whose, scale = table
    return table_name("T2", of, *whose, *([str(scale)] if scale > 1 else []))


@given(TABLES, TABLES)
def test_tables_of_different_things_have_different_names(
    one: tuple[Survey, Whose, int], other: tuple[Survey, Whose, int]
) -> None:
    """What was asked, of whom, and which scale: each can be told from the name."""
    is_same = (one[0].kind, one[0].questionnaire.id, *one[1:]) == (other[0].kind, other[0].questionnaire.id, *other[1:])
    assert (name_of(one) == name_of(other)) is is_same


def test_names_that_clashed_do_not() -> None:
    """A question that is called like a branch, a questionnaire like a branch or a number, what is escaped like this."""
    final = survey("final", "final")
    names = [
        name_of((final, (), 1)),
        name_of((final, (), 2)),
        name_of((final, ("B01",), 1)),
        name_of((final, ("B01",), 2)),
        name_of((final, ("B01", "261123", "1"), 1)),
        name_of((final, ("B01", "261123", "1"), 2)),
        name_of((final, (CHOICES, "B01"), 1)),
        *(name_of((survey("final", own), (), 1)) for own in ("B01", "2", "a-b", "a_b", "a_2d_b", "a.b")),
    ]
    assert len(set(names)) == len(names)
    assert names[:7] == [
        "T2-final", "T2-final-2", "T2-final-B01", "T2-final-B01-2", "T2-final-B01-261123-1", "T2-final-B01-261123-1-2",
        "T2-final-choices-B01",
    ]  # fmt: skip


@given(st.sampled_from(KINDS), WORDS, st.sampled_from(KINDS), WORDS)
def test_two_surveys_never_have_the_same_key(kind: SurveyKind, own: str, other_kind: SurveyKind, other: str) -> None:
    """And none is the beginning of another's up to a hyphen."""
    one, two = slug(survey(kind, own)), slug(survey(other_kind, other))
    assert (one == two) is ((kind, own) == (other_kind, other))
    assert "-" not in one + two
