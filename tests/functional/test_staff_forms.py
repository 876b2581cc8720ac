"""Recording an entry by keys, on the shipped town kept in memory."""

from decimal import Decimal

import pytest
from textual import events

from campaign.language import Lang
from campaign.log import LogEntry
from campaign.samples import sample_log
from tests.case_hands import box, on_top, type_text
from tests.screen_text import screen_rows, screen_text
from tests.staff_fakes import DAY, FakeDesk, a_plan, sample_desk, shows, staff_app, until
from tui.staff.add_entry import AddEntry
from tui.staff.app import StaffApp
from tui.staff.branch import BranchScreen
from tui.staff.confirm import Confirm
from tui.staff.dashboard import Dashboard
from tui.staff.open_session import OpenSession
from tui.widgets.fields import Box

HOSTILE = ("[/foo]第一支部", "[link=http://x]", "[@click=app.quit]点我[/]", "\x1b[31m红", "{x}%s")


async def test_a_usual_entry_takes_few_keys() -> None:
    """Branch, phase and day stand there already: kind, counts, save."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        before = len(desk.entries("B06"))
        await pilot.press("a")
        await type_text(pilot, "corrections")
        await pilot.press("enter", "9", "enter", "1", "0", "ctrl+s")
        await until(pilot, on_top(app, Dashboard))
        entries = desk.entries("B06")
        assert len(entries) == before + 1
        assert entries[-1] == LogEntry(
            kind="corrections",
            branch="B06",
            phase="improve",
            on=DAY,
            counts={"corrections_closed": 9, "corrections_total": 10},
            recorded_on=DAY,
        )
        await until(pilot, lambda: "✔ 已记录：供销公司，整改进展，11-23" in screen_text(app))


async def test_the_dashboard_follows_the_entry() -> None:
    """What was recorded counts at once: nine of ten corrections are more than eight."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        row = next(row for row in screen_rows(app) if "供销公司" in row and "▆" in row)
        assert "78%" in row
        await pilot.press("a")
        await type_text(pilot, "corrections")
        await pilot.press("enter", "1", "0", "enter", "1", "0", "ctrl+s")
        await until(pilot, on_top(app, Dashboard))
        await until(pilot, lambda: not any("供销公司" in row and "78%" in row for row in screen_rows(app)))


@pytest.mark.parametrize(("lang", "size"), [(Lang.ZH, (80, 24)), (Lang.EN, (120, 36))], ids=["zh", "en"])
async def test_a_visit_that_helps_names_the_case(lang: Lang, size: tuple[int, int]) -> None:
    """An unknown number is refused with what is known and nothing typed is lost; then the log names the case."""
    desk = sample_desk("town")
    async with staff_app(desk, size, lang) as (app, pilot):
        app.open_branch("B07")
        await until(pilot, on_top(app, BranchScreen))
        await pilot.press("a")
        await until(pilot, on_top(app, AddEntry))
        await type_text(pilot, "visit")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.field == "case" for each in app.screen.query(Box)))
        await type_text(pilot, "4")
        box(app, "case").focus()
        await type_text(pilot, "r-b07-2")
        await pilot.press("ctrl+s")
        known = {Lang.ZH: "可用：R-B07-001", Lang.EN: "Known: R-B07-001"}[lang]
        await until(pilot, lambda: known in screen_text(app))
        assert len(desk.entries("B07")) == len([each for each in sample_log("town") if each.branch == "B07"])
        await pilot.press("backspace", "1", "ctrl+s")
        await until(pilot, on_top(app, BranchScreen))
        entry = desk.entries("B07")[-1]
        assert (entry.kind, entry.outcome, entry.case) == ("visit", "help", "R-B07-001")
        await pilot.press("2")
        await until(pilot, lambda: "R-B07-001" in screen_text(app))


async def test_help_without_a_case_is_said_once_it_is_recorded() -> None:
    """The line below says what could have been named; a purpose that helps nobody takes no case."""
    desk = sample_desk("town")
    async with staff_app(desk, (120, 36), Lang.EN) as (app, pilot):
        app.open_branch("B10")
        await until(pilot, on_top(app, BranchScreen))
        await pilot.press("a")
        await until(pilot, on_top(app, AddEntry))
        await type_text(pilot, "visit")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.field == "case" for each in app.screen.query(Box)))
        await type_text(pilot, "2")
        box(app, "case").focus()
        await type_text(pilot, "R-B10-001")
        await until(pilot, lambda: "takes no case" in screen_text(app))
        box(app, "case").value = ""
        box(app, "outcome").focus()
        await type_text(pilot, "4")
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, BranchScreen))
        await until(pilot, lambda: "Which case was helped is not said" in screen_text(app))


async def test_attendance_is_entered_for_each_member_group() -> None:
    """Everybody is expected until somebody says otherwise; full-width digits are digits."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await pilot.press("a")
        await type_text(pilot, "study_session")
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is box(app, "groups.on_post.expected"))
        await shows(pilot, "共 4 人")
        assert box(app, "groups.front_line.expected").value == "8"
        await pilot.press("enter", "４", "tab", "tab", "tab", "tab", "7", "enter", "1")
        box(app, "hours").focus()
        await type_text(pilot, "2.5")
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Dashboard))
        entry = desk.entries("B06")[-1]
        assert entry.groups["on_post"] == {"expected": 4, "attended": 4}
        assert entry.groups["front_line"] == {"expected": 8, "attended": 7, "made_up": 1}
        assert entry.hours == Decimal("2.5")


async def test_a_digit_chooses_and_typing_filters() -> None:
    """The list narrows with every key; a digit takes the row that bears it."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("a")
        await type_text(pilot, "session")
        await pilot.pause()
        shown = [row for row in screen_rows(app) if "1 集中学习" in row]
        assert shown
        await pilot.press("1")
        await pilot.pause()
        assert box(app, "kind").value == "集中学习"


async def test_a_number_that_cannot_be_is_named_beside_its_box_and_not_stored() -> None:
    """In words, as one types; nothing reaches the store until it is right."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        before = len(desk.entries("B06"))
        await pilot.press("a")
        await type_text(pilot, "study_session")
        await pilot.press("enter", "enter")
        await type_text(pilot, "9")
        await until(pilot, lambda: "V35" in codes(app))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, AddEntry)
        assert len(desk.entries("B06")) == before


def codes(app: StaffApp) -> list[str]:
    return [problem.code for problem in app.screen.problems] if isinstance(app.screen, AddEntry) else []


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("on", "2026-13-01", "M17"),
        ("on", "2027-01-01", "V30"),
        ("hours", "30", "M07"),
        ("hours", "9", "V37"),
        ("hours", "zwei", "M07"),
        ("groups.on_post.attended", "-1", "V06"),
        ("groups.on_post.attended", "½", "V06"),
        ("groups.on_post.expected", "5", "V36"),
        ("note", "电话13812345678", "V14"),
    ],
)
async def test_every_field_says_what_is_wrong_with_it(field: str, typed: str, code: str) -> None:
    """At once, in the language of the screen, with the value seen."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("a")
        await type_text(pilot, "study_session")
        await pilot.press("enter")
        await until(
            pilot, lambda: app.focused is not None and isinstance(app.focused, Box) and "." in app.focused.field
        )
        box(app, field).value = typed
        await pilot.pause()
        if field != "hours" and code.startswith(("V3", "V1")):
            box(app, "hours").value = "2"
        await until(pilot, lambda: code in codes(app))
        problem = next(each for each in app.screen.problems if each.code == code)  # type: ignore[attr-defined]
        await until(pilot, lambda: problem.message(Lang.ZH)[:8] in screen_text(app))


async def test_what_is_missing_is_named_only_when_saving_is_tried() -> None:
    """An empty form does not scold."""
    async with staff_app(sample_desk("town")) as (app, pilot):
        await pilot.press("a")
        await type_text(pilot, "study_session")
        await pilot.press("enter")
        await pilot.pause()
        assert "✘" not in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "✘" in screen_text(app))
        assert isinstance(app.screen, AddEntry)


async def test_a_busy_day_is_asked_about() -> None:
    """V25: kept after a yes, and not after a no, which loses nothing typed."""
    desk = sample_desk("town")
    plan = desk.reading().plan
    busy = next(branch for branch in plan.branches if branch.busy and branch.busy[0].start < DAY)
    async with staff_app(desk) as (app, pilot):
        assert isinstance(app.screen, Dashboard)
        app.screen.table.go_to(busy.code)
        await pilot.press("a")
        await type_text(pilot, "outreach")
        await pilot.press("enter")
        await until(pilot, lambda: any(each.field.startswith("groups.") for each in app.screen.query(Box)))
        first = next(each for each in app.screen.query(Box) if each.field.startswith("groups."))
        first.value = "1"
        box(app, "on").value = busy.busy[0].start.isoformat()
        before = len(desk.entries(busy.code))
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Confirm))
        await pilot.press("escape")
        await until(pilot, on_top(app, AddEntry))
        assert len(desk.entries(busy.code)) == before
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Confirm))
        await pilot.press("enter")
        await until(pilot, on_top(app, Dashboard))
        assert len(desk.entries(busy.code)) == before + 1


async def test_a_store_that_fails_keeps_everything_on_screen() -> None:
    """Nothing typed is lost; saving again works when the store does."""
    desk = FakeDesk()
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("a", "2", "7")
        desk.broken = True
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "M40" in codes(app))
        await shows(pilot, "disk full")
        assert box(app, "counts.visits").value == "7"
        desk.broken = False
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Dashboard))
        assert [entry.counts for entry in desk.log] == [{"visits": 7}]


async def test_escape_leaves_without_storing() -> None:
    """And goes back to where one came from."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await pilot.press("enter", "a", "2", "7", "escape", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BranchScreen)
        assert desk.log == []


async def test_pressing_save_twice_stores_once() -> None:
    """However impatient one is."""
    desk = FakeDesk()
    async with staff_app(desk) as (app, pilot):
        await pilot.press("a", "2", "7")
        await pilot.press("ctrl+s", "ctrl+s", "f2")
        await until(pilot, on_top(app, Dashboard))
        assert len(desk.log) == 1


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_text_in_forms(name: str) -> None:
    """Kinds, branches, groups, hints and what one types are never markup."""
    plan = a_plan([(name, name)])
    label = plan.branches[0].name
    hostile = plan.model_copy(
        update={
            "kinds": tuple(kind.model_copy(update={"name": label}) for kind in plan.kinds),
            "member_groups": tuple(group.model_copy(update={"name": label}) for group in plan.member_groups),
            "phases": tuple(phase.model_copy(update={"name": label}) for phase in plan.phases),
        }
    )
    async with staff_app(FakeDesk(hostile), (120, 36)) as (app, pilot):
        shown = "".join(char for char in name if char.isprintable())
        await pilot.press("a", "1")
        await until(pilot, lambda: shown in screen_text(app))
        box(app, "note").value = name
        await pilot.pause()
        assert "\x1b" not in screen_text(app)
        for y, row in enumerate(screen_rows(app)):
            if shown[:4] in row:
                await pilot.click(offset=(row.index(shown[:4]) + 2, y))
        await pilot.press("escape", "enter", "s")
        await pilot.pause()
        await shows(pilot, shown)
        assert isinstance(app.screen, OpenSession)


async def test_a_warning_is_shown_and_does_not_stop() -> None:
    """V14: a note that seems to hold a phone number is named beside its box; who insists may store it."""
    desk = sample_desk("town")
    async with staff_app(desk) as (app, pilot):
        await pilot.press("a")
        await type_text(pilot, "notice")
        await pilot.press("enter", "tab")
        box(app, "note").value = "电话13812345678"
        await until(pilot, lambda: any("▼" in row and "电话13812345678" in row for row in screen_rows(app)))
        before = len(desk.entries("B06"))
        await pilot.press("ctrl+s")
        await until(pilot, on_top(app, Dashboard))
        assert len(desk.entries("B06")) == before + 1


async def test_keys_typed_ahead_reach_the_boxes_they_are_meant_for() -> None:
    """A whole entry in one burst, as fast as a machine types, lands as it was meant."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("a")
        for key in (*"corrections", "enter", "9", "enter", "1", "0", "tab", *"abc", "enter", *"def", "ctrl+s"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, on_top(app, Dashboard))
        entry = desk.entries("B06")[-1]
        assert entry.kind == "corrections"
        assert entry.counts == {"corrections_closed": 9, "corrections_total": 10}
        assert (entry.reference, entry.note) == ("abc", "def")


async def test_saving_right_behind_a_choice_is_not_lost() -> None:
    """Ctrl+S that comes while the form still builds the rows of the kind saves the entry."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("a")
        for key in (*"appraisal", "enter", "ctrl+s"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, on_top(app, Dashboard))
        assert desk.entries("B06")[-1].kind == "appraisal"


async def test_arrows_and_tab_walk_through_the_boxes() -> None:
    """Down and Tab go on, Up and Shift+Tab go back."""
    async with staff_app(FakeDesk()) as (app, pilot):
        await pilot.press("a", "2")
        await until(pilot, lambda: app.focused is box(app, "counts.visits"))
        await pilot.press("down")
        assert app.focused is box(app, "reference")
        await pilot.press("up", "shift+tab")
        assert app.focused is box(app, "on")
        await pilot.press("tab")
        assert app.focused is box(app, "counts.visits")


async def test_a_long_list_says_how_much_lies_beyond() -> None:
    """Nine kinds are in sight; how many lie below, and after moving on above, stands beside the list."""
    desk = sample_desk("town")
    async with staff_app(desk, (80, 24)) as (app, pilot):
        await pilot.press("a")
        await until(pilot, lambda: f"▼ {len(desk.reading().plan.kinds) - 9}" in screen_text(app))
        await pilot.press(*["down"] * 6)
        await until(pilot, lambda: "▲ 2" in screen_text(app))
        await type_text(pilot, "corrections")
        await until(pilot, lambda: "▼" not in screen_text(app))


async def test_what_was_typed_is_given_up_only_after_a_question() -> None:
    """Esc asks once something was typed: Esc stays, with everything typed; Enter leaves. Days filled in ask nothing."""
    async with staff_app(FakeDesk(), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("a", "2", "1", *"12", "escape")
        await shows(pilot, "What was typed here is lost.")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, AddEntry))
        assert any("12" in each.value for each in app.screen.query(Box))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))
        await pilot.press("a", "2", "escape")
        await until(pilot, lambda: isinstance(app.screen, Dashboard))


async def test_what_is_wrong_with_the_box_at_hand_is_said_in_full_below_the_form() -> None:
    """Beside it there may be no room; of several messages that of the focused box comes first."""
    async with staff_app(FakeDesk(), (80, 24), Lang.EN) as (app, pilot):
        await pilot.press("a", "2", "x", "enter")

        def below() -> str:
            return screen_rows(app)[app.screen.query_one("#problems").region.y].strip()

        app.screen.set_focus(box(app, "on"))
        await pilot.press("ctrl+u", *"99")
        await until(pilot, lambda: below() == '✘ "99" is not a date. Write it as 2026-11-23.')
        app.screen.set_focus(box(app, "counts.visits"))
        await until(pilot, lambda: below() == '✘ Enter a whole number, 0 or more (got "x").')
