"""The journal of another board."""

from __future__ import annotations

from collections.abc import Sequence

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.told_fields import stored
from izzitup_desktop.remote.connection import Connection
from izzitup_desktop.remote.reading import Json, time_of


class RemoteJournal:
    """Its journal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, limit: int) -> Sequence[Entry]:
        """The newest entries, newest first."""
        with self._connection.understanding():
            return [entry_of(told) for told in self._connection.items("/journal", limit)]


def entry_of(told: Json) -> Entry:
    """An entry of the journal, its fields as they are stored."""
    subject, kind = told["subject"], Kind(told["kind"])
    spec = VOCABULARY.spec(kind)
    return Entry(
        id=told["id"],
        time=time_of(told["time"]),
        actor=told["actor"],
        account_id=told["account_id"],
        origin=Origin(told["origin"]),
        kind=kind,
        subject_id=subject["id"],
        subject_name=subject["name"],
        before=stored(spec, told["before"]),
        after=stored(spec, told["after"]),
        comment=told["comment"],
        undoes=told["undoes"],
        operation_id=told["operation_id"],
    )
