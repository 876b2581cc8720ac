"""What a file holds."""

from collections.abc import Iterable

Content = bytes | Iterable[bytes]
"""All of it, or piece by piece; pieces are made when they are written, and can be taken once."""


def pieces(content: Content) -> Iterable[bytes]:
    """Piece by piece."""
    return (content,) if isinstance(content, bytes) else content
