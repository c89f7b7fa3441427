"""Making what stays without looking for garbage meanwhile.

Modules and windows are objects that stay. The collector looks at each of them again
and again while more are made, and once more when the interpreter ends: a fifth of the
time that loading a database's library takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """What is there at the end of the block is never looked at for garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
