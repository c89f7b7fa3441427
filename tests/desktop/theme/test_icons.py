from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.theme import DARK, LIGHT, Colours, status_icon
from izzitup_desktop.desktop.theme.icons import svg_icon
from izzitup_desktop.domain.statuses import SETTABLE
from izzitup_desktop.platform.paths import resource

RED, GREY = "#ff0000", "#808080"
NAMES = sorted(
    path.stem
    for path in resource("icons").glob("*.svg")
    if "currentColor" in path.read_text("utf-8")
)


def inks(image: QImage) -> set[str]:
    """The colours of what is fully drawn."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    colours = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in colours if colour.alpha() == 255}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("size", [16, 24, 48])
def test_an_icon_is_drawn_in_the_size_and_density_of_its_place(
    qtbot: QtBot, size: int, ratio: float
) -> None:
    pixmap = svg_icon("add", RED, GREY).pixmap(QSize(size, size), ratio)
    assert pixmap.size() == QSize(size, size) * ratio
    assert pixmap.devicePixelRatio() == ratio


def test_an_icon_has_its_ink_and_another_one_where_it_is_disabled(qtbot: QtBot) -> None:
    icon = svg_icon("stale", RED, GREY)
    assert inks(icon.pixmap(64, 64).toImage()) == {RED}
    assert inks(icon.pixmap(64, 64, QIcon.Mode.Disabled).toImage()) == {GREY}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something(qtbot: QtBot, name: str) -> None:
    image = svg_icon(name, RED, GREY).pixmap(64, 64).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(64) for y in range(64)), (
        f"{name} is empty"
    )


def test_an_icon_outlives_whoever_made_it(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(svg_icon("add", RED, GREY))
    gc.collect()
    copy = QIcon(button.icon())
    button.deleteLater()
    del button
    gc.collect()
    assert not copy.pixmap(16, 16).isNull()


def test_an_icon_is_painted_in_the_middle_of_where_it_belongs(qtbot: QtBot) -> None:
    target = QPixmap(60, 20)
    target.fill(QColor("#ffffff"))
    with QPainter(target) as painter:
        svg_icon("stale", RED, GREY).paint(painter, 0, 0, 60, 20)
    image = target.toImage()
    drawn = {x for x in range(60) for y in range(20) if image.pixelColor(x, y).name() != "#ffffff"}
    assert drawn
    assert 19 <= min(drawn) <= max(drawn) <= 40


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_icon_of_a_status_is_as_clear_on_the_selected_row(
    qtbot: QtBot, colours: Colours
) -> None:
    for status_id in SETTABLE:
        icon = status_icon(colours, status_id, 16)
        selected = icon.pixmap(QSize(16, 16), 1.0, QIcon.Mode.Selected).toImage()
        assert selected == icon.pixmap(QSize(16, 16), 1.0).toImage()
