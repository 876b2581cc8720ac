"""Expressions: XPath 1.0 with ODK's functions."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.language import Lang
from surveys import odk
from surveys.expressions import fault, holds, references
from surveys.response import Answer

ANSWERS: dict[str, Answer] = {"Q1": "A", "n": 18, "code": "6", "many": ("1", "13"), "if": "x", "名": "y"}


@pytest.mark.parametrize(
    "expression",
    [
        "${Q1} = 'A'",
        "${ Q1 } != 'B'",
        "${n} > 17 and ${n} < 19",
        "${n} = 18",
        "${code} = 6",
        "${code} = '6'",
        "${n} mod 2 = 0",
        "${n}-1 = 17",
        "selected(${many}, '13') and not(selected(${many}, '3'))",
        "count-selected(${many}) = 2",
        "selected-at(${many}, 1) = '13'",
        "regex(${code}, '^[0-9]+$')",
        "coalesce(${blank}, 'z') = 'z'",
        "if(${Q1} = 'A', 1, 2) = 1",
        "string-length(${Q1}) = 1",
        "${blank} = ''",
        "not(${blank} > 3)",
        "not(${blank} = 0)",
        "${if} = 'x'",
        "${名} = 'y'",
        "int(3.9) = 3 and round(2.5) = 3",
        "substr('abcd', 1, 3) = 'bc' and ends-with('abc', 'c')",
        "concat(1, 'a') = '1a'",
        "true() and not(false())",
    ],
)
def test_expressions_that_hold(expression: str) -> None:
    """Codes compare with numbers, blanks are empty texts, and names never collide with XPath's own words."""
    assert holds(expression, ANSWERS)
    names = {*ANSWERS, "blank"}
    assert fault(expression, names, names, dot=False) is None


@pytest.mark.parametrize("expression", ["${Q1} = 'B'", "${blank} > 3", "${blank} < 3", "${n} != 18", "${n} mod 0 = 0"])
def test_expressions_that_do_not_hold(expression: str) -> None:
    """A blank is neither more nor less than a number, and a failing expression is not true."""
    assert not holds(expression, ANSWERS)


def test_the_dot_is_the_answer_in_question() -> None:
    """In a constraint the dot stands for the answer: text, number or codes."""
    assert holds(". > 2", {}, 3)
    assert holds("string-length(.) <= 3", {}, "三个字")
    assert not holds("count-selected(.) <= 1", {}, ("1", "2"))


def test_references_are_named_once_in_order() -> None:
    """The names an expression speaks of."""
    assert references("${b} = 1 or ${a} = ${b}") == ("b", "a")


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "(",
        "(" * 3000,
        "foo(1)",
        "now() > 1",
        "random() > 0",
        "Q1 = 'A'",
        "$Q1 = 'A'",
        "/data/Q1 = 'A'",
        "../Q1 = 'A'",
        "*",
        "@a",
        "text()",
        "${nobody} = 1",
        "${later} = 1",
        "${} = 1",
        "regex(${Q1}, '(')",
        "selected(${Q1})",
        ". = 1",
        "string-length() > 1",
        "'open",
        "“A” = 1",
        "\x00",
        "${Q1} ${Q1}",
    ],
)
def test_what_is_no_expression_has_a_fault(expression: str) -> None:
    """Unknown functions, paths, names that are asked later and broken syntax are found when the form is compiled."""
    assert fault(expression, {"Q1"}, {"Q1", "later"}, dot=False) is not None


@pytest.mark.parametrize(
    ("expression", "zh"),
    [
        ("1 +", "表达式不完整"),
        ("selected(${Q1})", "selected()的参数个数不对"),
        ("1 = = 2", "“=”的位置不对"),
        ("regex(${Q1}, 'a[')", "匹配式自第2个字符起有误"),
    ],
)
def test_faults_are_told_in_both_languages(expression: str, zh: str) -> None:
    """No English of a library stands in a Chinese message."""
    found = fault(expression, {"Q1"}, {"Q1"}, dot=False)
    assert found is not None
    assert found.text(Lang.ZH) == zh
    assert not re.search("[一-鿿]", found.text(Lang.EN))


@given(st.text(alphabet="${}().,'\" <>=!+-*/|[]@:;Q1aéselectd中\n", max_size=40))
def test_no_expression_is_a_traceback(expression: str) -> None:
    """Whatever stands in a cell is either usable or has a fault; what has none can be evaluated."""
    if fault(expression, {"Q1"}, {"Q1"}, dot=True) is None:
        assert holds(expression, {"Q1": "A"}, "x") in {True, False}


TEXTS = st.sampled_from(["", "A", "6", "6.0", " 6", "13 1", "1 13", "-2", "NaN", "意见", "a'b", "0"])
VALUES = st.sampled_from([".", "$q_a", "$q_b", "'13'", "''", "6", "2.5", "0", "-1", "1 + 1", "true()", "'1 13'"])
PLAIN = st.one_of(
    VALUES,
    VALUES.map("string-length({})".format),
    VALUES.map("count-selected({})".format),
    VALUES.map("({})".format),
)
TESTS = st.one_of(
    st.builds("{} {} {}".format, PLAIN, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), PLAIN),
    st.builds("selected({}, {})".format, VALUES, VALUES),
    PLAIN,
)
EXPRESSIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        inner.map("not({})".format),
        inner.map("({})".format),
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
    ),
    max_leaves=4,
)


def outcome(find: Callable[[], bool]) -> bool | None:
    """What is found; None for one of the failures that make an expression untrue."""
    try:
        return find()
    except odk.FAILURES:
        return None


@given(EXPRESSIONS, TEXTS, TEXTS, TEXTS)
def test_the_short_way_finds_what_elementpath_finds(expression: str, a: str, b: str, this: str) -> None:
    """Expressions made of what the shipped forms use are evaluated without elementpath, and never otherwise."""
    variables = {"q_a": a, "q_b": b}
    found = outcome(lambda: odk.evaluate(expression, variables, this))
    assert found is outcome(lambda: odk.evaluate_fully(expression, variables, this))


def test_the_shipped_forms_go_the_short_way() -> None:
    """Their expressions cost a tenth: every answer at a kiosk and every response that is handed in evaluates them."""
    expressions = [
        "count-selected(.) <= 3 and not(selected(., '13') and count-selected(.) > 1)",
        "string-length(.) <= 300",
        "$q_Q12 != ''",
    ]
    assert all(odk._shortcut_of(each) for each in expressions)
    assert not odk._shortcut_of("substr(., 1, 2) = 'ab'")
