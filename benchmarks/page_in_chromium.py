"""The page in a browser: when it is painted, and when a change is on it.

The first paint of a page of 100 services, script off, beside that of a page of one line
with the same style sheet, each by a new profile in turn. Then changes by the API, from
before the request to when the open page shows them. The environment's `CHROMIUM` names
the browser; without it this is left out. It is driven by Playwright, from npm.
Run it as `CHROMIUM=/usr/bin/chromium python -m benchmarks.page_in_chromium`.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.figures import compare, leave_out, note, percentile, say
from benchmarks.goals import CHROMIUM, ON_PAGE, PAINT
from benchmarks.page import SERVICES
from benchmarks.scale import sized
from benchmarks.serving import PASSWORD, USER, Board, make_board, served
from izzitup_desktop.platform.paths import resource
from tests.strangers.chromium import Chromium, chromium

PAINTS, CHANGES = sized(15, 1), sized(50, 2)
APART_SECONDS = 1.6
"""A page that is open asks once a second and a half at most."""

WORDS = {6: "Impaired", 7: "Outage"}
_CREDENTIALS = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_WATCH = """
window.seen = [];
new MutationObserver(() => {
  const word = document.querySelector("#s1 .w").textContent;
  if (seen.at(-1)?.[1] !== word) seen.push([performance.timeOrigin + performance.now(), word]);
}).observe(groups, { subtree: true, childList: true, characterData: true });
0
"""


class Quiet(ThreadingHTTPServer):
    """Says nothing of a browser that leaves."""

    def handle_error(self, _request: object, _address: object) -> None:
        """Nobody waits for it."""


@contextmanager
def bare() -> Iterator[str]:
    """The address of a page of one line, styled as the board's pages are."""
    style = resource("page", "board.css").read_bytes()
    line = b"<!DOCTYPE html><title>Bare</title><link rel=stylesheet href=/board.css><p>Here I am"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            content, kind = (style, "text/css") if "css" in self.path else (line, "text/html")
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    server = Quiet(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def first_paint(browser: Chromium, address: str) -> float:
    """Milliseconds from the navigation to the first paint of something, in a new profile."""
    browser.open(address, javaScriptEnabled=False)
    browser.wait(f"{_PAINTED} !== undefined")
    found: float = browser.reveal(_PAINTED)
    browser.leave()
    return found


def measure_paint(browser: Chromium, address: str) -> None:
    """In turn with the bare page."""
    with bare() as reference:
        first_paint(browser, reference)
        rounds = [
            (first_paint(browser, address), first_paint(browser, reference)) for _ in range(PAINTS)
        ]
    ours, bares = (statistics.median(column) for column in zip(*rounds, strict=True))
    compare(PAINT, ours, "ms", "the bare page's", bares)


def set_status(board: Board, status: int) -> None:
    """As a script does."""
    connection = http.client.HTTPConnection("127.0.0.1", board.port)
    headers = {"Authorization": f"Basic {_CREDENTIALS}", "Content-Type": "application/json"}
    body = json.dumps({"status": status})
    connection.request("PUT", "/api/v1/services/K1/status", body, headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    connection.close()


def measure_changes(browser: Chromium, board: Board, address: str) -> None:
    """Changes of one service, one after the other."""
    browser.open(address)
    browser.wait("document.getElementById('s1') !== null")
    browser.reveal(_WATCH)
    taken = []
    # The first change loads what sets a status, and the page's second look.
    for number in range(CHANGES + 1):
        time.sleep(APART_SECONDS)
        status = (7, 6)[number % 2]
        begin = time.time()
        set_status(board, status)
        browser.wait(f"seen.at(-1)?.[1] === {json.dumps(WORDS[status])}")
        taken.append(browser.reveal("seen.at(-1)[0]") - begin * 1_000)
    taken = taken[1:]
    note("change to the open page, median", f"{statistics.median(taken):.0f} ms")
    say(ON_PAGE, percentile(taken, 99), "ms")


def main() -> None:
    """Measure and print."""
    if not os.environ.get(CHROMIUM):
        leave_out("page_in_chromium", f"the environment's {CHROMIUM} names no browser")
        return
    with (
        tempfile.TemporaryDirectory() as name,
        served(make_board(Path(name) / "board", SERVICES)) as board,
        chromium() as browser,
    ):
        address = f"http://127.0.0.1:{board.port}/?lang=en"
        measure_paint(browser, address)
        measure_changes(browser, board, address)


if __name__ == "__main__":
    main()
