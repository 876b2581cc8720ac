"""The CSV export of real sessions, byte for byte, and what must never be in it."""

import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest

from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.samples import sample_plan
from db import memory_store
from exports.registry import FORMATS, write_report
from exports.tidy import TidyReport, Verified, tidy_report
from surveys.desk import SurveyDesk, freeze_questionnaires
from surveys.ports import Store

DAY = date(2026, 11, 23)
GOLDEN = Path(__file__).parent.parent / "golden"
TEXT = '=HYPERLINK("http://x","意见") 路灯坏了'
PEOPLE = [
    "AAABAAABAA", "ABABABABAB", "BBBBBBBBBB", "AACAADAABC", "CCCCCCCCCC", "A-A-A-A-AA",
    "AAAAAAAAAB", "DADADADADA", "ABCDABCDAB", "AAABBBCCCA", "BAAAAAAAAB", "AAAA------",
]  # fmt: skip
"""Answers to Q1 … Q10 of twelve people; the last one answers too few questions to count."""


@pytest.fixture
def store() -> Store:
    store = memory_store()
    plan = sample_plan("town").plan
    store.save_plan(plan, AuditEntry(on=DAY, role="staff", entity="campaign", field="plan", new="started"))
    freeze_questionnaires(store, plan, None)
    return store


def counted(store: Store, branch: str, people: list[str], *, text: str = "") -> Verified:
    """A verified session with these people's answers."""
    desk = SurveyDesk(store, store.plan(), DAY)
    session = desk.open(branch, "final", "2468").session
    for number, choices in enumerate(people):
        answers: dict[str, object] = {f"Q{q}": c for q, c in enumerate(choices, 1) if c != "-"}
        answers["Q11"] = ["1", "3"] if number % 2 else ["13"]
        if text and number == 0:
            answers |= {"Q12": text, "wants_answer": "yes"}
        desk.submit(session.id, f"id-{number}", Lang.ZH, answers)
    desk.close(session.id)
    desk.verify(session.id)
    questionnaire = store.questionnaire(session.questionnaire)
    assert questionnaire is not None
    return Verified(desk.results(session.id), questionnaire)


@pytest.fixture
def sessions(store: Store) -> list[Verified]:
    """One session with enough forms, one with too few, one where all are alike."""
    return [
        counted(store, "B08", PEOPLE, text=TEXT),
        counted(store, "B07", PEOPLE[:4]),
        counted(store, "B01", ["AAAAAAAAAA"] * 8),
    ]


def report(store: Store, sessions: list[Verified], lang: Lang) -> TidyReport:
    return tidy_report(store.plan(), sessions, DAY, lang)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", ["tallies.csv", "questions.csv", "forms.csv", "about.csv"])
def test_the_export_is_what_it_was(store: Store, sessions: list[Verified], lang: Lang, name: str) -> None:
    """Every byte of the export is known; write the files anew with GOLDEN_UPDATE=1 and look at the difference."""
    content = FORMATS["csv"].files(report(store, sessions, lang))[name]
    golden = GOLDEN / f"export_{lang}_{name}"
    if os.environ.get("GOLDEN_UPDATE") == "1":
        golden.write_bytes(content)
    assert content == golden.read_bytes()


def rows(files: dict[str, bytes], name: str, session: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline=""))
    return [row for row in reader if row["session"].startswith(session)]


def test_counts_and_blanks_add_up_to_the_valid_forms(store: Store, sessions: list[Verified]) -> None:
    """Every table cross-foots: choices and blanks of a scale question are all valid forms."""
    files = FORMATS["csv"].files(report(store, sessions, Lang.EN))
    tallies = rows(files, "tallies.csv", "B08")
    for name in {row["question"] for row in tallies} - {"Q11"}:
        of_question = [row for row in tallies if row["question"] == name]
        assert sum(int(row["count"]) for row in of_question) == int(of_question[0]["valid"])


def test_too_few_forms_show_no_figure_in_any_table(store: Store, sessions: list[Verified]) -> None:
    """Of four forms nothing is told but that they are too few, not even how many there were."""
    files = FORMATS["csv"].files(report(store, sessions, Lang.EN))
    figures = {"count", "share_pct", "valid", "blank", "positive", "negative", "no_opinion", "submitted", "void"}
    figures |= {"positive_rate_pct", "expressed_rate_pct", "negative_share_pct", "no_opinion_share_pct", "index"}
    hidden = [row for name in ("tallies.csv", "questions.csv", "forms.csv") for row in rows(files, name, "B07")]
    assert hidden
    assert {row["figure_state"] for row in hidden} == {"<5"}
    assert {row[name] for row in hidden for name in figures & row.keys()} == {""}


def test_eight_people_who_all_agree_are_not_exposed(store: Store, sessions: list[Verified]) -> None:
    """Where everybody said the same and few were asked, saying so would tell what each one said."""
    files = FORMATS["csv"].files(report(store, sessions, Lang.EN))
    alike = [row for row in rows(files, "questions.csv", "B01") if row["question"] == "Q10"]
    assert [(row["figure_state"], row["positive"], row["positive_rate_pct"]) for row in alike] == [("alike", "", "")]


def test_hidden_figures_cannot_be_found_from_the_counts(store: Store) -> None:
    """Seven forms, six satisfied and one without an opinion: neither table and no JSON shows a figure of Q10."""
    people = ["ACB--ABCAA", "CAABCACDBA", "BBCDAACCDA", "ACDBCAABCA", "CABACDBACA", "BCAACDDBAA", "DABCABCADD"]
    verified = counted(store, "B02", people)
    files = FORMATS["csv"].files(report(store, [verified], Lang.EN))
    tallies, questions = (
        [row for row in rows(files, name, "B02") if row["question"] == "Q10"]
        for name in ("tallies.csv", "questions.csv")
    )
    assert {row["figure_state"] for row in [*tallies, *questions]} == {"alike"}
    assert {row["count"] + row["share_pct"] for row in tallies} == {""}
    shown = {"blank", "positive", "negative", "no_opinion", "index", "expressed_rate_pct", "negative_share_pct"}
    assert {row[name] for row in questions for name in shown} == {""}
    overall = verified.results.overall
    assert overall is not None
    assert (overall.suppressed, overall.counts, overall.expressed_rate) == ("alike", None, None)
    assert {row["figure_state"] for row in rows(files, "questions.csv", "B02") if row["question"] == "Q2"} == {"shown"}


def test_written_opinions_are_not_exported(store: Store, sessions: list[Verified]) -> None:
    """What people wrote is in no file of the export."""
    files = FORMATS["csv"].files(report(store, sessions, Lang.EN))
    assert [
        name for name, content in files.items() if "路灯" in content.decode() or "HYPERLINK" in content.decode()
    ] == []


def test_files_are_written_whole(store: Store, sessions: list[Verified], tmp_path: Path) -> None:
    """A second export replaces the first, and nothing but the files is left in the folder."""
    for _ in range(2):
        paths = write_report(report(store, sessions, Lang.ZH), tmp_path / "out", ["csv"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in paths)
