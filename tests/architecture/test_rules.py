"""The catalogue of rules holds what the program says, and nothing else."""

import ast
import re

from click import Context

from campaign.language import Lang
from campaign.rules import RULES
from campaign.texts import tr
from manyi.advice import ADVICE as TYPED
from manyi.cli import command_line
from tests.packages import PACKAGES, folder
from tui.staff.advice import ADVICE as ON_SCREEN

TYPED_ONLY = {"M01", "M02", "M09", "M19", "M42", "M44", "M45", "M71", "M73", "M95", "M149", "M158", "M174"}
"""What only a command is told: before a screen opens, by backup, restore, the reading of scans and of a plan's
workbook, and which of its options answers a refusal."""
COMMAND = re.compile(
    rf"manyi ({'|'.join(command_line(Lang.EN).list_commands(Context(command_line(Lang.EN))))})\b|--[a-z]|pip "
)
FIELD = re.compile(r"\{(\w+)\}")
CATALOGUES = {
    ("campaign", "domain_rules.py"),
    ("campaign", "program_rules.py"),
    ("manyi", "advice.py"),
    ("staff", "advice.py"),
}


def literals() -> set[str]:
    """All texts that stand in the code outside the catalogue."""
    found = set()
    for package in PACKAGES:
        for path in folder(package).rglob("*.py"):
            if path.parts[-2:] not in CATALOGUES:
                nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                found |= {
                    node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
    return found


def test_every_rule_is_used() -> None:
    """A rule that nothing breaks is a promise that nobody keeps."""
    assert RULES
    assert RULES.keys() - literals() == set()


def test_commands_are_named_only_to_those_who_type_them() -> None:
    """What can reach a screen names none, in either language; what to do there stands in the advice of the screens."""
    for lang in Lang:
        assert {code for code, rule in RULES.items() if COMMAND.search(tr(lang, rule.message))} == TYPED_ONLY
        for code, advice in ON_SCREEN.by_code.items():
            assert not COMMAND.search(ON_SCREEN.texts(lang, advice)), code


def test_advice_is_given_about_rules_and_fills_in_their_values() -> None:
    """A code that no rule has, or a value that its message does not get, would be told to nobody."""
    for advice in (ON_SCREEN, TYPED):
        assert advice.by_code.keys() <= RULES.keys() - TYPED_ONLY
        for code, text in advice.by_code.items():
            known = set(FIELD.findall(RULES[code].message)) | ({"command"} if code == "M99" else set())
            assert set(FIELD.findall(text)) <= known, code
