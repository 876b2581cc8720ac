"""Commands about the data: is it sound, and write it out."""

from pathlib import Path

import click

from campaign.language import N_, listed
from exports.registry import FORMATS
from manyi.cli.options import json_option, settings_of
from manyi.console import say, say_json, tell
from manyi.exporting import export_results
from manyi.texts import tr
from manyi.wiring import checked, opened


@click.command(help=N_("Check that the data folder is sound. Changes nothing."))
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Print what the data folder holds; exit code 4 if it is damaged."""
    settings = settings_of(context)
    health = checked(settings)
    if as_json:
        say_json(health)
        return
    say(tr(settings.lang, "Sound: {path}, format {format}", path=settings.data, format=health.format))
    for table in health.tables:
        say(f"  {table.name}: {table.rows}")


@click.command(help=N_("Write the results of verified sessions into a folder."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "formats", default="csv", show_default=True, help=N_("Formats, with commas between them."))
@click.option("--session", "session_id", help=N_("Only this session; without it every verified one."))
@click.pass_context
def export(context: click.Context, folder: Path, formats: str, session_id: str | None) -> None:
    """Build the report once and write it in every format asked for."""
    settings = settings_of(context)
    names = [name.strip().lower() for name in formats.split(",") if name.strip()]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.UsageError(
            tr(
                settings.lang,
                "There is no format {unknown}. Known: {known}.",
                unknown=listed(unknown, settings.lang),
                known=listed(FORMATS, settings.lang),
            )
        )
    with opened(settings) as house:
        for _, paths in export_results(house, settings.lang, folder, names, session_id):
            for path in paths:
                tell(str(path))
