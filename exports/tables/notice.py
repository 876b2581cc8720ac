"""T9, the public notice of a survey's result, as items of text. A result that is not posted yet has days to be set."""

from collections.abc import Iterator
from datetime import date

from campaign.calendar import add_workdays
from campaign.i18n import I18n
from campaign.language import N_, Listed
from campaign.plan import Plan
from exports.cells import Rate, Table, both, plain, said, text_of, texts
from exports.tables.common import ROUNDING, branch_name, hiding_notes, slug, survey_name
from exports.tables.questions import scale_notes
from surveys.published import SessionFigures, SurveyFigures
from surveys.question_counts import QuestionCounts

SAMPLING = {
    "everybody": N_("Everybody concerned was invited."),
    "random": N_("Those asked were drawn at random."),
    "invited": N_("Representatives from inside and outside were invited; the sample is not random."),
    "open": N_("Whoever wanted could take part; the sample is not random."),
    "": N_("How those asked were chosen is not recorded."),
}
_MOST_NAMED, _FEW_RETURNED = 3, 60


def notice(plan: Plan, survey: SurveyFigures, session: SessionFigures, today: date) -> Table:
    """The notice of one session: what was asked, who answered, the result, and for how long it is posted."""
    rows = tuple((title, text) for title, text in _items(plan, survey, session, today))
    return Table(
        number="T9",
        name=f"T9-{session.counted.session.id}",
        title=both(
            N_("Public notice: {survey}, {unit}"),
            survey=survey_name(survey.survey),
            unit=branch_name(plan, session.counted.session.branch),
        ),
        columns=(texts("item", N_("Item")), texts("text", N_("Text"))),
        rows=rows,
        survey=slug(survey.survey),
        branch=session.counted.session.branch,
    )


def _items(plan: Plan, survey: SurveyFigures, each: SessionFigures, today: date) -> Iterator[tuple[I18n, I18n]]:
    held = each.counted.session
    yield both(N_("Campaign")), plan.campaign.title
    yield both(N_("Asked")), each.counted.questionnaire.title
    yield both(N_("Unit")), branch_name(plan, held.branch)
    yield both(N_("Day of the survey")), plain(held.on.isoformat())
    yield both(N_("Who was asked")), both(SAMPLING.get(survey.sampling, SAMPLING[""]))
    yield from _forms(each)
    yield from _result(plan, each)
    for note in hiding_notes(plan.campaign.publish_min_forms):
        yield both(N_("Note")), note
    posted = held.posted_on or today
    until = held.posted_until or add_workdays(posted, plan.campaign.notice_min_workdays, plan.calendar)
    yield both(N_("Posted")), both(N_("from {start} to {end}"), start=posted, end=until)
    yield (
        both(N_("Objections")),
        both(N_("To {organiser}, while this notice is posted."), organiser=plan.campaign.organiser),
    )
    yield both(N_("Issued by")), plan.campaign.organiser
    yield both(N_("Date")), plain(posted.isoformat())


def _forms(each: SessionFigures) -> Iterator[tuple[I18n, I18n]]:
    account = each.figures.account
    if account is None:
        return
    yield (
        both(N_("Forms")),
        both(
            N_(
                "handed out {issued}, returned {returned}, valid {valid}, void {void}; "
                "at the kiosk: begun {started}, handed in {submitted}"
            ),
            issued=account.issued,
            returned=account.returned,
            valid=account.valid,
            void=account.void,
            started=account.started,
            submitted=account.submitted,
        ),
    )
    rate = each.figures.return_rate
    if rate is not None and 100 * rate < _FEW_RETURNED:
        yield both(N_("Note")), both(N_("Only {p} per cent of the forms came back."), p=Rate(rate).percent)


def _result(plan: Plan, each: SessionFigures) -> Iterator[tuple[I18n, I18n]]:
    overall = each.figures.overall
    if overall is None:
        return
    scale = overall.question.choices
    for note in scale_notes(scale):
        yield both(N_("How it is computed")), note
    yield both(N_("Overall question")), overall.question.label
    if overall.scale is None or overall.satisfaction is None or overall.counts is None:
        yield both(N_("Result")), both(N_("not shown: too few forms, or all alike"))
        return
    shown = Listed(tuple(_counted(choice.label, overall.counts[choice.code]) for choice in scale))
    yield (
        both(N_("Answers")),
        both(
            N_("{answers}; blank {blank}; valid forms {valid}"), answers=shown, blank=overall.blank, valid=overall.valid
        ),
    )
    rate = Rate(overall.satisfaction, plan.campaign.remedial_threshold_pct).percent
    yield both(N_("Satisfied")), both(N_("{rate}%"), rate=rate)
    if each.figures.shows_bounds and each.figures.bounds:
        low, high = (Rate(bound).percent for bound in each.figures.bounds)
        yield (
            both(N_("Note")),
            both(N_("Counting those who gave no valid form, between {low}% and {high}%."), low=low, high=high),
        )
    yield both(N_("Note")), both(ROUNDING)
    yield from _problems(each)


def _problems(each: SessionFigures) -> Iterator[tuple[I18n, I18n]]:
    """The choices named most where several could be chosen."""
    for figures in each.figures.questions:
        if figures.question.type == "select_multiple" and figures.counts is not None:
            yield both(N_("Named most")), _named_most(figures)


def _named_most(figures: QuestionCounts) -> I18n:
    counts = figures.counts or {}
    ordered = sorted(figures.question.choices, key=lambda choice: -counts[choice.code])
    named = tuple(
        _counted(choice.label, counts[choice.code]) for choice in ordered[:_MOST_NAMED] if counts[choice.code]
    )
    return text_of(Listed(named))


def _counted(label: I18n, forms: int) -> I18n:
    return said(lambda lang: f"{label.text(lang)} {forms}")
