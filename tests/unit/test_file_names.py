"""Names of files that every system can hold."""

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.file_names import LONGEST, Names, notice_name, safe_stem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("T1-final 测评票统计：终期.csv", "T1-final 测评票统计：终期.csv"),
        ('a<b>c:d"e/f\\g|h?i*j.csv', "a-b-c-d-e-f-g-h-i-j.csv"),
        ("con.csv", "con_.csv"),
        ("LPT1 .csv", "LPT1_.csv"),
        ("com¹.json", "com¹_.json"),
        ("  two   words.. .csv", "two words.csv"),
        ("tab\tand\nline.csv", "tab and line.csv"),
        ("\u202eevil\x07.csv", "evil.csv"),
        ("...csv", "-.csv"),
        ("SHA256SUMS", "SHA256SUMS"),
    ],
)
def test_a_name_is_changed_as_far_as_it_must_be(name: str, expected: str) -> None:
    """Chinese stays; what Windows refuses goes, and so does what nobody can see."""
    assert Names().free(name) == expected


def test_names_stay_apart_where_case_makes_no_difference() -> None:
    """Two tables whose names differ in case, or only in what was taken out, get files of their own; per folder."""
    names = Names()
    assert [names.free(name) for name in ("a.csv", "A.csv", "a?.csv", "a-.csv", "ａ.csv")] == [
        "a.csv", "A-2.csv", "a-.csv", "a--2.csv", "ａ-3.csv",
    ]  # fmt: skip
    assert names.free("a.csv", "csv") == "csv/a.csv"


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_whatever_a_table_is_called_its_file_has_a_good_name(texts: list[str]) -> None:
    """Short enough, never empty, nothing that Windows refuses, no end it would cut off, no two alike."""
    names = Names()
    found = [names.free(f"{text}.csv", "csv") for text in texts]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        folder, _, file = name.partition("/")
        assert (folder, file.endswith(".csv"), len(file.encode()) <= LONGEST) == ("csv", True, True)
        assert not set(file) & set('<>:"/\\|?*\0\n')
        assert file.removesuffix(".csv").rstrip(". ") == file.removesuffix(".csv") != ""
        assert PureWindowsPath(name).parts == ("csv", file)


@given(st.text(min_size=1), st.integers(10, 200))
def test_a_long_name_is_cut_between_characters(text: str, longest: int) -> None:
    """By bytes in UTF-8; what is left is whole."""
    assert len(safe_stem(text * 20, longest).encode()) <= longest


def test_a_notice_is_called_by_what_it_is_and_whom_it_is_about() -> None:
    """First the word for it and its key, so that files are in order and none takes the name of another."""
    assert notice_name("公示", "B01-261008-1", "终期测评，镇机关党支部") == "公示-B01-261008-1-终期测评-镇机关党支部"
    assert notice_name("Public notice", "final", "final survey, all units together") == (
        "Public-notice-final-final-survey-all-units-together"
    )
    assert notice_name("公示", "x", 'a/b:c"?') == "公示-x-a-b-c"
