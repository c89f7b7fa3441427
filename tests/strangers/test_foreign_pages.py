"""A page of another site can neither change the board nor read it, nor have anybody sign in."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from izzitup_desktop.domain.public_board import PageChoices
from tests.builders import GOOD_PASSWORD
from tests.counting import statements
from tests.server.v1.world import ADMINISTRATOR, World, sqlite_world, state
from tests.strangers.chromium import Chromium, chromium

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(300)]

ATTACK = Path(__file__).with_name("attack.js").read_bytes()
PAGE = b"<!DOCTYPE html><title>Kittens</title><body><script src=/attack.js></script>"
OF_PEOPLE = re.compile(r"\b(accounts|account_groups|tokens)\b")
"""In a statement: who signs in, by whatever."""

ELSEWHERE = "evil.example"
"""A name of the attacker's, which leads to the reader's own computer."""


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_script = self.path == "/attack.js"
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.end_headers()
        self.wfile.write(ATTACK if is_script else PAGE)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """The port of a site that is not ours."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    serving.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium(f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1") as opened:
        yield opened


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with sqlite_world(tmp_path) as made:
        made.server.show(PageChoices(title="Example Ltd.", origins=("https://wiki.example",)))
        yield made


def bodies(world: World) -> list[tuple[str, str, str]]:
    """What would change a status, or try passwords: the first of them knows the right one."""
    found = [
        (
            "POST", "/api/services",
            json.dumps({
                "action": "setstatus", "service": world.mail.id, "status": 7,
                "user": ADMINISTRATOR, "pwd": password, "comment": "",
            }, separators=(",", ":")),
        )
        for password in (GOOD_PASSWORD, *(f"guess {number}" for number in range(8)))
    ]  # fmt: skip
    path = f"/api/v1/services/{world.mail.id}/status"
    return [*found, ("PUT", path, '{"status":7,"comment":""}'), ("POST", path, '{"status":7}')]


def attacks(world: World, browser: Chromium, origin: str) -> dict[str, str]:
    """What came of everything that the page tried."""
    browser.open(origin)
    address = json.dumps(world.server.state.url)
    found: dict[str, str] = browser.reveal(f"run({address}, {json.dumps(bodies(world))})")
    return found


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", ELSEWHERE])
def test_a_page_of_another_origin_changes_nothing_and_reads_nothing(
    world: World, browser: Chromium, site: int, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = state(world)
    with caplog.at_level(logging.INFO), statements() as asked:
        found = attacks(world, browser, f"http://{name}:{site}/")
    assert len(found) > 100
    assert [what for what in found.items() if what[1].startswith("read")] == []
    loaded = {name for name, what in found.items() if what == "loaded"}
    assert loaded <= {"img /badge/overall.svg"}
    assert found["names"] == ""
    assert found["canvas"] == "closed"
    assert state(world) == before
    # Nobody was looked up, so that nothing was counted against them either.
    assert [line for _, line in asked if OF_PEOPLE.search(line)] == []
    assert "sign-in" not in caplog.text
    told = world.ask("PUT", f"/services/{world.mail.id}/status", {"status": 6}, who=ADMINISTRATOR)
    assert told.status == 200


def test_a_name_that_was_turned_to_the_board_reads_and_changes_nothing(
    world: World, browser: Chromium
) -> None:
    before = state(world)
    port = world.server.state.port
    browser.open(f"http://{ELSEWHERE}:{port}/")
    assert browser.reveal("location.origin") == f"http://{ELSEWHERE}:{port}"
    read = """(async (bodies) => {
      const asked = ["/", "/api/services", "/api/v1/services", "/api/v2/summary.json"].map((path) => fetch(path));
      const sent = bodies.map(([method, path, body]) => fetch(path, { method, body }));
      return Promise.all([...asked, ...sent].map(async (one) => (await one).status));
    })"""
    statuses = browser.reveal(f"{read}({json.dumps(bodies(world))})")
    assert set(statuses) == {421}
    assert state(world) == before


def test_the_same_page_on_the_boards_own_origin_would_have_read_it(
    world: World, browser: Chromium
) -> None:
    """What is refused to others is not refused for being asked badly."""
    browser.open(world.server.state.url)
    browser.reveal(f"{ATTACK.decode()};window.fetched = fetched, 0")
    assert browser.reveal("fetched('/api/v2/summary.json', {mode: 'cors'})").startswith("read 200")
