"""Opinions and items as text for the terminal. Whatever is personal is blacked out: the terminal may be a file."""

from collections.abc import Iterator, Sequence

from campaign.case_labels import state_label
from campaign.labels import branch_label
from campaign.language import Lang
from campaign.plan import Plan
from manyi.cli.tables import aligned, plain, shortened
from manyi.texts import tr
from surveys.redaction import blacked_out
from surveys.register.figures import CategoryRow, RegisterCounts
from surveys.register.labels import (
    category_label,
    channel_label,
    discard_label,
    opinion_state_label,
    source_label,
)
from surveys.register.model import Heard, Register

TEXT_CELLS = 48


def count_lines(counts: RegisterCounts, lang: Lang) -> Iterator[str]:
    """Opinions and items, each by state."""
    yield tr(
        lang,
        "Opinions: {n}; {new} new, {sorted} sorted, {merged} merged, {turned} turned into cases, {discarded} discarded",
        n=counts.opinions,
        new=counts.new,
        sorted=counts.sorted,
        merged=counts.merged,
        turned=counts.turned,
        discarded=counts.discarded,
    )
    yield tr(lang, "Items: {n}; turned into cases: {turned}", n=counts.items, turned=counts.items_turned)
    if counts.closed:
        yield tr(lang, "More stay closed, and how many is not told: too few forms came in at their sessions")


def table_lines(plan: Plan, table: Sequence[CategoryRow], lang: Lang) -> Iterator[str]:
    """The table of merged opinions: category, opinions, items, who sees to it, by when, how far it is."""
    rows: list[list[object]] = [
        [
            tr(lang, "Category"),
            tr(lang, "Opinions"),
            tr(lang, "Item"),
            plan.campaign.words.branch.text(lang),
            tr(lang, "Text for the public"),
            tr(lang, "Owner"),
            tr(lang, "Due"),
            tr(lang, "Progress"),
        ]
    ]
    for category in table:
        rows.append([category_label(plan, category.category, lang), category.opinions, "", "", "", "", "", ""])
        for each in category.items:
            progress = state_label(each.case, lang) if each.case else "–"
            case = f"{each.item.case} {progress}" if each.item.case else progress
            text = shortened(plain(each.text), TEXT_CELLS)
            branch = branch_label(plan, each.item.branch, lang)
            owner, due = plain(each.owner) or "–", each.due or "–"
            rows.append(["", each.opinions, each.item.number, branch, text, owner, due, case])
    yield from aligned(rows)


def opinion_lines(plan: Plan, register: Register, opinions: Sequence[Heard], lang: Lang) -> Iterator[str]:
    """One line an opinion."""
    rows: list[list[object]] = [
        [
            tr(lang, "Number"),
            plan.campaign.words.branch.text(lang),
            tr(lang, "From"),
            tr(lang, "Channel"),
            tr(lang, "Category"),
            tr(lang, "State"),
            tr(lang, "Text"),
        ]
    ]
    for each in opinions:
        state = opinion_state_label(register.state(each), lang)
        if each.discarded:
            state = tr(lang, "{state}: {reason}", state=state, reason=discard_label(each.discarded, lang))
        elif each.item is not None:
            state = tr(lang, "{state}: item {n}", state=state, n=each.item)
        text = tr(lang, "(erased)") if each.erased else shortened(plain(blacked_out(each.text)), TEXT_CELLS)
        rows.append(
            [
                each.number,
                branch_label(plan, each.branch, lang),
                source_label(plan, each.source, lang),
                channel_label(plan, each.channel, lang),
                category_label(plan, register.category(each), lang),
                state,
                text,
            ]
        )
    yield from aligned(rows)
