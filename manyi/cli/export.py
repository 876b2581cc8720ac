"""The command that writes results into files, and checks files that were written."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from campaign.errors import Exit, Problem
from campaign.language import N_, Lang, Listed, listed
from exports.folder import Written
from exports.manifest import check_folder
from exports.registry import FORMATS, Format, known
from manyi.cli.options import CodeType, json_option, names_typed, settings_of
from manyi.console import say, say_json, tell, tell_problems
from manyi.exporting import Wish, available, lacking
from manyi.exporting import export as write_export
from manyi.progress import Progress
from manyi.settings import Settings
from manyi.texts import tr
from manyi.wiring import opened


@click.command(
    help=N_(
        "Write the results into a folder: tables, report and notices in every format that can be written here, and "
        "SHA256SUMS, with which anybody can check the files. All of them, or nothing."
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    metavar="NAME,…",
    multiple=True,
    help=N_(
        "Formats, with commas between them; without it all: csv, json, xlsx, pdf (the report), notice (a PDF and a "
        "text for each posted result), sav (for statistics programs)."
    ),
)
@click.option(
    "--session",
    "sessions",
    type=CodeType(),
    multiple=True,
    help=N_("Only the tables of this session; may be repeated."),
)
@click.option("--all", "everything", is_flag=True, help=N_("The whole campaign, as without --session."))
@click.option(
    "--force",
    is_flag=True,
    help=N_("Overwrite files that are there; files of an export before go, unless they were changed."),
)
@click.option("--verify", is_flag=True, help=N_("Write nothing: check whether the folder is as it was written."))
@json_option
@click.pass_context
def export(  # options of a command
    context: click.Context,
    folder: Path,
    formats: tuple[str, ...],
    sessions: tuple[str, ...],
    everything: bool,
    force: bool,
    verify: bool,
    as_json: bool,
) -> int | None:
    """Make the report once and write it in every format."""
    settings = settings_of(context)
    if verify:
        if formats or sessions or everything or force:
            raise click.UsageError(tr(settings.lang, "--verify writes nothing and takes no other option but --json."))
        return _verified(folder, settings.lang, as_json=as_json)
    if everything and sessions:
        raise click.UsageError(tr(settings.lang, "Give either --session or --all."))
    wanted = _formats(formats, settings.lang)
    left_out = [] if formats else available()[1]
    written = _written(settings, Wish(folder, tuple(wanted), tuple(dict.fromkeys(sessions)), force))
    _told(written, left_out, settings.lang, as_json=as_json)
    return None


def _formats(typed: Sequence[str], lang: Lang) -> Sequence[Format]:
    """The formats that are named, or all that can be written here."""
    if not typed:
        return available()[0]
    names = names_typed(typed)
    try:
        found = known(names)
    except KeyError as error:
        found, names = [], [str(each) for each in error.args]
    if found:
        return found
    raise click.UsageError(
        tr(
            lang,
            "There is no format {unknown}. Known: {known}.",
            unknown=listed(names, lang),
            known=listed(FORMATS, lang),
        )
    )


def _written(settings: Settings, wish: Wish) -> Written:
    progress = Progress(sys.stderr, settings.lang)
    progress.begin(tr(settings.lang, "tables"))
    with progress.shown(), opened(settings) as house:
        return write_export(house, wish, progress)


def _told(written: Written, left_out: Sequence[Format], lang: Lang, *, as_json: bool) -> None:
    tell_problems([lacking(each) for each in left_out], lang)
    if as_json:
        say_json(
            {
                "folder": written.folder,
                "files": [{"name": each.name, "sha256": each.sha256, "bytes": each.size} for each in written.files],
                "not_written": [each.name for each in left_out],
                "other_files": written.strangers,
                "removed_files": written.removed,
                "missing_characters": [f"U+{ord(char):04X}" for char in written.lacking],
            }
        )
        return
    for each in written.files:
        say(str(written.folder / each.name))
    n = len(written.files)
    tell(
        tr.plural(
            lang,
            "{n} file written. To check it later: manyi export --verify {path}",
            "{n} files written. To check them later: manyi export --verify {path}",
            n,
            path=written.folder,
        )
    )
    if written.lacking:
        chars = " ".join(f"{char} (U+{ord(char):04X})" for char in written.lacking)
        tell(tr(lang, "Printed pages show □ for characters that the fonts do not have: {chars}", chars=chars))
    if written.removed:
        names = Listed(written.removed)
        tell(tr(lang, "Files of the export before, which are no part of this one, were removed: {names}", names=names))
    if written.strangers:
        names = Listed(written.strangers)
        tell(tr(lang, "Files that were there before and are no part of this export: {names}", names=names))


def _verified(folder: Path, lang: Lang, *, as_json: bool) -> int | None:
    """Say what is not as it was written; exit code 5 then."""
    found = check_folder(folder)
    if as_json:
        say_json(found)
    whys = (
        (found.missing, N_("it is missing")),
        (found.changed, N_("it was changed after it was written")),
        (found.extra, N_("it is no part of the export")),
    )
    tell_problems(
        [Problem("M167", {"file": name, "why": tr.phrase(why)}) for names, why in whys for name in names], lang
    )
    if not found.is_sound:
        return Exit.REFUSED.number
    if not as_json:
        say(tr.plural(lang, "{n} file, as it was written.", "{n} files, all as they were written.", found.files))
    return None
