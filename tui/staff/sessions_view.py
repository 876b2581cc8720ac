"""The list of sessions as rows and columns. No Textual here."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaign.labels import branch_label, survey_label
from campaign.language import N_, Lang
from surveys.moves import refusal
from surveys.session import COUNTED, SessionState
from surveys.words import STATES
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.session_words import hall_name
from tui.staff.texts import tr
from tui.staff.wording import column_cells, short_day
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

SIGNS = {
    SessionState.OPEN: ("●", "accent"),
    SessionState.COUNTING: ("#", "warning"),
    SessionState.VERIFIED: ("✔", "success"),
    SessionState.PUBLISHED: ("■", "success"),
    SessionState.VOID: ("✘", "muted"),
}
NEXT = {
    SessionState.OPEN: N_("c closes it"),
    SessionState.COUNTING: N_("i account, then y verifies"),
    SessionState.VERIFIED: N_("Enter result, b publishes"),
    SessionState.PUBLISHED: N_("Enter result"),
    SessionState.VOID: N_("in no result"),
}
"""Marked for translation."""
DEEDS = {
    "close": SessionState.COUNTING,
    "verify": SessionState.VERIFIED,
    "publish": SessionState.PUBLISHED,
    "void": SessionState.VOID,
}
"""The state that each key leads to."""
ID, NUMBER, DAY, BEGUN, ROOMY = 14, 8, 5, 9, 100


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the list shows it; never a figure of its result."""

    session: SessionLine
    at: int
    branch: str
    kind: str
    state: str
    in_hall: bool


def session_listing() -> Listing[SessionRow]:
    """All sessions, the newest first."""
    return Listing(
        parts=(
            Sieve(N_("all sessions"), lambda _: True),
            Sieve(N_("open for answers"), lambda row: row.session.state is SessionState.OPEN),
            Sieve(N_("counting"), lambda row: row.session.state is SessionState.COUNTING),
            Sieve(N_("with a result"), lambda row: row.session.state in COUNTED),
        ),
        kinds=(
            Sieve(N_("all kinds"), lambda _: True),
            Sieve(N_("final surveys"), lambda row: row.session.kind == "final"),
            Sieve(N_("pulse surveys"), lambda row: row.session.kind == "pulse"),
            Sieve(N_("recheck surveys"), lambda row: row.session.kind == "recheck"),
        ),
        orders=(
            Order(N_("newest first"), None),
            Order(N_("by name"), lambda row: (row.session.branch, row.at)),
            Order(N_("by number"), lambda row: (row.session.id,)),
        ),
        words=lambda row: f"{row.session.id} {row.session.branch} {row.branch} {row.kind} {row.state}",
    )


def session_rows(snapshot: Snapshot, lang: Lang) -> list[SessionRow]:
    """The newest first."""
    shown = snapshot.hall.shown.session if snapshot.hall else ""
    return [
        SessionRow(
            each,
            at,
            branch_label(snapshot.plan, each.branch, lang),
            survey_label(each.kind, lang),
            STATES[each.state].text(lang),
            each.id == shown,
        )
        for at, each in enumerate(reversed(snapshot.sessions))
    ]


def session_columns(snapshot: Snapshot, rows: Sequence[SessionRow], lang: Lang, width: int) -> list[Column[SessionRow]]:
    """State, number, whose, its day, how many forms, which survey, what comes next; with room how many began."""
    roomy, words = width >= ROOMY, snapshot.plan.campaign.words
    state = column_cells((row.state for row in rows), 16) + 2
    branch = column_cells((row.branch for row in rows), 28 if roomy else 18)
    kind = column_cells((row.kind for row in rows), 20)
    columns: list[Column[SessionRow]] = [
        Column(tr(lang, "State"), state, _state),
        Column(tr(lang, "Session number"), ID, lambda row, _: (Span(row.session.id),)),
        Column(words.branch.text(lang), branch, lambda row, _: (Span(row.branch, bold=True),)),
        Column(tr(lang, "Day"), DAY, lambda row, _: (Span(short_day(row.session.on), "muted"),)),
    ]
    if roomy:
        columns.append(Column(tr(lang, "At kiosks"), BEGUN, _begun, right=True))
    columns.append(Column(tr(lang, "Forms in"), NUMBER, _forms_in, right=True))
    last = max(4, width - EDGE - sum(each.width + each.gap for each in columns) - 1)
    if not roomy:
        return [*columns, Column(tr(lang, "Survey"), last, lambda row, cells: _kind(row, lang, cells), gap=0)]
    return [
        *columns,
        Column(tr(lang, "Survey"), kind, lambda row, _: (Span(row.kind, "muted"),)),
        Column(tr(lang, "What next"), last - kind - 2, lambda row, cells: _next(row, lang, cells), gap=0),
    ]


def off_keys(session: SessionLine | None) -> frozenset[str]:
    """The keys that would be refused for this session."""
    if session is None:
        return frozenset({*DEEDS, "hall", "account"})
    off = {deed for deed, wanted in DEEDS.items() if refusal(session.state, wanted) is not None}
    return frozenset(off if session.state in COUNTED else {*off, "hall"})


def state_signs(lang: Lang) -> list[str]:
    """Every sign of a state with what it means, for the help."""
    signs = [f"{sign} {STATES[state].text(lang)}" for state, (sign, _) in SIGNS.items()]
    return [*signs, tr(lang, "● now in the hall"), tr(lang, "< so few valid forms that no number is shown")]


def _begun(row: SessionRow, _cells: int) -> Line:
    return (Span(row.session.said(row.session.started), "muted"),)


def _forms_in(row: SessionRow, _cells: int) -> Line:
    return (Span(row.session.said(row.session.submitted)),)


def _kind(row: SessionRow, lang: Lang, cells: int) -> Line:
    return _next(row, lang, cells) if row.in_hall else fitted((Span(row.kind, "muted"),), cells)


def _state(row: SessionRow, _cells: int) -> Line:
    sign, colour = SIGNS[row.session.state]
    return (Span(f"{sign} {row.state}", colour, bold=True),)


def _next(row: SessionRow, lang: Lang, cells: int) -> Line:
    if row.in_hall:
        return fitted((Span(tr(lang, "● now in the hall"), "primary", bold=True),), cells)
    return fitted((Span(tr(lang, NEXT[row.session.state]), "muted"),), cells)


def sessions_title(snapshot: Snapshot, rows: Sequence[SessionRow], lang: Lang, width: int) -> Line:
    """How many are in which state, and that the hall sees a result which is not that of one session."""
    counted = sum(row.session.state in COUNTED for row in rows)
    counting = sum(row.session.state is SessionState.COUNTING for row in rows)
    figures = tr(lang, "{n} to count · {m} with a result", n=counting, m=counted)
    right: Line = (Span(figures),)
    if snapshot.hall is not None and snapshot.hall.shown.kind:
        said = tr(lang, "● in the hall: {id}", id=hall_name(snapshot, snapshot.hall.shown, lang))
        right = (Span(f"{said}   ", "primary", bold=True), *right)
    return spread((Span("▌ ", "primary"), Span(tr(lang, "Sessions and results"), bold=True)), right, width)
