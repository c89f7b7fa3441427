"""nginx and Caddy before the board, with the configurations that docs/page.md has."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import BOB, add_service, opened_board
from tests.server.wire import serving
from tests.strangers.environments import RUN_SECONDS, debian_package

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

NAME = "status.example"
DOCUMENTED = (Path(__file__).parents[2] / "docs" / "page.md").read_text("utf-8")


def documented(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", DOCUMENTED, re.DOTALL | re.MULTILINE)
    return str(found)


@dataclass
class Behind:
    """The board behind a proxy that answers as `NAME` at this port."""

    server: EmbeddedServer
    mail: int
    port: int
    trusted: ssl.SSLContext
    set_status: Callable[[int, str], object]

    def connection(self) -> http.client.HTTPSConnection:
        made = http.client.HTTPSConnection(NAME, self.port, context=self.trusted, timeout=20)
        # The name is known to this test alone.
        plain = socket.create_connection(("127.0.0.1", self.port), 20)
        made.sock = self.trusted.wrap_socket(plain, server_hostname=NAME)
        return made

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, str], bytes]:
        with closing(self.connection()) as connection:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read()


def nginx(folder: Path, board: str, port: int, files: tuple[Path, Path]) -> list[str]:
    """nginx's command line: its configuration stands in the place of others of a server."""
    block = documented("nginx")
    for before, after in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("/etc/ssl/status.example.pem", str(files[0])),
        ("/etc/ssl/private/status.example.key", str(files[1])),
        ("http://127.0.0.1:8475", board),
    ):
        assert block.count(before) == 1, before
        block = block.replace(before, after)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}{block}}}\n",
        "utf-8",
    )
    program = debian_package("nginx") / "usr" / "sbin" / "nginx"
    return [str(program), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, board: str, port: int, files: tuple[Path, Path]) -> list[str]:
    """Caddy's command line; its own certificate comes from an authority that is not asked here."""
    block = documented("caddyfile")
    for before, after in (
        (f"{NAME} {{", f"{NAME}:{port} {{\n\ttls {files[0]} {files[1]}"),
        ("127.0.0.1:8475", board.removeprefix("http://")),
    ):
        assert block.count(before) == 1, before
        block = block.replace(before, after)
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + block, "utf-8")
    program = debian_package("caddy") / "usr" / "bin" / "caddy"
    return [str(program), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """The proxy, once it takes connections."""
    home = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=home)
        try:
            until = time.monotonic() + RUN_SECONDS
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 5).close()
                    break
                except OSError:
                    said = (folder / "log").read_text("utf-8", "replace")
                    assert process.poll() is None, said
                    assert time.monotonic() < until, said
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def behind(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[Behind]:
    authority = trustme.CA()
    issued, trusted = authority.issue_cert(NAME), ssl.create_default_context()
    authority.configure_trust(trusted)
    files = (tmp_path / "chain.pem", tmp_path / "key.pem")
    files[0].write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    files[1].write_bytes(issued.private_key_pem.bytes())
    with (
        opened_board(f"sqlite:///{home}/izzitup.db", home) as board,
        serving(board, host_names=(NAME,)) as server,
    ):
        choices = PageChoices(
            title="Example Ltd.", address=f"https://{NAME}", origins=("https://wiki.example",)
        )  # fmt: skip
        server.show(choices)
        mail = add_service(board, "E-Mail", key="MAIL").id
        add_service(board, "Secret project", hidden=True)
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        command = request.param(tmp_path, server.state.url, port, files)

        def set_status(status_id: int, comment: str) -> object:
            said = Comment(comment, is_public=True)
            return board.statuses.set(BOB, [mail], status_id, said)

        with running(command, tmp_path, port):
            yield Behind(server, mail, port, trusted, set_status)


def test_the_page_comes_whole_through_the_proxy(behind: Behind) -> None:
    behind.set_status(7, "We know of it")
    status, headers, body = behind.ask("/", headers={"Accept": "text/html"})
    assert status == 200
    for text in (b"E-Mail", b"We know of it", b"Example Ltd."):
        assert text in body
    assert b"Secret project" not in body
    assert "default-src 'none'" in headers["content-security-policy"]
    again = behind.ask("/", headers={"Accept": "text/html", "If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"")
    for path in (
        "/services/MAIL", "/wall", "/embed/overall", "/badge/overall.svg", "/calendar.ics",
        "/api/v2/summary.json",
    ):  # fmt: skip
        assert behind.ask(path)[0] == 200, path
    assert f"https://{NAME}/".encode() in behind.ask("/atom")[2]
    assert behind.ask("/badge/overall.svg", method="HEAD")[2] == b""


def test_what_happens_comes_through_at_once(behind: Behind) -> None:
    with closing(behind.connection()) as connection:
        connection.request("GET", "/api/v1/stream", headers={"Accept": "text/event-stream"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.readline()
        behind.set_status(7, "We know of it")
        until = time.monotonic() + RUN_SECONDS
        while b"MAIL" not in (line := answer.readline()):
            assert line
            assert time.monotonic() < until


def test_nobody_signs_in_or_changes_anything_through_it(behind: Behind) -> None:
    for method, path in (
        ("POST", "/api/services"), ("PUT", "/api/v1/services/MAIL/status"),
        ("DELETE", "/api/v1/services/MAIL"), ("POST", "/"),
    ):  # fmt: skip
        assert behind.ask(path, method)[0] == 405, (method, path)
    signed = {"Authorization": "Basic bW1vdXNlOndyb25n"}
    for path in ("/api/v1/journal", "/api/v1/tokens"):
        assert behind.ask(path, headers=signed)[2] == behind.ask(path)[2]
    assert b"Secret" not in behind.ask("/api/v1/services", headers=signed)[2]


def test_whose_pages_may_read_it_is_the_board_s_to_say(behind: Behind) -> None:
    status, headers, _ = behind.ask(
        "/api/v2/status.json", headers={"Origin": "https://wiki.example"}
    )
    assert (status, headers["access-control-allow-origin"]) == (200, "https://wiki.example")
    assert behind.ask("/api/v2/status.json", headers={"Origin": "https://evil.example"})[0] == 403
    assert b"E-Mail" not in behind.ask("/", headers={"Host": "evil.example"})[2]
    assert (
        behind.ask("/", headers={"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "x"})[0] == 200
    )
