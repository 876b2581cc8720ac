"""Making the figures of a campaign's surveys: counts, less what is hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from campaign.plan import Campaign, Plan
from surveys.blocks import Block, only, part_codes, together
from surveys.counted import Counted, Survey, by_survey
from surveys.hiding import GROUPS, Hidden, broken_down, hide, parts_of
from surveys.intervals import Interval, wilson
from surveys.paper.account import BallotAccount, accounts_together
from surveys.published import Figures, PartFigures, Published, SessionFigures, SurveyFigures
from surveys.question_counts import QuestionCounts
from surveys.questionnaire import Question, QuestionType
from surveys.rates import Remedial, Weighted, group_weighted, remedial
from surveys.tallies import By, QuestionTally

_CHOICES = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)


def published(plan: Plan, counted: Sequence[Counted]) -> Published:
    """All figures that may be seen, of ``counted``: every verified session of the campaign, never a choice of them."""
    hidden = hide(counted, plan.campaign)
    return Published(
        tuple(_survey(plan, survey, held, hidden) for survey, held in by_survey(counted).values()),
    )


def _survey(plan: Plan, survey: Survey, held: Sequence[Counted], hidden: Hidden) -> SurveyFigures:
    shown = [each for each in held if each.session.id not in hidden.sessions]
    order = {branch.code: place for place, branch in enumerate(plan.branches)}
    codes = sorted({each.session.branch for each in held}, key=lambda code: (order.get(code, len(order)), code))
    town = _summed(plan.campaign, survey, shown, None, hidden)
    sampling, population = next(
        ((each.sampling, each.population) for each in plan.surveys if each.kind == survey.kind), ("", None)
    )
    return SurveyFigures(
        survey=survey,
        sessions=tuple(_session(plan.campaign, survey, each, hidden) for each in held),
        branches=tuple(
            _summed(plan.campaign, survey, [each for each in shown if each.session.branch == code], code, hidden)
            for code in codes
        ),
        town=town,
        parts=tuple(_parts(plan.campaign, survey, shown, by, hidden) for by in By),
        interval=_interval(town, population) if sampling == "random" else None,
        sampling=sampling,
    )


def _interval(town: Figures, population: int | None) -> Interval | None:
    overall = town.overall
    return wilson(overall.scale.positive, overall.valid or 0, population) if overall and overall.scale else None


def _session(campaign: Campaign, survey: Survey, each: Counted, hidden: Hidden) -> SessionFigures:
    few = each.session.id in hidden.sessions
    shown = not few and each.tally.valid >= campaign.comment_min_forms
    return SessionFigures(
        counted=each,
        figures=_summed(campaign, survey, [] if few else [each], each.session.branch, hidden),
        submitted=None if few else each.tally.submitted,
        void=None if few else each.tally.void,
        comments=each.comments if shown else None,
    )


def _summed(
    campaign: Campaign, survey: Survey, shown: Sequence[Counted], branch: str | None, hidden: Hidden
) -> Figures:
    """Figures of sessions none of which is hidden as a whole; without any, all is hidden."""
    if not shown:
        few = f"<{campaign.publish_min_forms}"
        questions = tuple(QuestionCounts(each, None, None, few) for each in _asked(survey))
        undecided = None if campaign.remedial_threshold_pct is None else Remedial.UNDECIDED
        return Figures(survey, branch, None, few, questions, remedial=undecided)
    questions = tuple(_question(question, shown, hidden) for question in _asked(survey))
    overall = next((each for each in questions if each.question.is_overall), None)
    return Figures(
        survey,
        branch,
        sum(each.tally.valid for each in shown),
        None,
        questions,
        tuple(each.session.id for each in shown),
        account=_account(shown),
        rated=_account([each for each in shown if overall and each.session.id not in overall.left_out]),
        remedial=_remedial(campaign, questions),
        expected=_known_sum(each.session.invited for each in shown),
        present=_known_sum(each.session.present for each in shown),
    )


def _account(held: Sequence[Counted]) -> BallotAccount | None:
    """The account of all of them; None if one has none."""
    accounts = [each.session.account for each in held if each.session.account]
    return accounts_together(accounts) if accounts and len(accounts) == len(held) else None


def _known_sum(numbers: Iterable[int | None]) -> int | None:
    """The sum where all are known: a sum of some would look like one of all."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _asked(survey: Survey) -> Sequence[Question]:
    return [each for each in survey.questionnaire.asked if each.type in _CHOICES and each.name != _request(survey)]


def _request(survey: Survey) -> str:
    request = survey.questionnaire.answer_request
    return request.name if request else ""


def _question(question: Question, shown: Sequence[Counted], hidden: Hidden) -> QuestionCounts:
    """The question in those of the sessions in which it is shown; hidden if there is none."""
    marks = [hidden.questions[each.session.id].get(question.name) for each in shown]
    kept = [each for each, mark in zip(shown, marks, strict=True) if mark is None]
    if question.is_group and len(kept) < len(shown):
        kept = []  # the town's groups stand in a table of their own: a sum over some branches would tell of the others
    held = {each.session.id for each in kept}
    rest = [each for each in shown if each.session.id not in held]
    branches = tuple(dict.fromkeys(each.session.branch for each in rest))
    left = tuple(each.session.id for each in rest), branches, sum(each.tally.valid for each in rest)
    if not kept:
        return QuestionCounts(question, None, None, next((mark for mark in marks if mark), GROUPS), *left)
    block = together(only(each.tally, (question.name,)) for each in kept)
    counted = block.question(question.name) or _nobody(question, block)
    return QuestionCounts(question, block.valid, counted, None, *left)


def _nobody(question: Question, block: Block) -> QuestionTally:
    return QuestionTally(name=question.name, counts={each.code: 0 for each in question.choices}, blank=block.valid)


def _remedial(campaign: Campaign, questions: Sequence[QuestionCounts]) -> Remedial | None:
    overall = next((each for each in questions if each.question.is_overall), None)
    if overall is None or overall.scale is None or overall.valid is None:
        return None
    return remedial(overall.scale, overall.valid, campaign.remedial_threshold_pct, campaign.publish_min_forms)


def _parts(campaign: Campaign, survey: Survey, shown: Sequence[Counted], by: By, hidden: Hidden) -> PartFigures:
    chosen = hidden.breakdowns[survey.kind, survey.questionnaire.id, by]
    names = broken_down(survey.questionnaire)
    codes = part_codes((each.tally for each in shown), by)
    divided = [each for each in shown if each.session.id in chosen.sessions]

    of_branch: dict[str, list[Counted]] = {}
    for each in divided:
        of_branch.setdefault(each.session.branch, []).append(each)

    def of(branches: Iterable[str], parts: frozenset[str], branch: str | None = None) -> tuple[Figures, ...]:
        wanted = frozenset(branches)
        held = of_branch.get(branch, []) if branch else [each for each in divided if each.session.branch in wanted]
        return tuple(_divided(survey, held, branch, parts_of(held, by, codes, names), parts))

    town = of(chosen.branches, chosen.shown) if chosen.branches else ()
    branches = [of([code], parts, code) for code, parts in sorted(chosen.of_branch.items())]
    others = tuple(sorted(chosen.branches - chosen.of_branch.keys()))
    if others and branches:
        branches.append(tuple(replace(each, others=others) for each in of(others, chosen.shown)))
    return PartFigures(
        by=by,
        codes=codes,
        town=town,
        branches=tuple(branches),
        included=tuple(sorted(chosen.branches)),
        left_out=tuple(sorted({each.session.branch for each in shown} - chosen.branches)),
        weighted=_weighted(campaign, survey, town) if by is By.GROUP else None,
    )


def _divided(
    survey: Survey, held: Sequence[Counted], branch: str | None, blocks: Mapping[str, Block], shown: frozenset[str]
) -> Iterator[Figures]:
    sessions = tuple(each.session.id for each in held)
    for code, block in blocks.items():
        if code in shown and block.valid:
            yield replace(_block(survey, branch, block, sessions), part=code)
    merged = tuple(code for code, block in blocks.items() if code not in shown and block.valid)
    if merged:
        rest = together(blocks[code] for code in merged)
        yield replace(_block(survey, branch, rest, sessions), merged=merged)


def _block(survey: Survey, branch: str | None, block: Block, sessions: tuple[str, ...]) -> Figures:
    asked = [each for each in _asked(survey) if each.name in broken_down(survey.questionnaire)]
    counts = tuple(
        QuestionCounts(each, block.valid, block.question(each.name) or _nobody(each, block), None) for each in asked
    )
    return Figures(survey, branch, block.valid, None, counts, sessions)


def _weighted(campaign: Campaign, survey: Survey, town: Sequence[Figures]) -> Weighted | None:
    """With the weights of the choices of the question for the group; None if they have none."""
    asked = survey.questionnaire.group_question
    weights = {each.code: each.weight for each in asked.choices if each.weight is not None} if asked else {}
    if not weights:
        return None
    counts: Mapping[str, tuple[int, int]] = {
        each.part: (each.overall.scale.positive, each.overall.valid or 0)
        for each in town
        if each.part is not None and each.overall and each.overall.scale
    }
    return group_weighted(counts, weights, campaign.publish_min_forms)
