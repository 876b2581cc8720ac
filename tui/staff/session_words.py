"""Sessions in words: what is asked about one, and what the hall is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaign.errors import Problem
from campaign.labels import branch_label, branch_phrase, survey_label, survey_phrase
from campaign.language import Lang
from campaign.plan import Plan
from surveys.headline import PublicResults
from surveys.session import SessionState
from surveys.shown import Shown
from tui.staff.ports import SessionLine, Snapshot
from tui.staff.result_words import rate_text
from tui.staff.texts import tr


@dataclass(frozen=True, slots=True)
class Posted:
    """The newest result of a branch that is public."""

    rate: str
    """Its satisfaction rate, as every table shows it."""
    on: date | None
    """The session's day."""


def newest_posted(sessions: Sequence[SessionLine], branch: str) -> SessionLine | None:
    """The newest session of the branch whose result is public and may be seen; a pulse survey is no verdict."""
    own = (each for each in reversed(sessions) if each.branch == branch and each.kind != "pulse")
    return next((each for each in own if each.state is SessionState.PUBLISHED and not each.hidden), None)


def posted_result(plan: Plan, results: PublicResults, branch: str) -> Posted | None:
    """The rate of a branch; None where there is none, or where it is hidden."""
    found = results.branches.get(branch)
    overall = found.figures.overall if found else None
    if found is None or overall is None or overall.satisfaction is None:
        return None
    said = rate_text(overall.satisfaction, None, plan.campaign.remedial_threshold_pct)
    return Posted(said, found.counted.session.on)


def session_name(plan: Plan, session: SessionLine, lang: Lang) -> str:
    """Whose it is, which survey, its number."""
    return f"{branch_label(plan, session.branch, lang)} · {survey_label(session.kind, lang)} · {session.id}"


def closing_question(plan: Plan, session: SessionLine) -> Problem:
    """M157: what is closed, and how many forms have come in."""
    values = {"name": branch_phrase(plan, session.branch), "survey": survey_phrase(session.kind), "id": session.id}
    return Problem("M157", {**values, "n": session.said(session.submitted)})


def hall_name(snapshot: Snapshot, shown: Shown, lang: Lang) -> str:
    """Which result the hall sees."""
    session = next((each for each in snapshot.sessions if each.id == shown.session), None)
    if session is not None:
        return session_name(snapshot.plan, session, lang)
    if not shown.kind:
        return shown.session
    whole = tr(lang, "all together")
    return f"{survey_label(shown.kind, lang)} · {whole}"


def replacing_question(snapshot: Snapshot, wanted: Shown, lang: Lang) -> Problem | None:
    """M165 where the hall sees another result; None where it sees none, or is to see none."""
    now = snapshot.hall.shown if snapshot.hall else None
    if now is None or now == wanted or not wanted.is_something:
        return None
    return Problem("M165", {"a": hall_name(snapshot, now, lang), "b": hall_name(snapshot, wanted, lang)})
