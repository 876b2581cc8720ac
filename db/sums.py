"""A checksum in front of every document's text.

SQLite's layer of checksums knows the pages of the file, but not those of the log: a bit that flips there while the
store is in use would be read, and moved into the file, as if it had been written so.
"""

from zlib import crc32

DIGITS = 8
"""A CRC-32 of id and text, in hexadecimal. A text that begins with ``{`` or a blank, as JSON does, is older: no sum."""


def summed(doc_id: int, text: str) -> str:
    """The text as it is stored."""
    return f"{_sum(doc_id, text):08x}{text}"


def unsummed(doc_id: int, stored: object) -> str:
    """The text that was stored; ValueError if it or its id is not what it was. A damaged row may hold none."""
    if not isinstance(stored, str):
        raise ValueError(doc_id)  # noqa: TRY004  # no mistake of the caller
    if not is_summed(stored):
        return stored
    text = stored[DIGITS:]
    if stored[:DIGITS] != f"{_sum(doc_id, text):08x}":
        raise ValueError(doc_id)
    return text


def is_summed(stored: object) -> bool:
    """Whether a stored text has a sum."""
    return not isinstance(stored, str) or stored[:1] not in "{ "


def _sum(doc_id: int, text: str) -> int:
    return crc32(text.encode(errors="surrogatepass"), crc32(doc_id.to_bytes(8, signed=True)))
