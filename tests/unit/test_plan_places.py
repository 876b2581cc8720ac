"""Lines of TOML paths, and places as people read them."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.places import Keys, Lines, Places

TEXT = """\
# a comment with [brackets] = and "quotes"
format = 1

[campaign]
title = { zh = "一", en = "[not a table]" } # [nor] = this
long = \"\"\"
[not.a.table]
key = 1
\"\"\"
"quoted key" = 'a # b'
list = [
    { start = 1 },
    { start = 2 }, # ]
]
after = 3

[[branches]]
code = "B01"

[branches.schedule]
study = { start = 1 }
review.start = 5

[[branches]]
code = "B02"

[[branches.targets]]
step = "S1"

[[branches.targets]]
step = "S2"

[branches.schedule.study]
end = 7
"""
DOCUMENT = tomllib.loads(TEXT)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 2),
        (("campaign",), 4),
        (("campaign", "title"), 5),
        (("campaign", "long"), 6),
        (("campaign", "quoted key"), 10),
        (("campaign", "list"), 11),
        (("campaign", "after"), 15),
        (("branches",), 17),
        (("branches", 0, "code"), 18),
        (("branches", 0, "schedule"), 20),
        (("branches", 0, "schedule", "study"), 21),
        (("branches", 0, "schedule", "review"), 22),
        (("branches", 0, "schedule", "review", "start"), 22),
        (("branches", 1), 24),
        (("branches", 1, "targets", 0, "step"), 28),
        (("branches", 1, "targets", 1, "step"), 31),
        (("branches", 1, "schedule", "study", "end"), 34),
    ],
)
def test_every_key_and_header_has_its_line(path: Keys, line: int) -> None:
    """Headers, lists of tables, dotted and quoted keys are found, whatever comments and texts look like."""
    assert Lines(TEXT).line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("campaign", "title", "zh"), 5),
        (("campaign", "list", 1, "start"), 11),
        (("campaign", "missing"), 4),
        (("branches", 0, "schedule", "improve", "end"), 20),
    ],
)
def test_what_has_no_line_of_its_own_stands_where_its_enclosure_stands(path: Keys, line: int) -> None:
    """Inside inline tables and lists, and for missing keys, the line is the enclosing one's."""
    assert Lines(TEXT).line(path) == line


def test_windows_line_ends_count_once() -> None:
    """A file with CR LF has the same lines."""
    assert Lines(TEXT.replace("\n", "\r\n")).line(("branches", 1, "schedule", "study", "end")) == 34


def test_places_count_from_one_and_name_the_code() -> None:
    """Indexes start at 1, and an item with a code or id is called by it too."""
    place = Places(DOCUMENT, TEXT, "plan.toml").place(("branches", 1, "targets", 0, "step"))
    assert place == "line 28, branches[2] (B02).targets[1].step"


def test_places_without_a_line_name_the_file() -> None:
    """A missing table has no line; then the file's name stands there."""
    assert Places(DOCUMENT, TEXT, "plan.toml").place(("phases",)) == "plan.toml, phases"


KEY = st.text("abé \"'\\#=[].\n", min_size=1, max_size=4)
VALUE = st.one_of(st.integers(0, 9), st.text("a\"'#[]{}=\n\\", max_size=6), st.lists(st.text("],#\n", max_size=3)))


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value: object, indent: str) -> str:
    if isinstance(value, list):
        return "[" + "".join(f"\n{indent}{quoted(each)}, # ]" for each in value) + "\n]"
    return quoted(value) if isinstance(value, str) else str(value)


@given(st.lists(st.dictionaries(KEY, VALUE, min_size=1, max_size=4), min_size=1, max_size=3), st.booleans())
def test_lines_agree_with_the_text(tables: list[dict[str, object]], comments: bool) -> None:
    """In any list of tables the line found for a key is the line on which that key was written."""
    lines: list[str] = []
    expected: dict[Keys, int] = {}
    for index, table in enumerate(tables):
        lines.append("[[ items ]]" + (" # [x] = 1" if comments else ""))
        for key, value in table.items():
            expected["items", index, key] = len(lines) + 1
            lines += f"{quoted(key)} = {written(value, '  ')}".split("\n")
    text = "\n".join(lines)
    assert tomllib.loads(text) == {"items": tables}
    found = Lines(text)
    assert {path: found.line(path) for path in expected} == expected
