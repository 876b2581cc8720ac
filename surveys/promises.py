"""What a notice promises, and what else it takes from the plan and from the cases on a day."""

from collections.abc import Collection, Sequence
from datetime import date

from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.plan import Plan
from surveys.cleared_cases import public_texts
from surveys.posting import Posting, Promise

MOST_PROMISES = 10
"""Corrections that a notice names; all of them stand in the register."""
_CORRECTION = "correction"


def posting_of(plan: Plan, cases: Sequence[Case], branches: Collection[str], kind: str, day: date) -> Posting:
    """What a notice of these branches' survey would say on ``day``: of the cases, how they stood on it."""
    campaign = plan.campaign
    own = [case for case in cases if case.kind == _CORRECTION and case.branch in branches]
    cleared = [each for each in case_standings(plan, own, day) if each.open and each.case.public_matter]
    ordered = sorted(cleared, key=lambda each: (each.due, each.case.no))
    texts = [(each, public_texts(each.case)) for each in ordered[:MOST_PROMISES]]
    return Posting(
        campaign=campaign.title,
        organiser=campaign.organiser,
        units={branch.code: branch.name for branch in plan.branches if branch.code in branches},
        place=campaign.notice_place,
        sampling=next((each.sampling for each in plan.surveys if each.kind == kind), ""),
        threshold_pct=campaign.remedial_threshold_pct,
        min_forms=campaign.publish_min_forms,
        erase_after_days=campaign.opinions.erase_after_days,
        promises=tuple(
            Promise(branch=each.case.branch, matter=said.matter, measure=said.measure, due=each.due)
            for each, said in texts
        ),
        more=max(0, len(ordered) - MOST_PROMISES),
    )
