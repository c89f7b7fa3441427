"""Under which addresses the API answers."""

from __future__ import annotations

from izzitup_desktop.server.host_names import machine_names
from izzitup_desktop.server.served import Reach, served
from izzitup_desktop.server.state import ServerKind, ServerState


def state(host: str, **others: object) -> ServerState:
    url = "http://192.0.2.7:8475"
    return ServerState(ServerKind.SERVING, host, 8475, url, **others)  # type: ignore[arg-type]


def test_on_this_computer_alone_nothing_is_promised_to_others() -> None:
    (only,) = served(state("127.0.0.1"), ["board.lan"])
    assert (only.url, only.reach) == ("http://127.0.0.1:8475", Reach.HERE)


def test_on_all_networks_addresses_come_before_names_and_this_computer_last() -> None:
    found = served(state("0.0.0.0"), ["board.lan"])
    names = [one.url for one in found if one.reach is Reach.NAME]
    assert "http://board.lan:8475" in names
    assert {f"http://{name}:8475" for name in machine_names()} <= set(names)
    assert found[-1].url == "http://127.0.0.1:8475"
    places = [list(Reach).index(one.reach) for one in found[:-1]]
    assert places == sorted(places)


def test_an_address_of_version_6_stands_in_brackets() -> None:
    (only,) = served(state("::1"), [])
    assert only.url == "http://[::1]:8475"


def test_what_is_served_over_https_alone_has_no_plain_address() -> None:
    found = served(
        ServerState(
            ServerKind.SERVING, "127.0.0.1", 0, "https://127.0.0.1:8476",
            secure_port=8476, secure_url="https://127.0.0.1:8476",
        ),
        [],
    )  # fmt: skip
    assert [one.url for one in found] == ["https://127.0.0.1:8476"]
    assert all(one.is_encrypted for one in found)


def test_a_server_that_does_not_serve_has_no_address() -> None:
    assert served(ServerState(ServerKind.FAILED, "0.0.0.0", 8475), ["x"]) == ()
