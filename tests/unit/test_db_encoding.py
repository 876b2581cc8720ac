"""What a document looks like after a stay in the store: just as after one in TinyDB's own JSON file."""

import enum
import json
import math
import uuid
from collections import OrderedDict, UserDict, defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Self

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.encoding import MARK, decoded, encoded


class Plain(enum.Enum):
    ONE = 1


class Number(enum.IntEnum):
    ONE = 1


class Word(enum.StrEnum):
    ONE = "one"


class Label(str, enum.Enum):  # noqa: UP042  # its text is not its value
    def __new__(cls, text: str, value: int) -> Self:
        label = str.__new__(cls, text)
        label._value_ = value
        return label

    def __repr__(self) -> str:
        return "Label"

    ONE = "one", 1


class Point(NamedTuple):
    x: int
    y: int


class Text(str):
    __slots__ = ()


class Big(int):
    def __repr__(self) -> str:
        return "big"


class Half(float):
    pass


class Several(list[int]):
    pass


class Doubled(dict[str, int]):
    """Says other things than a plain dict would."""

    def items(self) -> Any:  # noqa: ANN401  # a dict's own view is no ordinary set
        return [(name, 2 * number) for name, number in super().items()]


UUID = uuid.UUID("12345678123456781234567812345678")
VALUES: dict[str, Any] = {
    "nan": math.nan,
    "infinity": math.inf,
    "minus infinity": [-math.inf],
    "null and nan": [None, {"deep": [math.nan]}],
    "null": [None, 1.5, {"a": None}],
    "minus zero": -0.0,
    "tiny and huge floats": [5e-324, 1.7976931348623157e308, 1e16, 1e22, 0.1],
    "64 bits": [2**63 - 1, -(2**63), 2**64 - 1],
    "65 bits": [2**64, -(2**63) - 1],
    "a googol": 10**100,
    "5,000 digits": 10**5000,
    "lone surrogate": "\ud800",
    "surrogate in a key": {"\udfff": 1},
    "astral": "𠮷",
    "NUL and line ends": "\0\u2028\r\n\x7f",
    "int keys": {1: "a", -2: "b", 2**70: "c"},
    "float keys": {1.0: "a", 1e16: "b", 0.1: "c"},
    "keys that are no numbers": {math.nan: 1, math.inf: 2, -math.inf: 3},
    "bool and null keys": {True: 1, False: 2, None: 3},
    "two keys that are one text": {1: "a", "1": "b"},
    "tuple": (1, (2, [3])),
    "named tuple": Point(1, 2),
    "tuple key": {(1, 2): 3},
    "text subclass": [Text("a"), {Text("b"): Text("c")}],
    "int subclass": [Big(3), {Big(4): 5}],
    "float subclass": Half(0.5),
    "list subclass": Several([1, 2]),
    "dict subclass": Doubled(a=1),
    "ordered and default dicts": [OrderedDict(b=1, a=2), defaultdict(int, a=1)],
    "mapping that is no dict": UserDict(a=1),
    "enum": Plain.ONE,
    "enum key": {Plain.ONE: 1},
    "int enum": [Number.ONE, {Number.ONE: 1}],
    "text enum": [Word.ONE, {Word.ONE: 1}],
    "text enum with another value": [Label.ONE, {Label.ONE: 1}],
    "uuid": UUID,
    "uuid key": {UUID: 1},
    "date": date(2026, 11, 23),
    "date key": {date(2026, 11, 23): 1},
    "moment": datetime(2026, 11, 23, tzinfo=UTC),
    "decimal": Decimal("1.5"),
    "bytes": b"a",
    "bytes key": {b"a": 1},
    "set": {1},
    "complex": 1j,
    "ellipsis": ...,
    "orjson's own fragment": orjson.Fragment(b"1"),
}
"""By what is special about them."""


def outcome(trip: Callable[[Mapping[Any, Any]], Any], document: Mapping[Any, Any]) -> str:
    """What comes back, to the last bit and in its order, or how it is refused."""
    try:
        return repr(trip(document))
    except (TypeError, ValueError, RecursionError) as error:
        return f"{type(error).__name__}: {error}"


def through_json(document: Mapping[Any, Any]) -> Any:  # noqa: ANN401  # json's own answer
    return json.loads(json.dumps(dict(document)))


def through_store(document: Mapping[Any, Any]) -> Any:  # noqa: ANN401  # to be compared with the above
    return decoded(encoded(document))


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_a_value_comes_back_as_from_json(value: object) -> None:
    """What the json module changes is changed in the same way, what it refuses is refused with the same words."""
    assert outcome(through_store, {"value": value}) == outcome(through_json, {"value": value})


@pytest.mark.parametrize("depth", [200, 300, 700, 100_000])
def test_depth_is_no_matter_until_json_gives_up(depth: int) -> None:
    """Nesting of which orjson knows no end comes back as long as the json module can follow it."""
    document = {"value": nested(depth)}
    assert outcome(through_store, document).split(":")[0] == outcome(through_json, document).split(":")[0]


def test_a_document_that_holds_itself_is_refused() -> None:
    """It has no end, so it is a ValueError, as TinyDB's JSONStorage has it."""
    document: dict[str, Any] = {}
    document["self"] = [document]
    with pytest.raises(ValueError, match="Circular"):
        encoded(document)


@pytest.mark.parametrize("mapping", [UserDict(a=1, b=[2]), OrderedDict(b=1, a=2)])
def test_any_mapping_is_a_document(mapping: Mapping[str, Any]) -> None:
    """It is kept in its own order."""
    assert outcome(through_store, mapping) == repr(dict(mapping))


def test_ordinary_documents_are_compact_and_bear_no_mark() -> None:
    """What JSON itself knows is written without blanks and without escapes; other texts begin with a blank."""
    assert encoded({"答": ["好", 1, 2.5, True, None, {}]}) == '{"答":["好",1,2.5,true,null,{}]}'
    assert encoded({"x": math.inf}) == MARK + '{"x": Infinity}'


@pytest.mark.parametrize("text", ["", "{", " {", "nan", " ", '{"a":\ud800}', '{"a": NaN}'])
def test_what_is_no_document_is_a_value_error(text: str) -> None:
    """Damaged text is refused with or without the mark; values beyond JSON are read only where the mark stands."""
    with pytest.raises(ValueError, match=r"line 1|surrogates"):
        decoded(text)


CHARACTERS = st.characters(exclude_categories=())
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=2**62),
    st.integers(max_value=-(2**62)),
    st.floats(),
    st.text(CHARACTERS, max_size=5),
    st.sampled_from([value for name, value in VALUES.items() if name != "5,000 digits"]),  # not even its repr is given
)
KEYS = st.one_of(
    st.text(CHARACTERS, max_size=5),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.sampled_from([Plain.ONE, Number.ONE, Word.ONE, Label.ONE, Text("b"), Big(3), Half(0.5), UUID, b"a", (1,)]),
)
DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.lists(inner, max_size=4).map(tuple),
            st.dictionaries(KEYS, inner, max_size=4),
        ),
        max_leaves=12,
    ),
    max_size=5,
)
PLAIN = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), st.floats(), st.text()),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
        max_leaves=12,
    ),
    max_size=5,
)


@given(st.one_of(PLAIN, DOCUMENTS))
def test_any_document_comes_back_as_from_json(document: dict[Any, Any]) -> None:
    """Whatever a document is made of, the store and the json module give the same answer, or the same refusal."""
    assert outcome(through_store, document) == outcome(through_json, document)


@given(st.one_of(PLAIN, DOCUMENTS))
def test_a_document_that_was_read_is_written_alike(document: dict[Any, Any]) -> None:
    """Reading and writing again changes nothing more."""
    try:
        text = encoded(document)
    except (TypeError, ValueError):
        text = encoded({})
    assert encoded(decoded(encoded(decoded(text)))) == encoded(decoded(text))
