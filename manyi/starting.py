"""Starting a campaign in an empty data folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign.cases import Case
from campaign.errors import BadInput, Problem, Refused, StoreError
from campaign.i18n import I18n
from campaign.language import N_
from campaign.loading import Loaded, load_plan
from campaign.log import AuditEntry, LogEntry
from campaign.plan import Plan
from campaign.samples import sample_cases, sample_log, sample_plan
from db import open_store
from db.keys import paper_key
from manyi.settings import Settings
from manyi.texts import tr
from surveys.desk import freeze_questionnaires
from surveys.ports import Store
from surveys.samples import SampleSession, sample_sessions
from surveys.samples.keeping import keep_sample_sessions


@dataclass(frozen=True, slots=True)
class Started:
    """A campaign that has been started."""

    plan: Plan
    warnings: Sequence[Problem]
    """What is worth another look, though it was kept."""


def start_from_sample(settings: Settings, name: str) -> Started:
    """Start from a shipped sample with its log, its cases and its counted surveys."""
    return _start(settings, sample_plan(name), sample_log(name), sample_cases(name), surveys=sample_sessions(name))


def start_from_file(settings: Settings, source: Path) -> Started:
    """Start from a campaign file with an empty log; its questionnaires lie beside it or are shipped."""
    if source.suffix.lower() != ".toml":
        raise BadInput(Problem("M03", {"path": source, "why": tr.phrase(N_("a campaign file ends in .toml"))}))
    return _start(settings, load_plan(source), [], [], source.parent)


def _start(
    settings: Settings,
    loaded: Loaded,
    entries: Sequence[LogEntry],
    cases: Sequence[Case],
    base: Path | None = None,
    surveys: Sequence[SampleSession] = (),
) -> Started:
    """Keep plan, questionnaires, log, cases and surveys in one commit; Refused M09 if there is one already."""
    settings.data.parent.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.data, create=True)
    try:
        if title := _title(store):
            raise Refused(Problem("M09", {"path": settings.data, "title": title}))
        if surveys:
            paper_key(settings.data)  # forms of theirs are out
        with store.transaction():
            store.save_plan(loaded.plan, _started(loaded.plan, settings.day(loaded.plan)))
            freeze_questionnaires(store, loaded.plan, base)
            store.add_entries(entries)
            for case in cases:
                store.save_case(case, ())
            keep_sample_sessions(store, loaded.plan, surveys, settings.day(loaded.plan))
    finally:
        store.close()
    return Started(loaded.plan, loaded.warnings)


def _title(store: Store) -> I18n | None:
    """The title of the campaign in the store; None in a store without one, as a start that failed leaves it."""
    try:
        return store.plan().campaign.title
    except StoreError as error:
        if error.code != "M01":
            raise
        return None


def _started(plan: Plan, day: date) -> AuditEntry:
    return AuditEntry(on=day, role="staff", entity=f"campaign {plan.campaign.id}", field="plan", new="started")
