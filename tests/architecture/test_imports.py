"""The import contracts of pyproject.toml once more, at run time: what a package pulls in when it is imported."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packages import PACKAGES, folder

HEADLESS = ("textual", "rich")
STORES = ("tinydb", "apsw", "sqlite3")
FORMS = ("pyxform", "elementpath", "openpyxl")
SCANS = ("numpy", "pypdfium2", "zxingcpp")
"""What the extra ``scan`` brings."""
PICTURES = ("tui.widgets.pixels",)
"""Modules beside the reader that know Pillow, which every installation has."""
BLOCK = f"""
import sys
sys.modules |= dict.fromkeys({SCANS})
"""
"""From here on importing one of them fails as it does where it is not installed."""
READER = "surveys/paper/reading"


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("campaign.overview", (*HEADLESS, *STORES, *FORMS, "click", "orjson", "surveys", "db", "tui", "manyi")),
        ("campaign.loading", (*HEADLESS, *STORES, *FORMS, "click", "orjson")),
        ("surveys.desk", (*HEADLESS, *STORES, *FORMS, "click", "db", "tui", "manyi")),
        ("surveys.booth", (*HEADLESS, *STORES, *FORMS, "click")),
        (
            "exports.registry",
            (*HEADLESS, *STORES, *FORMS, *SCANS, "PIL", "reportlab", "xlsxwriter", "qrcode", "db", "tui"),
        ),
        ("surveys.paper.desk", (*HEADLESS, *STORES, *FORMS, *SCANS, "PIL", "reportlab")),
        ("surveys.paper.reading.deciding", (*SCANS, "PIL")),
        ("surveys.paper.reading.judging", (*SCANS, "PIL")),
        ("db", (*HEADLESS, *FORMS, "exports", "tui", "manyi", "click")),
        ("tui.kiosk.app", (*STORES, *FORMS, "db", "manyi", "click")),
        ("tui.staff.app", (*STORES, *FORMS, *SCANS, "PIL", "db", "manyi", "click")),
        ("manyi.cli", (*HEADLESS, *SCANS, "PIL", "pyxform", "elementpath")),
    ],
)
def test_importing_a_part_does_not_pull_in_what_it_must_not_know(module: str, forbidden: tuple[str, ...]) -> None:
    """Each part can be used without the parts above it, and without the libraries that are none of its business."""
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(forbidden) == set()


@pytest.mark.parametrize("module", ["manyi.__main__", "tui.staff.app", "tui.kiosk.app", "surveys.xlsform", "db"])
def test_importing_writes_nothing(module: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No file, folder or connection is made by an import: only by a command."""
    home = tmp_path_factory.mktemp("home")
    code = f"import {module}"
    environment = {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ":".join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", code], cwd=home, env=environment, check=True)
    assert list(home.iterdir()) == []


def modules() -> dict[str, Path]:
    """Every module by its name."""
    roots = {package: folder(package) for package in PACKAGES}
    return {
        ".".join((package, *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__"): path
        for package, root in roots.items()
        for path in root.rglob("*.py")
    }


def test_only_the_reader_of_scans_knows_what_the_extra_brings() -> None:
    """No other module imports numpy, pypdfium2, zxing-cpp or Pillow, wherever in it; but one that draws pictures."""
    guilty = {
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for imported in _imported(node)
        if imported.partition(".")[0] in {*SCANS, "PIL"}
    }
    assert guilty
    assert {name for name in guilty if not name.startswith(READER.replace("/", "."))} == set(PICTURES)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_every_other_part_is_there_without_the_extra() -> None:
    """All modules but those of the reader can be imported where numpy, pypdfium2 and zxing-cpp are not installed."""
    names = [name for name in modules() if READER.replace("/", ".") not in name and "__main__" not in name]
    assert len(names) > 200
    code = f"{BLOCK}import importlib\nfor name in {names}: importlib.import_module(name)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_forms_are_printed_without_the_extra(tmp_path: Path) -> None:
    """From the sample to the PDF; so are slips, with their squares."""
    main = f"{BLOCK}from manyi.__main__ import main\nmain()"
    base = [sys.executable, "-c", main, "--data", str(tmp_path / "data"), "--today", "2026-11-23", "--lang", "en"]

    def run(*arguments: str) -> str:
        return subprocess.run([*base, *arguments], capture_output=True, text=True, check=True).stdout

    run("init", "--sample", "town")
    session = json.loads(run("session", "open", "--ready", "--branch", "B01", "--pin", "2468", "--json"))["session"]
    run("forms", "print", "--session", session, "--count", "2", "--out", str(tmp_path / "forms.pdf"))
    run("slips", "print", "--count", "2", "--out", str(tmp_path / "slips.pdf"))
    assert all((tmp_path / name).stat().st_size > 10_000 for name in ("forms.pdf", "slips.pdf"))
