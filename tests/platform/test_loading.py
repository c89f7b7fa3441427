from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from izzitup_desktop.platform.loading import loading


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.soak
def test_what_is_made_while_loading_is_never_looked_at_for_garbage() -> None:
    before = gc.get_freeze_count()
    with loading():
        assert not gc.isenabled()
        kept = [[number] for number in range(1_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)


def test_the_collector_is_left_as_it_was_within_another_loading_and_after_an_error() -> None:
    with loading():
        with loading():
            pass
        assert not gc.isenabled()
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()
