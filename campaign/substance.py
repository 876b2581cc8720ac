"""Signs that the campaign may be for show: hints with what they rest on, never scores.

F1 to F4 and F7 to F10 are read off log and cases; F5 and F6 off the surveys (:mod:`surveys.substance`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from campaign.branches import FINISHED
from campaign.case_checks import same_role
from campaign.case_standing import CaseStanding, case_standings
from campaign.cases import Case
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import N_, NP_, HasText, Lang, Listed
from campaign.log import LogEntry
from campaign.obligations import CellState, obligation_matrix
from campaign.people import attendance
from campaign.plan import Branch, Obligation, Plan, Step, StepKind
from campaign.progress import count_of
from campaign.standing import BranchStanding, PhaseStanding
from campaign.texts import tr

LATE_ENTRY_DAYS = 7
_LEAST_ON_ONE_DAY, _LEAST_VERIFIED, _LEAST_UNRATED, _LEAST_WRITTEN = 3, 3, 5, 2
_HALF, _LOW_PARTICIPATION = Fraction(1, 2), Fraction(4, 5)
_ANSWER, _UNRATED, _VERIFY, _VERIFIED = "answer", "closed_unrated", "verify", "verified"

HINTS = {
    "F1": N_("{step} is done, but none of its records gives the {evidence} that is wanted."),
    "F2": NP_(
        "{n} record was entered more than {days} days after it happened.",
        "{n} records were entered more than {days} days after they happened.",
    ),
    "F3": N_("{n} of {m} steps of {phase} were done on one day, {d}: {list}."),
    "F4": N_("Every written piece of work was handed in exactly ({list}), but only {p} % took part."),
    "F5": N_("{p} % are satisfied; {why}."),
    "F6": NP_(
        "{n} of {m} forms gives the same answer to every question.",
        "{n} of {m} forms give the same answer to every question.",
    ),
    "F7": N_("{phase} ended, and nobody was asked for an opinion."),
    "F8": N_("Corrections were verified without a second look: {why}."),
    "F9": N_('"{title}" is the title of activities of several: {list}.'),
    "F10": N_("None of {n} answers was rated by the person who asked."),
}
"""What each hint says, marked for translation."""


@dataclass(frozen=True, slots=True)
class Hint(HasText):
    """One sign, and what it rests on."""

    code: str
    """``F1`` to ``F10``, a key of :data:`HINTS`."""
    branch: str
    values: tuple[tuple[str, object], ...]
    """What is filled into the text."""
    phase: str = ""
    entries: tuple[LogEntry, ...] = ()
    cases: tuple[str, ...] = ()
    """Numbers of the cases that it rests on."""

    def text(self, lang: Lang) -> str:
        """What is to be looked at, in one sentence."""
        return tr(lang, HINTS[self.code], **dict(self.values))


def substance_hints(
    plan: Plan, branches: Iterable[BranchStanding], entries: Sequence[LogEntry], cases: Sequence[Case], today: date
) -> tuple[Hint, ...]:
    """Every sign in log and cases by ``today``, by branch in the order given; F9, about several, comes last."""
    known = [entry for entry in entries if entry.on <= today]
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in known:
        by_branch.setdefault(entry.branch, []).append(entry)
    standings = case_standings(plan, cases, today)
    found: list[Hint] = []
    for standing in branches:
        branch = plan.branch(standing.code)
        if branch is None:
            continue
        own = by_branch.get(standing.code, [])
        mine = [each for each in standings if each.case.branch == standing.code]
        for phase in standing.phases:
            here = [entry for entry in own if entry.phase == phase.phase]
            found += _without_evidence(plan, standing, phase, here)
            found += _all_on_one_day(plan, standing, phase)
        found += _entered_late(standing, own)
        found += _exactly_all(plan, branch, standing, own)
        found += _nobody_asked(plan, standing, own)
        found += _verified_at_once(standing.code, mine)
        found += _never_rated(standing.code, mine)
    return (*found, *_same_titles(plan, known))


def _without_evidence(
    plan: Plan, branch: BranchStanding, phase: PhaseStanding, entries: Sequence[LogEntry]
) -> Iterator[Hint]:
    """F1: a step is done, evidence is wanted, and no entry that advances it gives any."""
    steps = {step.id: step for step in plan.steps}
    kinds = {kind.id: kind.advances for kind in plan.kinds}
    for each in phase.steps:
        step = steps[each.step]
        if step.evidence == "none" or each.done_on is None:
            continue
        advancing = tuple(entry for entry in entries if step.id in kinds.get(entry.kind, ()))
        if not any(entry.reference or (step.evidence == "note" and entry.note) for entry in advancing):
            wanted = tr.phrase(N_("note") if step.evidence == "note" else N_("file number"))
            yield Hint("F1", branch.code, (("step", step.name), ("evidence", wanted)), phase.phase, advancing)


def _entered_late(branch: BranchStanding, entries: Sequence[LogEntry]) -> Iterator[Hint]:
    """F2: recorded more than a week after it happened."""
    late = tuple(entry for entry in entries if (entry.recorded_on - entry.on).days > LATE_ENTRY_DAYS)
    if late:
        yield Hint("F2", branch.code, (("n", len(late)), ("days", LATE_ENTRY_DAYS)), entries=late)


def _all_on_one_day(plan: Plan, branch: BranchStanding, phase: PhaseStanding) -> Iterator[Hint]:
    """F3: half of a phase's required steps, and at least three, on one day or on the phase's last day."""
    after = {step.id for step in plan.steps if step.after_phase}
    steps = [each for each in phase.steps if each.required and each.step not in after]
    days = Counter(each.done_on for each in steps if each.done_on is not None)
    for day, number in days.most_common(1):
        if number >= _LEAST_ON_ONE_DAY and Fraction(number, len(steps)) >= _HALF:
            same = {each.step for each in steps if each.done_on == day}
            names = Listed(tuple(step.name for step in plan.steps if step.id in same))
            name = _phase_name(plan, phase.phase)
            values = (("n", number), ("m", len(steps)), ("phase", name), ("d", day), ("list", names))
            yield Hint("F3", branch.code, values, phase.phase)


def _exactly_all(plan: Plan, branch: Branch, standing: BranchStanding, entries: Sequence[LogEntry]) -> Iterator[Hint]:
    """F4: what had to be written came in to the last piece and not one more, while fewer than 80 % took part.

    Written work are the steps that count against a target and want a file number; two at least.
    """
    done = {each.step: each for phase in standing.phases for each in phase.steps}
    kinds = {kind.id: kind.advances for kind in plan.kinds}
    exact: list[Step] = []
    for step in plan.steps:
        if step.kind is not StepKind.COUNT or step.evidence != "reference" or step.id not in done:
            continue
        if done[step.id].standing.status not in FINISHED or done[step.id].done_on is None:
            continue
        own = [entry for entry in entries if entry.phase == step.phase and step.id in kinds.get(entry.kind, ())]
        total, wanted = count_of(plan, step, branch, own)
        if total != wanted:
            return
        exact.append(step)
    figures = attendance(plan, [branch], entries)
    expected = sum(each.expected for each in figures)
    took_part = sum(each.attended + each.made_up for each in figures)
    if len(exact) >= _LEAST_WRITTEN and expected and Fraction(took_part, expected) < _LOW_PARTICIPATION:
        names = Listed(tuple(step.name for step in exact))
        yield Hint("F4", branch.code, (("list", names), ("p", 100 * took_part // expected)))


def _nobody_asked(plan: Plan, branch: BranchStanding, entries: Sequence[LogEntry]) -> Iterator[Hint]:
    """F7: a phase has ended without an opinion and without a round in which none was received."""
    for cell in obligation_matrix(plan, branch, entries):
        if cell.obligation is Obligation.ASK and cell.state is CellState.MISSED:
            yield Hint("F7", branch.code, (("phase", _phase_name(plan, cell.phase)),), cell.phase)


def _verified_at_once(branch: str, cases: Sequence[CaseStanding]) -> Iterator[Hint]:
    """F8: three or more cases of a branch, all verified on one day; or one by its owner's own role."""
    verified = [each.case for each in cases if each.case.state == _VERIFIED]
    days = {event.on for case in verified if (event := case.last(_VERIFY))}
    numbers = tuple(case.no for case in verified)
    if len(verified) >= _LEAST_VERIFIED and len(days) == 1:
        yield Hint("F8", branch, (("why", tr.phrase(N_("all on {d}"), d=min(days))),), cases=numbers)
    own = tuple(case.no for case in verified if (event := case.last(_VERIFY)) and same_role(event.role, case.owner))
    if own:
        why = tr.phrase(N_("by the role that had to make them"))
        yield Hint("F8", branch, (("why", why),), cases=own)


def _never_rated(branch: str, cases: Sequence[CaseStanding]) -> Iterator[Hint]:
    """F10: five or more answers, and all of them closed because nobody rated them."""
    answers = [each.case for each in cases if each.case.kind == _ANSWER]
    if len(answers) >= _LEAST_UNRATED and all(case.state == _UNRATED for case in answers):
        numbers = tuple(case.no for case in answers)
        yield Hint("F10", branch, (("n", len(answers)),), cases=numbers)


def _same_titles(plan: Plan, entries: Sequence[LogEntry]) -> Iterator[Hint]:
    """F9: two branches gave the same title to something that should be their own."""
    kinds = {kind.id for kind in plan.kinds if kind.distinct}
    by_title: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if entry.kind in kinds and (title := tightly_folded(entry.note)):
            by_title.setdefault(title, []).append(entry)
    for same in by_title.values():
        codes = tuple(dict.fromkeys(entry.branch for entry in same))
        if len(codes) > 1:
            values = (("title", same[0].note), ("list", Listed(codes)))
            yield Hint("F9", codes[0], values, entries=tuple(same))


def _phase_name(plan: Plan, phase_id: str) -> I18n:
    phase = plan.phase(phase_id)
    return phase.name if phase is not None else I18n(en=phase_id)
