"""Where the API answers, as the window says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.address import AddressSection
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.routes import REFERENCE
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
    assert opened == [state.url + REFERENCE]
    shown.card.copy.click()
    assert QGuiApplication.clipboard().text() == state.fingerprint
    server.stop()
    wait(qtbot, lambda: not shown.model.items)
    assert "The API is off" in shown.headline.text()
    assert "HTTPS is off" in shown.card.about.text()
    assert not shown.copy_button.isEnabled()


def test_a_window_that_is_gone_hears_of_no_server(
    section: tuple[AddressSection, EmbeddedServer], caplog: pytest.LogCaptureFixture
) -> None:
    shown, server = section
    other = AddressSection(shown.context)
    other.show_server(server)
    shiboken6.delete(other)
    server.stop()
    assert not caplog.records
