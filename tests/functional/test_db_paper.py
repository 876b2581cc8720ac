"""What the ports promise of paper forms and slips, over SQLite and over memory alike."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest

from campaign.language import Lang
from db import memory_store, open_store
from surveys.paper.forms import FormState, PaperForm, PaperStock, VoidReason
from surveys.paper.geometry import Box, Field, FormLayout, PageLayout
from surveys.ports import Store
from tests.db_builders import SESSION, make_opinion, make_response

OTHER = "B02-261123-1"
LAYOUT = FormLayout(
    lang=Lang.ZH,
    pages=(
        PageLayout(boxes=(Box(question="Q1", choice="A", x=20.1, y=70.25),)),
        PageLayout(boxes=(), fields=(Field(question="Q4", x=20, y=30, width=40, height=9, holds="number"),)),
    ),
)
STOCK = PaperStock(number=7, branch=3, layouts=(LAYOUT,), issued=5, foreign=1, copies=2)


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = memory_store() if request.param == "memory" else open_store(tmp_path / "data", create=True)
    yield opened
    opened.close()


class Stop(Exception):
    """Leaves a transaction."""


def forms(*serials: int, **fields: object) -> list[PaperForm]:
    """Forms with these serials."""
    return [PaperForm.model_validate({"serial": serial, "layout": 1, **fields}) for serial in serials]


def test_what_was_printed_is_kept_by_session(store: Store) -> None:
    """A stock comes back equal, with its geometry; saving it again replaces it; other sessions have none."""
    assert (store.paper_stock(SESSION), store.paper_stocks()) == (None, {})
    store.save_paper_stock(SESSION, STOCK)
    assert store.paper_stock(SESSION) == STOCK
    fewer = PaperStock(number=7, branch=3, layouts=())
    other = PaperStock(number=8, branch=1, layouts=(LAYOUT,))
    store.save_paper_stock(SESSION, fewer)
    store.save_paper_stock(OTHER, other)
    assert store.paper_stocks() == {SESSION: fewer, OTHER: other}


def test_forms_come_by_serial_whatever_the_order_of_saving(store: Store) -> None:
    """Forms come back equal, in order of their serials, each under its session alone."""
    saved = forms(999_999, 5, 70_000, 1)
    store.save_forms(SESSION, saved)
    store.save_forms(OTHER, forms(5, layout=2))
    store.save_forms(SESSION, [])
    assert store.forms(SESSION) == sorted(saved, key=lambda form: form.serial)
    assert (store.form(SESSION, 5), store.form(OTHER, 5)) == (forms(5)[0], forms(5, layout=2)[0])
    assert (store.form(SESSION, 6), store.form("B03-261123-1", 5)) == (None, None)
    assert list(store.forms("B03-261123-1")) == []


def test_a_form_is_replaced_as_a_whole(store: Store) -> None:
    """Known and new forms can be saved together; nothing of what a form was before stays."""
    store.save_forms(SESSION, forms(3, 1, state="keyed", response=2**62 + 1, keyed_by="clerk", keyed_twice=True))
    assert store.form(SESSION, 3) == forms(3, state="keyed", response=2**62 + 1, keyed_by="clerk", keyed_twice=True)[0]
    store.save_forms(SESSION, forms(4, 3, 2, state=FormState.VOID, void_reason=VoidReason.BLANK))
    (known, replaced) = (store.form(SESSION, serial) for serial in (1, 3))
    assert replaced == forms(3, state="void", void_reason="blank")[0]
    assert known == forms(1, state="keyed", response=2**62 + 1, keyed_by="clerk", keyed_twice=True)[0]
    assert [form.serial for form in store.forms(SESSION)] == [1, 2, 3, 4]
    store.save_forms(SESSION, forms(3))
    assert store.form(SESSION, 3) == forms(3)[0]


def test_twenty_thousand_forms_are_kept_and_replaced(store: Store) -> None:
    """The largest printing there is, and its end: every form once, in its new state."""
    serials = range(1, 980_001, 49)
    store.save_forms(SESSION, forms(*serials))
    store.save_forms(SESSION, forms(*serials, state="unused"))
    found = store.forms(SESSION)
    assert [form.serial for form in found] == list(serials)
    assert {form.state for form in found} == {FormState.UNUSED}


def test_a_response_is_replaced_and_removed_by_its_id(store: Store) -> None:
    """What was keyed wrongly is put right under its own id; what is void goes; the others stay."""
    for doc_id in (5, 6, 7):
        store.add_response(SESSION, doc_id, make_response(channel="paper", answers={"age": doc_id}))
    store.replace_response(SESSION, 6, make_response(channel="paper", answers={"overall": "good"}))
    store.remove_response(SESSION, 5)
    assert [each.answers for each in store.responses(SESSION)] == [{"overall": "good"}, {"age": 7}]
    assert store.response(SESSION, 5) is None
    assert store.count_responses(SESSION) == 2


def test_opinions_are_removed_by_the_ids_they_got(store: Store) -> None:
    """Each opinion gets an id of its own, in the order given; those alone go, of that session alone."""
    texts = [f"意见{n}" for n in range(6)]
    store.add_opinions([make_opinion(text) for text in texts[:2]])
    ids = store.add_opinions([make_opinion(text) for text in texts[2:]])
    elsewhere = store.add_opinions([make_opinion("x", OTHER)])
    assert len({*ids, *elsewhere}) == 5
    store.remove_opinions(SESSION, [ids[0], ids[2]])
    store.remove_opinions(SESSION, [])
    assert sorted(each.text for each in store.opinions(SESSION)) == [*texts[:2], texts[3], texts[5]]
    assert [each.text for each in store.opinions(OTHER)] == ["x"]


def test_slips_are_known_by_their_numbers(store: Store) -> None:
    """Ten digits, zeros in front included; a number that is known can't be added again, nor what comes with it."""
    assert (store.has_slip("0000000042"), store.count_slips()) == (False, 0)
    store.add_slips(["0000000042", "9876543210", "0000000000"])
    assert [store.has_slip(number) for number in ("0000000042", "9876543210", "0000000000", "0000000420")] == [
        True,
        True,
        True,
        False,
    ]
    with pytest.raises(ValueError, match="9876543210"):
        store.add_slips(["1111111111", "9876543210"])
    assert (store.has_slip("1111111111"), store.count_slips()) == (False, 3)


def test_paper_is_all_or_nothing_with_the_rest(store: Store) -> None:
    """An exception inside a transaction undoes what was done with forms, stock, responses, opinions and slips."""
    store.save_forms(SESSION, forms(1, 2))
    store.save_paper_stock(SESSION, STOCK)
    store.add_response(SESSION, 9, make_response(channel="paper"))
    (opinion,) = store.add_opinions([make_opinion("one")])
    with suppress(Stop), store.transaction():
        store.save_forms(SESSION, forms(2, 3, state="unused"))
        store.save_paper_stock(SESSION, STOCK.model_copy(update={"issued": 6}))
        store.replace_response(SESSION, 9, make_response(channel="paper", answers={}))
        store.remove_response(SESSION, 9)
        store.remove_opinions(SESSION, [opinion])
        store.add_slips(["0123456789"])
        raise Stop
    assert list(store.forms(SESSION)) == forms(1, 2)
    assert store.paper_stock(SESSION) == STOCK
    assert list(store.responses(SESSION)) == [make_response(channel="paper")]
    assert [each.text for each in store.opinions(SESSION)] == ["one"]
    assert not store.has_slip("0123456789")


def test_the_revision_changes_with_every_change_on_paper(store: Store) -> None:
    """Whoever polls the revision misses nothing, and is not woken by reading."""
    seen = [store.revision()]
    changes: list[Callable[[], object]] = [
        lambda: store.save_paper_stock(SESSION, STOCK),
        lambda: store.save_forms(SESSION, forms(1, 2)),
        lambda: store.save_forms(SESSION, forms(2, state="spoiled")),
        lambda: store.add_response(SESSION, 1, make_response()),
        lambda: store.replace_response(SESSION, 1, make_response(answers={})),
        lambda: store.remove_response(SESSION, 1),
        lambda: store.add_slips(["0123456789"]),
    ]
    for change in changes:
        change()
        seen.append(store.revision())
        store.forms(SESSION)
        store.paper_stocks()
        store.has_slip("0123456789")
        assert store.revision() == seen[-1]
    assert all(one != other for one, other in combinations(seen, 2))


def test_a_form_holds_nothing_of_who_had_it(store: Store) -> None:
    """What is stored of a form is what its model says, and the model has no field for a person, a place or a time."""
    store.save_forms(SESSION, forms(3))
    (document,) = store._db.table(f"forms {SESSION}").all()  # type: ignore[attr-defined]
    assert document.doc_id == 3
    assert set(document) == set(PaperForm.model_fields)
    assert set(PaperForm.model_fields) == {
        "serial",
        "layout",
        "state",
        "void_reason",
        "response",
        "keyed_by",
        "keyed_twice",
    }
