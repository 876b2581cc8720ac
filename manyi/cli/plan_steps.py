"""Commands about the steps that a branch sets itself."""

from typing import Any

import click

from campaign.folding import code_typed
from campaign.i18n import I18n
from campaign.language import N_
from campaign.own_steps import OwnStep, add_step, remove_step
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import settings_of
from manyi.cli.plan_options import branch_argument, phase_argument, tell_change, why_options
from manyi.plan_edits import because, keep, phase_typed
from manyi.wiring import opened
from surveys.entry import clean_text


@click.group(cls=HelpfulGroup, help=N_("Steps that a branch sets itself: shown apart, they never lower its progress."))
def step() -> None:
    """Group of the steps' commands."""


@step.command("add", help=N_("Add a step of a branch's own; STEP is a new code, for example B07X1."))
@branch_argument
@phase_argument
@click.argument("step", metavar="STEP")
@click.option("--name", required=True, help=N_("What the step is."))
@click.option("--kind", required=True, help=N_("Kind of log entry that shows it is done, an id of the plan."))
@click.option("--due", default="phase_end", show_default=True, help=N_("By when: phase_end, phase_end-7 or a day."))
@why_options
@click.pass_context
def step_add(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the step."""
    with opened(settings_of(context)) as house:
        code, why, name = typed["branch"], because(house, typed), clean_text(typed["name"])
        phase = phase_typed(house.plan, typed["phase"])
        new = OwnStep(code_typed(typed["step"]), phase, I18n(zh=name, en=name), typed["kind"], typed["due"])
        tell_change(house, code, keep(house, lambda plan: add_step(plan, code, new, why)))


@step.command("remove", help=N_("Take a step of a branch's own away; a required step can only be waived (V33)."))
@branch_argument
@click.argument("step", metavar="STEP")
@why_options
@click.pass_context
def step_remove(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Remove the step."""
    with opened(settings_of(context)) as house:
        code, gone, why = typed["branch"], code_typed(typed["step"]), because(house, typed)
        tell_change(house, code, keep(house, lambda plan: remove_step(plan, code, gone, why)))
