"""The overview of a campaign, kept in step with its store: only branches where something has changed are gone over.

What has been done at a branch (:class:`campaign.work.BranchWork`) follows from its entries and survey sessions, from
the rules, and from what the plan says of it. It is remembered with the mark of what happened and with fingerprints of
the other two, and used only as long as all three are the same. So it never needs to be thrown away in time, and may be
thrown away at any.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from campaign import errands as errand_rules
from campaign import happened as happening
from campaign import held, helping, kinds, log, phase_rules, progress, reaching, record, settings, survey_facts, work
from campaign import plan as plans
from campaign.branches import BranchJudge
from campaign.errands import ErrandRules, Errands, errands_of
from campaign.findings import found_by
from campaign.happened import happened
from campaign.heap import many_objects
from campaign.overview import DueFinder, overview
from campaign.plan import Branch, Plan
from campaign.ports import Marked
from campaign.running import RunningOverview
from campaign.standing import BranchStanding, DueItem, Overview
from campaign.told import Told
from campaign.visits import last_inspections
from campaign.work import BranchWork, Foreman, Found

MANY, SHARE = 20, 20
"""What was found is kept for other processes after so many branches, and at least one in so many."""
TRIES = 5
"""Readings after which a store that changes all the time is taken as it is."""
_RULES = (
    *(happening, held, kinds, log, phase_rules, plans, progress, reaching, record, settings, work),
    *(errand_rules, helping, survey_facts),
)
_DIGEST = 8


@dataclass(frozen=True, slots=True)
class KnownWork:
    """What has been done at a branch, and what that was found from."""

    mark: int
    """Of what happened at the branch; 0 if nothing ever did."""
    planned: str
    """Fingerprint of what the plan says of the branch, as far as it matters."""
    work: BranchWork


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of all branches."""

    rules: str
    """Fingerprint of the rules: of the plan without its branches, and of the code."""
    plan: int
    """Mark of the plan by which ``planned`` was found."""
    branches: Mapping[str, KnownWork]


NOTHING = Known("", 0, {})


class KnownFigures(Protocol):
    """Keeps what is known between runs. What it has lost or cannot read is found anew."""

    def read(self) -> Known:
        """What is kept; nothing if that cannot be read."""

    def keep(self, known: Known) -> None:
        """Keep it in place of what was there, if possible."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A branch on the day."""

    branch: Branch
    work: BranchWork
    standing: BranchStanding
    due: tuple[DueItem, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What all standings depend on beside the branch."""

    rules: str
    today: date
    judge_overdue: bool


class Figures:
    """The overview of one store. For one thread at a time.

    ``tries`` readings are made while the store keeps changing; one is enough for who looks again after every change.
    """

    def __init__(self, store: Marked, kept: KnownFigures, tries: int = TRIES) -> None:
        self._store, self._kept, self._tries = store, kept, tries
        self._known = NOTHING
        self._has_begun = False
        self._unkept = 0
        self._plan: Plan | None = None
        self._marks: Mapping[str, int] = {}
        self._planned_branches: Mapping[str, Branch] = {}
        self._in_full_for: Overview | None = None
        self._foreman: Foreman | None = None
        self._terms: _Terms | None = None
        self._judged: dict[str, _Judged] = {}
        self._changed: set[str] = set()
        """Branches that have been gone over since they were judged."""
        self._running: RunningOverview | None = None
        """What all branches come to, of those judged."""

    @property
    def plan(self) -> Plan:
        """The plan by which the newest overview was made."""
        return self._plan or self._store.plan()

    def overview(self, today: date, *, trust_today: bool = False) -> Overview:
        """How the campaign stands, as :func:`campaign.overview.overview` says of the plan and all entries."""
        marks = self._store.marks("happened")
        if marks is None or "" in marks:  # nobody knows whose entries have changed
            return self._in_full(today, trust_today=trust_today)
        if self._judged:
            return self._overview(marks, today, trust_today=trust_today)
        with many_objects():
            return self._overview(marks, today, trust_today=trust_today)

    def _overview(self, marks: Mapping[str, int], today: date, *, trust_today: bool) -> Overview:
        plan = self._catch_up(marks)
        recorded = () if trust_today else (each.work.recorded for each in self._known.branches.values())
        newest = max((day for day in recorded if day is not None), default=today)
        behind = newest if newest > today else None
        self._judge_for(_Terms(self._known.rules, today, behind is None))
        judge = BranchJudge.of(self._foreman_of(plan), today, judge_overdue=behind is None)
        return self._judge(judge).overview(behind)

    def _judge(self, judge: BranchJudge) -> RunningOverview:
        """All branches as they stand; only those that have changed are judged anew."""
        known, plan, running = self._known.branches, judge.foreman.plan, self._running
        due = DueFinder.of(plan, judge.judging.today)
        if running is None:
            judged = [self._stands(judge, due, each, known[each.code].work) for each in plan.active_branches]
            stands, owed = (each.standing for each in judged), (each.due for each in judged)
            running = RunningOverview(plan, stands, owed, judge.judging.today)
            self._judged = {each.branch.code: each for each in judged}
        else:
            for code in self._changed & self._judged.keys():
                now = self._stands(judge, due, self._planned_branches[code], known[code].work)
                running.replace(now.standing, now.due)
                self._judged[code] = now
        self._running, self._changed = running, set()
        return running

    def inspected(self, overview: Overview) -> Mapping[str, date]:
        """The day of the last inspection of each branch that had any, for the newest ``overview``."""
        found, today = {}, overview.day
        if self._in_full_for is overview:
            return last_inspections(self.plan, self._store.entries(), today)
        for code, judged in self._judged.items():
            last = judged.work.inspected
            if last is not None and last > today:
                last = last_inspections(self.plan, self._store.entries(code), today).get(code)
            if last is not None:
                found[code] = last
        return found

    def errands(self, overview: Overview) -> Mapping[str, Errands]:
        """The errands of every branch, for the newest ``overview``."""
        today = overview.day
        if self._in_full_for is overview:
            return errands_of(self.plan, happened(self._store), today)
        rules, found = ErrandRules.of(self.plan), {}
        for code, judged in self._judged.items():
            newest = judged.work.newest
            if newest is not None and newest > today:
                here = (entry for entry in happened(self._store, code) if entry.on <= today)
                found[code] = rules.errands(here)
            else:
                found[code] = judged.work.errands
        return found

    def found(self, overview: Overview) -> Mapping[str, Found]:
        """What the inspections of each branch found, for the newest ``overview``, days after it too."""
        if self._in_full_for is overview:
            return found_by(self.plan, self._store.entries())
        return {code: judged.work.found for code, judged in self._judged.items() if judged.work.found}

    def told(self, overview: Overview) -> Told:
        """All of that."""
        return Told(self.inspected(overview), self.errands(overview), self.found(overview))

    def _in_full(self, today: date, *, trust_today: bool) -> Overview:
        self._plan = self._store.plan()
        self._in_full_for = overview(self._plan, happened(self._store), today, trust_today=trust_today)
        return self._in_full_for

    def _catch_up(self, marks: Mapping[str, int]) -> Plan:
        """Go over the branches that have changed, until nothing changes meanwhile; the plan.

        Marks are older than what is read: what comes in between is noticed next time.
        """
        if not self._has_begun:
            self._known, self._has_begun = self._kept.read(), True
        for again in range(self._tries):
            mark, plan = self._planned()
            marks = (self._store.marks("happened") or {}) if again else marks
            if plan is self._plan and marks == self._marks:
                break
            self._go_over(plan, mark, marks)
        if self._unkept >= max(MANY, len(self._known.branches) // SHARE):
            self._kept.keep(self._known)
            self._unkept = 0
        return plan

    def _go_over(self, plan: Plan, mark: int, marks: Mapping[str, int]) -> None:
        known, is_other = self._known, plan is not self._plan
        codes = {**marks, **dict.fromkeys(branch.code for branch in plan.branches)}.keys() if is_other else marks.keys()
        if is_other and (rules := rules_of(plan)) != known.rules:
            known = Known(rules, 0, {})
        before_of = self._marks.get
        looked_at = codes if is_other else [code for code, now in marks.items() if before_of(code) != now]
        is_planned = mark and mark == known.plan
        branches = {branch.code: branch for branch in plan.branches} if is_other else self._planned_branches
        found, foreman = {}, self._foreman_of(plan)
        for code in looked_at:
            before, now, branch = known.branches.get(code), marks.get(code, 0), branches.get(code)
            if before is not None and before.mark == now and (is_planned or before.planned == _planned_of(branch)):
                continue
            found[code] = KnownWork(now, _planned_of(branch), self._work(foreman, branch, code))
        kept = {code: each for code, each in known.branches.items() if code in codes} if is_other else known.branches
        self._known = Known(known.rules, mark, {**kept, **found})
        self._plan, self._marks, self._planned_branches = plan, marks, branches
        self._running = None if is_other else self._running
        self._changed |= found.keys()
        self._unkept += len(found)

    def _planned(self) -> tuple[int, Plan]:
        """The plan with its mark."""
        while True:
            before = self._store.marks("plan")
            plan = self._store.plan()
            if before == self._store.marks("plan"):
                return (before or {}).get("", 0), plan

    def _work(self, foreman: Foreman, branch: Branch | None, code: str) -> BranchWork:
        entries = happened(self._store, code)
        if branch is not None:
            return foreman.work(branch, entries)
        days = [entry.recorded_on for entry in entries]  # of a branch that the plan has not: only the clock is told
        return BranchWork(len(days), None, max(days, default=None), None, ())

    def _foreman_of(self, plan: Plan) -> Foreman:
        if self._foreman is None or self._foreman.plan is not plan:
            self._foreman = Foreman.of(plan)
        return self._foreman

    def _judge_for(self, terms: _Terms) -> None:
        """Other terms: every standing is another."""
        if terms != self._terms:
            self._terms, self._judged, self._running = terms, {}, None

    def _stands(self, judge: BranchJudge, due: DueFinder, branch: Branch, done: BranchWork) -> _Judged:
        """The branch on the day; what lies after the day is left out, unless the log is believed and not the day."""
        before, today = self._judged.get(branch.code), judge.judging.today
        if before is not None and before.work is done and (before.branch is branch or before.branch == branch):
            return before
        counted = done
        if judge.judging.judge_overdue and done.newest is not None and done.newest > today:
            entries = [entry for entry in happened(self._store, branch.code) if entry.on <= today]
            counted = judge.foreman.work(branch, entries)
        standing = judge.standing(branch, counted)
        return _Judged(branch, done, standing, due.due_in(standing))


def rules_of(plan: Plan) -> str:
    """Fingerprint of all that the work at a branch follows from beside the branch: the plan's rules and the code."""
    digest = hashlib.blake2b(plan.model_copy(update={"branches": ()}).model_dump_json().encode(), digest_size=_DIGEST)
    for text in _sources():
        digest.update(text)
    return digest.hexdigest()


def _sources() -> Iterator[bytes]:
    for module in _RULES:
        yield Path(str(module.__file__)).read_bytes()


def _planned_of(branch: Branch | None) -> str:
    if branch is None:
        return ""
    said = repr((branch.type, sorted(branch.members.items()), branch.targets))
    return hashlib.blake2b(said.encode(), digest_size=_DIGEST).hexdigest()
