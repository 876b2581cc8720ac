"""What in a text points to a person: found, so that it can be blacked out before the text goes out.

Numbers, plates and addresses of e-mail are sure enough to be blacked out wherever a text leaves the organiser. A name
with a title, or a house number, may be meant: it is a hint, and a person decides. Digits are found in any width, also
written in Chinese characters, and through spaces, dashes and characters that cannot be seen.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from campaign.language import N_

BLACK = "■■■"
"""In place of what is blacked out, however long that was."""


class MarkKind(StrEnum):
    """What was found."""

    PHONE = "phone"
    IDENTITY = "identity"
    CARD = "card"
    PLATE = "plate"
    EMAIL = "email"
    ACCOUNT = "account"
    NAME = "name"
    TITLE = "title"
    ADDRESS = "address"


MARK_NAMES = {
    MarkKind.PHONE: N_("phone number"),
    MarkKind.IDENTITY: N_("identity number"),
    MarkKind.CARD: N_("long number"),
    MarkKind.PLATE: N_("car plate"),
    MarkKind.EMAIL: N_("e-mail address"),
    MarkKind.ACCOUNT: N_("account or number to reach somebody"),
    MarkKind.NAME: N_("name"),
    MarkKind.TITLE: N_("person with a title"),
    MarkKind.ADDRESS: N_("house or room"),
}
"""Marked for translation."""
HINTS = frozenset({MarkKind.TITLE, MarkKind.ADDRESS})
"""Only said, never blacked out by themselves."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text, from ``start`` up to ``end``."""

    start: int
    end: int
    kind: MarkKind

    @property
    def sure(self) -> bool:
        """Whether it is blacked out without being asked about."""
        return self.kind not in HINTS


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施洪季岳"
)
_COMPOUND = "欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒"
_HAN = r"\u3400-\u9fff"
_FAMILY = rf"(?:{_COMPOUND}|[{_SURNAMES}])"
_TITLES = (
    "书记|主任|局长|校长|院长|所长|镇长|乡长|村长|站长|科长|处长|部长|县长|市长|队长|组长|厂长|馆长|经理|会计|出纳|主席|"
    "委员|老师|医生|大夫|护士|师傅|老板|干事|同志|先生|女士|阿姨|大爷|大妈|大姐|大哥"
)
_GAP = r"[ \-.·()]{0,2}"
_PLATE_HEAD = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"


_MOBILE = _GAP.join(("1", "[3-9]", *[r"\d"] * 9))
_NUMBERS: Sequence[tuple[MarkKind, re.Pattern[str]]] = (
    (
        MarkKind.IDENTITY,
        re.compile(rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?![\dA-Za-z])|(?<!\d)\d{{8}}(?:0[1-9]|1[0-2])[0-3]\d{{4}}(?!\d)"),
    ),
    (
        MarkKind.PHONE,
        re.compile(
            rf"(?<!\d)(?:\+?86{_GAP})?{_MOBILE}(?!\d)"
            rf"|(?<!\d)\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
        ),
    ),
    (MarkKind.CARD, re.compile(rf"(?<!\d)(?:\d{_GAP}){{15,18}}\d(?!\d)")),
)
_WORDS: Sequence[tuple[MarkKind, re.Pattern[str]]] = (
    (MarkKind.EMAIL, re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?: ?\. ?[\w-]+)+", re.ASCII)),
    (MarkKind.PLATE, re.compile(rf"[{_PLATE_HEAD}] ?[A-Za-z][ ·.-]?[A-Za-z0-9]{{4,5}}[A-Za-z0-9挂学警港澳]")),
    (
        MarkKind.ACCOUNT,
        re.compile(
            r"(?:微信|wechat|weixin|qq)(?:号码|号)?[:是为 ]{0,3}(?P<kept>[A-Za-z0-9][A-Za-z0-9_-]{4,29})"
            r"|(?:电话|手机|座机|tel|phone|mobile)(?:号码|号)?[:是为. ]{0,3}(?P<too>\d(?:[ -]?\d){5,14})",
            re.IGNORECASE,
        ),
    ),
    (
        MarkKind.NAME,
        re.compile(
            rf"(?:姓名|联系人|反映人|投诉人|署名|落款)(?:是|为|叫|:| ){{0,3}}(?P<kept>[{_HAN}·]{{2,4}})"
            rf"|(?:我叫|我的名字(?:是|叫)|本人叫|名叫|本人姓名)[: ]{{0,2}}(?P<too>{_FAMILY}[{_HAN}]{{1,2}})"
            r"|(?:[Mm]y name is|[Nn]ame:|I am called) ?(?P<third>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
        ),
    ),
    (MarkKind.TITLE, re.compile(rf"{_FAMILY}[{_HAN}]{{0,2}}?(?:副)?(?:{_TITLES})")),
    (MarkKind.ADDRESS, re.compile(r"(?:\d{1,4}(?:号楼|号院|栋|幢|单元|室|户)){1,4}|\d{1,4}组\d{1,4}号")),
)
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DASHES = dict.fromkeys("‐‑‒–—―−－", "-") | {"：": ":"}
_INVISIBLE = frozenset({"Cc", "Cf"})


def marks(text: str) -> tuple[Mark, ...]:
    """What points to a person, in the order of the text; where two would overlap, the sure one, or the longer."""
    plain, at = _folded(text)
    in_digits = plain.translate(_CHINESE)
    found = [
        *_matches(_NUMBERS, in_digits, at),
        *_matches(_WORDS, plain, at),
    ]
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda each: (not each.sure, each.start - each.end, each.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda each: each.start))


def blacked_out(text: str) -> str:
    """The text as it may go out: everything sure is blacked out."""
    parts, at = [], 0
    for mark in marks(text):
        if mark.sure:
            parts += [text[at : mark.start], BLACK]
            at = mark.end
    return "".join((*parts, text[at:]))


def is_clean(text: str) -> bool:
    """Whether nothing would have to be blacked out."""
    return not any(mark.sure for mark in marks(text))


def _matches(patterns: Sequence[tuple[MarkKind, re.Pattern[str]]], plain: str, at: Sequence[int]) -> Iterator[Mark]:
    for kind, pattern in patterns:
        for match in pattern.finditer(plain):
            group = next((name for name, value in match.groupdict().items() if value is not None), 0)
            start, end = match.span(group)
            yield Mark(at[start], at[end - 1] + 1, kind)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain width without what cannot be seen, and where in ``text`` each of its characters stands."""
    parts = [_plain(char) for char in text]
    plain = "".join(parts)
    if len(plain) == len(text) and all(parts):
        return plain, range(len(text))
    return plain, [index for index, part in enumerate(parts) for _ in part]


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    """One character in plain width: several where it is made of several, none if it cannot be seen."""
    if unicodedata.category(char) in _INVISIBLE and char not in "\n\t":
        return ""
    return "".join(" " if each.isspace() else each for each in unicodedata.normalize("NFKC", _DASHES.get(char, char)))
