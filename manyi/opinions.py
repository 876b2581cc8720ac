"""Opinions as the command line asks for them: by numbers that were typed, and from files."""

from collections.abc import Sequence
from pathlib import Path

from campaign.reading import read_text
from campaign.typed import parse_count
from manyi.wiring import House
from surveys.register.adding import Added, Round, add_round
from surveys.register.figures import CategoryRow, RegisterCounts, merged_table, register_counts
from surveys.register.report import RegisterReport, register_report


def numbers_of(typed: Sequence[str]) -> list[int]:
    """Numbers of opinions and items, in digits of any width. BadInput V06."""
    return [parse_count(each) for each in typed]


def report_of(house: House, branch: str | None) -> RegisterReport:
    """The register as it may leave the house."""
    return register_report(house.plan, house.store.register(), house.store.cases(), house.today(), branch)


def table_of(house: House, branch: str | None) -> tuple[RegisterCounts, tuple[CategoryRow, ...]]:
    """The figures and the table of merged opinions."""
    plan, register = house.plan, house.store.register()
    table = merged_table(plan, register, house.store.cases(), house.today(), branch)
    return register_counts(plan, register, branch), table


def lines_of(source: Path) -> list[str]:
    """The opinions of a text file, one a line; empty lines count for nothing. BadInput M03."""
    return [line for line in read_text(source).splitlines() if line.strip()]


def add(house: House, asked: Round) -> Added:
    """Keep a round of opinions; BadInput as :func:`~surveys.register.adding.add_round`."""
    return add_round(house.store, house.plan, asked, house.today())
