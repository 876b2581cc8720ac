"""Starting a campaign in an empty data folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from surveys.register.model import Register
from surveys.register.samples import sample_register
from surveys.samples import SampleSession, sample_sessions
from surveys.samples.keeping import keep_sample_sessions


@dataclass(frozen=True, slots=True)
class Started:
    """A campaign that has been started."""

    plan: Plan
    warnings: Sequence[Problem]
    """What is worth another look, though it was kept."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a campaign holds from the start, beside its plan."""

    entries: Sequence[LogEntry] = ()
    cases: Sequence[Case] = ()
    register: Register = field(default_factory=Register)
    surveys: Sequence[SampleSession] = ()


def start_from_sample(settings: Settings, name: str) -> Started:
    """Start from a shipped sample with its log, its cases, its opinions and its counted surveys."""
    contents = Contents(sample_log(name), sample_cases(name), sample_register(name), sample_sessions(name))
    return _start(settings, sample_plan(name), contents)


def start_from_file(settings: Settings, source: Path) -> Started:
    """Start from a campaign file or a workbook with an empty log; its questionnaires lie beside it or are shipped."""
    suffix = source.suffix.lower()
    if suffix == ".xlsx":
        from manyi.plan_workbook import plan_book  # noqa: PLC0415  # reading workbooks takes long to import

        book = plan_book(source)
        return _start(settings, Loaded(book.plan, book.warnings), Contents(), source.parent)
    if suffix != ".toml":
        why = tr.phrase(N_("a campaign file ends in .toml, a workbook in .xlsx"))
        raise BadInput(Problem("M03", {"path": source, "why": why}))
    return _start(settings, load_plan(source), Contents(), source.parent)


def _start(settings: Settings, loaded: Loaded, contents: Contents, base: Path | None = None) -> Started:
    """Keep all of it in one commit; Refused M09 where there is a campaign already."""
    settings.data.parent.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.data, create=True)
    try:
        with store.transaction():  # two starts at once: the second one waits here, and then finds the first one's
            if title := _title(store):
                raise Refused(Problem("M09", {"path": settings.data, "title": title}))
            if contents.surveys:
                paper_key(settings.data)  # forms of theirs are out
            store.save_plan(loaded.plan, _started(loaded.plan, settings.day(loaded.plan)))
            freeze_questionnaires(store, loaded.plan, base)
            store.add_entries(contents.entries)
            for case in contents.cases:
                store.save_case(case, ())
            register = contents.register
            store.save_register([*register.heard.values()], [*register.items.values()], (), ())
            keep_sample_sessions(store, loaded.plan, contents.surveys, settings.day(loaded.plan))
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
