"""What an object holds in memory, told from outside of it."""

from __future__ import annotations

import gc
import logging
import sys
from types import BuiltinFunctionType, FunctionType, ModuleType

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, logging.Logger)
"""What belongs to the program, whoever refers to it."""


def weight(thing: object) -> int:
    """The bytes of all that `thing` holds, however deep."""
    seen: set[int] = set()
    waiting, total = [thing], 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, _SHARED):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        waiting += gc.get_referents(one)
    return total
