"""Where the figures of a report come from, in lines: for formats that have no other place for it."""

from collections.abc import Iterator

from campaign.language import Lang
from exports.report import Report, SurveyMark
from exports.showing import SHOWN
from exports.tables.common import hiding_notes
from exports.texts import tr


def about_lines(report: Report, lang: Lang) -> Iterator[tuple[str, str, str]]:
    """What is told, about what, and the text; the first two are for programs and the same in every language."""
    meta = report.metadata
    yield "campaign", meta.campaign, meta.title.text(lang)
    yield "organiser", "", meta.organiser.text(lang)
    yield "exported_on", "", meta.exported_on.isoformat()
    yield "min_forms", "", str(meta.min_forms)
    for survey in meta.surveys:
        yield from _survey_lines(survey, lang)
    for formula in meta.formula:
        yield "formula", "", formula.text(lang)
    for note in meta.notes:
        yield "note", "", note.text(lang)
    yield "figure_state", SHOWN, tr(lang, "Nothing is hidden.")
    yield from (("figure_state", note.reason, note.text(lang)) for note in hiding_notes(meta.min_forms))
    for table in report.tables:
        yield "table", table.name, table.title.text(lang)
        for note in table.notes:
            yield "table_note", table.name, note.text(lang)


def _survey_lines(survey: SurveyMark, lang: Lang) -> Iterator[tuple[str, str, str]]:
    of = survey.kind
    yield "survey", of, survey.name.text(lang)
    yield "questionnaire", of, f"{survey.questionnaire}: {survey.title.text(lang)}"
    yield "version", of, survey.version
    yield "sessions", of, str(survey.sessions)
    yield "hidden_sessions", of, str(survey.hidden_sessions)
    yield "valid_forms", of, "" if survey.valid is None else str(survey.valid)
