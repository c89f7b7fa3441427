"""The tray's menu of services."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.notifications.tray import Tray
from izzitup_desktop.desktop.theme import Theme
from tests.desktop.board.made_rows import row


@pytest.fixture
def tray(qtbot: QtBot, qapp: QApplication) -> Tray:
    return Tray(Theme(qapp, "light"), qapp)


def show(tray: Tray, rows: list[Row]) -> None:
    model = ServiceModel()
    model.replace(rows)
    tray.show_rows(model.arrangement)
    tray.services.aboutToShow.emit()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def menus_in(menu: QMenu) -> list[QMenu]:
    subs = [action.menu() for action in menu.actions()]
    return [sub for sub in subs if isinstance(sub, QMenu)]


def test_the_worst_services_stand_first(tray: Tray) -> None:
    show(tray, [row(1, "Alpha"), row(2, "Zulu", status=7), row(3, "Mike", status=6)])
    assert texts(tray.services) == ["Zulu", "Mike", "Alpha"]


@pytest.mark.soak
def test_all_services_are_there_however_many_in_menus_that_fit_on_a_screen(tray: Tray) -> None:
    rows = [row(n, f"S{n:03}", group=n % 3, status=7 if n % 50 == 0 else 5) for n in range(1, 401)]
    show(tray, rows)
    flat = texts(tray.services)
    assert flat[:8] == ["S050", "S200", "S350", "S100", "S250", "S400", "S150", "S300"]
    found: set[str] = set()
    groups = [sub for sub in menus_in(tray.services) if not sub.actions()]
    for sub in groups:
        sub.aboutToShow.emit()
        assert 0 < len(sub.actions()) <= 30
        found |= set(texts(sub))
    assert found == {one.service.name for one in rows}
    assert len(tray.services.actions()) < 40


def test_what_one_may_not_set_is_left_out_and_said(tray: Tray) -> None:
    tray.may_set_row = lambda one: one.service.group_id == 1
    show(tray, [row(1, "Mine", group=1), row(2, "Yours", group=2), row(3, "Ours", group=3)])
    assert list(filter(None, texts(tray.services))) == ["Mine", "2 more are not yours to set"]
    wanted = QSignalSpy(tray.status_wanted)
    menus_in(tray.services)[0].actions()[2].trigger()
    assert wanted.count() == 1


def test_search_opens_what_finds_any_service(tray: Tray) -> None:
    wanted = QSignalSpy(tray.search_wanted)
    tray.search.trigger()
    assert wanted.count() == 1
    tray.set_locked(locked=True)
    assert not tray.search.isEnabled()


def test_another_language_leaves_no_menu_of_the_one_before(tray: Tray) -> None:
    before = len(tray.menu.findChildren(QMenu))
    for _ in range(3):
        tray.retranslate()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(tray.menu.findChildren(QMenu)) == before
