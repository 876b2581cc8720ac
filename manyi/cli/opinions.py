"""Commands about opinions: what people wrote and said, and what becomes of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from campaign.case_opening import NewCase
from campaign.case_tables import CASE_KINDS
from campaign.cases import Feasibility
from campaign.language import N_
from manyi.cases import number_of
from manyi.cli.help_page import HelpfulGroup
from manyi.cli.opinion_tables import count_lines, opinion_lines, table_lines
from manyi.cli.options import CodeType, DayType, IdType, OneOf, json_option, role_option, settings_of
from manyi.console import say, say_json, tell, tell_problems
from manyi.opinions import add, lines_of, numbers_of, report_of, table_of
from manyi.settings import Settings
from manyi.texts import tr
from manyi.wiring import House, opened
from surveys.entry import clean_text
from surveys.register.adding import Round
from surveys.register.desk import Because, change, erase_old_texts, merge_and_keep, publishing_problems, turn_and_keep
from surveys.register.model import DISCARD_REASONS, SOURCES, OpinionState, Register
from surveys.register.moves import Rules, discard, restore, reword, sort, split
from surveys.register.report import readable

numbers_argument = click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
number_argument = click.argument("number", metavar="NUMBER")
Move = Callable[[Register, Rules], Register]


@click.group(
    cls=HelpfulGroup,
    help=N_(
        "Opinions: what people wrote at surveys or said in another way. A NUMBER of six digits is an opinion, a "
        "smaller one is an item that opinions were merged into, and stands for all of them. What is personal is "
        "blacked out."
    ),
)
def opinion() -> None:
    """Group of the opinions' commands."""


@opinion.command("list", help=N_("The figures, the table of merged opinions, and every opinion."))
@click.option("--branch", type=CodeType(), help=N_("Only this branch, for example B01."))
@click.option("--state", type=OneOf([each.value for each in OpinionState]), help=N_("Only opinions in this state."))
@click.option("--category", type=IdType(), help=N_("Only opinions of this category, an id of the plan."))
@click.option("--table", "only_table", is_flag=True, help=N_("Only the figures and the table, which name no opinion."))
@json_option
@click.pass_context
def opinion_list(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Print the register."""
    settings = settings_of(context)
    with opened(settings) as house:
        if typed["branch"] is not None:
            house.branch(typed["branch"])
        if typed["as_json"]:
            say_json(report_of(house, typed["branch"]))
            return
        plan, register, lang = house.plan, house.store.register(), settings.lang
        counts, table = table_of(house, typed["branch"])
        found = [
            each
            for each in readable(plan, register, typed["branch"])
            if typed["state"] in (None, register.state(each)) and typed["category"] in (None, register.category(each))
        ]
    lines = [*count_lines(counts, lang), "", *table_lines(plan, table, lang)]
    if not typed["only_table"]:
        lines += ["", *opinion_lines(plan, register, found, lang)]
    for line in lines:
        say(line)


@opinion.command("sort", help=N_("Sort opinions into a category, an id of the plan."))
@click.argument("category", type=IdType(), metavar="CATEGORY")
@numbers_argument
@role_option
@click.pass_context
def opinion_sort(context: click.Context, category: str, numbers: Sequence[str], role: str) -> None:
    """Give opinions a category."""
    wanted, chosen = numbers_of(numbers), category
    _changed(settings_of(context), lambda register, rules: sort(register, rules, wanted, chosen), role)


@opinion.command("merge", help=N_("Merge opinions of one branch into one item; prints the item's number."))
@numbers_argument
@click.option("--text", default="", help=N_("What the public reads, in your own words, without anything personal."))
@click.option(
    "--category", type=IdType(), default="", help=N_("Category of the item; without it that of its opinions.")
)
@click.option("--into", help=N_("Number of an item that takes them in; without it a new one is made."))
@role_option
@click.pass_context
def opinion_merge(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Merge opinions."""
    settings = settings_of(context)
    with opened(settings) as house:
        item = merge_and_keep(
            house.store,
            house.plan,
            numbers_of(typed["numbers"]),
            Because(clean_text(typed["role"]), house.today()),
            text=clean_text(typed["text"]),
            category=typed["category"],
            into=numbers_of([typed["into"]])[0] if typed["into"] else None,
        )
        count = len(house.store.register().members(item.number))
    tell_problems(publishing_problems(item), settings.lang)
    say(str(item.number))
    tell(
        tr.plural(
            settings.lang,
            "Item {item} stands for {n} opinion.",
            "Item {item} stands for {n} opinions.",
            count,
            item=item.number,
        )
    )


@opinion.command("split", help=N_("Take opinions out of their item; the number of an item takes all of them out."))
@numbers_argument
@role_option
@click.option("--reason", default="", help=N_("Why, for the audit."))
@click.pass_context
def opinion_split(context: click.Context, numbers: Sequence[str], role: str, reason: str) -> None:
    """Undo a merging."""
    wanted = numbers_of(numbers)
    _changed(settings_of(context), lambda register, rules: split(register, rules, wanted), role, reason)


@opinion.command("discard", help=N_("Put opinions aside that stand for nothing; they stay in the register."))
@numbers_argument
@click.option("--reason", type=OneOf(list(DISCARD_REASONS)), required=True, help=N_("Why."))
@role_option
@click.pass_context
def opinion_discard(context: click.Context, numbers: Sequence[str], reason: str, role: str) -> None:
    """Discard opinions."""
    wanted = numbers_of(numbers)
    _changed(settings_of(context), lambda register, rules: discard(register, rules, wanted, reason), role)


@opinion.command("restore", help=N_("Bring discarded opinions back."))
@numbers_argument
@role_option
@click.option("--reason", default="", help=N_("Why, for the audit."))
@click.pass_context
def opinion_restore(context: click.Context, numbers: Sequence[str], role: str, reason: str) -> None:
    """Undo a discarding."""
    wanted = numbers_of(numbers)
    _changed(settings_of(context), lambda register, rules: restore(register, rules, wanted), role, reason)


@opinion.command("reword", help=N_("Give an item another text for the public."))
@number_argument
@click.option("--text", required=True, help=N_("What the public reads, in your own words, without anything personal."))
@role_option
@click.option("--reason", default="", help=N_("Why, for the audit."))
@click.pass_context
def opinion_reword(context: click.Context, number: str, text: str, role: str, reason: str) -> None:
    """Change an item's text."""
    (wanted,) = numbers_of([number])
    after = _changed(settings_of(context), lambda register, _: reword(register, wanted, clean_text(text)), role, reason)
    tell_problems(publishing_problems(after.items[wanted]), settings_of(context).lang)


@opinion.command("turn", help=N_("Open a case for an item, once; prints the number of the case."))
@number_argument
@click.option("--kind", type=OneOf(list(CASE_KINDS)), default="correction", help=N_("Kind of case."))
@click.option("--due", type=DayType(), help=N_("Deadline, for a correction or a request for support."))
@click.option("--owner", default="", help=N_("Role that must see to it."))
@click.option("--suggestion", default="", help=N_("How it might be corrected."))
@click.option("--text", default="", help=N_("What it is about for those who see to it; without it the item's text."))
@click.option(
    "--feasibility",
    type=OneOf([each.value for each in Feasibility if each]),
    default=None,
    help=N_("Whether it can be put right."),
)
@click.option("--slip", help=N_("Number of the slip, for an answer to a person."))
@click.option("--public", is_flag=True, help=N_("It is on the published list."))
@role_option
@click.pass_context
def opinion_turn(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Turn an item into a case."""
    settings = settings_of(context)
    with opened(settings) as house:
        new = NewCase(
            kind=typed["kind"],
            branch="",
            matter=clean_text(typed["text"]),
            role=clean_text(typed["role"]),
            no=number_of(house, typed["slip"]) if typed["slip"] else "",
            due=typed["due"],
            owner=clean_text(typed["owner"]),
            suggestion=clean_text(typed["suggestion"]),
            feasibility=Feasibility(typed["feasibility"] or ""),
            public=typed["public"],
        )
        (number,) = numbers_of([typed["number"]])
        handled = turn_and_keep(house.store, house.plan, number, new, house.today())
    tell_problems(handled.warnings, settings.lang)
    say(handled.case.no)


@opinion.command(
    "add",
    help=N_(
        "Write down opinions of a box, a meeting, a telephone: those of a text FILE, one a line, or --text. Their "
        "number is entered into the log as asked for; --none enters that nothing came."
    ),
)
@click.argument("source_file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--branch", type=CodeType(), required=True, help=N_("Branch, for example B01."))
@click.option("--channel", type=IdType(), required=True, help=N_("How they came: an id of the plan, for example box."))
@click.option("--source", type=OneOf(SOURCES), default="public", help=N_("From the public or from members."))
@click.option("--text", "texts", multiple=True, help=N_("An opinion; may be repeated."))
@click.option("--none", "nothing", is_flag=True, help=N_("Opinions were asked for, and none came."))
@click.option("--on", "day", type=DayType(), help=N_("The day on which they came; without it today."))
@click.option("--phase", help=N_("Phase, an id of the plan; without it a new entry goes by its day."))
@role_option
@json_option
@click.pass_context
def opinion_add(context: click.Context, /, **typed: Any) -> None:  # noqa: ANN401  # the options, by name
    """Keep opinions and their round."""
    settings = settings_of(context)
    texts = [*typed["texts"], *(lines_of(typed["source_file"]) if typed["source_file"] else ())]
    if bool([text for text in texts if text.strip()]) == typed["nothing"]:
        raise click.UsageError(tr(settings.lang, "Give a file or --text, or --none if nothing came."))
    with opened(settings) as house:
        branch, day = house.branch(clean_text(typed["branch"])).code, typed["day"] or house.today()
        asked = Round(
            branch=branch,
            phase=typed["phase"] or house.phase_at_hand(branch, day),
            on=day,
            channel=typed["channel"],
            source=typed["source"],
            texts=texts,
            role=clean_text(typed["role"]),
        )
        added = add(house, asked)
    tell_problems(added.warnings, settings.lang)
    if typed["as_json"]:
        say_json({"numbers": added.numbers, "entry": added.entry})
        return
    for number in added.numbers:
        say(str(number))
    count = len(added.numbers)
    tell(tr.plural(settings.lang, "{n} opinion written down", "{n} opinions written down", count))


@opinion.command("erase", help=N_("Erase texts that are older than the campaign keeps them; they stay counted."))
@click.pass_context
def opinion_erase(context: click.Context) -> None:
    """Erase old texts."""
    settings = settings_of(context)
    with opened(settings) as house:
        count = erase_old_texts(house.store, house.plan, house.today())
    tell(tr.plural(settings.lang, "{n} text erased", "{n} texts erased", count))


def _changed(settings: Settings, move: Move, role: str, reason: str = "") -> Register:
    """Change the register and say how it stands."""
    with opened(settings) as house:
        after = change(house.store, house.plan, move, _because(house, role, reason))
        counts, _ = table_of(house, None)
    for line in count_lines(counts, settings.lang):
        tell(line)
    return after


def _because(house: House, role: str, reason: str) -> Because:
    return Because(clean_text(role), house.today(), clean_text(reason))
