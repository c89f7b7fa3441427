from __future__ import annotations

import pytest

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.hosts import checked_host


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1%eth0", "localhost", "board.example", "büro.example",
     "a_b", "x1", "board.example."],
)  # fmt: skip
def test_addresses_and_names_are_taken(host: str) -> None:
    assert checked_host(f" {host} ") == host


@pytest.mark.parametrize(
    "host",
    ["", " ", "\t", "0", "00", "0.0", "0.0.0", "0x0", "0x", "0.0.0.0.", "1", "127.1", "010.0.0.1",
     "2130706433", "\uff10", "\uff10.0", "0。0", "a b", "a/b", "a:b", "[::1]", "http://a", "-", "-a", "*",
     ".", "a..b", "a" * 64, "a." * 200, "a@b", "a\nb", "\udcff", "a,b"],
)  # fmt: skip
def test_what_a_resolver_may_take_for_every_network_is_refused(host: str) -> None:
    with pytest.raises(Invalid):
        checked_host(host)
