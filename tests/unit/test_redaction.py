"""What points to a person is found, and nothing of it goes out."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.redaction import BLACK, MarkKind, blacked_out, is_clean, marks

SURE = {
    "13800138000": MarkKind.PHONE,
    "１３８ ００１３ ８０００": MarkKind.PHONE,
    "+86 138-0013-8000": MarkKind.PHONE,
    "一三八零零一三八零零零": MarkKind.PHONE,
    "138\u200b00138000": MarkKind.PHONE,
    "0731-81234567": MarkKind.PHONE,
    "（010）62345678": MarkKind.PHONE,
    "110101199003078515": MarkKind.IDENTITY,
    "11010119900307851X": MarkKind.IDENTITY,
    "１１０１０１１９９００３０７８５１ｘ": MarkKind.IDENTITY,
    "110101900307851": MarkKind.IDENTITY,
    "6222 0200 1234 5678 901": MarkKind.CARD,
    "粤B12345": MarkKind.PLATE,
    "湘Ａ·１２３４５Ｄ": MarkKind.PLATE,
    "abc.d@example.com": MarkKind.EMAIL,
    "ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ": MarkKind.EMAIL,
}
AFTER_A_WORD = {
    "姓名：李四": "李四",
    "我叫王小明，住村东头": "王小明",
    "联系人 赵六": "赵六",
    "微信号 abc_12345": "abc_12345",
    "电话：8123456": "8123456",
    "My name is John Smith.": "John Smith",
}
PLAIN = [
    "路灯坏了",
    "我叫了三次没人来",
    "负责同志很好",
    "2026年11月23日12:30花了1234567元",
    "等了30分钟，第2次来",
    "公示栏B区3号",
    "The lamp is broken since 2026-11-20",
]


@pytest.mark.parametrize("personal", SURE)
def test_a_number_that_belongs_to_a_person_is_blacked_out(personal: str) -> None:
    """In every width and way of writing, amid a sentence, nothing of it is left."""
    text = f"请联系{personal}，谢谢"
    (mark,) = marks(text)
    assert (mark.kind, text[mark.start : mark.end]) == (SURE[personal], personal)
    assert blacked_out(text) == f"请联系{BLACK}，谢谢"


@pytest.mark.parametrize("text", AFTER_A_WORD)
def test_what_follows_a_word_for_it_is_blacked_out(text: str) -> None:
    """A name after “name”, a short number after “telephone”: the word stays, so that the sentence can be read."""
    assert blacked_out(text) == text.replace(AFTER_A_WORD[text], BLACK)


@pytest.mark.parametrize("text", PLAIN)
def test_an_ordinary_sentence_goes_out_as_it_is(text: str) -> None:
    """Dates, sums and everyday words are no personal data."""
    assert (marks(text), blacked_out(text)) == ((), text)


@pytest.mark.parametrize(("text", "part"), [("张主任态度不好", "张主任"), ("住3号楼2单元501室", "3号楼2单元501室")])
def test_a_title_or_a_room_is_a_hint(text: str, part: str) -> None:
    """Whether it points to a person is for a person to decide: it is named, and stays."""
    (mark,) = marks(text)
    assert text[mark.start : mark.end] == part
    assert not mark.sure
    assert blacked_out(text) == text


@given(
    st.text(alphabet=st.characters() | st.sampled_from("0123456789１３８ -@张王我叫姓名电话粤A.\u200b"), max_size=300)
)
def test_what_is_blacked_out_is_clean(text: str) -> None:
    """Whatever the text: marks lie in order inside it and apart, and what goes out has nothing more to black out."""
    found = marks(text)
    ends = [0, *(end for mark in found for end in (mark.start, mark.end)), len(text)]
    assert ends == sorted(ends)
    assert all(mark.start < mark.end for mark in found)
    assert is_clean(blacked_out(text))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"]), max_size=40),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"]), max_size=40),
)
def test_no_mobile_number_goes_out(before: str, number: str, after: str) -> None:
    """A mobile number is gone, whatever stands around it."""
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    for written in (number, wide):
        out = unicodedata.normalize("NFKC", blacked_out(f"{before} {written} {after}"))
        assert number not in re.sub(r"\D", "", out)


def test_ten_thousand_characters_are_no_trouble() -> None:
    """A text as long as anybody pastes, of the worst kind, is read to its end."""
    for piece in ("1", "1 ", "我叫", "a@", "张", "粤A", "13800138000 "):
        text = piece * (10_000 // len(piece))
        assert is_clean(blacked_out(text))
