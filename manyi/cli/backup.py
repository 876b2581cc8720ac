"""Commands that copy the data out and bring it back."""

from pathlib import Path

import click

from campaign.language import N_, Listed
from manyi.advice import ADVICE
from manyi.cli.options import json_option, settings_of
from manyi.console import say_json, tell, tell_problems
from manyi.texts import tr
from manyi.wiring import backed_up, restored


@click.command(help=N_("Make a backup in one new file, while everything goes on. Refused while a session is open."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help=N_("As JSON that TinyDB opens anywhere."))
@click.option(
    "--open-sessions",
    is_flag=True,
    help=N_("Also while sessions are open: two such backups tell in which order people answered."),
)
@json_option
@click.pass_context
def backup(context: click.Context, file: Path, plain: bool, open_sessions: bool, as_json: bool) -> None:
    """Copy the store, and the key of the paper forms beside it."""
    settings = settings_of(context)
    made = backed_up(settings, file, plain=plain, open_sessions=open_sessions)
    tell_problems(made.warnings, settings.lang)
    if made.open_sessions:
        tell(
            tr(
                settings.lang,
                "Still open: {list}. With this backup and a later one, anybody can tell who answered in between. "
                "Let nobody else read it, and delete it when these sessions are closed.",
                list=Listed(made.open_sessions),
            )
        )
    if as_json:
        say_json({"backup": made.path, "plain": plain, "open_sessions": made.open_sessions, "key": made.key})
        return
    tell(tr(settings.lang, "Backup: {path}", path=made.path))
    if made.key:
        tell(
            tr(
                settings.lang,
                "The key of the paper forms lies beside it: {path}. Keep both, where nobody else can read them.",
                path=made.key,
            )
        )


@click.command(help=N_("Bring a backup back into the data folder; FILE is a backup, also one made with --plain."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", "replaced", is_flag=True, help=N_("Where there is a store: keep it as a dated copy first."))
@json_option
@click.pass_context
def restore(context: click.Context, file: Path, replaced: bool, as_json: bool) -> None:
    """Check the backup, keep what is there, put the backup in its place."""
    settings = settings_of(context)
    done = restored(settings, file, replaced=replaced)
    tell_problems(done.warnings, settings.lang)
    if as_json:
        warnings = [{"code": each.code, "text": ADVICE.message(each, settings.lang)} for each in done.warnings]
        say_json({"store": done.health, "old": done.old, "key": done.key, "warnings": warnings})
        return
    tell(tr(settings.lang, "{data} now holds what is in {file}.", data=settings.data, file=file))
    if done.old:
        tell(
            tr(
                settings.lang,
                "What was there before is kept: {path}. It holds the answers as they were; delete it when it is no "
                "longer needed.",
                path=done.old,
            )
        )
    if done.key:
        tell(tr(settings.lang, "The key of the paper forms came with it."))
