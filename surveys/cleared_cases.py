"""Cases as they leave the organiser's screen, by the command line or as JSON: what is personal is blacked out."""

from dataclasses import replace

from campaign.case_standing import CaseStanding
from campaign.cases import Case
from campaign.due_list import DueList, DueThing
from surveys.redaction import blacked_out

_TEXTS = ("matter", "public_matter", "suggestion")


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
    parts = (found.overdue, found.today, found.soon)
    return DueList(found.day, *(tuple(map(_cleared_thing, part)) for part in parts))


def _cleared_thing(thing: DueThing) -> DueThing:
    return thing if thing.case is None else replace(thing, case=cleared_standing(thing.case))
