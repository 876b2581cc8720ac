"""The pages for somebody with a slip on a kiosk's screen: as approved, legible, by keys and by touch.

``GOLDEN_UPDATE=1 pytest`` writes the expected pages anew: look at the difference.
"""

from datetime import date

import pytest
from rich.cells import cell_len

from campaign.case_desk import move_and_keep
from campaign.case_states import Action
from campaign.cases import Outcome
from db import memory_store
from surveys.booth import Booth
from surveys.desk import SurveyDesk
from surveys.follow_up import FollowUp
from surveys.paper.codes import SlipCode
from surveys.slip_answer import Again, SlipAnswer, SlipStage
from surveys.slip_cases import case_of_slip
from surveys.slip_desk import SlipDesk
from tests.forged_codes import KEY
from tests.functional.test_kiosk_pages import NOT_TEXT, contrast
from tests.kiosk_fakes import Clock, FakeBooth, FakeSlips
from tests.kiosk_hands import Hands, kiosk
from tests.screen_text import assert_golden
from tests.sittings import open_session
from tests.staff_fakes import sample_desk
from tui.kiosk.page import Page
from tui.kiosk.slip_visit import Step

NUMBER = "407192583640"
TEXT = (
    "集镇三岔路口的路灯已与供电所一起修好：换灯泡6盏、线路120米，11月18日晚上试亮正常。"
    "以后每周一检查一次，坏了两天内换好。如果还有不亮的，请到政务服务中心窗口说一声。"
)
ANSWER = SlipAnswer(
    SlipStage.ANSWERED,
    answered_on=date(2026, 11, 18),
    text=TEXT,
    outcome=Outcome.RESOLVED,
    rate_by=date(2026, 12, 2),
    again=Again(SlipStage.REOPENED, date(2026, 12, 7)),
    seen=4,
)
REOPENED = SlipAnswer(SlipStage.REOPENED, due=date(2026, 12, 7), answered_on=date(2026, 11, 18), text=TEXT, seen=5)


def booth_with(answer: SlipAnswer = ANSWER) -> FakeBooth:
    """A booth that knows one slip."""
    return FakeBooth(slips=FakeSlips({NUMBER: answer}, after=REOPENED))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=["60x20", "80x24", "120x36"])
async def test_pages_look_as_approved(size: tuple[int, int], lang: str) -> None:
    """Number, a number that leads to nothing, answer, rating, what happens next; to the cell."""
    seen: dict[str, list[str]] = {}
    async with kiosk(size, booth=booth_with()) as hands:
        await hands.press("3", *(["space"] if lang == "en" else []), *NUMBER[:5])
        seen["number"] = hands.rows
        await hands.press(*NUMBER[5:-1], "1", "enter")
        seen["unknown"] = hands.rows
        await hands.press("backspace", NUMBER[-1], "enter")
        seen["answer"] = hands.rows
        await hands.press("9", "3")
        seen["rate"] = hands.rows
        await hands.press("9")
        seen["rated"] = hands.rows
    for name, rows in seen.items():
        assert len(rows) == size[1], name
        assert max(map(cell_len, rows)) <= size[0], name
        assert_golden(f"kiosk_case_{name}_{lang}_{size[0]}", rows)


async def test_the_smallest_welcome_says_everything() -> None:
    """At 60x20 the promise of anonymity, both languages and the key for slips are on the page."""
    async with kiosk((60, 20)) as hands:
        assert_golden("kiosk_welcome_60", hands.rows)


def cell_of(hands: Hands, text: str) -> tuple[int, int]:
    """Column and row of a text on the screen."""
    y = next(y for y, row in enumerate(hands.rows) if text in row)
    return cell_len(hands.rows[y].split(text)[0]), y


async def touch_pad(hands: Hands, digit: str) -> None:
    """Touch a digit of the pad, each in another of its rows."""
    row, column = (3, 1) if digit == "0" else divmod(int(digit) - 1, 3)
    region = hands.app.screen.query_one(f"#pad-{row}").region
    await hands.click(region.x + region.width * (2 * column + 1) // 6, region.y + int(digit) % 3)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)], ids=["60x20", "80x24", "120x36"])
async def test_a_finger_is_enough(size: tuple[int, int]) -> None:
    """From the welcome to the rating without a keyboard; every cell of a key of the pad is that key."""
    async with kiosk(size, booth=booth_with()) as hands:
        await hands.click(*cell_of(hands, "我有回执"))
        for digit in NUMBER:
            await touch_pad(hands, digit)
        assert hands.app.flow.visit is not None
        assert hands.app.flow.visit.digits == NUMBER
        await hands.click(*cell_of(hands, "⌫"))
        assert hands.app.flow.visit.digits == NUMBER[:-1]
        await touch_pad(hands, NUMBER[-1])
        await hands.click(*cell_of(hands, "OK"))
        await hands.click(*cell_of(hands, "评价 ▶"))
        await hands.click(*cell_of(hands, "基本满意"))
        await hands.click(*cell_of(hands, "提交"))
        assert hands.app.flow.visit.step is Step.RATED
        await hands.click(*cell_of(hands, "完成"))
        assert hands.app.flow.page is Page.WELCOME


@pytest.mark.parametrize("theme", ["paper", "ink"])
async def test_every_page_is_legible(theme: str) -> None:
    """Whatever is text has a contrast of 4.5 or more to its ground."""
    async with kiosk((80, 24), theme=theme, booth=booth_with()) as hands:
        for keys in (["3", *NUMBER[:3]], ["enter"], ["backspace"] * 3 + [*NUMBER, "enter"], ["9", "2"], ["9"]):
            await hands.press(*keys)
            for strip in hands.app.screen._compositor.render_strips():
                for segment in strip:
                    if segment.style and not set(segment.text) <= NOT_TEXT:
                        assert segment.style.color is not None
                        assert segment.style.bgcolor is not None
                        assert contrast(segment.style.color, segment.style.bgcolor) >= 4.5, segment.text


@pytest.mark.parametrize("text", ["[/foo]答复", "[link=http://x]答复", "[@click=app.quit]答复[/]", "{x}%s"])
async def test_an_answer_is_never_markup(text: str) -> None:
    """It is shown as it was written."""
    async with kiosk(
        (80, 24), booth=booth_with(SlipAnswer(SlipStage.CLOSED, answered_on=date(2026, 11, 18), text=text))
    ) as hands:
        await hands.press("3", *NUMBER, "enter")
        assert any(text in row for row in hands.rows)
        styles = [segment.style for strip in hands.app.screen._compositor.render_strips() for segment in strip]
        assert not any(style and (style.link or "@click" in style.meta) for style in styles)


async def test_a_slip_of_another_branch_is_answered_and_rated_at_a_real_store() -> None:
    """Not opened yet, being dealt with, answered, dissatisfied: what staff do is read, and what is rated is kept."""
    store, today, number = memory_store(), date(2026, 11, 23), NUMBER[:10]
    sample_desk("town", store)
    plan = store.plan()
    desk = SurveyDesk(store, plan, today)
    first, second = (open_session(desk, branch, "pulse", "2468").session.id for branch in ("B01", "B02"))
    store.add_follow_ups(
        [FollowUp(number=number, branch="B01", session=first, question="Q12", text="路灯坏了", received_on=today)]
    )
    slips = SlipDesk(store, second, Clock(), lambda: KEY, lambda: today, "回执持有人")
    async with kiosk((80, 24), booth=Booth(store, plan, second, slips=slips)) as hands:

        async def read() -> str:
            await hands.press("3", *NUMBER, "enter")
            shown = "".join(hands.rows)
            await hands.press("7" if "评价 ▶" in shown else "9")
            assert hands.app.flow.page is Page.WELCOME
            return shown

        assert "还没有开始办理" in await read()
        desk.close(first)
        case = case_of_slip(store, plan, number, "活动办公室", today)
        case = move_and_keep(store, plan, case, Action("acknowledge", "活动办公室"), today).case
        case = move_and_keep(store, plan, case, Action("accept", "活动办公室", owner="民政办"), today).case
        assert "正在办理" in await read()
        answer = Action("answer", "民政办", text="路灯已经换好", outcome=Outcome.RESOLVED)
        move_and_keep(store, plan, case, answer, today)
        shown = await read()
        assert "路灯已经换好" in shown
        assert not any(hidden in shown for hidden in ("路灯坏了", "民政办", "活动办公室"))
        await hands.press("3", *SlipCode(number).digits(KEY), "enter", "9", "3", "9")
        assert "正在重新办理" in "".join(hands.rows)
    kept = store.case(number)
    assert kept is not None
    assert (kept.state, kept.events[-1].role) == ("reopened", "回执持有人")
