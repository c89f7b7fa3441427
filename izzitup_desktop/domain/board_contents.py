"""What stands on a board at one time, and how two times of it differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from izzitup_desktop.domain.services import Service, ServiceDraft


@dataclass(frozen=True, slots=True)
class BoardContents:
    """`services` by id, how many `groups` and `accounts` there are, and the newest entry of
    the journal: when (UTC) and by whom, None and "" where there is none.
    """

    services: Mapping[int, Service]
    groups: int
    accounts: int
    changed: datetime | None
    changed_by: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What going back from `now` to `then` would do to services, each list by name.

    `coming` are only then on the board, `going` only now; `other_status` are the pairs
    (then, now) whose status differs, `edited` those whose fields do.
    """

    coming: tuple[Service, ...]
    going: tuple[Service, ...]
    other_status: tuple[tuple[Service, Service], ...]
    edited: tuple[tuple[Service, Service], ...]

    def __bool__(self) -> bool:
        return bool(self.coming or self.going or self.other_status or self.edited)


def difference(then: BoardContents, now: BoardContents) -> Difference:
    """How the services of `then` differ from those of `now`."""
    both = [(then.services[id_], now.services[id_]) for id_ in then.services if id_ in now.services]
    return Difference(
        coming=_by_name(then.services, now.services),
        going=_by_name(now.services, then.services),
        other_status=_pairs(pair for pair in both if pair[0].status_id != pair[1].status_id),
        edited=_pairs(
            pair for pair in both if ServiceDraft.of(pair[0]) != ServiceDraft.of(pair[1])
        ),
    )


def _by_name(services: Mapping[int, Service], others: Mapping[int, Service]) -> tuple[Service, ...]:
    found = [service for id_, service in services.items() if id_ not in others]
    return tuple(sorted(found, key=lambda service: service.name.casefold()))


def _pairs(found: Iterable[tuple[Service, Service]]) -> tuple[tuple[Service, Service], ...]:
    return tuple(sorted(found, key=lambda pair: pair[0].name.casefold()))
