"""The status report: what ``manyi status --json`` prints, and tables of it show."""

from datetime import date
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from campaign.errors import BadInput, Problem
from campaign.i18n import I18n
from campaign.language import Lang, Listed
from campaign.plan import Plan
from campaign.reaching import Reach
from campaign.standing import BranchStanding, Overview, PhaseStanding, Status

_MOST_DIGITS = 40


Day = date  # a field named ``date`` hides the type in what follows it


class ReportPart(BaseModel):
    """Base of the report's parts: frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HeadlineReport(ReportPart):
    """How many branches are on schedule. Always of the whole campaign."""

    on_schedule: int | None
    """Branches whose current phase is not overdue; null while the clock is behind."""
    branches: int
    """All active branches."""
    late: tuple[str, ...]
    """Codes of the others, in the order of the plan."""


class PhaseReport(ReportPart):
    """A phase of a branch."""

    id: str
    status: Status
    days: int
    """Days late (OVERDUE, DONE_LATE), otherwise days left until the planned end; 0 if finished."""
    behind: bool
    """Due soon, and behind the expected progress as well."""
    progress: float | None
    """Per cent with one decimal, rounded half up; null if the phase has no steps that count."""
    progress_exact: str | None
    """The same as an exact fraction of 1, for example ``39/50``."""
    planned: tuple[date, date]
    """First and last planned day."""
    actual: tuple[date | None, date | None]
    """First and last day in fact; null while unknown."""


class ReachReport(ReportPart):
    """Members who are hard to reach: how many were reached. ``members = reached + unreachable + untried``."""

    members: int
    reached: int
    unreachable: int
    """Tried, in vain."""
    untried: int
    """Not tried yet."""


class BranchReport(ReportPart):
    """A branch."""

    code: str
    name: str
    """In the language of the report."""
    status: Status
    days: int
    """As for a phase; of the phase or step that decides the branch's status."""
    behind: bool
    phase: str | None
    """Id of the current phase; null once all phases have ended."""
    progress: float
    """Per cent over all phases, by their weights."""
    progress_exact: str
    phases: tuple[PhaseReport, ...]
    reach: ReachReport


class StatusReport(ReportPart):
    """How the campaign stands on a day."""

    date: date
    headline: HeadlineReport
    branches: tuple[BranchReport, ...]
    """Active branches in the order of the plan, or the one that was asked for."""
    mean_progress: float
    """Mean of the progress of all active branches, per cent."""
    mean_progress_exact: str | None
    """An exact fraction of 1; null if it has more than 40 digits, which happens with hundreds of branches."""
    member_progress: float
    """The same, weighted by members."""
    member_progress_exact: str | None
    reach: ReachReport
    """Of all active branches."""
    clock_behind: Day | None
    """Day of the newest record if that lies after ``date`` (V80): then nothing is judged overdue; otherwise null."""


def status_report(plan: Plan, overview: Overview, lang: Lang, *, branch: str | None = None) -> StatusReport:
    """The report in ``lang``, with all branches or only the one with code ``branch``; BadInput M08 if there is none."""
    names = {each.code: each.name for each in plan.branches}
    shown = [each for each in overview.branches if branch is None or each.code == branch]
    if branch is not None and not shown:
        known = Listed(tuple(each.code for each in overview.branches))
        raise BadInput(Problem("M08", {"kind": plan.campaign.words.branch, "x": branch, "known": known}))
    return StatusReport(
        date=overview.day,
        clock_behind=overview.clock_behind,
        headline=HeadlineReport(
            on_schedule=overview.headline.on_schedule if overview.clock_behind is None else None,
            branches=overview.headline.branches,
            late=overview.headline.late,
        ),
        branches=tuple(_branch(each, names[each.code], lang) for each in shown),
        mean_progress=per_cent(overview.mean_progress),
        mean_progress_exact=_exact(overview.mean_progress),
        member_progress=per_cent(overview.member_progress),
        member_progress_exact=_exact(overview.member_progress),
        reach=_reach(overview.reach),
    )


def per_cent(share: Fraction) -> float:
    """``share`` of 1 in per cent with one decimal, rounded half up from the exact fraction."""
    return (share.numerator * 2000 + share.denominator) // (2 * share.denominator) / 10


def _exact(share: Fraction) -> str | None:
    """Denominators multiply; Python refuses to print thousands of digits, and nobody could use them."""
    return str(share) if share.denominator < 10**_MOST_DIGITS else None


def _branch(standing: BranchStanding, name: I18n, lang: Lang) -> BranchReport:
    return BranchReport(
        code=standing.code,
        name=name.text(lang),
        status=standing.standing.status,
        days=standing.standing.days,
        behind=standing.standing.behind,
        phase=standing.phase,
        progress=per_cent(standing.progress),
        progress_exact=str(standing.progress),
        phases=tuple(map(_phase, standing.phases)),
        reach=_reach(standing.reach),
    )


def _reach(reach: Reach) -> ReachReport:
    return ReachReport(
        members=reach.members, reached=reach.reached, unreachable=reach.unreachable, untried=reach.untried
    )


def _phase(standing: PhaseStanding) -> PhaseReport:
    return PhaseReport(
        id=standing.phase,
        status=standing.standing.status,
        days=standing.standing.days,
        behind=standing.standing.behind,
        progress=None if standing.progress is None else per_cent(standing.progress),
        progress_exact=None if standing.progress is None else str(standing.progress),
        planned=(standing.planned_start, standing.planned_end),
        actual=(standing.actual_start, standing.actual_end),
    )
