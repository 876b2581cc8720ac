"""Every help page of the command line, as JSON: ``python -m tests.help_walk zh``; a process knows one language."""

import json
import sys
from collections.abc import Iterator

import click

from campaign.language import Lang
from manyi.cli import command_line

WIDTH = 80


def pages(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """The command's name and page, then those of the commands under it."""
    with command.context_class(command, info_name=name, parent=parent, terminal_width=WIDTH) as context:
        yield context.command_path, command.get_help(context)
        if isinstance(command, click.Group):
            for each in command.list_commands(context):
                child = command.get_command(context, each)
                assert child is not None
                yield from pages(child, each, context)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dict(pages(command_line(Lang(sys.argv[1])), "manyi"))))
