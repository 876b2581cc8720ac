"""Public satisfaction on the first screen: the headline result of the campaign, as far as it is posted."""

from pathlib import Path

import pytest

from campaign.language import Lang
from surveys.desk import SurveyDesk
from tests.results_hands import SIZES, opened
from tests.results_town import DEMO, ResultsTown, results_town
from tests.screen_text import screen_rows, screen_text
from tests.sittings import verify_count
from tests.staff_fakes import shows, staff_app, until
from tui.staff.dashboard import Dashboard

RATES = {"Town Office": "86.3", "Finance": "60.0", "Farm": "▲59.4", "School": "91.0", "Health": "84.8", "Retired": "–"}
"""As the sample's five counted final surveys come out; the pulse survey of the retired is no verdict."""


def row_of(rows: list[str], label: str) -> str:
    return next(row for row in rows if label in row and ("▆" in row or "▁" in row))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("read_only", [True, False])
async def test_every_posted_result_stands_beside_its_branch(
    counted: ResultsTown, size: tuple[int, int], *, read_only: bool
) -> None:
    """For staff and for the hall; who must catch up has a sign, who has no result a dash; and all together 81.0."""
    async with staff_app(counted.desk(), size, Lang.EN, read_only=read_only) as (app, pilot):
        await shows(pilot, "86.3")
        rows = screen_rows(app)
        for label, rate in RATES.items():
            assert rate in row_of(rows, label).split()
        tall = size[1] > 24
        assert ("5 of 10 branches" if tall else "81.0 5/10") in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", list(Lang))
async def test_no_word_of_the_dashboard_is_cut_by_the_results(
    started: Path, tmp_path: Path, size: tuple[int, int], lang: Lang
) -> None:
    """Headings, names and standings stay whole beside the new column."""
    with results_town(started, tmp_path, lang) as town:
        async with staff_app(town.desk(), size, lang) as (app, pilot):
            await shows(pilot, "86.3")
            text = screen_text(app)
            assert "…" not in text
            assert ("满意率" if lang is Lang.ZH else "Sat. %") in text


async def test_the_answers_of_all_stand_in_a_card(counted: ResultsTown) -> None:
    """The answers to the overall question with their shares, each with a glyph of its own, and of how many forms."""
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await shows(pilot, "232 valid forms")
        text = screen_text(app)
        for said in ("▆ Satisfied 54.3%", "▄ Mostly satisfied 26.7%", "▅ Dissatisfied 11.6%", "─ Don't know 6.0%"):
            assert said in text


async def test_a_result_comes_to_the_dashboard_when_it_is_posted(counted: ResultsTown) -> None:
    """Not while people answer, not when it is counted, not when it is verified: then the branch alone is told."""
    session = opened(counted)
    desk = SurveyDesk(counted.store, counted.store.plan(), DEMO)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await shows(pilot, "5 of 10 branches")
        desk.close(session)
        verify_count(desk, session)
        await until(pilot, lambda: app.snapshot is not None and app.snapshot.sessions[-1].state == "verified")
        await app.workers.wait_for_complete()
        assert "–" in row_of(screen_rows(app), "Supply").split()
        assert "5 of 10 branches" in screen_text(app)
        desk.publish(session, confirmed=True)
        await shows(pilot, "6 of 10 branches")
        assert "83.3" in row_of(screen_rows(app), "Supply").split()


async def test_while_people_answer_a_small_screen_counts_their_forms(counted: ResultsTown) -> None:
    """Where there is no card for open sessions the tile of forms comes back; a large screen shows both."""
    opened(counted, 7)
    async with staff_app(counted.desk(), (80, 24), Lang.EN) as (app, pilot):
        await shows(pilot, "7 · 1 open")
        await shows(pilot, "86.3")
        assert "5/10" not in screen_text(app)
    async with staff_app(counted.desk(), (120, 36), Lang.EN) as (app, pilot):
        await shows(pilot, "5 of 10 branches")
        assert "7 forms" in screen_text(app)
        assert isinstance(app.screen, Dashboard)
