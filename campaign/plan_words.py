"""What the values of a branch's plan are called: its condition, its means, what is done about it."""

from campaign.language import N_
from campaign.plan import Condition

CONDITION_NAMES = {
    Condition.FUNCTIONING: N_("works well"),
    Condition.WEAK: N_("weak"),
    Condition.PARALYSED: N_("paralysed"),
    Condition.SHELL: N_("a shell"),
    Condition.REBUILDING: N_("being rebuilt"),
}
REMEDY_NAMES = {
    "rebuild": N_("rebuild it"),
    "merge": N_("merge it with another"),
    "reassign": N_("assign its people elsewhere"),
}
VENUE_NAMES = {"own": N_("of its own"), "shared": N_("shared"), "none": N_("none")}
FUNDING_NAMES = {"secured": N_("secured"), "short": N_("short"), "none": N_("none")}
"""All marked for translation."""
