"""T4, opinions merged: by category, each item with what has become of it; and who the opinions came from.

Only opinions that may be read are counted: those of sessions with too few forms are not. Of whom they came is told only
where neither number is small, for one could be found from the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from campaign.case_labels import state_label
from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_
from campaign.plan import Plan
from exports.cells import (
    NONE,
    Cell,
    Count,
    Hidden,
    Rate,
    Table,
    both,
    counts,
    dates,
    hiding_note,
    plain,
    rates,
    said,
    texts,
)
from exports.tables.common import branch_name
from surveys.register.figures import CategoryRow, ItemRow, merged_table, register_counts
from surveys.register.labels import category_label, source_label
from surveys.register.model import SOURCES, Register, shown

NOT_CLEARED = N_("(not cleared for the public yet)")
_NOT_MERGED = N_("(not merged yet)")


def opinion_tables(plan: Plan, register: Register, cases: Sequence[Case], today: date) -> Iterator[Table]:
    """Both tables as of ``today``."""
    yield _merged(plan, register, merged_table(plan, register, cases, today))
    yield _sources(plan, register)


def _merged(plan: Plan, register: Register, found: Sequence[CategoryRow]) -> Table:
    rows = [row for category in found for row in _category(plan, category)]
    known = register_counts(plan, register)
    if known.discarded:
        rows.append((both(N_("(put aside)")), Count(known.discarded), *(NONE,) * 6))
    total: tuple[Cell, ...] = (
        both(N_("Total")),
        Count(known.opinions - known.closed),
        Count(sum(len(each.items) for each in found)),
        *(NONE,) * 5,
    )
    return Table(
        number="T4",
        name="T4",
        title=both(N_("Opinions and what they were merged into")),
        columns=(
            texts("category", N_("Category")),
            counts("opinions", N_("Opinions")),
            counts("items", N_("Items")),
            texts("item", N_("Merged item")),
            texts("branch_name", N_("Unit")),
            texts("owner", N_("Role in charge")),
            dates("due", N_("By")),
            texts("state", N_("Progress")),
        ),
        rows=(*rows, total),
        totals=1,
        notes=(
            both(N_("Opinions and items are two numbers: several opinions may be one item.")),
            both(
                N_("Opinions written at a session with fewer than {k} valid forms are not counted."),
                k=plan.campaign.comment_min_forms,
            ),
        ),
    )


def _category(plan: Plan, row: CategoryRow) -> Iterator[tuple[Cell, ...]]:
    """A row for each item, then one for the opinions of the category that are in none."""
    name = said(lambda lang: category_label(plan, row.category, lang))
    for each in row.items:
        yield (
            name,
            Count(each.opinions),
            Count(1),
            _text(each),
            branch_name(plan, each.item.branch),
            plain(each.owner) if each.owner else NONE,
            each.due or NONE,
            said(lambda lang, case=each.case: state_label(case, lang)) if each.case else NONE,  # type: ignore[misc]
        )
    if left := row.opinions - sum(each.opinions for each in row.items):
        yield (name, Count(left), NONE, both(_NOT_MERGED), *(NONE,) * 4)


def _text(row: ItemRow) -> I18n:
    """What the public reads; nothing that was cleared for it and is not any more."""
    if row.case is None:
        return plain(row.text)
    return plain(row.case.public_matter) if row.case.public_matter else both(NOT_CLEARED)


def _sources(plan: Plan, register: Register) -> Table:
    least, k = plan.campaign.comment_min_forms, plan.campaign.publish_min_forms
    heard = Counter[str](each.source for each in register.heard.values() if shown(each, least))
    few = any(0 < heard[source] < k for source in SOURCES)
    whole = heard.total()
    rows: list[tuple[Cell, ...]] = []
    for source in SOURCES:
        own: Cell = Hidden(f"<{k}") if few else Count(heard[source])
        share: Cell = Hidden(f"<{k}") if few else Rate(Fraction(heard[source], whole)) if whole else NONE
        rows.append((said(lambda lang, of=source: source_label(plan, of, lang)), own, share))  # type: ignore[misc]
    total: tuple[Cell, ...] = (both(N_("Total")), NONE if few else Count(whole), NONE)
    return Table(
        number="T4",
        name="T4-sources",
        title=both(N_("Opinions: who they came from")),
        columns=(
            texts("source", N_("From")),
            counts("opinions", N_("Opinions")),
            rates("share", N_("%")),
        ),
        rows=(*rows, total),
        totals=1,
        notes=(
            hiding_note(
                f"<{k}",
                both(N_("<{k}: fewer than {k} opinions of one of them; then neither is told."), k=k),
                of_table=True,
            ),
        )
        if few
        else (),
    )
