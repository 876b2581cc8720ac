"""The register as one JSON object, of which every text may leave the organiser's screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.cases import Case
from campaign.plan import Plan
from surveys.redaction import MarkKind, blacked_out, marks
from surveys.register.figures import CategoryRow, RegisterCounts, merged_table, register_counts
from surveys.register.model import Heard, OpinionState, Register, shown


@dataclass(frozen=True, slots=True)
class OpinionReport:
    """An opinion; no name of its fields tells who said it, or in which answers it stood."""

    number: int
    branch: str
    source: str
    channel: str
    received_on: date
    category: str
    state: OpinionState
    item: int | None
    discarded: str
    wants_answer: bool
    text: str
    """What is personal is blacked out."""
    personal: tuple[MarkKind, ...]
    """What seems to be personal, blacked out or not."""


@dataclass(frozen=True, slots=True)
class ItemReport:
    """An item with its case."""

    number: int
    branch: str
    category: str
    text: str
    opinions: int
    case: str
    state: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class CategoryReport:
    """A category with its opinions and items counted apart."""

    category: str
    opinions: int
    items: tuple[ItemReport, ...]


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """The whole register, or that of one branch."""

    date: date
    counts: RegisterCounts
    total: int
    """All opinions that may be read."""
    categories: tuple[CategoryReport, ...]
    opinions: tuple[OpinionReport, ...]


def register_report(
    plan: Plan, register: Register, cases: Iterable[Case], today: date, branch: str | None = None
) -> RegisterReport:
    """The register as it stands on ``today``, its opinions by their numbers, which are random."""
    counts = register_counts(plan, register, branch)
    table = merged_table(plan, register, cases, today, branch)
    told = tuple(_opinion(register, each) for each in readable(plan, register, branch))
    return RegisterReport(today, counts, counts.opinions, tuple(map(_category, table)), told)


def readable(plan: Plan, register: Register, branch: str | None = None) -> list[Heard]:
    """The opinions that may be read, by their numbers."""
    least = plan.campaign.comment_min_forms
    found = (register.heard[number] for number in sorted(register.heard))
    return [each for each in found if branch in (None, each.branch) and shown(each, least)]


def _opinion(register: Register, opinion: Heard) -> OpinionReport:
    return OpinionReport(
        number=opinion.number,
        branch=opinion.branch,
        source=opinion.source,
        channel=opinion.channel,
        received_on=opinion.received_on,
        category=register.category(opinion),
        state=register.state(opinion),
        item=opinion.item,
        discarded=opinion.discarded,
        wants_answer=opinion.wants_answer,
        text=blacked_out(opinion.text),
        personal=tuple(dict.fromkeys(mark.kind for mark in marks(opinion.text))),
    )


def _category(row: CategoryRow) -> CategoryReport:
    items = tuple(
        ItemReport(
            number=each.item.number,
            branch=each.item.branch,
            category=each.item.category,
            text=each.text,
            opinions=each.opinions,
            case=each.item.case,
            state=each.case.state if each.case else "",
            owner=each.owner,
            due=each.due,
        )
        for each in row.items
    )
    return CategoryReport(row.category, row.opinions, items)
