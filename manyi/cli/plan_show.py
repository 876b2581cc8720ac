"""Commands that show the plan and what was changed in it."""

import click

from campaign.audit_words import is_of_plan
from campaign.language import N_
from campaign.plan_report import branch_plan
from manyi.cli.audit_tables import audit_lines
from manyi.cli.options import CodeType, json_option, settings_of
from manyi.cli.plan_tables import branch_lines, plan_lines
from manyi.console import say, say_json, terminal_cells
from manyi.wiring import opened


@click.command(
    help=N_(
        "What is planned: the days of every phase; with --branch also pauses, what was moved and why, busy periods, "
        "condition, venue and funding, and waived steps."
    )
)
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@json_option
@click.pass_context
def show(context: click.Context, branch: str | None, as_json: bool) -> None:
    """Print the plan."""
    settings = settings_of(context)
    with opened(settings) as house:
        plan = house.plan
        chosen = plan.branches if branch is None else (house.branch(branch),)
        found = [branch_plan(plan, each) for each in chosen]
        if as_json:
            campaign = plan.campaign
            say_json({"start": campaign.start_date, "end": campaign.end_date, "branches": found})
            return
        for line in branch_lines(plan, found[0], settings.lang) if branch else plan_lines(plan, found, settings.lang):
            say(line)


@click.command(help=N_("What was changed in the plan: day, role, from what to what, why; oldest first."))
@click.option("--branch", type=CodeType(), help=N_("Only changes of this branch, for example B01."))
@json_option
@click.pass_context
def audit(context: click.Context, branch: str | None, as_json: bool) -> None:
    """Print the part of the audit that is about the plan."""
    settings = settings_of(context)
    with opened(settings) as house:
        wanted = None if branch is None else f"branch {house.branch(branch).code}"
        plan = house.plan
        found = [each for each in house.store.audits() if (each.entity == wanted if wanted else is_of_plan(each))]
    if as_json:
        say_json({"audit": found})
        return
    for line in audit_lines(plan, found, settings.lang, terminal_cells()):
        say(line)
