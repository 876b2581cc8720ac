"""The root command with the global options; without a command it opens the dashboard."""

from datetime import date
from pathlib import Path

import click

from campaign.language import N_, Lang
from manyi import __version__
from manyi.cli.lazy import LazyGroup
from manyi.cli.options import DayType, FolderType, settings_of
from manyi.settings import Settings, Theme, default_data, preferred_language, process_environment


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
    help=N_("Campaign progress, satisfaction surveys and publishable results. Without a command: the dashboard."),
)
@click.option("--data", type=FolderType(), help=N_("Data folder (environment: MANYI_DATA)."))
@click.option(
    "--lang", type=click.Choice([each.value for each in Lang]), help=N_("Language: zh or en (environment: MANYI_LANG).")
)
@click.option("--today", type=DayType(), help=N_("A day that stands for today, as 2026-11-23."))
@click.option("--theme", type=click.Choice(["paper", "ink"]), help=N_("Colours: paper (light) or ink (dark)."))
@click.version_option(__version__, prog_name="manyi", message="%(prog)s %(version)s", help=N_("Show the version."))
@click.pass_context
def root(
    context: click.Context, data: Path | None, lang: str | None, today: date | None, theme: Theme | None
) -> int | None:
    """Make the settings of this run; open the dashboard if nothing else is asked for."""
    environ = process_environment()
    context.obj = Settings(
        data=data or default_data([], environ),
        lang=Lang(lang) if lang else preferred_language([], environ),
        today=today,
        theme=theme,
    )
    if context.invoked_subcommand is not None:
        return None
    from manyi.cli.screens import open_dashboard  # noqa: PLC0415  # only this command needs it

    return open_dashboard(settings_of(context))


root.modules = {
    **dict.fromkeys(("init", "status", "due"), "manyi.cli.campaign"),
    "log": "manyi.cli.log",
    "search": "manyi.cli.search",
    "plan": "manyi.cli.plan",
    "case": "manyi.cli.cases",
    "opinion": "manyi.cli.opinions",
    "campaign": "manyi.cli.campaign_state",
    **dict.fromkeys(("session", "answer", "results", "questionnaire"), "manyi.cli.survey"),
    "check": "manyi.cli.data",
    "export": "manyi.cli.export",
    **dict.fromkeys(("backup", "restore"), "manyi.cli.backup"),
    **dict.fromkeys(("forms", "slips"), "manyi.cli.forms"),
    **dict.fromkeys(("hall", "kiosk"), "manyi.cli.screens"),
}
