"""Layers of statuses: stored set by set, where they differ, beside what can't be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Connection, event, text

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.storage import services
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import database_at
from tests.examples import share_of

pytestmark = pytest.mark.soak_on_postgresql

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIMES = st.datetimes(
    datetime(1970, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC)
)  # fmt: skip
STATUSES = st.sampled_from((5, 6, 7))
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
EXPIRIES = st.none() | st.builds(Expiry, TIMES, st.none() | STATUSES, st.booleans())
HOLDS = st.none() | st.builds(Hold, NAMES)
PROPOSALS = st.none() | st.builds(Proposal, STATUSES, NAMES, TIMES)
COUNT = 3

Layered = tuple[Expiry | None, Hold | None, Proposal | None]


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    yield opened
    opened.close()


@contextmanager
def services_in(database: Database) -> Iterator[tuple[Connection, list[Service]]]:
    """A connection whose transaction is taken back, and services in it."""
    with database.writing_connection() as connection:
        transaction = connection.begin()
        yield (
            connection,
            [
                services.insert(
                    connection, ServiceDraft(f"S{number}"), status_id=5, time=NOW, by="alice"
                )
                for number in range(COUNT)
            ],
        )
        transaction.rollback()


def layered(service: Service, layers: Layered) -> Service:
    expiry, hold, proposal = layers
    return replace(service, expiry=expiry, hold=hold, proposal=proposal)


@contextmanager
def written_in(connection: Connection) -> Iterator[list[str]]:
    """The tables that statements inside write, in order."""
    found: list[str] = []

    def note(statement: str) -> None:
        verb, *words = statement.split()
        if verb in ("INSERT", "DELETE", "UPDATE"):
            told = f"{verb} {words[0 if verb == 'UPDATE' else 1]}"
            # SQLite tells of a statement once for each of its rows.
            if told not in found[-1:]:
                found.append(told)

    def execute(_c: object, _cursor: object, statement: str, *_: object) -> None:
        note(statement)

    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.set_trace_callback(note)
        yield found
        driver.set_trace_callback(None)
        return
    event.listen(connection, "before_cursor_execute", execute)
    yield found
    event.remove(connection, "before_cursor_execute", execute)


@settings(
    max_examples=share_of(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.lists(st.tuples(EXPIRIES, HOLDS, PROPOSALS), min_size=COUNT, max_size=COUNT),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_stored_is_read_back_whatever_was_there(
    database: Database, versions: list[list[Layered]]
) -> None:
    with services_in(database) as (connection, added):
        was = added
        for layers in versions:
            now_are = [layered(*pair) for pair in zip(was, layers, strict=True)]
            services.save_statuses(connection, list(zip(was, now_are, strict=True)))
            assert services.listed(connection) == tuple(now_are)
            assert services.get(connection, was[0].id) == now_are[0]
            was = now_are


# Few, so that one often follows its like.
FEW_LAYERS = st.tuples(
    st.sampled_from((None, Expiry(NOW, 5))),
    st.sampled_from((None, Hold("alice"))),
    st.sampled_from((None, Proposal(7, "monitor", NOW))),
)
PUTS = st.lists(st.tuples(st.integers(0, COUNT - 1), FEW_LAYERS, st.booleans()), max_size=5)


@settings(
    max_examples=share_of(100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(PUTS, st.booleans()), max_size=5))
def test_a_refused_use_case_leaves_the_layers_as_they_were(
    database: Database, use_cases: list[tuple[list[tuple[int, Layered, bool]], bool]]
) -> None:
    with services_in(database) as (connection, added):
        ids = [service.id for service in added]
        expected = {service.id: service for service in added}
        transaction = Transaction(connection, 0)
        for puts, is_refused in use_cases:
            transaction.begin_use_case()
            changed = dict(expected)
            for number, layers, reads in puts:
                if reads:
                    # A use case with SQL of its own: all before it is stored.
                    assert services.many(transaction.connection, ids) == tuple(changed.values())
                was = transaction.service(ids[number])
                assert was is not None
                now_is = layered(was, layers)
                transaction.put(now_is, was=was)
                changed[was.id] = now_is
            if is_refused:
                transaction.roll_back_use_case()
            else:
                transaction.end_use_case()
                expected = changed
        transaction.store()
        assert services.listed(connection) == tuple(expected.values())


def test_a_status_without_layers_is_stored_by_one_statement(database: Database) -> None:
    with services_in(database) as (connection, found):
        changed = [(service, replace(service, status_id=7)) for service in found]
        with written_in(connection) as written:
            services.save_statuses(connection, changed)
        assert written == ["UPDATE services"]


def test_only_the_layers_that_differ_are_stored_all_of_a_kind_together(
    database: Database,
) -> None:
    with services_in(database) as (connection, found):
        held = [replace(service, hold=Hold("alice")) for service in found]
        with written_in(connection) as written:
            services.save_statuses(connection, list(zip(found, held, strict=True)))
        assert written == ["UPDATE services", "DELETE holds", "INSERT holds"]
        again = [replace(service, status_id=6) for service in held]
        with written_in(connection) as written:
            services.save_statuses(connection, list(zip(held, again, strict=True)))
        assert written == ["UPDATE services"]
        with written_in(connection) as written:
            services.save_statuses(connection, list(zip(again, found, strict=True)))
        assert written == ["UPDATE services", "DELETE holds"]


def test_layers_go_with_the_service_that_is_deleted_for_good(database: Database) -> None:
    with services_in(database) as (connection, (first, second, _)):
        layers = (Expiry(NOW, 5), Hold("alice"), Proposal(7, "monitor", NOW))
        pairs = [(service, layered(service, layers)) for service in (first, second)]
        services.save_statuses(connection, pairs)
        services.purge(connection, first.id)
        for table in ("expiries", "holds", "proposals"):
            left = connection.execute(text(f"SELECT service_id FROM {table}")).scalars().all()
            assert left == [second.id]


def test_what_is_due_is_found_by_its_expiry(database: Database) -> None:
    with services_in(database) as (connection, (over, asked, later)):
        end = datetime(2026, 2, 1, tzinfo=UTC)
        expiries = (Expiry(NOW), Expiry(NOW, asked=True), Expiry(end))
        now_are = [
            replace(service, expiry=expiry)
            for service, expiry in zip((over, asked, later), expiries, strict=True)
        ]
        services.save_statuses(connection, list(zip((over, asked, later), now_are, strict=True)))
        assert services.due(connection, NOW) == ((now_are[0], Expiry(NOW)),)
        assert [service for service, _ in services.due(connection, end)] == [
            now_are[0], now_are[2],
        ]  # fmt: skip
