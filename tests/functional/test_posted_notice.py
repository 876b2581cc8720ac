"""A result that is posted: its branch is further by it at once, and its notice says for ever what it said."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from campaign.case_desk import Amendment, amend_and_keep, open_and_keep
from campaign.case_opening import NewCase
from campaign.figures import Figures
from campaign.happened import happened
from campaign.held import Outcome
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import AuditEntry
from campaign.obligations import CellState
from campaign.overview import overview
from campaign.plan import Obligation
from db import open_store
from exports.cells import Table
from exports.pages.notices import notice_files
from exports.report import Report
from exports.showing import shown
from manyi.cli.tables import result_lines
from manyi.settings import Settings
from manyi.wiring import House
from surveys.desk import SurveyDesk
from surveys.rates import Remedial
from surveys.session import SessionState
from tests.figures_fakes import NothingKept
from tests.pdf_reading import read_pages
from tests.report_makers import of_notice
from tests.results_town import DEMO, start_town
from tests.sittings import open_session, verify_count

LANGS = pytest.mark.parametrize("lang", list(Lang))
B01, B05, B07, B10 = "B01-261008-1", "B05-261016-1", "B07-261112-1", "B10-261118-1"
AUDIT = AuditEntry(on=DEMO, role="staff", entity="plan", field="plan")
ANSWERS = {f"Q{number}": "A" for number in range(1, 11)}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def data(started: Path, tmp_path: Path) -> Path:
    """A town of one's own."""
    return Path(shutil.copytree(started, tmp_path / "data"))


@pytest.fixture
def house(data: Path) -> Iterator[House]:
    found = on_day(data, DEMO)
    yield found
    found.store.close()


def on_day(data: Path, day: date, lang: Lang = Lang.EN) -> House:
    return House(Settings(data=data, today=day, lang=lang), open_store(data))


def notice_of(house: House, session: str) -> Table:
    table = house.report_of([session]).table(f"T9-{session}")
    assert table is not None
    return table


def items(table: Table, lang: Lang = Lang.EN) -> Mapping[str, str]:
    """The items of a notice; several of one name below each other."""
    found: dict[str, str] = {}
    for row in table.rows:
        name, text = (shown(cell, lang) for cell in row)
        found[name] = f"{found[name]}\n{text}" if name in found else text
    return found


def files_of(report: Report, session: str, lang: Lang) -> Mapping[str, bytes]:
    return {name: made for name, made in notice_files(report, lang) if session in name}


def held(house: House, branch: str, forms: int, answer: str = "A") -> str:
    """A final session whose count is verified."""
    desk = SurveyDesk(house.store, house.plan, house.today())
    session = open_session(desk, branch, "final", "2468").session.id
    for number in range(forms):
        last = answer if number < forms - 2 else "B"
        desk.submit(session, f"{session} {number}", Lang.ZH, {**ANSWERS, "Q10": last})
    desk.close(session)
    verify_count(desk, session)
    return session


def open_correction(house: House, branch: str, matter: str, **said: str) -> str:
    new = NewCase(
        kind="correction",
        branch=branch,
        matter=matter,
        role="督查组",
        due=date(2026, 12, 20),
        suggestion="请张三办理，电话 13800138000",
        owner="支部书记",
        **said,  # type: ignore[arg-type]  # texts
    )
    return open_and_keep(house.store, house.plan, new, house.today()).case.no


def test_a_posted_result_is_in_every_figure_at_once(data: Path) -> None:
    """Status, obligations, T7 and steps have it from the session; another process that looks on notices it too."""
    house, other = on_day(data, DEMO), open_store(data)
    figures = Figures(other, NothingKept())
    figures.overview(DEMO, trust_today=True)
    before = house.branch_detail(house.overview(), "B09")
    session = held(house, "B09", 12)
    house.surveys().publish(session)
    stands = house.overview()
    after = house.branch_detail(stands, "B09")
    assert "M56" in [each.code for each in before.missing]
    assert "M56" not in [each.code for each in after.missing]
    judged = [each for each in after.obligations if (each.phase, each.obligation) == ("improve", Obligation.JUDGE)]
    assert [(each.state, each.met_on) for each in judged] == [(CellState.MET, DEMO)]
    assert figures.overview(DEMO, trust_today=True) == stands
    assert stands == overview(house.plan, happened(house.store), DEMO, trust_today=True)
    table = house.report().table("T7")
    assert table is not None
    [row] = [row for row in table.rows if shown(row[0], Lang.EN) == "B09" and "orrection" in shown(row[2], Lang.EN)]
    assert shown(row[table.place("judge")], Lang.EN) == "met"
    done = {step.step: step.done_on for phase in _branch(house, "B09").phases for step in phase.steps}
    assert (done["I6"], done["I7"]) == (DEMO, DEMO)
    for store in (house.store, other):
        store.close()


def _branch(house: House, code: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # a standing
    return next(each for each in house.overview().branches if each.code == code)


@pytest.mark.parametrize(("forms", "answer", "code"), [(12, "C", "M57"), (4, "A", "M170"), (8, "C", "M57")])
def test_a_posted_result_decides_by_what_was_counted(house: House, forms: int, answer: str, code: str) -> None:
    """Dissatisfied: catch up; too few forms: undecided. Nobody has to say so."""
    session = held(house, "B09", forms, answer)
    house.surveys().publish(session)
    found = [each.code for each in house.branch_detail(house.overview(), "B09").missing]
    assert code in found
    assert "M56" not in found


def test_a_result_that_is_all_alike_says_nothing_of_itself(house: House) -> None:
    """Of eight forms that are all satisfied, or all dissatisfied, nobody is told which: it is undecided."""
    for branch, answers in (("B09", "A"), ("B10", "C")):
        desk = SurveyDesk(house.store, house.plan, DEMO)
        session = open_session(desk, branch, "final", "2468").session.id
        for number in range(8):
            desk.submit(session, f"{branch} {number}", Lang.ZH, {**ANSWERS, "Q10": answers})
        desk.close(session)
        verify_count(desk, session)
        desk.publish(session)
        assert "M170" in [each.code for each in house.branch_detail(house.overview(), branch).missing]


def test_the_sample_counts_nothing_twice(house: House) -> None:
    """Its log tells of the same sessions: all figures are those of the log alone, and nothing contradicts it."""
    alone = overview(house.plan, house.store.entries(), DEMO, trust_today=True)
    assert house.overview() == alone
    details = [house.branch_detail(house.overview(), branch.code) for branch in alone.branches]
    assert [each.doubts for each in details if each.doubts] == []


@LANGS
def test_a_posted_notice_never_changes(data: Path, lang: Lang) -> None:
    """Not a byte, whatever becomes of cases, plan and names, of another session, and whenever it is exported again."""
    house = on_day(data, DEMO, lang)
    before, written = notice_of(house, B01), files_of(house.report(), B01, lang)
    number = open_correction(house, "B01", "新问题", public_matter="新问题", public_suggestion="尽快办理")
    first = house.store.case("R-B01-001")
    assert first
    amend_and_keep(house.store, first, Amendment(public_matter="另一种说法"), "办公室", "换一种说法", DEMO)
    plan = house.plan
    campaign = plan.campaign.model_copy(
        update={
            "organiser": I18n(zh="另一办公室", en="Another office"),
            "notice_place": I18n(zh="别处", en="Elsewhere"),
            "remedial_threshold_pct": Decimal(90),
        }
    )
    branches = tuple(each.model_copy(update={"name": I18n(zh="改名", en="Renamed")}) for each in plan.branches)
    house.store.save_plan(plan.model_copy(update={"campaign": campaign, "branches": branches}), AUDIT)
    house.surveys().publish(held(house, "B01", 12))
    house.store.close()
    later = on_day(data, DEMO + timedelta(9), lang)
    assert later.store.case(number)
    assert notice_of(later, B01).rows == before.rows
    assert before.title == notice_of(later, B01).title
    assert files_of(later.report(), B01, lang) == written
    later.store.close()


def test_a_notice_is_the_same_file_on_another_day(data: Path) -> None:
    """Neither the text nor a byte of the PDF tells when it was exported."""
    house, later = on_day(data, DEMO), on_day(data, DEMO + timedelta(3))
    assert files_of(house.report(), B01, Lang.ZH) == files_of(later.report(), B01, Lang.ZH)
    for each in (house, later):
        each.store.close()


def test_a_notice_promises_what_was_owed_when_it_was_posted(house: House) -> None:
    """R-B01-001 came up again two weeks after B01's notice; also where the posting was not kept, as it once was not."""
    assert "公示栏更新慢" not in str(items(notice_of(house, B01)))
    session = house.store.session(B01)
    assert session
    assert session.posting
    house.store.save_session(session.model_copy(update={"posting": None}))
    assert "公示栏更新慢" not in str(items(notice_of(house, B01)))
    assert notice_of(house, B01).posted_on == session.posted_on


def test_what_is_posted_today_is_what_is_kept(house: House) -> None:
    """The measure that was cleared and no other; what is changed afterwards is not in it."""
    number = open_correction(house, "B10", "内部说法", public_matter="公开说法")
    house.surveys().publish(B10)
    first = items(notice_of(house, B10))["What will be done"]
    assert "公开说法; to be put right by 2026-12-20" in first
    assert "张三" not in first
    case = house.store.case(number)
    assert case
    amend_and_keep(house.store, case, Amendment(public_suggestion="每周上门"), "办公室", "已核对可公开", DEMO)
    assert items(notice_of(house, B10))["What will be done"] == first
    register = house.report().table("T5")
    assert register is not None
    measures = {shown(row[1], Lang.EN): shown(row[register.place("measure")], Lang.EN) for row in register.rows}
    assert measures[number] == "每周上门"


def test_the_register_shows_no_measure_that_nobody_cleared(house: House) -> None:
    """Neither the problem nor the measure; a role is no text of that kind."""
    number = open_correction(house, "B02", "李四反映的问题")
    register = house.report().table("T5")
    assert register is not None
    [row] = [[shown(cell, Lang.ZH) for cell in row] for row in register.rows if shown(row[1], Lang.ZH) == number]
    assert row[2:4] == ["（尚未核定公开文字）"] * 2 or row[2] == row[3]
    assert not any("张三" in cell or "李四" in cell or "13800138000" in cell for cell in row)


@LANGS
def test_what_is_not_posted_is_a_draft_without_days(data: Path, lang: Lang) -> None:
    """It says so in its title and where the days would be, and is the same tomorrow."""
    house, tomorrow = on_day(data, DEMO, lang), on_day(data, DEMO + timedelta(1), lang)
    table = notice_of(house, B10)
    assert ("raft" if lang is Lang.EN else "草稿") in table.title.text(lang)
    assert table.posted_on is None
    posted = items(table, lang)["Posted" if lang is Lang.EN else "公示时间"]
    assert posted.startswith("not yet: a draft" if lang is Lang.EN else "未公示，本件为草稿")
    assert not {"Date", "落款日期"} & items(table, lang).keys()
    assert table == notice_of(tomorrow, B10)
    town = house.report().table("T9-final")
    assert town is not None
    assert ("raft" if lang is Lang.EN else "草稿") in town.title.text(lang)
    for each in (house, tomorrow):
        each.store.close()


def test_a_notice_says_how_many_came_back_and_what_is_kept(house: House) -> None:
    """Always the return rate and the threshold; where it is posted, what is kept of answers, who sees it, how long."""
    found = items(notice_of(house, B01))
    assert found["Came back"] == "95.0 per cent of the forms handed out"
    assert found["Threshold"].startswith("Below 60 per cent")
    assert found["Decision"] == "The threshold is reached."
    assert found["Posted at"].startswith("The notice boards")
    assert "180 days" in found["How long"]
    assert {"What is kept", "Who sees it"} <= found.keys()
    assert "Non-answers" not in found
    assert "Non-answers" in items(notice_of(house, B05))  # 16 of 20 came back


@pytest.mark.parametrize(("session", "notes"), [(B01, ""), (B10, "All alike"), (B07, "fewer than 5 valid forms")])
def test_a_notice_explains_only_what_it_hides(house: House, session: str, notes: str) -> None:
    """Nothing where nothing is hidden; one reason where there is one."""
    found = items(notice_of(house, session)).get("Note", "")
    assert notes in found
    assert found.count("\n") == 0
    assert bool(found) == bool(notes)


@LANGS
def test_notices_are_one_or_two_sheets(house: House, lang: Lang) -> None:
    """That stand; every one of the sample's."""
    report = house.report()
    made = {name: read_pages(content) for name, content in notice_files(report, lang) if name.endswith(".pdf")}
    assert {name: len(pages) for name, pages in made.items() if len(pages) > 2} == {}


def test_the_table_says_how_many_took_part_by_group(house: House) -> None:
    """As far as they may be shown: of all together some groups, of a unit none where a small one could be found."""
    report = house.report()
    whole, own = report.table("T2-final"), report.table("T2-final-B01")
    assert whole is not None
    assert own is not None
    assert "I came for a service 74" in whole.notes[-1].text(Lang.EN)
    assert own.notes[-1].text(Lang.EN) == "Valid forms: 51. Not shown by group: a small group could be found."


def test_results_of_a_session_begin_with_the_return_rate(house: House) -> None:
    """On the command line and in its JSON; of a session with too few forms nothing is said."""
    figures = house.surveys().results(B05)
    assert str(figures.return_rate) == "80.0"
    assert "return rate: 80.0 per cent of the forms handed out came back" in [*result_lines(figures, Lang.EN)]
    assert house.surveys().results(B07).return_rate is None


def test_before_the_first_count_the_records_are_exported(tmp_path: Path) -> None:
    """T4 to T7 have something to say from the first day; the results say that there are none yet."""
    data = start_town(tmp_path)
    store = open_store(data)
    for session in store.sessions():
        store.save_session(session.model_copy(update={"state": SessionState.VOID}))
    store.close()
    house = on_day(data, DEMO)
    report = house.report()
    numbers = {table.number for table in report.tables if table.name != "T3-goals"}  # that says what was done, too
    assert numbers == {"T1", "T2", "T4", "T5", "T6", "T7", "T8"}
    assert [table.name for table in report.numbered("T1")] == ["T1-void"]
    none = report.table("T2")
    assert none is not None
    assert "没有清点核实" in none.rows[0][0].text(Lang.ZH)  # type: ignore[union-attr]  # a text
    assert none.rows[0][0] in report.metadata.notes
    house.store.close()


def test_what_the_campaign_is_told_is_what_the_tables_say(house: House) -> None:
    """Of every branch of the sample the decision of T3, by one rule."""
    [final] = house.surveys().figures().of_kind("final")
    decided = {each.branch: each.remedial for each in final.branches}
    told = {each.branch: each.outcome for each in house.store.held_surveys() if each.kind == "final"}
    assert told == {
        branch: Outcome.BELOW if remedial is Remedial.REQUIRED else Outcome.REACHED
        for branch, remedial in decided.items()
    }
    assert Outcome.BELOW in told.values()


def test_the_foot_of_every_sheet_says_what_it_is(house: House) -> None:
    """In the reader's language: a notice with its day, a draft with that of the export."""
    files = {name: made for name, made in notice_files(house.report(), Lang.ZH) if name.endswith(".pdf")}
    foot = ["".join(read_pages(of_notice(files, each, ".pdf"))[0].pieces[-8:-1]) for each in (B01, B10)]
    assert foot[0].endswith("公示·2026-10-14")
    assert foot[1].endswith("草稿，导出日期2026-11-23")
