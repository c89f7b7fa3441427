"""What every acceptance test stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desktop.sessions import delete_windows


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Windows of a test are gone before the next one dresses the application."""
    yield
    delete_windows()
