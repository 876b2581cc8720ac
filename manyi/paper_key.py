"""The key that signs the codes on paper, made once and never in place of one that is lost."""

from pathlib import Path

from db.keys import NAME, paper_key, read_key
from surveys.ports import Store


def key_of(folder: Path, store: Store) -> bytes:
    """The key of a data folder with this store, made if nothing was printed yet. StoreError M40; M76 where it is lost.

    Where sheets are out, a new key would make all of them forgeries in silence.
    """
    if store.paper_stocks() or store.count_slips():
        return read_key(folder / NAME)
    return paper_key(folder)
