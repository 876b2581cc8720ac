"""Where the packages of the program are: in the tree, or in the environment that a wheel was installed into."""

import importlib.util
from pathlib import Path

PACKAGES = ("manyi", "tui", "db", "exports", "surveys", "campaign")


def folder(package: str) -> Path:
    """The folder of a package, ``tui/kiosk`` or ``tui.kiosk``."""
    spec = importlib.util.find_spec(package.replace("/", "."))
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
