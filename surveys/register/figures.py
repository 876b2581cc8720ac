"""How many opinions there are, and what has become of them. Opinions and items are counted apart.

The table is that of the merged opinions: category, opinions, item, who sees to it, by when, how far it is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.cases import Case, as_of
from campaign.plan import Plan
from surveys.redaction import blacked_out
from surveys.register.model import Item, OpinionState, Register, shown


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """Opinions by state; every one that may be read is in exactly one of the first five."""

    new: int = 0
    sorted: int = 0
    merged: int = 0
    turned: int = 0
    discarded: int = 0
    closed: bool = False
    """Whether there are others, written at sessions of too few forms and shown to nobody: how many tells of those
    sessions what no table shows."""
    items: int = 0
    items_turned: int = 0

    @property
    def opinions(self) -> int:
        """All opinions that may be read."""
        return self.new + self.sorted + self.merged + self.turned + self.discarded


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item and what has become of it."""

    item: Item
    text: str
    """For the public: what is personal is blacked out."""
    opinions: int
    owner: str
    due: date | None
    case: Case | None


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with its opinions and items."""

    category: str
    """Empty for what is not sorted yet."""
    opinions: int
    """Those that were discarded or are closed left out."""
    items: tuple[ItemRow, ...]


def register_counts(plan: Plan, register: Register, branch: str | None = None) -> RegisterCounts:
    """How many opinions there are, of all branches or of one."""
    least = plan.campaign.comment_min_forms
    ours = [each for each in register.heard.values() if branch in (None, each.branch)]
    states = Counter(register.state(each) for each in ours if shown(each, least))
    items = [each for each in register.items.values() if branch in (None, each.branch)]
    return RegisterCounts(
        new=states[OpinionState.NEW],
        sorted=states[OpinionState.SORTED],
        merged=states[OpinionState.MERGED],
        turned=states[OpinionState.TURNED],
        discarded=states[OpinionState.DISCARDED],
        closed=any(not shown(each, least) for each in ours),
        items=len(items),
        items_turned=sum(bool(each.case) for each in items),
    )


def merged_table(
    plan: Plan, register: Register, cases: Iterable[Case], today: date, branch: str | None = None
) -> tuple[CategoryRow, ...]:
    """The table of merged opinions, by the campaign's categories; those without opinions are left out."""
    settings = plan.campaign.opinions
    known = {case.no: found for case in cases if (found := as_of(case, today))}
    counts: Counter[str] = Counter()
    for each in register.heard.values():
        if branch in (None, each.branch) and shown(each, plan.campaign.comment_min_forms) and not each.discarded:
            counts[register.category(each)] += 1
    sizes = register.sizes()
    rows = [
        _item_row(item, sizes[number], known.get(item.case))
        for number, item in sorted(register.items.items())
        if branch in (None, item.branch)
    ]
    order = [category.id for category in settings.categories]
    others = sorted(counts.keys() - {*order, ""})
    return tuple(
        CategoryRow(
            category,
            counts[category],
            tuple(row for row in rows if row.item.category == category),
        )
        for category in (*order, *others, "")
        if counts[category]
    )


def _item_row(item: Item, opinions: int, case: Case | None) -> ItemRow:
    return ItemRow(
        item,
        blacked_out(item.text),
        opinions,
        case.owner if case else "",
        case.due if case else None,
        case,
    )
