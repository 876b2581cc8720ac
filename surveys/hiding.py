"""What is hidden of a campaign's results: one pass over all verified sessions, before any table is made.

Every screen and every format is filled from what this leaves, and it always looks at the whole campaign: what is hidden
does not depend on which session, table or format somebody asks for, so two of them can't be put together to find it.

1. Sessions with fewer than k valid forms show no figure, and are left out of every sum: of their branch, of the town.
2. Questions of a session are hidden by the rules of :mod:`surveys.suppression`, and left out of the same sums.
3. How many belong to which group is a result too: who is here is known to everybody. It is shown for a session only if
   the answers of all its groups may be shown; and only then what was asked of some groups alone.
4. Parts, groups and channels, are shown by the rules of :mod:`surveys.breakdowns`, of sessions with no question hidden.
   Questions that are asked only of some have no parts. Groups come first: what is shown by channel must not tell what
   those of a group answered on one channel (:mod:`surveys.crossings`).
5. How many comments were written is shown from ten valid forms on (the campaign's ``comment_min_forms``).
6. Tables by part grow in batches of sessions, each decided on by itself (:mod:`surveys.batches`): so a table of today
   less the same table of last week is never what a session that came in between hides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.plan import Campaign
from surveys.blocks import Block, only, part, part_codes, together
from surveys.breakdowns import Breakdown, Told, all_batches, break_down, of_branches, told_by, without
from surveys.counted import Counted, by_survey
from surveys.crossings import Crossings
from surveys.questionnaire import Questionnaire, QuestionType
from surveys.suppression import asked_because_of, hidden_questions, too_few
from surveys.tallies import By

GROUPS = "groups"
"""Mark of what is hidden because a small part could be found otherwise."""
_CHOICES = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden, by session, and by survey and part."""

    sessions: Mapping[str, str]
    """Marks of sessions that show nothing at all."""
    questions: Mapping[str, Mapping[str, str]]
    """Marks of hidden questions by session; all of them where the session is hidden."""
    breakdowns: Mapping[tuple[str, str, By], Breakdown]
    """By kind of survey, id of the questionnaire, and what is broken down by."""


def broken_down(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Names of the questions that have parts: those with choices that everybody is asked, but the one for the group."""
    return tuple(
        question.name
        for question in questionnaire.asked
        if question.type in _CHOICES and not question.relevant and not question.is_group
    )


def hide(counted: Sequence[Counted], campaign: Campaign) -> Hidden:
    """Decide on all verified sessions of the campaign."""
    k = campaign.publish_min_forms
    sessions = {each.session.id: mark for each in counted if (mark := too_few(each.tally.valid, k))}
    questions = {each.session.id: hidden_questions(each.questionnaire, each.tally, k) for each in counted}
    breakdowns = {}
    for key, (survey, held) in by_survey(counted).items():
        names = set(broken_down(survey.questionnaire))
        whole = [each for each in held if not questions[each.session.id].keys() & names]
        for by, found in in_batches(survey.questionnaire, whole, k).items():
            breakdowns[*key, by] = found
        _hide_groups(survey.questionnaire, held, whole, questions, k)
    return Hidden(sessions, questions, breakdowns)


def parts_of(held: Sequence[Counted], by: By, codes: Sequence[str], names: Sequence[str]) -> dict[str, Block]:
    """The forms of these sessions by part, with the questions that have parts."""
    return {code: together(only(part(each.tally, by, code), names) for each in held) for code in codes}


def in_batches(questionnaire: Questionnaire, whole: Sequence[Counted], k: int) -> dict[By, Breakdown]:
    """What is shown by part of these sessions, each batch being decided on by itself: rule 6 above."""
    names = broken_down(questionnaire)
    multiple = frozenset(each.name for each in questionnaire.asked if each.type is QuestionType.SELECT_MULTIPLE)
    totals = {each.session.id: only(each.tally, names) for each in whole}
    found, known = dict[By, Breakdown](), list[Told]()
    for by in By:  # by group first: what that shows, tables by channel must not tell more of
        crossings = Crossings(known, totals, [name for name in names if name not in multiple], k)
        shown = list[Breakdown]()
        for held in _batches(whole, by):
            parts = _by_session(questionnaire, held, by, part_codes((each.tally for each in whole), by))
            branch_of = {each.session.id: each.session.branch for each in held}
            decided = break_down(
                parts,
                lambda block: not hidden_questions(questionnaire, block, k),
                crossings.may_know,
                branch_of=branch_of,
                multiple=multiple,
                sizes_known=by is By.CHANNEL,
            )
            decided = without(decided, crossings.unsafe_together([*told_by(decided, parts)]))
            shown.append(of_branches(decided, branch_of))
            known += told_by(decided, parts)
        found[by] = all_batches(shown)
    return found


def _batches(whole: Sequence[Counted], by: By) -> Sequence[Sequence[Counted]]:
    """The sessions that count by part, by batch; none if the survey has no such parts."""
    found: dict[int, list[Counted]] = {}
    for each in whole:
        if by in each.batches and part_codes((each.tally,), by):
            found.setdefault(each.batches[by], []).append(each)
    return [*found.values()]


def _by_session(
    questionnaire: Questionnaire, held: Sequence[Counted], by: By, codes: Sequence[str]
) -> dict[str, dict[str, Block]]:
    names = broken_down(questionnaire)
    return {each.session.id: {code: only(part(each.tally, by, code), names) for code in codes} for each in held}


def _hide_groups(
    questionnaire: Questionnaire,
    held: Sequence[Counted],
    whole: Sequence[Counted],
    questions: dict[str, dict[str, str]],
    k: int,
) -> None:
    """Mark the question for the group wherever not all groups of a session may be shown by themselves.

    And with it the questions that are asked only of some groups: how many were asked is how many belong to those.
    """
    asked = questionnaire.group_question
    if asked is None:
        return
    told = {asked.name}
    for question in questionnaire.asked:
        if asked_because_of(question) & told:
            told.add(question.name)
    codes = part_codes((each.tally for each in whole), By.GROUP)
    parts = _by_session(questionnaire, whole, By.GROUP, codes)
    for each in held:
        filled = [block for block in parts.get(each.session.id, {}).values() if block.valid]
        if not filled or any(hidden_questions(questionnaire, block, k) for block in filled):
            questions[each.session.id] |= dict.fromkeys(told - questions[each.session.id].keys(), GROUPS)
