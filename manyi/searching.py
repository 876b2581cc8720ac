"""Everything of a store that can be searched, ready to be looked through."""

from campaign.i18n import I18n
from campaign.labels import survey_label
from campaign.language import Lang
from campaign.search_shelves import SessionWords, log_shelf, search_shelves
from campaign.searching import Shelf
from surveys.cleared_cases import cleared
from surveys.ports import Store
from surveys.words import STATES


def session_words(store: Store) -> list[SessionWords]:
    """The sessions of a store, as they can be found. StoreError."""
    return [
        SessionWords(
            session.id,
            session.branch,
            I18n(zh=survey_label(session.kind, Lang.ZH), en=survey_label(session.kind, Lang.EN)),
            I18n(zh=STATES[session.state].text(Lang.ZH), en=STATES[session.state].text(Lang.EN)),
        )
        for session in store.sessions()
    ]


def shelves_of(store: Store) -> tuple[Shelf, ...]:
    """Everything that can be searched by command, as it is now; what is personal in cases is not. StoreError."""
    plan = store.plan()
    return *search_shelves(plan, [*map(cleared, store.cases())], session_words(store)), log_shelf(plan, store.logged())
