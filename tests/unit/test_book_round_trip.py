"""A plan becomes the sheets of a workbook and the same plan again."""

import types
from collections.abc import Iterator
from typing import Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from campaign.book.changes import changes_between
from campaign.book.layout import sheets_of
from campaign.book.reading import read_plan
from campaign.book.settings_sheet import SETTING_ROWS
from campaign.book.writing import stamp_of
from campaign.folding import tightly_folded
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.plan import Plan
from campaign.samples import SAMPLES, sample_plan
from tests.books import book_of, plans


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_come_back_as_they_were(name: str, lang: Lang) -> None:
    """Nothing is lost, in either language, and nothing is said about it."""
    plan = sample_plan(name).plan
    read = read_plan(book_of(plan, lang))
    assert read.plan == plan
    assert read.stamp == stamp_of(plan)
    assert not read.warnings
    assert not changes_between(plan, read.plan, lang)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_any_plan_comes_back_as_it_was(plan: Plan) -> None:
    """Texts that look like formulas, empty fields, days, shares, histories: all of it."""
    for lang in Lang:
        read = read_plan(book_of(plan, lang))
        assert read.plan == plan
        assert not changes_between(plan, read.plan, lang)


def test_a_plan_has_another_mark_when_anything_is_changed() -> None:
    """Even one word less; and the same mark whenever it is the same."""
    plan = sample_plan("library").plan
    other = plan.model_copy(update={"campaign": plan.campaign.model_copy(update={"theme": I18n()})})
    assert stamp_of(plan) == stamp_of(sample_plan("library").plan)
    assert stamp_of(plan) != stamp_of(other)


def leaves(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every field of a model that holds no other one, dotted; texts in two languages are one field."""
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        where = f"{path}.{name}".strip(".")
        yield from leaves(inner, where) if inner is not None and inner is not I18n else [where]


def model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside a list, a dict or an optional field."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, dict, Union, types.UnionType):
        return next((model for part in get_args(annotation) if (model := model_in(part))), None)
    return None


def test_every_field_of_the_plan_has_its_place_in_the_workbook() -> None:
    """A field that is added to the plan is added to the sheets, or this test says which one is missing."""
    shown = {f"campaign.{row.field}" for row in SETTING_ROWS} | {"calendar.holidays", "calendar.extra_workdays"}
    for sheet in sheets_of([("g", I18n())], [("p", I18n())]):
        section, _, name = sheet.id.partition(".")
        inner = {"attributes": "choices", "branches.pauses": "schedule.pauses", "branches.changes": "schedule.changes"}
        below = inner.get(sheet.id, "" if name in ("members", "schedule") else name)
        for column in sheet.columns:
            if column.info or column.field.startswith("@"):
                continue
            own = column.field.startswith("/")
            field = column.field.lstrip("/").removesuffix(".zh").removesuffix(".en")
            shown.add(".".join(part for part in (section, "" if own else below, field) if part))
    shown = {field.replace("schedule.p.", "schedule.").replace("members.g", "members") for field in shown}
    assert set(leaves(Plan)) - shown == {"format"}


@pytest.mark.parametrize("lang", Lang)
def test_no_two_headings_of_a_sheet_and_no_two_titles_are_alike(lang: Lang) -> None:
    """What is found by its heading is found in one column, in whichever language it was written."""
    book = book_of(sample_plan("town").plan, lang)
    assert len({tightly_folded(sheet.title) for sheet in book}) == len(book)
    for sheet in book:
        headings = [tightly_folded(str(cell)) for cell in sheet.rows[0].cells]
        assert len(set(headings)) == len(headings), sheet.title
        assert len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\'")
