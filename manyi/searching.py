"""Everything of a store that can be searched, ready to be looked through."""

from campaign.i18n import I18n
from campaign.labels import survey_label
from campaign.language import Lang
from campaign.search_shelves import SessionWords, log_shelf, search_shelves
from campaign.searching import Shelf
from surveys.ports import Store
from surveys.words import STATES


def shelves_of(store: Store) -> tuple[Shelf, ...]:
    """What can be searched of a store but the log, as it is now. StoreError."""
    sessions = [
        SessionWords(
            session.id,
            session.branch,
            I18n(zh=survey_label(session.kind, Lang.ZH), en=survey_label(session.kind, Lang.EN)),
            I18n(zh=STATES[session.state].text(Lang.ZH), en=STATES[session.state].text(Lang.EN)),
        )
        for session in store.sessions()
    ]
    return search_shelves(store.plan(), store.cases(), sessions)


def log_of(store: Store) -> Shelf:
    """The log of a store as it is now. StoreError."""
    return log_shelf(store.plan(), store.logged())
