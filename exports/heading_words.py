"""The words of headings: Chinese does not show where one ends, and none is to be broken over two lines."""

from collections.abc import Iterator
from functools import lru_cache

from exports.paper.wrapping import NO_END, NO_START

_LISTED = """
不了解 不满意 不满意类 中心 中途 人数 作废 党支部 其中 内容 再评价 剩余 单位 发出 受理 合计 启动
告知 回收 回收率 回答 基本满意 天数 存在 学校 实到 实际 岗位 已结束 序号 应参加 开始 归并项 征求
总数 意见 或 指数 指标 按期 损坏 接受 措施 提交 收回 整改 方面 无效 日期 时的 时限 是否 有效
有效率 有效票 服务 期限 未填 未收回 未用 未答者 机关 条数 核验 核验人 次数 步骤 每题 测评 满意 满意度
满意率 满意类 状态 监督 目标 票数 答复 类别 纸质 纸质表 终端 结束 编号 落实率 补课 表态 计一次 计划
评价 责任 进展 进度 退出 选项 逾期 部分 都 问题 阶段 项目 题号 题目 最低 最高 项数 来源 结果
"""
WORDS = frozenset(_LISTED.split())
"""Words that headings are made of. A heading of the program is made of these alone."""
_LONGEST = max(map(len, WORDS))


@lru_cache(maxsize=5_000)
def pieces(heading: str) -> tuple[str, ...]:
    """What is not broken: words with the signs that belong to them; a blank stands at the end of the word before it.

    Chinese that is not in :data:`WORDS` counts as words of two characters, as most are.
    """
    made: list[str] = []
    for word in _words(heading):
        if made and (word[0] in NO_START or word == " " or made[-1][-1] in NO_END):
            made[-1] += word
        else:
            made.append(word)
    return tuple(made)


def unknown(heading: str) -> str:
    """The Chinese characters of a heading that are in none of the words."""
    return "".join(run for run, is_word in _runs(heading) if not is_word and not run.isascii())


def _words(heading: str) -> Iterator[str]:
    for run, is_word in _runs(heading):
        if is_word or run.isascii() or len(run) < 4:  # noqa: PLR2004  two words of two characters
            yield run
        else:
            pairs = [run[at : at + 2] for at in range(0, len(run), 2)]
            yield from [*pairs[:-2], "".join(pairs[-2:])] if len(pairs[-1]) == 1 else pairs


def _runs(heading: str) -> Iterator[tuple[str, bool]]:
    """Known words; between them words in Latin letters, blanks, signs, and runs of Chinese that is not known."""
    at, run = 0, ""
    while at < len(heading):
        found = _known(heading, at)
        char = heading[at]
        alone = char == " " or char in NO_START or char in NO_END
        if run and (found or alone or char.isascii() != run.isascii()):
            yield run, False
            run = ""
        if found:
            yield found, True
            at += len(found)
            continue
        if alone:
            yield char, True
        else:
            run += char
        at += 1
    if run:
        yield run, False


def _known(heading: str, at: int) -> str:
    return next((heading[at : at + long] for long in range(_LONGEST, 0, -1) if heading[at : at + long] in WORDS), "")
