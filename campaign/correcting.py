"""Correcting and taking back log entries: what was there before stays in the audit."""

from collections.abc import Iterator, Sequence
from datetime import date

from campaign.case_checks import text_problems
from campaign.case_tables import REASON
from campaign.entry_cases import with_known_case
from campaign.errors import BadInput, Problem, Refused
from campaign.happened import contradictions
from campaign.language import N_
from campaign.log import MOST_ROLE, AuditEntry, LogEntry, Logged
from campaign.log_lines import dump_log
from campaign.ports import CampaignStore
from campaign.recording import check_entry
from campaign.rules import Severity
from campaign.state_rules import Deed, check_allowed
from campaign.texts import tr


def correct_entry(
    store: CampaignStore,
    seen: Logged,
    entry: LogEntry,
    reason: str,
    role: str,
    today: date,
    *,
    confirmed: bool = False,
) -> Sequence[Problem]:
    """Keep ``entry`` in place of ``seen``; the warnings. The day of recording stays, whatever ``entry`` says.

    The audit gets both, each as a line of a log file, with the reason. BadInput with every error of
    :func:`~campaign.recording.check_entry`, M51 without a reason, M06 without a role, V64; Refused with what asks for
    confirmation, unless ``confirmed``, M116 once the campaign is closed, and M53 if somebody else changed the entry
    meanwhile; StoreError.
    """
    with store.transaction():
        plan = store.plan()
        check_allowed(plan, Deed.RECORD)
        new = entry.model_copy(update={"recorded_on": seen.entry.recorded_on})
        new, unknown = (new, ()) if _same_case(seen.entry, new) else with_known_case(store, plan, new)
        problems = [*said_problems(reason, role), *check_entry(plan, new, today), *unknown]
        if errors := [problem for problem in problems if problem.rule.severity is Severity.ERROR]:
            raise BadInput(*errors)
        asked = [problem for problem in problems if problem.rule.severity is Severity.CONFIRM]
        if asked and not confirmed:
            raise Refused(*asked)
        _replace(store, seen, new, AuditEntry(on=today, role=role, entity="", field="entry", reason=reason.strip()))
        odd = contradictions(plan, [new], store.held_surveys(new.branch))
        return [*(problem for problem in problems if problem.rule.severity is Severity.WARNING), *odd]


def _same_case(old: LogEntry, new: LogEntry) -> bool:
    """Whether it names what it named before: a file number may have been corrected since."""
    return (old.case, old.branch) == (new.case, new.branch)


def take_back_entry(store: CampaignStore, seen: Logged, reason: str, role: str, today: date) -> None:
    """Remove ``seen`` from the log on the day of its recording; it stays in the audit.

    Refused M39 on a later day, M116, M53 if somebody else changed it meanwhile; BadInput M51 without a reason, M06
    without a role, V64; StoreError.
    """
    with store.transaction():
        check_allowed(store.plan(), Deed.RECORD)
        if problems := [*said_problems(reason, role)]:
            raise BadInput(*problems)
        if late := too_late(seen.entry, today):
            raise Refused(late)
        _replace(store, seen, None, AuditEntry(on=today, role=role, entity="", field="entry", reason=reason.strip()))


def too_late(entry: LogEntry, today: date) -> Problem | None:
    """M39 if ``entry`` can be taken back no more, because it was not recorded today."""
    return Problem("M39", {"d": entry.recorded_on}) if entry.recorded_on != today else None


def kept_problem(store: CampaignStore, seen: Logged, today: date) -> Problem | None:
    """Why ``seen`` cannot be taken back any more: M53 if it was changed or taken back meanwhile, otherwise M39."""
    if seen not in store.logged(seen.entry.branch):
        return _changed()
    return too_late(seen.entry, today)


def said_problems(reason: str, role: str) -> Iterator[Problem]:
    """Why, and by whom: a role, which is not too long. The place is ``reason`` or ``role``."""
    for problem in text_problems(reason, REASON):
        yield Problem(problem.code, problem.values, "reason")
    yield from role_problems(role)


def role_problems(role: str) -> Iterator[Problem]:
    """M06 without a role, V64 for one that is too long. The place is ``role``."""
    if not role.strip():
        yield Problem("M06", {"field": tr.phrase(N_("role"))}, "role")
    if len(role.strip()) > MOST_ROLE:
        yield Problem("V64", {"m": len(role.strip()), "n": MOST_ROLE}, "role")


def _replace(store: CampaignStore, seen: Logged, new: LogEntry | None, audit: AuditEntry) -> None:
    said = {
        "entity": f"log {seen.number}",
        "old": dump_log([seen.entry]).strip(),
        "new": dump_log([new]).strip() if new else "",
    }
    if not store.replace_entry(seen, new, audit.model_copy(update=said)):
        raise Refused(_changed())


def _changed() -> Problem:
    return Problem("M53", {"what": tr.phrase(N_("the entry"))})
