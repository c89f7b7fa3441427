"""What an import of a document would do to a board: a pure comparison of the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from izzitup_desktop.domain.exchange.items import (
    ERRORS_MOST,
    FIELDS,
    Change,
    ChangeKind,
    Document,
    Enough,
    Errors,
    ExchangeService,
    FieldChange,
    Preview,
    add_duplicates,
)
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import fold


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One service of the document: what it is on the board (None: new), what changes."""

    item: ExchangeService
    service: Service | None
    change: Change

    @property
    def status(self) -> int | None:
        """The status to set, None where it stays."""
        for name, _, after in self.change.fields:
            if name == "status":
                return int(after)
        return None

    def draft(self, group_ids: dict[str, int]) -> ServiceDraft:
        """The service's fields after the import; `group_ids` by folded name."""
        draft = ServiceDraft(self.item.name)
        if self.service is not None:
            draft = ServiceDraft.of(self.service)
        changed: dict[str, Any] = {}
        for name, _, after in self.change.fields:
            if name == "group":
                changed["group_id"] = group_ids[fold(after)] if after else None
            elif name != "status":
                changed[name] = after
        return replace(draft, **changed)


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of an import, and what a person may see of them."""

    steps: tuple[PlannedChange, ...]
    preview: Preview


def as_document(services: Iterable[Service], groups: Sequence[Group]) -> Document:
    """A whole board as a document, in the order of the board."""
    places = {group.id: number for number, group in enumerate(groups)}
    names = _group_names(groups)

    def place(service: Service) -> tuple[int, int, int]:
        # Services of no group stand last.
        number = places.get(service.group_id or 0, len(places))
        return number, service.position, service.id

    return Document(
        tuple(_as_item(service, names) for service in sorted(services, key=place)),
        tuple(group.name for group in groups),
    )


def planned(document: Document, services: Iterable[Service], groups: Sequence[Group]) -> Plan:
    """What importing `document` does to a board of these services and groups.

    A service is found by its key, else by its name in its group (in any, where the
    document tells none); another key is another service. Nothing is removed.
    """
    errors = Errors()
    found: list[Service | None] = []
    names = _group_names(groups)
    with suppress(Enough):
        if not document.errors:
            add_duplicates(document.services, errors)
        found = _matched(document.services, services, names, errors)
    if errors or document.errors:
        # Nothing is imported, so that it need not be told what would be.
        told = sorted((*document.errors, *errors.in_order()), key=lambda error: error.line)
        more = document.more_errors or errors.more or len(told) > ERRORS_MOST
        return Plan((), Preview((), tuple(told[:ERRORS_MOST]), more_errors=more))
    steps = tuple(
        PlannedChange(item, service, _change(item, service, names))
        for item, service in zip(document.services, found, strict=True)
    )
    changes = tuple(step.change for step in steps)
    return Plan(steps, Preview(changes, (), _missing_groups(document, groups)))


class _Left:
    """The board's services that no item has found yet, by name and group."""

    def __init__(self, services: Iterable[Service], names: dict[int, str]) -> None:
        self._names = names
        self._found: dict[tuple[str, str | None, bool], dict[int, Service]] = {}
        for service in services:
            for place in self._places(service):
                self._found.setdefault(place, {})[service.id] = service

    def take(self, service: Service) -> None:
        """No other item finds this one."""
        for place in self._places(service):
            self._found[place].pop(service.id, None)

    def of(self, item: ExchangeService) -> dict[int, Service]:
        """What may be meant by `item`: without a key first; with one, only those."""
        group = None if item.group is None else fold(item.group)
        keyless = self._found.get((fold(item.name), group, True), {})
        if item.key or keyless:
            return keyless
        return self._found.get((fold(item.name), group, False), {})

    def _places(self, service: Service) -> list[tuple[str, str | None, bool]]:
        name, group = fold(service.name), fold(_group_of(service, self._names))
        keyless = [False] if service.key else [False, True]
        return [(name, place, kind) for place in (group, None) for kind in keyless]


def _matched(
    items: Sequence[ExchangeService],
    services: Iterable[Service],
    names: dict[int, str],
    errors: Errors,
) -> list[Service | None]:
    """The board's service of each item, None for a new one; what can't be told apart.

    Keys come first, then items without a key, then those whose key is new: their
    service may just not have had one. None of the board's is found twice.
    """
    known = tuple(services)
    by_key = {fold(service.key): service for service in known if service.key}
    left_ones = _Left(known, names)
    found = [by_key.get(fold(item.key)) if item.key else None for item in items]
    for service in found:
        if service is not None:
            left_ones.take(service)
    left = [number for number, service in enumerate(found) if service is None]
    # Who tells more is served first.
    for number in sorted(left, key=lambda n: (bool(items[n].key), items[n].group is None)):
        item = items[number]
        candidates = left_ones.of(item)
        if len(candidates) > 1:
            reason = msg(
                "The board has %1 services %2; tell its key or group.", len(candidates), item.name
            )
            errors.add(item.line or 0, "name", reason)
        elif candidates:
            (service,) = candidates.values()
            found[number] = service
            left_ones.take(service)
    return found


def _change(item: ExchangeService, service: Service | None, names: dict[int, str]) -> Change:
    if service is None:
        new = replace(item, status=item.status or int(StatusId.OPERATIONAL))
        told = ((name, None, new.value_of(name)) for name in FIELDS)
        fields = tuple(change for change in told if change[2])
        return Change(ChangeKind.ADDED, item.line, item.name, fields)
    old = _as_item(service, names)
    changed = tuple(_differing(old, item))
    held_by = ""
    if service.hold is not None and any(name == "status" for name, _, _ in changed):
        held_by = service.hold.by
        changed = tuple(change for change in changed if change[0] != "status")
    kind = ChangeKind.CHANGED if changed else ChangeKind.SAME
    return Change(kind, item.line, service.name, changed, held_by)


def _differing(old: ExchangeService, new: ExchangeService) -> Iterable[FieldChange]:
    for name in FIELDS:
        before, after = old.value_of(name), new.value_of(name)
        if after is None or after == before:
            continue
        # A group in other letters is the same group.
        if name != "group" or fold(after) != fold(before):
            yield name, before, after


def _as_item(service: Service, names: dict[int, str]) -> ExchangeService:
    own = {name: getattr(service, name) for name in FIELDS if name not in ("group", "status")}
    return ExchangeService(**own, group=_group_of(service, names), status=service.status_id)


def _missing_groups(document: Document, groups: Sequence[Group]) -> tuple[str, ...]:
    known = {fold(group.name) for group in groups}
    missing: dict[str, str] = {}
    for name in (*document.groups, *(item.group for item in document.services)):
        if name and fold(name) not in known:
            missing.setdefault(fold(name), name)
    return tuple(missing.values())


def _group_names(groups: Iterable[Group]) -> dict[int, str]:
    return {group.id: group.name for group in groups}


def _group_of(service: Service, names: dict[int, str]) -> str:
    return names.get(service.group_id or 0, "")
