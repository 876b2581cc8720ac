"""Commands about the plan of a running campaign; each is imported when it is asked for."""

import click

from campaign.language import N_
from manyi.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    help=N_(
        "The plan of a running campaign: look at it and change it, with a reason; what was there stays in the audit."
    ),
)
def plan() -> None:
    """Group of the plan's commands."""


plan.modules = {
    **dict.fromkeys(("show", "audit"), "manyi.cli.plan_show"),
    **dict.fromkeys(("move", "pause", "resume"), "manyi.cli.plan_days"),
    **dict.fromkeys(("busy", "condition", "means", "waive"), "manyi.cli.plan_branch"),
    "responsible": "manyi.cli.plan_people",
    "step": "manyi.cli.plan_steps",
    **dict.fromkeys(("export", "load"), "manyi.cli.plan_book"),
}
