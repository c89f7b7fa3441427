"""Of which services and groups nothing is told, and of which everything is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class MuteRules(Protocol):
    """What of the settings says of what to tell; a group of 0 is that of no group."""

    @property
    def muted_services(self) -> Sequence[int]: ...
    @property
    def muted_groups(self) -> Sequence[int]: ...
    @property
    def followed_services(self) -> Sequence[int]: ...


def is_told(rules: MuteRules, service_id: int, group_id: int, *, by_default: bool) -> bool:
    """Whether something of this service is told.

    A service of its own is stronger than its group, and that than what holds for all.
    """
    if service_id in rules.muted_services:
        return False
    if service_id in rules.followed_services:
        return True
    return by_default and group_id not in rules.muted_groups
