"""Which formats can be written, and what is said of those that can't."""

import sys
from importlib import import_module

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from exports.cells import Count, Table, counts, plain, texts
from exports.content import pieces
from exports.pace import Effort
from exports.registry import FORMATS, Format, files_of
from exports.report import Report
from manyi.advice import ADVICE
from manyi.exporting import available, lacking, require_available
from tests.report_makers import report


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_a_function_that_makes_it(name: str) -> None:
    """A name in the registry is no promise that a typing error breaks."""
    module, function = FORMATS[name].source.split(":")
    assert callable(getattr(import_module(module), function))


def test_a_format_whose_extra_is_missing_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out where all are wanted, and refused with what to install where it is asked for."""
    absent = Format("sav", "json:loads", needs="no_such_library", extra="stats")
    there = Format("csv", "exports.csv_format:csv_files", needs="json", extra="x")
    monkeypatch.setattr("manyi.exporting.FORMATS", {"csv": there, "sav": absent})
    assert available() == ([there], [absent])
    with pytest.raises(Refused) as refused:
        require_available([there, absent])
    assert refused.value.code == "M169"
    assert "pip install 'manyi[stats]'" in ADVICE.text(lacking(absent), Lang.ZH)


def test_a_format_is_imported_only_when_it_is_made() -> None:
    """Asking what there is costs nothing."""
    lazy = Format("x", "antigravity:nothing")
    assert lazy.is_there
    assert "antigravity" not in sys.modules


def many(notices: int) -> Report:
    """Notices, each with a table of its own."""
    made = []
    for number in range(notices):
        made.append(Table("T2", f"T2-x-{number}", plain(f"{number}"), (counts("n", "No."),), ((Count(number),),) * 9))
        item = (texts("item", "Item"), texts("text", "Text"))
        rows = ((plain("Unit"), plain(f"Office {number}")),)
        made.append(Table("T9", f"T9-{number}", plain(f"{number}"), item, rows, posted_with=(made[-1].name,)))
    return report(made)


@pytest.mark.parametrize("name", ["csv", "json", "xlsx", "pdf", "notice"])
def test_a_format_tells_how_far_it_is_while_its_files_are_made(name: str) -> None:
    """In many small steps, never back, from nothing to all."""
    shares: list[float] = []
    for _, _, content in files_of([FORMATS[name]], many(30), Lang.EN, lambda _: shares.append):
        for _ in pieces(content):
            pass
    assert shares == sorted(shares)
    assert (shares[0] > 0, shares[-1]) == (True, 1.0)
    assert max(after - before for before, after in zip([0.0, *shares], shares, strict=False)) < 0.51
    assert len(set(shares)) >= (5 if name == "pdf" else 30)  # all of it is on a few pages


def test_notices_are_made_one_by_one() -> None:
    """There is no room for a thousand at once: only what is asked for is made."""
    shares: list[float] = []
    files = files_of([FORMATS["notice"]], many(4), Lang.EN, lambda _: shares.append)
    names = [next(files)[1] for _ in range(3)]
    assert names == [f"notices/Public-notice-{name}" for name in ("0-0.pdf", "0-0.md", "1-1.pdf")]
    assert shares == [0.25]


def test_how_long_a_format_takes_depends_on_what_there_is_to_write() -> None:
    """Twice the notices take twice as long; a format that makes none does not care."""
    assert Effort(notice=100).of(many(8)) == 2 * Effort(notice=100).of(many(4)) - 1
    assert Effort(once=5, cell=1).of(many(1)) == 1 + 5 + 10 + 4
