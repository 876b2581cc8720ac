"""TinyDB's interface over one SQLite row a document, and the stores behind the ports."""

from db.health import check
from db.opening import memory_store, open_store, open_tinydb

__all__ = ["check", "memory_store", "open_store", "open_tinydb"]
