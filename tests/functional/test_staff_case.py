"""The page of a case and its forms: every move by keys, refusals beside the boxes, and changes by somebody else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from campaign.case_desk import Amendment, amend_and_keep, open_and_keep
from campaign.case_opening import NewCase
from campaign.case_states import Action
from campaign.case_tables import CASE_KINDS
from campaign.cases import EXTEND, Feasibility, Outcome
from campaign.language import Lang
from surveys.ports import Store
from tests.case_hands import FU1, FU4, FU5, FU6, SLIP, box, desk_of, elsewhere, fill, on_top, press, town_in
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, sample_desk, shows, staff_app, until
from tui.staff.add_entry import AddEntry
from tui.staff.amend_case import AmendCase
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.case import CaseScreen, Moves
from tui.staff.due import DueScreen
from tui.staff.move_case import MoveCase
from tui.widgets.choice_field import ChoiceField


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The town in a file."""
    with_cases = town_in(tmp_path / "data")
    yield with_cases
    with_cases.close()


def offered(app: StaffApp) -> list[str]:
    """The moves that the page offers."""
    return [row.move for row in app.screen.query_one("#moves", Moves).rows]


async def open_case(pilot: Pilot[None], app: StaffApp, number: str) -> None:
    """Come to the page of a case by its number."""
    await press(pilot, "c", "slash")
    for char in number:
        await pilot.press({"-": "minus"}.get(char, char))
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, CaseScreen) and len(offered(app)) > 0)


async def choose(pilot: Pilot[None], app: StaffApp, move: str) -> None:
    """Put the cursor on a move and press Enter."""
    table = app.screen.query_one("#moves", Moves)
    while table.key != move:
        await press(pilot, "down")
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, MoveCase | AmendCase))


async def test_the_page_tells_all_that_a_case_went_through() -> None:
    """What it is about, what the public reads, days, and every event with its text and who did it."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await open_case(pilot, app, FU1)
        text = screen_text(app)
        parts = ("取药排队久", "状态：重办", "今天到期", "2907 4651 8340", "2026-10-16", "答复 →", "2026-11-09")
        assert [part for part in parts if part not in text] == []
        assert offered(app) == ["answer", "withdraw", "extend", "amend"]


@pytest.mark.parametrize(
    ("number", "moves"),
    [
        ("R-B01-001", ["start", "explain", "extend"]),
        ("R-B06-001", ["submit", "explain"]),
        ("R-B03-001", ["relapse"]),
        (FU5, ["acknowledge", "merge", "withdraw", "extend"]),
        (FU6, ["rate_satisfied", "rate_basically", "rate_dissatisfied"]),
    ],
)
async def test_only_what_the_state_allows_is_offered(number: str, moves: list[str]) -> None:
    """And correcting what is said about it, always."""
    async with staff_app(sample_desk("town"), (80, 24)) as (app, pilot):
        await open_case(pilot, app, number)
        wanted = [move for move in moves if move != "extend" or number != "R-B01-001"]  # its day has passed
        assert offered(app) == [*wanted, "amend"]


async def test_a_correction_is_reported_and_verified_by_keys(store: Store, tmp_path: Path) -> None:
    """A text too short is told while it is typed; the owner's own role is refused beside its box."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, "R-B06-001")
        await choose(pilot, app, "submit")
        assert app.focused is box(app, "text")
        await pilot.press(*"补齐")
        await pilot.pause()
        await shows(pilot, "至少")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MoveCase)
        await shows(pilot, "您的岗位")
        await fill(pilot, app, "text", "已经逐条补齐")
        await fill(pilot, app, "role", "支部书记")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        await until(pilot, lambda: offered(app)[0] == "verify")
        await shows(pilot, "已经逐条补齐")
        await shows(pilot, "✔ R-B06-001：已报结")
        await choose(pilot, app, "verify")
        assert box(app, "role").value == "支部书记"
        await shows(pilot, "✘")
        await fill(pilot, app, "role", "督查组")
        assert "✘" not in screen_text(app)
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case("R-B06-001")
    assert case is not None
    assert case.state == "verified"
    assert [event.role for event in case.events[-2:]] == ["支部书记", "督查组"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("lang", "heading", "kind"),
    [(Lang.ZH, "帮助解决的记录", "联系领导走访"), (Lang.EN, "What helped with it", "Visit by the contact official")],
)
async def test_the_page_lists_the_visits_that_helped(
    size: tuple[int, int], lang: Lang, heading: str, kind: str
) -> None:
    """Day, kind and note of every entry that names the case; nothing of it where none does."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        app.open_case("R-B07-001")
        await shows(pilot, heading)
        await press(pilot, "pagedown")
        rows = screen_rows(app)
        at = next(place for place, row in enumerate(rows) if heading in row)
        assert "2026-11-19" in rows[at + 1]
        assert kind in rows[at + 1]
        assert "催办活动场所" in rows[at + 2]
        await press(pilot, "escape")
        app.open_case("R-B06-001")
        await shows(pilot, "R-B06-001")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert heading not in screen_text(app)


async def test_an_answer_asks_for_outcome_text_and_day(store: Store, tmp_path: Path) -> None:
    """A digit chooses the outcome; one that is only planned needs a day."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, FU4)
        await choose(pilot, app, "answer")
        assert {each.field for each in app.screen.query(ChoiceField)} == {"outcome"}
        await press(pilot, "3")
        await fill(pilot, app, "text", "下月铺设排水沟")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await shows(pilot, "✘")
        assert isinstance(app.screen, MoveCase)
        await fill(pilot, app, "until", "１２月２０日")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case(FU4)
    assert case is not None
    assert (case.state, case.events[-1].outcome, case.events[-1].until) == (
        "answered",
        Outcome.PLANNED,
        date(2026, 12, 20),
    )


async def test_a_person_rates_and_opens_the_case_again(store: Store, tmp_path: Path) -> None:
    """The role is the holder of the slip without a word; it is not offered for other moves."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, FU6)
        await choose(pilot, app, "rate_dissatisfied")
        assert box(app, "role").value == "回执持有人"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CaseScreen) and offered(app)[0] == "answer")
        assert app.role == ""
    case = store.case(FU6)
    assert case is not None
    assert case.state == "reopened"


async def test_a_deadline_is_extended_once(store: Store, tmp_path: Path) -> None:
    """Too far is refused with the latest day; afterwards it is no longer offered."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, FU4)
        await choose(pilot, app, EXTEND)
        await fill(pilot, app, "due", "12-15")
        await shows(pilot, "✘")
        await shows(pilot, "2026-12-14")
        await fill(pilot, app, "due", "12-14")
        await fill(pilot, app, "text", "要先勘测现场")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        await until(pilot, lambda: EXTEND not in offered(app))
    case = store.case(FU4)
    assert case is not None
    assert case.due == date(2026, 12, 14)


async def test_a_case_is_merged_into_one_that_is_chosen(store: Store, tmp_path: Path) -> None:
    """Open ones of its kind and branch are offered, no other; typing narrows them."""
    new = NewCase("answer", "B08", "路灯不亮", "活动办公室", DAY, SLIP)
    open_and_keep(store, store.plan(), new, DAY)
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, FU5)
        await choose(pilot, app, "merge")
        await shows(pilot, SLIP)
        assert FU4 not in screen_text(app)
        assert FU6 not in screen_text(app)
        assert "R-B08-001" not in screen_text(app)
        await press(pilot, *SLIP, "enter")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case(FU5)
    assert case is not None
    assert (case.state, case.events[-1].into) == ("merged", SLIP)


async def test_what_is_said_about_a_case_is_corrected_and_stays_in_its_history(store: Store, tmp_path: Path) -> None:
    """Only what changed stands there, with old, new and reason; without a change it is refused."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, "R-B06-001")
        await press(pilot, "e")
        await until(pilot, on_top(app, AmendCase))
        await fill(pilot, app, "text", "责任岗位调整")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await shows(pilot, "完全相同")
        await fill(pilot, app, "owner", "副书记")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        await until(pilot, lambda: "变更：责任岗位" in screen_text(app))
        await shows(pilot, "支部书记 → 副书记 · 责任岗位调整")
    case = store.case("R-B06-001")
    assert case is not None
    assert (case.owner, case.feasibility) == ("副书记", Feasibility.BY_DATE)
    assert [each.field for each in store.audits() if each.entity == "case R-B06-001"] == ["owner"]


async def test_only_what_cannot_be_done_is_explained(store: Store, tmp_path: Path) -> None:
    """The form says what comes first, and refuses; after the correction it goes through."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await open_case(pilot, app, "R-B06-001")
        await choose(pilot, app, "explain")
        await shows(pilot, "请先在事项页按 e")
        await fill(pilot, app, "text", "档案已经遗失无法补齐")
        await fill(pilot, app, "role", "督查组")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MoveCase)
        await shows(pilot, "✘")
        await press(pilot, "escape", "enter", "e")
        await until(pilot, on_top(app, AmendCase))
        app.screen.set_focus(box(app, "feasibility"))
        await press(pilot, "5")
        await fill(pilot, app, "text", "经核实暂无条件")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: app.screen.focused is not box(app, "text") or "✘" in screen_text(app))
        await fill(pilot, app, "role", "督查组")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        await choose(pilot, app, "explain")
        await fill(pilot, app, "text", "档案已经遗失无法补齐")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case("R-B06-001")
    assert case is not None
    assert case.state == "explained"


async def test_what_another_program_does_is_seen_without_a_key(store: Store, tmp_path: Path) -> None:
    """State, history and what can be done next follow."""
    folder = tmp_path / "data"
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await open_case(pilot, app, FU5)
        elsewhere(folder, FU5, Action("acknowledge", "窗口"))
        await until(pilot, lambda: offered(app)[0] == "accept")
        await shows(pilot, "状态：已告知")


async def test_a_change_meanwhile_is_told_and_nothing_typed_is_lost(store: Store, tmp_path: Path) -> None:
    """M100 while the move is still possible: what stands there is stored on the case as it is now."""
    folder = tmp_path / "data"
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await open_case(pilot, app, FU4)
        await choose(pilot, app, "answer")
        await press(pilot, "1")
        await fill(pilot, app, "text", "已经挖好排水沟")
        await fill(pilot, app, "role", "活动办公室")
        elsewhere(folder, FU4, Action(EXTEND, "窗口", "要先勘测现场", due=date(2026, 12, 4)))
        await until(pilot, lambda: "刚被他人更改" in screen_text(app))
        assert box(app, "text").value == "已经挖好排水沟"
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case(FU4)
    assert case is not None
    assert [event.move for event in case.events[-2:]] == [EXTEND, "answer"]


async def test_a_move_that_somebody_else_made_first_is_refused_in_plain_words(store: Store, tmp_path: Path) -> None:
    """M101 names the state it is in now and what is possible; what was typed stays, and nothing is stored twice."""
    folder = tmp_path / "data"
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await open_case(pilot, app, "R-B06-001")
        await choose(pilot, app, "submit")
        await fill(pilot, app, "text", "已经逐条补齐")
        await fill(pilot, app, "role", "支部书记")
        elsewhere(folder, "R-B06-001", Action("submit", "副书记", "补齐了所有记录"))
        await until(pilot, lambda: "不能再做这一步" in screen_text(app))
        await shows(pilot, "核验")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MoveCase)
        assert screen_text(app).count("✘") == 1
        assert box(app, "text").value == "已经逐条补齐"
    case = store.case("R-B06-001")
    assert case is not None
    assert [event.move for event in case.events].count("submit") == 1


async def test_a_change_between_the_look_and_the_save_is_refused_first(store: Store, tmp_path: Path) -> None:
    """The screen has not yet seen it: the store refuses, the form shows how it is now, a second save goes through."""
    folder = tmp_path / "data"
    desk = desk_of(folder, store)
    async with staff_app(desk) as (app, pilot):
        await open_case(pilot, app, FU4)
        await choose(pilot, app, "answer")
        await press(pilot, "1")
        await fill(pilot, app, "text", "已经挖好排水沟")
        await fill(pilot, app, "role", "活动办公室")
        seen = desk.revision()
        desk.revision = lambda: seen  # type: ignore[method-assign]  # it has not looked yet
        elsewhere(folder, FU4, Action(EXTEND, "窗口", "要先勘测现场", due=date(2026, 12, 4)))
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "刚被他人更改" in screen_text(app))
        assert store.case(FU4).state == "in_progress"  # type: ignore[union-attr]  # it is there
        assert box(app, "text").value == "已经挖好排水沟"
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    assert store.case(FU4).state == "answered"  # type: ignore[union-attr]  # likewise


async def test_a_correction_by_somebody_else_is_not_taken_back_by_mine(store: Store, tmp_path: Path) -> None:
    """Boxes that I have not touched show what is there now; mine keep what I typed."""
    folder = tmp_path / "data"
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await open_case(pilot, app, "R-B06-001")
        await press(pilot, "e")
        await until(pilot, on_top(app, AmendCase))
        await fill(pilot, app, "suggestion", "每周登记")
        seen = store.case("R-B06-001")
        assert seen is not None
        amend_and_keep(store, seen, Amendment(owner="副书记", public=False), "督查组", "责任岗位调整", DAY)
        await until(pilot, lambda: "刚被他人更改" in screen_text(app))
        assert (box(app, "owner").value, box(app, "suggestion").value) == ("副书记", "每周登记")
        await fill(pilot, app, "text", "意见更具体")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
    case = store.case("R-B06-001")
    assert case is not None
    assert (case.owner, case.suggestion, case.public) == ("副书记", "每周登记", False)


async def test_the_page_of_what_is_owed_opens_the_case_itself() -> None:
    """Enter on a case; on a phase it is the branch as before. A record then begins with the branch of the case."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await press(pilot, "d", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert (app.screen.number, app.screen.branch) == ("R-B06-001", "B06")
        await press(pilot, "a")
        assert isinstance(app.screen, AddEntry)
        assert "B06" in box(app, "branch").value
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, DueScreen)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, BranchScreen)


async def test_page_keys_scroll_a_long_history(store: Store, tmp_path: Path) -> None:
    """In a small terminal the oldest events are reached without leaving the moves."""
    async with staff_app(desk_of(tmp_path / "data", store), (80, 24)) as (app, pilot):
        await open_case(pilot, app, FU1)
        before = screen_text(app)
        assert "2026-10-19" not in before
        await press(pilot, "pagedown")
        await until(pilot, lambda: "2026-10-19" in screen_text(app))
        await press(pilot, "pageup")
        await until(pilot, lambda: screen_text(app) == before)


@pytest.mark.parametrize("number", ["R-B01-001", FU4, "R-B07-001"])
async def test_every_move_of_every_kind_has_a_form(number: str) -> None:
    """No form fails, each begins in a box and says what is missing; nothing is stored."""
    async with staff_app(sample_desk("town"), (80, 24), Lang.EN) as (app, pilot):
        snapshot = app.snapshot
        assert snapshot is not None
        case = next(each for each in snapshot.cases if each.no == number)
        for move in dict.fromkeys(row.id for row in CASE_KINDS[case.kind].moves if not row.automatic):
            await app.push_screen(MoveCase(snapshot, case, move))
            await pilot.pause()
            assert app.focused is not None, move
            assert number in screen_rows(app)[0]
            if not move.startswith("rate_"):
                await pilot.press("ctrl+s")
                await pilot.pause()
                assert "✘" in screen_text(app), move
            await pilot.press("escape")
        assert app.snapshot == snapshot
