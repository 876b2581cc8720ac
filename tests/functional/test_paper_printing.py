"""Printing forms and slips: random numbers, kept before anybody can hold a sheet, and the key that signs them."""

import random
import statistics
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from campaign.errors import ManyiError, Problem, StoreError
from campaign.language import Lang
from db import memory_store, open_store
from manyi.paper_desk import FormOrder, desk_of, print_forms, print_slips
from manyi.settings import Settings
from surveys.paper.codes import MAX_SERIAL, FormCode, SlipCode, parse
from surveys.paper.forms import FormState
from surveys.paper.slips import MAX_SLIPS, keep_slips
from surveys.paper.stock import MAX_FORMS, Printing, keep_printing, plan_printing
from surveys.ports import Store
from tests.orders import rho
from tests.paper_sheets import decoded, pages
from tests.paper_town import DAY, PaperTown, layout, paper_town
from tests.sittings import open_session


@pytest.fixture(params=["sqlite", "memory"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PaperTown]:
    """An open session without forms."""
    store = memory_store() if request.param == "memory" else open_store(tmp_path / "data", create=True)
    yield paper_town(store)
    store.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a run on the session's day; there is a store in the data folder."""
    store = open_store(tmp_path / "data", create=True)
    paper_town(store)
    store.close()
    return Settings(tmp_path / "data", Lang.EN, DAY)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """That store."""
    opened = open_store(settings.data)
    yield opened
    opened.close()


def refused(action: Callable[[], object]) -> str:
    """The code with which something is refused."""
    with pytest.raises(ManyiError) as caught:
        action()
    return caught.value.code


def planned(town: PaperTown, count: int = 1, lang: Lang = Lang.ZH) -> Printing:
    """A printing that nobody has kept yet."""
    return plan_printing(town.store, town.plan, town.session, count, layout(lang))


def test_serials_are_random_and_printed_in_shuffled_order(town: PaperTown) -> None:
    """They come from the whole range, none twice, and the order of the stack tells nothing of them."""
    count = 2000
    serials = town.printed(count)
    assert len(set(serials)) == count
    assert min(serials) >= 1
    assert max(serials) <= MAX_SERIAL
    spread = MAX_SERIAL / 12**0.5 / count**0.5
    assert abs(statistics.mean(serials) - MAX_SERIAL / 2) < 5 * spread
    assert abs(rho(range(count), serials)) < 5 / count**0.5
    assert abs(rho(serials[:-1], serials[1:])) < 5 / count**0.5
    assert [form.serial for form in town.store.forms(town.session)] == sorted(serials), "kept in no order of printing"


def test_forms_are_not_due_before_they_are_printed(settings: Settings, store: Store, tmp_path: Path) -> None:
    """M78 for a day that is past, and no form is kept; today is early enough."""
    out = tmp_path / "forms.pdf"
    (session,) = (each.id for each in store.sessions())
    yesterday = FormOrder(session, 1, due=DAY - timedelta(days=1))
    assert refused(lambda: print_forms(settings, store, yesterday, out)) == "M78"
    assert (store.forms(session), out.exists()) == ([], False)
    assert print_forms(settings, store, FormOrder(session, 1, due=DAY), out).count == 1


def test_a_second_printing_repeats_no_serial(town: PaperTown) -> None:
    """Forms that are printed later have numbers of their own, be there ever so few left; those before stay."""
    with patch("surveys.paper.codes.MAX_SERIAL", 12):
        first = town.printed(6)
        town.paper.issue(first[0])
        before = {serial: town.form(serial) for serial in first}
        second = town.printed(6)
    assert sorted([*first, *second]) == list(range(1, 13))
    assert {serial: town.form(serial) for serial in first} == before


def test_nothing_is_kept_before_it_is_printed(town: PaperTown) -> None:
    """Planning changes nothing; keeping keeps the forms, their layout and an entry of the audit."""
    printing = planned(town, 4)
    assert (town.states(), town.store.paper_stock(town.session)) == ({}, None)
    keep_printing(town.store, printing, DAY)
    assert set(town.states().values()) == {FormState.PRINTED}
    assert {form.layout for form in town.store.forms(town.session)} == {1}
    assert [(each.field, each.new) for each in town.store.audits()][-1] == ("printed", "4")


def test_each_language_has_its_layout(town: PaperTown) -> None:
    """Forms of the same layout share its number, whenever they are printed."""
    zh, en, again = town.printed(2), town.printed(2, Lang.EN), town.printed(1)
    layouts = {form.serial: form.layout for form in town.store.forms(town.session)}
    assert [[layouts[serial] for serial in serials] for serials in (zh, en, again)] == [[1, 1], [2, 2], [1]]
    stock = town.store.paper_stock(town.session)
    assert stock
    assert [each.lang for each in stock.layouts] == [Lang.ZH, Lang.EN]


@pytest.mark.parametrize("count", [-1, 0, MAX_FORMS + 1])
def test_a_printing_has_a_sensible_size(town: PaperTown, count: int) -> None:
    """One form at least, 20,000 at most (M85)."""
    assert refused(lambda: planned(town, count)) == "M85"


def test_forms_are_printed_while_the_session_is_open(town: PaperTown) -> None:
    """Not for a session that is closed (M12), also where it is closed while they are printed, nor for none (M11)."""
    printing = planned(town)
    assert refused(lambda: plan_printing(town.store, town.plan, "B01-000000-1", 1, layout())) == "M11"
    town.desk.close(town.session)
    assert refused(lambda: planned(town)) == "M12"
    assert refused(lambda: keep_printing(town.store, printing, DAY)) == "M12"
    assert town.states() == {}


def test_sessions_that_print_at_once_get_different_numbers(town: PaperTown) -> None:
    """The number that codes give a session is its own: who comes second is refused (M86), and gets the next one."""
    other = open_session(town.desk, "B02", pin="2468").session.id
    slow = planned(town)
    keep_printing(town.store, plan_printing(town.store, town.plan, other, 1, layout()), DAY)
    assert refused(lambda: keep_printing(town.store, slow, DAY)) == "M86"
    town.printed(1)
    assert refused(lambda: keep_printing(town.store, slow, DAY)) == "M86"
    assert {name: stock.number for name, stock in town.store.paper_stocks().items()} == {other: 1, town.session: 2}


def test_layouts_that_are_printed_at_once_get_different_numbers(town: PaperTown) -> None:
    """Who comes second with another layout is refused (M86), for its sheets would be read by the wrong one."""
    town.printed(1)
    slow, quick = planned(town, lang=Lang.EN), layout(Lang.ZH, pages=2)
    keep_printing(town.store, plan_printing(town.store, town.plan, town.session, 1, quick), DAY)
    assert refused(lambda: keep_printing(town.store, slow, DAY)) == "M86"
    keep_printing(town.store, planned(town, lang=Lang.EN), DAY)
    stock = town.store.paper_stock(town.session)
    assert stock
    assert stock.layouts == (layout(), quick, layout(Lang.EN))


def test_a_printing_is_kept_once(town: PaperTown) -> None:
    """A serial that is taken by now is refused (M86), and nothing of that printing is kept."""
    printing = planned(town, 2)
    keep_printing(town.store, printing, DAY)
    town.paper.issue(printing.forms[0].serial)
    before = town.states()
    assert refused(lambda: keep_printing(town.store, printing, DAY)) == "M86"
    assert town.states() == before


def test_a_session_keeps_its_number(town: PaperTown) -> None:
    """Codes of earlier sheets stay right when more are printed, and name the branch by its place in the plan."""
    (serial,) = town.printed(1)
    other = open_session(town.desk, "B02", pin="2468").session.id
    keep_printing(town.store, plan_printing(town.store, town.plan, other, 1, layout()), DAY)
    code = town.code(serial)
    town.printed(5)
    assert town.code(serial) == code
    numbers = {name: (stock.number, stock.branch) for name, stock in town.store.paper_stocks().items()}
    assert numbers == {town.session: (1, 1), other: (2, 2)}


def test_slips_have_new_random_numbers_that_are_known_again(town: PaperTown) -> None:
    """A number that was printed is known, any other is not; every printing leaves an entry in the audit."""
    numbers = [slip.number for _ in range(2) for slip in keep_slips(town.store, 300, DAY)]
    assert len(set(numbers)) == 600 == town.store.count_slips()
    assert {len(number) for number in numbers} == {10}
    assert all(map(town.store.has_slip, numbers))
    assert abs(rho(range(600), [int(number) for number in numbers])) < 5 / 600**0.5
    assert not any(town.store.has_slip(f"{int(number) ^ 1:010d}") for number in numbers[:20])
    assert [(each.entity, each.new) for each in town.store.audits()][-1] == ("follow-up slips", "300")


def test_a_second_printing_repeats_no_slip(town: PaperTown) -> None:
    """A number that was printed before is passed over."""
    chance = random.Random(20261123)  # noqa: S311  # nothing secret
    with patch("surveys.paper.slips.new_slip", lambda: SlipCode(f"{chance.randrange(12):010d}")):
        numbers = [slip.number for _ in range(2) for slip in keep_slips(town.store, 6, DAY)]
    assert sorted(numbers) == [f"{number:010d}" for number in range(12)]


@pytest.mark.parametrize("count", [-1, 0, MAX_SLIPS + 1])
def test_a_printing_of_slips_has_a_sensible_size(town: PaperTown, count: int) -> None:
    """One slip at least, 20,000 at most (M85)."""
    assert refused(lambda: keep_slips(town.store, count, DAY)) == "M85"
    assert town.store.count_slips() == 0


def order(store: Store, count: int = 2, **fields: object) -> FormOrder:
    """Forms of the one session there is."""
    return FormOrder(store.sessions()[0].id, count, **fields)  # type: ignore[arg-type]  # by name


def serials(store: Store) -> set[int]:
    """All that are known of that session."""
    return {form.serial for form in store.forms(store.sessions()[0].id)}


def test_every_printed_sheet_is_known(settings: Settings, store: Store, tmp_path: Path) -> None:
    """The squares of the file are those of the forms that are kept, signed with the key of the data folder."""
    out = tmp_path / "forms.pdf"
    printed = print_forms(settings, store, order(store, 3), out)
    found = [code for page in pages(out) for code in decoded(page)[0]]
    assert (printed.count, printed.pages) == (3, len(found))
    desk = desk_of(settings, store, store.sessions()[0].id)
    assert {desk.find(code).serial for code in found} == serials(store)
    key = bytes.fromhex((settings.data / "paper.key").read_text())
    assert all(isinstance(parse(code, key), FormCode) for code in found)


def test_what_could_not_be_kept_is_not_printed(settings: Settings, store: Store, tmp_path: Path) -> None:
    """Where the commit fails there is no file, nor the half of one, and no form is known."""
    full = StoreError(Problem("M40", {"why": "no room", "path": "x"}))
    with patch.object(store, "save_forms", side_effect=full), pytest.raises(StoreError):
        print_forms(settings, store, order(store), tmp_path / "forms.pdf")
    assert [each.name for each in tmp_path.iterdir()] == ["data"]
    assert serials(store) == set()
    assert store.paper_stocks() == {}


def test_a_file_gets_its_name_after_its_forms_are_kept(settings: Settings, store: Store, tmp_path: Path) -> None:
    """Whoever finds the file finds its forms in the store, at whatever moment the program is ended."""
    out, seen = tmp_path / "forms.pdf", []

    def keep(*_: object) -> None:
        seen.append((out.exists(), [each.stat().st_size > 10_000 for each in tmp_path.glob(".forms.pdf*")]))

    with patch("manyi.paper_desk.keep_printing", keep):
        print_forms(settings, store, order(store), out)
    assert seen == [(False, [True])]
    assert out.exists()


@pytest.mark.parametrize("out", ["there.pdf", "no folder/forms.pdf"])
def test_what_could_not_be_written_is_not_kept(settings: Settings, store: Store, tmp_path: Path, out: str) -> None:
    """A file that exists is not overwritten (M70) and a place that can't be written is told (M40): no form is made."""
    (tmp_path / "there.pdf").write_text("mine")
    assert refused(lambda: print_forms(settings, store, order(store), tmp_path / out)) in {"M70", "M40"}
    assert serials(store) == set()
    assert (tmp_path / "there.pdf").read_text() == "mine"
    print_forms(settings, store, order(store), tmp_path / "there.pdf", force=True)
    assert len(serials(store)) == 2


def test_a_questionnaire_is_printed_in_its_languages_alone(settings: Settings, store: Store, tmp_path: Path) -> None:
    """Asking for another is M08; without a wish it is the questionnaire's own."""
    final = store.questionnaire("final")
    assert final
    store.save_questionnaire(final.model_copy(update={"languages": (Lang.EN,), "default_language": Lang.EN}))
    assert refused(lambda: print_forms(settings, store, order(store, lang=Lang.ZH), tmp_path / "x.pdf")) == "M08"
    print_forms(settings, store, order(store), tmp_path / "forms.pdf")
    (stock,) = store.paper_stocks().values()
    assert [each.lang for each in stock.layouts] == [Lang.EN]


def test_slips_are_printed_with_numbers_that_are_known(settings: Settings, store: Store, tmp_path: Path) -> None:
    """Each slip has its square twice, once on either part; all of them are in the store."""
    out = tmp_path / "slips.pdf"
    printed = print_slips(settings, store, 4, Lang.ZH, "", out)
    key = bytes.fromhex((settings.data / "paper.key").read_text())
    codes = [parse(code, key) for page in pages(out) for code in decoded(page)[0]]
    numbers = {code.number for code in codes if isinstance(code, SlipCode)}
    assert (printed.count, printed.pages, len(codes), len(numbers)) == (4, 2, 8, 4)
    assert all(map(store.has_slip, numbers))
    assert store.count_slips() == 4


@pytest.mark.parametrize("printed", ["forms", "slips"])
def test_a_lost_key_is_not_replaced(settings: Settings, store: Store, tmp_path: Path, printed: str) -> None:
    """Where anything was printed another key would make every sheet a forgery: M76 says to put the old one back."""
    if printed == "forms":
        print_forms(settings, store, order(store), tmp_path / "forms.pdf")
    else:
        print_slips(settings, store, 1, Lang.ZH, "", tmp_path / "slips.pdf")
    before = serials(store)
    (settings.data / "paper.key").unlink()
    session = store.sessions()[0].id
    for action in (
        lambda: desk_of(settings, store, session),
        lambda: print_forms(settings, store, order(store), tmp_path / "more.pdf"),
        lambda: print_slips(settings, store, 1, Lang.ZH, "", tmp_path / "more.pdf"),
    ):
        assert refused(action) == "M76"
    assert not (settings.data / "paper.key").exists()
    assert not (tmp_path / "more.pdf").exists()
    assert serials(store) == before
