"""Help pages: lines broken by display cells and the rules of Chinese, and no command's purpose cut short."""

import re
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as of_click
from typing import Any

import click

from campaign.errors import ManyiError, Problem, asks_only

NARROW = 10
"""Columns that a text gets at least."""
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")
_JOINED = "\u2011"
"""A hyphen at which no line is broken."""
_SENTENCE = re.compile(r".*?(?:。|[.](?=\s|$)|$)", re.DOTALL)


class HelpPage(click.HelpFormatter):
    """Click's page, its texts wrapped by what they take on the screen: a Hanzi takes two cells."""

    def write_text(self, text: str) -> None:
        """Paragraphs, indented."""
        indent = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if place else "")
            for line in _wrapped(paragraph, self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean; a term longer than ``col_max`` has a line of its own."""
        rows = list(rows)
        left = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * (self.current_indent + left)
        for term, meaning in rows:
            first, *more = _wrapped(meaning, max(self.width - len(indent), NARROW))
            head = f"{'':>{self.current_indent}}{term}"
            if len(term) > left - col_spacing:
                self.write(f"{head}\n")
                head = ""
            self.write(f"{head:<{len(indent)}}{first}".rstrip() + "\n")
            for line in more:
                self.write(f"{indent}{line}\n")


class HelpContext(click.Context):
    """A context whose help is such a page, and whose refusals name the option that answers them."""

    formatter_class = HelpPage

    def invoke(self, callback: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # click's own signature
        """Run the command; a refusal that one of its options answers names that option."""
        try:
            return super().invoke(callback, *args, **kwargs)
        except ManyiError as error:
            error.problems = [*error.problems, *option_hints(error.problems, self.command.params)]
            raise


class HelpfulGroup(click.Group):
    """A group whose help lists its commands in the order of the work, each with what it is for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own signature
        """Names in the order in which the commands are defined."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line or more for each command."""
        commands = [self.get_command(ctx, name) for name in self.list_commands(ctx)]
        with formatter.section(of_click("Commands")):
            formatter.write_dl([(each.name or "", purpose(each)) for each in commands if each])


def option_hints(problems: Sequence[Problem], options: Iterable[click.Parameter]) -> Iterator[Problem]:
    """What can be added to the command to do it all the same: M149, M158."""
    names = {option.name for option in options}
    if "short_study" in names and any(each.code == "V23" for each in problems):
        yield Problem("M149")
    if "yes" in names and asks_only(problems):
        yield Problem("M158")


def purpose(command: click.Command) -> str:
    """What a command is for: the first sentence of its help, whole."""
    found = _SENTENCE.match(command.help or "")
    return " ".join(found[0].split()).removesuffix("。").removesuffix(".") if found else ""


def _wrapped(text: str, width: int) -> list[str]:
    from tui.widgets.cells import wrap  # noqa: PLC0415  # only help pages need it

    whole = _OPTION.sub(lambda found: found[0].replace("-", _JOINED), " ".join(text.split()))
    return [line.replace(_JOINED, "-") for line in wrap(whole, width)]
