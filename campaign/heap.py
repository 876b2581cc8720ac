"""Making hundreds of thousands of objects that stay: Python need not look for garbage among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """No search for garbage inside, and none later among all objects that are there at the end; blocks nest.

    Looking through them again and again takes longer than making them. What is dropped is freed all the same, unless
    it refers to itself; so this is for what is done seldom. All threads are concerned.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
