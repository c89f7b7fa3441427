"""The wall in Chromium: everything on one screen, what is new soon on it, a lost contact told."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.html.assets import FILES, page_asset
from izzitup_desktop.server.page.wall import wall
from tests.made_public_boards import grouped, public_board, service, wanted

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NAMES = ("Mail", "Customer portal", "Uninterruptible power supply west wing", "DNS", "Wi-Fi guests")

MEASURE = """
const measure = () => {
  const inside = (box) => box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  const shown = [...document.querySelectorAll(".tile, .flow li")].filter((one) => !one.hidden);
  const out = shown.filter((one) => !inside(one.getBoundingClientRect()));
  const size = (query) => parseFloat(getComputedStyle(document.querySelector(query) ?? document.body).fontSize);
  const cut = [...document.querySelectorAll(".tile")].filter((one) => one.scrollHeight > one.clientHeight + 1);
  document.documentElement.dataset.measured = JSON.stringify({
    shown: shown.length, out: out.length, cut: cut.length, large: size(".tiles"), small: size(".flow"), high: innerHeight,
    pages: document.querySelector(".pages").textContent, contact: document.querySelector(".contact").textContent,
    lost: document.documentElement.classList.contains("lost"),
    first: document.querySelector(".name").textContent,
    sentence: document.querySelector(".sentence").textContent,
  });
};
setInterval(measure, 100);
"""
"""Notes in the page what can be seen of it."""


def board(count: int, bad: int) -> PublicBoard:
    """So many services in groups of about twenty, every few of which are not fine."""
    services = []
    for id_ in range(1, count + 1):
        status = StatusId.OPERATIONAL
        if id_ <= bad:
            status = StatusId.OUTAGE if id_ % 2 else StatusId.IMPAIRED
        comment = "The disk is full; we are adding another." if id_ % 3 == 1 else ""
        name = f"{NAMES[id_ % len(NAMES)]} {id_}"
        services.append(service(id_, name, status, comment=comment))
    return public_board(
        grouped(
            *(
                (1 + start // 20, f"Group {start // 20}", services[start : start + 20])
                for start in range(0, count, 20)
            )
        )
    )


@contextmanager
def site(board_of: Callable[[int], PublicBoard | None]) -> Iterator[str]:
    """Serves the wall of a board, that of the first request by 0 and so on; None: refuses it."""
    asked = iter(range(1_000))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            kind, content = "", b""
            if path == "/wall":
                shown = board_of(next(asked))
                if shown is not None:
                    page = wall(shown, wanted("/wall")).content
                    content = page.replace(
                        b"</head>", b'<script src="/measure.js"></script></head>'
                    )
                    kind = "text/html; charset=utf-8"
            elif path == "/measure.js":
                kind, content = "text/javascript", MEASURE.encode()
            elif (name := path.removeprefix("/page/")) in FILES:
                found = page_asset(public_board(), wanted(path, {"asset": name}))
                assert found is not None
                kind, content = found.media_type, found.content
            # The stream is refused: what is seen here is that the wall asks beside it.
            self.send_response(200 if kind else 503)
            self.send_header("content-type", kind or "text/plain")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/wall"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def seen(url: str, folder: Path, size: str = "1920,1080", milliseconds: int = 2_000) -> Any:
    """What a wall looks like after some time, which passes as fast as the browser can."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no chromium here")
    ended = subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server",
            "--hide-scrollbars", f"--user-data-dir={folder}/profile", f"--window-size={size}",
            f"--virtual-time-budget={milliseconds}", "--dump-dom", url,
        ],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found = re.search(r'data-measured="([^"]*)"', ended.stdout)
    assert found, ended.stdout[:500]
    return json.loads(unescape(found.group(1)))


@pytest.mark.parametrize(
    ("count", "bad", "size"),
    [
        (6, 2, "1920,1080"), (40, 3, "1280,720"), (150, 5, "1080,1920"), (150, 40, "1920,1080"),
        (150, 5, "3840,2160"),
    ],
)  # fmt: skip
def test_all_services_are_on_one_screen_and_what_is_not_fine_is_larger(
    count: int, bad: int, size: str, tmp_path: Path
) -> None:
    with site(lambda _: board(count, bad)) as url:
        found = seen(url, tmp_path, size)
    assert (found["shown"], found["out"], found["cut"], found["pages"]) == (count, 0, 0, "")
    assert found["large"] > found["small"]
    assert found["first"] == f"{NAMES[1]} 1"


def test_600_services_that_are_fine_are_on_one_large_screen(tmp_path: Path) -> None:
    with site(lambda _: board(600, 0)) as url:
        found = seen(url, tmp_path, "3840,2160")
    assert (found["shown"], found["out"], found["pages"]) == (600, 0, "")
    assert found["small"] > found["high"] * 0.009


def test_what_has_no_room_is_on_further_pages_and_all_that_is_not_fine_on_each(
    tmp_path: Path,
) -> None:
    with site(lambda _: board(1_500, 8)) as url:
        found = seen(url, tmp_path)
        later = seen(url, tmp_path, milliseconds=14_000)
    assert re.fullmatch(r"1 of \d", found["pages"])
    assert later["pages"] == found["pages"].replace("1 of", "2 of")
    assert found["first"] == later["first"]
    assert found["small"] > found["high"] * 0.012


def test_a_change_is_shown_without_the_stream_too(tmp_path: Path) -> None:
    with site(lambda turn: board(6, min(turn, 1))) as url:
        found = seen(url, tmp_path, milliseconds=14_000)
    assert found["sentence"] == f"{NAMES[1]} 1 is down"
    assert not found["lost"]


def test_a_wall_without_contact_says_since_when(tmp_path: Path) -> None:
    with site(lambda turn: board(6, 1) if turn == 0 else None) as url:
        found = seen(url, tmp_path, milliseconds=20_000)
    assert found["lost"]
    assert re.fullmatch(r"No contact since \d\d:\d\d", found["contact"])
    assert found["shown"] == 6


def test_a_wall_that_has_contact_again_says_nothing_of_it_any_more(tmp_path: Path) -> None:
    with site(lambda turn: None if 0 < turn < 3 else board(6, 1)) as url:
        found = seen(url, tmp_path, milliseconds=40_000)
    assert not found["lost"]
    assert not found["contact"]
