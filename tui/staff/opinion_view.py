"""Opinions and items as values of a list. No Textual here."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from campaign.case_labels import state_label
from campaign.cases import Case
from campaign.labels import branch_label
from campaign.language import N_, Lang
from campaign.plan import Plan
from surveys.redaction import marks
from surveys.register.figures import RegisterCounts, register_counts
from surveys.register.labels import category_label, channel_label, discard_label, opinion_state_label, source_label
from surveys.register.model import FIRST_NUMBER, Heard, Item, OpinionState
from surveys.register.report import readable
from tui.staff.listing import Listing, Order, Sieve
from tui.staff.opinion_ports import OpinionsView
from tui.staff.texts import tr
from tui.staff.wording import column_cells
from tui.widgets.line_table import EDGE, Column
from tui.widgets.spans import Line, Span, fitted, spread

MARKED = "●"
PERSONAL = "▲"
NUMBER = 7
MOST_BRANCH, MOST_CATEGORY, NARROW_CATEGORY, MOST_STATE, NARROW_STATE = 12, 16, 14, 16, 12
"""Cells of columns, the narrow ones where there is little room."""
ROOMY = 100


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """An opinion or an item, as the list shows it."""

    number: int
    text: str
    """In full, for the organiser alone; of an item what the public reads."""
    branch: str
    category: str
    category_id: str
    state: str
    brief: str
    """The state in fewer words."""
    source: str
    channel: str
    item: Item | None
    """The item that the row is about."""
    opinion: Heard | None
    stands: OpinionState | None
    """Of an opinion."""
    count: int
    """Opinions of an item."""
    marked: bool = False

    @property
    def key(self) -> str:
        """Tells it from all others."""
        return str(self.number)

    @property
    def words(self) -> str:
        """What is looked through."""
        item = self.opinion.item if self.opinion else None
        state = f"{self.state} {self.brief}"
        said = f"{self.text} {self.branch} {self.category} {state} {self.source} {self.channel} {self.number}"
        return f"{said} #{item}" if item is not None else said


def opinion_rows(plan: Plan, view: OpinionsView, branch: str | None, lang: Lang) -> list[OpinionRow]:
    """Items by their numbers, then opinions by theirs, which are random."""
    register = view.register
    items = [each for _, each in sorted(register.items.items()) if branch in (None, each.branch)]
    sizes, cases = register.sizes(), {case.no: case for case in view.cases}
    return [
        *(_item_row(plan, each, cases.get(each.case), sizes[each.number], lang) for each in items),
        *(_opinion_row(plan, view, each, lang) for each in readable(plan, register, branch)),
    ]


def marked_rows(rows: Sequence[OpinionRow], marked: Collection[int]) -> list[OpinionRow]:
    """The same rows, those with these numbers marked."""
    return [replace(row, marked=True) if row.number in marked else row for row in rows]


def _item_row(plan: Plan, item: Item, case: Case | None, count: int, lang: Lang) -> OpinionRow:
    return OpinionRow(
        number=item.number,
        text=item.text,
        branch=branch_label(plan, item.branch, lang),
        category=category_label(plan, item.category, lang),
        category_id=item.category,
        state=state_label(case, lang) if case else item.case or tr(lang, "no case yet"),
        brief=state_label(case, lang, short=True) if case else item.case or tr(lang, "no case yet"),
        source="",
        channel="",
        item=item,
        opinion=None,
        stands=None,
        count=count,
    )


def _opinion_row(plan: Plan, view: OpinionsView, opinion: Heard, lang: Lang) -> OpinionRow:
    register = view.register
    stands = register.state(opinion)
    state = brief = opinion_state_label(stands, lang)
    if opinion.discarded:
        state, brief = discard_label(opinion.discarded, lang), discard_label(opinion.discarded, lang, short=True)
    elif opinion.item is not None:
        state = brief = tr(lang, "in item {n}", n=opinion.item)
    return OpinionRow(
        number=opinion.number,
        text=opinion.text or tr(lang, "(erased)"),
        branch=branch_label(plan, opinion.branch, lang),
        category=category_label(plan, register.category(opinion), lang),
        category_id=register.category(opinion),
        state=state,
        brief=brief,
        source=source_label(plan, opinion.source, lang),
        channel=channel_label(plan, opinion.channel, lang),
        item=None,
        opinion=opinion,
        stands=stands,
        count=1,
    )


def case_text(view: OpinionsView, item: Item, lang: Lang) -> str:
    """How the case of an item stands; empty if it has none."""
    case = next((each for each in view.cases if each.no == item.case), None) if item.case else None
    return state_label(case, lang) if case else item.case


def opinion_listing(plan: Plan, lang: Lang) -> Listing[OpinionRow]:
    """Everything, items first; each category of the plan is a kind."""
    kinds: list[Sieve[OpinionRow]] = [Sieve(N_("all categories"), lambda _: True)]
    kinds += [Sieve(each.name.text(lang), _of_category(each.id)) for each in plan.campaign.opinions.categories]
    return Listing(
        parts=(
            Sieve(N_("everything"), lambda _: True),
            Sieve(N_("to be sorted"), lambda row: row.stands is OpinionState.NEW),
            Sieve(N_("to be merged"), lambda row: row.stands is OpinionState.SORTED),
            Sieve(N_("items"), lambda row: row.item is not None),
            Sieve(N_("items without a case"), lambda row: row.item is not None and not row.item.case),
            Sieve(N_("opinions in items"), lambda row: row.stands in {OpinionState.MERGED, OpinionState.TURNED}),
            Sieve(N_("discarded"), lambda row: row.stands is OpinionState.DISCARDED),
        ),
        kinds=tuple(kinds),
        orders=(
            Order(N_("by number"), None),
            Order(N_("by text"), lambda row: (row.item is None, row.text)),
            Order(N_("by category"), lambda row: (row.category, row.number)),
            Order(N_("by name"), lambda row: (row.branch, row.number)),
        ),
        words=lambda row: row.words,
    )


def opinion_columns(
    plan: Plan, rows: Sequence[OpinionRow], branch: str | None, lang: Lang, width: int
) -> list[Column[OpinionRow]]:
    """Mark, number, whose, category, state, text."""
    names = column_cells((row.branch for row in rows), MOST_BRANCH) if branch is None else 0
    roomy = width >= ROOMY
    category = column_cells((row.category for row in rows), MOST_CATEGORY if roomy else NARROW_CATEGORY)
    state = column_cells((row.state if roomy else row.brief for row in rows), MOST_STATE if roomy else NARROW_STATE)
    gaps = 1 + 2 * (3 + (branch is None))
    text = max(8, width - EDGE - 1 - NUMBER - names - category - state - gaps - 1)
    columns: list[Column[OpinionRow]] = [
        Column("", 1, lambda row, _: (Span(MARKED if row.marked else " ", "accent", bold=True),), gap=1),
        Column(tr(lang, "Number"), NUMBER, lambda row, _: (_number(row),)),
    ]
    if branch is None:
        columns.append(Column(plan.campaign.words.branch.text(lang), names, lambda row, _: (Span(row.branch),)))
    columns += [
        Column(tr(lang, "Category"), category, lambda row, _: (Span(row.category, "muted"),)),
        Column(tr(lang, "State"), state, lambda row, _: (Span(row.state if roomy else row.brief, _colour(row)),)),
        Column(tr(lang, "Text"), text, lambda row, cells: fitted(_text(row, lang), cells), gap=0),
    ]
    return columns


def _of_category(category: str) -> Callable[[OpinionRow], bool]:
    return lambda row: row.category_id == category


def _number(row: OpinionRow) -> Span:
    return Span(f"#{row.number}", "primary", bold=True) if row.item else Span(str(row.number), "muted")


def _colour(row: OpinionRow) -> str:
    if row.item is not None:
        return "primary" if row.item.case else "warning"
    return "warning" if row.stands is OpinionState.NEW else "muted"


def _text(row: OpinionRow, lang: Lang) -> Line:
    count = tr(lang, "({n}) ", n=row.count) if row.item else ""
    warn = (Span(f"{PERSONAL} ", "warning", bold=True),) if any(mark.sure for mark in marks(row.text)) else ()
    return (Span(count, "primary", bold=True), *warn, *text_spans(row.text, bold=row.item is not None))


def text_spans(text: str, *, bold: bool = False) -> Line:
    """The text; what would be blacked out is turned round, what may be personal is coloured and in brackets."""
    spans: list[Span] = []
    at = 0
    for mark in marks(text):
        spans.append(Span(text[at : mark.start], bold=bold))
        part = text[mark.start : mark.end]
        spans.append(Span(part, "on-alarm", "alarm", bold=True) if mark.sure else Span(f"[{part}]", "warning"))
        at = mark.end
    return (*spans, Span(text[at:], bold=bold))


def opinion_title(plan: Plan, view: OpinionsView | None, branch: str | None, lang: Lang, width: int) -> Line:
    """Whose opinions, and how many opinions and items, which are counted apart."""
    whose = branch_label(plan, branch, lang) if branch else tr(lang, "the whole campaign")
    left: Line = (
        Span("▌ ", "primary"),
        Span(tr(lang, "Opinions"), bold=True),
        Span(f"  {whose}", "muted"),
    )
    if view is None:
        reading = tr(lang, "reading …")
        return (*left, Span(f"  {reading}", "muted"))
    return spread(left, _figures(register_counts(plan, view.register, branch), lang), width)


def _figures(counts: RegisterCounts, lang: Lang) -> Line:
    new = tr(lang, "{n} new", n=counts.new)
    figures: Line = (
        Span(tr.plural(lang, "{n} opinion", "{n} opinions", counts.opinions), bold=True),
        Span(" · "),
        Span(tr.plural(lang, "{n} item", "{n} items", counts.items), bold=True),
        Span(f"  {new}", "warning" if counts.new else "muted"),
    )
    if counts.closed:
        closed = tr(lang, "others closed: too few forms")
        figures = (*figures, Span(f"  {closed}", "muted"))
    return figures


def is_item(number: int) -> bool:
    """Whether a number is that of an item."""
    return number < FIRST_NUMBER
