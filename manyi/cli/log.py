"""Commands about the log: what happened, and what was corrected."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from campaign.audit_words import is_about
from campaign.correcting import correct_entry, take_back_entry
from campaign.language import N_, listed
from campaign.recording import record_numbered
from manyi.cli.audit_tables import audit_lines
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import CodeType, DayType, IdType, json_option, role_option, settings_of
from manyi.cli.tables import log_lines
from manyi.console import say, say_json, tell, tell_problems, terminal_cells
from manyi.log_entries import changed_entry, logged_entry, new_entry, wanted_entries
from manyi.settings import Settings
from manyi.texts import tr
from manyi.wiring import opened
from surveys.entry import clean_text

F = TypeVar("F", bound=Callable[..., None])


def entry_options(phase: str, day: str) -> Callable[[F], F]:
    """What an entry says, beside its kind and branch; ``phase`` and ``day`` are what those two options are for."""
    options = (
        click.option("--phase", type=IdType(), help=phase),
        click.option("--on", "day", type=DayType(), help=day),
        click.option("--count", "counts", multiple=True, help=N_("A count, NAME=3 or GROUP.NAME=3; may be repeated.")),
        click.option(
            "--choice",
            "choices",
            multiple=True,
            help=N_("What the kind lets choose, for example time_band=spare; may be repeated."),
        ),
        click.option("--code", help=N_("Which help it is about: a short code such as H07, never a name.")),
        click.option("--planned", type=DayType(), help=N_("The day by which planned help is to be given.")),
        click.option("--leader", type=CodeType(), help=N_("Code of the contact official it is about, for example L3.")),
        click.option(
            "--case",
            help=N_("The case it is about, for kinds that name one: its number, or the file number of help given."),
        ),
        click.option("--hours", help=N_("How long it took, in hours.")),
        click.option("--outcome", type=IdType(), help=N_("Outcome, for kinds that have one.")),
        click.option("--reference", help=N_("Shelf or file number of the evidence.")),
        click.option("--note", help=N_("A short note, without names or phone numbers.")),
        click.option("--yes", is_flag=True, help=N_("Confirm what would be asked about.")),
    )

    def with_options(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


@click.group(cls=HelpfulGroup, help=N_("The log: everything that happened."))
def log() -> None:
    """Group of the log's commands."""


@log.command("list", help=N_("Entries of the log with their numbers, oldest first."))
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@click.option("--kind", type=IdType(), help=N_("Only this kind of entry, an id of the plan."))
@click.option("--phase", type=IdType(), help=N_("Only this phase, an id of the plan."))
@click.option("--from", "first", type=DayType(), help=N_("Only what happened on this day or later."))
@click.option("--to", "last", type=DayType(), help=N_("Only what happened on this day or earlier."))
@json_option
@click.pass_context
def log_list(context: click.Context, /, *, as_json: bool, **wanted: Any) -> None:  # noqa: ANN401  # the options, by name
    """Print the log."""
    settings = settings_of(context)
    with opened(settings) as house:
        found = wanted_entries(house, wanted)
        if as_json:
            entries = [{"number": each.number, **each.entry.model_dump(mode="json")} for each in found]
            say_json({"entries": entries})
            return
        for line in log_lines(house.plan, found, settings.lang):
            say(line)


@log.command("audit", help=N_("What was changed in the plan, the log, cases and sessions, oldest first."))
@click.option("--of", "entity", help=N_("Only changes of this, for example “log 12” or “case R-B03-007”."))
@json_option
@click.pass_context
def log_audit(context: click.Context, entity: str | None, as_json: bool) -> None:
    """Print the audit: day, role, what, from what to what, why."""
    settings = settings_of(context)
    with opened(settings) as house:
        plan = house.plan
        audits = [each for each in house.store.audits() if entity is None or is_about(plan, each, entity)]
    if as_json:
        say_json({"audit": audits})
        return
    for line in audit_lines(plan, audits, settings.lang, terminal_cells()):
        say(line)


@log.command(
    "add",
    help=N_(
        "Add an entry. Counts as NAME=3, counts of a member group as GROUP.NAME=3; what the kinds take is in the plan. "
        "Of people who are hard to reach an entry counts those that no earlier one has counted. "
        "With --from all entries of a list (.xlsx) that “manyi log template” wrote, or none."
    ),
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help=N_("A list that was filled in (.xlsx); only --role and --yes go with it."),
)
@click.option("--kind", type=IdType(), help=N_("Kind of entry, an id of the plan."))
@click.option("--branch", type=CodeType(), help=N_("Branch, for example B01."))
@entry_options(
    N_("Phase, an id of the plan; without it a new entry goes by its day."),
    N_("The day it happened; without it today."),
)
@click.option("--role", default="", help=N_("Role of who records it, never a name."))
@click.pass_context
def log_add(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Check and keep one log entry, or those of a list."""
    settings = settings_of(context)
    if typed["source"] is not None:
        _add_list(settings, typed)
        return
    if missing := [f"--{name}" for name in ("kind", "branch") if typed[name] is None]:
        raise click.UsageError(tr(settings.lang, "Give {options}.", options=listed(missing, settings.lang)))
    with opened(settings) as house:
        today = house.today()
        entry = new_entry(house, typed, today)
        recorded = record_numbered(house.store, [entry], today, confirmed=typed["yes"])
    tell_problems(recorded.warnings, settings.lang)
    for each in recorded.entries:
        values = {"n": each.number, "kind": entry.kind, "branch": entry.branch, "day": entry.on}
        tell(tr(settings.lang, "Recorded as entry {n}: {kind}, {branch}, {day}", **values))


def _add_list(settings: Settings, typed: Mapping[str, Any]) -> None:
    """Keep the entries of a list."""
    others = [name for name, value in typed.items() if value and name not in ("source", "role", "yes")]
    if others:
        raise click.UsageError(tr(settings.lang, "With --from only --role and --yes can be given."))
    from manyi.log_workbook import record_file  # noqa: PLC0415  # reading workbooks takes long to import

    with opened(settings) as house:
        given, done = record_file(house, typed["source"], clean_text(typed["role"]), confirmed=typed["yes"])
    tell_problems([*given.warnings, *done.warnings], settings.lang)
    numbers = ", ".join(map(str, done.numbers))
    tell(
        tr.plural(
            settings.lang,
            "{n} entry recorded: number {numbers}.",
            "{n} entries recorded: numbers {numbers}.",
            len(done.numbers),
            numbers=numbers,
        )
    )
    if given.left_alone:
        tell(tr.plural(settings.lang, "{n} row was not filled in.", "{n} rows were not filled in.", given.left_alone))


@log.command(
    "template", help=N_("Write an empty list (.xlsx) for one kind of entry, to be filled in and added with --from.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=IdType(), required=True, help=N_("Kind of entry, an id of the plan."))
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@click.option("--force", is_flag=True, help=N_("Overwrite the file if there is one."))
@click.pass_context
def log_template(context: click.Context, file: Path, kind: str, branch: str | None, force: bool) -> None:
    """Write a list with a row for each branch."""
    from manyi.log_workbook import write_template  # noqa: PLC0415  # writing workbooks takes long to import

    settings = settings_of(context)
    with opened(settings) as house:
        write_template(house, file, kind, branch, force=force)
    tell(
        tr(
            settings.lang,
            "Written: {path}. When it is filled in: manyi log add --from {name}",
            path=file,
            name=file.name,
        )
    )


@log.command(
    "correct",
    help=N_(
        "Correct an entry by its number: only what is given changes, an empty value takes it away (--count NAME=). "
        "What was there before stays in the audit."
    ),
)
@click.argument("number", metavar="NUMBER")
@click.option("--kind", type=IdType(), help=N_("Kind of entry, an id of the plan."))
@click.option("--branch", type=CodeType(), help=N_("Branch, for example B01."))
@entry_options(N_("Another phase, an id of the plan; without it as it was."), N_("Another day; without it as it was."))
@click.option("--reason", required=True, help=N_("Why it is corrected."))
@role_option
@click.pass_context
def log_correct(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep another entry in place of the one with the number."""
    settings = settings_of(context)
    with opened(settings) as house:
        seen = logged_entry(house, typed["number"])
        entry = changed_entry(house, seen.entry, typed)
        if entry == seen.entry:
            raise click.UsageError(tr(settings.lang, "Say what is to be different in the entry."))
        warnings = correct_entry(
            house.store,
            seen,
            entry,
            clean_text(typed["reason"]),
            clean_text(typed["role"]),
            house.today(),
            confirmed=typed["yes"],
        )
    tell_problems(warnings, settings.lang)
    tell(tr(settings.lang, "Corrected: entry {n}. What was there before stays in the audit.", n=seen.number))


@log.command("take-back", help=N_("Take an entry out of the log on the day of its recording; it stays in the audit."))
@click.argument("number", metavar="NUMBER")
@click.option("--reason", required=True, help=N_("Why it is taken back."))
@role_option
@click.pass_context
def log_take_back(context: click.Context, number: str, reason: str, role: str) -> None:
    """Remove one log entry."""
    settings = settings_of(context)
    with opened(settings) as house:
        seen = logged_entry(house, number)
        take_back_entry(house.store, seen, clean_text(reason), clean_text(role), house.today())
    tell(tr(settings.lang, "Taken back: entry {n}. It stays in the audit.", n=seen.number))
