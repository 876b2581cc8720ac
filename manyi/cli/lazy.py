"""A group whose commands are imported when they are asked for: a kiosk must not wait for what it never runs."""

from importlib import import_module

import click

from campaign.language import Lang
from manyi.cli.help_page import HelpContext, HelpfulGroup
from manyi.texts import tr


class LazyGroup(HelpfulGroup):
    """A group that knows where its commands are, and puts what it loads into the language of the run."""

    modules: dict[str, str]
    """Module of each command by its name; the command is the attribute of that name. Others are in the group itself."""
    lang = Lang.EN

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Every command's name, in the order of the alphabet."""
        return sorted({*self.modules, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """The command, imported and in the language of the run."""
        if cmd_name in self.modules and cmd_name not in self.commands:
            command: click.Command = getattr(import_module(self.modules[cmd_name]), cmd_name)
            localise(command, self.lang)
            self.add_command(command)
        return self.commands.get(cmd_name)


def localise(command: click.Command, lang: Lang) -> None:
    """Put help texts, which are marked constants, into ``lang``."""
    command.context_class = HelpContext
    command.help = tr(lang, command.help) if command.help else None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = tr(lang, parameter.help)
    if isinstance(command, LazyGroup):
        command.lang = lang
    if isinstance(command, click.Group):
        for child in command.commands.values():
            localise(child, lang)
