"""The command about who is responsible first at a branch."""

from typing import Any

import click

from campaign.i18n import I18n
from campaign.language import N_
from campaign.plan_people import set_responsible
from manyi.cli.options import DayType, settings_of
from manyi.cli.plan_options import branch_argument, tell_change, why_options
from manyi.plan_edits import because, keep
from manyi.wiring import opened
from surveys.entry import clean_text


@click.command(
    help=N_(
        "Who is responsible first at a branch, by role, from a day on; whoever was is so until the day before. NEW is "
        "the role, never a name."
    )
)
@branch_argument
@click.argument("new", metavar="NEW")
@click.option("--en", default="", help=N_("The role in English, if NEW is Chinese."))
@click.option("--from", "start", type=DayType(), help=N_("First day; without it today."))
@why_options
@click.pass_context
def responsible(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the arguments, by name
    """Keep the role."""
    with opened(settings_of(context)) as house:
        code, why, role = typed["branch"], because(house, typed), clean_text(typed["new"])
        named = I18n(zh=role, en=clean_text(typed["en"]) or role)
        start = typed["start"] or house.today()
        tell_change(house, code, keep(house, lambda plan: set_responsible(plan, code, named, start, why)))
