"""Who took part, for the foot of a table of results: the valid forms, and how many are of each group."""

from collections.abc import Iterator

from campaign.i18n import I18n
from campaign.language import N_, Listed
from exports.cells import both, said
from exports.tables.common import part_name
from surveys.published import Figures, SurveyFigures
from surveys.tallies import By


def taking_part(survey: SurveyFigures, figures: Figures) -> Iterator[I18n]:
    """The groups are those that may be shown, of the forms in the tables by group; nothing where all is hidden."""
    if figures.valid is None:
        return
    parts = survey.by(By.GROUP)
    if not parts.codes:
        yield both(N_("Valid forms: {n}."), n=figures.valid)
        return
    of_branch = (each for each in parts.branches if each and not each[0].others and each[0].branch == figures.branch)
    groups = parts.town if figures.branch is None else next(of_branch, ())
    if not groups:
        yield both(N_("Valid forms: {n}. Not shown by group: a small group could be found."), n=figures.valid)
        return
    named = Listed(tuple(_named(survey, each) for each in groups))
    summed = sum(each.valid or 0 for each in groups)
    if summed == figures.valid:
        yield both(N_("Valid forms: {n}. By group: {groups}."), n=figures.valid, groups=named)
    else:
        yield both(N_("Valid forms: {n}. By group, of {m} of them: {groups}."), n=figures.valid, m=summed, groups=named)


def _named(survey: SurveyFigures, figures: Figures) -> I18n:
    name = part_name(survey.survey.questionnaire, By.GROUP, figures.part)
    return said(lambda lang: f"{name.text(lang)} {figures.valid}")
