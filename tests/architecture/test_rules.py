"""The catalogue of rules holds what the program says, and nothing else."""

import ast

from campaign.rules import RULES
from tests.packages import PACKAGES, folder

CATALOGUES = {("campaign", "domain_rules.py"), ("campaign", "program_rules.py")}


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
