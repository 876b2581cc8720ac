"""The command that reads filled-in forms from scans and photographs."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click

from campaign.language import N_, Lang
from db.pictures import PictureFolder
from manyi.cli.options import CodeType, settings_of
from manyi.console import say, say_json
from manyi.scan_lines import ScanCount, result_line, result_object, summary_lines, summary_object
from manyi.scanning import count_pages, scan_files, scan_run
from manyi.texts import tr
from manyi.wiring import opened
from surveys.paper.scan_results import Result


@click.command(
    help=N_(
        "Read filled-in forms of closed sessions from PDF files, pictures, or folders of them. What is certain is "
        "kept; what is in doubt waits on the intake screen, with its picture. Needs the extra “scan”."
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--session",
    "session_id",
    type=CodeType(),
    help=N_("Only forms of this session; without it each form goes to its own."),
)
@click.option(
    "--json", "as_json", is_flag=True, help=N_("Print one JSON object a line: each form or page, then how many.")
)
@click.pass_context
def read(context: click.Context, files: tuple[Path, ...], session_id: str | None, as_json: bool) -> int:
    """Tell what became of each form and each page; what has been told is on disk, also if the run is broken off."""
    settings = settings_of(context)
    lang, pictures, count = settings.lang, PictureFolder(settings.data), ScanCount()
    lines: list[str] = []

    def tell(result: Result) -> None:
        count.add(result)
        if as_json:
            say_json(result_object(result, lang, pictures))
        elif line := result_line(result, lang):
            lines.append(line)

    with opened(settings) as house:
        run = scan_run(settings, house.store, session_id, tell)
        paths = [*scan_files(files)]
        try:
            pages, total = run.pages(paths), count_pages(paths)
            is_watched = sys.stderr.isatty() and not (as_json and sys.stdout.isatty())
            count.pages = _watched(pages, total, lang) if is_watched else sum(1 for _ in pages)
        finally:
            for line in lines:
                say(line)
    if as_json:
        say_json(summary_object(count))
    for line in () if as_json else summary_lines(count, lang):
        say(line)
    return count.exit.number


def _watched(pages: Iterable[object], total: int, lang: Lang) -> int:
    """Go through the pages, and show a person at the terminal how many, how fast, and how long it takes yet."""
    done, start = 0, time.monotonic()

    def rate(_page: object) -> str:
        return tr(lang, "{n} pages/s", n=f"{done / max(time.monotonic() - start, 0.001):.1f}")

    with click.progressbar(
        pages, length=total, show_pos=True, show_eta=True, item_show_func=rate, file=sys.stderr
    ) as watched:
        for _ in watched:
            done += 1
    return done
