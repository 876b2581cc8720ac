"""When sessions come into the tables by group and by channel: in batches, so that no two states of a table tell more.

Whoever keeps the tables of last week and subtracts them from those of today has a table of the sessions that came in
between: of a single small one, its groups. So a session counts in tables by part only once it belongs to a batch, and
a batch never changes:

1. Only sessions whose result is posted are in a batch: those can't be declared void any more.
2. A batch is made of all posted sessions of a survey that are in none, as soon as every part of them together may be
   shown, by group and by channel; and once no session of the survey can come any more, of those that are left, as far
   as they may be shown. They come into both tables at once: else that by channel would be there before it is known
   what that by group shows, and the two are decided on together.
3. What is shown of each batch is decided by itself; a table is the sum of the batches.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaign.plan import Campaign, Plan
from campaign.state_rules import FORBIDS, Deed
from surveys.counted import Counted, by_survey, counted_sessions
from surveys.hiding import broken_down, in_batches
from surveys.ports import SurveyStore
from surveys.session import UNDER_WAY, SessionState, SurveySession
from surveys.suppression import hidden_questions
from surveys.tallies import By


def keep_batches(store: SurveyStore, plan: Plan) -> None:
    """Keep the batches that are made now: when a result is posted or the campaign's state changes. StoreError."""
    with store.transaction():
        for each in batched(counted_sessions(store), plan.campaign, store.sessions()):
            store.save_session(each.session.model_copy(update={"batches": each.batches}))


def batched(counted: Sequence[Counted], campaign: Campaign, every: Sequence[SurveySession]) -> Sequence[Counted]:
    """The sessions that come into a batch now, with their batches. ``every``: all sessions, of any state."""
    return [each for _, held in by_survey(counted).values() for each in _of_survey(held, campaign, every)]


def _of_survey(held: Sequence[Counted], campaign: Campaign, every: Sequence[SurveySession]) -> Iterator[Counted]:
    waiting = [each for each in held if not each.batches and each.session.state is SessionState.PUBLISHED]
    if waiting and (_is_over(held, campaign, every) or _all_shown(waiting, campaign.publish_min_forms)):
        number = 1 + max((number for each in held for number in each.batches.values()), default=0)
        yield from (replace(each, batches=dict.fromkeys(By, number)) for each in waiting)


def _is_over(held: Sequence[Counted], campaign: Campaign, every: Sequence[SurveySession]) -> bool:
    """Whether no session of the survey can come or go any more."""
    kind = held[0].session.kind
    to_come = UNDER_WAY | {SessionState.VERIFIED}
    return Deed.SESSION in FORBIDS[campaign.state] and not any(
        each.kind == kind and each.state in to_come for each in every
    )


def _all_shown(waiting: Sequence[Counted], k: int) -> bool:
    """Whether a batch of these shows every part of every branch or of all together, by group and by channel."""
    questionnaire = waiting[0].questionnaire
    names = set(broken_down(questionnaire))
    whole = [each for each in waiting if not hidden_questions(questionnaire, each.tally, k).keys() & names]
    found = in_batches(questionnaire, [replace(each, batches=dict.fromkeys(By, 1)) for each in whole], k)
    codes = {by: {part.code for each in whole for part in each.tally.parts if part.by is by} for by in By}
    return bool(whole) and all(not shown.left_out and shown.shown == codes[by] for by, shown in found.items())
