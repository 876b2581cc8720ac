"""The formats that a report can be written in.

A format is one line here. Its module is imported when it is asked for: who only wants help must not wait for a library
that makes PDFs.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from campaign.language import N_, Lang
from exports.content import Content, Files
from exports.file_names import Names
from exports.pace import NO_EFFORT, Effort, Told, unheard
from exports.report import Report
from exports.texts import tr


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report."""

    name: str
    """What the command line calls it."""
    source: str
    """``module:function``; the function takes the report, a language and who is told how far it is, and gives files."""
    folder: str = ""
    """Folder of their own for its files, if there are many of them; marked for translation."""
    needs: str = ""
    """Module that must be installed beside the program."""
    extra: str = ""
    """The extra of the program that brings it."""
    printed: bool = False
    """Whether it is set in the program's fonts, which do not have every character."""
    effort: Effort = NO_EFFORT
    """How long it takes to make, beside the others."""

    @property
    def is_there(self) -> bool:
        """Whether it can be written in this installation."""
        return not self.needs or find_spec(self.needs) is not None

    def files(self, report: Report, lang: Lang, told: Told = unheard) -> Files:
        """The files by name, one by one."""
        module, function = self.source.split(":")
        made: Files = getattr(import_module(module), function)(report, lang, told)
        return made


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "exports.csv_format:csv_files", folder="csv", effort=Effort(cell=2.4)),
        Format("json", "exports.json_format:json_files", effort=Effort(cell=0.9)),
        Format("xlsx", "exports.workbook.report_book:xlsx_files", effort=Effort(once=20_000, cell=6.0)),
        Format("pdf", "exports.pages.report_pdf:pdf_files", printed=True, effort=Effort(once=400_000, cell=0.3)),
        Format(
            "notice",
            "exports.pages.notices:notice_files",
            folder=N_("notices"),
            printed=True,
            effort=Effort(notice=8_500),
        ),
        Format(
            "sav",
            "exports.stats.sav:sav_files",
            needs="pyreadstat",
            extra="stats",
            effort=Effort(once=500_000, cell=1.0),
        ),
    )
}
"""Every format by its name, in the order in which they are written."""


def known(names: Iterable[str]) -> Sequence[Format]:
    """The formats with these names, each once, in the order of the registry; KeyError with a name that is none."""
    wanted = set(names)
    if unknown := sorted(wanted - FORMATS.keys()):
        raise KeyError(*unknown)
    return [each for name, each in FORMATS.items() if name in wanted]


def files_of(
    formats: Iterable[Format], report: Report, lang: Lang, told: Callable[[Format], Told] = lambda _: unheard
) -> Iterator[tuple[Format, str, Content]]:
    """The files of each format one by one, under names that every system can hold and of which no two are the same.

    ``told`` is asked, for each format, who is told how far it is.
    """
    names = Names()
    for each in formats:
        hearing = told(each)
        for name, content in each.files(report, lang, hearing):
            yield each, names.free(name, tr(lang, each.folder) if each.folder else ""), content
        hearing(1.0)
        gc.collect()  # of a workbook 100 MB: its parts know each other
