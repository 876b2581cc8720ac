"""The command line: one module a group of commands; each command calls the core and prints what it returns."""

import gettext
import os
from pathlib import Path

import click

from campaign.language import Lang
from manyi.cli.root import root
from manyi.texts import tr

__all__ = ["command_line"]


def command_line(lang: Lang) -> click.Group:
    """The whole command line, its help and click's own messages in ``lang``."""
    if lang is Lang.ZH:
        os.environ["LANGUAGE"] = lang.value  # click translates through gettext's default domain, "messages"
        gettext.bindtextdomain("messages", Path(__file__).parent.parent / "locale")
    _localise(root, lang)
    return root


def _localise(command: click.Command, lang: Lang) -> None:
    """Put help texts, which are marked constants, into ``lang``."""
    command.help = tr(lang, command.help) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = tr(lang, parameter.help)
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _localise(child, lang)
