"""Commands about what is special at a branch: busy periods, condition, venue and funding, waived steps."""

from collections.abc import Iterable
from typing import Any

import click

from campaign.branch_rules import MEANS
from campaign.errors import BadInput, Problem
from campaign.folding import code_typed
from campaign.i18n import I18n
from campaign.language import N_, Lang, Listed
from campaign.plan import BusyPeriod, Condition, ConditionPlan
from campaign.plan_changes import add_busy, remove_busy, set_condition, set_means, waive_step
from campaign.shortfalls import Shortfall
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import DayType, OneOf, settings_of
from manyi.cli.plan_options import branch_argument, tell_change, why_options
from manyi.console import say, tell, tell_problems
from manyi.plan_edits import ask_for_support, because, keep, lacking
from manyi.texts import tr
from manyi.wiring import House, opened
from surveys.entry import clean_text

VENUES, FUNDS = ("own", "shared", "none"), ("secured", "short", "none")
REMEDIES = ("improve", "rebuild", "merge", "reassign")


@click.group(
    cls=HelpfulGroup,
    help=N_("Days on which a branch has other work: harvest, examinations, accounts. Sessions then are asked about."),
)
def busy() -> None:
    """Group of the busy periods' commands."""


@busy.command("add", help=N_("Add a busy period."))
@branch_argument
@click.option("--from", "start", type=DayType(), required=True, help=N_("First day."))
@click.option("--to", "end", type=DayType(), required=True, help=N_("Last day."))
@click.option("--label", required=True, help=N_("What the work is, for example harvest."))
@why_options
@click.pass_context
def busy_add(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the busy period."""
    with opened(settings_of(context)) as house:
        code, why, label = typed["branch"], because(house, typed), clean_text(typed["label"])
        if not label:
            raise BadInput(Problem("M06", {"field": tr.phrase(N_("what the work is"))}, "label"))
        period = BusyPeriod(start=typed["start"], end=typed["end"], label=I18n(zh=label, en=label))
        tell_change(house, code, keep(house, lambda plan: add_busy(plan, code, period, why)))


@busy.command("remove", help=N_("Take a busy period away, by its first day."))
@branch_argument
@click.option("--from", "start", type=DayType(), required=True, help=N_("First day."))
@why_options
@click.pass_context
def busy_remove(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Remove the busy period."""
    with opened(settings_of(context)) as house:
        branch, why = house.branch(typed["branch"]), because(house, typed)
        found = next((each for each in branch.busy if each.start == typed["start"]), None)
        if found is None:
            known = Listed(tuple(each.start.isoformat() for each in branch.busy))
            values = {"kind": tr.phrase(N_("busy period")), "x": typed["start"], "known": known}
            raise BadInput(Problem("M08", values, "from"))
        tell_change(house, branch.code, keep(house, lambda plan: remove_busy(plan, branch.code, found, why)))


@click.command(
    help=N_(
        "Whether a branch works; if it is weak, paralysed or a shell, say with --plan and --by what is done by when."
    )
)
@branch_argument
@click.argument("condition", type=OneOf([each.value for each in Condition]))
@click.option("--plan", "remedy", type=OneOf(REMEDIES), help=N_("What is done about it."))
@click.option("--by", "due", type=DayType(), help=N_("By which day."))
@why_options
@click.pass_context
def condition(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the condition, and the plan to put it right."""
    settings = settings_of(context)
    if (typed["remedy"] is None) != (typed["due"] is None):
        raise click.UsageError(tr(settings.lang, "Give --plan and --by together."))
    with opened(settings) as house:
        code, why = typed["branch"], because(house, typed)
        what = ConditionPlan(kind=typed["remedy"], due_date=typed["due"]) if typed["remedy"] else None
        state = Condition(typed["condition"])
        tell_change(house, code, keep(house, lambda plan: set_condition(plan, code, state, what, why)))


@click.command(
    help=N_(
        "Which venue and money a branch has; only what is given changes. With --ask, --text, --owner and --due a "
        "request for what is missing is opened too: a case with its number."
    )
)
@branch_argument
@click.option("--venue", type=OneOf(VENUES), help=N_("Where it meets."))
@click.option("--funding", type=OneOf(FUNDS), help=N_("Whether its money will do."))
@click.option("--ask", type=OneOf([name for name, _ in MEANS]), help=N_("Ask for the one that is missing."))
@click.option("--text", default="", help=N_("What is asked for."))
@click.option("--owner", default="", help=N_("Role above the branch that must see to it."))
@click.option("--due", type=DayType(), help=N_("By which day."))
@click.option("--reason", default="", help=N_("Why, in 5 characters or more; not needed with --ask alone."))
@click.option("--role", required=True, help=N_("Role of who does it, never a name."))
@click.pass_context
def means(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep venue and funding, and open the request."""
    settings = settings_of(context)
    if not (typed["venue"] or typed["funding"] or typed["ask"]):
        raise click.UsageError(tr(settings.lang, "Give --venue, --funding or --ask."))
    with opened(settings) as house:
        branch, why = house.branch(typed["branch"]), because(house, typed)
        if typed["venue"] or typed["funding"]:
            venue, funding = typed["venue"] or branch.venue, typed["funding"] or branch.funding
            tell_change(house, branch.code, keep(house, lambda plan: set_means(plan, branch.code, venue, funding, why)))
        if typed["ask"]:
            handled = ask_for_support(house, Shortfall(branch.code, typed["ask"]), typed)
            tell_problems(handled.warnings, settings.lang)
            say(handled.case.no)
            return
        remind(house, branch.code)


@click.command(help=N_("Ask a step of a branch no more, or something else instead; STEP is its code, for example S6."))
@branch_argument
@click.argument("step", metavar="STEP")
@click.option("--instead", default="", help=N_("What takes its place, for example spoken in place of written."))
@click.option(
    "--group", "groups", multiple=True, help=N_("Only for this member group, an id of the plan; may be repeated.")
)
@why_options
@click.pass_context
def waive(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the waiver."""
    with opened(settings_of(context)) as house:
        code, step, why = typed["branch"], code_typed(typed["step"]), because(house, typed)
        instead, groups = clean_text(typed["instead"]), [clean_text(group) for group in typed["groups"]]
        tell_change(house, code, keep(house, lambda plan: waive_step(plan, code, step, instead, why, groups)))


def remind(house: House, code: str) -> None:
    """Say how to ask for what is missing now."""
    remind_of(lacking(house, code), house.settings.lang)


def remind_of(lacks: Iterable[Shortfall], lang: Lang) -> None:
    """Say how to ask for each of these."""
    for lack in lacks:
        command = f"manyi plan means {lack.branch} --ask {lack.means} --text … --owner … --due … --role …"
        tell(tr(lang, "To ask for it: {command}", command=command))
