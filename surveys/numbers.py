"""Whether the numbers of forms of a session may be seen: one rule for every list, page and command.

While forms still come the numbers are seen by all staff, for the account must be made; no answer is. Once there is a
result, the numbers of a session with too few forms are hidden as they are in every table, wherever else they stood.
"""

from surveys.paper.account import BallotAccount
from surveys.session import UNDER_WAY, SurveySession
from surveys.suppression import too_few


def hidden_numbers(session: SurveySession, forms: int, least: int) -> str | None:
    """The mark ``<5`` in place of every number of forms; None where they may be seen.

    ``forms``: how many were handed in; what of them is valid is known once the count is verified.
    """
    if session.state in UNDER_WAY:
        return None
    return too_few(session.tally.valid if session.tally else forms, least)


def hidden_account(session: SurveySession, account: BallotAccount, least: int) -> str | None:
    """As :func:`hidden_numbers`, where the account is at hand."""
    return hidden_numbers(session, account.valid + account.submitted, least)
