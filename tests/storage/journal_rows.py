"""Journal rows as a newer version, another program or a fault of the disk leaves them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from sqlalchemy import text

from izzitup_desktop.storage.engine import Database

ROW: dict[str, Any] = {
    "time": 1_700_000_000_000_000, "actor": "zoe", "account_id": None, "origin": "desktop",
    "kind": "service.confirmed", "subject": "service", "subject_id": 1, "subject_name": "E-Mail",
    "before": "", "after": "", "comment": "", "undoes": None, "step": 1,
}  # fmt: skip

UNREADABLE: tuple[dict[str, Any], ...] = (
    {"after": "{"},
    {"after": "[1]"},
    {"before": "null"},
    {"before": "\x00"},
    {"after": '{"a": NaN}'},
    {"after": '{"a": "\\ud800"}'},
    {"after": "[" * 100_000},
    {"after": '{"a":' * 100_000},
    {"time": -(2**62)},
    {"time": 2**62},
    {"time": 253_402_300_799_999_999},
    {"kind": ""},
    {"kind": "service.\nforged"},
    {"kind": "k" * 10_000},
    {"origin": ""},
    {"kind": "service.status", "before": '{"status":5}', "after": "{}"},
    {"kind": "service.status", "before": '{"status":5}', "after": '{"status":"6"}'},
    {"kind": "service.status", "before": '{"status":99}', "after": '{"status":6}'},
    {"kind": "service.terms", "after": '{"until":"yesterday"}'},
    {"kind": "service.terms", "after": '{"until":"2026-01-01T00:00:00"}'},
    {"kind": "service.terms", "after": '{"held_by":7}'},
    {"kind": "service.wished", "after": "{}"},
    {"kind": "service.mistake", "after": "{}"},
    {"kind": "service.mistake", "after": '{"mistake x":true}'},
    {"kind": "service.moved", "after": '{"position":"1"}', "before": '{"position":1}'},
    {"kind": "service.edited", "after": '{"name":5}'},
    {"before": None},
    {"after": None},
    {"comment": None},
    {"actor": None},
    {"kind": None},
    {"origin": None},
    {"subject_name": None},
    {"time": None},
    {"step": None},
)
UNREADABLE_IN_SQLITE: tuple[dict[str, Any], ...] = (
    {"time": "noon"},
    {"time": 1.5},
    {"after": b"\x80\xff"},
    {"actor": b"zoe"},
    {"subject_id": "x"},
    {"account_id": "x"},
    {"undoes": b"1"},
    {"step": "first"},
    {"kind": b"service.added"},
)
CARRIED: tuple[dict[str, Any], ...] = (
    {"kind": "incident.opened", "subject": "incident"},
    {"kind": "service.blessed", "after": '{"blessing":"long"}'},
    {"kind": "nonsense", "subject": "nonsense"},
    {"origin": "satellite"},
    {"after": '{"owner":"Anna","colour":[1,2]}', "kind": "service.edited", "before": "{}"},
)


def loosen(database: Database) -> None:
    """Take what keeps a column from being NULL away from the journal."""
    if database.is_shared:
        with database.writing_connection() as connection, connection.begin():
            for column in ROW:
                connection.execute(text(f"ALTER TABLE journal ALTER COLUMN {column} DROP NOT NULL"))
        return
    assert database.path is not None
    with closing(sqlite3.connect(database.path, isolation_level=None)) as file:
        file.execute("PRAGMA writable_schema=ON")
        file.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'journal'"
        )
        version = file.execute("PRAGMA schema_version").fetchone()[0]
        file.execute(f"PRAGMA schema_version={version + 1}")


def put(database: Database, entry_id: int, **fields: Any) -> None:
    """Insert a row as it is."""
    row = {**ROW, "id": entry_id, **fields}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    with database.writing_connection() as connection, connection.begin():
        connection.execute(text(f"INSERT INTO journal ({names}) VALUES ({values})"), row)
        if database.is_shared:
            connection.execute(text("NOTIFY izzitup_journal"))


def put_no_text(database: Database, entry_id: int) -> None:
    """Insert a row whose words are bytes that are no text (SQLite)."""
    put(database, entry_id)
    with database.writing_connection() as connection, connection.begin():
        connection.execute(
            text(
                "UPDATE journal SET actor = CAST(x'7a6fff' AS TEXT), "
                "comment = CAST(x'c328' AS TEXT) WHERE id = :id"
            ),
            {"id": entry_id},
        )
