"""Commands about the campaign: start it, see how it stands, keep its log."""

from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from campaign.errors import BadInput, Problem
from campaign.labels import branch_word
from campaign.language import N_
from campaign.log import LogEntry
from campaign.recording import parse_count, parse_hours, record
from campaign.report import status_report
from campaign.samples import SAMPLES
from campaign.validation import findings_of
from manyi.cli.options import DayType, json_option, settings_of
from manyi.cli.tables import log_lines, status_lines
from manyi.console import say, say_json, tell, tell_problems
from manyi.starting import start_from_file, start_from_sample
from manyi.texts import tr
from manyi.wiring import opened


@click.command(help=N_("Start a campaign in the data folder, from a shipped sample or from a campaign file."))
@click.option("--sample", type=click.Choice(SAMPLES), help=N_("A shipped sample, with its log."))
@click.option("--from", "source", type=click.Path(path_type=Path), help=N_("A campaign file (TOML)."))
@click.pass_context
def init(context: click.Context, sample: str | None, source: Path | None) -> None:
    """Create the store and keep the plan in it; the folder must not hold a campaign yet."""
    settings = settings_of(context)
    if (sample is None) == (source is None):
        raise click.UsageError(tr(settings.lang, "Give either --sample or --from."))
    start = start_from_file(settings, source) if source else start_from_sample(settings, sample or "")
    tell_problems(start.warnings, settings.lang)
    tell(
        tr(
            settings.lang,
            "Started: {title} ({n} {branches}, {members} people) in {path}",
            title=start.plan.campaign.title,
            n=len(start.plan.branches),
            branches=branch_word(start.plan.campaign.words, len(start.plan.branches), settings.lang),
            members=sum(branch.total for branch in start.plan.branches),
            path=settings.data,
        )
    )


@click.command(help=N_("How the campaign stands: headline, branches, phases."))
@click.option("--branch", help=N_("Only this branch, for example B01."))
@json_option
@click.pass_context
def status(context: click.Context, branch: str | None, as_json: bool) -> None:
    """Print the status report."""
    settings = settings_of(context)
    with opened(settings) as house:
        if branch is not None:
            house.branch(branch)
        report = status_report(house.plan, house.overview(), settings.lang, branch=branch)
        if as_json:
            say_json(report)
            return
        for line in status_lines(house.plan, report, settings.lang):
            say(line)


@click.group(help=N_("The log: everything that happened."))
def log() -> None:
    """Group of the log's commands."""


@log.command("list", help=N_("Entries of the log, oldest first."))
@click.option("--branch", help=N_("Only this branch, for example B01."))
@json_option
@click.pass_context
def log_list(context: click.Context, branch: str | None, as_json: bool) -> None:
    """Print the log."""
    settings = settings_of(context)
    with opened(settings) as house:
        if branch is not None:
            house.branch(branch)
        entries = house.store.entries(branch)
        if as_json:
            say_json({"entries": [entry.model_dump(mode="json") for entry in entries]})
            return
        for line in log_lines(house.plan, entries, settings.lang):
            say(line)


@log.command("add", help=N_("Add an entry. Counts as NAME=3, counts of a member group as GROUP.NAME=3."))
@click.option("--kind", required=True, help=N_("Kind of entry, an id of the plan."))
@click.option("--branch", required=True, help=N_("Branch, for example B01."))
@click.option("--phase", help=N_("Phase, an id of the plan; without it the branch's current phase."))
@click.option("--on", "day", type=DayType(), help=N_("The day it happened; without it today."))
@click.option("--count", "counts", multiple=True, help=N_("A count, NAME=3 or GROUP.NAME=3; may be repeated."))
@click.option("--hours", help=N_("How long it took, in hours."))
@click.option("--outcome", default="", help=N_("Outcome, for kinds that have one."))
@click.option("--reference", default="", help=N_("Shelf or file number of the evidence."))
@click.option("--note", default="", help=N_("A short note, without names or phone numbers."))
@click.option("--yes", is_flag=True, help=N_("Confirm what would be asked about."))
@click.pass_context
def log_add(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Check and keep one log entry."""
    settings = settings_of(context)
    with opened(settings) as house:
        branch = house.branch(typed["branch"]).code
        own, by_group = _counts(typed["counts"])
        entry = _entry(
            {
                "kind": typed["kind"],
                "branch": branch,
                "phase": typed["phase"] or house.phase_at_hand(branch),
                "on": typed["day"] or house.today(),
                "counts": own,
                "groups": by_group,
                "hours": parse_hours(typed["hours"]) if typed["hours"] is not None else None,
                "recorded_on": house.today(),
                **{name: typed[name] for name in ("outcome", "reference", "note")},
            }
        )
        tell_problems(record(house.store, [entry], house.today(), confirmed=typed["yes"]), settings.lang)
    tell(tr(settings.lang, "Recorded: {kind}, {branch}, {day}", kind=entry.kind, branch=branch, day=entry.on))


def _counts(pairs: tuple[str, ...]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """``NAME=3`` and ``GROUP.NAME=3`` as counts of the entry and of its groups."""
    own: dict[str, int] = {}
    by_group: dict[str, dict[str, int]] = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        group, dot, count = name.partition(".")
        if dot:
            by_group.setdefault(group, {})[count] = parse_count(number)
        else:
            own[name] = parse_count(number)
    return own, by_group


def _entry(fields: dict[str, object]) -> LogEntry:
    """A log entry from what was typed; BadInput M07 where a field does not fit."""
    try:
        return LogEntry.model_validate(fields)
    except ValidationError as error:
        found = findings_of(error, LogEntry, ())
        raise BadInput(*(Problem(each.code, each.values, ".".join(map(str, each.path))) for each in found)) from None
