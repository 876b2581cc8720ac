"""The counted surveys of the sample town, to the last digit of the table, from a store that was started with them."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from campaign.language import Lang
from campaign.samples import sample_log
from db import open_store
from exports.cells import Count, Hidden, Table
from exports.report import Report
from exports.showing import shown
from manyi.settings import Settings
from manyi.starting import start_from_sample
from manyi.wiring import House
from surveys.published import Published
from surveys.session import SessionState
from surveys.tallies import By

DEMO = date(2026, 11, 23)
TABLE = """
B01 40 38 37 1 15 14  51  30 14  3  3 1 86.3 93.6 81.7 no
B02 25 25 25 0  0  0  25   9  6  7  3 0 60.0 68.2 57.3 no
B03 30 27 25 2  8  7  32  11  8  9  3 1 59.4 67.9 56.4 catch-up required
B04 60 57 56 1 24 22  78  52 19  4  2 1 91.0 94.7 84.5 no
B05 20 16 16 0 31 30  46  24 15  4  3 0 84.8 90.7 76.7 no
all 175 163 159 4 78 73 232 126 62 27 14 3 81.0 87.4
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The town on its demo day."""
    folder: Path = tmp_path_factory.mktemp("town") / "data"
    settings = Settings(data=folder, today=DEMO, lang=Lang.EN)
    start_from_sample(settings, "town")
    return House(settings, open_store(folder))


@pytest.fixture(scope="module")
def figures(house: House) -> Published:
    return house.surveys().figures()


@pytest.fixture(scope="module")
def report(house: House) -> Report:
    return house.report()


def table(report: Report, name: str) -> Table:
    found = report.table(name)
    assert found is not None
    return found


def cells(table: Table, row: int, *keys: str) -> list[str]:
    return [shown(table.rows[row][table.place(key)], Lang.EN) for key in keys]


FORMS = ("issued", "returned", "paper_valid", "void", "kiosk_started", "kiosk_submitted")
ANSWERS = ("valid", "A_count", "B_count", "C_count", "D_count", "blank_count", "satisfaction", "expressed")


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_the_town_counts_as_the_table_says(report: Report, line: str) -> None:
    """Account, answers to the overall question, rates, index and decision of every branch, and all together."""
    code, *expected = line.split(maxsplit=16)
    account, results = table(report, "T1-final"), table(report, "T3-final")
    codes = [shown(row[account.place("branch")], Lang.EN) for row in account.rows]
    by_code = [shown(row[results.place("branch")], Lang.EN) for row in results.rows]
    at, place = (codes.index(code), by_code.index(code)) if code != "all" else (-1, -1)
    found = [*cells(account, at, *FORMS), *cells(results, place, *ANSWERS)]
    assert found == expected[:14]
    if code != "all":
        assert cells(results, place, "index", "remedial") == expected[14:]


def test_the_towns_rates_are_exact(figures: Published) -> None:
    """Pooled 188/232, expressed 188/215, mean of the five rates 76.29; these are three different figures."""
    (final,) = figures.of_kind("final")
    overall = final.town.overall
    assert overall is not None
    assert (overall.satisfaction, overall.expressed) == (Fraction(188, 232), Fraction(188, 215))
    assert final.mean_of_branches is not None
    assert round(float(100 * final.mean_of_branches), 2) == 76.29


def test_those_who_did_not_answer_could_move_the_rate(figures: Published) -> None:
    """B01: 55 were given a form or began at a kiosk, 51 answered, 44 are satisfied: 80.0 % to 87.3 %."""
    (final,) = figures.of_kind("final")
    first = final.branches[0]
    assert first.bounds == (Fraction(44, 55), Fraction(48, 55))


def test_five_results_are_posted_and_two_pulse_surveys_are_counted(house: House) -> None:
    """The final surveys stand published on the days of the log, for five working days."""
    sessions = {session.id: session for session in house.store.sessions()}
    states = [session.state for session in sessions.values()]
    assert states.count(SessionState.PUBLISHED) == 5
    assert states.count(SessionState.VERIFIED) == 2
    posted = {entry.branch: entry.on for entry in sample_log("town") if entry.kind == "result_notice"}
    published = {session.branch: session.posted_on for session in sessions.values() if session.posted_on}
    assert published == posted
    assert (sessions["B01-261008-1"].posted_until) == date(2026, 10, 21)


def test_the_surveys_agree_with_the_log(house: House) -> None:
    """Every counted session has as many valid forms as the log entry of its day says."""
    log = {(entry.branch, entry.on): entry.counts["forms"] for entry in sample_log("town") if "forms" in entry.counts}
    for session in house.store.sessions():
        assert session.tally is not None
        assert log[session.branch, session.on] == session.tally.valid


def test_the_ballot_boxes_hold_what_was_counted(house: House) -> None:
    """Responses are real ones, their ids random; forms are accounted for."""
    for session in house.store.sessions():
        assert session.tally is not None
        assert session.account is not None
        assert len(list(house.store.responses(session.id))) == session.tally.submitted
        assert list(session.account.problems()) == []


def test_four_forms_of_the_brickworks_are_hidden(report: Report) -> None:
    """Nothing of them is shown, not even how many came back."""
    account = table(report, "T1-pulse")
    row = account.rows[0]
    assert shown(row[account.place("branch")], Lang.EN) == "B07"
    assert {cell for cell in row if not hasattr(cell, "text") and not isinstance(cell, Count | date)} <= {Hidden("<5")}
    assert row[account.place("issued")] == Hidden("<5")


def test_eight_satisfied_pensioners_are_hidden(figures: Published) -> None:
    """All alike: the overall question has no figures, the first question, which is not alike, has."""
    (pulse,) = figures.of_kind("pulse")
    retired = next(each for each in pulse.branches if each.branch == "B10")
    assert retired.overall is not None
    assert (retired.overall.hidden, retired.overall.counts) == ("alike", None)
    first = retired.question("Q1")
    assert first is not None
    assert first.satisfaction == Fraction(7, 8)


def test_the_towns_groups_leave_two_small_ones_out(figures: Published) -> None:
    """Two people did not say what they are: they are shown only together with the next smallest group."""
    (final,) = figures.of_kind("final")
    groups = final.by(By.GROUP)
    sizes = [(each.part, each.merged, each.valid) for each in groups.town]
    assert sizes == [("1", (), 37), ("2", (), 74), ("3", (), 53), ("4", (), 33), ("5", (), 24), (None, ("6", ""), 11)]


def test_the_sample_is_the_same_every_time(tmp_path: Path) -> None:
    """Two towns have the same answers, whatever their ids."""
    tallies = []
    for name in ("one", "two"):
        settings = Settings(data=tmp_path / name, today=DEMO, lang=Lang.ZH)
        start_from_sample(settings, "town")
        store = open_store(tmp_path / name)
        tallies.append([session.tally for session in store.sessions()])
        store.close()
    assert tallies[0] == tallies[1]
