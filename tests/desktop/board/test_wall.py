"""The wall display."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.wall import Wall, fitting_pixels
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.statuses import StatusId
from tests.builders import BOB, add_service
from tests.desktop.board.made_rows import row
from tests.desktop.pages import desk_at, tools_of, window_at
from tests.desktop.sessions import wait


def wall_of(
    qtbot: QtBot, qapp: QApplication, model: ServiceModel, theme: Theme | None = None
) -> Wall:
    wall = Wall(model, theme or Theme(qapp, "light"))
    wall.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wall)
    wall.resize(1_280, 720)
    wall.show()
    return wall


def test_the_head_says_the_worst_in_words_and_colour(qtbot: QtBot, qapp: QApplication) -> None:
    model, theme = ServiceModel(), Theme(qapp, "light")
    wall = wall_of(qtbot, qapp, model, theme)
    assert wall.text == "No services yet"
    model.replace([row(1, group=1), row(2)])
    assert wall.text == "All 2 services are operational"
    for status, text in (
        (StatusId.IMPAIRED, "1 Impaired"),
        (StatusId.OUTAGE, "1 Outage"),
    ):
        model.change([row(2, status=status)], ())
        assert wall.text == wall.accessibleDescription() == text
        solid = theme.colours.status(status).solid
        assert wall.grab().toImage().pixelColor(3, 3) == QColor(solid)
    model.change([row(1, group=1, status=6)], ())
    assert wall.text == "1 Outage, 1 Impaired"


@pytest.mark.parametrize("count", [1, 3, 40, 400])
def test_it_paints_any_number_of_groups_and_services(
    count: int, qtbot: QtBot, qapp: QApplication
) -> None:
    model = ServiceModel()
    now = (datetime.now(UTC) - datetime(2026, 1, 1, tzinfo=UTC)).total_seconds() / 60
    model.replace(
        [row(id_, f"<b>{id_}</b>", group=id_ % 4, status=5 + id_ % 3, since=int(now) - id_)
         for id_ in range(1, count + 1)]
    )  # fmt: skip
    wall = wall_of(qtbot, qapp, model)
    for size in ((1_920, 1_080), (320, 200), (200, 900)):
        wall.resize(*size)
        assert not wall.grab().isNull()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_a_key_leaves_it(key: Qt.Key, qtbot: QtBot, qapp: QApplication) -> None:
    wall = wall_of(qtbot, qapp, ServiceModel())
    with qtbot.waitSignal(wall.left):
        qtbot.keyClick(wall, key)
    assert not wall.isVisible()


def test_the_window_opens_one_that_follows_the_board_and_comes_back(
    qtbot: QtBot, qapp: QApplication, home: Path
) -> None:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        with window_at(desk, qtbot) as window:
            tools = tools_of(desk, window)
            tools.show_wall()
            wall = tools.wall
            assert wall is not None
            tools.show_wall()
            assert tools.wall is wall
            desk.board.statuses.set(BOB, [1], 7)
            wait(qtbot, lambda: wall.text == "1 Outage")
            wall.close()
            assert tools.wall is None


def test_a_long_name_is_written_smaller_before_it_is_cut(qtbot: QtBot) -> None:
    font = QFont()

    def width_at(pixels: float) -> float:
        font.setPixelSize(round(pixels))
        return QFontMetricsF(font).horizontalAdvance("Communication")

    assert fitting_pixels("Communication", width_at(40) + 1, 40) == 40
    smaller = fitting_pixels("Communication", width_at(30), 40)
    assert 24 <= smaller < 31
    assert width_at(smaller) <= width_at(30)
    assert fitting_pixels("Communication", 10, 40) == 24
