"""What is odd about a new entry beside what the log has already; it is kept, and said."""

from collections.abc import Iterator, Sequence

from campaign.entry_cases import unnamed_case
from campaign.errors import Problem
from campaign.folding import tightly_folded
from campaign.happened import RESULT, contradictions, happened
from campaign.log import LogEntry
from campaign.overview import branch_standing
from campaign.plan import Plan
from campaign.ports import CampaignStore
from campaign.transitions import end_problems
from campaign.work import APPROVED


def doubts(store: CampaignStore, plan: Plan, entries: Sequence[LogEntry]) -> Iterator[tuple[int, Problem]]:
    """M103 for a title that another branch has given before, M104 for an approval while required steps are open.

    M108 for help that names no case; M171 to M173 for a result that is not public by what was counted here.
    Each with the entry's number, from 1. To be called before ``entries`` are kept. Nothing is read from the store but
    for entries whose note is a title, for help, for approvals and for results.
    """
    titled = {kind.id for kind in plan.kinds if kind.distinct}
    gates = {kind.id for kind in plan.kinds if kind.effect == "gate"}
    results = {kind.id for kind in plan.kinds if kind.effect == RESULT}
    known: list[LogEntry] | None = None
    for number, entry in enumerate(entries, 1):
        if entry.kind in titled and entry.note.strip():
            known = [*store.entries_of(titled)] if known is None else known
            if (same := _same_title(known, entry)) is not None:
                values = {"x": entry.note.strip(), "code": same.branch, "d": same.on}
                yield number, Problem("M103", dict[str, object](values), "note")
            known.append(entry)
        if entry.kind in gates and entry.outcome == APPROVED:
            yield from ((number, problem) for problem in _open_steps(store, plan, entry))
        yield from ((number, problem) for problem in unnamed_case(store, plan, entry))
        if entry.kind in results:
            found = contradictions(plan, [entry], store.held_surveys(entry.branch))
            yield from ((number, problem) for problem in found)


def _same_title(known: Sequence[LogEntry], entry: LogEntry) -> LogEntry | None:
    wanted = tightly_folded(entry.note)
    return next((each for each in known if each.branch != entry.branch and tightly_folded(each.note) == wanted), None)


def _open_steps(store: CampaignStore, plan: Plan, entry: LogEntry) -> Iterator[Problem]:
    branch, phase = plan.branch(entry.branch), plan.phase(entry.phase)
    if branch is None or phase is None:
        return
    standing = branch_standing(plan, branch, happened(store, entry.branch), entry.recorded_on, trust_today=True)
    for found in end_problems(plan, standing, entry.phase):
        yield Problem("M104", {**found.values, "phase": phase.name}, "phase")
