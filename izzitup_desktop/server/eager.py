"""Coroutines that begin at once, and need a task only once they wait for something.

Python 3.12's eager tasks do the same. Until it first waits a coroutine runs in no task:
what asks for the current one (`asyncio.timeout`) has to wait for something before.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any


def begin(
    loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, None]
) -> asyncio.Task[None] | None:
    """Run `coroutine` now, as far as it comes; the task of the rest, None: there is none.

    Raises what the coroutine raises before it waits.
    """
    try:
        waited = coroutine.send(None)
    except StopIteration:
        return None
    return loop.create_task(_rest(coroutine, waited))


@types.coroutine
def _rest(coroutine: Coroutine[Any, Any, None], waited: Any) -> Generator[Any, Any, None]:
    while True:
        try:
            sent = yield waited
        except BaseException as error:  # a cancelled wait, and one that failed, are its own
            failure: BaseException | None = error
        else:
            failure = None
        try:
            waited = coroutine.send(sent) if failure is None else coroutine.throw(failure)
        except StopIteration:
            return
