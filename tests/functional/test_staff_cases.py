"""The list of cases, with keys and a scanner, on the sample town in a file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from campaign.case_states import Action
from campaign.language import Lang
from db.keys import paper_key
from surveys.desk import SurveyDesk
from surveys.follow_up import FollowUp
from surveys.paper.check_digits import grouped, with_check
from surveys.paper.codes import FormCode, SlipCode
from surveys.ports import Store
from tests.case_builders import opened
from tests.case_hands import FU1, FU4, SLIP, box, desk_of, elsewhere, fill, on_top, press, town_in
from tests.screen_text import screen_rows, screen_text
from tests.sittings import sitting
from tests.staff_fakes import DAY, FakeDesk, a_plan, sample_desk, shows, staff_app, until
from tui.staff.branch import BranchScreen
from tui.staff.case import CaseScreen
from tui.staff.cases import CasesScreen
from tui.staff.dashboard import Dashboard
from tui.staff.new_case import KeptSlip, NewCaseForm

HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The town in a file."""
    with_cases = town_in(tmp_path / "data")
    yield with_cases
    with_cases.close()


def shown(rows: list[str]) -> list[str]:
    """The rows of the list, without the cursor's mark."""
    return [row.lstrip(" ▌").rstrip() for row in rows[2:] if any(sign in row for sign in "▲◆·✔") and "-" in row]


async def test_all_cases_stand_there_the_worst_first(store: Store, tmp_path: Path) -> None:
    """What is late, then what is due, then what is closed, each with number, state and owner."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await press(pilot, "c")
        rows = shown(screen_rows(app))
        assert len(rows) == 14
        assert rows[0].startswith("▲ 逾期 20 天    11-03  R-B06-001   供销公司")
        assert "整改项" in rows[0]
        assert "整改中" in rows[0]
        assert "支部书记" in rows[0]
        assert rows[3].startswith("◆ 今天到期      11-23  2907465183  卫生院")
        assert [row[:1] for row in rows[10:]] == ["✔"] * 4
        head = screen_rows(app)[0]
        assert "▲ 逾期 3 项" in head
        assert "未办结 10 件" in head


@pytest.mark.parametrize(("presses", "count"), [(1, 10), (2, 3), (3, 4), (4, 14)])
async def test_a_key_shows_what_is_open_overdue_or_closed(presses: int, count: int) -> None:
    """F goes through the parts and back to all."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await press(pilot, "c", *"f" * presses)
        assert len(shown(screen_rows(app))) == count


@pytest.mark.parametrize(("presses", "count"), [(1, 7), (2, 6), (3, 1), (4, 14)])
async def test_a_key_shows_one_kind(presses: int, count: int) -> None:
    """Corrections, answers to people, requests for support."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await press(pilot, "c", *"k" * presses)
        assert len(shown(screen_rows(app))) == count


async def test_a_key_sorts_by_day_number_name_and_owner() -> None:
    """The oldest day, the lowest number, the first branch; then the worst first again."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        firsts = []
        await press(pilot, "c")
        for _ in range(5):
            await press(pilot, "o")
            firsts.append(next(part for part in shown(screen_rows(app))[0].split() if len(part) in (9, 10)))
        assert firsts[0] == "R-B03-001"
        assert firsts[1] == FU4
        assert firsts[2] == "R-B01-001"
        assert firsts[4] == "R-B06-001"


async def test_from_the_page_of_a_branch_only_its_cases_are_shown() -> None:
    """The title says whose; b shows all and then those of the branch under the cursor; Esc leads back."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, BranchScreen)
        await press(pilot, "c")
        rows = shown(screen_rows(app))
        assert rows
        assert not [row for row in rows if "供销公司" in row], "the title says whose they are"
        assert "供销公司的事项" in screen_rows(app)[0]
        await press(pilot, "b")
        assert len(shown(screen_rows(app))) == 14
        await press(pilot, "down", "down", "b")
        assert "镇机关的事项" in screen_rows(app)[0]
        assert len(shown(screen_rows(app))) == 2
        await press(pilot, "escape")
        assert isinstance(app.screen, BranchScreen)


async def test_typing_narrows_and_enter_opens_the_case() -> None:
    """Words narrow; Enter keeps them; Enter again opens what is under the cursor."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await press(pilot, "c", "slash", *"B08", "enter")
        assert len(shown(screen_rows(app))) == 2
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.branch == "B08"


@pytest.mark.parametrize("typed", ["r-b10-1", "R-B10-001", FU4, grouped(with_check(FU4)), "１９５８４０６３２７"])
async def test_a_number_opens_its_case(typed: str, store: Store, tmp_path: Path) -> None:
    """As lists, slips and people write it, in whichever width."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await press(pilot, "c", "slash")
        for char in typed:
            await pilot.press({" ": "space", "-": "minus"}.get(char, char))
        await press(pilot, "enter")
        await until(pilot, on_top(app, CaseScreen))
        assert ("R-B10-001" if "b10" in typed.lower() else FU4) in screen_rows(app)[0]


async def test_a_scanner_opens_the_case_of_a_slip_one_after_the_other(store: Store, tmp_path: Path) -> None:
    """Its digits are no keys; on the page of a case the next scan takes its place, and Esc leads back to the list."""
    folder = tmp_path / "data"
    codes = [SlipCode(number).digits(paper_key(folder)) for number in (FU1, FU4)]
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await press(pilot, "c")
        for number, code in zip((FU1, FU4), codes, strict=True):
            await pilot.press(*code)
            await press(pilot, "enter")
            await until(pilot, lambda number=number: number in screen_rows(app)[0])  # type: ignore[misc]  # the loop's
        await press(pilot, "escape")
        assert isinstance(app.screen, CasesScreen)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("290746518341", "不完整或识读有误"), ("1234567890", "不属于本次活动"), ("form", "请扫描")],
)
async def test_a_number_that_opens_nothing_says_why(typed: str, said: str, store: Store, tmp_path: Path) -> None:
    """Misread, foreign, or a form's code: told above the list until something else is typed."""
    folder = tmp_path / "data"
    text = FormCode(1, 1, 1, 4242).digits(paper_key(folder)) if typed == "form" else typed
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await press(pilot, "c")
        await pilot.press(*text)
        await press(pilot, "enter")
        await until(pilot, lambda: "✘" in screen_rows(app)[1])
        assert said in screen_rows(app)[1]
        await press(pilot, "1")
        assert "✘" not in screen_rows(app)[1]


async def test_the_slip_of_a_paper_form_asks_for_what_stands_there(store: Store, tmp_path: Path) -> None:
    """Branch, text and role; then the case is there under the number of the slip."""
    store.add_slips([SLIP])
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await press(pilot, "c", *SLIP, "enter")
        await until(pilot, on_top(app, NewCaseForm))
        await shows(pilot, grouped(with_check(SLIP)))
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, NewCaseForm)
        await shows(pilot, "✘")
        await fill(pilot, app, "matter", "路灯不亮")
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        case = store.case(SLIP)
        assert case is not None
        assert (case.kind, case.matter, case.events[0].role) == ("answer", "路灯不亮", "活动办公室")


async def test_a_kept_request_asks_only_for_the_role(store: Store, tmp_path: Path) -> None:
    """Not while its session is open, which is told; once it is closed the case is opened with what was written."""
    desk = desk_of(tmp_path / "data", store)
    session = desk.open_session("B01", "pulse", None, sitting(DAY), confirmed=False).id
    asked = {"branch": "B01", "session": session, "question": "Q12", "received_on": DAY}
    store.add_follow_ups([FollowUp(number=SLIP, text="路灯不亮三个月", **asked)])
    async with staff_app(desk) as (app, pilot):
        await press(pilot, "c", *SLIP, "enter")
        await until(pilot, on_top(app, KeptSlip))
        assert "路灯" not in screen_text(app)
        await fill(pilot, app, "role", "活动办公室")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, KeptSlip)
        await shows(pilot, "✘")
        SurveyDesk(store, store.plan(), DAY).close(session)
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        await shows(pilot, "路灯不亮三个月")


async def test_a_new_correction_says_beside_each_box_what_is_missing(store: Store, tmp_path: Path) -> None:
    """I opens the form with the branch under the cursor; a wrong day is told while it is typed; then it is stored."""
    async with staff_app(desk_of(tmp_path / "data", store)) as (app, pilot):
        await press(pilot, "c", "i")
        await until(pilot, on_top(app, NewCaseForm))
        await fill(pilot, app, "due", "2026-13-40")
        await shows(pilot, "✘")
        await fill(pilot, app, "due", "２０２６-12-10")
        assert "✘" not in screen_text(app)
        await press(pilot, "ctrl+s")
        assert screen_text(app).count("✘") >= 3
        for field, text in (
            ("matter", "楼道堆物"),
            ("suggestion", "限期清理"),
            ("owner", "支部书记"),
            ("role", "督查组"),
        ):
            await fill(pilot, app, field, text)
        await press(pilot, "ctrl+s")
        await until(pilot, on_top(app, CaseScreen))
        case = store.case("R-B06-003")
        assert case is not None
        assert (case.matter, case.owner, str(case.due)) == ("楼道堆物", "支部书记", "2026-12-10")
        await shows(pilot, "已登记：R-B06-003")
        await press(pilot, "escape", "i")
        await until(pilot, on_top(app, NewCaseForm))
        assert box(app, "role").value == "督查组"


async def test_what_another_program_does_appears_without_a_key(store: Store, tmp_path: Path) -> None:
    """Also a change that is owed by nobody: a rating of an answer."""
    folder = tmp_path / "data"
    async with staff_app(desk_of(folder, store)) as (app, pilot):
        await press(pilot, "c", "slash", *"6482937105")
        await shows(pilot, "办结（未评价）")
        elsewhere(folder, "6482937105", Action("rate_satisfied", "群众"))
        await until(pilot, lambda: "未评价" not in screen_text(app))


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_data_is_shown_as_it_is(name: str) -> None:
    """Names and matters are text."""
    plan = a_plan([(name, name)])
    desk = FakeDesk(plan, cases=[opened("correction", DAY, plan, due=DAY + timedelta(days=1), matter=name)])
    async with staff_app(desk) as (app, pilot):
        await press(pilot, "c")
        text = "".join(char for char in name if char.isprintable())
        await shows(pilot, text)
        assert "\x1b" not in screen_text(app)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (99, 40), (120, 36)])
async def test_every_row_is_as_wide_as_the_terminal(size: tuple[int, int], lang: Lang) -> None:
    """No wide character is cut, in any language, on the list and on the page of a case."""
    async with staff_app(sample_desk("town"), size, lang) as (app, pilot):
        for keys in (("c",), ("enter",)):
            await press(pilot, *keys)
            strips = app.screen._compositor.render_strips()
            assert {cell_len("".join(s.text for s in strip if not s.control)) for strip in strips} == {size[0]}


async def test_a_campaign_without_cases_says_so() -> None:
    """An empty list, no figure made up; no key fails."""
    async with staff_app(FakeDesk(), (80, 24), Lang.EN) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, CasesScreen)
        assert "0 open" in screen_rows(app)[0]
        await press(pilot, "enter", "b", "escape")
        assert isinstance(app.screen, Dashboard)


async def test_the_hall_has_no_cases() -> None:
    """What people asked for is for the organiser's eyes."""
    async with staff_app(sample_desk("town"), read_only=True) as (app, pilot):
        await press(pilot, "c")
        assert isinstance(app.screen, Dashboard)
