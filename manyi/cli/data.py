"""Commands about the data: is it sound."""

import click

from campaign.language import N_
from manyi.cli.options import json_option, settings_of
from manyi.console import say, say_json
from manyi.texts import tr
from manyi.wiring import checked


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
