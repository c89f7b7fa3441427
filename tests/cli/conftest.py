"""What several tests of the command line stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.twin import Twin, twins


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    """A board here and its twin there; tests of a module share them."""
    with twins(tmp_path_factory.mktemp("twin")) as found:
        yield found
