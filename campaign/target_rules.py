"""What a plan may ask for before it is asked back whether that is realistic: 量力而行, no target for show."""

from collections.abc import Iterator, Mapping

from campaign.draft import Draft, Finding, Item
from campaign.plan import Branch, Step, StepKind

MOST_SATISFIED = 95
"""Per cent of satisfied people that a plan may want."""
MOST_HOURS = 80
"""Hours of study that a plan may want of each member."""
MOST_EACH = 3
"""Texts or other things that a plan may want of each member."""


def target_findings(draft: Draft) -> Iterator[Finding]:
    """V37 and V85: targets that push people towards form over substance."""
    campaign = draft.campaign
    if campaign is not None and campaign.sound("remedial_threshold_pct"):
        wanted = campaign.value.remedial_threshold_pct
        if wanted is not None and wanted > MOST_SATISFIED:
            yield Finding(campaign.at("remedial_threshold_pct"), "V85", {"x": f"{wanted}%"})
    for group in draft.member_groups:
        hours = group.value.hour_target
        if group.sound("hour_target") and hours is not None and hours > MOST_HOURS:
            yield Finding(group.at("hour_target"), "V37", {"h": hours})
    if not all(group.sound("id") for group in draft.member_groups):
        return
    every = tuple(draft.names("member_groups"))
    counted = {step.value.id: step.value for step in draft.steps if _one_each(step)}
    for branch in draft.branches:
        yield from _of_branch(branch, counted, every)


def _one_each(item: Item[Step]) -> bool:
    """Whether a step wants one thing of each member, if a branch does not want more."""
    step = item.value
    return item.sound("id", "kind", "target", "groups") and step.kind is StepKind.COUNT and step.target is None


def _of_branch(item: Item[Branch], counted: Mapping[str, Step], every: tuple[str, ...]) -> Iterator[Finding]:
    if not item.sound("members"):
        return
    members = item.value.members
    for target, index in zip(item.value.targets, item.indexes("targets"), strict=False):
        step = counted.get(target.step)
        if step is None or target.waived or target.target is None:
            continue
        people = sum(members.get(group, 0) for group in step.groups or every)
        if target.target > MOST_EACH * people:
            yield Finding(item.at("targets", index, "target"), "V85", {"x": target.target})
