"""Commands about the plan."""

import click

from campaign.language import N_
from manyi.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, help=N_("The plan: branches, members, phases, days and what is asked of each."))
def plan() -> None:
    """Group of the plan's commands."""


plan.modules = dict.fromkeys(("export", "load"), "manyi.cli.plan_book")
