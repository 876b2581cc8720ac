"""T1, the form account: what was handed out, what came back, and what of it counts."""

from collections.abc import Iterator, Sequence

from campaign.i18n import I18n
from campaign.labels import survey_label
from campaign.language import N_
from campaign.plan import Plan
from exports.cells import (
    NONE,
    NUMBER,
    Cell,
    Count,
    Footing,
    Hidden,
    Table,
    both,
    count,
    counts,
    dates,
    numbered,
    plain,
    rate_cell,
    rates,
    said,
    texts,
)
from exports.tables.common import ALL, branch_name, slug, survey_name, table_name
from surveys.paper.account import BallotAccount
from surveys.published import Figures, SurveyFigures
from surveys.redaction import blacked_out
from surveys.session import SessionState, SurveySession

_COLUMNS = (
    counts("no", NUMBER),
    texts("branch", N_("Code")),
    texts("branch_name", N_("Unit")),
    dates("on", N_("Day")),
    counts("invited", N_("Should take part")),
    counts("present", N_("Present")),
    counts("issued", N_("Handed out")),
    counts("returned", N_("Returned")),
    counts("not_returned", N_("Not returned")),
    counts("paper_valid", N_("Valid (paper)")),
    counts("void", N_("Void")),
    counts("spoiled", N_("Spoiled before use")),
    rates("return_rate", N_("Return rate")),
    rates("validity_rate", N_("Share valid of returned")),
    counts("kiosk_started", N_("Begun at the kiosk")),
    counts("kiosk_submitted", N_("Handed in at the kiosk")),
    counts("kiosk_abandoned", N_("Left the kiosk")),
    counts("valid", N_("Valid forms")),
    rates("response_rate", N_("Valid of handed out and begun")),
)
_FOOTINGS = (
    Footing(("returned", "not_returned"), "issued"),
    Footing(("paper_valid", "void"), "returned"),
    Footing(("kiosk_submitted", "kiosk_abandoned"), "kiosk_started"),
)
_FIGURES = len(_COLUMNS) - 4


def form_account(plan: Plan, survey: SurveyFigures) -> Table:
    """One row a session; sessions with too few forms show none of their numbers and are not in the total."""
    rows = [
        (
            plain(each.counted.session.branch),
            branch_name(plan, each.counted.session.branch),
            each.counted.session.on,
            *_figures(each.figures),
        )
        for each in survey.sessions
    ]
    total: tuple[Cell, ...] = (NONE, NONE, both(ALL), NONE, *_figures(survey.town))
    return Table(
        number="T1",
        name=table_name("T1", survey.survey),
        title=both(N_("Form account: {survey}"), survey=survey_name(survey.survey)),
        columns=_COLUMNS,
        rows=(*numbered(rows), total),
        notes=_notes(plan, survey),
        totals=1,
        main=len(rows),
        footings=_FOOTINGS,
        survey=slug(survey.survey),
    )


def void_votes(plan: Plan, sessions: Sequence[SurveySession]) -> Iterator[Table]:
    """Sessions that were declared void and count nowhere, with the reason; nothing if there is none."""
    rows = [
        (
            plain(each.branch),
            branch_name(plan, each.branch),
            each.on,
            said(lambda lang, kind=each.kind: survey_label(kind, lang)),  # type: ignore[misc]
            plain(blacked_out(each.void_reason)),
        )
        for each in sessions
        if each.state is SessionState.VOID
    ]
    if rows:
        yield Table(
            number="T1",
            name="T1-void",
            title=both(N_("Votes that were declared void")),
            columns=(
                counts("no", NUMBER),
                texts("branch", N_("Code")),
                texts("branch_name", N_("Unit")),
                dates("on", N_("Day")),
                texts("survey", N_("Survey")),
                texts("reason", N_("Reason")),
            ),
            rows=numbered(rows),
            notes=(both(N_("Their forms are in no figure. A void vote may be repeated.")),),
        )


def _figures(figures: Figures) -> tuple[Cell, ...]:
    if figures.hidden:
        return (Hidden(figures.hidden),) * _FIGURES
    account = figures.account
    people = (count(figures.expected), count(figures.present))
    if account is None:
        return (*people, *(NONE,) * (_FIGURES - 4), count(figures.valid), NONE)
    return (*people, *_of_account(account, figures))


def _of_account(account: BallotAccount, figures: Figures) -> tuple[Cell, ...]:
    return (
        Count(account.issued),
        Count(account.returned),
        Count(account.not_returned),
        Count(account.valid),
        Count(account.void),
        Count(account.spoiled),
        rate_cell(figures.return_rate),
        rate_cell(figures.validity_rate),
        Count(account.started),
        Count(account.submitted),
        Count(account.abandoned),
        count(figures.valid),
        rate_cell(figures.response_rate),
    )


def _notes(plan: Plan, survey: SurveyFigures) -> tuple[I18n, ...]:
    notes = [
        both(N_("Return rate: returned ÷ handed out. Share valid: valid ÷ returned.")),
        both(N_("Response rate (AAPOR RR2): valid forms ÷ (handed out + begun at the kiosk).")),
    ]
    if survey.left_out:
        k = plan.campaign.publish_min_forms
        notes.append(
            both(
                N_("Sessions not in the total, for they have fewer than {k} valid forms: {n}."),
                k=k,
                n=len(survey.left_out),
            )
        )
    return tuple(notes)
