"""What the commands about sessions say of how a vote is held, and how they ask for a confirmation."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from campaign.errors import Refused
from campaign.language import N_, Lang, listed
from campaign.plan import Plan
from campaign.typed import parse_count
from manyi.cli.options import DayType, names_typed
from manyi.console import tell
from manyi.texts import tr
from surveys.sitting import BEFORE, Check, CountSaid, Sitting, usual_operator

ALL = "all"
yes_option = click.option("--yes", is_flag=True, help=N_("Confirm what would be asked about."))
_present_option = click.option("--present", help=N_("How many people are there."))
_invited_option = click.option("--invited", help=N_("How many people should take part."))


def sitting_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a session that is to be opened."""
    for option in (
        yes_option,
        _present_option,
        _invited_option,
        click.option(
            "--checked",
            multiple=True,
            help=N_(
                "What is confirmed, with commas between: box_empty, private_area, no_branch_staff_near, "
                "instructions_read, or all."
            ),
        ),
        click.option(
            "--briefing", type=DayType(), help=N_("Day on which the unit told people what was done and corrected.")
        ),
        click.option("--ready", is_flag=True, help=N_("The briefing was today, and everything of --checked is so.")),
        click.option(
            "--operator",
            help=N_("Role of who runs it, from outside the unit; never a name. Without it the organiser."),
        ),
    ):
        command = option(command)
    return command


def count_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a count that is to be confirmed."""
    for option in (
        yes_option,
        _present_option,
        _invited_option,
        click.option(
            "--not-openly", is_flag=True, help=N_("The forms were not counted openly; the report will say so.")
        ),
    ):
        command = option(command)
    return command


def sitting_of(plan: Plan, today: date, lang: Lang, said: Mapping[str, Any]) -> Sitting:
    """What the options of :func:`sitting_options` say; BadInput V06, a usage error for an unknown check."""
    ready = said["ready"]
    return Sitting(
        operator=usual_operator(plan, lang) if said["operator"] is None else said["operator"],
        briefing_on=said["briefing"] or (today if ready else None),
        checked=frozenset(BEFORE) if ready else _checks(said["checked"], lang),
        invited=_people(said["invited"]),
        present=_people(said["present"]),
    )


def count_said(said: Mapping[str, Any]) -> CountSaid:
    """What the options of :func:`count_options` say; BadInput V06."""
    return CountSaid(not said["not_openly"], _people(said["invited"]), _people(said["present"]))


@contextmanager
def asking(lang: Lang) -> Iterator[None]:
    """Say how to tell that everything is ready."""
    try:
        yield
    except Refused as refused:
        if any(each.code == "V51" for each in refused.problems):
            tell(tr(lang, "--briefing gives its day; --ready says that it was today and that all is looked after:"))
        raise


def _people(typed: str | None) -> int | None:
    return None if typed is None else parse_count(typed)


def _checks(typed: tuple[str, ...], lang: Lang) -> frozenset[Check]:
    names = names_typed(typed)
    if ALL in names:
        return frozenset(BEFORE)
    known = {check.value: check for check in BEFORE}
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(
            tr(
                lang,
                "--checked does not know {unknown}. Known: {known}.",
                unknown=listed(unknown, lang),
                known=listed([*known, ALL], lang),
            )
        )
    return frozenset(known[name] for name in names)
