"""The register of help: entries of one code, folded; what counts for a step; what an entry must say."""

from datetime import date
from fractions import Fraction

import pytest

from campaign.errors import BadInput
from campaign.helping import HelpCase, help_cases
from campaign.log import LogEntry
from campaign.overview import overview
from campaign.plan import Attribute
from campaign.recording import check_entry
from campaign.typed import parse_help_code
from tests.builders import TODAY, make_entry, make_kind, make_plan, make_step, november

HELP = make_kind(
    "help_case",
    "S1",
    effect="help",
    counts=("helped",),
    outcomes=("planned", "done", "confirmed"),
    attributes=("need",),
)
NEED = {
    "id": "need",
    "name": {"zh": "需求", "en": "Need"},
    "choices": [
        {"id": "jobs", "name": {"zh": "就业", "en": "jobs"}},
        {"id": "housing", "name": {"zh": "住房", "en": "housing"}},
    ],
}
PLAN = make_plan(
    steps=[make_step("S1", kind="count", count="helped", target=2)], kinds=[HELP, make_kind("office")]
).model_copy(update={"attributes": (Attribute.model_validate(NEED),)})


def helped(on: date, outcome: str, code: str = "H07", **more: object) -> LogEntry:
    """An entry of the register about one help."""
    return make_entry("help_case", on, outcome=outcome, code=code, counts={"helped": 1}, **more)


def problems(entry: LogEntry) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in check_entry(PLAN, entry, TODAY)]


def test_all_entries_of_a_code_are_one_help() -> None:
    """Planned, given and confirmed on their days; the newest need, note and planned day hold."""
    log = [
        helped(november(2), "planned", planned=november(9), attributes={"need": "jobs"}, note="roof"),
        helped(november(5), "planned", planned=november(12), attributes={"need": "housing"}),
        helped(november(11), "done"),
        helped(november(14), "confirmed"),
        helped(november(3), "done", "12"),
    ]
    assert help_cases(PLAN, log) == (
        HelpCase("B01", "12", (), "", None, november(3), None),
        HelpCase("B01", "H07", (("need", "housing"),), "roof", november(12), november(11), november(14)),
    )


def test_help_counts_once_and_when_it_was_given() -> None:
    """What is only planned advances no step, and a confirmation of what was given adds nothing."""

    def progress(*log: LogEntry) -> Fraction:
        [branch] = overview(PLAN, log, TODAY, trust_today=True).branches
        return branch.phases[0].steps[0].progress

    planned, done = helped(november(2), "planned", planned=november(9)), helped(november(4), "done")
    assert progress(planned) == 0
    assert progress(planned, done) == Fraction(1, 2)
    assert progress(planned, done, helped(november(6), "confirmed")) == Fraction(1, 2)
    assert progress(helped(november(6), "confirmed"), helped(november(7), "done", "H08")) == 1


def test_an_entry_of_the_register_needs_its_code_and_planned_help_its_day() -> None:
    """M06, M176; neither belongs to an entry of another kind (M50)."""
    assert problems(helped(november(2), "done")) == []
    assert problems(helped(november(2), "done", "")) == [("M06", "code")]
    assert problems(helped(november(2), "planned")) == [("M176", "planned")]
    assert problems(helped(november(2), "planned", planned=november(30))) == []
    other = make_entry("office", november(2), code="H07", planned=november(9))
    assert problems(other) == [("M50", "code"), ("M50", "planned")]


@pytest.mark.parametrize(("typed", "code"), [("h07", "H07"), (" Ｈ０７ ", "H07"), ("12", "12"), ("BH12345", "BH12345")])
def test_a_code_is_folded(typed: str, code: str) -> None:
    """In small letters, with spaces or full-width."""
    assert parse_help_code(typed) == code


@pytest.mark.parametrize("typed", ["", "H", "Li Ming", "李明", "13812345678", "HHH1", "H-07"])
def test_names_and_telephone_numbers_are_no_codes(typed: str) -> None:
    """A code has at most two letters, and one to five digits behind them: M175."""
    with pytest.raises(BadInput) as raised:
        parse_help_code(typed)
    assert raised.value.code == "M175"
