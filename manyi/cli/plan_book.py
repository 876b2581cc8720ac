"""Commands that take the plan to a spreadsheet and back."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from campaign.book.changes import Change, How
from campaign.book.loading import Load, placed
from campaign.book.reading import BookPlan
from campaign.errors import Exit, Problem, Refused
from campaign.language import N_, Lang
from campaign.plan_changes import Because
from manyi.cli.options import json_option, role_option, settings_of
from manyi.cli.plan_branch import remind_of
from manyi.console import say, say_json, tell, tell_problems
from manyi.plan_edits import all_lacking
from manyi.plan_workbook import checked_load, kept_load, plan_book, write_plan
from manyi.texts import tr
from manyi.wiring import opened
from surveys.entry import clean_text

_FORMS = {
    How.CHANGED: N_("{place}{row}, {column}: {old} → {new}"),
    How.ADDED: N_("{place}{row}: new: {new}"),
    How.REMOVED: N_("{place}{row}: taken out: {old}"),
    How.ORDER: N_("{place}{row}: {old} → {new}"),
}
_WHOLE = N_("{place}{row}: {old} → {new}")


@click.command(help=N_("Write the plan into a workbook (.xlsx) that is edited in Excel, WPS or LibreOffice."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=N_("Overwrite the file if there is one."))
@click.pass_context
def export(context: click.Context, file: Path, force: bool) -> None:
    """Write the workbook in the language of the run."""
    settings = settings_of(context)
    with opened(settings) as house:
        write_plan(house, file, force=force)
    tell(
        tr(
            settings.lang,
            "Written: {path}. After editing: manyi plan load {name} --reason WHY --role ROLE",
            path=file,
            name=file.name,
        )
    )


@click.command(
    help=N_(
        "Check a workbook that “manyi plan export” wrote and somebody edited, show what would change, and change all "
        "of it or nothing. Every problem is named with its sheet and cell."
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reason", required=True, help=N_("Why the plan is changed."))
@role_option
@click.option("--dry-run", is_flag=True, help=N_("Only check and show; change nothing."))
@click.option("--yes", is_flag=True, help=N_("Make the changes without asking."))
@click.option(
    "--set-back",
    is_flag=True,
    help=N_("With --yes: also set back what was changed in the plan after the workbook was written."),
)
@json_option
@click.pass_context
def load(  # the options
    context: click.Context, file: Path, reason: str, role: str, dry_run: bool, yes: bool, set_back: bool, as_json: bool
) -> int | None:
    """Show the changes; keep them if they are confirmed."""
    settings = settings_of(context)
    book = plan_book(file)
    with opened(settings) as house:
        because = Because(clean_text(role), clean_text(reason), house.today())
        seen = checked_load(house, book, file.parent, because)
        tell_problems([*seen.warnings, *seen.asked], settings.lang)
        for line in _lines(seen, book, settings.lang) if not as_json else ():
            say(line)
        if yes and seen.asked and not (set_back or dry_run):
            raise Refused(Problem("M174"))
        wanted = bool(seen.changes) and not dry_run and (yes or _confirmed(settings.lang))
        if wanted:
            before = all_lacking(house)
            kept_load(house, seen, book, file.parent, because)
            remind_of((lack for lack in all_lacking(house) if lack not in before), settings.lang)
    if as_json:
        say_json({"changed": wanted, "changes": [_object(each, book) for each in seen.changes]})
    return _end(seen, settings.lang, wanted=wanted, dry_run=dry_run)


def _end(seen: Load, lang: Lang, *, wanted: bool, dry_run: bool) -> int | None:
    """Say what came of it."""
    n = len(seen.changes)
    if wanted:
        tell(tr.plural(lang, "{n} change made.", "{n} changes made.", n))
    elif not n:
        tell(tr(lang, "The workbook says what the plan says. Nothing was changed."))
    elif dry_run:
        tell(
            tr.plural(
                lang,
                "{n} change would be made. Nothing was changed.",
                "{n} changes would be made. Nothing was changed.",
                n,
            )
        )
    else:
        tell(tr(lang, "Nothing was changed. To make these changes, add --yes."))
        return Exit.REFUSED.number
    return None


def _confirmed(lang: Lang) -> bool:
    """Ask whoever sits at the terminal; nobody is asked where there is none."""
    return sys.stdin.isatty() and click.confirm(tr(lang, "Make these changes?"), err=True)


def _lines(seen: Load, book: BookPlan, lang: Lang) -> Iterator[str]:
    """Each change on a line, under the title of its sheet."""
    title = ""
    for change in seen.changes:
        if change.sheet != title:
            title = change.sheet
            yield f"{title}"
        cell = placed(change, book).rpartition("!")[2]
        form = _FORMS[change.how] if change.column or change.how is not How.CHANGED else _WHOLE
        place = f"  {cell}  " if cell else "  "
        values = {"row": change.row, "column": change.column, "old": change.old, "new": change.new}
        yield "".join(char if char.isprintable() else " " for char in tr(lang, form, place=place, **values))


def _object(change: Change, book: BookPlan) -> dict[str, str]:
    return {
        "how": change.how.value,
        "cell": placed(change, book),
        "entity": change.entity,
        "field": change.field,
        "old": change.old,
        "new": change.new,
    }
