"""Printing follow-up slips: new numbers, and that they are ours."""

from datetime import date

from campaign.errors import BadInput, Problem
from campaign.log import AuditEntry
from surveys.paper.codes import SlipCode, new_slip
from surveys.ports import Store

MAX_SLIPS = 20_000
"""Slips at one printing."""


def keep_slips(store: Store, count: int, today: date) -> list[SlipCode]:
    """``count`` slips with new random numbers, kept before they are printed, so that no printed slip is unknown.

    A number alone is kept, nothing of who gets the slip or when. BadInput M85 for the count; StoreError.
    """
    if not 1 <= count <= MAX_SLIPS:
        raise BadInput(Problem("M85", {"n": count, "max": MAX_SLIPS}))
    with store.transaction():
        slips: dict[str, SlipCode] = {}
        while len(slips) < count:
            slip = new_slip()
            if not store.has_slip(slip.number):
                slips[slip.number] = slip
        store.add_slips(slips)
        store.add_audit(AuditEntry(on=today, role="staff", entity="follow-up slips", field="printed", new=str(count)))
    return [*slips.values()]
