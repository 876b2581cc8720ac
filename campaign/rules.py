"""The catalogue of rules and their messages: all that the program says of what is wrong."""

from campaign.domain_rules import DOMAIN_RULES
from campaign.program_rules import PROGRAM_RULES
from campaign.rule_kinds import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

RULES: dict[str, Rule] = {**DOMAIN_RULES, **PROGRAM_RULES}
"""Code to rule."""
