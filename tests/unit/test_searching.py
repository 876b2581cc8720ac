"""Searching everything: what is found, in which order, with what matched, and what is never looked through."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.folding import folded
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.log import LogEntry, Logged
from campaign.plan import Calendar
from campaign.samples import sample_cases, sample_log, sample_plan
from campaign.search_labels import found_rows, group_label
from campaign.search_shelves import SessionWords, log_shelf, search_shelves
from campaign.searching import ALL, MOST, Found, Group, Part, Shelf, Thing, look_for, shelf_of

PLAN = sample_plan("town").plan
ENTRIES = [Logged(number, entry) for number, entry in enumerate(sample_log("town"), 1)]
SESSION = SessionWords("B03-261123-1", "B03", I18n(zh="最终测评", en="final survey"), I18n(zh="进行中", en="open"))
SHELVES = (*search_shelves(PLAN, sample_cases("town"), [SESSION]), log_shelf(PLAN, ENTRIES))


def keys(found: tuple[Found, ...], group: Group) -> list[str]:
    """Codes and numbers of what was found of a group."""
    return [hit.thing.key for each in found if each.group is group for hit in each.hits]


def entry(**fields: object) -> LogEntry:
    """An entry of B06."""
    usual: dict[str, object] = {
        "kind": "notice",
        "branch": "B06",
        "phase": "study",
        "on": date(2026, 7, 9),
        "recorded_on": date(2026, 7, 9),
    }
    return LogEntry.model_validate({**usual, **fields})


@pytest.mark.parametrize(
    ("typed", "group", "key"),
    [
        ("B06", Group.BRANCH, "B06"),
        ("ｂ０６", Group.BRANCH, "B06"),
        ("供销", Group.BRANCH, "B06"),
        ("supply", Group.BRANCH, "B06"),
        ("R-B06-001", Group.CASE, "R-B06-001"),
        ("支部书记", Group.CASE, "R-B06-002"),
        ("6482937105", Group.CASE, "6482937105"),
        ("路灯", Group.ENTRY, "修好老街路灯"),
        ("B06-公07", Group.ENTRY, "B06-公07"),
        ("B03-261123-1", Group.SESSION, "B03-261123-1"),
        ("最终测评", Group.SESSION, "B03-261123-1"),
        ("l3", Group.OFFICIAL, "L3"),
        ("样例镇", Group.CALENDAR, "organiser"),
    ],
)
def test_everything_is_found_by_what_is_said_of_it(typed: str, group: Group, key: str) -> None:
    """Code, name in either language, number, owner, note, reference, role, day; full-width and lower case too."""
    found = look_for(SHELVES, typed, most=500)
    hits = [hit for each in found if each.group is group for hit in each.hits]
    assert any(key in {hit.thing.key, *(part.text.zh for part in hit.thing.parts)} for hit in hits)


def test_every_step_and_phase_is_found_by_its_name() -> None:
    """All of the plan's."""
    named = [*((phase.id, phase.name) for phase in PLAN.phases), *((step.id, step.name) for step in PLAN.steps)]
    for key, name in named:
        assert key in keys(look_for(SHELVES, name.zh, most=50), Group.WORK)


def test_days_of_the_calendar_are_found_by_day_and_by_what_they_are() -> None:
    """Holidays and days that are worked instead; a day that is both is worked."""
    free, worked = date(2026, 10, 1), date(2026, 10, 10)
    calendar = Calendar(holidays=frozenset({free, worked}), extra_workdays=frozenset({worked}))
    shelves = search_shelves(PLAN.model_copy(update={"calendar": calendar}), [], [])
    assert keys(look_for(shelves, "2026-10-10"), Group.CALENDAR) == ["2026-10-10"]
    assert keys(look_for(shelves, "节假日"), Group.CALENDAR) == ["2026-10-01"]
    assert keys(look_for(shelves, "2026-10 extra"), Group.CALENDAR) == ["2026-10-10"]


def test_every_word_must_be_found() -> None:
    """One in the thing itself, the others in it, its branch or its day."""
    both = keys(look_for(SHELVES, "公示 B06", most=500), Group.ENTRY)
    one = keys(look_for(SHELVES, "公示", most=500), Group.ENTRY)
    assert both
    assert set(both) < set(one)
    assert all(ENTRIES[int(key) - 1].entry.branch == "B06" for key in both)
    assert look_for(SHELVES, "公示 zzz") == ()


def test_a_branch_alone_does_not_bring_its_whole_log() -> None:
    """At least one word is the entry's own, or a day."""
    assert keys(look_for(SHELVES, "供销", most=500), Group.ENTRY) == []


@pytest.mark.parametrize("typed", ["2026-11-1", "２０２６-１１-１", "2026-11-1 供销"])
def test_a_day_or_its_beginning_brings_the_log_of_those_days(typed: str) -> None:
    """All of it that is of the branch, if one is typed too, and the hit says the day."""
    (found,) = [each for each in look_for(SHELVES, typed, most=500) if each.group is Group.ENTRY]
    whole = [each for each in ENTRIES if each.entry.on.isoformat().startswith("2026-11-1")]
    wanted = [each for each in whole if "供销" not in typed or each.entry.branch == "B06"]
    assert sorted(int(hit.thing.key) for hit in found.hits) == sorted(each.number for each in wanted)
    assert len(wanted) > 1


def test_groups_keep_their_order_and_say_how_many_more() -> None:
    """Branches first, the log after the cases; five of each, two hundred of the one that is asked for."""
    found = look_for(SHELVES, "b06")
    assert [each.group for each in found] == [Group.BRANCH, Group.CASE, Group.ENTRY]
    log = found[-1]
    total = len(log.hits) + log.more
    assert (len(log.hits), log.more > 0) == (MOST, True)
    (whole,) = [each for each in look_for(SHELVES, "b06", all_of=Group.ENTRY) if each.group is Group.ENTRY]
    assert (len(whole.hits), whole.more) == (total, 0)
    many = log_shelf(PLAN, [Logged(number, entry(note="路灯")) for number in range(1, ALL + 51)])
    (capped,) = look_for([many], "路灯", all_of=Group.ENTRY)
    assert (len(capped.hits), capped.more) == (ALL, 50)


def test_whole_codes_and_beginnings_come_first() -> None:
    """B01 before B010, and both before what has it in its middle."""
    things = [
        Thing(Group.BRANCH, key, I18n(zh=key, en=key), (Part("code", I18n(zh=key, en=key)),))
        for key in ("AB01", "B010", "B01")
    ]
    assert keys(look_for([shelf_of(Group.BRANCH, things)], "b01"), Group.BRANCH) == ["B01", "B010", "AB01"]


def test_the_newest_entries_come_first() -> None:
    """In the order of recording, from its end."""
    found = keys(look_for(SHELVES, "公示", most=500), Group.ENTRY)
    assert found == sorted(found, key=int, reverse=True)


def test_what_the_public_wrote_is_not_looked_through() -> None:
    """Of an answer to a person only what was cleared for others is known; of a correction its matter too."""
    case = next(case for case in sample_cases("town") if case.kind == "answer")
    private = case.model_copy(update={"matter": "张三家门口", "public_matter": "路灯不亮"})
    shelves = search_shelves(PLAN, [private, private.model_copy(update={"no": "1000000009", "public_matter": ""})], [])
    assert keys(look_for(shelves, "张三"), Group.CASE) == []
    assert keys(look_for(shelves, "路灯"), Group.CASE) == [case.no]
    correction = next(case for case in sample_cases("town") if case.kind == "correction")
    assert correction.no in keys(look_for(SHELVES, correction.matter), Group.CASE)


@pytest.mark.parametrize("typed", ["", "  ", "\u3000"])
def test_nothing_typed_finds_nothing(typed: str) -> None:
    """Rather than everything."""
    assert look_for(SHELVES, typed) == ()


def test_a_search_that_nobody_waits_for_ends() -> None:
    """It is asked again and again, and no further shelf is looked through."""
    asked: list[int] = []

    class Counting(list[str]):
        def __getitem__(self, place: object) -> list[str]:  # type: ignore[override]
            asked.append(1)
            return list.__getitem__(self, place)  # type: ignore[call-overload, no-any-return]

    shelf = replace(SHELVES[-1], own=Counting(["公示"] * 100_000))
    assert look_for([shelf], "公示", is_over=lambda: len(asked) >= 2) == ()
    assert len(asked) == 2


def test_a_hit_says_where_it_was_found() -> None:
    """The part's name in the reader's language and its text from shortly before what was typed."""
    note = "七月以来先后召开三次会议，逐条研究群众意见，最后决定修好老街路灯"
    (found,) = look_for([log_shelf(PLAN, [Logged(1, entry(note=note, reference="B06-公01"))])], "路灯")
    (zh,) = found_rows(found, "路灯", PLAN, Lang.ZH)
    (en,) = found_rows(found, "路灯", PLAN, Lang.EN)
    assert (zh.part, en.part, zh.code) == ("备注", "note", "2026-07-09")
    assert zh.text == "…最后决定修好老街路灯"
    assert zh.title.startswith("供销公司 · ")


def test_what_the_title_says_already_is_not_said_twice() -> None:
    """A branch found by its code shows no second code."""
    (found,) = [each for each in look_for(SHELVES, "B06") if each.group is Group.BRANCH]
    (row,) = found_rows(found, "B06", PLAN, Lang.EN)
    assert (row.code, row.matched) == ("B06", "")


def test_branches_are_called_by_the_campaigns_own_word() -> None:
    """The library calls them something else than the town."""
    library = sample_plan("library").plan
    assert group_label(Group.BRANCH, library, Lang.EN) == library.campaign.words.branches.en
    assert group_label(Group.BRANCH, PLAN, Lang.ZH) == PLAN.campaign.words.branches.zh


@given(st.lists(st.text("ab１A路 \n", max_size=6), max_size=8), st.text("abAＡ1路 ", max_size=5))
def test_what_is_found_is_what_holds_every_word(notes: list[str], typed: str) -> None:
    """For any texts: neither more nor less."""
    things = [
        Thing(Group.BRANCH, str(at), I18n(zh=note, en=note), (Part("name", I18n(zh=note, en=note)),))
        for at, note in enumerate(notes)
    ]
    shelf: Shelf = shelf_of(Group.BRANCH, things)
    words = folded(typed).split()
    wanted = {str(at) for at, note in enumerate(notes) if words and all(word in folded(note) for word in words)}
    assert set(keys(look_for([shelf], typed, most=100), Group.BRANCH)) == wanted
