"""Sessions, responses, opinions and entries to put into a store."""

from datetime import date

from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import AuditEntry, LogEntry
from surveys.questionnaire import Choice, CountsAs, Question, Questionnaire, QuestionType
from surveys.response import Opinion, Response
from surveys.session import SurveySession

SESSION = "B01-261123-1"
DAY = date(2026, 11, 23)


def make_session(session_id: str = SESSION, /, **fields: object) -> SurveySession:
    """An open session."""
    branch = session_id.partition("-")[0]
    defaults = {"id": session_id, "branch": branch, "kind": "final", "questionnaire": "q", "on": DAY}
    return SurveySession.model_validate({**defaults, "pin_hash": "hash", "response_key": "00", **fields})


def make_response(**fields: object) -> Response:
    """A complete response from a kiosk."""
    answers = {"overall": "good", "age": 7, "wishes": ("a", "b"), "text": "多听意见"}
    defaults = {"lang": Lang.ZH, "answers": answers, "validity": "complete"}
    return Response.model_validate({**defaults, **fields})


def make_opinion(text: str, session: str = SESSION) -> Opinion:
    """An opinion."""
    return Opinion(branch="B01", session=session, question="text", text=text)


def make_entry(branch: str = "B01", **fields: object) -> LogEntry:
    """A study session in the log."""
    groups = {"staff": {"expected": 5, "attended": 4}}
    defaults = {"kind": "study", "branch": branch, "phase": "study", "on": DAY, "groups": groups, "hours": "2.5"}
    return LogEntry.model_validate({**defaults, "recorded_on": DAY, **fields})


def make_audit(**fields: object) -> AuditEntry:
    """A change of the plan."""
    return AuditEntry.model_validate({"on": DAY, "role": "clerk", "entity": "plan", "field": "all", **fields})


def make_questionnaire(questionnaire_id: str = "q") -> Questionnaire:
    """A questionnaire of one scale."""
    good = Choice(code="good", label=I18n(zh="好", en="Good"), counts_as=CountsAs.POSITIVE, weight="100")
    question = Question(
        name="overall", type=QuestionType.SELECT_ONE, label=I18n(zh="总体", en="Overall"), choices=(good,)
    )
    return Questionnaire(
        id=questionnaire_id,
        title=I18n(zh="测评", en="Survey"),
        languages=(Lang.ZH, Lang.EN),
        default_language=Lang.ZH,
        questions=(question,),
    )
