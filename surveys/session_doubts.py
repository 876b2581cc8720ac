"""What is odd about a session before its count is confirmed and before its result is posted: neither is ever undone."""

from collections.abc import Sequence
from decimal import Decimal

from campaign.errors import BadInput, Problem
from campaign.labels import branch_phrase, survey_phrase
from campaign.plan import Plan
from campaign.rules import Severity
from surveys.paper.account import BallotAccount, forms_out
from surveys.published import Published
from surveys.questionnaire import Questionnaire
from surveys.rates import percent, shown_percent
from surveys.session import SurveySession
from surveys.sitting import CHECKS, Check, CountSaid, people_problems, require_confirmed
from surveys.suppression import too_few
from surveys.words import NOT_SHOWN

LEAST_RETURNED_PCT = 60
"""Where fewer of the forms came back, the notice says so."""


def as_counted(
    session: SurveySession, account: BallotAccount, valid: int, said: CountSaid, *, confirmed: bool
) -> SurveySession:
    """The session with what is said of it at its count, which has ``valid`` forms.

    BadInput V06, M85 for the numbers; Refused M105, V54, M106, M163, M117 unless ``confirmed``.
    """
    kept = session.model_copy(
        update={
            "invited": session.invited if said.invited is None else said.invited,
            "present": session.present if said.present is None else said.present,
            "integrity": {**session.integrity, Check.COUNTED_OPENLY: said.openly},
        }
    )
    people = (Problem(each.code, each.values) for each in people_problems(kept.invited, kept.present))
    found = [*people, *more_than_present(kept, account)]
    if wrong := [each for each in found if each.rule.severity is Severity.ERROR]:
        raise BadInput(*wrong)
    if not said.openly:
        found.append(Problem("M106", {"item": CHECKS[Check.COUNTED_OPENLY]}))
    found += forms_out(account)
    if valid == 0:
        found.append(Problem("M117"))
    require_confirmed(found, confirmed=confirmed)
    return kept


def more_than_present(session: SurveySession, account: BallotAccount) -> Sequence[Problem]:
    """V54 if more forms were handed out on paper and handed in at kiosks than people were there.

    Who broke off at a kiosk may have begun again, so those are not counted.
    """
    given = account.issued + account.submitted
    if session.present is None or given <= session.present:
        return ()
    return (Problem("V54", {"x": given, "y": session.present}),)


def few_came_back(session: SurveySession, least: int) -> Sequence[Problem]:
    """V60 if few of the forms came back; nothing of a session whose return rate is not shown either."""
    account, tally = session.account, session.tally
    if account is None or tally is None or too_few(tally.valid, least):
        return ()
    if account.issued and 100 * account.returned < LEAST_RETURNED_PCT * account.issued:
        return (Problem("V60", {"p": percent(account.returned, account.issued, Decimal(LEAST_RETURNED_PCT))}),)
    return ()


def wants_groups(questionnaire: Questionnaire) -> bool:
    """Whether so many forms are wanted from some group."""
    asked = questionnaire.group_question
    return asked is not None and any(choice.group_min is not None for choice in asked.choices)


def few_of_groups(session: SurveySession, figures: Published) -> Sequence[Problem]:
    """M109 for each group from which more forms are wanted, by what everybody may see of who answered.

    Where that is hidden nothing is said: how many a group has not even reached would tell of a number that is hidden.
    """
    found = figures.session(session.id)
    asked = next((each for each in found.figures.questions if each.question.is_group), None) if found else None
    if asked is None or asked.counts is None:
        return ()
    wanted = [(choice, asked.counts[choice.code]) for choice in asked.question.choices]
    return [
        Problem("M109", {"group": choice.label, "n": forms, "least": choice.group_min})
        for choice, forms in wanted
        if choice.group_min is not None and forms < choice.group_min
    ]


def publishing_question(plan: Plan, session: SurveySession, figures: Published) -> Problem:
    """M162: the result that is to be posted, as everybody will see it."""
    campaign, found = plan.campaign, figures.session(session.id)
    overall = found.figures.overall if found else None
    rate = None if overall is None else shown_percent(overall.satisfaction, campaign.remedial_threshold_pct)
    valid = found.figures.valid if found else None
    return Problem(
        "M162",
        {
            "name": branch_phrase(plan, session.branch),
            "survey": survey_phrase(session.kind),
            "id": session.id,
            "n": f"<{campaign.publish_min_forms}" if valid is None else valid,
            "p": NOT_SHOWN if rate is None else f"{rate}%",
        },
    )
