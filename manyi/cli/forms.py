"""Commands about paper: forms from printing to the account, and follow-up slips."""

from pathlib import Path
from typing import Any

import click

from campaign.language import N_, Lang
from db.pictures import PictureFolder
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.lazy import LazyGroup
from manyi.cli.options import DayType, OneOf, json_option, session_option, settings_of
from manyi.cli.paper_tables import account_lines, account_object, outstanding_lines, outstanding_object
from manyi.console import say, say_json, tell
from manyi.paper_desk import FormOrder, Printed, desk_of, print_forms, print_slips
from manyi.paper_lines import Said, each_code, key_lines, role_of, second_lines
from manyi.scan_lines import queue_lines, queue_object
from manyi.settings import Settings
from manyi.texts import tr
from manyi.wiring import opened
from surveys.numbers import hidden_account
from surveys.paper.accounting import account_of
from surveys.paper.forms import VoidReason
from surveys.paper.scan_answers import applying
from surveys.session import SurveySession
from surveys.submission import session_in
from surveys.words import STATES

LANGS = [each.value for each in Lang]

count_option = click.option("--count", type=int, required=True, help=N_("How many."))
out_option = click.option("--out", type=click.Path(path_type=Path), required=True, help=N_("The PDF to write."))
force_option = click.option("--force", is_flag=True, help=N_("Overwrite the file if there is one."))
codes_argument = click.argument("codes", nargs=-1, required=True, metavar="CODE...")


@click.group(
    cls=LazyGroup,
    help=N_(
        "Paper forms: print, hand out, take back, key, account for. A CODE is scanned, or typed from under the square; "
        "- reads one a line from standard input."
    ),
)
def forms() -> None:
    """Group of the forms' commands."""


@click.group(cls=HelpfulGroup, help=N_("Follow-up slips: the number on a slip is the only way to what somebody asked."))
def slips() -> None:
    """Group of the slips' commands."""


forms.modules = {"read": "manyi.cli.scans"}


@forms.command("print", help=N_("Print new forms of an open session into a PDF (A4), in shuffled order."))
@session_option
@count_option
@click.option("--lang", type=OneOf(LANGS), help=N_("Language of the form; without it the questionnaire's own."))
@click.option("--due", type=DayType(), help=N_("Last day for handing in; without it the session's day."))
@click.option("--return-to", default="", help=N_("Where it is handed in, as the form says it."))
@out_option
@force_option
@json_option
@click.pass_context
def forms_print(context: click.Context, /, out: Path, force: bool, as_json: bool, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep the new forms and write the file; no number is told, nor the range they are from."""
    settings = settings_of(context)
    session, lang = typed["session_id"], Lang(typed["lang"]) if typed["lang"] else None
    order = FormOrder(session, typed["count"], lang, typed["due"], typed["return_to"])
    with opened(settings) as house:
        printed = print_forms(settings, house.store, order, out, force=force)
    if as_json:
        say_json({"session": session, "forms": printed.count, "pages": printed.pages, "out": str(out)})
        return
    _tell_printed(settings, printed, tr.plural(settings.lang, "{n} form", "{n} forms", printed.count))
    tell(
        tr(
            settings.lang,
            "The stack is shuffled already: hand the forms out from the top, and let nobody write down who got which. "
            "Then: manyi forms issue --session {id} --count {n}",
            id=session,
            n=printed.count,
        )
    )


@slips.command("print", help=N_("Print new follow-up slips into a PDF (A4, three a page)."))
@count_option
@click.option("--lang", type=OneOf(LANGS), help=N_("Language of the slips; without it the language of the run."))
@click.option("--ask-at", default="", help=N_("Where people can ask how it stands; without it the organiser."))
@out_option
@force_option
@json_option
@click.pass_context
def slips_print(context: click.Context, /, out: Path, force: bool, as_json: bool, **typed: Any) -> None:  # noqa: ANN401  # as above
    """Keep the new numbers and write the file."""
    settings = settings_of(context)
    lang = Lang(typed["lang"]) if typed["lang"] else settings.lang
    with opened(settings) as house:
        printed = print_slips(settings, house.store, typed["count"], lang, typed["ask_at"], out, force=force)
    if as_json:
        say_json({"slips": printed.count, "pages": printed.pages, "out": str(out)})
        return
    _tell_printed(settings, printed, tr.plural(settings.lang, "{n} slip", "{n} slips", printed.count))


@forms.command("issue", help=N_("Count forms as handed out: --count of them, or those with these codes."))
@session_option
@click.option("--count", type=int, help=N_("How many more, whichever they are; below 0: so many came back unused."))
@click.argument("codes", nargs=-1, metavar="[CODE...]")
@json_option
@click.pass_context
def forms_issue(
    context: click.Context, session_id: str, count: int | None, codes: tuple[str, ...], as_json: bool
) -> int:
    """Add to the number of forms that were handed out."""
    settings = settings_of(context)
    if (count is None) == (not codes):
        raise click.UsageError(tr(settings.lang, "Give either --count or codes."))
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        if count is None:
            return each_code(desk, codes, desk.issue, Said(settings.lang, as_json))
        account = desk.issue_some(count)
    if as_json:
        say_json({"session": session_id, "printed": account.printed, "issued": account.issued})
    else:
        tell(tr(settings.lang, "Handed out: {n} of {m} forms", n=account.issued, m=account.printed))
    return 0


@forms.command("receive", help=N_("Take forms back."))
@session_option
@codes_argument
@click.option("--aside", is_flag=True, help=N_("Count what is refused as foreign (V71, V73) or as a copy (V74)."))
@json_option
@click.pass_context
def forms_receive(context: click.Context, session_id: str, codes: tuple[str, ...], aside: bool, as_json: bool) -> int:
    """Each form becomes returned; one acknowledgement line a code."""
    settings = settings_of(context)
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        return each_code(desk, codes, desk.receive, Said(settings.lang, as_json), aside=aside)


@forms.command("spoil", help=N_("Put forms aside that were damaged before they were handed out."))
@session_option
@codes_argument
@json_option
@click.pass_context
def forms_spoil(context: click.Context, session_id: str, codes: tuple[str, ...], as_json: bool) -> int:
    """Each form becomes spoiled; one acknowledgement line a code."""
    settings = settings_of(context)
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        return each_code(desk, codes, desk.spoil, Said(settings.lang, as_json))


@forms.command("void", help=N_("Declare a form that came back void, also one that was keyed."))
@session_option
@codes_argument
@click.option("--reason", type=OneOf([each.value for each in VoidReason]), required=True, help=N_("Why."))
@json_option
@click.pass_context
def forms_void(context: click.Context, session_id: str, codes: tuple[str, ...], reason: str, as_json: bool) -> int:
    """Each form becomes void; one acknowledgement line a code."""
    settings = settings_of(context)
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        why = VoidReason(reason)
        code = each_code(desk, codes, lambda serial: desk.void(serial, why), Said(settings.lang, as_json))
        house.tidy()
        return code


@forms.command("key", help=N_("Key forms of a closed session from JSON lines (- for standard input)."))
@session_option
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--role", default="staff", show_default=True, help=N_("Who keys: a role, never a name."))
@click.option("--second", is_flag=True, help=N_("Compare with the first keying, which another role did."))
@click.pass_context
def forms_key(context: click.Context, session_id: str, file: Path, role: str, second: bool) -> int:
    """Take ``{"code", "answers": {name: value | [values] | null}}`` per line, with ``--second`` also ``"settled"``.

    Prints one acknowledgement a line, after the commit. Where a second keying differs (V76) nothing is changed unless
    the line says ``"settled": true``. The exit code is 3 or 5 if a line was refused.
    """
    settings = settings_of(context)
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        take = second_lines if second else key_lines
        code = take(desk, file, role_of(role), settings.lang)
        house.tidy()
        return code


@forms.command("list", help=N_("Forms that are still out, and those that wait to be keyed."))
@session_option
@json_option
@click.pass_context
def forms_list(context: click.Context, session_id: str, as_json: bool) -> None:
    """Print what is missing; forms that were handed out by the number are a number only."""
    settings = settings_of(context)
    with opened(settings) as house:
        desk = desk_of(settings, house.store, session_id)
        session, least = session_in(house.store, session_id), house.plan.campaign.publish_min_forms
        found, account = desk.outstanding(), account_of(house.store, session_id)
        hidden = hidden_account(session, account, least)
        queue = applying(house.store.queue(session_id), desk.questionnaire)
    if hidden:
        _hidden(session, hidden, settings.lang, as_json=as_json)
        return
    pictures = PictureFolder(settings.data)
    if as_json:
        say_json(outstanding_object(session_id, found, account) | {"scans": queue_object(queue, pictures)})
        return
    for line in (*outstanding_lines(found, account, settings.lang), *queue_lines(queue, pictures, settings.lang)):
        say(line)


@forms.command("account", help=N_("The ballot account: every form and everybody who began at a kiosk."))
@session_option
@json_option
@click.pass_context
def forms_account(context: click.Context, session_id: str, as_json: bool) -> None:
    """Print the account, and what keeps it from balancing."""
    settings = settings_of(context)
    with opened(settings) as house:
        session = session_in(house.store, session_id)
        account = account_of(house.store, session_id)
        hidden = hidden_account(session, account, house.plan.campaign.publish_min_forms)
    if hidden:
        _hidden(session, hidden, settings.lang, as_json=as_json)
        return
    if as_json:
        say_json(account_object(session, account, settings.lang))
        return
    for line in account_lines(session, account, settings.lang):
        say(line)


def _hidden(session: SurveySession, hidden: str, lang: Lang, *, as_json: bool) -> None:
    """Say that a session with a result has too few forms for any number to be shown."""
    if as_json:
        say_json({"session": session.id, "state": session.state, "hidden": hidden})
        return
    say(f"{session.id} · {STATES[session.state].text(lang)}")
    say(tr(lang, "Fewer than {k} forms: every figure is hidden.", k=hidden.removeprefix("<")))


def _tell_printed(settings: Settings, printed: Printed, count: str) -> None:
    tell(
        tr.plural(
            settings.lang,
            "{count} on {n} page: {path}. Print it at 100 %, without fitting it to the page.",
            "{count} on {n} pages: {path}. Print it at 100 %, without fitting it to the page.",
            printed.pages,
            count=count,
            path=printed.path,
        )
    )
