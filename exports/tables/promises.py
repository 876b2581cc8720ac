"""What a public notice promises: what will be done, and by when."""

from collections.abc import Iterator, Sequence
from datetime import date

from campaign.case_standing import case_standings
from campaign.cases import Case
from campaign.i18n import I18n
from campaign.language import N_
from campaign.plan import Plan
from exports.cells import both, plain
from exports.tables.common import branch_name
from surveys.rates import Remedial

_CORRECTION = "correction"
_MOST = 10
"""Corrections that a notice names; all of them stand in the register."""


def promises(plan: Plan, remedial: Remedial | None, cases: Sequence[Case], today: date) -> Iterator[tuple[I18n, I18n]]:
    """A catch-up where the result asks for one; and corrections cleared for the public, the most urgent first."""
    title = both(N_("What will be done"))
    if remedial is Remedial.REQUIRED:
        yield title, both(N_("The result asks for a catch-up, and for another survey after it."))
    standings = case_standings(plan, [case for case in cases if case.kind == _CORRECTION], today)
    cleared = sorted((each.due, each.case.no, each.case) for each in standings if each.open and each.case.public_matter)
    for due, _, case in cleared[:_MOST]:
        measure = plain(case.suggestion or case.public_matter)
        named = {"unit": branch_name(plan, case.branch), "matter": case.public_matter, "measure": measure, "due": due}
        if case.suggestion:
            yield title, both(N_("{unit}: {matter}; what is done: {measure}; by {due}."), **named)
        else:
            yield title, both(N_("{unit}: {matter}; to be put right by {due}."), **named)
    if (more := len(cleared) - _MOST) > 0:
        yield title, both(N_("{n} more stand in the correction register."), n=more)
    if not cleared and remedial is not Remedial.REQUIRED:
        yield (
            title,
            both(
                N_("What has to be put right is entered in the correction register, with the day by which it is done.")
            ),
        )
