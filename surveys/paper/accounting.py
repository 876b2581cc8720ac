"""The ballot account of a session in a store, and what happens to forms when the session is verified."""

from campaign.errors import Problem, Refused
from surveys.paper.account import BallotAccount, ballot_account
from surveys.paper.forms import FormState, PaperForm
from surveys.ports import SurveyStore

_AT_THE_END = {
    FormState.KEYED: FormState.VERIFIED,
    FormState.PRINTED: FormState.UNUSED,
    FormState.ISSUED: FormState.NOT_RETURNED,
}


def account_of(store: SurveyStore, session_id: str) -> BallotAccount:
    """The account as it stands; reads the ballot box and all forms."""
    keyed = [response.validity for response in store.responses(session_id) if response.channel == "paper"]
    kiosk = store.kiosk_account(session_id)
    forms, stock = store.forms(session_id), store.paper_stock(session_id)
    return ballot_account(forms, stock, keyed, started=kiosk.started, submitted=kiosk.submitted)


def require_balance(store: SurveyStore, session_id: str) -> BallotAccount:
    """The account; Refused V53, V55, V56, V57, M84 if it does not balance, M96 if scanned pages wait for a person."""
    account = account_of(store, session_id)
    problems = [*account.problems()]
    if pages := store.queue(session_id).pages:
        problems.append(Problem("M96", {"n": len(pages)}))
    if problems:
        raise Refused(*problems)
    return account


def unlink_forms(store: SurveyStore, session_id: str) -> None:
    """Erase which response came from which form, and who keyed it: nobody can tell any more what a sheet held.

    The layouts go too, for a response tells the language of its form. Forms that were handed out by the number stand as
    unused beside those that were not: nobody knows which they were.
    """
    store.drop_queue(session_id)
    ended = [
        PaperForm(
            serial=form.serial,
            layout=0,
            state=_AT_THE_END.get(form.state, form.state),
            void_reason=form.void_reason,
        )
        for form in store.forms(session_id)
    ]
    if ended:
        store.save_forms(session_id, ended)
