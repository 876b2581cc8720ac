"""T9, the public notice of a survey's result, as items of text. One that is not posted yet is a draft without days.

There is one of every session, and one of all units together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from campaign.calendar import add_workdays
from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_, NP_, Lang, Listed
from campaign.plan import Plan
from exports.cells import Rate, Table, both, plain, said, text_of, texts
from exports.tables.common import branch_name, left_out_notes, notes_of, slug, survey_name
from exports.tables.held import held, held_everywhere, people
from exports.tables.promises import decision, keeping, promises
from exports.tables.questions import scale_notes, table_of_session
from surveys.posting import Posting
from surveys.promises import posting_of
from surveys.published import Figures, SessionFigures, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.rates import Remedial
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
ISSUED_BY, POSTED = N_("Issued by"), N_("Posted")
"""With the second begins what stands at the foot of a notice."""
THRESHOLD = N_(
    "Below {x} per cent satisfied, or with more dissatisfied than satisfied, a unit catches up and is surveyed again."
)
DECISIONS = {
    Remedial.NO: N_("The threshold is reached."),
    Remedial.REQUIRED: N_("The unit must catch up."),
    Remedial.UNDECIDED: N_("Undecided: more voices are needed."),
}
_MOST_NAMED = 3
_GAPS = {Lang.ZH: "", Lang.EN: " "}
"""Between two sentences."""
_BY_HAND = "_" * 24
"""A line to be filled in by hand."""


def notice(
    plan: Plan, survey: SurveyFigures, session: SessionFigures, today: date, cases: Sequence[Case] = ()
) -> Table:
    """The notice of one session: what was asked, who answered, the result, what follows, how long it is posted.

    Once it is posted it says for ever what it said then; before, it is a draft and has no days.
    """
    kept = session.counted.session
    says = kept.posting or posting_of(plan, cases, (kept.branch,), kept.kind, kept.posted_on or today)
    unit = says.units.get(kept.branch, branch_name(plan, kept.branch))
    items = (
        (both(N_("Campaign")), says.campaign),
        (both(N_("Asked")), session.counted.questionnaire.title),
        (both(N_("Unit")), unit),
        (both(N_("Day of the survey")), plain(kept.on.isoformat())),
        *_invited(says, session.figures),
        *people(session.figures),
        *held(session),
        *_forms(session.figures),
        *_result(says, session.figures),
        *_computed(session.figures),
        *_decided(says, session.figures),
        *_hiding(says, _marks(session.figures)),
        *promises(says, decision(says, session.figures)),
        *keeping(says),
        *_posting(plan, says, kept.posted_on, kept.posted_until),
    )
    title = (
        N_("Public notice: {survey}, {unit}") if kept.posted_on else N_("Draft of a public notice: {survey}, {unit}")
    )
    named = both(title, survey=survey_name(survey.survey), unit=unit)
    posted = (table_of_session(survey, session),)
    made = _table(kept.id, named, items, posted, slug(survey.survey), kept.branch)
    return replace(made, session=kept.id, posted_on=kept.posted_on)


def town_notice(plan: Plan, survey: SurveyFigures, today: date, cases: Sequence[Case] = ()) -> Table:
    """The notice of all units together: nothing says when it is posted, so it is a draft of the day."""
    shown = [each for each in survey.sessions if each.figures.hidden is None]
    units = {each.counted.session.branch: branch_name(plan, each.counted.session.branch) for each in shown}
    says = posting_of(plan, cases, units.keys(), survey.survey.kind, today)
    days = sorted(each.counted.session.on for each in survey.sessions)
    items = [
        (both(N_("Campaign")), says.campaign),
        (both(N_("Asked")), survey.survey.questionnaire.title),
        (both(N_("Units")), text_of(Listed(tuple(units.values())))),
        (both(N_("Days of the survey")), both(N_("from {start} to {end}"), start=days[0], end=days[-1])),
        *_invited(says, survey.town),
        *people(survey.town),
        *held_everywhere(plan, survey.sessions),
        *_forms(survey.town),
        *_result(says, survey.town),
        *_computed(survey.town),
        *_decided(says, None),
        *_left_out(plan, survey),
        *_hiding(says, [mark for each in (survey.town, *survey.branches) for mark in _marks(each)]),
        *promises(says, None),
        *keeping(says),
        *_posting(plan, says, None, None),
    ]
    named = both(N_("Draft of a public notice: {survey}, all units together"), survey=survey_name(survey.survey))
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


def _invited(says: Posting, figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    yield both(N_("Who was asked")), both(SAMPLING.get(says.sampling, SAMPLING[""]))
    if figures.invited is not None:
        yield (
            both(N_("Asked in all")),
            both(N_("{n}: forms handed out and people who began at a kiosk"), n=figures.invited),
        )


def _marks(figures: Figures) -> Sequence[str]:
    """Why figures of it are hidden; the question for the group stands in no table of the notice."""
    own = [figures.hidden, *(each.hidden for each in figures.questions if not each.question.is_group)]
    return [mark for mark in own if mark]


def _hiding(says: Posting, marks: Sequence[str]) -> Iterator[tuple[I18n, I18n]]:
    """Only what applies."""
    for note in notes_of(says.min_forms, marks):
        yield both(N_("Note")), note


def _left_out(plan: Plan, survey: SurveyFigures) -> Iterator[tuple[I18n, I18n]]:
    if survey.left_out:
        k, n = plan.campaign.publish_min_forms, len(survey.left_out)
        text = both(N_("Sessions not in the total, for they have fewer than {k} valid forms: {n}."), k=k, n=n)
        yield both(N_("Note")), text
    if survey.town.overall is not None:
        for note in left_out_notes(plan, survey.town, [survey.town.overall]):
            yield both(N_("Note")), note


def _posting(plan: Plan, says: Posting, posted: date | None, until: date | None) -> Iterator[tuple[I18n, I18n]]:
    days = plan.campaign.notice_min_workdays
    if posted is None:
        yield (
            both(POSTED),
            both(
                NP_(
                    "not yet: a draft. Once posted, for {n} working day at least.",
                    "not yet: a draft. Once posted, for {n} working days at least.",
                ),
                n=days,
            ),
        )
    else:
        end = until or add_workdays(posted, days, plan.calendar)
        yield both(POSTED), both(N_("from {start} to {end}"), start=posted, end=end)
    yield both(N_("Posted at")), says.place if says.place.zh or says.place.en else plain(_BY_HAND)
    yield (
        both(N_("Objections")),
        both(N_("To {organiser}, while this notice is posted."), organiser=says.organiser),
    )
    yield both(ISSUED_BY), says.organiser
    if posted is not None:
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
    if rate is None:
        yield both(N_("Came back")), both(N_("no forms were handed out on paper"))
        return
    yield both(N_("Came back")), both(N_("{p} per cent of the forms handed out"), p=Rate(rate).percent)
    if 100 * rate < LEAST_RETURNED_PCT:
        yield both(N_("Note")), both(N_("Only {p} per cent of the forms came back."), p=Rate(rate).percent)


def _result(says: Posting, figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    overall = figures.overall
    if overall is None:
        return
    yield both(N_("Overall question")), overall.question.label
    if overall.satisfaction is None or overall.counts is None:
        yield both(N_("Result")), both(N_("not shown: too few forms, or all alike"))
        return
    yield both(N_("Answers")), _answers(overall, overall.counts)
    if overall.inform_first:
        yield both(N_("Note")), both(INFORM)
    yield both(SATISFIED), both(N_("{rate}%"), rate=Rate(overall.satisfaction, says.threshold_pct).percent)


def _answers(overall: QuestionCounts, counts: Mapping[str, int]) -> I18n:
    shown = Listed(tuple(_counted(choice.label, counts[choice.code]) for choice in overall.question.choices))
    return both(
        N_("{answers}; blank {blank}; valid forms {valid}"), answers=shown, blank=overall.blank, valid=overall.valid
    )


def _computed(figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    """How the rate is made, what those who did not answer could change, and what was named most."""
    if figures.overall is None:
        return
    notes = scale_notes(figures.overall.question.choices)
    yield both(N_("How it is computed")), said(lambda lang: _GAPS[lang].join(note.text(lang) for note in notes))
    if figures.shows_bounds and figures.bounds:
        low, high = (Rate(bound).percent for bound in figures.bounds)
        yield (
            both(N_("Non-answers")),
            both(N_("Counting those who gave no valid form, between {low}% and {high}%."), low=low, high=high),
        )
    yield from _problems(figures)


def _decided(says: Posting, figures: Figures | None) -> Iterator[tuple[I18n, I18n]]:
    """The threshold; of one unit also on which side of it the result is."""
    if says.threshold_pct is None:
        return
    yield both(N_("Threshold")), both(THRESHOLD, x=says.threshold_pct)
    decided = decision(says, figures) if figures else None
    if decided is not None:
        yield both(N_("Decision")), both(DECISIONS[decided])


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
