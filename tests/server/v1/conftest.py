"""Worlds of the API v1. A file whose tests share one world has its own fixture of the name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.v1.world import World, sqlite_world, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world of the test's own."""
    with sqlite_world(tmp_path) as made:
        yield made


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A world of the test's own, once on SQLite and once on PostgreSQL."""
    with world_in(database_url, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world for those whose change is refused: nobody changes it."""
    with sqlite_world(tmp_path_factory.mktemp("still")) as made:
        yield made
