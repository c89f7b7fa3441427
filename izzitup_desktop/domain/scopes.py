"""What a token may be used for: less than its account may, never more.

By itself, so that rights are known without what makes and reads tokens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """What a token may be used for, in the order in which people are told of them."""

    READ = "read"
    PROPOSE = "propose"
    SET = "set"
    EVENTS = "events"
    MANAGE = "manage"


RESERVED = frozenset({Scope.PROPOSE, Scope.EVENTS})
"""Scopes that nothing asks for yet: no new token gets them."""


GRANTED = tuple(scope.value for scope in Scope if scope not in RESERVED)
"""The scopes that a new token can have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The services and groups that a token is for: those, and what is in these.

    Empty is nothing at all: what it was for is gone.
    """

    service_ids: frozenset[int] = frozenset()
    group_ids: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether they hold nothing."""
        return not (self.service_ids or self.group_ids)

    def hold(self, service_id: int | None, group_id: int | None) -> bool:
        """Whether a service of that group is within them."""
        return service_id in self.service_ids or group_id in self.group_ids


@dataclass(frozen=True, slots=True)
class TokenRights:
    """The token by which somebody acts: which it is, and what it allows.

    `digest` is its identity; a row number may be another token's after a restore.
    """

    id: int
    digest: str = field(repr=False)
    scopes: frozenset[Scope]
    limits: Limits | None


def scope_words(scopes: Iterable[Scope]) -> list[str]:
    """Scopes by their names, in the order of `Scope`."""
    found = frozenset(scopes)
    return [scope.value for scope in Scope if scope in found]
