"""The report of a campaign: built once from what may be shown, then written by every format.

Nothing in it is a raw count: figures come from :func:`surveys.publishing.published`, cases and standings from the
campaign's rules. A format may lay it out; it can show nothing else, and hide nothing more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.standing import Overview
from exports.cells import Table, both
from exports.footing import require_footing
from exports.tables.branches import by_branch, by_dimension, by_part, changes
from exports.tables.cases import case_tables
from exports.tables.common import ROUNDING, VALID, hiding_notes, slug, survey_name
from exports.tables.forms import form_account, void_votes
from exports.tables.goals import by_goal
from exports.tables.notice import notice, town_notice
from exports.tables.opinions import opinion_tables
from exports.tables.questions import NOTHING_COUNTED, by_choice, by_question, nothing_counted, of_session
from exports.tables.standing import obligations, phase_progress
from exports.tables.totals import in_all
from surveys.published import Published, SurveyFigures
from surveys.register.model import Register
from surveys.session import SurveySession


@dataclass(frozen=True, slots=True)
class SurveyMark:
    """Which survey figures are about."""

    kind: str
    key: str
    """What the names of its tables have after their number: ``T2-`` and this is that of all together. Also what
    :attr:`~exports.cells.Table.survey` says."""
    name: I18n
    questionnaire: str
    title: I18n
    version: str
    sessions: int
    """Sessions whose figures are shown."""
    hidden_sessions: int
    """Sessions with too few forms."""
    valid: int | None
    """Valid forms of all that is shown."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What every format says of where its figures come from."""

    campaign: str
    title: I18n
    organiser: I18n
    exported_on: date
    """A day: no time of day is ever written."""
    min_forms: int
    """k: with fewer valid forms nothing is shown."""
    surveys: tuple[SurveyMark, ...]
    formula: tuple[I18n, ...]
    notes: tuple[I18n, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All tables, in both languages."""

    metadata: Metadata
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        """The table with this name."""
        return next((table for table in self.tables if table.name == name), None)

    def numbered(self, number: str) -> Sequence[Table]:
        """The tables with this number, ``T1`` to ``T9``."""
        return [table for table in self.tables if table.number == number]


@dataclass(frozen=True, slots=True)
class Records:
    """What a report is about beside the surveys."""

    overview: Overview
    entries: Sequence[LogEntry] = ()
    """As :func:`campaign.happened.happened` gives them."""
    cases: Sequence[Case] = ()
    opinions: Register = field(default_factory=Register)
    sessions: Sequence[SurveySession] = ()
    """All of them, those that were declared void as well."""


def build_report(plan: Plan, figures: Published, records: Records, today: date) -> Report:
    """The report of the whole campaign on ``today``; Refused V61 if a table does not add up."""
    return _checked(
        plan, figures, today, [*_survey_tables(plan, figures, records, today), *_records_tables(plan, records, today)]
    )


def session_report(plan: Plan, figures: Published, session_id: str, today: date, cases: Sequence[Case] = ()) -> Report:
    """The tables of one session, and its notice: its figures, hidden as they are in the whole report. Refused V61."""
    found = figures.session(session_id)
    if found is None:
        return _checked(plan, figures, today, [])
    survey = next(each for each in figures.surveys if found in each.sessions)
    own = of_session(plan, survey, found)
    return _checked(plan, figures, today, [*own, notice(plan, survey, found, today, cases)])


def sessions_report(
    plan: Plan, figures: Published, session_ids: Sequence[str], today: date, cases: Sequence[Case] = ()
) -> Report:
    """The tables of several sessions, as :func:`session_report`."""
    reports = [session_report(plan, figures, each, today, cases) for each in dict.fromkeys(session_ids)]
    ordered = sorted((table for report in reports for table in report.tables), key=lambda table: table.number)
    return Report(_metadata(plan, figures, today), tuple(ordered))


def _checked(plan: Plan, figures: Published, today: date, tables: Sequence[Table]) -> Report:
    require_footing(tables)
    return Report(_metadata(plan, figures, today), tuple(tables))


def _survey_tables(plan: Plan, figures: Published, records: Records, today: date) -> Iterator[Table]:
    if not figures.surveys:
        yield nothing_counted()
    for survey in figures.surveys:
        yield form_account(plan, survey)
        yield from by_question(plan, survey)
        yield from by_choice(plan, survey)
        yield from by_branch(plan, survey)
        yield from in_all(plan, survey)
        for parts in survey.parts:
            yield from by_part(plan, survey, parts)
        yield from by_dimension(plan, survey)
    yield from void_votes(plan, records.sessions)
    yield from by_goal(plan, figures, records.entries)
    yield from changes(plan, figures)
    for survey in figures.surveys:
        for session in survey.sessions:
            yield notice(plan, survey, session, today, records.cases)
        if len(survey.sessions) > 1:
            yield town_notice(plan, survey, today, records.cases)


def _records_tables(plan: Plan, records: Records, today: date) -> Iterator[Table]:
    yield from opinion_tables(plan, records.opinions, records.cases, today)
    yield from case_tables(plan, records.cases, today)
    yield phase_progress(plan, records.overview)
    yield obligations(plan, records.overview, records.entries)


def _metadata(plan: Plan, figures: Published, today: date) -> Metadata:
    campaign = plan.campaign
    return Metadata(
        campaign=campaign.id,
        title=campaign.title,
        organiser=campaign.organiser,
        exported_on=today,
        min_forms=campaign.publish_min_forms,
        surveys=tuple(_mark(survey) for survey in figures.surveys),
        formula=(both(N_("Satisfaction rate: positive answers ÷ valid forms × 100.")), both(VALID)),
        notes=(
            *(() if figures.surveys else (both(NOTHING_COUNTED),)),
            both(ROUNDING),
            *hiding_notes(campaign.publish_min_forms),
        ),
    )


def _mark(survey: SurveyFigures) -> SurveyMark:
    asked = survey.survey.questionnaire
    return SurveyMark(
        kind=survey.survey.kind,
        key=slug(survey.survey),
        name=survey_name(survey.survey),
        questionnaire=asked.id,
        title=asked.title,
        version=asked.version,
        sessions=len(survey.sessions) - len(survey.left_out),
        hidden_sessions=len(survey.left_out),
        valid=survey.town.valid,
    )
