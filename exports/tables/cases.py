"""T5, the correction register; T8, answers to people. Only what was cleared for the public."""

from collections.abc import Iterator, Sequence
from datetime import date

from campaign.case_labels import state_label
from campaign.case_rates import AnswerRates, answer_rates, first_answer, rating, ratings_hidden
from campaign.case_standing import CaseStanding, case_standings
from campaign.case_words import move_name
from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_
from campaign.plan import Plan
from campaign.standing import Standing, Status
from exports.cells import (
    NONE,
    NUMBER,
    Cell,
    Count,
    Hidden,
    Rate,
    Table,
    both,
    counts,
    dates,
    hiding_note,
    numbered,
    plain,
    rates,
    said,
    texts,
)
from exports.tables.common import branch_name
from exports.tables.opinions import NOT_CLEARED
from exports.tables.standing import status_text
from surveys.cleared_cases import public_texts
from surveys.register.labels import category_label

_SHOWN_DIGITS = 4
_FEW_RATED = N_("<{k}: fewer than {k} answers are rated; not shown.")
_CORRECTIONS, _ANSWER = ("correction", "support"), "answer"
"""Support that is asked for is put right like anything else that is lacking."""
_VERIFY = "verify"
_ANSWERED = N_("answered")


def case_tables(plan: Plan, cases: Sequence[Case], today: date) -> Iterator[Table]:
    """All tables about cases as they stood on ``today``."""
    standings = case_standings(plan, cases, today)
    corrections = [each for each in standings if each.case.kind in _CORRECTIONS]
    yield _register(plan, corrections)
    answers = [each for each in standings if each.case.kind == _ANSWER]
    yield _answers(plan, answers)
    yield _rates(plan, [each.case for each in answers], answer_rates(cases, today))


def _matter(case: Case) -> I18n:
    return plain(public_texts(case).matter) if case.public_matter else both(NOT_CLEARED)


def _measure(case: Case) -> Cell:
    """The suggested correction as it was cleared for the public."""
    if case.public_suggestion:
        return plain(public_texts(case).measure)
    return both(NOT_CLEARED) if case.suggestion else NONE


def _category(plan: Plan, case: Case) -> I18n:
    return said(lambda lang: category_label(plan, case.category, lang))


def _register(plan: Plan, items: Sequence[CaseStanding]) -> Table:
    return Table(
        number="T5",
        name="T5",
        title=both(N_("Correction register")),
        columns=(
            counts("no", NUMBER),
            texts("case", N_("Case")),
            texts("matter", N_("Problem")),
            texts("measure", N_("Measure")),
            texts("branch_name", N_("Unit")),
            texts("owner", N_("Role in charge")),
            dates("due", N_("By")),
            texts("state", N_("State")),
            texts("status", N_("In time")),
            texts("verified_by", N_("Verified by (role)")),
            dates("verified_on", N_("Verified on")),
        ),
        rows=numbered([_correction(plan, each) for each in items]),
    )


def _correction(plan: Plan, each: CaseStanding) -> tuple[Cell, ...]:
    case = each.case
    verified = case.last(_VERIFY) if case.state == "verified" else None
    return (
        plain(case.no),
        _matter(case),
        _measure(case),
        branch_name(plan, case.branch),
        plain(case.owner),
        case.due or NONE,
        said(lambda lang: state_label(case, lang)),
        status_text(each.standing),
        plain(verified.role) if verified else NONE,
        verified.on if verified else NONE,
    )


def _answers(plan: Plan, items: Sequence[CaseStanding]) -> Table:
    """With few ratings a row tells what was known when the case was answered for the first time, and nothing since."""
    k = plan.campaign.publish_min_forms
    few = Hidden(f"<{k}") if ratings_hidden((each.case for each in items), k) else None
    last_digits = both(
        N_("Of each number only the last {n} digits are shown: the whole one is on the person's slip."), n=_SHOWN_DIGITS
    )
    not_told = hiding_note(
        f"<{k}",
        both(
            N_(
                "<{k}: fewer than {k} answers are rated. Then the state is that of the first answer: what came after "
                "it would tell the ratings."
            ),
            k=k,
        ),
        of_table=True,
    )
    return Table(
        number="T8",
        name="T8",
        title=both(N_("Answers to people")),
        columns=(
            counts("no", NUMBER),
            texts("case", N_("Number")),
            texts("branch_name", N_("Unit")),
            texts("category", N_("Category")),
            dates("received_on", N_("Received on")),
            dates("due", N_("To be answered by")),
            dates("answered_on", N_("Answered on")),
            texts("status", N_("In time")),
            texts("rating", N_("Rating of the answer")),
            texts("state", N_("State")),
        ),
        rows=numbered([_answer(plan, each, few) for each in items]),
        notes=(last_digits, *((not_told,) if few else ())),
    )


def _answer(plan: Plan, each: CaseStanding, few: Hidden | None) -> tuple[Cell, ...]:
    case = each.case
    answered, due = first_answer(case)
    rated = rating(case)
    kept_back = few is not None and answered is not None and each.standing.status is not Status.WAIVED
    return (
        plain(f"…{case.no[-_SHOWN_DIGITS:]}"),
        branch_name(plan, case.branch),
        _category(plan, case),
        case.received_on,
        due or NONE,
        answered or NONE,
        _answered_in_time(answered, due) if kept_back and answered else status_text(each.standing),
        few or (said(lambda lang: move_name(case.kind, rated, lang)) if rated else NONE),
        both(_ANSWERED) if kept_back else said(lambda lang: state_label(case, lang)),
    )


def _answered_in_time(answered: date, due: date | None) -> I18n:
    late = (answered - due).days if due else 0
    return status_text(Standing(Status.DONE_LATE, late) if late > 0 else Standing(Status.DONE, 0))


def _rates(plan: Plan, cases: Sequence[Case], rates_of: AnswerRates) -> Table:
    k = plan.campaign.publish_min_forms
    rate = rates_of.satisfaction(k)
    few = ratings_hidden(cases, k)
    liked: Cell = Hidden(f"<{k}") if few else NONE if rate is None else Rate(rate)
    on_time: Cell = Rate(rates_of.on_time) if rates_of.on_time is not None else NONE
    return Table(
        number="T8",
        name="T8-rates",
        title=both(N_("Answers to people: rates")),
        columns=(
            texts("figure", N_("Figure")),
            counts("part", N_("Of these")),
            counts("whole", N_("All")),
            rates("rate", N_("%")),
        ),
        rows=(
            (both(N_("Answered in time")), Count(rates_of.in_time), Count(rates_of.judged), on_time),
            (
                both(N_("Satisfied with the answer, or mostly so")),
                liked if few else Count(rates_of.satisfied),
                liked if few else Count(rates_of.rated),
                liked,
            ),
            (both(N_("Merged, not accepted or withdrawn")), Count(rates_of.apart), NONE, NONE),
        ),
        notes=(
            both(
                N_("In time: answered by the promised day ÷ (answered + overdue). What is not due yet is in neither.")
            ),
            *((hiding_note(f"<{k}", both(_FEW_RATED, k=k), of_table=True),) if few else ()),
        ),
    )
