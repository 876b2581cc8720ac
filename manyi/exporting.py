"""Writing the results out: what ``manyi export`` and the screens call, and the one place that knows the registry."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from campaign.language import Lang
from exports.registry import FORMATS, write_report
from exports.tidy import TidyReport, tidy_report
from manyi.wiring import House


def export_results(
    house: House, lang: Lang, folder: Path, names: Sequence[str], session_id: str | None = None
) -> Iterator[tuple[str, Sequence[Path]]]:
    """Write every format asked for; its name and its files, as soon as they are on disk.

    Files that are there are written over. Refused V58, StoreError M40.
    """
    report = _report(house, lang, session_id)
    for name in names:
        yield name, write_report(report, folder, [name])


def files_there(
    house: House, lang: Lang, folder: Path, names: Sequence[str], session_id: str | None = None
) -> Sequence[str]:
    """Names of the files that an export would write over. Refused V58."""
    report = _report(house, lang, session_id)
    made = [file for name in names for file in FORMATS[name].files(report)]
    return [file for file in made if (folder / file).exists()]


def _report(house: House, lang: Lang, session_id: str | None) -> TidyReport:
    return tidy_report(house.plan, house.verified(session_id), house.today(), lang)
