"""How the vote was held, for the public notice: who ran it, what was reported before, what was looked after or not.

Nothing is said of sessions of which it was never asked.
"""

from collections.abc import Iterator, Sequence

from campaign.i18n import I18n
from campaign.language import N_, NP_, Listed
from campaign.plan import Plan
from exports.cells import both, text_of
from exports.tables.common import branch_name
from surveys.published import Figures, SessionFigures
from surveys.session import SurveySession
from surveys.session_doubts import more_than_present
from surveys.sitting import CHECKS

NOT_CONFIRMED = N_("Not confirmed")


def held(session: SessionFigures) -> Iterator[tuple[I18n, I18n]]:
    """The items of one session."""
    kept = session.counted.session
    if kept.operator:
        yield both(N_("Run by")), both(N_("somebody from outside the unit"))
    if kept.briefing_on is not None:
        yield both(N_("Briefing")), both(N_("on {d} the unit told what was done and corrected"), d=kept.briefing_on)
    if confirmed := _checks(kept, confirmed=True):
        yield both(N_("Confirmed")), confirmed
    if lacking := _checks(kept, confirmed=False):
        yield both(NOT_CONFIRMED), lacking
    if kept.account is not None and session.figures.hidden is None:
        for problem in more_than_present(kept, kept.account):
            yield both(N_("Note")), text_of(problem.phrase)


def held_everywhere(plan: Plan, sessions: Sequence[SessionFigures]) -> Iterator[tuple[I18n, I18n]]:
    """What was not confirmed at one of several sessions."""
    for each in sessions:
        kept = each.counted.session
        if lacking := _checks(kept, confirmed=False):
            yield (
                both(NOT_CONFIRMED),
                both(N_("{unit}, {d}: {items}"), unit=branch_name(plan, kept.branch), d=kept.on, items=lacking),
            )


def people(figures: Figures) -> Iterator[tuple[I18n, I18n]]:
    """Who should take part, and who came, as far as it is known."""
    if figures.expected is not None:
        yield both(N_("Should take part")), both(NP_("{n} person", "{n} people"), n=figures.expected)
    if figures.present is not None:
        yield both(N_("Present")), both(NP_("{n} person", "{n} people"), n=figures.present)


def _checks(session: SurveySession, *, confirmed: bool) -> I18n | None:
    found = tuple(CHECKS[check] for check, so in session.integrity.items() if so is confirmed)
    return text_of(Listed(found)) if found else None
