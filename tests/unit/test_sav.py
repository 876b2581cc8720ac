"""The SPSS file holds the published tallies, in numbers with labels, and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pyreadstat
import pytest

from campaign.i18n import I18n
from campaign.language import Lang
from exports.cells import NONE, Cell, Column, ColumnKind, Count, Hidden, Rate, Table, plain
from exports.report import SurveyMark
from exports.stats.sav import sav, sav_files
from exports.stats.tallies import Tally, tallies
from tests.report_makers import DAY, HOSTILE, report

GOOD, BLANK = I18n(zh="满意", en="Satisfied"), I18n(zh="未填", en="Blank")
SURVEY = I18n(zh="终期测评", en="final survey")
NAMES = {
    "": I18n(zh="合计", en="All together"),
    "B01": I18n(zh="机关", en="Office"),
    "B02": I18n(zh="学校", en="School"),
}


def texts(*keys: str) -> tuple[Column, ...]:
    return tuple(Column(key, plain(key), ColumnKind.TEXT) for key in keys)


SCALE = (
    Column("A_count", plain("forms"), ColumnKind.COUNT, GOOD, "positive"),
    Column("A_share", plain("%"), ColumnKind.RATE, GOOD, "positive"),
    Column("blank_count", plain("forms"), ColumnKind.COUNT, BLANK),
    Column("blank_share", plain("%"), ColumnKind.RATE, BLANK),
    Column("valid", plain("valid"), ColumnKind.COUNT),
)
ASKED = I18n(zh="总体", en="Overall")


def figures(good: int, blank: int) -> tuple[Cell, ...]:
    valid = good + blank
    return (Count(good), Rate(Fraction(good, valid)), Count(blank), Rate(Fraction(blank, valid)), Count(valid))


def by_question(unit: str, cells: tuple[Cell, ...]) -> Table:
    name = f"T2-final-{unit}" if unit else "T2-final"
    columns = (*texts("question", "question_text", "dimension"), *SCALE)
    rows = ((plain("Q1"), ASKED, NONE, *cells),)
    return Table("T2", name, SURVEY, columns, rows, survey="final", branch=unit)


def tables() -> Iterator[Table]:
    accounts = tuple((plain(code), NAMES[code]) for code in ("B01", "B02"))
    yield Table(
        "T1", "T1-final", SURVEY, texts("branch", "branch_name"), (*accounts, (NONE, NAMES[""])), survey="final"
    )
    few: tuple[Cell, ...] = (Hidden("<5"),) * 5
    yield by_question("", figures(9, 3))
    yield by_question("B01", figures(9, 3))
    yield by_question("B02", few)
    chosen = (
        *texts("choice", "choice_text"),
        Column("all_count", plain("forms"), ColumnKind.COUNT, NAMES[""]),
        Column("all_share", plain("%"), ColumnKind.RATE, NAMES[""]),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        (plain("1"), plain("roads"), Count(7), Rate(Fraction(7, 12))),
        (NONE, BLANK, Count(1), Rate(Fraction(1, 12))),
        (NONE, plain("valid"), Count(12), NONE),
    )
    title = I18n(zh="哪些问题？", en="Which problems?")
    yield Table("T2", "T2-final-choices-Q2", title, chosen, rows, survey="final", question="Q2")
    columns = (*texts("branch", "branch_name", "part_name", "question"), *SCALE)
    groups = ((NONE, NAMES[""], plain("staff"), plain("Q1"), *figures(4, 2)),)
    yield Table("T3", "T3-final-group", SURVEY, columns, groups, survey="final", part="group")


REPORT = report(list(tables()), surveys=[SurveyMark("final", "final", SURVEY, "final", SURVEY, "1", 2, 1, 12)])


def test_a_survey_whose_name_begins_with_that_of_another_keeps_its_own_tables() -> None:
    """No tally is counted for both."""
    other = SurveyMark("final", "final_late", plain("again"), "late", SURVEY, "1", 1, 0, 12)
    late = [replace(table, name=table.name.replace("final", "final_late"), survey="final_late") for table in tables()]
    both = list(tallies(report([*tables(), *late], surveys=[*REPORT.metadata.surveys, other])))
    assert [each.survey.en for each in both] == ["final survey"] * 10 + ["again"] * 10


def short(each: Tally) -> tuple[str, str, str, str, str, int | None, int | None, str]:
    return (
        each.unit,
        each.by,
        each.part.en,
        each.question,
        each.answer,
        each.forms,
        each.valid,
        each.reason,
    )


def test_there_is_a_row_for_every_published_answer() -> None:
    """Of all together, of each unit, of each group; what is hidden has its reason and no number."""
    assert [short(each) for each in tallies(REPORT)] == [
        ("", "", "", "Q1", "A", 9, 12, ""),
        ("", "", "", "Q1", "blank", 3, 12, ""),
        ("B01", "", "", "Q1", "A", 9, 12, ""),
        ("B01", "", "", "Q1", "blank", 3, 12, ""),
        ("B02", "", "", "Q1", "A", None, None, "<5"),
        ("B02", "", "", "Q1", "blank", None, None, "<5"),
        ("", "", "", "Q2", "1", 7, 12, ""),
        ("", "", "", "Q2", "blank", 1, 12, ""),
        ("", "group", "staff", "Q1", "A", 4, 6, ""),
        ("", "group", "staff", "Q1", "blank", 2, 6, ""),
    ]
    assert [each.share for each in tallies(REPORT)][:2] == [Fraction(3, 4), Fraction(1, 4)]


@pytest.mark.parametrize("lang", list(Lang))
def test_a_statistics_program_reads_numbers_with_their_labels(tmp_path: Path, lang: Lang) -> None:
    """Read back with pyreadstat: missing figures are missing, and say why."""
    ((name, content),) = sav_files(REPORT, lang)
    assert name == {Lang.ZH: "活动-票数-2026-11-23.sav", Lang.EN: "Campaign-tallies-2026-11-23.sav"}[lang]
    path = tmp_path / "read.sav"
    path.write_bytes(content)
    data, about = pyreadstat.read_sav(path)
    labelled, _ = pyreadstat.read_sav(path, apply_value_formats=True)
    assert list(data["forms"].fillna(-1)) == [9, 3, 9, 3, -1, -1, 7, 1, 4, 2]
    assert list(data["share"].fillna(-1))[:2] == [75, 25]
    assert list(data["answer_code"]) == ["A", "blank"] * 3 + ["1", "blank"] + ["A", "blank"]
    units = [f"{code} {NAMES[code].text(lang)}".strip() for code in ("", "B01", "B02")]
    assert list(labelled["unit"]) == [units[place] for place in (0, 0, 1, 1, 2, 2, 0, 0, 0, 0)]
    assert list(labelled["answer"])[:2] == [GOOD.text(lang), BLANK.text(lang)]
    shown = {Lang.ZH: "显示", Lang.EN: "shown"}[lang]
    assert list(labelled["reason"]) == [shown] * 4 + ["<5"] * 2 + [shown] * 4
    assert all(about.column_names_to_labels.values())
    assert about.variable_measure["forms"] == "scale"
    assert about.file_label == {Lang.ZH: "活动", Lang.EN: "Campaign"}[lang]


def test_the_file_knows_the_day_and_no_time() -> None:
    """The same tallies give the same bytes, whenever they are written."""
    rows = list(tallies(REPORT))
    content = sav(rows, SURVEY, DAY, Lang.EN)
    assert content == sav(rows, SURVEY, DAY, Lang.EN)
    assert content[92:109] == b"23 Nov 2600:00:00"


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_texts_are_labels_like_any_other(tmp_path: Path, what: str) -> None:
    """Cut where the file holds no more, on one line, without control characters."""
    label = I18n(zh=what, en=what)
    row = Tally(label, what[:9], label, "", label, "Q1", label, "A", label, "positive", 3, Fraction(1, 2), 6, "")
    path = tmp_path / "hostile.sav"
    path.write_bytes(sav([row], label, DAY, Lang.ZH))
    data, about = pyreadstat.read_sav(path)
    assert (list(data["forms"]), list(data["valid"])) == ([3], [6])
    (said,) = about.variable_value_labels["answer"].values()
    assert len(said.encode()) <= 120
    assert said == said.strip()
    assert about.creation_time == datetime(2026, 11, 23)  # noqa: DTZ001  # SPSS knows no time zone


def test_a_report_without_surveys_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.sav"
    path.write_bytes(sav([], SURVEY, date(2026, 1, 2), Lang.EN))
    data, about = pyreadstat.read_sav(path)
    assert (len(data), about.column_names[0]) == (0, "survey")


def test_without_the_extra_it_is_said_what_to_install() -> None:
    """In a program of its own, where pandas cannot be imported; nothing else there needs it."""
    code = """
import sys
sys.modules["pandas"] = sys.modules["pyreadstat"] = None
from campaign.errors import UsageError
from campaign.language import Lang
from exports.stats.sav import sav_files
from manyi.advice import ADVICE
from tests.report_makers import report
try:
    list(sav_files(report([]), Lang.EN))
except UsageError as error:
    print(ADVICE.text(error.problems[0], Lang.EN))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("M161 To write SPSS files")
    assert "pip install 'manyi[stats]'" in done.stdout
