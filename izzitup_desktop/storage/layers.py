"""The layers of statuses: expiries, holds and proposals, a row for each service that has one.

They are read with their services. A row that can't be read is left out: its service is
shown without it, and a new one takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE
from izzitup_desktop.storage.bulk import Bulk
from izzitup_desktop.storage.readable import Readable
from izzitup_desktop.storage.tables import expiries, holds, proposals, services
from izzitup_desktop.storage.times import from_stored, to_stored

T = TypeVar("T")

_TABLES = (expiries, holds, proposals)
COLUMNS = tuple(
    column.label(f"{table.name}_{column.name}") for table in _TABLES for column in table.columns
)
"""What `read` expects of a row, in this order."""

WITH_LAYERS = services.outerjoin(expiries).outerjoin(holds).outerjoin(proposals)
"""Services with their layers, each with nulls where there is none."""

_HOLDS_AT = len(expiries.columns)
_PROPOSALS_AT = _HOLDS_AT + len(holds.columns)
_EXPIRIES, _HOLDS, _PROPOSALS = (Readable(list(table.columns)) for table in _TABLES)

Layers = tuple[Expiry | None, Hold | None, Proposal | None]
NONE: Layers = (None, None, None)


def read(row: Row[Any], start: int) -> Layers:
    """The layers that the row's values from `start` on tell of."""
    at_hold, at_proposal = start + _HOLDS_AT, start + _PROPOSALS_AT
    if row[start] is None and row[at_hold] is None and row[at_proposal] is None:
        return NONE
    return (
        _one(_EXPIRIES, row[start:at_hold], _expiry),
        _one(_HOLDS, row[at_hold:at_proposal], _hold),
        _one(_PROPOSALS, row[at_proposal : start + len(COLUMNS)], _proposal),
    )


def expiry_in(values: Sequence[Any]) -> Expiry:
    """The expiry that a row of `expiries` stands for; values are of their columns' types."""
    _, until, then, asked = values
    return Expiry(from_stored(until), then, asked)


def hold_in(values: Sequence[Any]) -> Hold:
    """The hold that a row of `holds` stands for."""
    _, by = values
    return Hold(by)


def proposal_in(values: Sequence[Any]) -> Proposal:
    """The proposal that a row of `proposals` stands for."""
    _, status_id, by, time = values
    return Proposal(status_id, by, from_stored(time))


def save(connection: Connection, changed: Sequence[tuple[Service, Service]]) -> None:
    """Store the layers of services as they are, where they are not as they were before.

    `changed` are pairs of what is stored and what is to be.
    """
    for layer in _LAYERS:
        layer.save(connection, changed)


def _one(readable: Readable, values: Sequence[Any], made: Callable[[Sequence[Any]], T]) -> T | None:
    return None if values[0] is None else readable.one(values, made)


def _expiry(values: Sequence[Any]) -> Expiry:
    expiry = expiry_in(values)
    if expiry.then is not None:
        _assert_settable(expiry.then)
    return expiry


def _hold(values: Sequence[Any]) -> Hold:
    hold = hold_in(values)
    if not hold.by:
        raise ValueError("nobody holds it")
    return hold


def _proposal(values: Sequence[Any]) -> Proposal:
    proposal = proposal_in(values)
    _assert_settable(proposal.status_id)
    return proposal


def _assert_settable(status_id: int) -> None:
    if status_id not in SETTABLE:
        raise ValueError(f"status {status_id!r}")


class _Layer:
    """How one kind of layer is stored; `of` finds it in a service, `values` its row."""

    def __init__(
        self,
        table: Table,
        of: Callable[[Service], Any],
        values: Callable[[Any], tuple[Any, ...]],
    ) -> None:
        self._of, self._values = of, values
        self._names = [column.name for column in table.columns]
        # A parameter must not have a column's name.
        self._delete = Bulk(
            delete(table).where(table.c.service_id == bindparam("of_id")), ["of_id"]
        )
        self._insert = Bulk(insert(table), self._names)

    def save(self, connection: Connection, changed: Sequence[tuple[Service, Service]]) -> None:
        of = self._of
        differing = [now_is for was, now_is in changed if of(was) != of(now_is)]
        if not differing:
            return
        # One that could not be read stands there, too.
        self._delete.execute(connection, [{"of_id": service.id} for service in differing])
        rows = [
            dict(zip(self._names, (service.id, *self._values(layer)), strict=True))
            for service in differing
            if (layer := of(service)) is not None
        ]
        self._insert.execute(connection, rows)


_LAYERS = (
    _Layer(
        expiries,
        lambda service: service.expiry,
        lambda expiry: (to_stored(expiry.until), expiry.then, expiry.asked),
    ),
    _Layer(holds, lambda service: service.hold, lambda hold: (hold.by,)),
    _Layer(
        proposals,
        lambda service: service.proposal,
        lambda proposal: (proposal.status_id, proposal.by, to_stored(proposal.time)),
    ),
)
