"""Which formats can be written, and what is said of those that can't."""

import sys
from importlib import import_module

import pytest

from campaign.errors import Refused
from campaign.language import Lang
from exports.registry import FORMATS, Format
from manyi.exporting import REPORT_EFFORT, available, effort, lacking, require_available


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_a_function_that_makes_it(name: str) -> None:
    """A name in the registry is no promise that a typing error breaks."""
    module, function = FORMATS[name].source.split(":")
    assert callable(getattr(import_module(module), function))


def test_a_format_whose_extra_is_missing_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out where all are wanted, and refused with what to install where it is asked for."""
    absent = Format("sav", "json:loads", needs="no_such_library", extra="stats")
    there = Format("csv", "exports.csv_format:csv_files", needs="json", extra="x", effort=3)
    monkeypatch.setattr("manyi.exporting.FORMATS", {"csv": there, "sav": absent})
    assert available() == ([there], [absent])
    with pytest.raises(Refused) as refused:
        require_available([there, absent])
    assert refused.value.code == "M169"
    assert 'pip install "manyi[stats]"' in lacking(absent).text(Lang.ZH)
    assert effort([there]) == REPORT_EFFORT + 3


def test_a_format_is_imported_only_when_it_is_made() -> None:
    """Asking what there is costs nothing."""
    lazy = Format("x", "antigravity:nothing")
    assert lazy.is_there
    assert "antigravity" not in sys.modules
