"""The ballot account and the forms that are still out, as text and as JSON."""

from collections.abc import Iterator, Sequence

from campaign.language import Lang
from manyi.advice import ADVICE
from manyi.cli.tables import aligned, plain
from manyi.paper_lines import serial_of, typed_code
from manyi.texts import tr
from surveys.paper.account import BallotAccount
from surveys.paper.forms import PaperForm
from surveys.session import SurveySession
from surveys.words import FORM_STATES, STATES


def account_object(session: SurveySession, account: BallotAccount, lang: Lang) -> dict[str, object]:
    """Every number of the account, those that follow from others too; ``message`` in ``lang``."""
    problems = account.problems()
    return {
        "session": session.id,
        "state": session.state,
        "printed": account.printed,
        "issued": account.issued,
        "unused": account.unused,
        "spoiled": account.spoiled,
        "returned": account.returned,
        "not_returned": account.not_returned,
        "to_key": account.to_key,
        "keyed": account.keyed,
        "valid": account.valid,
        "void": account.void,
        "foreign": account.foreign,
        "copies": account.copies,
        "started": account.started,
        "submitted": account.submitted,
        "abandoned": account.abandoned,
        "balances": not problems,
        "problems": [{"code": problem.code, "message": ADVICE.message(problem, lang)} for problem in problems],
    }


def account_lines(session: SurveySession, account: BallotAccount, lang: Lang) -> Iterator[str]:
    """The equations of the account, then what keeps it from balancing."""
    numbers = account_object(session, account, lang)
    yield f"{session.id} · {STATES[session.state].text(lang)}"
    yield tr(lang, "printed {printed} = handed out {issued} + unused {unused} + spoiled {spoiled}", **numbers)
    yield tr(lang, "handed out {issued} = returned {returned} + not returned {not_returned}", **numbers)
    if account.to_key:
        yield tr(lang, "returned {returned} = valid {valid} + void {void} + to be keyed {to_key}", **numbers)
    else:
        yield tr(lang, "returned {returned} = valid {valid} + void {void}", **numbers)
    yield tr(lang, "begun at kiosks {started} = handed in {submitted} + broken off {abandoned}", **numbers)
    if account.foreign or account.copies:
        yield tr(lang, "put aside: foreign {foreign}, copies {copies}", **numbers)
    problems = account.problems()
    yield from (plain(ADVICE.text(problem, lang)) for problem in problems)
    if not problems:
        yield tr(lang, "The account balances.")


def outstanding_object(session_id: str, forms: Sequence[PaperForm], account: BallotAccount) -> dict[str, object]:
    """The forms known to be out or waiting, and how many are out altogether."""
    listed = [{"form": serial_of(form), "state": form.state} for form in forms]
    return {
        "session": session_id,
        "not_returned": account.not_returned,
        "to_key": account.to_key,
        "forms": listed,
    }


def outstanding_lines(forms: Sequence[PaperForm], account: BallotAccount, lang: Lang) -> Iterator[str]:
    """The same for people; each number as it is typed."""
    yield tr(lang, "not returned {n}, to be keyed {k}", n=account.not_returned, k=account.to_key)
    if forms:
        yield from aligned([[typed_code(form), FORM_STATES[form.state].text(lang)] for form in forms])
