"""The preferences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.preferences.dialog import Preferences
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.paths import find_paths
from tests.desktop.sessions import wait


@pytest.fixture
def keeper(qapp: QApplication, qtbot: QtBot) -> Iterator[SettingsKeeper]:
    runner = Runner()
    keeper = SettingsKeeper(find_paths(), runner, runner)
    failures: list[Exception] = []
    keeper.load(lambda: None, failures.append)
    wait(qtbot, lambda: keeper.is_loaded or bool(failures))
    yield keeper
    runner.close()


@pytest.fixture
def dialog(keeper: SettingsKeeper, qtbot: QtBot, qapp: QApplication) -> Preferences:
    dialog = Preferences(Theme(qapp), keeper.settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.changed.connect(lambda key, value: keeper.save(key, value, dialog))
    dialog.show()
    return dialog


def delete_now(dialog: Preferences) -> None:
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def said(dialog: Preferences, text: str) -> bool:
    """Whether a label of the dialog shows this."""
    labels = dialog.findChildren(QLabel)
    return any(text in label.text() for label in labels if label.isVisible())


def write(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_each_change_is_in_the_file_at_once(dialog: Preferences, home: Path, qtbot: QtBot) -> None:
    def kept() -> settings_file.Settings:
        return settings_file.load(home)[0]

    dialog.ask_at_start.click()
    wait(qtbot, lambda: kept().ask_at_start)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    wait(qtbot, lambda: kept().theme == "dark")
    dialog.lock_after.setValue(15)
    dialog.lock_after.editingFinished.emit()
    wait(qtbot, lambda: kept().lock_after_minutes == 15)
    write(qtbot, dialog.quiet_from, "22:00")
    wait(qtbot, lambda: kept().quiet_from == "22:00")
    write(qtbot, dialog.host_names, "board.lan,  status.example.org")
    wait(qtbot, lambda: kept().host_names == ("board.lan", "status.example.org"))
    dialog.levels[5].setChecked(not dialog.levels[5].isChecked())
    wait(qtbot, lambda: (5 in kept().notify_statuses) is dialog.levels[5].isChecked())
    assert dialog.bar.text == ""


def test_the_search_leaves_what_holds_every_word(dialog: Preferences) -> None:
    dialog.search.setText("quiet")
    assert dialog.shown_keys() == ["quiet_from", "quiet_until"]
    dialog.search.setText("QUIET until")
    assert dialog.shown_keys() == ["quiet_until"]
    dialog.search.setText("no such thing")
    assert dialog.shown_keys() == []
    assert said(dialog, "No preference is like that")
    dialog.search.clear()
    assert len(dialog.shown_keys()) > 10
    assert not said(dialog, "No preference is like that")


def test_a_bad_quiet_time_stays_with_its_reason_until_it_is_mended(
    dialog: Preferences, keeper: SettingsKeeper, qtbot: QtBot
) -> None:
    write(qtbot, dialog.quiet_from, "25 o'clock")
    wait(qtbot, lambda: bool(dialog.reason("quiet_from")))
    assert dialog.quiet_from.text() == "25 o'clock"
    assert dialog.quiet_from.accessibleDescription() == dialog.reason("quiet_from")
    assert keeper.settings.quiet_from == ""
    # Saving something else does not make it right.
    dialog.ask_at_start.click()
    wait(qtbot, lambda: keeper.settings.ask_at_start)
    assert dialog.reason("quiet_from")
    write(qtbot, dialog.quiet_from, "23:15")
    wait(qtbot, lambda: keeper.settings.quiet_from == "23:15")
    assert dialog.reason("quiet_from") == ""


def test_a_bad_time_taken_back_to_what_holds_loses_its_reason(
    dialog: Preferences, qtbot: QtBot
) -> None:
    write(qtbot, dialog.quiet_until, "late")
    wait(qtbot, lambda: bool(dialog.reason("quiet_until")))
    write(qtbot, dialog.quiet_until, " ")
    assert dialog.reason("quiet_until") == ""


def test_what_anybody_on_the_network_can_do_is_said_where_it_is_allowed(
    dialog: Preferences,
) -> None:
    assert not said(dialog, "unencrypted")
    dialog.host.setCurrentIndex(dialog.host.findData("0.0.0.0"))
    dialog.host.activated.emit(dialog.host.currentIndex())
    assert said(dialog, "unencrypted")


def test_settings_that_can_not_be_written_are_told_in_the_dialog(
    dialog: Preferences, keeper: SettingsKeeper, home: Path, qtbot: QtBot
) -> None:
    home.write_text("a file where the folder should be")
    dialog.ask_at_start.click()
    wait(qtbot, lambda: "not saved" in dialog.bar.text)
    assert not keeper.settings.ask_at_start


def test_what_was_typed_last_applies_also_when_the_dialog_is_gone_by_then(
    keeper: SettingsKeeper, qtbot: QtBot, qapp: QApplication, parent: QWidget
) -> None:
    dialog = Preferences(Theme(qapp), keeper.settings, parent)
    dialog.changed.connect(lambda key, value: keeper.save(key, value, dialog))
    dialog.open()
    dialog.quiet_until.setText("06:30")
    with qtbot.waitSignal(keeper.applied) as applied:
        dialog.quiet_until.editingFinished.emit()
        dialog.accept()
        delete_now(dialog)
    assert applied.args == [("quiet_until",)]
    dialog = Preferences(Theme(qapp), keeper.settings, parent)
    with qtbot.waitSignal(keeper.failed) as failed:
        keeper.save("quiet_until", "late", dialog)
        delete_now(dialog)
    assert "quiet_until" in repr(failed.args)


def test_many_changes_in_a_row_are_all_kept_and_the_last_one_wins(
    keeper: SettingsKeeper, home: Path, qtbot: QtBot
) -> None:
    applied: list[object] = []
    keeper.applied.connect(applied.append)
    for minutes in range(1, 21):
        keeper.save("lock_after_minutes", minutes)
        keeper.save("shortcuts", {"find": f"Ctrl+F{minutes}"})
    wait(qtbot, lambda: len(applied) == 40)
    kept = settings_file.load(home)[0]
    assert kept == keeper.settings
    assert (kept.lock_after_minutes, kept.shortcuts) == (20, {"find": "Ctrl+F20"})


def test_settings_that_wait_to_be_saved_at_the_end_are_in_the_file(
    keeper: SettingsKeeper,
) -> None:
    keeper.save("theme", "dark")
    keeper.save("notifications", value=False)
    keeper.save("lock_after_minutes", 7)
    runner = keeper.parent()
    assert isinstance(runner, Runner)
    runner.close()
    keeper.close()
    found, _ = settings_file.load(find_paths().config)
    assert (found.theme, found.notifications, found.lock_after_minutes) == ("dark", False, 7)
