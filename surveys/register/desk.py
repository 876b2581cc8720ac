"""The register at the store: read, changed, kept and entered in the audit in one commit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import SystemRandom

from campaign.case_desk import Amendment, Handled, amend_and_keep, open_and_keep
from campaign.case_opening import NewCase
from campaign.errors import BadInput, Problem, Refused
from campaign.language import N_, Listed
from campaign.log import AuditEntry
from campaign.plan import Plan
from surveys.ports import Store
from surveys.redaction import MARK_NAMES, blacked_out, marks
from surveys.register.model import FIRST_NUMBER, LAST_NUMBER, SURVEY, Heard, Item, Register
from surveys.register.moves import Rules, item_in, merge, rules_of, turn
from surveys.response import Opinion
from surveys.session import SessionState, SurveySession
from surveys.texts import tr

ORIGIN = "opinions"
"""Where cases come from that items were turned into."""


@dataclass(frozen=True, slots=True)
class Because:
    """Who changes the register, on which day, and why."""

    role: str
    today: date
    reason: str = ""


def change(store: Store, plan: Plan, move: Callable[[Register, Rules], Register], because: Because) -> Register:
    """Change the register by one of :mod:`surveys.register.moves`; BadInput and Refused as it says, M06, StoreError."""
    if not because.role.strip():
        raise BadInput(Problem("M06", {"field": tr.phrase(N_("role"))}, "role"))
    with store.transaction():
        before = store.register()
        after = move(before, rules_of(plan))
        keep(store, before, after, because)
        _recount_cases(store, before, after, because)
    return after


def merge_and_keep(
    store: Store,
    plan: Plan,
    numbers: Sequence[int],
    because: Because,
    *,
    text: str = "",
    category: str = "",
    into: int | None = None,
) -> Item:
    """Merge opinions into one item, as :func:`surveys.register.moves.merge`; the item."""
    made: list[int] = []

    def merged(register: Register, rules: Rules) -> Register:
        after, number = merge(register, rules, numbers, text=text, category=category, into=into)
        made.append(number)
        return after

    after = change(store, plan, merged, because)
    return after.items[made[0]]


def turn_and_keep(store: Store, plan: Plan, number: int, new: NewCase, today: date) -> Handled:
    """Open the case of an item, with a link back. Of ``new`` what it owes and by when is taken; the rest is the item's.

    BadInput M99; Refused M142 if the item has a case; BadInput of :func:`~campaign.case_opening.check_opening`.
    """
    with store.transaction():
        before = store.register()
        item = item_in(before, number)
        if item.case:
            turn(before, number, item.case)
        told = replace(
            new,
            branch=item.branch,
            matter=new.matter.strip() or item.text,
            public_matter=blacked_out(item.text),
            origin=ORIGIN,
            category=item.category,
            opinions=len(before.members(number)),
        )
        handled = open_and_keep(store, plan, told, today)
        keep(store, before, turn(before, number, handled.case.no), Because(new.role, today))
    return Handled(handled.case, [*handled.warnings, *publishing_problems(item)])


def publishing_problems(item: Item) -> list[Problem]:
    """V66 where an item's text has something personal in it; hints are named too."""
    kinds = dict.fromkeys(mark.kind for mark in marks(item.text))
    if not kinds:
        return []
    names = Listed(tuple(tr.phrase(MARK_NAMES[kind]) for kind in kinds))
    return [Problem("V66", {"id": item.number, "list": names}, "text")]


def heard_at(session: SurveySession, opinions: Sequence[Opinion], valid: int, taken: Register) -> list[Heard]:
    """What was written at a session as it comes into the register, under new random numbers."""
    numbers = new_numbers(taken, len(opinions))
    return [
        Heard(
            number=number,
            branch=opinion.branch,
            channel=SURVEY,
            question=opinion.question,
            received_on=session.on,
            forms=valid,
            text=opinion.text,
            wants_answer=opinion.wants_answer,
        )
        for number, opinion in zip(numbers, opinions, strict=True)
    ]


def new_numbers(taken: Register, count: int) -> list[int]:
    """So many random numbers that no opinion has. Refused M144 if there are not so many."""
    free = LAST_NUMBER - FIRST_NUMBER + 1 - len(taken.heard)
    if free < count:
        raise Refused(Problem("M144", {"n": len(taken.heard)}))
    numbers: set[int] = set()
    choose = SystemRandom()
    while len(numbers) < count:
        if (number := choose.randint(FIRST_NUMBER, LAST_NUMBER)) not in taken.heard:
            numbers.add(number)
    return choose.sample(sorted(numbers), count)


def erase_old_texts(store: Store, plan: Plan, today: date) -> int:
    """Erase the texts of opinions that came in so long ago; how many. They stay counted, and so do their items.

    Erased are also those of sessions that were declared void, and the text of a request whose case is open by now.
    """
    limit = timedelta(days=plan.campaign.opinions.erase_after_days)
    with store.transaction():
        register = store.register()
        old = [each for each in register.heard.values() if not each.erased and each.received_on + limit <= today]
        count = len(old) + _erase_at_sessions(store, [each for each in store.sessions() if each.on + limit <= today])
        if old:
            erased = [each.model_copy(update={"text": "", "erased": True}) for each in old]
            store.save_register(erased, (), (), ())
        if count:
            reason = f"{limit.days} days"
            store.add_audit(
                AuditEntry(
                    on=today, role="manyi", entity="opinions", field="texts", old=str(count), new="0", reason=reason
                )
            )
    if count:
        store.sweep()
    return count


def _erase_at_sessions(store: Store, old: Sequence[SurveySession]) -> int:
    count = 0
    for session in old:
        if session.state is SessionState.VOID and (texts := len(store.opinions(session.id))):
            store.drop_opinions(session.id)
            count += texts
        kept = [each for each in store.session_follow_ups(session.id) if each.text and store.case(each.number)]
        store.add_follow_ups([each.model_copy(update={"text": ""}) for each in kept])
        count += len(kept)
    return count


def keep(store: Store, before: Register, after: Register, because: Because) -> None:
    """Keep what differs, with its audit entries. To be called inside a transaction."""
    heard = [each for number, each in sorted(after.heard.items()) if before.heard.get(number) != each]
    items = [each for number, each in sorted(after.items.items()) if before.items.get(number) != each]
    gone = sorted(before.items.keys() - after.items.keys())
    store.save_register(heard, items, gone, list(_audits(before, after, because)))


def _audits(before: Register, after: Register, because: Because) -> Iterator[AuditEntry]:
    """What was done with opinions that were there before, and with items; never what somebody said."""
    for number in sorted(before.heard):
        old, new = before.heard[number], after.heard[number]
        for field in ("category", "item", "discarded"):
            yield from _entry(f"opinion {number}", field, getattr(old, field), getattr(new, field), because)
    for number in sorted(before.items.keys() | after.items.keys()):
        was, now = before.items.get(number), after.items.get(number)
        for field in ("category", "text", "case"):
            old_text, new_text = (blacked_out(getattr(each, field)) if each else "" for each in (was, now))
            yield from _entry(f"item {number}", field, old_text, new_text, because)


def _entry(entity: str, field: str, old: object, new: object, because: Because) -> Iterator[AuditEntry]:
    if old != new:
        was, now = ("" if each is None else str(each) for each in (old, new))
        yield AuditEntry(
            on=because.today,
            role=because.role.strip(),
            entity=entity,
            field=field,
            old=was,
            new=now,
            reason=because.reason.strip(),
        )


def _recount_cases(store: Store, before: Register, after: Register, because: Because) -> None:
    """A case of an item says how many opinions it stands for."""
    was, now = before.sizes(), after.sizes()
    for number in sorted(now):
        changed = after.items[number].case and now[number] != was.get(number, 0)
        if changed and (case := store.case(after.items[number].case)):
            reason = f"opinions merged into item {number}"
            amend_and_keep(store, case, Amendment(opinions=now[number]), because.role, reason, because.today)
