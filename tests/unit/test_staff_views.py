"""What the staff screens show, as values: widths, signs, order, and words in both languages."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from campaign.due_list import DueList
from campaign.language import Lang
from campaign.standing import Standing, Status
from surveys.session import SessionState
from tests.staff_fakes import DAY, STANDINGS, a_plan, an_overview
from tui.staff.dashboard_columns import branch_columns
from tui.staff.dashboard_view import (
    due_lines,
    headline,
    identity,
    next_line,
    session_lines,
    tiles_of,
)
from tui.staff.ports import Later, Owed, SessionLine, Snapshot
from tui.staff.ranking import Ranking, branch_rows
from tui.staff.wording import SIGNS, age, due_cell, due_text, standing_cell, standing_text, standing_width
from tui.widgets.bars import FULL, TRACK, bar, percent
from tui.widgets.key_bar import Key, key_lines
from tui.widgets.spans import Line, Span, fitted, spread, width_of
from tui.widgets.tile import Tile, tiles

NOTHING_DUE = DueList(DAY, (), (), ())
NOON = datetime(2026, 11, 23, 12, 0, 7, tzinfo=timezone(timedelta(hours=8)))
SHARES = st.fractions(0, 1)
TEXTS = st.text(st.sampled_from("镇党支部ABC x…[/]\x1b\u200b"), max_size=30)


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)


def snapshot(phases: int = 3, **changes: object) -> Snapshot:
    plan = a_plan(phases=phases)
    return Snapshot(plan, replace(an_overview(plan), **changes), (), Later(lambda: Owed(NOTHING_DUE, (), ())))  # type: ignore[arg-type]  # fields by name


def ranking_of(shown: Snapshot, lang: Lang) -> Ranking:
    ranking = Ranking()
    ranking.follow(shown, lang)
    return ranking


@pytest.mark.parametrize(
    ("standing", "sign"),
    [
        (Standing(Status.DUE_SOON, 1), Status.DUE_SOON),
        (Standing(Status.DUE_SOON, 1, behind=True), Status.BEHIND),
        (Standing(Status.BEHIND, 20), Status.BEHIND),
        (Standing(Status.ON_TRACK, 20), Status.ON_TRACK),
        (Standing(Status.PAUSED, -1), Status.DUE_SOON),
    ],
)
def test_what_is_owed_has_the_sign_that_the_dashboard_gives_it(standing: Standing, sign: Status) -> None:
    """What is soon due is told from what is on track on every screen, by its sign and by its colour."""
    assert due_text(standing, Lang.EN).startswith(SIGNS[sign])
    [span] = due_cell(standing, Lang.EN, 30)
    assert (span.colour == "warning") == (sign is not Status.ON_TRACK)


@given(share=SHARES, width=st.integers(2, 40))
def test_a_bar_is_full_for_the_whole_alone(share: Fraction, width: int) -> None:
    """A bar has its width, shows something above 0, and no track only at 1; track and bar are different glyphs."""
    text = text_of(bar(share, width, "phase-1"))
    assert len(text) == width
    assert (TRACK not in text) == (share == 1)
    assert (FULL in text) == (share > 0)


@given(share=SHARES)
def test_per_cent_says_100_and_0_only_where_it_is_true(share: Fraction) -> None:
    """99.9 % is not 100 %, and 0.1 % is not 0 %."""
    assert (percent(share) == 100) == (share == 1)
    assert (percent(share) == 0) == (share == 0)
    assert abs(percent(share) - share * 100) <= 1


@given(parts=st.lists(TEXTS, max_size=4), width=st.integers(0, 60), right=st.booleans())
def test_a_fitted_line_has_exactly_its_width(parts: list[str], width: int, right: bool) -> None:
    """Wide characters, control characters and markup included."""
    line = fitted(tuple(Span(part) for part in parts), width, right=right)
    assert cell_len(text_of(line)) == width
    assert not {"\x1b", "\u200b"} & set(text_of(line))


@given(left=TEXTS, right=st.text("镇ab", max_size=8), width=st.integers(20, 60))
def test_spread_keeps_the_right_end(left: str, right: str, width: int) -> None:
    """What stands at the right is whole; the left is cut."""
    line = text_of(spread((Span(left),), (Span(right),), width))
    assert cell_len(line) == width
    assert line.endswith(right)


def test_the_most_urgent_branch_comes_first() -> None:
    """Overdue by days, then due soon by days, then behind; the rest in the order of the plan."""
    order = [row.code for row in branch_rows(snapshot(), Lang.EN)]
    assert order == ["B06", "B10", "B05", "B08", "B09", "B07", "B03", "B01", "B02", "B04"]


@given(st.lists(st.tuples(st.integers(0, 39), st.sampled_from(STANDINGS)), max_size=12))
def test_rows_kept_in_order_are_those_that_are_sorted(changes: list[tuple[int, Standing]]) -> None:
    """Whatever becomes of some branches; and the columns have room for what is there."""
    plan = a_plan([(f"第{at}村", f"Village {at}") for at in range(40)])
    shown = Snapshot(plan, an_overview(plan), (), Later(lambda: Owed(NOTHING_DUE, (), ())))
    ranking = ranking_of(shown, Lang.EN)
    for at, standing in changes:
        branches = list(shown.overview.branches)
        branches[at] = replace(branches[at], standing=standing)
        shown = replace(shown, overview=replace(shown.overview, branches=tuple(branches)))
        ranking.follow(shown, Lang.EN)
        assert ranking.rows == branch_rows(shown, Lang.EN)
        assert ranking.states == ranking_of(shown, Lang.EN).states
        assert ranking.states.keys() == {(row.standing, row.condition) for row in ranking.rows}


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("phases", [1, 2, 3, 4])
@pytest.mark.parametrize("width", [58, 77, 78, 118])
def test_columns_fit_any_width_and_number_of_phases(phases: int, width: int, lang: Lang) -> None:
    """The table never runs over its right edge, and a standing is never cut."""
    shown = snapshot(phases)
    rows = branch_rows(shown, lang)
    columns = branch_columns(shown.plan, ranking_of(shown, lang), None, lang, width)
    assert 2 + sum(column.width + column.gap for column in columns) <= width
    for row in rows:
        standing = text_of(columns[-1].cell(row, columns[-1].width)).strip()
        assert standing == standing_text(row.standing, lang, columns[-1].width - 2)
        assert cell_len(standing) <= columns[-1].width - 2


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [58, 78, 118])
def test_the_headline_names_every_late_branch(width: int, lang: Lang) -> None:
    """Whoever reads one line knows which branches are late and by how many days."""
    said = text_of(headline(snapshot(), branch_rows(snapshot(), lang), lang, width))
    assert cell_len(said) <= width
    assert "8" in said
    assert ("供销" if lang is Lang.ZH else "Supply") in said
    assert ("离退休" if lang is Lang.ZH else "Retired") in said


def test_a_headline_with_many_late_branches_counts_the_rest() -> None:
    """As many as fit are named, the latest first; how many more there are is said."""
    plan = a_plan([(f"第{at}村", f"Village {at}") for at in range(200)])
    shown = Snapshot(plan, an_overview(plan), (), Later(lambda: Owed(NOTHING_DUE, (), ())))
    for width in (58, 78, 118):
        said = text_of(headline(shown, branch_rows(shown, Lang.EN), Lang.EN, width))
        named = said.count("▲")
        assert named >= 1
        assert f"and {40 - named} more" in said
        assert cell_len(said) <= width


def test_the_headline_says_that_none_is_late() -> None:
    """In words, not by silence."""
    shown = snapshot()
    calm = replace(shown, overview=replace(shown.overview, headline=replace(shown.overview.headline, late=())))
    assert "none is late" in text_of(headline(calm, branch_rows(calm, Lang.EN), Lang.EN, 78))


def test_the_headline_warns_of_a_wrong_clock() -> None:
    """V80 stands where the lateness would: lateness is then not computed."""
    shown = snapshot(clock_behind=NOON.date() + timedelta(days=3))
    for lang, width in product(Lang, (78, 118)):
        said = text_of(headline(shown, branch_rows(shown, lang), lang, width))
        assert "2026-11-26" in said
        assert "…" not in said


@pytest.mark.parametrize("width", [78, 118])
def test_totals_that_differ_from_the_plan_stay_in_sight(width: int) -> None:
    """What is recorded beside what was expected, also after somebody has accepted that they differ (R08)."""
    shown = snapshot()
    assert "▼" not in text_of(headline(shown, branch_rows(shown, Lang.EN), Lang.EN, width))
    campaign = shown.plan.campaign.model_copy(update={"expected_members": 230})
    shown = replace(shown, plan=shown.plan.model_copy(update={"campaign": campaign}))
    assert "▼ 220 of 230 people" in text_of(headline(shown, branch_rows(shown, Lang.EN), Lang.EN, width))


@pytest.mark.parametrize("lang", list(Lang))
def test_every_status_has_a_sign_and_words(lang: Lang) -> None:
    """No state is shown by colour alone, and no two states read the same."""
    said = [standing_text(Standing(status, 3), lang) for status in Status]
    assert len(set(said)) == len(said)
    for text in said:
        sign, _, words = text.partition(" ")
        assert len(sign) == 1
        assert words


def test_only_overdue_fills_its_cell() -> None:
    """Brightness is for what needs attention."""
    filled = [standing for standing in STANDINGS if standing_cell(standing, Lang.EN, 15)[0].back]
    assert {standing.status for standing in filled} == {Status.OVERDUE}


def test_due_today_is_said_so() -> None:
    """A due day that is today is no number of days."""
    assert standing_text(Standing(Status.DUE_SOON, 0), Lang.ZH) == "◆ 今天到期"
    assert standing_text(Standing(Status.DUE_SOON, 1), Lang.EN) == "◆ due in 1 d"


def test_tiles_count_open_sessions_alone() -> None:
    """Forms of sessions that are closed are no longer coming in."""
    lines = (
        SessionLine("B01-261123-1", "B01", "final", SessionState.OPEN, 5, 4),
        SessionLine("B02-261123-1", "B02", "final", SessionState.OPEN, 9, 8),
        SessionLine("B03-261123-1", "B03", "final", SessionState.VERIFIED, 50, 40),
    )
    forms = tiles_of(replace(snapshot(), sessions=lines), None, 0, Lang.EN, tall=True)[3]
    assert (forms.figure, forms.note) == ("12", "2 sessions open")
    card = "\n".join(text_of(line) for line in session_lines(replace(snapshot(), sessions=lines), Lang.EN, 40))
    assert "4 forms" in card
    assert "Farm" not in card


def test_the_tile_of_what_is_late_counts_overdue_cases() -> None:
    """They stand beside what is late by plan, so that nobody who reads the first screen overlooks them."""
    tile = tiles_of(snapshot(), None, 3, Lang.EN, tall=True)[-1]
    assert (tile.note, tile.brief) == ("▲ and 3 cases late", "▲ 3 cases")
    assert "soon" in tiles_of(snapshot(), None, 0, Lang.EN, tall=True)[-1].note


@pytest.mark.parametrize("height", [2, 7])
@pytest.mark.parametrize("width", [58, 78, 118])
@pytest.mark.parametrize("phases", [1, 3, 4])
def test_tiles_fill_their_width(phases: int, width: int, height: int) -> None:
    """Tall and short, for any number of phases; every line is as wide as the others."""
    lines = tiles(tiles_of(snapshot(phases), None, 0, Lang.ZH, tall=True), width, height)
    assert len(lines) == height
    assert {width_of(line) for line in lines} == {width}


def test_a_figure_that_is_too_wide_for_numerals_is_written() -> None:
    """A narrow tile shows its figure in letters rather than half of it."""
    text = "\n".join(text_of(line) for line in tiles([Tile("Forms", "1234567")], 20, 7))
    assert "1234567" in text


def test_the_card_of_due_things_begins_with_the_most_urgent() -> None:
    """As many as fit; the first ones stay."""
    lines = [text_of(line).strip() for line in due_lines(snapshot(), Lang.EN, 40, 6)]
    assert lines[2].startswith("▲")
    assert max(cell_len(line) for line in lines) <= 38


def test_the_one_line_of_due_things_leaves_out_what_the_headline_says() -> None:
    """Late branches stand in the headline already."""
    text = text_of(next_line(snapshot(), Lang.ZH, 78))
    assert "▲" not in text
    assert "卫生院" in text


def test_identity_says_live_or_cut_off() -> None:
    """The sign has a word beside it, and the wall clock stands there to the second."""
    assert "■ 实时" in text_of(identity(snapshot(), Lang.ZH, NOON, 78, cut=False))
    assert "▲ cut off" in text_of(identity(snapshot(), Lang.EN, NOON, 78, cut=True))
    assert text_of(identity(snapshot(), Lang.ZH, NOON, 118, cut=False)).endswith("11月23日 周一 12:00:07")


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0, "0 秒", "0 seconds"), (1, "1 秒", "1 second"), (60, "1 分钟", "1 minute"), (7200, "2 小时", "2 hours")],
)
def test_age_is_said_in_words(seconds: int, zh: str, en: str) -> None:
    """In the largest whole unit."""
    assert age(seconds, Lang.ZH) == zh
    assert age(seconds, Lang.EN) == en


@given(width=st.integers(14, 120))
def test_no_key_is_left_out_of_the_foot(width: int) -> None:
    """Where one line is too short there are more, each within the width and about as long as the others."""
    keys = [Key(name, name, name, name.upper(), "") for name in ("open", "add", "help", "quit")]
    lines = [text_of(line) for line in key_lines(keys, str, width)]
    assert " ".join(lines).split() == [word for key in keys for word in (key.cap, key.label)]
    assert max(cell_len(line) for line in lines) <= width
    assert len(lines) == (1 if width >= 45 else 2 if width >= 23 else 3 if width >= 21 else 4)


@pytest.mark.parametrize("lang", list(Lang))
def test_done_late_is_said_in_full_where_there_is_room(lang: Lang) -> None:
    """Fewer words in a narrow column, and never a cut one."""
    late = Standing(Status.DONE_LATE, 2)
    full = {Lang.ZH: "✔ 逾期 2 天完成", Lang.EN: "✔ done 2 d late"}[lang]
    room = standing_width([late], lang, 40)
    assert text_of(standing_cell(late, lang, room)).strip() == full
    short = standing_width([late], lang, room - 1)
    assert short < room
    assert text_of(standing_cell(late, lang, short)).strip() == {Lang.ZH: "✔ 迟 2 天", Lang.EN: "✔ 2 d late"}[lang]


@pytest.mark.parametrize("today", [0, 1, 12])
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("phases", [3, 4])
def test_no_tile_is_cut_at_120_columns(phases: int, lang: Lang, today: int) -> None:
    """What is due today is told apart where there is room; otherwise what is due soon is counted together."""
    shown = snapshot(phases)
    item = shown.overview.due[0]
    soon = [replace(item, standing=Standing(Status.DUE_SOON, days)) for days in [0] * today + [3] * 5]
    shown = replace(shown, overview=replace(shown.overview, due=tuple(soon)))
    text = "\n".join(text_of(line) for line in tiles(tiles_of(shown, None, 0, lang, tall=True), 118, 7))
    assert "…" not in text
    assert str(5 if not today or "今天" in text or "today" in text else today + 5) in text
