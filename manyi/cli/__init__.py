"""The command line: one module a group of commands; each command calls the core and prints what it returns."""

import gettext
import os
from pathlib import Path

import click

from campaign.language import Lang
from manyi.cli.lazy import localise
from manyi.cli.root import root

__all__ = ["command_line"]


def command_line(lang: Lang) -> click.Group:
    """The whole command line, its help and click's own messages in ``lang``."""
    if lang is Lang.ZH:
        os.environ["LANGUAGE"] = lang.value  # click translates through gettext's default domain, "messages"
        gettext.bindtextdomain("messages", Path(__file__).parent.parent / "locale")
    root.lang = lang
    localise(root, lang)
    return root
