"""How a program asks for a change, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from izzitup_desktop.domain.idempotency import KeptAnswer, KeyedRequest
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.storage.asked import Asked

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Once:
    """Do what is asked for by `request` once, and keep the answer in the same transaction.

    `tell` makes the answer, on the writer's thread, of what was done, or of the error that is
    told though something was stored. What stores nothing is not kept.
    """

    request: KeyedRequest
    tell: Callable[[Any], KeptAnswer]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a change is to be made: until when, and whether at all (`dry`: it is only tried).

    With `once` it is made once, however often it is asked for.
    """

    asked: Asked
    dry: bool = False
    once: Once | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """What a change made, or would make, of a `thing`, or of some; `entries` tell it.

    Of what was asked for under a key its `answer` is kept. It may be the one that it had
    before (`is_replayed`); then there is no thing, and nothing else.
    """

    thing: T_co
    entries: tuple[Entry, ...]
    answer: KeptAnswer | None = None
    is_replayed: bool = False
