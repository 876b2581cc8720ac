"""What the log of a branch says of things that are owed one by one: visits, promised help, a survey once more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from campaign.happened import RECHECK, RESULT, SurveyEntry
from campaign.helping import HELP, fold_help
from campaign.log import LogEntry
from campaign.plan import Plan
from campaign.survey_facts import survey_facts

VISIT = "visit"
"""Effect of the kinds of entry that are visits of a contact official."""


@dataclass(frozen=True, slots=True)
class Errands:
    """Of one branch, by its entries up to a day."""

    visited: tuple[str, ...] = ()
    """Ids of the phases in which a contact official has visited, in the order of their names."""
    promised: tuple[tuple[str, date], ...] = ()
    """Help that is planned and not given yet: its code, and the day by which it is to be given."""
    recheck: bool = False
    """Whether the final survey's result is below the threshold and no survey was held since."""


NO_ERRANDS = Errands()


@dataclass(frozen=True, slots=True)
class ErrandRules:
    """The kinds of entry that errands follow from, looked up once for all branches."""

    plan: Plan
    visits: frozenset[str]
    help: frozenset[str]
    surveys: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> "ErrandRules":
        """By the kinds of ``plan``."""

        def kinds(*effects: str) -> frozenset[str]:
            return frozenset(kind.id for kind in plan.kinds if kind.effect in effects)

        return cls(plan, kinds(VISIT), kinds(HELP), kinds(RESULT, RECHECK))

    def errands(self, entries: Iterable[LogEntry]) -> Errands:
        """Of one branch, whose ``entries`` these are."""
        visited: set[str] = set()
        helped: list[LogEntry] = []
        surveyed: list[LogEntry] = []
        for entry in entries:
            if entry.kind in self.visits:
                visited.add(entry.phase)
            elif entry.kind in self.help:
                helped.append(entry)
            elif entry.kind in self.surveys or type(entry) is SurveyEntry:
                surveyed.append(entry)
        if not (visited or helped or surveyed):
            return NO_ERRANDS
        return Errands(tuple(sorted(visited)), _promised(helped), _owes_recheck(self.plan, surveyed))


def errands_of(plan: Plan, entries: Iterable[LogEntry], today: date) -> Mapping[str, Errands]:
    """Of every branch that has any of the ``entries`` up to ``today``."""
    rules = ErrandRules.of(plan)
    by_branch: dict[str, list[LogEntry]] = {}
    for entry in entries:
        if entry.on <= today:
            by_branch.setdefault(entry.branch, []).append(entry)
    return {code: rules.errands(own) for code, own in by_branch.items()}


def _promised(helped: Sequence[LogEntry]) -> tuple[tuple[str, date], ...]:
    return tuple(
        (each.code, each.planned) for each in fold_help(helped) if each.planned is not None and each.done_on is None
    )


def _owes_recheck(plan: Plan, surveyed: Sequence[LogEntry]) -> bool:
    facts = survey_facts(plan, surveyed) if surveyed else None
    return facts is not None and facts.below and facts.rechecked_on is None
