"""Small surveys that have been counted: two scales and a question for the group, forms as lists of answers."""

from collections.abc import Sequence
from datetime import date

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Attribute, AttributeChoice, Plan
from surveys.counted import Counted
from surveys.paper.account import BallotAccount
from surveys.questionnaire import Choice as Answer
from surveys.questionnaire import CountsAs, Question, Questionnaire, QuestionType
from surveys.response import Response, Validity
from surveys.session import SessionState, SurveySession
from surveys.tally import tally
from tests.builders import make_branch, make_plan

DAY = date(2026, 11, 23)
GROUPS, ANSWERS = ("1", "2", "3"), ("A", "C", "D")
COUNTS_AS = {"A": CountsAs.POSITIVE, "C": CountsAs.NEGATIVE, "D": CountsAs.NO_OPINION}
SCALE = tuple(Answer(code=code, label=I18n(en=code), counts_as=COUNTS_AS[code]) for code in ANSWERS)


def question(name: str, dimension: str, choices: tuple[Answer, ...]) -> Question:
    return Question(name=name, type=QuestionType.SELECT_ONE, label=I18n(en=name), choices=choices, dimension=dimension)


FORM = Questionnaire(
    id="final",
    title=I18n(en="Form"),
    languages=(Lang.EN,),
    default_language=Lang.EN,
    questions=(
        question("A0", "group", tuple(Answer(code=code, label=I18n(en=f"group {code}")) for code in GROUPS)),
        question("Q1", "people", SCALE),
        question("Q2", "overall", SCALE),
    ),
)
GOALS = Attribute(
    id="goal",
    name=I18n(en="Goal"),
    choices=(AttributeChoice(id="people", name=I18n(en="People")), AttributeChoice(id="work", name=I18n(en="Work"))),
    goals=True,
)
"""Q1 is about the first one, nothing about the second."""
Form = tuple[str, str, str, str]
"""Channel, group, answers to Q1 and Q2; empty for none."""


def counted(branch: str, number: int, forms: Sequence[Form], missing: int = 0) -> Counted:
    """A verified session with these valid forms; so many more were handed out and did not come back."""
    responses = [
        Response(
            channel="kiosk" if channel == "kiosk" else "paper",
            lang=Lang.EN,
            answers={name: code for name, code in zip(("A0", "Q1", "Q2"), given_answers, strict=True) if code},
            validity=Validity.COMPLETE,
        )
        for channel, *given_answers in forms
    ]
    kiosk = sum(response.channel == "kiosk" for response in responses)
    paper = len(responses) - kiosk
    session = SurveySession(
        id=f"{branch}-261123-{number}",
        branch=branch,
        kind="final",
        questionnaire="final",
        on=DAY,
        state=SessionState.VERIFIED,
        pin_hash="",
        response_key="",
        account=BallotAccount(
            printed=paper + missing,
            issued=paper + missing,
            returned=paper,
            keyed=paper,
            valid=paper,
            started=kiosk,
            submitted=kiosk,
        ),
    )
    return Counted(session, FORM, tally(FORM, responses))


def plan_of(sessions: Sequence[Counted]) -> Plan:
    """A plan with the branches of these sessions, two goals and no kind of entry that names one."""
    codes = sorted({each.session.branch for each in sessions})
    return make_plan(branches=[make_branch(code) for code in codes]).model_copy(update={"attributes": (GOALS,)})
