"""One word for one thing, in everything that is said in Chinese."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.packages import PACKAGES, folder

ROOT = Path(__file__).parent.parent.parent
INSTEAD = {
    "开场": "开始测评",
    "开一场": "开始测评",
    "正在测评": "进行中",
    "记一笔": "新增记录",
    "记一条": "新增记录",
    "（纸）": "浅色",
    "（墨）": "深色",
    "记录种类": "事项类别",
    "测评种类": "测评类别",
    "测评终端": "自助终端",
    "离开终端": "离开自助终端",
}
"""What was once said as well, and the word for it."""


def texts() -> list[str]:
    """All Chinese texts of the program and of its documents."""
    said = [path.read_text(encoding="utf-8") for path in (ROOT / "README.zh.md", ROOT / "docs/campaign-file.zh.md")]
    for package in PACKAGES:
        for path in folder(package).rglob("*.po"):
            with path.open("rb") as file:
                said += [str(message.string) for message in read_po(file, locale="zh") if message.id]
    return said


@pytest.mark.parametrize("word", INSTEAD)
def test_a_thing_has_one_name(word: str) -> None:
    """Who has learnt a word in one place finds it in every other."""
    assert len(texts()) > 300
    assert [text for text in texts() if word in text] == []
