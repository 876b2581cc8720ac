"""The lists of a result: units beside each other, never in order of their rates, and changes since the short survey."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.labels import branch_label
from campaign.language import N_, Lang
from campaign.plan import Plan
from surveys.published import Change, Figures, Published, SurveyFigures
from surveys.rates import Remedial
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.result_words import REMEDIAL, REMEDIAL_SHORT, bar_parts, count_text, points_text, rate_text, why_hidden
from tui.staff.texts import tr
from tui.staff.wording import column_cells
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted
from tui.widgets.stacked import stacked_bar

MOST_BAR = 60
NUMBER, RATE, MARK, MOST_NAME, LEAST_BAR, ROOMY, LESS_NAME = 6, 8, 22, 28, 8, 100, 18


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's answers to the overall question."""

    key: str
    at: int
    name: str
    figures: Figures

    @property
    def is_whole(self) -> bool:
        """Whether it is not one unit, but all together."""
        return not self.key

    @property
    def hidden(self) -> str | None:
        """Why its figures are not shown."""
        return self.figures.rate_hidden


def unit_listing() -> Listing[UnitRow]:
    """All units in the order of the plan. There is no order by rate: nobody is ranked."""
    return Listing(
        parts=(
            Sieve(N_("all of them"), lambda _: True),
            Sieve(N_("catch-up required"), lambda row: row.figures.remedial is Remedial.REQUIRED),
            Sieve(N_("more voices needed"), lambda row: row.figures.remedial is Remedial.UNDECIDED),
            Sieve(N_("not shown"), lambda row: row.hidden is not None),
        ),
        kinds=(Sieve(N_("never ranked"), lambda _: True),),
        orders=(
            Order(N_("as in the plan"), None),
            Order(N_("by name"), lambda row: (row.name, row.at)),
            Order(N_("most forms first"), lambda row: (-(row.figures.valid or 0), row.at)),
        ),
        words=lambda row: f"{row.key} {row.name}",
    )


def unit_rows(plan: Plan, survey: SurveyFigures, lang: Lang) -> list[UnitRow]:
    """One a unit, in the order of the plan."""
    held = {figures.branch: figures for figures in survey.branches}
    ordered = [branch.code for branch in plan.branches if branch.code in held]
    ordered += [code for code in held if code is not None and code not in set(ordered)]
    return [UnitRow(code, at, branch_label(plan, code, lang), held[code]) for at, code in enumerate(ordered)]


def whole_row(survey: SurveyFigures, lang: Lang) -> UnitRow:
    """All together, for the foot of the list."""
    return UnitRow("", len(survey.branches), tr(lang, "all together"), survey.town)


def unit_columns(plan: Plan, rows: Sequence[UnitRow], lang: Lang, width: int) -> list[Column[UnitRow]]:
    """Name, forms, bar, rates, blanks, return rate, catch-up; fewer where room is scarce."""
    roomy = width >= ROOMY
    name = column_cells((row.name for row in rows), MOST_NAME if roomy else LESS_NAME)
    mark = max(column_cells((_mark(row, lang, roomy=roomy)[0] for row in rows), MARK), 8)
    figures = _figure_columns(plan, lang, roomy=roomy)
    taken = EDGE + name + 2 + sum(each.width + each.gap for each in figures) + mark + 2
    bar = width - taken - 2
    columns = [
        Column[UnitRow](plan.campaign.words.branch.text(lang), name, lambda row, _: (Span(row.name, bold=True),)),
    ]
    if bar >= LEAST_BAR:
        columns.append(Column("", min(MOST_BAR, bar), _bar, gap=1))
    return [
        *columns,
        *figures,
        Column(
            tr(lang, "Catch-up"),
            mark,
            lambda row, cells: fitted((Span(*_mark(row, lang, roomy=roomy)),), cells),
            gap=0,
        ),
    ]


def _figure_columns(plan: Plan, lang: Lang, *, roomy: bool) -> list[Column[UnitRow]]:
    threshold = plan.campaign.remedial_threshold_pct
    figures: list[Column[UnitRow]] = [
        Column(tr(lang, "n"), NUMBER, lambda row, _: (Span(_forms(row)),), right=True, gap=1),
        Column(
            tr(lang, "Satisf."),
            RATE,
            lambda row, _: (Span(_of(row, "satisfaction", threshold), bold=True),),
            right=True,
            gap=1,
        ),
        Column(
            tr(lang, "Blanks"), RATE - 1, lambda row, _: (Span(_of(row, "blank_share"), "muted"),), right=True, gap=1
        ),
        Column(
            tr(lang, "Returned"),
            RATE + 1,
            lambda row, _: (Span(rate_text(row.figures.return_rate, row.figures.hidden), "muted"),),
            right=True,
        ),
    ]
    if roomy:
        unsure = Column[UnitRow](
            tr(lang, "Not known"), RATE + 1, lambda row, _: (Span(_of(row, "no_opinion"), "muted"),), right=True, gap=1
        )
        opinion = Column[UnitRow](
            tr(lang, "Expressed"), RATE + 1, lambda row, _: (Span(_of(row, "expressed")),), right=True, gap=1
        )
        figures[2:2] = [opinion, unsure]
    return figures


def _forms(row: UnitRow) -> str:
    """Valid forms: no secret where only the answers are hidden, for the form account tells them."""
    return count_text(row.figures.valid, row.figures.hidden)


def _of(row: UnitRow, what: str, threshold: object = None) -> str:
    overall = row.figures.overall
    value = getattr(overall, what) if overall else None
    return rate_text(value, row.hidden, threshold)  # type: ignore[arg-type]


def _mark(row: UnitRow, lang: Lang, *, roomy: bool) -> tuple[str, str]:
    if row.figures.remedial is None or row.is_whole:
        return "", "muted"
    sign, words, colour = REMEDIAL[row.figures.remedial]
    return f"{sign} {tr(lang, words if roomy else REMEDIAL_SHORT[row.figures.remedial])}", colour


def _bar(row: UnitRow, cells: int) -> Line:
    overall = row.figures.overall
    return stacked_bar(bar_parts(overall), cells) if overall and not row.hidden else (Span("×", "warning"),)


def hidden_note(rows: Sequence[UnitRow], lang: Lang) -> str:
    """Why some have no figures."""
    reasons = dict.fromkeys(row.hidden for row in rows if row.hidden)
    return " · ".join(f"{rate_text(None, reason)} {why_hidden(reason, lang)}" for reason in reasons)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A question that both surveys ask, of a unit that both show."""

    key: str
    name: str
    change: Change


def change_rows(plan: Plan, published: Published, branch: str | None, lang: Lang) -> list[ChangeRow]:
    """From the short survey to the final one."""
    return [
        ChangeRow(f"{each.branch} {each.question.name}", branch_label(plan, each.branch, lang), each)
        for each in published.changes()
        if branch in (None, each.branch)
    ]


def change_columns(plan: Plan, rows: Sequence[ChangeRow], lang: Lang, width: int) -> list[Column[ChangeRow]]:
    """Unit, question, before, after, points with a sign."""
    name = column_cells((row.name for row in rows), 20 if width < ROOMY else MOST_NAME)
    threshold = plan.campaign.remedial_threshold_pct
    text = max(8, width - EDGE - name - 2 - 3 * (RATE + 3) - 3)
    return [
        Column(plan.campaign.words.branch.text(lang), name, lambda row, _: (Span(row.name, bold=True),)),
        Column(
            tr(lang, "Question"),
            text,
            lambda row, cells: fitted(
                (Span(f"{row.change.question.name}  {row.change.question.label.text(lang)}"),), cells
            ),
        ),
        Column(
            tr(lang, "Before"), RATE, lambda row, _: (Span(rate_text(row.change.before, None, threshold)),), right=True
        ),
        Column(
            tr(lang, "After"), RATE, lambda row, _: (Span(rate_text(row.change.after, None, threshold)),), right=True
        ),
        Column(tr(lang, "Points"), RATE, lambda row, _: (_points(row),), right=True, gap=0),
    ]


def _points(row: ChangeRow) -> Span:
    points = row.change.points
    sign = "↑" if points > 0 else "↓" if points < 0 else "="
    return Span(
        f"{sign} {points_text(points)}", "success" if points > 0 else "error" if points < 0 else "muted", bold=True
    )
