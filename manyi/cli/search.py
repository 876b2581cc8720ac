"""The command that searches everything that staff keep."""

from collections.abc import Iterator, Sequence

import click

from campaign.language import N_, Lang
from campaign.plan import Plan
from campaign.search_labels import found_rows, group_label
from campaign.searching import MOST, Found, look_for
from manyi.cli.options import json_option, settings_of
from manyi.cli.tables import aligned
from manyi.console import say, say_json, tell
from manyi.searching import shelves_of
from manyi.texts import tr
from manyi.wiring import opened


@click.command(
    "search",
    help=N_(
        "Search branches, phases and steps, cases, the log, sessions, contact officials, calendar and settings; every "
        "word must be found. What the public wrote is not looked through."
    ),
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--most", type=click.IntRange(1, 10_000), default=MOST, show_default=True, help=N_("Hits shown of each group.")
)
@json_option
@click.pass_context
def search(context: click.Context, text: tuple[str, ...], most: int, as_json: bool) -> None:
    """Print what was found, by groups."""
    settings, typed = settings_of(context), " ".join(text)
    with opened(settings) as house:
        plan, store = house.plan, house.store
        found = look_for(shelves_of(store), typed, most=most)
    if as_json:
        say_json({"text": typed, "found": [_group(each, typed, plan, settings.lang) for each in found]})
        return
    if not found:
        tell(tr(settings.lang, "Nothing was found."))
    for line in _lines(found, typed, plan, settings.lang):
        say(line)


def _group(found: Found, typed: str, plan: Plan, lang: Lang) -> dict[str, object]:
    hits = [
        {
            "key": row.hit.thing.key,
            "title": row.title,
            "branch": row.hit.thing.branch or None,
            "on": row.hit.thing.on,
            "matched": row.part,
            "text": row.text,
        }
        for row in found_rows(found, typed, plan, lang)
    ]
    return {"group": found.group.value, "hits": hits, "more": found.more}


def _lines(found: Sequence[Found], typed: str, plan: Plan, lang: Lang) -> Iterator[str]:
    for each in found:
        yield group_label(each.group, plan, lang)
        rows = [("  " + row.code, row.title, row.matched) for row in found_rows(each, typed, plan, lang)]
        yield from aligned(rows)
        if each.more:
            yield "  " + tr.plural(lang, "… {n} more", "… {n} more", each.more)
