"""The exported report of the sample town: every format says the same, to the last digit."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from campaign.errors import BadInput, Refused
from campaign.language import Lang
from db import open_store
from exports.content import Content
from exports.registry import FORMATS, files_of, known
from exports.report import Report
from exports.showing import headings
from manyi.exporting import Wish, export
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from tests.report_cells import (
    csv_cells,
    csv_rows,
    exact_cells,
    expected_cells,
    figures_of,
    json_cells,
    json_exact,
    tidy_values,
    whole,
)

GOLDEN = Path(__file__).parent.parent / "golden"
DAY = date(2026, 11, 23)
LANGS = pytest.mark.parametrize("lang", list(Lang))
TABLE = {
    "B01": "51 30 14 3 3 1 86.3 93.6 44/51",
    "B02": "25 9 6 7 3 0 60.0 68.2 3/5",
    "B03": "32 11 8 9 3 1 59.4 67.9 19/32",
    "B04": "78 52 19 4 2 1 91.0 94.7 71/78",
    "B05": "46 24 15 4 3 0 84.8 90.7 39/46",
    "": "232 126 62 27 14 3 81.0 87.4 47/58",
}
"""Valid forms, answers to the overall question, rates in per cent and the exact one, by branch."""
KEYS = ("valid", *(f"{code}_count" for code in ("A", "B", "C", "D", "blank")), "satisfaction", "expressed")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The town on its demo day."""
    folder: Path = tmp_path_factory.mktemp("town") / "data"
    settings = Settings(data=folder, today=DAY, lang=Lang.EN)
    start_from_sample(settings, "town")
    return House(settings, open_store(folder))


@pytest.fixture(scope="module")
def report(house: House) -> Report:
    return house.report()


def files(name: str, report: Report, lang: Lang = Lang.EN) -> Mapping[str, Content]:
    return {key: whole(content) for key, content in FORMATS[name].files(report, lang)}


@LANGS
def test_csv_says_what_the_report_says(report: Report, lang: Lang) -> None:
    """Every cell of every printed table, hidden ones with their reason."""
    assert csv_cells(files("csv", report, lang), report) == expected_cells(report, lang)


@LANGS
def test_the_headings_of_a_table_are_unlike_each_other(report: Report, lang: Lang) -> None:
    """In every table: a program that reads the file finds each column by its heading."""
    for table in report.tables:
        found = headings(table, lang)
        assert sorted(set(found)) == sorted(found), table.name


def test_a_part_has_a_code_in_every_language(report: Report) -> None:
    """``tidy.csv`` names groups and channels by their codes, and by their words beside them."""
    told = [
        {
            (row["part"], row["part_name"])
            for row in tidy_values(files("csv", report, lang))
            if row["name"] in {"T3-final-group", "T3-final-channel"}
        }
        for lang in Lang
    ]
    codes = [{code for code, _ in each} for each in told]
    assert codes[0] == codes[1] == {"1", "2", "3", "4", "5", "6 blank", "kiosk", "paper"}
    assert not {name for _, name in told[0]} & {name for _, name in told[1]}


@LANGS
def test_json_says_what_the_report_says(report: Report, lang: Lang) -> None:
    """Every cell of every table, in both languages, and the exact value of whatever is rounded."""
    content = files("json", report)["report.json"]
    assert json_cells(content, lang) == expected_cells(report, lang)
    assert json_exact(content) == exact_cells(report)


def test_every_count_stands_once_among_the_figures(report: Report) -> None:
    """Read back from tidy.csv: all counts of all tables, under the same table, row and column."""
    found = [
        (row["name"], int(row["row"]), row["figure"], row["count"])
        for row in tidy_values(files("csv", report))
        if row["count"]
    ]
    assert sorted(found) == sorted(
        (name, line, key.removesuffix("_count"), value) for name, line, key, value in figures_of(report)
    )


@pytest.mark.parametrize("branch", TABLE)
def test_the_towns_overall_rates_are_right_to_the_last_digit(report: Report, branch: str) -> None:
    """Counted by hand, read back from the table by unit, from the figures and from the JSON."""
    *shown, exact = TABLE[branch].split()
    cells = csv_cells(files("csv", report), report)
    line = next(
        line for (name, line, key), cell in cells.items() if (name, key, cell) == ("T3-final", "branch", branch)
    )
    assert [cells["T3-final", line, key] for key in KEYS] == shown
    rows = [row for row in tidy_values(files("csv", report)) if (row["name"], row["branch"]) == ("T3-final", branch)]
    by_figure = {row["figure"]: row for row in rows}
    assert [by_figure[key.removesuffix("_count")]["count"] for key in KEYS[:6]] == shown[:6]
    assert [by_figure[key]["rate_pct"] for key in KEYS[6:]] == shown[6:]
    assert by_figure["satisfaction"]["exact"] == exact
    table = next(
        each for each in json.loads(whole(files("json", report)["report.json"]))["tables"] if each["name"] == "T3-final"
    )
    row = next(each for each in table["rows"] if (each["branch"] or {"en": ""})["en"] == branch)
    assert [row[key] for key in KEYS[:6]] == [int(each) for each in shown[:6]]
    assert row["satisfaction"] == {"percent": float(shown[6]), "exact": exact}


def test_small_sessions_say_why_they_are_hidden(report: Report) -> None:
    """B07 had four forms: no figure of it in any format, everywhere the reason."""
    tidy = [row for row in tidy_values(files("csv", report)) if row["branch"] == "B07" and row["survey"] == "pulse"]
    assert {row["figure_state"] for row in tidy} == {"<5"}
    assert {row[key] for row in tidy for key in ("count", "rate_pct", "points", "index", "exact")} == {""}
    alike = {row["figure_state"] for row in tidy_values(files("csv", report)) if row["name"] == "T2-pulse-B10"}
    assert "alike" in alike


def test_the_json_follows_its_schema(report: Report) -> None:
    """What is written beside it describes it: every format of JSON that goes out can be checked by a program."""
    made = files("json", report)
    schema = json.loads(whole(made["report.schema.json"]))
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    value = json.loads(whole(made["report.json"]))
    checker.validate(value)
    value["tables"][0]["rows"][0]["valid"] = 51.5
    with pytest.raises(ValidationError):
        checker.validate(value)


@LANGS
@pytest.mark.parametrize("name", ["about", "T3-final", "T1-pulse", "T8-rates"])
def test_the_export_is_what_it_was(report: Report, lang: Lang, name: str) -> None:
    """Every byte of these files is known; write them anew with GOLDEN_UPDATE=1 and look at the difference."""
    made = files("csv", report, lang)
    (content,) = [whole(content) for key, content in made.items() if key.startswith((f"{name} ", f"{name}."))]
    golden = GOLDEN / f"export_{lang}_{name}.csv"
    if os.environ.get("GOLDEN_UPDATE") == "1":
        golden.write_bytes(content)
    assert content == golden.read_bytes()


def test_written_opinions_are_in_no_file(report: Report, house: House) -> None:
    """What people wrote at a survey is not published with its figures."""
    texts = [each.text for each in house.store.register().heard.values() if each.text]
    assert texts
    everything = b"".join(whole(each) for name in FORMATS for each in files(name, report, Lang.ZH).values())
    assert [text for text in texts if text.encode() in everything] == []


def test_chosen_sessions_show_rows_of_the_whole_report(house: House, report: Report) -> None:
    """The tables of some sessions are those of the campaign, cell by cell, so two exports tell no more than one."""
    ids = ["B01-261008-1", "B07-261112-1"]
    some = house.report_of(ids)
    assert [table.name for table in some.tables] == [
        "T2-final-B01", "T2-pulse-B07", "T9-B01-261008-1", "T9-B07-261112-1",
    ]  # fmt: skip
    assert expected_cells(some, Lang.EN).items() <= expected_cells(report, Lang.EN).items()


def test_sessions_that_have_no_result_are_refused(house: House) -> None:
    """An unknown one by its name, one whose count is not verified because of that."""
    with pytest.raises((BadInput, Refused)) as unknown:
        house.report_of(["B01-261008-1", "B01-200101-9"])
    assert unknown.value.code == "M11"


def test_the_registry_makes_every_format_with_names_of_its_own(report: Report) -> None:
    """In the order of the registry, whatever order they are asked for in, each once."""
    wanted = known(["json", "csv", "json"])
    assert [each.name for each in wanted] == ["csv", "json"]
    made = [(each.name, name) for each, name, _ in files_of(wanted, report, Lang.ZH)]
    assert {name.split("/")[0] for each, name in made if each == "csv"} == {"csv"}
    assert len({name for _, name in made}) == len(made)
    with pytest.raises(KeyError):
        known(["docx"])


def test_headings_and_figures_stand_in_columns_of_their_own(report: Report) -> None:
    """No two columns of a printed table have the same heading, and the last one is the state."""
    for name, content in files("csv", report, Lang.ZH).items():
        head = csv_rows(content)[0]
        assert len(set(head)) == len(head), name
        assert head[-1] == "figure_state" or name in {"about.csv", "tidy.csv"}


class Steps:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.expected: list[int] = []
        self.begun: list[str] = []
        self.parts: list[int] = []

    def expect(self, parts: int) -> None:
        self.expected.append(parts)

    def begin(self, what: str) -> None:
        self.begun.append(what)

    def step(self, parts: int = 1) -> None:
        self.parts.append(parts)


def test_an_export_says_how_far_it_is(house: House, tmp_path: Path) -> None:
    """How much there is to do as soon as it is known; then it moves with every table and notice, to the end."""
    steps = Steps()
    written = export(house, Wish(tmp_path / "out", tuple(known(["csv", "notice"]))), steps)
    assert steps.begun == ["csv", "notice"]
    assert steps.expected == [sum(steps.parts)]
    assert min(steps.parts) >= 0
    assert sum(part > 0 for part in steps.parts) > len(written.files)
    assert max(steps.parts[1:]) < steps.expected[0] // 10
