"""Cases as they leave the organiser's screen: what is personal is blacked out; what the public reads was cleared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from campaign.case_standing import CaseStanding
from campaign.cases import Case
from campaign.due_list import DueList, DueThing
from campaign.errors import Problem
from campaign.language import Listed
from surveys.redaction import MARK_NAMES, blacked_out, marks
from surveys.texts import tr

_TEXTS = ("matter", "public_matter", "suggestion", "public_suggestion")
_PUBLIC = ("public_matter", "public_suggestion")


@dataclass(frozen=True, slots=True)
class PublicTexts:
    """What the public may read of a case; empty where nobody has cleared a text for it."""

    matter: str
    measure: str


def public_texts(case: Case) -> PublicTexts:
    """What was written for the public, and nothing else; what is surely personal is blacked out there too."""
    return PublicTexts(*(blacked_out(getattr(case, name)) for name in _PUBLIC))


def clearing_problems(number: str, texts: Mapping[str, str | None]) -> list[Problem]:
    """V66 for every text for the public, by the name of its field, in which something points to a person."""
    found = []
    for field in _PUBLIC:
        kinds = dict.fromkeys(mark.kind for mark in marks(texts.get(field) or ""))
        if kinds:
            names = Listed(tuple(tr.phrase(MARK_NAMES[kind]) for kind in kinds))
            found.append(Problem("V66", {"id": number, "list": names}, field))
    return found


def cleared(case: Case) -> Case:
    """The case with its texts, and those of its events, blacked out where they are surely personal."""
    told = {name: blacked_out(getattr(case, name)) for name in _TEXTS}
    events = tuple(each.model_copy(update={"text": blacked_out(each.text)}) for each in case.events)
    return case.model_copy(update={**told, "events": events})


def cleared_standing(standing: CaseStanding) -> CaseStanding:
    """The same case on the same day, cleared."""
    return replace(standing, case=cleared(standing.case))


def cleared_due(found: DueList) -> DueList:
    """The same list with its cases cleared."""
    overdue, today, soon = (tuple(map(_cleared_thing, part)) for part in (found.overdue, found.today, found.soon))
    return replace(found, overdue=overdue, today=today, soon=soon)


def _cleared_thing(thing: DueThing) -> DueThing:
    return thing if thing.case is None else replace(thing, case=cleared_standing(thing.case))
