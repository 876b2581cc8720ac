"""Reading one table with pydantic: its mistakes as problems of ours, and what can be used in spite of them."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from campaign.draft import Finding, Item
from campaign.language import N_, Listed, Phrase
from campaign.places import Keys
from campaign.plan import Step
from campaign.texts import tr

T = TypeVar("T", bound=BaseModel)

_SHOWN = 60
_UNKNOWN = "extra_forbidden"
_COUNT_ERRORS = {"int_type", "int_parsing", "int_from_float"}
_BY_KEY = {"members", "schedule", "counts", "groups"}
"""Tables whose entries stand for themselves: a wrong one leaves the others usable."""

_PATTERNS = (
    (r"^[a-z0-9][a-z0-9_-]", N_("use up to 32 lower-case letters, digits, - and _, beginning with a letter or digit")),
    (r"^[A-Z]", N_("use one capital letter, then up to 7 capital letters or digits")),
    ("^([A-Z]{0,2}", N_("use a short code such as H07, or a number; never a name")),
    ("^(phase_", N_("use phase_end, phase_end-7, phase_start+3 or a day like 2026-11-23")),
)
_REASONS = {
    "string_type": N_("write a text in quotes"),
    "string_too_short": N_("write at least {min_length} characters"),
    "string_too_long": N_("write at most {max_length} characters"),
    "literal_error": N_("use one of: {expected}"),
    "enum": N_("use one of: {expected}"),
    "greater_than": N_("it must be more than {gt}"),
    "greater_than_equal": N_("it must be at least {ge}"),
    "less_than": N_("it must be less than {lt}"),
    "less_than_equal": N_("it must be at most {le}"),
    "decimal_max_places": N_("write at most {decimal_places} digits after the point"),
    "model_type": N_("write a table in curly brackets"),
    "dict_type": N_("write a table in curly brackets"),
    "tuple_type": N_("write a list in square brackets"),
    "frozen_set_type": N_("write a list in square brackets"),
}
_REASONS_BY_TYPE = (
    ("date", N_("write a day like 2026-11-23")),
    ("bool", N_("write true or false")),
    ("decimal", N_("write a number")),
    ("finite", N_("write a number")),
    ("int", N_("write a whole number")),
)
_OTHERWISE = N_("something else is expected here")

_STAND_INS: Mapping[str, object] = {
    "id": "x",
    "code": "X",
    "kind": "final",
    "name": {},
    "title": {},
    "organiser": {},
    "role": {},
    "type": "",
    "questionnaire": "",
    "phase": "x",
    "total": 0,
    "schedule": {},
    "start_date": date(2000, 1, 1),
    "end_date": date(2000, 1, 1),
    "expected_branches": 0,
    "expected_members": 0,
}
"""Values for required fields that are wrong; rules do not look at them."""


def read_item(model: type[T], raw: object, path: Keys) -> tuple[Item[T] | None, list[Finding]]:
    """The item at ``path`` and every mistake in it; no item if nothing of it can be used."""
    try:
        return Item(path, model.model_validate(raw)), []
    except ValidationError as error:
        findings = findings_of(error, model, path)
        unknown = {mistake["loc"] for mistake in error.errors() if mistake["type"] == _UNKNOWN}
        wrong = {mistake["loc"] for mistake in error.errors()} - unknown
    if not isinstance(raw, dict) or () in wrong:
        return None, findings
    broken = frozenset(_removed(loc) for loc in wrong)
    rest = _without(raw, broken | unknown)
    stand_ins = {**_STAND_INS, "id": "X"} if model is Step else _STAND_INS
    required = {name for name, info in model.model_fields.items() if info.is_required()}
    rest = {name: stand_ins.get(name) for name in required - rest.keys()} | rest
    try:
        return Item(path, model.model_validate(rest), broken), findings
    except ValidationError:
        return None, findings


def findings_of(error: ValidationError, model: type[BaseModel], path: Keys) -> list[Finding]:
    """The mistakes that pydantic found in what stands at ``path``, as broken rules."""
    return [finding_of(model, mistake, path) for mistake in error.errors(include_url=False)]


def _removed(loc: Keys) -> Keys:
    """What to leave out because of a mistake at ``loc``: the list item, the entry of a table, or the field."""
    indexes = [place for place, key in enumerate(loc) if isinstance(key, int)]
    if indexes:
        return loc[: indexes[-1] + 1]
    return loc[:2] if loc[0] in _BY_KEY else loc[:1]


def _without(raw: dict[str, Any], broken: Iterable[Keys]) -> dict[str, Any]:
    """A copy of ``raw`` without what stands at these paths."""
    rest = deepcopy(raw)
    for path in sorted(broken, key=lambda path: [str(key).rjust(9) for key in path], reverse=True):
        node: Any = rest
        for key in path[:-1]:
            node = node[key]
        if isinstance(path[-1], int) or path[-1] in node:
            del node[path[-1]]
    return rest


def finding_of(model: type[BaseModel], mistake: ErrorDetails, path: Keys) -> Finding:
    """Which rule a mistake breaks."""
    loc = tuple(key for key in mistake["loc"] if key != "[key]")
    kind, given, context = mistake["type"], mistake["input"], mistake.get("ctx", {})
    where = (*path, *loc)
    if kind == _UNKNOWN:
        return Finding(where, "M05", {"field": shown(loc[-1]), "known": Listed(tuple(_fields(model, loc[:-1])))})
    if kind == "missing":
        return Finding(where, "M06", {"field": loc[-1]})
    floor = context.get("ge")
    if kind in _COUNT_ERRORS or (kind == "greater_than_equal" and isinstance(floor, int) and floor == 0):
        return Finding(where, "V06", {"x": shown(given)})
    return Finding(where, "M07", {"value": shown(given), "why": _reason(kind, context)})


def _reason(kind: str, context: Mapping[str, Any]) -> Phrase:
    """Why a value does not fit, in words that say what would."""
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return tr.phrase(next((words for begin, words in _PATTERNS if pattern.startswith(begin)), _OTHERWISE))
    if kind in _REASONS:
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return tr.phrase(_REASONS[kind], **{**context, "expected": expected})
    return tr.phrase(next((words for begin, words in _REASONS_BY_TYPE if kind.startswith(begin)), _OTHERWISE))


def shown(value: object) -> str:
    """A wrong value as it is quoted in a message: at most 60 characters."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _fields(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The fields of the table at ``loc`` below ``model``."""
    for key in loc:
        if isinstance(key, str) and key in model.model_fields:
            model = _model_in(model.model_fields[key].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside ``X | None``, ``tuple[X, ...]`` or ``dict[str, X]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
