"""What a database's errors mean: told by codes, whatever words stand in them."""

from __future__ import annotations

import sqlite3

import psycopg.errors
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from izzitup_desktop.domain.errors import Conflict, Unavailable
from izzitup_desktop.storage.reasons import translated

WORDS = "no such service: locked, busy, full, readonly, disk i/o, malformed, unable to open"


def sqlite_error(code: int, text: str = "x") -> OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return OperationalError("SELECT", {"password": "s3cret"}, error)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_BUSY, "locked by another program"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "locked by another program"),
        (sqlite3.SQLITE_LOCKED, "locked by another program"),
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "read-only"),
        (sqlite3.SQLITE_IOERR_FSYNC, "disk reported an error"),
        (sqlite3.SQLITE_CANTOPEN, "can't be opened"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged"),
        (sqlite3.SQLITE_NOTADB, "damaged"),
        (sqlite3.SQLITE_ERROR, "can't be used now"),
    ],
)
def test_sqlite_s_codes_say_what_happened(code: int, reason: str) -> None:
    told = translated(sqlite_error(code), "/nowhere/izzitup.db")
    assert isinstance(told, Unavailable)
    assert reason in str(told)


def test_words_in_an_error_mean_nothing() -> None:
    told = str(translated(sqlite_error(sqlite3.SQLITE_ERROR, WORDS), "/nowhere/izzitup.db"))
    assert told == f"The database can't be used now: {WORDS}"
    error = OperationalError("SELECT", {}, psycopg.errors.UndefinedTable(WORDS))
    assert WORDS in str(translated(error, "postgresql://x/y"))


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (psycopg.errors.LockNotAvailable(WORDS), "locked by another program"),
        (psycopg.errors.QueryCanceled(WORDS), "took too long"),
        (psycopg.errors.DiskFull(WORDS), "disk is full"),
        (psycopg.errors.ReadOnlySqlTransaction(WORDS), "only be read"),
        (psycopg.errors.TooManyConnections(WORDS), "no more connections"),
        (psycopg.errors.SerializationFailure(WORDS), "same moment"),
    ],
)
def test_postgresql_s_states_say_what_happened(cause: Exception, reason: str) -> None:
    told = str(translated(OperationalError("SELECT", {}, cause), "postgresql://x/y"))
    assert reason in told
    assert WORDS not in told


def test_a_name_taken_at_the_same_moment_is_a_conflict() -> None:
    error = IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE"))
    assert isinstance(translated(error, "x"), Conflict)


def test_values_of_a_statement_are_not_told() -> None:
    told = translated(StatementError("bad", "SELECT", {"p": "s3cret"}, ValueError("no")), "x")
    assert "s3cret" not in str(told)
