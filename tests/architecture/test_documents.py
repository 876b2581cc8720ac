"""What the documents say is so."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from campaign.language import Lang
from manyi.cli import command_line
from tests.packages import folder
from tui.staff.keys import BRANCH, DASHBOARD, FORM

ROOT = Path(__file__).parent.parent.parent
READMES = ["README.md", "README.zh.md"]
DOCUMENTS = [
    *READMES,
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
]


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


EVERY = dict(commands(command_line(Lang.EN), "manyi"))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", [name for name, command in EVERY.items() if not isinstance(command, click.Group)])
def test_every_command_is_in_the_readme(readme: str, name: str) -> None:
    """A command that exists can be found, in both languages."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    *group, last = name.split()
    assert name in text or re.search(rf"{' '.join(group)} [a-z\\|]*\b{last}\b", text)


@pytest.mark.parametrize("name", EVERY)
def test_every_command_and_option_explains_itself(name: str) -> None:
    """--help has a sentence for each."""
    assert EVERY[name].help
    assert all(option.help for option in EVERY[name].params if isinstance(option, click.Option))


@pytest.mark.parametrize("readme", READMES)
def test_every_key_of_the_staff_screens_is_in_the_readme(readme: str) -> None:
    """A key that does something can be looked up."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = {key.cap for keys in (DASHBOARD, BRANCH, FORM) for key in keys}
    keys = "\n".join(re.findall(r"^\| (.+?) \|", text, re.MULTILINE))
    assert {name for name in shown if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", keys)} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    """A link to a file of the project leads to a file of the project."""
    path = ROOT / document
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_changelog_names_the_version() -> None:
    """The newest entry of the changelog is the version of the program."""
    from manyi import __version__  # noqa: PLC0415  # what is installed, not what was imported above

    found = re.search(r"^## \[([^]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert found.group(1) == __version__


@pytest.mark.parametrize("page", ["docs/paper.md", "docs/paper.zh.md"])
def test_the_messages_about_paper_are_explained(page: str) -> None:
    """Whoever runs a session on paper finds every rule that a form can break, in both languages."""
    codes = {
        code
        for path in (folder("surveys") / "paper").glob("*.py")
        for code in re.findall(r'"(V\d\d)"', path.read_text(encoding="utf-8"))
    }
    assert {"V53", "V57", "V70", "V76"} <= codes
    text = (ROOT / page).read_text(encoding="utf-8")
    assert {code for code in codes if f"| {code}" not in text} == set()
