"""What every branch is to have chosen in its entries, such as the topics that all are to study, and what it has."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaign.kinds import Attribute, AttributeChoice
from campaign.log import LogEntry
from campaign.plan import Plan


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the required choices of one attribute, those that a branch has chosen in some entry, and those it has not."""

    attribute: Attribute
    chosen: tuple[AttributeChoice, ...]
    missing: tuple[AttributeChoice, ...]


def covered(plan: Plan, entries: Iterable[LogEntry]) -> tuple[Covered, ...]:
    """One for each attribute that requires choices, in the order of the plan; ``entries`` are those of one branch."""
    asked = [each for each in plan.attributes if each.required]
    if not asked:
        return ()
    said = {choice for entry in entries for choice in entry.attributes.items()}
    return tuple(
        Covered(
            each,
            tuple(choice for choice in each.required if (each.id, choice.id) in said),
            tuple(choice for choice in each.required if (each.id, choice.id) not in said),
        )
        for each in asked
    )
