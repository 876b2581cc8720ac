"""What the commands that change the plan have in common."""

from collections.abc import Callable
from typing import TypeVar

import click

from campaign.language import N_
from campaign.plan_changes import PlanChange
from manyi.cli.options import CodeType, role_option
from manyi.cli.plan_tables import change_lines
from manyi.console import tell, tell_problems
from manyi.texts import tr
from manyi.wiring import House

F = TypeVar("F", bound=Callable[..., None])

branch_argument = click.argument("branch", type=CodeType(), metavar="BRANCH")
phase_argument = click.argument("phase", metavar="PHASE")
reason_option = click.option("--reason", required=True, help=N_("Why, in 5 characters or more."))
short_option = click.option(
    "--short-study",
    default="",
    help=N_("Why fewer days of study than the minimum will do, if the change makes them so few."),
)


def why_options(command: F) -> F:
    """Role and reason, which every change wants."""
    return reason_option(role_option(command))


def tell_change(house: House, code: str, change: PlanChange) -> None:
    """What was changed, from what to what, and what is odd about it."""
    lang = house.settings.lang
    tell_problems(change.warnings, lang)
    if not change.audit:
        tell(tr(lang, "Nothing was changed: the plan says so already."))
    for line in change_lines(change, code, lang):
        tell(line)
