"""What a file holds, and the files of a format."""

from collections.abc import Iterable

Content = bytes | Iterable[bytes]
"""All of it, or piece by piece; pieces are made when they are written, and can be taken once."""
Files = Iterable[tuple[str, Content]]
"""Files by name, each made when it is its turn: there is not room for all of them at once."""


def pieces(content: Content) -> Iterable[bytes]:
    """Piece by piece."""
    return (content,) if isinstance(content, bytes) else content
