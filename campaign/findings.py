"""What inspections found, and which of it nobody has opened a case for yet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.case_opening import LATE_DAYS, VISITS
from campaign.case_tables import RELAPSE
from campaign.cases import Case
from campaign.language import Lang
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.standing import Standing
from campaign.status import owed_standing
from campaign.texts import tr
from campaign.work import Found, found_in


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """Findings of the inspections of a branch on one day that are no cases yet."""

    branch: str
    on: date
    number: int
    due: date
    """By when they are to be cases: so many days after the visit as a finding may be entered without a mark (V44)."""
    standing: Standing

    def text(self, lang: Lang) -> str:
        """In a sentence."""
        return findings_text(self.on, self.number, lang)


def findings_text(on: date, number: int, lang: Lang) -> str:
    """That so many findings of the inspection of the day are no cases yet."""
    return tr.plural(
        lang,
        "{n} finding of the inspection of {d} is no case yet",
        "{n} findings of the inspection of {d} are no cases yet",
        number,
        d=on,
    )


def found_by(plan: Plan, entries: Iterable[LogEntry]) -> Mapping[str, Found]:
    """What the inspections of each branch found, by day; branches where nothing was found are left out."""
    kinds = frozenset(kind.id for kind in plan.kinds if kind.effect == "inspection")
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if entry.kind in kinds:
            by_branch.setdefault(entry.branch, []).append(entry)
    found = {code: found_in(kinds, own) for code, own in by_branch.items()}
    return {code: each for code, each in found.items() if each}


def open_findings(
    plan: Plan, found: Mapping[str, Found], cases: Iterable[Case], today: date, *, judge_overdue: bool = True
) -> tuple[OpenFindings, ...]:
    """What was found up to ``today``, less the cases that come from it: by branch as in ``found``, then by day.

    A case comes from an inspection if its origin says so, or that it is from a look-back, and the matter was found on
    that day; and so does one that was verified before and reopened on that day.
    """
    taken = _taken_up(cases, found)
    opened = []
    for code, days in found.items():
        for on, number in days:
            left = number - taken[code, on]
            if left > 0 and on <= today:
                due = on + timedelta(days=LATE_DAYS)
                status = owed_standing(
                    start=on,
                    due=due,
                    window=plan.campaign.due_soon_days.visit,
                    today=today,
                    judge_overdue=judge_overdue,
                )
                opened.append(OpenFindings(code, on, left, due, status))
    return tuple(opened)


def _taken_up(cases: Iterable[Case], found: Mapping[str, Sequence[object]]) -> Counter[tuple[str, date]]:
    taken: Counter[tuple[str, date]] = Counter()
    for case in cases:
        if case.branch in found:
            days = {event.on for event in case.events if event.move == RELAPSE}
            if case.origin in VISITS:
                days.add(case.received_on)
            taken.update((case.branch, day) for day in days)
    return taken
