"""The formats that a report can be written in.

A format is one line here. Its module is imported when it is asked for: who only wants help must not wait for a library
that makes PDFs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from campaign.language import Lang
from exports.content import Content
from exports.file_names import Names
from exports.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report."""

    name: str
    """What the command line calls it."""
    source: str
    """``module:function``; the function takes the report and a language, and makes the files by name."""
    folder: str = ""
    """Folder of their own for its files, if there are many of them."""
    needs: str = ""
    """Module that must be installed beside the program."""
    extra: str = ""
    """The extra of the program that brings it."""
    printed: bool = False
    """Whether it is set in the program's fonts, which do not have every character."""
    effort: int = 1
    """How long it takes to make, beside the others."""

    @property
    def is_there(self) -> bool:
        """Whether it can be written in this installation."""
        return not self.needs or find_spec(self.needs) is not None

    def files(self, report: Report, lang: Lang) -> Mapping[str, Content]:
        """The files by name."""
        module, function = self.source.split(":")
        made: Mapping[str, Content] = getattr(import_module(module), function)(report, lang)
        return made


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "exports.csv_format:csv_files", folder="csv"),
        Format("json", "exports.json_format:json_files"),
        Format("xlsx", "exports.workbook.report_book:xlsx_files", effort=4),
        Format("pdf", "exports.pages.report_pdf:pdf_files", printed=True, effort=6),
        Format("notice", "exports.pages.notices:notice_files", folder="notice", printed=True, effort=4),
        Format("sav", "exports.stats.sav:sav_files", needs="pyreadstat", extra="stats"),
    )
}
"""Every format by its name, in the order in which they are written."""


def known(names: Iterable[str]) -> Sequence[Format]:
    """The formats with these names, each once, in the order of the registry; KeyError with a name that is none."""
    wanted = set(names)
    if unknown := sorted(wanted - FORMATS.keys()):
        raise KeyError(*unknown)
    return [each for name, each in FORMATS.items() if name in wanted]


def files_of(formats: Iterable[Format], report: Report, lang: Lang) -> Iterator[tuple[Format, Mapping[str, Content]]]:
    """Each format with its files, under names that every system can hold and of which no two are the same."""
    names = Names()
    for each in formats:
        made = each.files(report, lang)
        yield each, {names.free(name, each.folder): content for name, content in made.items()}
