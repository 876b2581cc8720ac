"""Commands about surveys: sessions, answers of other clients, results, questionnaires."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from campaign.language import N_, Lang
from exports.json_format import report_values
from exports.report import Report
from manyi.answering import answer_lines
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.options import CodeType, DayType, OneOf, json_option, session_argument, session_option, settings_of
from manyi.cli.sitting import asking, count_options, count_said, sitting_of, sitting_options, yes_option
from manyi.cli.tables import questionnaire_lines, result_lines, session_lines, table_lines
from manyi.console import say, say_json, tell, tell_problems
from manyi.kiosk_command import kiosk_command
from manyi.texts import tr
from manyi.wiring import House, opened
from surveys.desk import Moved
from surveys.session import SurveyKind
from surveys.two_roles import TwoRoles
from surveys.words import STATES
from surveys.xlsform import compile_questionnaire


@click.group(
    cls=HelpfulGroup,
    help=N_(
        "Survey sessions: one sitting for one branch.\n\n"
        "The way of a session: open, answers at the kiosk (manyi kiosk) or on paper (manyi forms), close, key what "
        "came on paper and look at the account (manyi forms account), verify by two roles, look at the results (manyi "
        "results), publish. Every step but looking can be done once."
    ),
)
def session() -> None:
    """Group of the sessions' commands."""


@session.command(
    "open",
    help=N_(
        "Open a session; prints its id. Say with --ready, or one by one, that the unit has told what was done and "
        "corrected, and that nothing can spoil the vote. The PIN leaves the kiosk."
    ),
)
@click.option("--branch", type=CodeType(), required=True, help=N_("Branch, for example B01."))
@click.option("--kind", type=OneOf(get_args(SurveyKind)), default="final", show_default=True, help=N_("Survey."))
@click.option("--pin", help=N_("4 to 8 digits; without it one is made and shown once."))
@sitting_options
@json_option
@click.pass_context
def session_open(context: click.Context, /, branch: str, kind: SurveyKind, pin: str | None, **said: Any) -> None:  # noqa: ANN401  # the options, by name
    """Open a session and print its id; the PIN goes to standard error if the program made it."""
    settings = settings_of(context)
    with opened(settings) as house, asking(settings.lang):
        sitting = sitting_of(house.plan, house.today(), settings.lang, said)
        made = house.surveys().open(branch, kind, pin, sitting=sitting, confirmed=said["yes"])
    tell_problems(made.warnings, settings.lang)
    if said["as_json"]:
        say_json({"session": made.session.id, "branch": branch, "kind": kind, "pin": None if pin else made.pin})
        return
    say(made.session.id)
    if not pin:
        tell(tr(settings.lang, "PIN to leave the kiosk: {pin} (shown only now)", pin=made.pin))
    command = " ".join(kiosk_command(settings, made.session.id))
    tell(tr(settings.lang, "Start the kiosk with: {command}", command=command))


@session.command("list", help=N_("All sessions with their counts of forms."))
@json_option
@click.pass_context
def session_list(context: click.Context, as_json: bool) -> None:
    """Print the sessions; never a result."""
    settings = settings_of(context)
    with opened(settings) as house:
        lines = house.sessions()
        if as_json:
            say_json({"sessions": lines})
            return
        for text in session_lines(house.plan, lines, settings.lang):
            say(text)


@session.command("close", help=N_("Close a session: no more answers, the count begins."))
@session_argument
@json_option
@click.pass_context
def session_close(context: click.Context, session_id: str, as_json: bool) -> None:
    """Open becomes counting."""
    _moved(context, lambda house: house.surveys().close(session_id), as_json=as_json)


@session.command("verify", help=N_("Verify the count of a closed session: its results open."))
@session_argument
@click.option("--role", required=True, help=N_("The role that confirms the count; never a name."))
@click.option("--second-role", required=True, help=N_("Another role that confirms it too; never a name."))
@count_options
@json_option
@click.pass_context
def session_verify(context: click.Context, /, session_id: str, role: str, second_role: str, **said: Any) -> None:  # noqa: ANN401  # the options, by name
    """Counting becomes verified."""
    by, counted = TwoRoles(role, second_role), count_said(said)
    with asking(settings_of(context).lang):
        _moved(
            context, lambda house: house.verify(session_id, by, counted, confirmed=said["yes"]), as_json=said["as_json"]
        )


@session.command("publish", help=N_("Post the result of a verified session: it can't be changed any more."))
@session_argument
@click.option("--until", type=DayType(), help=N_("Last day of the notice; without it, as soon as the campaign allows."))
@yes_option
@json_option
@click.pass_context
def session_publish(context: click.Context, session_id: str, until: date | None, yes: bool, as_json: bool) -> None:
    """Verified becomes published."""
    settings = settings_of(context)
    with opened(settings) as house, asking(settings.lang):
        moved = house.surveys().publish(session_id, until, confirmed=yes)
    now = moved.session
    tell_problems(moved.warnings, settings.lang)
    if as_json:
        say_json({"session": now.id, "state": now.state.value, "posted_on": now.posted_on, "until": now.posted_until})
        return
    tell(
        tr(settings.lang, "{id} is posted from {start} to {end}.", id=now.id, start=now.posted_on, end=now.posted_until)
    )


@session.command("void", help=N_("Declare a closed session void: it is in no result. It may be repeated."))
@session_argument
@click.option("--reason", required=True, help=N_("Why, in five characters or more."))
@json_option
@click.pass_context
def session_void(context: click.Context, session_id: str, reason: str, as_json: bool) -> None:
    """Counting or verified becomes void."""
    settings = settings_of(context)
    with opened(settings) as house:
        moved = house.declare_void(session_id, reason)
    tell_problems(moved.warnings, settings.lang)
    if as_json:
        say_json({"session": moved.session.id, "state": moved.session.state.value})
        return
    state = STATES[moved.session.state]
    tell(tr(settings.lang, "{id} is now {state}. It is in no result.", id=moved.session.id, state=state))


def _moved(context: click.Context, move: Callable[[House], Moved], *, as_json: bool) -> None:
    settings = settings_of(context)
    with opened(settings) as house:
        moved = move(house)
        line = house.session_line(moved.session)
    now = moved.session
    tell_problems(moved.warnings, settings.lang)
    if as_json:
        say_json({"session": now.id, "state": now.state.value, "forms": line.submitted, "hidden": line.hidden})
        return
    forms = line.said(line.submitted)
    tell(tr(settings.lang, "{id} is now {state}, forms: {forms}", id=now.id, state=STATES[now.state], forms=forms))


@click.command(
    help=N_(
        "Store answers from a file of JSON lines (- for standard input); acknowledges each line.\n\n"
        'A line: {"id": "…", "lang": "zh", "answers": {"Q1": "A", "Q11": ["1", "4"], "Q12": "text"}}. Names and '
        "codes are those that “manyi questionnaire check” prints; several choices stand in brackets. With the same id "
        "a line may be sent again: it counts once."
    )
)
@session_option
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.pass_context
def answer(context: click.Context, session_id: str, file: Path) -> int:
    """Take ``{"id"?, "lang"?, "answers": {name: value | [values] | null}}`` per line.

    Prints ``{"id", "stored": true}`` after the commit, or ``{"line", "error", "message"}``.
    The exit code is 3 if a line was refused.
    """
    settings = settings_of(context)
    with opened(settings) as house:
        return answer_lines(house.surveys(), session_id, file, settings.lang)


@click.command(help=N_("Results of a verified session, or all tables of the campaign."))
@click.option("--session", "session_id", type=CodeType(), help=N_("Id of the session."))
@click.option("--all", "everything", is_flag=True, help=N_("All tables that may be seen, T1 to T9."))
@json_option
@click.pass_context
def results(context: click.Context, session_id: str | None, everything: bool, as_json: bool) -> None:
    """Print the results, suppressed where there are too few forms."""
    settings = settings_of(context)
    if everything == (session_id is not None):
        raise click.UsageError(tr(settings.lang, "Give either --session or --all."))
    with opened(settings) as house:
        if session_id is None:
            house.surveys().require_counted()
            _tables(house.report(), settings.lang, as_json=as_json)
            return
        figures = house.surveys().results(session_id)
    if as_json:
        say_json(figures)
        return
    for line in result_lines(figures, settings.lang):
        say(line)


def _tables(report: Report, lang: Lang, *, as_json: bool) -> None:
    if as_json:
        say_json(report_values(report))
        return
    for table in report.tables:
        for line in table_lines(table, lang):
            say(line)
        say("")


@click.group(cls=HelpfulGroup, help=N_("Questionnaires: XLSForms as .xlsx or Markdown tables."))
def questionnaire() -> None:
    """Group of the questionnaires' commands."""


@questionnaire.command("check", help=N_("What the kiosk would ask, and every problem by row."))
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def questionnaire_check(context: click.Context, file: Path, as_json: bool) -> None:
    """Compile a questionnaire and print it; exit code 3 with every problem if it can't be asked."""
    settings = settings_of(context)
    compiled = compile_questionnaire(file, file.stem)
    tell_problems(compiled.warnings, settings.lang)
    if as_json:
        say_json(compiled.questionnaire)
        return
    for line in questionnaire_lines(compiled.questionnaire, settings.lang):
        say(line)
