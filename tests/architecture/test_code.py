"""The house rules that a machine can read off the code."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.packages import PACKAGES, folder

MAX_MODULE, MAX_MEDIAN, MAX_FUNCTION, MAX_APP = 400, 110, 50, 200


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in folder(package).rglob("*.py"))


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[Path, ast.AST]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield path, node


def length(node: ast.AST) -> int:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_are_small() -> None:
    """No module has over 400 lines, and half of them are short."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path.name: count for path, count in lines.items() if count > MAX_MODULE} == {}
    assert statistics.median(lines.values()) <= MAX_MEDIAN


def test_functions_are_small() -> None:
    """No function is longer than a screen."""
    functions = nodes((ast.FunctionDef, ast.AsyncFunctionDef))
    assert [(path.name, node.lineno) for path, node in functions if length(node) > MAX_FUNCTION] == []  # type: ignore[attr-defined]


def test_apps_are_small() -> None:
    """An App class wires screens; it does not do their work."""
    apps = {node.name: length(node) for _, node in nodes(ast.ClassDef) if "App" in getattr(node, "name", "")}  # type: ignore[attr-defined]
    assert apps
    assert {name: lines for name, lines in apps.items() if lines > MAX_APP} == {}


def test_only_the_top_level_guard_catches_everything() -> None:
    """Everywhere else an error is caught by its kind."""
    broad = [
        path.name
        for path, node in nodes(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert broad == ["guard.py"]


def test_workers_say_what_they_are() -> None:
    """Textual would otherwise write out the arguments of each: a campaign of 10,000 branches, or what people said."""
    undescribed = [
        (path.name, node.lineno)
        for path, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and any(each.arg == "thread" for each in node.keywords)
        and all(each.arg != "description" for each in node.keywords)
    ]
    assert undescribed == []
