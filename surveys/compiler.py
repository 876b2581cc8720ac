"""A questionnaire out of the sheets of a form. Import it only through :mod:`surveys.xlsform`: it pulls in pyxform."""

from collections.abc import Sequence
from pathlib import Path

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import Lang
from surveys.choice_rows import choice_lists
from surveys.dimensions import LIST
from surveys.question_rows import QuestionRows
from surveys.questionnaire import Question, Questionnaire
from surveys.sheets import Sheets, language, read_sheets, row_place

TRANSLATED = {"label", "hint", "jr:constraintMsg", "jr:requiredMsg"}


def compiled(source: Path | str, questionnaire_id: str) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """The questionnaire and its warnings; BadInput with all problems."""
    sheets, verdict = read_sheets(source)
    languages = _languages(sheets)
    lists, choice_problems = choice_lists(sheets, languages)
    rows = QuestionRows(sheets, languages, lists)
    problems = [*rows.problems, *choice_problems, *_other_languages(sheets)]
    errors = [problem for problem in problems if problem.refuses]
    if verdict and (verdict.place not in {error.place for error in errors} if verdict.place else not errors):
        errors.append(verdict)
    if not errors:
        errors += _whole(rows.questions)
    warnings = tuple(problem for problem in problems if not problem.refuses)
    if errors:
        raise BadInput(*errors, *warnings)  # a misspelt column is often what an error comes from
    questionnaire = Questionnaire(
        id=questionnaire_id,
        title=_title(sheets, questionnaire_id),
        version=sheets.settings.plain("version") or "1",
        languages=languages,
        default_language=sheets.default_language if sheets.default_language in languages else languages[0],
        questions=tuple(rows.questions),
        dimensions=lists.get(LIST, ()),
    )
    return questionnaire, warnings


def _languages(sheets: Sheets) -> tuple[Lang, ...]:
    """The languages of the labels, the default one first; a label column without a language is the default's."""
    labels = [column for column in sheets.headers["survey"] if column[0] == "label"]
    found = {sheets.default_language if len(column) == 1 else language(column[-1]) for column in labels}
    known = sorted((lang for lang in found if lang), key=lambda lang: lang is not sheets.default_language)
    return tuple(known) or (sheets.default_language,)


def _other_languages(sheets: Sheets) -> list[Problem]:
    """M24 for each column of a language that is not shown."""
    return [
        Problem("M24", {"column": header}, row_place(sheet, 1))
        for sheet in ("survey", "choices")
        for column, header in sheets.headers[sheet].items()
        if len(column) > 1 and TRANSLATED.intersection(column[:-1]) and language(column[-1]) is None
    ]


def _title(sheets: Sheets, questionnaire_id: str) -> I18n:
    plain, heading = sheets.settings.texts("title"), sheets.settings.texts("heading")
    title = I18n(zh=heading.zh or plain.zh, en=heading.en or plain.en)
    return title if title != I18n() else I18n(zh=questionnaire_id, en=questionnaire_id)


def _whole(questions: Sequence[Question]) -> list[Problem]:
    """What must be true of the questionnaire as a whole: it asks something, a scale and one overall question."""
    if not any(question.asks for question in questions):
        return [Problem("M23")]
    scales = [question for question in questions if question.is_scale]
    overall = sum(question.is_overall for question in scales)
    return [] if overall == 1 else [Problem("V48", {"n": overall})]
