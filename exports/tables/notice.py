"""T9, the public notice of a survey's result, as items of text. A result that is not posted yet has days to be set.

There is one of every session, and one of all units together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from campaign.calendar import add_workdays
from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_, Listed
from campaign.plan import Plan
from exports.cells import Rate, Table, both, plain, said, text_of, texts
from exports.tables.common import branch_name, hiding_notes, left_out_notes, satisfaction, slug, survey_name
from exports.tables.held import held, held_everywhere, people
from exports.tables.promises import promises
from exports.tables.questions import scale_notes, table_of_session
from surveys.published import Figures, SessionFigures, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.session_doubts import LEAST_RETURNED_PCT

SAMPLING = {
    "everybody": N_("Everybody concerned was invited."),
    "random": N_("Those asked were drawn at random."),
    "invited": N_("Representatives from inside and outside were invited; the sample is not random."),
    "open": N_("Whoever wanted could take part; the sample is not random."),
    "": N_("How those asked were chosen is not recorded."),
}
SATISFIED = N_("Satisfied")
INFORM = N_("More than 30 per cent do not know: people are to be informed first.")
_MOST_NAMED = 3


def notice(
    plan: Plan, survey: SurveyFigures, session: SessionFigures, today: date, cases: Sequence[Case] = ()
) -> Table:
    """The notice of one session: what was asked, who answered, the result, what follows, how long it is posted."""
    kept = session.counted.session
    own = [case for case in cases if case.branch == kept.branch]
    items = (
        (both(N_("Campaign")), plan.campaign.title),
        (both(N_("Asked")), session.counted.questionnaire.title),
        (both(N_("Unit")), branch_name(plan, kept.branch)),
        (both(N_("Day of the survey")), plain(kept.on.isoformat())),
        *_invited(survey, session.figures),
        *people(session.figures),
        *held(session),
        *_forms(session.figures),
        *_result(plan, session.figures),
        *_hiding(plan),
        *promises(plan, session.figures.remedial, own, today),
        *_posting(plan, kept.posted_on or today, kept.posted_until),
    )
    named = both(
        N_("Public notice: {survey}, {unit}"), survey=survey_name(survey.survey), unit=branch_name(plan, kept.branch)
    )
    posted = (table_of_session(survey, session),)
    made = _table(kept.id, named, items, posted, slug(survey.survey), kept.branch)
    return replace(made, session=kept.id)


def town_notice(plan: Plan, survey: SurveyFigures, today: date, cases: Sequence[Case] = ()) -> Table:
    """The notice of all units together, to be posted from ``today``."""
    shown = [each for each in survey.sessions if each.figures.hidden is None]
    units = {each.counted.session.branch: branch_name(plan, each.counted.session.branch) for each in shown}
    days = sorted(each.counted.session.on for each in survey.sessions)
    items = [
        (both(N_("Campaign")), plan.campaign.title),
        (both(N_("Asked")), survey.survey.questionnaire.title),
        (both(N_("Units")), text_of(Listed(tuple(units.values())))),
        (both(N_("Days of the survey")), both(N_("from {start} to {end}"), start=days[0], end=days[-1])),
        *_invited(survey, survey.town),
        *people(survey.town),
        *held_everywhere(plan, survey.sessions),
        *_forms(survey.town),
        *_result(plan, survey.town),
        *_left_out(plan, survey),
        *_hiding(plan),
        *promises(plan, None, [case for case in cases if case.branch in units], today),
        *_posting(plan, today, None),
    ]
    named = both(N_("Public notice: {survey}, all units together"), survey=survey_name(survey.survey))
    name = slug(survey.survey)
    return _table(name, named, items, (f"T2-{name}", f"T3-{name}"), name)


def _table(
    name: str,
    title: I18n,
    items: Sequence[tuple[I18n, I18n]],
    posted_with: tuple[str, ...],
    survey: str,
    branch: str = "",
) -> Table:
    return Table(
        number="T9",
        name=f"T9-{name}",
        title=title,
        columns=(texts("item", N_("Item")), texts("text", N_("Text"))),
        rows=tuple(items),
        survey=survey,
        branch=branch,
        main=next((row for row, (item, _) in enumerate(items) if item == both(SATISFIED)), None),
        posted_with=posted_with,
    )


def _invited(survey: SurveyFigures, figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    yield both(N_("Who was asked")), both(SAMPLING.get(survey.sampling, SAMPLING[""]))
    if figures.invited is not None:
        yield (
            both(N_("Asked in all")),
            both(N_("{n}: forms handed out and people who began at a kiosk"), n=figures.invited),
        )


def _hiding(plan: Plan) -> Iterator[tuple[I18n, I18n]]:
    for note in hiding_notes(plan.campaign.publish_min_forms):
        yield both(N_("Note")), note


def _left_out(plan: Plan, survey: SurveyFigures) -> Iterator[tuple[I18n, I18n]]:
    if survey.left_out:
        k, n = plan.campaign.publish_min_forms, len(survey.left_out)
        text = both(N_("Not in the total, for they have fewer than {k} valid forms: {n} sessions."), k=k, n=n)
        yield both(N_("Note")), text


def _posting(plan: Plan, posted: date, until: date | None) -> Iterator[tuple[I18n, I18n]]:
    end = until or add_workdays(posted, plan.campaign.notice_min_workdays, plan.calendar)
    yield both(N_("Posted")), both(N_("from {start} to {end}"), start=posted, end=end)
    yield (
        both(N_("Objections")),
        both(N_("To {organiser}, while this notice is posted."), organiser=plan.campaign.organiser),
    )
    yield both(N_("Issued by")), plan.campaign.organiser
    yield both(N_("Date")), plain(posted.isoformat())


def _forms(figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    account = figures.account
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
    rate = figures.return_rate
    if rate is not None and 100 * rate < LEAST_RETURNED_PCT:
        yield both(N_("Note")), both(N_("Only {p} per cent of the forms came back."), p=Rate(rate).percent)


def _result(plan: Plan, figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    overall = figures.overall
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
    for note in left_out_notes(plan, figures, [overall]):
        yield both(N_("Note")), note
    if overall.inform_first:
        yield both(N_("Note")), both(INFORM)
    rate = satisfaction(plan, overall.satisfaction)
    yield both(SATISFIED), both(N_("{rate}%"), rate=rate)
    if figures.shows_bounds and figures.bounds:
        low, high = (Rate(bound).percent for bound in figures.bounds)
        yield (
            both(N_("Note")),
            both(N_("Counting those who gave no valid form, between {low}% and {high}%."), low=low, high=high),
        )
    yield from _problems(figures)


def _problems(figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    """The choices named most where several could be chosen."""
    for each in figures.questions:
        if each.question.type == "select_multiple" and each.counts is not None:
            yield both(N_("Named most")), _named_most(each)


def _named_most(figures: QuestionCounts) -> I18n:
    counts = figures.counts or {}
    ordered = sorted(figures.question.choices, key=lambda choice: -counts[choice.code])
    named = tuple(
        _counted(choice.label, counts[choice.code]) for choice in ordered[:_MOST_NAMED] if counts[choice.code]
    )
    return text_of(Listed(named))


def _counted(label: I18n, forms: int) -> I18n:
    return said(lambda lang: f"{label.text(lang)} {forms}")
