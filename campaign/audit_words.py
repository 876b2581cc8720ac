"""What was changed, in words: which entries of the audit are about the plan, and what an entry is about."""

import json
from collections.abc import Iterator, Mapping

from campaign.book.changes import ENTITIES
from campaign.folding import tightly_folded
from campaign.language import N_, Lang
from campaign.log import AuditEntry
from campaign.plan import Plan
from campaign.plan_words import field_words
from campaign.texts import tr

_PLAN = frozenset({"plan", *ENTITIES.values()})
_THINGS = {
    "plan": N_("the plan"),
    "group": N_("member group {x}"),
    "step": N_("step {x}"),
    "type": N_("type of branch {x}"),
    "count": N_("count {x}"),
    "attribute": N_("attribute {x}"),
    "outcome": N_("outcome {x}"),
    "kind": N_("kind of entry {x}"),
    "leader": N_("contact official {x}"),
    "survey": N_("survey {x}"),
    "calendar": N_("calendar"),
    "campaign": N_("campaign {x}"),
    "log": N_("log entry {x}"),
    "case": N_("case {x}"),
    "session": N_("session {x}"),
    "opinion": N_("opinion {x}"),
    "opinions": N_("opinions"),
    "item": N_("item {x}"),
    "forms": N_("forms {x}"),
    "follow-up": N_("follow-up slips"),
}
_FIELDS = {
    "plan": N_("plan"),
    "entry": N_("entry"),
    "state": N_("state"),
    "due": N_("deadline"),
    "owner": N_("owner"),
    "issued": N_("handed out"),
    "printed": N_("printed"),
    "texts": N_("texts"),
    "all": N_("whole row"),
    "category": N_("category"),
    "item": N_("item"),
    "discarded": N_("discarded"),
    "text": N_("text"),
    "case": N_("case"),
    "order": N_("order of the rows"),
}


def is_of_plan(entry: AuditEntry) -> bool:
    """Whether it is about the plan: any part of it that a command, a form or the workbook changes."""
    return entry.entity.partition(" ")[0] in _PLAN


def changed_words(plan: Plan, entry: AuditEntry, lang: Lang) -> str:
    """What was changed, of what: ``Branch B10 · pause of Review``; ids where there are no words."""
    field = tr(lang, _FIELDS[entry.field]) if entry.field in _FIELDS else field_words(plan, entry.field, lang)
    return f"{_thing_words(plan, entry, lang)} · {field}"


def is_about(plan: Plan, entry: AuditEntry, typed: str) -> bool:
    """Whether it is about what was typed: ``log 12``, as programs read it, or in words, 记录 12."""
    names = {entry.entity, *(_thing_words(plan, entry, lang) for lang in Lang)}
    return tightly_folded(typed) in map(tightly_folded, names)


def _thing_words(plan: Plan, entry: AuditEntry, lang: Lang) -> str:
    kind, _, of = entry.entity.partition(" ")
    words = plan.campaign.words
    if kind in ("branch", "phase"):
        return f"{(words.branch if kind == 'branch' else words.phase).text(lang)} {of}"
    return tr(lang, _THINGS[kind], x=of.removeprefix("of session ")).strip() if kind in _THINGS else entry.entity


def differing(entry: AuditEntry) -> tuple[str, str]:
    """Before and after: of a log entry, which is kept whole, only what differs, each with the way to it."""
    try:
        before, after = json.loads(entry.old), json.loads(entry.new)
    except ValueError:
        return entry.old, entry.new
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return entry.old, entry.new
    old, new = dict(_leaves(before)), dict(_leaves(after))
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    said = ["; ".join(f"{name}: {side[name]}" for name in names if name in side) for side in (old, new)]
    return said[0], said[1]


def _leaves(value: Mapping[str, object], way: str = "") -> Iterator[tuple[str, str]]:
    """Values with their names: ``groups.on_post.attended`` and ``3``."""
    for name, each in value.items():
        if isinstance(each, dict):
            yield from _leaves(each, f"{way}{name}.")
        else:
            yield f"{way}{name}", json.dumps(each, ensure_ascii=False)
