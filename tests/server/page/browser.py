"""Pages in Chromium, served as the real server does, with what is asked for noted."""

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

from izzitup_desktop.server.page.assets import FILES, page_asset
from izzitup_desktop.server.page.formats import Document
from tests.made_public_boards import public_board, wanted

MEASURE_EVERY = "setInterval(() => {{ document.documentElement.dataset.measured = JSON.stringify(({})()); }}, 100);"
"""A script that notes in the page what a function finds in it."""

Paths = list[str]


@contextmanager
def site(
    path: str, document_of: Callable[[int], Document | None], measure: str = "() => null"
) -> Iterator[tuple[str, Paths]]:
    """Serves a document at the path, that of the first request by 0 and so on; None: refuses it.

    It has its own policy, and a script of ours that measures. There is no stream. Gives
    the address of the page, and the paths that were asked for.
    """
    turns = iter(range(1_000))
    asked: Paths = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = urlsplit(self.path).path
            asked.append(here)
            document = None
            if here == path:
                document = document_of(next(turns))
            elif here == "/measure.js":
                script = MEASURE_EVERY.format(measure)
                document = Document(script.encode(), "text/javascript")
            elif (name := here.removeprefix("/page/")) in FILES:
                document = page_asset(public_board(), wanted({"asset": name}))
            self.answer(document)

        def answer(self, document: Document | None) -> None:
            content = b"" if document is None else document.content
            content = content.replace(b"</head>", b'<script src="/measure.js"></script></head>')
            self.send_response(503 if document is None else 200)
            if document is not None:
                self.send_header("content-type", document.media_type)
                if document.policy:
                    self.send_header("content-security-policy", document.policy)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}", asked
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def opened(url: str, folder: Path, size: str = "1920,1080", milliseconds: int = 2_000) -> str:
    """The elements of a page after some time, which passes as fast as the browser can."""
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
    return ended.stdout


def measured(html: str) -> Any:
    """What the script found last."""
    found = re.search(r'data-measured="([^"]*)"', html)
    assert found, html[:500]
    return json.loads(unescape(found.group(1)))
