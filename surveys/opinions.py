"""Taking texts out of responses, so that no text stays beside the other answers of who wrote it."""

from collections.abc import Iterable

from surveys.expressions import references
from surveys.questionnaire import Question, Questionnaire, QuestionType
from surveys.response import Opinion, Response
from surveys.session import SurveySession


def told_by_texts(questionnaire: Questionnaire) -> frozenset[str]:
    """The text questions, and all that are asked only because of a text.

    An answer to one of the latter would show which of the responses the text came from.
    """
    told = {question.name for question in questionnaire.questions if question.type is QuestionType.TEXT}
    told |= {request.name} if (request := questionnaire.answer_request) else set()
    for question in questionnaire.questions:
        if told.intersection(*_spoken_of(question)):
            told.add(question.name)
    return frozenset(told)


def _spoken_of(question: Question) -> Iterable[Iterable[str]]:
    return [[name for expression in question.relevant for name in references(expression)]]


def without_texts(response: Response, questionnaire: Questionnaire) -> Response:
    """The response as it is kept after closing."""
    told = told_by_texts(questionnaire)
    answers = {name: answer for name, answer in response.answers.items() if name not in told}
    return response.model_copy(update={"answers": answers})


def opinions_in(response: Response, questionnaire: Questionnaire, session: SurveySession) -> list[Opinion]:
    """The response's texts. Those that the request for an answer was asked about say whether one is wanted."""
    request = questionnaire.answer_request
    about = {name for names in _spoken_of(request) for name in names} if request else set()
    wanted = questionnaire.requests_answer(response.answers)
    texts = [question.name for question in questionnaire.questions if question.type is QuestionType.TEXT]
    return [
        Opinion(
            branch=session.branch,
            session=session.id,
            question=name,
            text=str(response.answers[name]),
            wants_answer=wanted and (name in about or about.isdisjoint(texts)),
        )
        for name in texts
        if name in response.answers
    ]
