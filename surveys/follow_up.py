"""What a person wants an answer to, tied to nothing but the number of a slip that only this person has."""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from surveys.opinions import opinions_in
from surveys.questionnaire import Questionnaire
from surveys.response import Response
from surveys.session import SurveySession


class FollowUp(BaseModel):
    """A request for an answer. It leads to no response: its number is random and stands nowhere else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    """Ten random digits, those of the slip."""
    branch: str
    session: str
    question: str
    """To which question it was written."""
    text: str
    received_on: date
    """The session's day."""


def follow_ups_in(
    response: Response, questionnaire: Questionnaire, session: SurveySession, number: str
) -> Sequence[FollowUp]:
    """The texts of a response to which an answer is wanted, under the number of the slip."""
    return [
        FollowUp(
            number=number,
            branch=opinion.branch,
            session=opinion.session,
            question=opinion.question,
            text=opinion.text,
            received_on=session.on,
        )
        for opinion in opinions_in(response, questionnaire, session)
        if opinion.wants_answer
    ]
