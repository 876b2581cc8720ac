"""XPath 1.0 with ODK's functions, evaluated by elementpath. Import it only through :mod:`surveys.expressions`.

Comparisons follow XPath 1.0, section 3.4: with a boolean both sides become booleans, with a number or an order both
become numbers, otherwise strings are compared. elementpath's own comparison of a text with a number is always false,
and fails on a blank; codes of choices are digits so often that both matter.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from elementpath import ElementPathError, XPath1Parser, XPathContext, XPathNode, XPathToken

from campaign.language import N_, Phrase
from surveys.texts import tr

Value = str | float | bool
"""What an expression is made of."""

FAILURES = (ElementPathError, ValueError, ArithmeticError, TypeError, LookupError, RecursionError)
"""What elementpath may raise for an expression that is wrong, or wrong for these values."""

FUNCTIONS = frozenset({
    "boolean", "ceiling", "coalesce", "concat", "contains", "count-selected", "ends-with", "false", "floor", "if",
    "int", "normalize-space", "not", "number", "regex", "round", "selected", "selected-at", "starts-with", "string",
    "string-length", "substr", "substring", "substring-after", "substring-before", "translate", "true",
})  # fmt: skip
"""The functions that an expression may call. Nothing that knows the time, the device or chance."""

OPERATORS = frozenset({"and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "(", "$", "."})
LITERALS = frozenset({"(string)", "(integer)", "(decimal)", "(float)"})
CONSTANTS = frozenset({"true", "false"})
WRONG_ARGUMENTS = "err:XPST0017"
"""Error code of XPath 2.0, appendix G: no such function with so many arguments."""
BOTH_SIDES = 2
"""A multiplication has two operands; without them the star stands for any element."""

LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
CALL = re.compile(r"([^\W\d][\w.:-]*)\s*\(")

NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)


class OdkParser(XPath1Parser):
    """XPath 1.0 with the functions of ODK XForms that make sense at a kiosk."""


def number(value: Value) -> float:
    """``value`` as a number, as in XPath 1.0; a text that is none gives NaN."""
    if isinstance(value, str):
        return float(value) if NUMBER.fullmatch(value) else math.nan
    return float(value)


def text(value: Value) -> str:
    """``value`` as a text; whole numbers have no decimal point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)


def truth(value: Value) -> bool:
    """``value`` as a boolean: a text is true unless it is empty."""
    return value == value and bool(value)  # noqa: PLR0124  NaN is false, and is not equal to itself


def _value(token: XPathToken, context: Any) -> Value:  # noqa: ANN401  elementpath's own type of context is a union
    found = token.evaluate(context)
    if isinstance(found, list):
        found = found[0] if found else ""
    if isinstance(found, XPathNode):
        return str(found.string_value)
    if isinstance(found, Decimal | int) and not isinstance(found, bool):
        return float(found)
    return found if isinstance(found, str | float | bool) else str(found)


Compare = Callable[[Any, Any], bool]
COMPARISONS: Mapping[str, Compare] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compared(symbol: str, left: Value, right: Value) -> bool:
    compare = COMPARISONS[symbol]
    if symbol not in {"=", "!="}:
        return compare(number(left), number(right))
    if isinstance(left, bool) or isinstance(right, bool):
        return compare(truth(left), truth(right))
    if isinstance(left, float) or isinstance(right, float):
        return compare(number(left), number(right))
    return compare(left, right)


def _comparison(symbol: str) -> type[XPathToken]:
    """A token class of our own: elementpath's is shared by all its parsers."""
    base: type[XPathToken] = XPath1Parser.symbol_table[symbol]

    def evaluate(self: XPathToken, context: Any = None) -> bool:  # noqa: ANN401  see _value
        return _compared(symbol, _value(self[0], context), _value(self[1], context))

    return type(base.__name__, (base,), {"evaluate": evaluate, "__module__": __name__, "__slots__": ()})


for _symbol in COMPARISONS:
    OdkParser.symbol_table[_symbol] = _comparison(_symbol)


def _function(name: str, least: int, most: int | None) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a function that gets each argument as something to call for its value, so that ``if`` is lazy."""

    def register(body: Callable[..., Value]) -> Callable[..., Value]:
        def evaluate(self: XPathToken, context: Any = None) -> Value:  # noqa: ANN401  see _value
            return body(*(lambda token=token: _value(token, context) for token in self))

        evaluate.__name__ = f"evaluate_{name}"
        OdkParser.method(OdkParser.function(name, nargs=least if least == most else (least, most)))(evaluate)
        return body

    return register


Lazy = Callable[[], Value]


@_function("selected", 2, 2)
def _selected(codes: Lazy, code: Lazy) -> bool:
    return text(code()) in text(codes()).split()


@_function("count-selected", 1, 1)
def _count_selected(codes: Lazy) -> float:
    return float(len(text(codes()).split()))


@_function("selected-at", 2, 2)
def _selected_at(codes: Lazy, index: Lazy) -> str:
    at, chosen = number(index()), text(codes()).split()
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


@_function("regex", 2, 2)
def _regex(value: Lazy, pattern: Lazy) -> bool:
    return re.search(text(pattern()), text(value())) is not None


@_function("coalesce", 2, 2)
def _coalesce(first: Lazy, second: Lazy) -> str:
    return text(first()) or text(second())


@_function("if", 3, 3)
def _if(condition: Lazy, then: Lazy, otherwise: Lazy) -> Value:
    return then() if truth(condition()) else otherwise()


@_function("ends-with", 2, 2)
def _ends_with(value: Lazy, end: Lazy) -> bool:
    return text(value()).endswith(text(end()))


@_function("substr", 2, 3)
def _substr(value: Lazy, start: Lazy, end: Lazy | None = None) -> str:
    return text(value())[int(number(start())) : None if end is None else int(number(end()))]


@_function("int", 1, 1)
def _int(value: Lazy) -> float:
    whole = number(value())
    return float(math.trunc(whole)) if math.isfinite(whole) else whole


@lru_cache(maxsize=1024)
def parsed(source: str) -> XPathToken:
    """The parsed expression; one of :data:`FAILURES` if it can't be."""
    return OdkParser().parse(source)


def evaluate(source: str, variables: Mapping[str, str], this: str) -> bool:
    """Whether the expression is true for these variables, ``this`` being the dot; raises :data:`FAILURES`."""
    shortcut = _shortcut_of(source)
    return truth(shortcut(variables, this)) if shortcut else evaluate_fully(source, variables, this)


def evaluate_fully(source: str, variables: Mapping[str, str], this: str) -> bool:
    """The same by elementpath alone."""
    item = Element("answer")
    item.text = this
    return truth(_value(parsed(source), XPathContext(item, variables=dict(variables))))


Shortcut = Callable[[Mapping[str, str], str], Value]
"""From the variables and the dot to what elementpath would find, ten times as fast."""


@lru_cache(maxsize=1024)
def _shortcut_of(source: str) -> Shortcut | None:
    return _shortcut(parsed(source))


def _shortcut(token: XPathToken) -> Shortcut | None:
    """What the forms that are shipped and their like consist of; None for everything else."""
    match token.symbol:
        case ".":
            return lambda _, this: this
        case "$":
            name = str(token[0].value)
            return lambda variables, _: variables[name]
        case "(string)" | "(integer)" | "(decimal)":
            value = token.value if isinstance(token.value, str) else float(str(token.value))
            return lambda _variables, _this: value
    parts = [_shortcut(each) for each in token]
    if not all(parts) or (token.symbol in _OF_BOOLEANS and not all(each.symbol in _BOOLEAN for each in token)):
        return None
    joined = _JOINED.get((token.symbol, len(parts)))
    return joined(token.symbol, *parts) if joined else None


_OF_BOOLEANS = frozenset({"and", "or", "not"})
"""XPath makes booleans of what they are given, and of nodes in a way of its own: only booleans are left to us."""
_BOOLEAN = _OF_BOOLEANS | {*COMPARISONS, "selected"}

_JOINED: Mapping[tuple[str, int], Callable[..., Shortcut]] = {
    **{
        (symbol, 2): lambda symbol, a, b: (
            lambda variables, this: _compared(symbol, a(variables, this), b(variables, this))
        )
        for symbol in COMPARISONS
    },
    ("and", 2): lambda _, a, b: lambda variables, this: a(variables, this) and b(variables, this),
    ("or", 2): lambda _, a, b: lambda variables, this: a(variables, this) or b(variables, this),
    ("not", 1): lambda _, a: lambda variables, this: not a(variables, this),
    ("selected", 2): lambda _, a, b: (
        lambda variables, this: text(b(variables, this)) in text(a(variables, this)).split()
    ),
    ("count-selected", 1): lambda _, a: lambda variables, this: float(len(text(a(variables, this)).split())),
    ("string-length", 1): lambda _, a: lambda variables, this: float(len(text(a(variables, this)))),
}
"""By symbol and number of operands: the symbol and its operands' shortcuts to their own."""


def _tokens(token: XPathToken) -> Iterator[XPathToken]:
    """The token and all below it, without the names of variables."""
    yield token
    if token.symbol != "$":
        for child in token:
            yield from _tokens(child)


def fault(source: str, variables: Mapping[str, str], *, dot: bool) -> Phrase | None:
    """Why the expression can't be used, or None. ``dot``: whether ``.`` may stand for the answer."""
    for name in CALL.findall(LITERAL.sub("''", source)):
        if name not in FUNCTIONS | OPERATORS:
            return tr.phrase(N_("the function {name}() is not known"), name=name)
    try:
        for token in _tokens(parsed(source)):
            if found := _misused(token, variables, dot=dot):
                return found
        evaluate(source, variables, "")
    except re.error as error:
        at = (error.pos or 0) + 1
        return tr.phrase(N_("the pattern is wrong from its character {at} on"), at=at)
    except FAILURES as error:
        return _failure(source, error)
    return None


def _failure(source: str, error: Exception) -> Phrase:
    """The reason in words of ours: elementpath's own are English and speak of its tokens."""
    token = error.token if isinstance(error, ElementPathError) else None
    if token is None:
        return tr.phrase(N_("it is no XPath expression"))
    if isinstance(error, ElementPathError) and error.code == WRONG_ARGUMENTS:
        return tr.phrase(N_("{name}() has too few or too many values"), name=token.symbol)
    if token.symbol == "(end)":
        return tr.phrase(N_("it ends too early"))
    start, end = token.span
    return tr.phrase(N_('"{x}" does not belong where it stands'), x=source[start:end])


def _misused(token: XPathToken, variables: Mapping[str, str], *, dot: bool) -> Phrase | None:
    wildcard = token.symbol == "*" and len(token) != BOTH_SIDES
    stray = token.symbol == "$" and token[0].value not in variables
    if wildcard or stray or token.symbol not in FUNCTIONS | OPERATORS | LITERALS:
        return tr.phrase(N_('"{x}" is not understood; write ${{name}} for an answer'), x=token.source)
    of_context = token.symbol == "." or (token.label == "function" and not len(token) and token.symbol not in CONSTANTS)
    if of_context and not dot:
        return tr.phrase(N_('"." stands for an answer only in a constraint'))
    if token.symbol == "regex" and token[1].symbol == "(string)":
        re.compile(str(token[1].value))
    return None
