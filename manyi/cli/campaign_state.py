"""Commands about the campaign as a whole: which state it is in, and how it comes to the next."""

import click

from campaign.campaign_state import NEXT, Facts, Step, change_state
from campaign.happened import happened
from campaign.language import N_, listed
from campaign.plan_changes import Because
from campaign.plan_desk import keep_change
from campaign.state_rules import DEED_NAMES, FORBIDS, STATE_NAMES
from campaign.texts import tr as words_of
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import json_option, settings_of
from manyi.cli.plan_options import why_options
from manyi.console import say, say_json, tell
from manyi.texts import tr
from manyi.wiring import opened
from surveys.batches import keep_batches
from surveys.entry import clean_text


@click.group(cls=HelpfulGroup, help=N_("The campaign as a whole: being prepared, running, closing, closed, archived."))
def campaign() -> None:
    """Group of the campaign's commands."""


@campaign.command("state", help=N_("Which state the campaign is in, what that forbids, and what it can become."))
@json_option
@click.pass_context
def campaign_state(context: click.Context, as_json: bool) -> None:
    """Print the state."""
    settings = settings_of(context)
    with opened(settings) as house:
        state, lang = house.plan.campaign.state, settings.lang
    forbidden = sorted(FORBIDS[state])
    if as_json:
        say_json({"state": state, "forbids": forbidden, "next": NEXT[state]})
        return
    say(words_of(lang, STATE_NAMES[state]))
    if forbidden:
        deeds = listed([words_of(lang, DEED_NAMES[each]) for each in forbidden], lang)
        say(tr(lang, "Not possible: {deeds}", deeds=deeds))
    if NEXT[state]:
        states = listed([words_of(lang, STATE_NAMES[each]) for each in NEXT[state]], lang)
        say(tr(lang, "Can become: {states}", states=states))


@campaign.command("activate", help=N_("Let the campaign run: its lists must be right, its totals matched or accepted."))
@why_options
@click.pass_context
def campaign_activate(context: click.Context, reason: str, role: str) -> None:
    """From being prepared, or back from closing."""
    _change(context, Step.ACTIVATE, reason, role)


@campaign.command(
    "close",
    help=N_(
        "Close the campaign, in two steps: from then on no new sessions, after its end or when all have completed it; "
        "then for good, when no answer is open and every final survey is public (V84)."
    ),
)
@why_options
@click.pass_context
def campaign_close(context: click.Context, reason: str, role: str) -> None:
    """To closing, then to closed."""
    _change(context, Step.CLOSE, reason, role)


@campaign.command("archive", help=N_("Keep a closed campaign for reading alone."))
@why_options
@click.pass_context
def campaign_archive(context: click.Context, reason: str, role: str) -> None:
    """To archived."""
    _change(context, Step.ARCHIVE, reason, role)


def _change(context: click.Context, step: Step, reason: str, role: str) -> None:
    settings = settings_of(context)
    with opened(settings) as house:
        why = Because(clean_text(role), clean_text(reason), house.today())
        with house.store.transaction():
            facts = Facts(happened(house.store), house.store.cases())
            made = keep_change(house.store, lambda plan: change_state(plan, step, facts, why))
            keep_batches(house.store, made.plan)
    name = words_of(settings.lang, STATE_NAMES[made.plan.campaign.state])
    tell(tr(settings.lang, "The campaign is now: {state}", state=name))
