"""Pictures of scanned pieces that lie in memory alone."""

from collections.abc import Collection
from pathlib import Path


class MemoryPictures:
    """Implements :class:`surveys.ports.Pictures`."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._made = 0

    def keep(self, png: bytes) -> str:
        """Keep a picture under the next number."""
        self._made += 1
        name = f"{self._made:016x}"
        self.kept[name] = png
        return name

    def read(self, name: str) -> bytes:
        """The picture."""
        return self.kept.get(name, b"")

    def path(self, name: str) -> Path:
        """Where it would lie."""
        return Path("/scans") / f"{name}.png"

    def names(self) -> frozenset[str]:
        """All that are kept."""
        return frozenset(self.kept)

    @property
    def is_empty(self) -> bool:
        """Whether none is kept."""
        return not self.kept

    def keep_only(self, needed: Collection[str]) -> None:
        """Forget all others."""
        self.kept = {name: png for name, png in self.kept.items() if name in needed}
