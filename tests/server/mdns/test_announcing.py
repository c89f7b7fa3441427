"""A board that is announced by one process, found by another, and withdrawn at its end."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind, ServerState
from izzitup_desktop.server.lan import lan_address, reachable_addresses
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.mdns.announcer import Announcer
from izzitup_desktop.server.mdns.finder import found_boards
from izzitup_desktop.server.mdns.records import BOARDS, PAGES
from izzitup_desktop.server.tls.wish import TlsWish
from tests.builders import add_service, opened_board
from tests.cli.inside import done
from tests.cli.izzitup import ROOT
from tests.server.wire import DEADLINE_SECONDS

_BROWSE = """
import sys, time
from zeroconf import ServiceBrowser, Zeroconf
kind, wanted, gone = sys.argv[1], sys.argv[2], sys.argv[3] == "gone"
class Seen:
    found = False
    left = False
    def add_service(self, zeroconf, kind, name):
        if name == wanted:
            Seen.found = True
            print("added", flush=True)
    update_service = add_service
    def remove_service(self, zeroconf, kind, name):
        Seen.left = Seen.left or name == wanted
zeroconf = Zeroconf()
browser = ServiceBrowser(zeroconf, kind, Seen())
until = time.monotonic() + 20
while time.monotonic() < until and not (Seen.left if gone else Seen.found):
    time.sleep(0.05)
if not gone and Seen.found:
    info = zeroconf.get_service_info(kind, wanted)
    print(info.port, {k.decode(): (v or b"").decode() for k, v in info.properties.items()})
print("left" if Seen.left else "")
zeroconf.close()
"""
"""A stranger's browser of the network: zeroconf in a process of its own."""


@cache
def why_no_multicast() -> str:
    """Why nothing can be announced on this machine, "" when it can."""
    address = lan_address()
    if not address:
        return "this machine has no address but the loopback ones"
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hearing,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as saying,
    ):
        try:
            hearing.bind(("", 0))
            group = socket.inet_aton("224.0.0.251") + socket.inet_aton(address)
            hearing.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
            saying.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
            saying.sendto(b"?", ("224.0.0.251", hearing.getsockname()[1]))
            hearing.settimeout(2)
            hearing.recv(1)
        except OSError as error:
            return f"this machine hears no multicast of its own: {error}"
    return ""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("mdns")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)
        yield opened


@pytest.fixture
def server(board: Board) -> Iterator[EmbeddedServer]:
    made = EmbeddedServer(board, limits=Limits(look_seconds=0.2))
    yield made
    made.stop()


def announced(server: EmbeddedServer) -> str:
    """Its name on the network, once it has one."""
    if reason := why_no_multicast():
        pytest.skip(reason)
    state = server.wait_for(lambda state: bool(state.announced_as), DEADLINE_SECONDS)
    assert state is not None, server.state
    return state.announced_as


def browsing(kind: str, name: str, until: str = "found") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _BROWSE, kind, f"{name}.{kind}", until],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate(timeout=40)
    return said.splitlines()


def test_another_process_finds_it_and_hears_when_it_is_gone(
    server: EmbeddedServer, tmp_path: Path
) -> None:
    server.start("0.0.0.0", 0, tls=TlsWish(0, tmp_path), announce="Board of a test")
    name = announced(server)
    state = server.state
    port, told = ended(browsing(BOARDS, name))[1].split(" ", 1)
    assert int(port) == state.port
    for part in (f"'http': '{state.port}'", f"'https': '{state.secure_port}'", state.fingerprint):
        assert part in told
    port, told = ended(browsing(PAGES, name))[1].split(" ", 1)
    assert (int(port), told) == (state.port, "{'path': '/'}")
    waiting = browsing(BOARDS, name, "gone")
    assert waiting.stdout is not None
    assert waiting.stdout.readline() == "added\n"
    server.stop()
    assert ended(waiting)[-1] == "left"


@pytest.mark.soak
def test_discover_lists_it_for_people_and_programs(server: EmbeddedServer, home: Path) -> None:
    server.start(lan_address() or "127.0.0.1", 0, announce="Board to be discovered")
    name = announced(server)

    def listed(said: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(said)
        return [each for each in found if each["name"] == name]

    one = heard_of(listed, "--json")
    assert one["urls"] == [server.state.url]
    assert one["fingerprint"] is None
    heard_of(
        lambda said: [
            line for line in said.splitlines() if line.startswith(name) and server.state.url in line
        ]
    )


def heard_of(look: Callable[[str], list[Any]], *options: str) -> Any:
    """The one thing that `look` finds in what the command says, once it has heard of it."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not (found := look(done("discover", *options, "--timeout", "1"))):
        assert time.monotonic() < end
    (one,) = found
    return one


@pytest.mark.soak
def test_two_of_the_same_name_are_told_apart(board: Board, server: EmbeddedServer) -> None:
    server.start(lan_address() or "127.0.0.1", 0, announce="Twice on a network")
    first = announced(server)
    other = EmbeddedServer(board, limits=Limits(look_seconds=0.2))
    try:
        other.start(lan_address(), 0, announce="Twice on a network")
        assert announced(other) not in {first, ""}
    finally:
        other.stop()


@pytest.mark.soak
def test_a_change_of_the_port_is_announced_and_the_old_one_withdrawn(
    server: EmbeddedServer,
) -> None:
    server.start(lan_address() or "127.0.0.1", 0, announce="Moving board")
    name = announced(server)
    server.start(lan_address(), 0, announce="Moving board")
    server.wait_until([ServerKind.SERVING], DEADLINE_SECONDS)
    assert announced(server) == name
    (found,) = [one for one in found_boards(1.0) if one.name == name]
    assert found.urls == (server.state.url,)


def test_it_is_never_announced_for_this_computer_alone(server: EmbeddedServer) -> None:
    assert reachable_addresses("127.0.0.1") == reachable_addresses("::1") == ()
    assert reachable_addresses("localhost") == ()
    if reason := why_no_multicast():
        pytest.skip(reason)
    server.start("127.0.0.1", 0, announce="Board of nobody's business")
    server.wait_until([ServerKind.SERVING], DEADLINE_SECONDS)
    assert "Board of nobody's business" not in [one.name for one in found_boards(1.0)]
    assert server.state.announced_as == ""


def test_all_addresses_of_the_family_that_is_served_are_told_and_no_loopback_one() -> None:
    everywhere = reachable_addresses("0.0.0.0")
    assert all(":" not in address and not address.startswith("127.") for address in everywhere)
    assert all(":" in address for address in reachable_addresses("::"))
    assert reachable_addresses("192.0.2.77") == ("192.0.2.77",)
    assert reachable_addresses("no such host") == ()
    if lan_address():
        assert lan_address() in everywhere


def test_where_nothing_can_be_announced_a_line_of_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def follow() -> None:
        announcer = Announcer("Board", lambda: None)
        # An address that is none of this computer's, as one that was taken away.
        await announcer.follow(ServerState(ServerKind.SERVING, "192.0.2.77", 8475))
        async with asyncio.timeout(DEADLINE_SECONDS):
            while "can't announce the board on the network" not in caplog.text:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert announcer.name == ""
        await announcer.close()

    asyncio.run(follow())


def test_nothing_is_announced_unasked(server: EmbeddedServer) -> None:
    server.start("0.0.0.0", 0)
    server.wait_until([ServerKind.SERVING], DEADLINE_SECONDS)
    if reason := why_no_multicast():
        pytest.skip(reason)
    host = socket.gethostname()
    assert f":{server.state.port}" not in " ".join(
        url for one in found_boards(1.0) if one.name.startswith(host) for url in one.urls
    )
