"""The verified sessions of a whole campaign, as figures are made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.ports import SurveyStore
from surveys.questionnaire import Questionnaire
from surveys.session import COUNTED, SurveyKind, SurveySession
from surveys.submission import questionnaire_of
from surveys.tallies import By, SessionTally
from surveys.tally import tally


@dataclass(frozen=True, slots=True)
class Survey:
    """What was asked: results of different questionnaires are never added up."""

    kind: SurveyKind
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class Counted:
    """A session whose count is verified."""

    session: SurveySession
    questionnaire: Questionnaire
    tally: SessionTally
    comments: int = 0
    """Opinions that were written."""
    batches: Mapping[By, int] = field(default_factory=lambda: dict.fromkeys(By, 1))
    """The batch in which it counts in tables by part; without one it is in none. See :mod:`surveys.batches`."""


def counted_sessions(store: SurveyStore) -> Sequence[Counted]:
    """All sessions whose count is verified, oldest first. StoreError.

    Those that were verified before tallies were kept by part are counted once more.
    """
    found = []
    read: dict[str, Questionnaire] = {}
    for session in store.sessions():
        if session.state in COUNTED and session.tally is not None:
            if session.questionnaire not in read:
                read[session.questionnaire] = questionnaire_of(store, session)
            asked, kept = read[session.questionnaire], session.tally
            if kept.valid and not kept.parts:
                kept = tally(asked, store.responses(session.id))
            found.append(Counted(session, asked, kept, session.comments, session.batches))
    return found


def by_survey(counted: Sequence[Counted]) -> dict[tuple[str, str], tuple[Survey, list[Counted]]]:
    """The sessions of each survey, under the kind and the questionnaire's id: the order of the kinds, then of time."""
    kinds: tuple[SurveyKind, ...] = ("final", "pulse", "recheck")
    found: dict[tuple[str, str], tuple[Survey, list[Counted]]] = {}
    for each in sorted(counted, key=lambda one: kinds.index(one.session.kind)):
        key = (each.session.kind, each.questionnaire.id)
        found.setdefault(key, (Survey(each.session.kind, each.questionnaire), []))[1].append(each)
    return found
