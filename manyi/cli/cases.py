"""Commands about cases: what is owed by a date, and to whom."""

from typing import Any

import click

from campaign.case_desk import Amendment
from campaign.case_labels import state_label
from campaign.case_opening import NewCase
from campaign.case_report import by_urgency, case_detail, case_report
from campaign.case_states import Action
from campaign.case_tables import ANSWER_CASE, CASE_KINDS
from campaign.cases import EXTEND, Case, Feasibility, Outcome
from campaign.doubts import clock_problems
from campaign.entry_cases import entries_about
from campaign.language import N_
from manyi.cases import (
    amend_case,
    find_case,
    move_case,
    move_names,
    number_of,
    open_new,
    open_slip,
    standing_of,
    standings_of,
)
from manyi.cli.case_tables import case_lines, due_text, one_case_lines, possible_lines
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import CodeType, DayType, IdType, OneOf, json_option, role_option, settings_of
from manyi.console import say, say_json, tell, tell_problems
from manyi.settings import Settings
from manyi.texts import SLIP_HOLDER, tr
from manyi.wiring import House, opened
from surveys.entry import clean_text
from surveys.slip_answer import Rating, rating_action
from surveys.slip_cases import open_requests

RATINGS = [each.value for each in Rating]

AMENDED = ("owner", "category", "suggestion", "public_text", "public_suggestion")
TEXTS = ("text", "suggestion", "owner", "role", "origin", "category", "public_text", "public_suggestion")

branch_option = click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
number_argument = click.argument("number", metavar="NUMBER")


@click.group(
    cls=HelpfulGroup,
    help=N_(
        "Cases: corrections, answers to people, requests for support, each owed by a date. A NUMBER is R-B03-007, or "
        "that of a slip: scanned, typed from under its square, or as the list shows it."
    ),
)
def case() -> None:
    """Group of the cases' commands."""


@case.command("list", help=N_("Cases with their state and due day, the most urgent first."))
@branch_option
@click.option("--kind", type=OneOf(list(CASE_KINDS)), help=N_("Only this kind of case."))
@click.option("--open", "only_open", is_flag=True, help=N_("Only those for which somebody still waits."))
@json_option
@click.pass_context
def case_list(context: click.Context, branch: str | None, kind: str | None, only_open: bool, as_json: bool) -> None:
    """Print the cases as they stand today."""
    settings = settings_of(context)
    with opened(settings) as house:
        if branch is not None:
            house.branch(branch)
        standings = [
            each
            for each in by_urgency(standings_of(house, branch))
            if kind in (None, each.case.kind) and (each.open or not only_open)
        ]
        today, behind = house.today(), house.clock_behind()
        tell_problems(clock_problems(today, behind), settings.lang)
        if as_json:
            cases = [case_report(each) for each in standings]
            say_json({"date": today, "clock_behind": behind, "cases": cases})
            return
        for line in case_lines(house.plan, standings, settings.lang):
            say(line)


@case.command("show", help=N_("One case: what it went through, what is owed, what can be done next."))
@number_argument
@json_option
@click.pass_context
def case_show(context: click.Context, number: str, as_json: bool) -> None:
    """Print one case with its events."""
    settings = settings_of(context)
    with opened(settings) as house:
        _show(house, find_case(house, number), as_json=as_json)


@case.command(
    "open",
    help=N_(
        "Open a case; prints its number. With --slip alone, that of a person who asked for an answer at the kiosk or "
        "on a form; with --text too, what stands on a slip that came with a paper form."
    ),
)
@click.option("--kind", type=OneOf(list(CASE_KINDS)), help=N_("Kind of case; with --slip it is an answer."))
@click.option("--branch", type=CodeType(), help=N_("Branch, for example B01."))
@click.option("--text", default="", help=N_("What it is about, without names or phone numbers."))
@click.option("--slip", help=N_("Number of the slip, for an answer to a person."))
@click.option(
    "--session", "session_id", type=CodeType(), help=N_("Open a case for every request of this closed session.")
)
@click.option("--due", type=DayType(), help=N_("Deadline, for a correction or a request for support."))
@click.option("--owner", default="", help=N_("Role that must see to it."))
@click.option("--suggestion", default="", help=N_("How it might be corrected."))
@click.option(
    "--feasibility",
    type=OneOf([each.value for each in Feasibility if each]),
    default=None,
    help=N_("Whether it can be put right."),
)
@click.option("--origin", default="", help=N_("Where it comes from: inspection, opinions, self_check, look_back …"))
@click.option("--category", default="", help=N_("Sort of matter."))
@click.option("--public-text", default="", help=N_("The same without anything personal, for the published list."))
@click.option("--public-suggestion", default="", help=N_("The suggestion without anything personal, likewise."))
@click.option("--opinions", type=click.IntRange(0, 10**9), default=0, help=N_("How many opinions it stands for."))
@click.option("--public", is_flag=True, help=N_("It is on the published list."))
@click.option("--on", "day", type=DayType(), help=N_("The day it was found or came in; without it today."))
@role_option
@json_option
@click.pass_context
def case_open(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Open a case, or the case of a slip, and print its number."""
    settings = settings_of(context)
    said = {name: clean_text(typed[name]) for name in TEXTS}
    if typed["session_id"]:
        _open_requests(settings, typed["session_id"], said["role"], as_json=typed["as_json"])
        return
    kept = bool(typed["slip"]) and not said["text"]
    if not kept and not (typed["branch"] and (typed["kind"] or typed["slip"])):
        raise click.UsageError(tr(settings.lang, "Give --kind, --branch and --text, or --slip, or --session."))
    with opened(settings) as house:
        number = number_of(house, typed["slip"]) if typed["slip"] else ""
        if kept:
            made = open_slip(house, number, said["role"])
        else:
            handled = open_new(
                house,
                NewCase(
                    kind=typed["kind"] or ANSWER_CASE.id,
                    branch=typed["branch"],
                    matter=said["text"],
                    role=said["role"],
                    received_on=typed["day"],
                    no=number,
                    due=typed["due"],
                    suggestion=said["suggestion"],
                    owner=said["owner"],
                    feasibility=Feasibility(typed["feasibility"] or ""),
                    origin=said["origin"],
                    category=said["category"],
                    public_matter=said["public_text"],
                    public_suggestion=said["public_suggestion"],
                    opinions=typed["opinions"],
                    public=typed["public"],
                ),
            )
            tell_problems(handled.warnings, settings.lang)
            made = handled.case
        if typed["as_json"]:
            _show(house, made, as_json=True)
            return
        say(made.no)
        tell(_stands(house, made))


@case.command(
    "move",
    help=N_(
        "Do something with a case: MOVE is one of those that “manyi case show” lists. What its state does not allow is "
        "refused (V79), with what is possible."
    ),
)
@number_argument
@click.argument("move", type=IdType(), metavar="MOVE")
@click.option("--text", "--reason", "text", default="", help=N_("Reason, measure, answer or explanation."))
@click.option("--outcome", type=OneOf([each.value for each in Outcome if each]), help=N_("What an answer comes to."))
@click.option("--until", type=DayType(), help=N_("By when what an answer plans will be done."))
@click.option("--due", type=DayType(), help=N_("New deadline, for relapse and extend."))
@click.option("--into", help=N_("Number of the case that this one is merged into."))
@click.option("--owner", default="", help=N_("Role that must see to it from now on."))
@click.option("--on", "day", type=DayType(), help=N_("The day it was done; without it today."))
@role_option
@json_option
@click.pass_context
def case_move(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Move a case and say how it stands then."""
    with opened(settings_of(context)) as house:
        seen = find_case(house, typed["number"])
        action = Action(
            move=typed["move"],
            role=clean_text(typed["role"]),
            text=clean_text(typed["text"]),
            outcome=Outcome(typed["outcome"] or ""),
            until=typed["until"],
            due=typed["due"],
            into=number_of(house, typed["into"]) if typed["into"] else "",
            owner=clean_text(typed["owner"]),
            on=typed["day"],
        )
        _moved(house, seen, action, as_json=typed["as_json"])


@case.command("extend", help=N_("Move the deadline of a case, once, before it has passed."))
@number_argument
@click.option("--due", type=DayType(), required=True, help=N_("The new deadline."))
@click.option("--reason", required=True, help=N_("Why it takes longer."))
@click.option("--on", "day", type=DayType(), help=N_("The day it was decided; without it today."))
@role_option
@json_option
@click.pass_context
def case_extend(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """The same as the move ``extend``."""
    with opened(settings_of(context)) as house:
        seen = find_case(house, typed["number"])
        role, reason = clean_text(typed["role"]), clean_text(typed["reason"])
        action = Action(move=EXTEND, role=role, text=reason, due=typed["due"], on=typed["day"])
        _moved(house, seen, action, as_json=typed["as_json"])


@case.command(
    "amend",
    help=N_(
        "Correct what is said about a case: only what is given changes, and what was there before stays in the audit."
    ),
)
@number_argument
@click.option("--owner", default=None, help=N_("Role that must see to it."))
@click.option("--suggestion", default=None, help=N_("How it might be corrected."))
@click.option(
    "--feasibility",
    type=OneOf([each.value for each in Feasibility if each]),
    default=None,
    help=N_("Whether it can be put right."),
)
@click.option("--category", default=None, help=N_("Sort of matter."))
@click.option("--public-text", default=None, help=N_("The same without anything personal, for the published list."))
@click.option("--public-suggestion", default=None, help=N_("The suggestion without anything personal, likewise."))
@click.option("--opinions", type=click.IntRange(0, 10**9), default=None, help=N_("How many opinions it stands for."))
@click.option("--public/--not-public", default=None, help=N_("Whether it is on the published list."))
@click.option("--reason", required=True, help=N_("Why it is corrected."))
@role_option
@json_option
@click.pass_context
def case_amend(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Correct a case and say how it stands then."""
    with opened(settings_of(context)) as house:
        seen = find_case(house, typed["number"])
        texts = {name: None if typed[name] is None else clean_text(typed[name]) for name in AMENDED}
        changes = Amendment(
            owner=texts["owner"],
            feasibility=Feasibility(typed["feasibility"]) if typed["feasibility"] else None,
            category=texts["category"],
            suggestion=texts["suggestion"],
            public_matter=texts["public_text"],
            public_suggestion=texts["public_suggestion"],
            public=typed["public"],
            opinions=typed["opinions"],
        )
        handled = amend_case(house, seen, changes, clean_text(typed["role"]), clean_text(typed["reason"]))
        tell_problems(handled.warnings, house.settings.lang)
        if typed["as_json"]:
            _show(house, handled.case, as_json=True)
        else:
            tell(_stands(house, handled.case))


@case.command("rate", help=N_("Rate an answer by the number of the slip, as the person says."))
@number_argument
@click.argument("rating", type=OneOf(RATINGS))
@click.option("--on", "day", type=DayType(), help=N_("The day it was rated; without it today."))
@click.option("--role", default="", help=N_("Who says so; without it the holder of the slip."))
@json_option
@click.pass_context
def case_rate(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the rating; a dissatisfied one opens the case again."""
    settings = settings_of(context)
    with opened(settings) as house:
        seen = find_case(house, typed["number"])
        role = clean_text(typed["role"]) or tr(settings.lang, SLIP_HOLDER)
        _moved(house, seen, rating_action(Rating(typed["rating"]), role, typed["day"]), as_json=typed["as_json"])


def _open_requests(settings: Settings, session_id: str, role: str, *, as_json: bool) -> None:
    """Open what people asked for at a session, and print the numbers of the new cases."""
    with opened(settings) as house:
        made = open_requests(house.store, house.plan, session_id, role, house.today())
    if as_json:
        say_json({"session": session_id, "opened": [each.no for each in made]})
        return
    for each in made:
        say(each.no)
    tell(tr.plural(settings.lang, "{n} case opened", "{n} cases opened", len(made)))


def _moved(house: House, seen: Case, action: Action, *, as_json: bool) -> None:
    handled = move_case(house, seen, action)
    tell_problems(handled.warnings, house.settings.lang)
    if as_json:
        _show(house, handled.case, as_json=True)
        return
    tell(_stands(house, handled.case))


def _show(house: House, found: Case, *, as_json: bool) -> None:
    settings: Settings = house.settings
    standing, today, behind = standing_of(house, found), house.today(), house.clock_behind()
    helped = entries_about(house.store, found.no)
    tell_problems(clock_problems(today, behind), settings.lang)
    if as_json:
        say_json({**case_detail(house.plan, standing, today, helped).model_dump(), "clock_behind": behind})
        return
    for line in one_case_lines(house.plan, standing, settings.lang, helped):
        say(line)
    for line in possible_lines(standing.case, move_names(house, found), settings.lang):
        say(line)


def _stands(house: House, made: Case) -> str:
    """How a case stands after something was done with it."""
    lang, standing = house.settings.lang, standing_of(house, made)
    state = state_label(standing.case, lang)
    if standing.standing.status.value.startswith("DONE") or not standing.open:
        return tr(lang, "{no}: {state}", no=made.no, state=state)
    return tr(lang, "{no}: {state}, due {due}", no=made.no, state=state, due=due_text(standing, lang))
