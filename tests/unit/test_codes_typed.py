"""Codes of branches and sessions as people, input methods and scanners type them."""

import string
from collections.abc import Callable, Iterator

import click
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from campaign.folding import code_typed
from campaign.language import Lang
from manyi.cli import command_line
from manyi.cli.options import CodeType

CODES = st.from_regex(r"[A-Z][A-Z0-9]{0,7}(-[0-9]{6}-[1-9])?", fullmatch=True)
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in f"{string.ascii_letters}{string.digits}-"}


def commands(group: click.Group, context: click.Context) -> Iterator[click.Command]:
    """Every command under a group."""
    for name in group.list_commands(context):
        each = group.get_command(context, name)
        assert each is not None
        yield each
        if isinstance(each, click.Group):
            yield from commands(each, context)


@given(CODES, st.sampled_from([str.lower, str.upper]), st.booleans(), st.integers(0, 3))
def test_width_case_and_blanks_make_no_other_code(
    code: str, case: Callable[[str], str], is_wide: bool, at: int
) -> None:  # drawn
    """What an input method makes of a code is that code."""
    typed = case(code).translate(FULL_WIDTH) if is_wide else case(code)
    assert code_typed(f"\u3000{typed[:at]} {typed[at:]}\r\n") == code


def test_every_command_folds_the_codes_it_takes() -> None:
    """No option or argument that names a branch or a session takes it as it was typed."""
    root = command_line(Lang.EN)
    found = [
        (command.name, parameter)
        for command in commands(root, click.Context(root))
        for parameter in command.params
        if parameter.name in {"branch", "session_id", "sessions"}
    ]
    assert len(found) > 30
    assert [name for name, parameter in found if not isinstance(parameter.type, CodeType)] == []


def test_a_small_or_full_width_code_reaches_the_core_in_capitals() -> None:
    """As the command receives it."""

    @click.command()
    @click.option("--branch", type=CodeType())
    def show(branch: str) -> None:
        click.echo(branch)

    assert CliRunner().invoke(show, ["--branch", "ｂ０６"]).output == "B06\n"
