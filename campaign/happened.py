"""What happened at a branch: its log, and the survey sessions that were held and posted here.

A session is in no log: what it meets, advances and decides follows from the session itself, as entries that nobody has
to write (:class:`SurveyEntry`). Whoever wrote them all the same, as it was done before or for a survey that was held
elsewhere, has counted nothing twice: the entry of a survey's day stands for the session of that day, and an entry that
makes a result public counts as far as no session here says otherwise (:func:`contradictions`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from campaign.errors import Problem
from campaign.held import HeldSurvey
from campaign.kinds import EntryKind, Obligation
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.ports import Happening

RECHECK, RESULT = "recheck", "result"
"""Effects of kinds of entry."""
_FINAL = "final"


class SurveyEntry(LogEntry):
    """What a session amounts to. It is made anew whenever it is needed, and kept nowhere."""

    survey: Literal["final", "pulse", "recheck", "result"]
    """Which survey was held, or that a final one's result is public."""
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds of entry that the plan has for surveys; None where it has none."""

    final: EntryKind | None
    pulse: EntryKind | None
    recheck: EntryKind | None
    result: EntryKind | None

    @classmethod
    def of(cls, plan: Plan) -> "_Kinds":
        """The final survey's is the one in the phase of its result, or else the one with the last step."""
        judging = [kind for kind in plan.kinds if kind.obligation is Obligation.JUDGE and kind.effect != RECHECK]
        result = next((kind for kind in plan.kinds if kind.effect == RESULT), None)
        phases = {step.phase for step in plan.steps if result and step.id in result.advances}
        order = {step.id: place for place, step in enumerate(plan.steps)}
        last = max(
            judging, key=lambda kind: max((order.get(each, -1) for each in kind.advances), default=-1), default=None
        )
        beside = (
            kind for kind in judging if any(each.phase in phases and each.id in kind.advances for each in plan.steps)
        )
        final = next(beside, last)
        return cls(
            final=final,
            pulse=next((kind for kind in judging if kind is not final), None),
            recheck=next((kind for kind in plan.kinds if kind.effect == RECHECK), None),
            result=result,
        )


def happened(store: Happening, branch: str | None = None) -> Sequence[LogEntry]:
    """The log of all branches, or of one, with what sessions amount to; StoreError."""
    return with_surveys(store.plan(), store.entries(branch), store.held_surveys(branch))


def with_surveys(plan: Plan, entries: Sequence[LogEntry], held: Sequence[HeldSurvey]) -> Sequence[LogEntry]:
    """``entries`` with what ``held`` amounts to behind them.

    An entry that a session contradicts stays, and does nothing: it is of no kind any more.
    """
    if not held:
        return entries
    finals = _finals(held)
    public = {kind.id for kind in plan.kinds if kind.effect == RESULT}
    own = [
        each.model_copy(update={"kind": ""})
        if each.kind in public and _standing_for(each, finals.get(each.branch, ())) is _Word.AGAINST
        else each
        for each in entries
    ]
    known = {(each.branch, each.kind, each.on, each.outcome) for each in own}
    kinds = _Kinds.of(plan)
    made = (entry for survey in held for entry in _entries_of(plan, kinds, survey))
    new = (each for each in made if not each.kind or (each.branch, each.kind, each.on, each.outcome) not in known)
    return [*own, *new]


def contradictions(plan: Plan, entries: Iterable[LogEntry], held: Sequence[HeldSurvey]) -> Iterator[Problem]:
    """What entries that make a result public say, and no session here, or another one: M171, M172, M173."""
    public = {kind.id for kind in plan.kinds if kind.effect == RESULT}
    finals, surveyed = _finals(held), any(survey.kind == _FINAL for survey in plan.surveys)
    for entry in entries:
        if entry.kind not in public:
            continue
        sessions = finals.get(entry.branch, ())
        word, about = _standing_for(entry, sessions), [each for each in sessions if each.on <= entry.on]
        if word is _Word.ALONE and surveyed:
            yield Problem("M171", {"d": entry.on}, "kind")
        elif word is _Word.AGAINST and (posted := [each for each in about if each.posted_on]):
            newest = max(posted, key=lambda each: each.posted_on or each.on)
            yield Problem("M172", {"d": entry.on, "id": newest.session, "on": newest.posted_on}, "outcome")
        elif word is _Word.AGAINST:
            yield Problem("M173", {"d": entry.on, "id": about[-1].session}, "kind")


class _Word(StrEnum):
    """What the sessions here say of an entry that makes a result public."""

    ALONE = "alone"
    """Nothing: none was held by then. The survey was held elsewhere."""
    FOR = "for"
    AGAINST = "against"
    """It is not posted, or on another day, or says something else."""


def _standing_for(entry: LogEntry, finals: Sequence[HeldSurvey]) -> _Word:
    about = [each for each in finals if each.on <= entry.on]
    if not about:
        return _Word.ALONE
    same = any(each.posted_on == entry.on and entry.outcome in ("", each.outcome.value) for each in about)
    return _Word.FOR if same else _Word.AGAINST


def _finals(held: Iterable[HeldSurvey]) -> dict[str, list[HeldSurvey]]:
    found: dict[str, list[HeldSurvey]] = {}
    for each in held:
        if each.kind == _FINAL:
            found.setdefault(each.branch, []).append(each)
    return found


def _entries_of(plan: Plan, kinds: _Kinds, survey: HeldSurvey) -> Iterator[SurveyEntry]:
    if survey.counted:
        kind = {"final": kinds.final, "pulse": kinds.pulse, "recheck": kinds.recheck}[survey.kind]
        yield _entry(plan, kind, survey, survey.kind, survey.on)
    if survey.posted_on is not None and survey.kind == _FINAL:
        yield _entry(plan, kinds.result, survey, "result", survey.posted_on)


def _entry(
    plan: Plan,
    kind: EntryKind | None,
    survey: HeldSurvey,
    sort: Literal["final", "pulse", "recheck", "result"],
    on: date,
) -> SurveyEntry:
    """Not validated: where the plan has no kind for it, it is of none."""
    meets = Obligation.INFORM if sort == "result" else Obligation.JUDGE
    return SurveyEntry.model_construct(
        kind=kind.id if kind else "",
        branch=survey.branch,
        phase=_phase(plan, kind, survey.branch, on),
        on=on,
        outcome=survey.outcome.value if sort == "result" else "",
        reference=survey.session,
        recorded_on=on,
        survey=sort,
        obligation=kind.obligation if kind and kind.obligation is not Obligation.NONE else meets,
    )


def _phase(plan: Plan, kind: EntryKind | None, code: str, on: date) -> str:
    """Of the phases with steps that the kind advances (without any: of all), the last that had begun by the plan."""
    own = {step.phase for step in plan.steps if kind and step.id in kind.advances}
    phases = [phase.id for phase in plan.phases if not own or phase.id in own]
    branch = plan.branch(code)
    planned = {phase: branch.schedule.get(phase) for phase in phases} if branch else {}
    begun = [phase for phase in phases if (days := planned.get(phase)) is None or days.start <= on]
    return (begun or phases)[-1 if begun else 0]
