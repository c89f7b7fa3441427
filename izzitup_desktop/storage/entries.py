"""Journal rows as entries, and back: what can't be read is left out, and told once."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable, Row
from sqlalchemy.exc import OperationalError

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.storage.times import from_stored, to_stored

log = logging.getLogger(__name__)

KNOWN = "izzitup_vocabulary"
"""The execution option of a connection that has the vocabulary its entries are checked by."""

_TOLD_MOST = 10_000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_YEARS = range(1900, 9000)
"""Times beyond can't be shown everywhere: local time would leave what a date can be."""


def rows_of(
    connection: Connection, query: Executable, values: Mapping[str, Any] | None = None
) -> Sequence[Row[Any]]:
    """All rows of a query on the journal, also where SQLite holds bytes that are no text."""
    try:
        return connection.execute(query, dict(values or {})).all()
    except OperationalError as error:
        if connection.dialect.name != "sqlite" or "UTF-8" not in str(error.orig):
            raise
    driver: Any = connection.connection.driver_connection
    usual = driver.text_factory
    driver.text_factory = _replaced
    try:
        return connection.execute(query, dict(values or {})).all()
    finally:
        driver.text_factory = usual


def entries_of(connection: Connection, rows: Iterable[Row[Any]]) -> tuple[Entry, ...]:
    """The entries of rows; a row that can't be read is left out, and logged once."""
    vocabulary = connection.get_execution_options().get(KNOWN, VOCABULARY)
    found = []
    for row in rows:
        try:
            found.append(entry_of(row, vocabulary))
        except (ValueError, OverflowError, RecursionError) as error:
            where = connection.engine.url.render_as_string(hide_password=True)
            _tell(where, row.id, str(error))
    return tuple(found)


@lru_cache(maxsize=256)
def _kind_of(name: object) -> Kind:
    """One for all entries of it. Raises ValueError for what can't be a name."""
    return Kind(name)


def entry_of(row: Row[Any], vocabulary: Vocabulary) -> Entry:
    """The entry of a row. Raises ValueError, OverflowError or RecursionError for a damaged one."""
    kind = _kind_of(row.kind)
    before, after = _loaded(row.before), _loaded(row.after)
    vocabulary.check(kind, before, after)
    time = from_stored(_number(row.time))
    if time.year not in _YEARS:
        raise ValueError(f"{time} is no time of ours")
    return Entry(
        id=_number(row.id),
        time=time,
        actor=_text(row.actor),
        account_id=_number_or_none(row.account_id),
        origin=Origin.named(row.origin),
        kind=kind,
        subject_id=_number(row.subject_id),
        subject_name=_text(row.subject_name),
        before=before,
        after=after,
        comment=_text(row.comment),
        undoes=_number_or_none(row.undoes),
        operation_id=_number(row.step),
    )


def row_of(entry: Entry) -> dict[str, Any]:
    """The row that an entry is stored as."""
    return {
        "id": entry.id,
        "time": to_stored(entry.time),
        "actor": entry.actor,
        "account_id": entry.account_id,
        "origin": entry.origin.value,
        "kind": entry.kind.value,
        "subject": entry.kind.subject,
        "subject_id": entry.subject_id,
        "subject_name": entry.subject_name,
        "before": _dumped(entry.before),
        "after": _dumped(entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
        "step": entry.operation_id,
    }


@lru_cache(_TOLD_MOST)
def _tell(where: str, entry_id: int, reason: str) -> None:
    # Kept by its arguments: pages read the same rows again and again.
    log.warning("entry %d of the journal in %s can't be read: %s", entry_id, where, reason)


def _replaced(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        # repr() of something long would fill the log.
        raise ValueError(f"{value!r:.80} is no text")  # noqa: TRY004 (a damaged row is one error)
    value.encode()
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r:.80} is no number")  # noqa: TRY004 (as above)
    return value


def _number_or_none(value: Any) -> int | None:
    return None if value is None else _number(value)


def _dumped(fields: Mapping[str, Any]) -> str:
    return _ENCODE(fields) if fields else ""


def _loaded(text: Any) -> dict[str, Any]:
    loaded = json.loads(_text(text), parse_constant=_refused) if text != "" else {}
    if not isinstance(loaded, dict):
        raise ValueError(f"{text!r:.80} is no JSON object")  # noqa: TRY004 (as above)
    if "\\u" in text:
        # A lone surrogate is JSON, and could be neither shown nor written.
        json.dumps(loaded, ensure_ascii=False).encode()
    return loaded


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
