"""Commands that move the days of phases, pause them and go on."""

from datetime import date, timedelta
from typing import Any

import click

from campaign.errors import BadInput, Problem
from campaign.language import N_, Listed
from campaign.plan import Branch
from campaign.plan_changes import PhaseDays, add_pause, end_pause, new_pause
from campaign.plan_desk import reschedule
from manyi.cli.options import DayType, settings_of
from manyi.cli.plan_options import branch_argument, phase_argument, short_option, tell_change, why_options
from manyi.plan_edits import because, keep, phase_typed
from manyi.texts import tr
from manyi.wiring import opened


@click.command(
    help=N_(
        "Move the days of a phase, or of several at once: PHASE is its id or its name. What was planned before stays "
        "in the plan with the reason, and is counted."
    )
)
@branch_argument
@phase_argument
@click.option("--start", type=DayType(), help=N_("Its new first day; without it the old one."))
@click.option("--end", type=DayType(), help=N_("Its new last day; without it the old one."))
@click.option(
    "--also",
    type=(str, DayType(), DayType()),
    multiple=True,
    metavar="PHASE DAY DAY",
    help=N_("Another phase that moves too, with its first and last day; may be repeated."),
)
@why_options
@short_option
@click.pass_context
def move(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the new days and print them."""
    settings = settings_of(context)
    with opened(settings) as house:
        branch, plan = house.branch(typed["branch"]), house.plan
        phase = phase_typed(plan, typed["phase"])
        if typed["start"] is None and typed["end"] is None:
            raise click.UsageError(tr(settings.lang, "Give --start, --end or both."))
        days = [_days(branch, phase, typed["start"], typed["end"])]
        days += [PhaseDays(phase_typed(plan, other), start, end) for other, start, end in typed["also"]]
        tell_change(house, branch.code, reschedule(house.store, branch.code, days, because(house, typed)))


@click.command(help=N_("Pause a phase, for so long at most as the campaign allows; without --to until it is resumed."))
@branch_argument
@phase_argument
@click.option("--from", "start", type=DayType(), required=True, help=N_("First day of the pause."))
@click.option("--to", "end", type=DayType(), help=N_("Last day of the pause."))
@why_options
@short_option
@click.pass_context
def pause(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the pause."""
    with opened(settings_of(context)) as house:
        code, phase, why = typed["branch"], phase_typed(house.plan, typed["phase"]), because(house, typed)
        rest = new_pause(typed["start"], typed["end"], why)
        tell_change(house, code, keep(house, lambda plan: add_pause(plan, code, phase, rest, why)))


@click.command(help=N_("End the open pause of a phase: it goes on the day after."))
@branch_argument
@phase_argument
@click.option("--to", "end", type=DayType(), help=N_("Last day of the pause; without it yesterday."))
@why_options
@short_option
@click.pass_context
def resume(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the end of the pause."""
    with opened(settings_of(context)) as house:
        code, phase, why = typed["branch"], phase_typed(house.plan, typed["phase"]), because(house, typed)
        last = typed["end"] or house.today() - timedelta(days=1)
        tell_change(house, code, keep(house, lambda plan: end_pause(plan, code, phase, last, why)))


def _days(branch: Branch, phase: str, start: date | None, end: date | None) -> PhaseDays:
    """The new days of a phase, what is not given as it was. BadInput M08 for an unknown one."""
    old = branch.schedule.get(phase)
    if old is None:
        known = Listed(tuple(branch.schedule))
        raise BadInput(Problem("M08", {"kind": tr.phrase(N_("phase")), "x": phase, "known": known}, "phase"))
    return PhaseDays(phase, start or old.start, end or old.end)
