"""Which branches the dashboard shows, and in which order. No Textual here."""

from collections.abc import Sequence

from campaign.labels import type_label
from campaign.language import N_, Lang
from campaign.plan import Condition, Plan
from campaign.standing import Status
from tui.staff.listing import Listing, Order, Sieve, every
from tui.staff.ranking import BranchRow
from tui.staff.texts import tr

_PRESSING = frozenset({Status.OVERDUE, Status.DUE_SOON, Status.BEHIND})
_DONE = frozenset({Status.DONE, Status.DONE_LATE, Status.WAIVED})
ALL = N_("all")


PARTS: Sequence[Sieve[BranchRow]] = (
    Sieve(ALL, every),
    Sieve(N_("late, behind or due soon"), lambda row: row.standing.status in _PRESSING or row.standing.behind),
    Sieve(N_("not done"), lambda row: row.standing.status not in _DONE),
    Sieve(N_("weak, or not working"), lambda row: row.condition is not Condition.FUNCTIONING),
)
ORDERS: Sequence[Order[BranchRow]] = (
    Order(N_("the most urgent first"), None),
    Order(N_("in the order of the plan"), lambda row: (row.place,)),
    Order(N_("by name"), lambda row: (row.label,)),
    Order(N_("the least progress first"), lambda row: (row.branch.progress,)),
)


def branch_listing(plan: Plan, held: Listing[BranchRow] | None = None) -> Listing[BranchRow]:
    """All branches of a plan, by its types; what was chosen in ``held`` stays, as far as its type is still there."""
    types = tuple(dict.fromkeys(branch.type for branch in plan.active_branches))
    kinds: Sequence[Sieve[BranchRow]] = (Sieve(ALL, every), *(_of_type(each) for each in types))
    if held is None:
        return Listing(PARTS, kinds, ORDERS, lambda row: row.label)
    name = held.kinds[held.kind].name if held.kind else ALL
    kind = next((at for at, each in enumerate(kinds) if at and each.name == name), 0)
    return Listing(PARTS, kinds, ORDERS, held.words, part=held.part, kind=kind, order=held.order)


def chosen_words(listing: Listing[BranchRow], plan: Plan, lang: Lang, shown: int, of: int) -> str:
    """What the keys have chosen, in words, with how many are left of how many; empty when everything is shown."""
    chosen: Sequence[str] = [
        *([tr(lang, PARTS[listing.part].name)] if listing.part else []),
        *([type_label(plan, listing.kinds[listing.kind].name, lang)] if listing.kind else []),
        *([tr(lang, ORDERS[listing.order].name)] if listing.order else []),
    ]
    if not chosen:
        return ""
    return tr(lang, "▼ Shown: {what} ({n} of {m}); Esc shows all", what=" · ".join(chosen), n=shown, m=of)


def _of_type(branch_type: str) -> Sieve[BranchRow]:
    return Sieve(branch_type, lambda row: row.type == branch_type)
