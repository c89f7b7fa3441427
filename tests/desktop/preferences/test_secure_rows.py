"""HTTPS and the announcement in the preferences."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.preferences.dialog import SAFETY, Preferences
from izzitup_desktop.desktop.preferences.opener import SERVER_KEYS
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.labels import BrokenText
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.settings import Settings
from tests.desktop.fitting import misfits
from tests.desktop.sessions import attached_session, board_of, free_port, wait
from tests.server.tls.made import files


def shown(dialog: Preferences) -> str:
    labels: list[QLabel | BrokenText] = [
        *dialog.findChildren(QLabel), *dialog.findChildren(BrokenText),
    ]  # fmt: skip
    return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication) -> Preferences:
    made = Preferences(Theme(qapp), Settings(host="0.0.0.0"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_row_says_what_it_was_changed_to(dialog: Preferences) -> None:
    heard: dict[str, object] = {}
    dialog.changed.connect(heard.__setitem__)
    rows = dialog.secure
    rows.https.click()
    rows.only.click()
    rows.mdns.click()
    rows.port.setValue(9_443)
    rows.port.editingFinished.emit()
    rows.certificate.choose(" board.pem ")
    rows.key.choose("board.key")
    assert heard == {
        "https": True, "https_only": True, "mdns": True, "https_port": 9_443,
        "tls_certificate": "board.pem", "tls_key": "board.key",
    }  # fmt: skip


def test_passwords_are_said_to_travel_unencrypted_unless_all_is_https(dialog: Preferences) -> None:
    assert "Passwords travel unencrypted" in shown(dialog)
    dialog.secure.only.click()
    assert "Passwords travel unencrypted" in shown(dialog)
    dialog.secure.https.click()
    assert "Passwords travel unencrypted" not in shown(dialog)
    assert "Anybody on these networks can read" in shown(dialog)


def test_what_the_server_says_is_never_wider_than_the_dialog(dialog: Preferences) -> None:
    dialog.resize(420, 500)
    dialog.show_server(f"HTTPS: /{'x' * 250}.pem can't be read.\nCertificate sha256:{'0a' * 32}")
    assert misfits(dialog) == []


def test_they_are_found_by_the_search_and_not_everybody_s_to_change(dialog: Preferences) -> None:
    dialog.search.setText("https")
    assert dialog.shown_keys() == ["https", "https_port", "https_only"]
    dialog.search.setText("certificate")
    assert dialog.shown_keys() == ["tls_certificate"]
    assert set(SAFETY) >= SERVER_KEYS
    dialog.restrict("not yours")
    assert not any(
        row.isEnabled()
        for row in (dialog.secure.https, dialog.secure.certificate, dialog.secure.mdns)
    )


def test_https_applies_at_once_and_a_wrong_file_is_named_while_the_old_one_is_served(
    home: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    board_of(home, "E-Mail")
    made, other = files(tmp_path), files(tmp_path, "other")
    with attached_session(qtbot, qapp) as session:
        session.window.actions_.preferences.trigger()
        dialog = session.dialog
        assert isinstance(dialog, Preferences)
        port = free_port()
        dialog.secure.port.setValue(port)
        dialog.secure.port.editingFinished.emit()
        dialog.secure.https.click()
        wait(qtbot, lambda: f"Serving on https://127.0.0.1:{port}" in shown(dialog))
        words = next(line for line in shown(dialog).splitlines() if "In words" in line)
        assert len(words.rpartition(":")[2].split()) == 8
        dialog.secure.certificate.choose(str(made.certificate))
        wait(qtbot, lambda: session.settings.tls_certificate == str(made.certificate))
        dialog.secure.key.choose(str(other.key))
        wait(qtbot, lambda: "does not belong to the certificate" in shown(dialog))
        assert words in shown(dialog)
        assert "does not belong" in session.window.status_line.server.toolTip()
        dialog.secure.key.choose(str(made.key))
        wait(qtbot, lambda: "does not belong" not in shown(dialog) and words not in shown(dialog))
        dialog.secure.only.click()
        wait(qtbot, lambda: session.window.status_line.address == f"https://127.0.0.1:{port}")
        dialog.accept()
    assert settings_file.load(home)[0].https_only
