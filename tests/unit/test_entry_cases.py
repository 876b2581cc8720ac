"""Visits that help name the case: what may be named, and what is said of what may not (R77)."""

import pytest

from campaign.cases import Case, CaseEvent
from campaign.correcting import correct_entry
from campaign.entry_cases import MOST_KNOWN, entries_about, known_cases
from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.loading import parse_plan
from campaign.log import AuditEntry, LogEntry
from campaign.plan import Attribute as PlanAttribute
from campaign.plan import AttributeChoice, OutcomeName, Plan
from campaign.recording import check_entry, record_numbered
from campaign.samples import sample_plan
from db import memory_store
from surveys.case_numbers import case_named
from surveys.ports import Store
from tests.builders import TODAY, make_branch, make_entry, make_kind, make_plan, november
from tests.plan_text import GOOD

VISIT = make_kind("visit", outcomes=("guide", "help"), attributes=("also",), case="optional", case_for=("help",))
HELP = make_kind("helping", case="own")
ALSO = PlanAttribute(
    id="also",
    name=I18n(en="Also for"),
    choices=(AttributeChoice(id="none", name=I18n(en="nothing")), AttributeChoice(id="help", name=I18n(en="help"))),
)
PLAN = make_plan(kinds=(VISIT, HELP), branches=[make_branch("B01"), make_branch("B02")]).model_copy(
    update={
        "attributes": (ALSO,),
        "outcomes": tuple(OutcomeName(id=each, name=I18n(zh=each, en=each)) for each in ("guide", "help")),
    }
)


def case_of(no: str, branch: str = "B01", *, closed: bool = False) -> Case:
    events = [CaseEvent(on=november(2), move="open", state="open", role="office", due=november(20))]
    if closed:
        events.append(CaseEvent(on=november(9), move="withdraw", state="withdrawn", role="office", text="a mistake"))
    return Case(
        no=no,
        kind="correction",
        branch=branch,
        received_on=november(2),
        matter="The box hangs high",
        events=tuple(events),
    )


def store_with(plan: Plan, *cases: Case) -> Store:
    store = memory_store()
    store.save_plan(plan, AuditEntry(on=TODAY, role="test", entity="plan", field="plan"))
    for case in cases:
        store.save_case(case, ())
    return store


def visit(case: str = "", outcome: str = "help", **fields: object) -> LogEntry:
    return make_entry("visit", TODAY, outcome=outcome, case=case, **fields)


def codes_of(entry: LogEntry, plan: Plan = PLAN) -> list[str]:
    return [problem.code for problem in check_entry(plan, entry, TODAY)]


def test_a_case_is_named_only_with_the_purposes_of_the_kind() -> None:
    """By the outcome or by what is chosen; otherwise M50 says with what it does not go, and of which kind it is not."""
    assert codes_of(visit("R-B01-001")) == []
    assert codes_of(visit("R-B01-001", "guide", attributes={"also": "help"})) == []
    assert codes_of(visit("R-B01-001", "guide")) == ["M50"]
    (problem,) = check_entry(PLAN, visit("R-B01-001", "guide"), TODAY)
    assert problem.place == "case"
    assert '"visit: guide" takes no case (got "R-B01-001")' in problem.text(Lang.EN)
    (problem,) = check_entry(PLAN, make_entry("helping", TODAY, case="R-B01-001"), TODAY)
    assert '"helping" takes no case' in problem.text(Lang.EN)
    always = make_kind("visit", case="optional")
    assert codes_of(make_entry("visit", TODAY, case="R-B01-001"), make_plan(kinds=(always,))) == []


def test_what_may_be_named_are_the_cases_of_the_branch_and_help_by_its_file_number() -> None:
    """Open cases first, then closed ones, then help that was given there and has a file number."""
    store = store_with(PLAN, case_of("R-B01-001", closed=True), case_of("R-B01-002"), case_of("R-B02-001", "B02"))
    record_numbered(
        store,
        [
            make_entry("helping", TODAY, reference="B01-帮01"),
            make_entry("helping", TODAY),
            make_entry("helping", TODAY, branch="B02", reference="B02-帮01"),
        ],
        TODAY,
    )
    assert known_cases(store, PLAN, "B01") == ["R-B01-002", "R-B01-001", "B01-帮01"]


def test_an_unknown_case_is_refused_with_what_is_known() -> None:
    """M08, also for another branch's; where there is none yet that is said; of many the first are told."""
    store = store_with(PLAN, case_of("R-B01-001"))
    for typed, branch, told in (
        ("R-B01-009", "B01", 'There is no case of B01 "R-B01-009". Known: R-B01-001.'),
        ("R-B01-001", "B02", 'There is no case of B02 "R-B01-001". Known: none yet.'),
    ):
        with pytest.raises(BadInput) as caught:
            record_numbered(store, [visit(typed, branch=branch)], TODAY)
        assert [problem.message(Lang.EN) for problem in caught.value.problems] == [told]
    assert not store.entries()
    many = store_with(PLAN, *(case_of(f"R-B01-{number:03}") for number in range(1, MOST_KNOWN + 3)))
    with pytest.raises(BadInput) as caught:
        record_numbered(many, [visit("R-B01-999")], TODAY)
    assert caught.value.problems[0].message(Lang.EN).endswith(f"R-B01-0{MOST_KNOWN}, ….")


def test_a_case_is_kept_as_it_is_written_down() -> None:
    """However wide, small or spaced it was typed."""
    store = store_with(PLAN, case_of("R-B01-001"))
    record_numbered(store, [make_entry("helping", TODAY, reference="B01-帮01")], TODAY)
    record_numbered(store, [visit("ｒ-b01-001"), visit("b01-帮 01")], TODAY)
    assert [entry.case for entry in store.entries()] == ["", "R-B01-001", "B01-帮01"]


def test_help_that_names_no_case_is_said_where_there_are_some() -> None:
    """A warning with what could be named; nothing where the branch has none, and of other purposes."""
    store = store_with(PLAN, case_of("R-B01-001"))
    done = record_numbered(store, [visit(), visit(outcome="guide"), visit(branch="B02")], TODAY)
    assert [(problem.code, problem.place) for problem in done.warnings] == [("M108", "#1 case")]
    assert "one of these: R-B01-001" in done.warnings[0].message(Lang.EN)


def test_the_visits_that_helped_with_a_case_are_found_by_it() -> None:
    """In the order of their days; nothing for a number that no case has."""
    store = store_with(PLAN, case_of("R-B01-001"), case_of("R-B01-002"))
    days = [visit("R-B01-001"), visit("R-B01-002"), visit("R-B01-001").model_copy(update={"on": november(9)})]
    record_numbered(store, days, TODAY)
    assert [each.entry.on for each in entries_about(store, "R-B01-001")] == [november(9), TODAY]
    assert entries_about(store, "R-B01-009") == ()


def test_a_correction_names_a_known_case_too() -> None:
    """Another case must be known; one that stays is not asked about, even if its file number is another by now."""
    store = store_with(PLAN, case_of("R-B01-001"))
    record_numbered(store, [make_entry("helping", TODAY, reference="B01-帮01"), visit()], TODAY)
    helping, visited = store.logged()
    kept = visited.entry.model_copy(update={"case": "b01-帮01"})
    correct_entry(store, visited, kept, "it was forgotten", "office", TODAY)
    assert store.logged()[1].entry.case == "B01-帮01"
    filed = helping.entry.model_copy(update={"reference": "B01-帮02"})
    correct_entry(store, helping, filed, "filed elsewhere", "office", TODAY)
    noted = store.logged()[1]
    correct_entry(store, noted, noted.entry.model_copy(update={"note": "x"}), "a note added", "office", TODAY)
    again = store.logged()[1]
    unknown = again.entry.model_copy(update={"case": "R-B01-7"})
    with pytest.raises(BadInput) as caught:
        correct_entry(store, again, unknown, "wrong one", "office", TODAY)
    assert [problem.code for problem in caught.value.problems] == ["M08"]
    audits = [audit for audit in store.audits() if audit.entity == f"log {visited.number}"]
    assert "B01-帮01" in audits[0].new
    assert "B01-帮01" not in audits[0].old


def test_no_phone_number_stands_in_for_a_case() -> None:
    """V14, as in every other text of an entry."""
    assert "V14" in codes_of(visit("13800138000"))


def test_numbers_are_written_as_people_write_them_and_file_numbers_stay() -> None:
    """Zeros, dashes, width and case of a number are put right; a slip is read; a file number is left alone."""
    assert case_named("r-b07-1", bytes) == "R-B07-001"
    assert case_named("Ｒ—B07—001", bytes) == "R-B07-001"
    assert case_named("2907 465 183", bytes) == "2907465183"
    assert case_named(" B08-帮01  第2页 ", bytes) == "B08-帮01 第2页"
    assert case_named("", bytes) == ""


KIND = """
[[outcomes]]
id = "help"
name = "help"

[[kinds]]
id = "seen"
name = "Seen"
case = "optional"
outcomes = ["help"]
case_for = [{}]
"""


def test_a_plan_names_only_purposes_that_its_kind_has() -> None:
    """M08 for a purpose that is neither an outcome nor a choice of the kind."""
    good = parse_plan(GOOD + KIND.format('"help"'), "small.toml")
    assert good.plan.kinds[-1].case_for == ("help",)
    with pytest.raises(BadInput) as caught:
        parse_plan(GOOD + KIND.format('"help", "holiday"'), "small.toml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.endswith("(seen).case_for[2]")) == ("M08", True)


def test_the_town_links_help_and_the_library_knows_nothing_of_it() -> None:
    """Which kinds name cases is data."""
    town = {kind.id: (kind.case, kind.case_for) for kind in sample_plan("town").plan.kinds if kind.case != "none"}
    assert town == {"visit": ("optional", ("help",)), "help_case": ("own", ())}
    assert {kind.case for kind in sample_plan("library").plan.kinds} == {"none"}
