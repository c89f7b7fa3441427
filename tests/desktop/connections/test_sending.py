"""Sending a call of the console, without a window."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from izzitup_desktop.desktop.connections.sending import Answered, Secret, Where, send
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.text.script_lines import Call, SignInBy, set_status
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.tls.secure import serving_securely

NAME, OF_HER = "alïce", GOOD_PASSWORD


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    folder = tmp_path_factory.mktemp("sending")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        add_service(board, key="MAIL")
        board.accounts.first(NAME, OF_HER, Origin.CLI)
        assert board.services.list(ALICE)
        with serving_securely(board, folder / "tls") as running:
            # What the first request for it loads, it loads here.
            send(plainly(running), Call("GET", "/api/v1/statuses"), Secret())
            yield running


def plainly(server: EmbeddedServer) -> Where:
    return Where(server.state.url)


def test_a_password_goes_into_the_body_of_the_services_api(server: EmbeddedServer) -> None:
    found = send(plainly(server), set_status(1, 6, NAME), Secret(OF_HER))
    answer = json.loads(found.body)
    assert (found.status, answer["result"]) == (200, "Success")
    assert OF_HER not in found.body
    assert ("X-IzzitUp-Result".lower(), "success") in [(n.lower(), v) for n, v in found.headers]


def test_a_name_in_any_script_signs_in_by_basic(server: EmbeddedServer) -> None:
    call = Call("GET", "/api/v1/journal?limit=1", None, SignInBy.PASSWORD, NAME)
    assert send(plainly(server), call, Secret(OF_HER)).status == 200
    assert send(plainly(server), call, Secret("wrong")).status == 401


def test_over_https_the_one_certificate_is_trusted_and_no_other(server: EmbeddedServer) -> None:
    call = Call("GET", "/api/v1/summary")
    secure = Where(server.state.secure_url, server.state.fingerprint)
    assert send(secure, call, Secret()).status == 200
    with pytest.raises(Unavailable, match="Another certificate"):
        send(Where(server.state.secure_url, "sha256:" + "0" * 64), call, Secret())


def test_what_can_be_no_token_is_refused_before_it_is_sent(server: EmbeddedServer) -> None:
    call = Call("GET", "/api/v1/journal", None, SignInBy.TOKEN)
    for text in ("", "two words", "izu_\n", "ö"):
        with pytest.raises(Invalid) as refused:
            send(plainly(server), call, Secret(text))
        assert "two words" not in str(refused.value)


def test_nobody_there_is_told_with_the_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unavailable, match=address):
            send(Where(address), Call("GET", "/"), Secret())


def test_a_secret_is_in_no_representation() -> None:
    assert "hunter2" not in repr(Secret("hunter2"))


def test_only_headers_of_interest_are_shown(server: EmbeddedServer) -> None:
    found: Answered = send(plainly(server), Call("GET", "/api/v1/services"), Secret())
    names = {name.lower() for name, _ in found.headers}
    assert {"etag", "content-type"} <= names
    assert not names & {"content-length", "cache-control", "date", "connection"}
