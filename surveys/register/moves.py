"""What can be done with opinions: every move makes a new register, and no opinion ever leaves it.

Numbers of items and of opinions may be mixed: an item stands for all of its opinions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, HasText, Listed
from campaign.plan import Plan
from surveys.register.model import DISCARD_REASONS, FIRST_NUMBER, MOST_ITEM_TEXT, Heard, Item, Register, shown
from surveys.texts import tr

LIST_COMMAND = "manyi opinion list"
OPINION: HasText = tr.phrase(N_("opinion"))
ITEM: HasText = tr.phrase(N_("item"))
CATEGORY: HasText = tr.phrase(N_("category"))


@dataclass(frozen=True, slots=True)
class Rules:
    """What the plan says of opinions."""

    categories: tuple[str, ...]
    least: int
    """What was written at a session with fewer valid forms stays closed."""


def rules_of(plan: Plan) -> Rules:
    """What ``plan`` says of opinions."""
    settings = plan.campaign.opinions
    return Rules(tuple(each.id for each in settings.categories), plan.campaign.comment_min_forms)


def sort(register: Register, rules: Rules, numbers: Sequence[int], category: str) -> Register:
    """Sort opinions and items into a category; an opinion in an item takes the item along.

    BadInput M08 for the category, M99 for a number; Refused M135 for what was discarded.
    """
    _check_category(rules, category)
    opinions = _found(register, rules, numbers)
    _check_not_discarded(opinions)
    touched = {opinion.item for opinion in opinions if opinion.item is not None}
    items = [each.model_copy(update={"category": category}) for number, each in _items(register, touched)]
    return _with(register, [each.model_copy(update={"category": category}) for each in opinions], items)


def merge(
    register: Register,
    rules: Rules,
    numbers: Sequence[int],
    *,
    text: str = "",
    category: str = "",
    into: int | None = None,
) -> tuple[Register, int]:
    """Merge opinions, and items with all of theirs, into one item; the register and the item's number.

    ``into`` is an item that stays. Otherwise the item that was turned into a case stays, or the first one; with none a
    new one is made, which needs a text. BadInput M06, M08, V64, M99; Refused M135 discarded, M136 of several branches,
    M137 of several items that have cases.
    """
    opinions = _found(register, rules, [*numbers, *([into] if into is not None else [])])
    _check_not_discarded(opinions)
    if len(branches := sorted({each.branch for each in opinions})) > 1:
        raise Refused(Problem("M136", {"list": Listed(tuple(branches))}))
    old = {each.number: each for _, each in _items(register, {each.item for each in opinions if each.item})}
    turned = sorted(number for number, each in old.items() if each.case)
    kept = into or next(iter([*turned, *sorted(old)]), None)
    if len(turned) > 1 or (turned and kept not in turned):
        raise Refused(Problem("M137", {"list": Listed(tuple(map(str, turned)))}))
    number = kept or 1 + max(register.items, default=0)
    known = old.get(number)
    chosen = category or (known.category if known else _common(opinions))
    item = Item(
        number=number,
        branch=branches[0],
        category=_check_category(rules, chosen),
        text=_check_text(text or (known.text if known else "")),
        case=known.case if known else "",
    )
    gone = old.keys() - {number}
    merged = [each.model_copy(update={"item": number, "category": chosen}) for each in opinions]
    return _with(register, merged, [item], gone), number


def split(register: Register, rules: Rules, numbers: Sequence[int]) -> Register:
    """Take opinions out of their items, or all opinions out of an item; an item without opinions is no more.

    BadInput M99; Refused M138 for what is in no item, M139 for an item that has a case.
    """
    opinions = _found(register, rules, numbers)
    if alone := [str(each.number) for each in opinions if each.item is None]:
        raise Refused(Problem("M138", {"list": Listed(tuple(alone))}))
    touched = {each.item for each in opinions if each.item is not None}
    for number, each in _items(register, touched):
        if each.case:
            raise Refused(Problem("M139", {"x": number, "no": each.case}))
    return _with(register, [each.model_copy(update={"item": None}) for each in opinions])


def discard(register: Register, rules: Rules, numbers: Sequence[int], reason: str) -> Register:
    """Put opinions aside that stand for nothing. BadInput M08 for the reason, M99; Refused M140 for merged ones."""
    if reason not in DISCARD_REASONS:
        known = Listed(tuple(DISCARD_REASONS))
        raise BadInput(Problem("M08", {"kind": tr.phrase(N_("reason")), "x": reason, "known": known}, "reason"))
    opinions = _found(register, rules, numbers)
    if merged := [str(each.number) for each in opinions if each.item is not None]:
        raise Refused(Problem("M140", {"list": Listed(tuple(merged))}))
    return _with(register, [each.model_copy(update={"discarded": reason}) for each in opinions])


def restore(register: Register, rules: Rules, numbers: Sequence[int]) -> Register:
    """Bring discarded opinions back. BadInput M99; Refused M141 for those that were not."""
    opinions = _found(register, rules, numbers)
    if others := [str(each.number) for each in opinions if not each.discarded]:
        raise Refused(Problem("M141", {"list": Listed(tuple(others))}))
    return _with(register, [each.model_copy(update={"discarded": ""}) for each in opinions])


def bring_back(register: Register, rules: Rules, numbers: Sequence[int]) -> Register:
    """Undo the merging of merged ones and the discarding of discarded ones; as :func:`split`, :func:`restore`."""
    discarded = [each.number for each in _found(register, rules, numbers) if each.discarded]
    others = [each.number for each in _found(register, rules, numbers) if not each.discarded]
    after = split(register, rules, others) if others else register
    return restore(after, rules, discarded) if discarded else after


def reword(register: Register, number: int, text: str) -> Register:
    """Give an item another text. BadInput M99, M06, V64."""
    item = item_in(register, number)
    return _with(register, (), [item.model_copy(update={"text": _check_text(text)})])


def turn(register: Register, number: int, case: str) -> Register:
    """Note the case that an item was turned into. BadInput M99; Refused M142 if it has one."""
    item = item_in(register, number)
    if item.case:
        raise Refused(Problem("M142", {"x": number, "no": item.case}))
    return _with(register, (), [item.model_copy(update={"case": case})])


def item_in(register: Register, number: int) -> Item:
    """The item with this number. BadInput M99."""
    if number not in register.items:
        raise _unknown(number, ITEM)
    return register.items[number]


def _found(register: Register, rules: Rules, numbers: Iterable[int]) -> list[Heard]:
    """The opinions that are meant, each once; M99 for a number that is unknown or not shown to anybody."""
    found: dict[int, Heard] = {}
    for number in numbers:
        if number < FIRST_NUMBER:
            found |= {each.number: each for each in register.members(item_in(register, number).number)}
        elif number in register.heard and shown(register.heard[number], rules.least):
            found[number] = register.heard[number]
        else:
            raise _unknown(number, OPINION)
    if not found:
        raise BadInput(Problem("M06", {"field": OPINION}))
    return list(found.values())


def _items(register: Register, numbers: Iterable[int | None]) -> list[tuple[int, Item]]:
    return [(number, register.items[number]) for number in sorted(each for each in numbers if each is not None)]


def _with(
    register: Register, opinions: Iterable[Heard], items: Iterable[Item] = (), gone: Iterable[int] = ()
) -> Register:
    """The register with these in place of the old; items that have lost all opinions, and ``gone``, are left out."""
    heard = {**register.heard, **{each.number: each for each in opinions}}
    kept = {**register.items, **{each.number: each for each in items}}
    used = {each.item for each in heard.values()} - {*gone}
    return replace(register, heard=heard, items={number: each for number, each in kept.items() if number in used})


def _check_category(rules: Rules, category: str) -> str:
    if not category:
        raise BadInput(Problem("M06", {"field": CATEGORY}, "category"))
    if category not in rules.categories:
        known = Listed(rules.categories)
        raise BadInput(Problem("M08", {"kind": CATEGORY, "x": category, "known": known}, "category"))
    return category


def _common(opinions: Sequence[Heard]) -> str:
    """The category that all sorted ones among them have."""
    categories = {each.category for each in opinions if each.category}
    return next(iter(categories)) if len(categories) == 1 else ""


def _check_text(text: str) -> str:
    if not text.strip():
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("text for the public"))}, "text"))
    if len(text.strip()) > MOST_ITEM_TEXT:
        raise BadInput(Problem("V64", {"m": len(text.strip()), "n": MOST_ITEM_TEXT}, "text"))
    return text.strip()


def _check_not_discarded(opinions: Iterable[Heard]) -> None:
    if discarded := [str(each.number) for each in opinions if each.discarded]:
        raise Refused(Problem("M135", {"list": Listed(tuple(discarded))}))


def _unknown(number: int, kind: HasText) -> BadInput:
    return BadInput(Problem("M99", {"kind": kind, "x": number, "command": LIST_COMMAND}))
