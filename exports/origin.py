"""Where the figures of a report come from: the same facts in the same words, whatever format tells them."""

from collections.abc import Iterator

from campaign.i18n import I18n
from campaign.language import N_
from exports.cells import both, plain
from exports.report import Metadata, SurveyMark

CAMPAIGN, ORGANISER, DAY = N_("Campaign"), N_("Organiser"), N_("Day of export")
FORMULA, NOTE = N_("How it is computed"), N_("Note")


def facts(about: Metadata) -> Iterator[tuple[I18n, I18n]]:
    """What each fact is about, and the fact: campaign, organiser, day, each survey, formulas, notes."""
    yield both(CAMPAIGN), both(N_("{title} ({id})"), title=about.title, id=about.campaign)
    yield both(ORGANISER), about.organiser
    yield both(DAY), plain(about.exported_on.isoformat())
    yield from ((mark.name, _survey(mark)) for mark in about.surveys)
    yield from ((both(FORMULA), each) for each in about.formula)
    yield from ((both(NOTE), each) for each in about.notes)


def _survey(mark: SurveyMark) -> I18n:
    return both(
        N_(
            "{title} ({questionnaire}, version {version}): sessions shown {sessions}, hidden {hidden}; "
            "valid forms {valid}"
        ),
        title=mark.title,
        questionnaire=mark.questionnaire,
        version=mark.version,
        sessions=mark.sessions,
        hidden=mark.hidden_sessions,
        valid="—" if mark.valid is None else mark.valid,
    )
