"""The sample town in which everything that anybody can name or write is hostile."""

from pathlib import Path
from typing import cast

from pydantic import BaseModel

from campaign.i18n import I18n
from campaign.log import AuditEntry
from campaign.plan import Plan
from db import open_store
from surveys.ports import Store
from tests.results_town import DEMO

MARKUP = "[/x][link=http://x]{x}%s[@click=app.quit]点我[/][b]"
ESCAPES = "\x1b[31m红\x1b]0;x\x07\x9b2J\r\n\t\x00\x7f"
DIRECTIONS = "\u202e左右\u2066\u200f\u200b\u2028א"
EMOJI = "👩‍👩‍👧‍👦🇨🇳👍🏽❤️e\u0301\u0301\u0301ﷺ"
HOSTILE = {
    "markup, and ten thousand characters": MARKUP + "长" * 10_000,
    "what terminals obey": "电" + ESCAPES + DIRECTIONS + EMOJI + MARKUP,
}


def spoil(folder: Path, text: str) -> None:
    """Put ``text`` into every name and text of the campaign in ``folder``, as much of it as each may hold."""
    store = open_store(folder)
    with store.transaction():
        store.save_plan(_plan(store.plan(), text), AuditEntry(on=DEMO, role="test", entity="plan", field="plan"))
        _log(store, text)
        for case in store.cases():
            events = tuple(event.model_copy(update=_short(text, text=500, role=40)) for event in case.events)
            changed = _short(text, matter=2000, public_matter=2000, suggestion=300, owner=40, category=32, origin=32)
            store.save_case(case.model_copy(update={**changed, "events": events}), ())
        register = store.register()
        heard = [each.model_copy(update={"text": text[:500]}) for each in register.heard.values()]
        items = [each.model_copy(update={"text": text[:500]}) for each in register.items.values()]
        store.save_register(heard, items, (), ())
    store.close()


def _short(hostile: str, **most: int) -> dict[str, str]:
    return {name: hostile[:length] for name, length in most.items()}


def _plan(plan: Plan, text: str) -> Plan:
    """Every text in both languages, however deep it lies; colours and codes stay."""
    return cast("Plan", _everywhere(plan, I18n(zh=text, en=text)))


def _everywhere(value: object, other: I18n) -> object:
    if isinstance(value, I18n):
        return other if value.zh or value.en else value
    if isinstance(value, BaseModel):
        return value.model_copy(
            update={name: _everywhere(getattr(value, name), other) for name in type(value).model_fields}
        )
    if isinstance(value, tuple):
        return tuple(_everywhere(each, other) for each in value)
    if isinstance(value, dict):
        return {name: _everywhere(each, other) for name, each in value.items()}
    return value


def _log(store: Store, text: str) -> None:
    """One more entry of every kind, at the branch that the dashboard shows first."""
    entries = {entry.kind: entry for entry in store.entries("B06")}
    said = _short(text, note=300, reference=80, role=40)
    store.add_entries([entry.model_copy(update={**said, "recorded_on": DEMO}) for entry in entries.values()])
