"""The import contracts of pyproject.toml once more, at run time: what a package pulls in when it is imported."""

import subprocess
import sys

import pytest

HEADLESS = ("textual", "rich")
STORES = ("tinydb", "apsw", "sqlite3")
FORMS = ("pyxform", "elementpath", "openpyxl")


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("campaign.overview", (*HEADLESS, *STORES, *FORMS, "click", "orjson", "surveys", "db", "tui", "manyi")),
        ("campaign.loading", (*HEADLESS, *STORES, *FORMS, "click", "orjson")),
        ("surveys.desk", (*HEADLESS, *STORES, *FORMS, "click", "db", "tui", "manyi")),
        ("surveys.booth", (*HEADLESS, *STORES, *FORMS, "click")),
        ("exports.registry", (*HEADLESS, *STORES, *FORMS, "db", "tui")),
        ("db", (*HEADLESS, *FORMS, "exports", "tui", "manyi", "click")),
        ("tui.kiosk.app", (*STORES, *FORMS, "db", "manyi", "click")),
        ("tui.staff.app", (*STORES, *FORMS, "db", "manyi", "click")),
        ("manyi.cli", (*HEADLESS, "pyxform", "elementpath")),
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
