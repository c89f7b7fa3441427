"""HTTPS as clients meet it: curl and Python's own, beside HTTP or alone."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.server.embedded import EmbeddedServer, ServerKind, ServerState
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.tls.certificate import read_certificate
from izzitup_desktop.server.tls.own_certificate import OwnCertificate
from izzitup_desktop.server.tls.wish import TlsWish
from izzitup_desktop.text.fingerprints import Fingerprint
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.tls.made import Files, encrypted, ended, files
from tests.server.tls.secure import (
    ByHand,
    SecureClient,
    get,
    raw,
    reached,
    serving_securely,
    trusting,
)
from tests.server.wire import DEADLINE_SECONDS, ask, request

QUICK = Limits(look_seconds=0.05, retry_seconds=(0.05,))


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("tls")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        opened.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        add_service(opened, description="x" * 2_000)
        yield opened


def curl(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def until(server: EmbeddedServer, wanted: str) -> ServerState:
    """The first state whose reason of HTTPS begins like this; "" is none."""
    found = server.wait_for(
        lambda state: (
            state.secure_reason.startswith(wanted) and bool(state.secure_reason) is bool(wanted)
        ),
        DEADLINE_SECONDS,
    )
    assert found is not None, server.state
    return found


def served_by(server: EmbeddedServer) -> str:
    """The fingerprint of the certificate that a new connection is shown."""
    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    with SecureClient(server, unchecked) as client:
        assert isinstance(client.socket, ssl.SSLSocket)
        der = client.socket.getpeercert(binary_form=True)
    assert der is not None
    return Fingerprint.of(der).text


def test_curl_is_served_with_the_certificate_made_here_as_its_authority(
    board: Board, tmp_path: Path
) -> None:
    with serving_securely(board, tmp_path) as server:
        own = OwnCertificate(tmp_path)
        url = f"{server.state.secure_url}/api/services"
        trusted = curl("--cacert", str(own.public_path), url)
        assert json.loads(trusted.stdout)["result"] == "Success", trusted.stderr
        assert curl(url).returncode == 60  # nobody else vouches for it


def test_curl_is_served_with_the_key_pinned_and_refuses_another(
    board: Board, tmp_path: Path
) -> None:
    with serving_securely(board, tmp_path) as server:
        pin = read_certificate(OwnCertificate(tmp_path).path).key_pin
        url = f"{server.state.secure_url}/api/services"
        assert curl("--insecure", "--pinnedpubkey", pin, url).returncode == 0
        assert curl("--insecure", "--pinnedpubkey", f"sha256//{'A' * 43}=", url).returncode == 90


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_status_is_set_over_https_and_read_over_http(
    board: Board, tmp_path: Path, version: ssl.TLSVersion
) -> None:
    made = files(tmp_path / "files")
    (service,) = board.services.list(ALICE)
    order = {"user": "alice", "pwd": GOOD_PASSWORD, "action": "setstatus", "service": service.id}
    with serving_securely(board, tmp_path, certificate=made.certificate, key=made.key) as server:
        context = trusting(made.authority)
        context.maximum_version = context.minimum_version = version
        with SecureClient(server, context) as client:
            for status in (5, 7, 6):
                body = json.dumps({**order, "status": status}).encode()
                client.send(request(server, body, host=f"127.0.0.1:{server.state.secure_port}"))
                assert client.answer().json["result"] == "Success"
        (listed,) = ask(server, method="GET").json["data"]
        assert listed["status"] == "6"
        assert board.services.list(ALICE)[0].status_id == 6


def test_https_can_stand_alone(board: Board, tmp_path: Path) -> None:
    with serving_securely(board, tmp_path, plain=False) as server:
        state = server.state
        assert state.url == state.secure_url == f"https://127.0.0.1:{state.secure_port}"
        assert state.port == 0
        with SecureClient(server, trusting(OwnCertificate(tmp_path).public_path)) as client:
            client.send(request(server, method="GET", host=f"127.0.0.1:{state.secure_port}"))
            assert client.answer().status == 200


def test_each_port_knows_its_own_host_and_origin(board: Board, tmp_path: Path) -> None:
    with serving_securely(board, tmp_path) as server:
        port, secure = server.state.port, server.state.secure_port
        context = trusting(OwnCertificate(tmp_path).public_path)

        def status(host: int, *headers: str) -> int:
            with SecureClient(server, context) as client:
                client.send(
                    request(server, method="GET", host=f"127.0.0.1:{host}", headers=headers)
                )
                return client.answer().status

        assert status(secure) == 200
        assert status(port) == 421
        assert status(secure, f"Origin: https://127.0.0.1:{secure}") == 200
        assert status(secure, f"Origin: http://127.0.0.1:{secure}") == 403


def test_files_that_are_exchanged_are_served_from_the_next_handshake_on(
    board: Board, tmp_path: Path
) -> None:
    made = files(tmp_path / "files")
    wish = {"certificate": made.certificate, "key": made.key}
    with serving_securely(board, tmp_path, QUICK, **wish) as server:
        with SecureClient(server, trusting(made.authority)) as before:
            new = files(tmp_path / "new")
            new.key.replace(made.key)
            new.certificate.replace(made.certificate)
            wanted = read_certificate(made.certificate).fingerprint.text
            assert server.wait_for(lambda s: s.fingerprint == wanted, DEADLINE_SECONDS)
            # Nobody who is connected is sent away for it.
            host = f"127.0.0.1:{server.state.secure_port}"
            before.send(request(server, method="GET", host=host))
            assert before.answer().status == 200
        assert served_by(server) == wanted


def test_a_wrong_certificate_never_takes_the_place_of_the_one_that_is_served(
    board: Board, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = files(tmp_path / "files")
    wish = {"certificate": made.certificate, "key": made.key}
    with serving_securely(board, tmp_path, QUICK, **wish) as server:
        right = server.state.fingerprint
        key = made.key.read_bytes()
        made.key.write_bytes(files(tmp_path / "other").key.read_bytes())
        assert until(server, f"The key {made.key} does not belong").fingerprint == right
        assert served_by(server) == right
        made.key.write_bytes(encrypted(files(tmp_path / "other").key).read_bytes())
        until(server, f"The key {made.key} is encrypted")
        made.key.unlink()
        until(server, f"{made.key} can't be read")
        assert served_by(server) == right
        made.key.write_bytes(key)
        assert until(server, "").fingerprint == right
    assert caplog.text.count("does not belong") == 1
    assert "The one before is served on." in caplog.text


def test_a_wrong_choice_of_files_leaves_the_old_certificate_and_http(
    board: Board, tmp_path: Path
) -> None:
    made = files(tmp_path / "files")
    wrong = ended(tmp_path / "files", datetime.now(UTC))
    wish = {"certificate": made.certificate, "key": made.key}
    with serving_securely(board, tmp_path, QUICK, **wish) as server:
        right = server.state.fingerprint
        server.start("127.0.0.1", 0, tls=TlsWish(0, tmp_path, wrong.certificate, wrong.key))
        state = reached(server, ServerKind.SERVING)
        assert state.secure_reason.startswith("The certificate ended on ")
        assert served_by(server) == state.fingerprint == right
        assert ask(server, method="GET").status == 200


def test_without_any_certificate_http_is_served_until_there_is_one(
    board: Board, tmp_path: Path
) -> None:
    missing = Files(tmp_path / "own.pem", tmp_path / "own.key", tmp_path / "own-authority.pem")
    wish = {"certificate": missing.certificate, "key": missing.key}
    with serving_securely(board, tmp_path, QUICK, **wish) as server:
        state = server.state
        assert state.secure_url == state.fingerprint == ""
        assert f"{missing.certificate} can't be read" in state.secure_reason
        assert ask(server, method="GET").status == 200
        made = files(tmp_path)
        assert until(server, "").secure_url
        with SecureClient(server, trusting(made.authority)) as client:
            client.send(request(server, method="GET", host=f"127.0.0.1:{server.state.secure_port}"))
            assert client.answer().status == 200


def test_a_key_without_its_certificate_is_refused_and_none_is_made_for_it(
    board: Board, tmp_path: Path
) -> None:
    made = files(tmp_path / "files")
    with serving_securely(board, tmp_path / "tls", key=made.key) as server:
        assert server.state.secure_reason == f"The key {made.key} has no certificate."
        assert server.state.secure_url == ""
        assert not (tmp_path / "tls").exists()


def test_https_alone_without_a_certificate_is_a_state_and_tried_again(
    board: Board, tmp_path: Path
) -> None:
    server = EmbeddedServer(board, limits=QUICK)
    try:
        wish = TlsWish(0, tmp_path, tmp_path / "own.pem", tmp_path / "own.key", plain=False)
        server.start("127.0.0.1", 0, tls=wish)
        assert "can't be read" in reached(server, ServerKind.FAILED).reason
        files(tmp_path)
        assert reached(server, ServerKind.SERVING).url.startswith("https://")
    finally:
        server.stop()


def test_a_taken_port_of_https_is_a_reason_and_http_goes_on(board: Board, tmp_path: Path) -> None:
    server = EmbeddedServer(board, limits=QUICK)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        try:
            server.start("127.0.0.1", 0, tls=TlsWish(port, tmp_path))
            reached(server, ServerKind.SERVING)
            assert server.state.secure_reason.startswith(f"Port {port} is taken")
            assert ask(server, method="GET").status == 200
            taken.close()
            assert until(server, "").secure_port == port
        finally:
            server.stop()


def test_a_certificate_made_here_is_renewed_before_its_end_without_a_restart(
    board: Board, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    own = OwnCertificate(tmp_path)
    old = own.renew(datetime.now(UTC) - timedelta(days=380))
    with serving_securely(board, tmp_path, QUICK) as server:
        assert server.state.fingerprint != old.fingerprint.text
        assert read_certificate(own.path).key_pin == old.key_pin
        # Another process, such as `izzitup certificate renew`, made one more.
        newest = own.renew(datetime.now(UTC)).fingerprint.text
        assert server.wait_for(lambda s: s.fingerprint == newest, DEADLINE_SECONDS)
        assert served_by(server) == newest


def test_turning_https_off_closes_its_port(board: Board, tmp_path: Path) -> None:
    with serving_securely(board, tmp_path) as server:
        port = server.state.secure_port
        server.start("127.0.0.1", 0)
        assert reached(server, ServerKind.SERVING).secure_url == ""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1)


def test_who_serves_http_alone_loads_nothing_of_certificates() -> None:
    code = (
        "import sys, izzitup_desktop.server.embedded\n"
        "assert not {'cryptography', 'segno', 'zeroconf', 'ifaddr'} & sys.modules.keys()"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_client_that_closes_its_side_of_the_encryption_gets_its_answer(
    board: Board, tmp_path: Path
) -> None:
    with serving_securely(board, tmp_path) as server:
        context = trusting(OwnCertificate(tmp_path).public_path)
        with raw(server) as client:
            inside = ByHand(client, context)
            inside.flush()
            inside.tls.write(get(server))
            with pytest.raises(ssl.SSLWantReadError):
                inside.tls.unwrap()
            # The request and the word of the end, in one piece.
            inside.flush()
            assert inside.answer().startswith(b"HTTP/1.1 200")
