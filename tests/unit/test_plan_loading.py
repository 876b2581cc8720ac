"""Reading campaign files that are not what they should be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import BadInput
from campaign.i18n import I18n
from campaign.language import Lang
from campaign.loading import parse_plan
from campaign.log import LogEntry
from campaign.log_lines import dump_log, parse_log
from campaign.validation import shown
from tests.plan_text import GOOD, assert_loaded_or_refused, edited


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        parse_plan(text, "plan.toml")
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_a_good_file_becomes_the_plan_it_describes() -> None:
    """Every table of the file is in the plan, in its order."""
    plan = parse_plan(GOOD, "plan.toml").plan
    assert plan.campaign.title == I18n(zh="Small", en="Small")
    assert [branch.code for branch in plan.branches] == ["B01", "B02"]
    assert [phase.id for phase in plan.phases] == ["study", "improve"]
    assert plan.branches[0].schedule["study"].days == 42
    assert plan.branches[1].members == {"on_post": 10}


def test_a_byte_order_mark_is_no_mistake() -> None:
    """An editor that writes a byte order mark does no harm."""
    assert parse_plan("\ufeff" + GOOD, "plan.toml") == parse_plan(GOOD, "plan.toml")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = ", "line 1"),
        (GOOD.replace("[[phases]]", "[[phases", 1), "line 25"),
        (GOOD.replace("2026-07-01", "2026-02-30", 1), "line 7"),
        (GOOD.replace("total = 20", "total = 20\ntotal = 20"), "line 105"),
        (GOOD + "\nlist = [1,", "line 123"),
        (GOOD.replace('title = "Small"', 'title = "Small'), "line 5"),
        ("a = " + "[" * 9000, "plan.toml"),
        ("format = " + "9" * 5000, "plan.toml"),
        ("[campaign]\nexpected_members = 0x" + "f" * 20, "line 2, campaign.expected_members"),
    ],
)
def test_what_is_not_toml_is_refused_with_its_line(text: str, place: str) -> None:
    """A syntax error is the only problem told, at the line where reading stopped."""
    assert refused(text) == [("M04", place)]


@pytest.mark.parametrize("lang", Lang)
def test_syntax_errors_are_told_in_the_readers_language(lang: Lang) -> None:
    """The parser's own words are translated where they are known."""
    with pytest.raises(BadInput) as caught:
        parse_plan("a", "plan.toml")
    wanted = {Lang.EN: "Expected '=' after a key", Lang.ZH: "字段名后缺少“=”"}
    assert wanted[lang] in caught.value.problems[0].text(lang)


def test_an_empty_file_lacks_everything_that_is_needed() -> None:
    """Each missing table is named."""
    missing = [("M06", f"plan.toml, {name}") for name in ("campaign", "member_groups", "phases", "branches")]
    assert refused("") == missing


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (("format = 1", "format = 2"), ("M07", "line 1, format")),
        (("format = 1", "format = true"), ("M07", "line 1, format")),
        (("format = 1", "format = 1\nsteps = 3"), ("M04", "line 34")),
        (("format = 1", "format = 1\nstep = [1]"), ("M05", "line 2, step")),
        (("[calendar]", "[[calendar]]"), ("M07", "line 12, calendar")),
        (("[campaign]", "[[campaign]]"), ("M07", "line 3, campaign")),
        (("[[leaders]]", "leaders = [3]\n[[leader]]"), ("M05", "line 87, kinds[4] (gate).leaders")),
    ],
)
def test_tables_of_the_wrong_shape_are_told(edit: tuple[str, str], problem: tuple[str, str]) -> None:
    """A list where a table belongs, a table nobody knows, another version of the format."""
    assert problem in refused(edited(edit))


def test_a_list_of_something_else_than_tables_is_told_item_by_item() -> None:
    """Numbers among the branches are named by their place."""
    head, _, _ = GOOD.partition("[[branches]]")
    codes = refused(head.replace("[campaign]", "branches = [1, 2]\n[campaign]"))
    assert ("M07", "line 3, branches[1]") in codes
    assert ("M07", "line 3, branches[2]") in codes


def test_long_values_are_quoted_in_part() -> None:
    """A message quotes at most 60 characters of a wrong value."""
    assert shown("x" * 100) == "x" * 59 + "…"


def test_values_are_quoted_even_where_they_are_no_text() -> None:
    """Half a character pair from a JSON file is written out, so that it can be printed."""
    assert shown("\ud800") == "\\ud800"


LINES = GOOD.split("\n")
JUNK = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["]", "[[", "= 1", '"', "'''", '"""', "[x]", "[[phases]]", "weight = nan", "a.b.c = 1", "\t", "\x00"]
    ),
    st.sampled_from(["start_date = 9999-12-31", "end_date = 0001-01-01", "total = 99999999999", "due = '0000-00-00'"]),
)


@st.composite
def damaged(draw: st.DrawFn, lines: list[str]) -> str:
    """The lines with a few deleted, doubled, moved, cut or replaced."""
    rows = list(lines)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "cut", "replace", "insert"])):
            case "delete":
                del rows[place : place + draw(st.integers(1, 5))]
                rows = rows or [""]
            case "double":
                rows.insert(place, rows[place])
            case "swap":
                other = draw(st.integers(0, len(rows) - 1))
                rows[place], rows[other] = rows[other], rows[place]
            case "cut":
                rows[place] = rows[place][: draw(st.integers(0, len(rows[place])))]
            case "replace":
                key, equals, _ = rows[place].partition("=")
                rows[place] = key + equals + draw(JUNK)
            case _:
                rows.insert(place, draw(JUNK))
    return "\n".join(rows)


@given(damaged(LINES))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_is_a_plan_or_is_refused(text: str) -> None:
    """Whatever happens to the lines of a file, there is a plan, or there are problems that can be read."""
    assert_loaded_or_refused(text)


LINE = (
    '{"kind": "session", "branch": "B01", "phase": "study", "on": "2026-07-10", "hours": 2.5,'
    ' "groups": {"on_post": {"attended": 3}}, "recorded_on": "2026-07-11"}'
)


def log_problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        parse_log(text)
    return [(problem.code, problem.place) for problem in caught.value.problems]


def test_log_lines_keep_every_entry() -> None:
    """What is written can be read again, empty lines and a byte order mark aside."""
    entries = parse_log(f"\ufeff{LINE}\n\n{LINE.replace('2.5', '4')}\n")
    assert [str(entry.hours) for entry in entries] == ["2.5", "4"]
    assert parse_log(dump_log(entries)) == entries


def test_every_wrong_log_line_is_told_with_its_line() -> None:
    """Problems of all lines are listed at once."""
    lines = [
        LINE,
        "{",
        "[]",
        LINE.replace('"on": "2026-07-10", ', ""),
        LINE.replace("3}", "-3}"),
        LINE.replace('"kind"', '"sort"'),
        LINE.replace("2026-07-11", "2026-07-32"),
        LINE.replace("2.5", "2.55"),
        "9" * 5000,
    ]
    assert log_problems("\n".join(lines)) == [
        ("M67", "line 2"),
        ("M67", "line 3"),
        ("M06", "line 4, on"),
        ("V06", "line 5, groups.on_post.attended"),
        ("M06", "line 6, kind"),
        ("M05", "line 6, sort"),
        ("M07", "line 7, recorded_on"),
        ("M07", "line 8, hours"),
        ("M67", "line 9"),
    ]


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from([LINE, LINE[:40], LINE.replace("2.5", "NaN"), "{}"]))))
def test_any_log_text_is_a_log_or_is_refused(lines: list[str]) -> None:
    """Whatever a log file holds, there are entries, or there are problems that can be read."""
    result = log_outcome("\n".join(lines))
    if isinstance(result, BadInput):
        assert all(problem.text(lang) for problem in result.problems for lang in Lang)
    else:
        assert parse_log(dump_log(result)) == result


def log_outcome(text: str) -> list[LogEntry] | BadInput:
    try:
        return parse_log(text)
    except BadInput as error:
        return error
