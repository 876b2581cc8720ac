"""Commands about the campaign: start it, see how it stands and what it owes."""

from pathlib import Path

import click

from campaign.doubts import clock_problems
from campaign.due_list import NEXT_DAYS
from campaign.due_report import due_report
from campaign.heap import many_objects
from campaign.labels import branch_word
from campaign.language import N_
from campaign.report import status_report
from campaign.samples import SAMPLES
from manyi.cli.branch_tables import detail_lines
from manyi.cli.case_tables import due_lines
from manyi.cli.options import CodeType, OneOf, json_option, settings_of
from manyi.cli.tables import status_lines
from manyi.console import say, say_json, tell, tell_problems
from manyi.starting import start_from_file, start_from_sample
from manyi.texts import tr
from manyi.wiring import opened


@click.command(help=N_("Start a campaign in the data folder, from a shipped sample, a campaign file or a workbook."))
@click.option("--sample", type=OneOf(SAMPLES), help=N_("A shipped sample, with its log."))
@click.option(
    "--from", "source", type=click.Path(path_type=Path), help=N_("A campaign file (.toml) or a workbook (.xlsx).")
)
@click.pass_context
def init(context: click.Context, sample: str | None, source: Path | None) -> None:
    """Create the store and keep the plan in it; the folder must not hold a campaign yet."""
    settings = settings_of(context)
    if (sample is None) == (source is None):
        raise click.UsageError(tr(settings.lang, "Give either --sample or --from."))
    start = start_from_file(settings, source) if source else start_from_sample(settings, sample or "")
    tell_problems(start.warnings, settings.lang)
    tell(
        tr(
            settings.lang,
            "Started: {title} ({n} {branches}, members: {members}) in {path}",
            title=start.plan.campaign.title,
            n=len(start.plan.branches),
            branches=branch_word(start.plan.campaign.words, len(start.plan.branches), settings.lang),
            members=sum(branch.total for branch in start.plan.branches),
            path=settings.data,
        )
    )


@click.command(
    help=N_(
        "How the campaign stands: headline, branches, phases; with --branch what that branch owes the public, its open "
        "cases, and what is missing before it has completed the campaign."
    )
)
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@json_option
@click.pass_context
def status(context: click.Context, branch: str | None, as_json: bool) -> None:
    """Print the status report."""
    settings = settings_of(context)
    with many_objects(), opened(settings) as house:
        if branch is not None:
            house.branch(branch)
        stands = house.overview()
        report = status_report(house.plan, stands, settings.lang, branch=branch)
        detail = house.branch_detail(stands, branch) if branch is not None else None
        tell_problems(clock_problems(stands.day, stands.clock_behind), settings.lang)
        if as_json:
            say_json(report if detail is None else {**report.model_dump(), "detail": detail})
            return
        for line in status_lines(house.plan, report, settings.lang):
            say(line)
        for line in detail_lines(house.plan, detail, settings.lang) if detail else ():
            say(line)


@click.command(help=N_("What is owed in the whole campaign: overdue, today, in the next days; the worst first."))
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@click.option("--days", type=click.IntRange(0, 366), default=NEXT_DAYS, show_default=True, help=N_("How many days on."))
@json_option
@click.pass_context
def due(context: click.Context, branch: str | None, days: int, as_json: bool) -> None:
    """Print the due list."""
    settings = settings_of(context)
    with many_objects(), opened(settings) as house:
        if branch is not None:
            house.branch(branch)
        found = house.due(days, branch)
        tell_problems(clock_problems(found.day, found.clock_behind), settings.lang)
        if as_json:
            say_json(due_report(found))
            return
        for line in due_lines(house.plan, found, days, settings.lang):
            say(line)
