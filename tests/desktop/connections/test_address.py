"""Where the API answers, as the window says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.address import AddressSection
from izzitup_desktop.desktop.connections.served import Reach, served
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.host_names import machine_names
from izzitup_desktop.server.state import ServerKind, ServerState
from izzitup_desktop.text.fingerprints import Fingerprint
from tests.desktop.pages import desk_at
from tests.desktop.sessions import wait
from tests.server.tls.secure import serving_securely


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def section(
    qapp: QApplication, home: Path, qtbot: QtBot, opened: list[str], tmp_path: Path
) -> Iterator[tuple[AddressSection, EmbeddedServer]]:
    with desk_at(qapp, home) as desk, serving_securely(desk.board, tmp_path) as server:
        context = desk.context
        object.__setattr__(context, "open_url", lambda url: opened.append(QUrl(url).toString()))
        found = AddressSection(context)
        qtbot.addWidget(found)
        found.show()
        with qtbot.waitSignal(found.looked):
            found.show_server(server)
        yield found, server
        found.leave()


def test_addresses_certificate_and_announcement_are_shown_and_followed(
    section: tuple[AddressSection, EmbeddedServer], qtbot: QtBot, opened: list[str]
) -> None:
    shown, server = section
    state = server.state
    assert [one.url for one in shown.model.items] == [state.secure_url, state.url]
    assert shown.card.fingerprint.text() == state.fingerprint
    assert shown.card.words.text() == " ".join(Fingerprint(state.fingerprint).words())
    assert "127.0.0.1" in shown.card.names.text()
    assert "IzzitUp" in shown.card.subject.text()
    assert " in " in shown.card.until.text()
    assert not shown.card.code.pixmap().isNull()
    assert "Not announced" in shown.announced.text()
    shown.table.selectRow(1)
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text() == state.url
    shown.open_button.click()
    assert opened == [f"{state.url}/api/v1/summary"]
    shown.card.copy.click()
    assert QGuiApplication.clipboard().text() == state.fingerprint
    server.stop()
    wait(qtbot, lambda: not shown.model.items)
    assert "The API is off" in shown.headline.text()
    assert "HTTPS is off" in shown.card.about.text()
    assert not shown.copy_button.isEnabled()


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
