"""The wall display."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.wall import Wall, WallOptions
from izzitup_desktop.desktop.board.wall_layout import Item, arrange, card_height, name_room
from izzitup_desktop.desktop.board.wall_painter import fitting_pixels
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.statuses import StatusId
from tests.builders import BOB, add_service
from tests.desktop.board.made_rows import BEGIN, row
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
        (StatusId.IMPAIRED, "Impaired 1"),
        (StatusId.OUTAGE, "Outage 1"),
    ):
        model.change([row(2, status=status)], ())
        assert wall.text == wall.accessibleDescription() == text
        solid = theme.colours.status(status).solid
        assert wall.grab().toImage().pixelColor(3, 3) == QColor(solid)
    model.change([row(1, group=1, status=6)], ())
    assert wall.text == "Outage 1, Impaired 1"


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


def test_it_has_the_keys_as_soon_as_it_is_there(qtbot: QtBot, qapp: QApplication) -> None:
    wall = wall_of(qtbot, qapp, ServiceModel())
    wall.activateWindow()
    wait(qtbot, lambda: QApplication.focusWidget() is wall)


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
            wait(qtbot, lambda: wall.text == "Outage 1")
            window.condition.lost.emit("The journal can't be read.")
            assert wall.accessibleDescription() == "The journal can't be read."
            window.condition.lost.emit("")
            assert wall.accessibleDescription() == "Outage 1"
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


def wide(text: str, bold: bool) -> float:
    """A font in which every letter is as wide."""
    return len(text) * (66.0 if bold else 60.0)


def bad(name: str, *, rank: int = 0, comment: str = "") -> Item:
    return Item(name, "Core · 5 min", 7 - rank, rank, comment)


def groups_of(count: int) -> list[Item]:
    return [Item(f"Group {n}", "Outage 1, Operational 15", 5) for n in range(count)]


SIZES = [(1_920, 940), (1_280, 626), (800, 520), (1_080, 1_780)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("outages", [0, 1, 4, 40, 300])
def test_every_card_is_on_the_wall_once_and_none_lies_on_another(
    outages: int, width: int, height: int
) -> None:
    problems = [bad(f"Service number {n}", comment="being looked at") for n in range(outages)]
    problems += [bad(f"Slow one {n}", rank=1) for n in range(outages // 2)]
    pages = arrange(problems, groups_of(5), width, height, wide)
    shown = [card.item.name for page in pages for card in page if not card.is_tile]
    assert shown == [item.name for item in problems]
    assert len(pages) == 1 or outages > 4
    for page in pages:
        frames = [QRectF(card.left, card.top, card.width, card.height) for card in page]
        for place, frame in enumerate(frames):
            assert QRectF(-1, -1, width + 2, height + 2).contains(frame)
            inner = frame.adjusted(1, 1, -1, -1)
            assert not any(inner.intersects(o.adjusted(1, 1, -1, -1)) for o in frames[place + 1 :])
        assert {card.item.name for card in page if card.is_tile} == {f"Group {n}" for n in range(5)}


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("outages", [1, 4, 12])
def test_the_worst_are_the_largest_and_nothing_is_cut_while_there_is_room(
    outages: int, width: int, height: int
) -> None:
    problems = [bad(f"Service number {n}") for n in range(outages)]
    problems.append(bad("Slow one", rank=1))
    (page,) = arrange(problems, groups_of(4), width, height, wide)
    sizes = {
        rank: {c.pixels for c in page if c.item.rank == rank and not c.is_tile} for rank in (0, 1)
    }
    ((worst_size,), (other,)) = sizes[0], sizes[1]
    tile = max(card.pixels for card in page if card.is_tile)
    assert worst_size >= other >= tile
    assert worst_size > tile
    for card in page:
        needed = wide(card.item.name, True) * card.pixels / 100
        assert needed <= name_room(card.width, card.pixels) + 0.1
        if card.item.rank == 0 and not card.is_tile:
            assert card.height >= card_height(card.pixels, card.lines, is_tile=False) - 0.1


def test_fewer_outages_are_written_larger() -> None:
    sizes = []
    for count in (1, 4, 12, 40):
        pages = arrange([bad(f"Service {n}") for n in range(count)], [], 1_920, 940, wide)
        sizes.append(pages[0][0].pixels)
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > 3 * sizes[-1]


def test_what_does_not_fit_comes_in_turn(qtbot: QtBot, qapp: QApplication) -> None:
    model = ServiceModel()
    model.replace([row(n, status=7) for n in range(1, 301)])
    wall = wall_of(qtbot, qapp, model)
    assert len(wall.pages) > 1
    first = wall.grab().toImage()
    wall.turn_page()
    assert wall.grab().toImage() != first
    for _ in range(len(wall.pages) - 1):
        wall.turn_page()
    assert wall.grab().toImage().copy(0, 120, 1_280, 500) == first.copy(0, 120, 1_280, 500)


def test_a_lost_board_is_said_in_red_until_it_is_back(qtbot: QtBot, qapp: QApplication) -> None:
    model, theme, at = ServiceModel(), Theme(qapp, "light"), [BEGIN]
    model.replace([row(1)])
    wall = Wall(model, theme, now=lambda: at[0])
    wall.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wall)
    wall.resize(1_280, 720)
    good = wall.beat
    assert good.startswith("As of ")
    at[0] += timedelta(minutes=5)
    wall.set_lost("The database can't be reached.")
    assert wall.beat == good.replace("As of", "Not current since")
    assert wall.accessibleDescription() == "The database can't be reached."
    corner = wall.grab().toImage().pixelColor(1_270, 4)
    assert corner == QColor(theme.colours.status(StatusId.OUTAGE).solid)
    wall.set_lost("")
    assert wall.beat not in (good, "") and wall.beat.startswith("As of ")


@pytest.mark.parametrize(("hour", "status", "dimmed"), [
    (23, 5, True), (3, 6, True), (12, 5, False), (3, 7, False),
])  # fmt: skip
def test_it_is_dark_at_night_unless_something_is_out(
    hour: int, status: int, dimmed: bool, qtbot: QtBot, qapp: QApplication
) -> None:
    model = ServiceModel()
    model.replace([row(1, status=status)])
    at = datetime(2026, 3, 4, hour).astimezone()
    wall = Wall(model, Theme(qapp, "light"), WallOptions("22:00", "06:00"), lambda: at)
    wall.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(wall)
    assert wall.is_dimmed is dimmed
    wall.resize(800, 600)
    is_light = wall.grab().toImage().pixelColor(2, 598).lightness() > 128
    assert is_light is not dimmed


def test_the_comment_is_on_the_wall(qtbot: QtBot, qapp: QApplication) -> None:
    model = ServiceModel()
    one = row(1, "Mail", status=7)
    service = replace(one.service, comment="the queue\nis long")
    model.replace([replace(one, service=service)])
    wall = wall_of(qtbot, qapp, model)
    (card, *_) = wall.pages[0]
    assert (card.item.comment, card.lines) == ("the queue is long", 1)
    model.change([replace(one, service=replace(service, comment_public=True))], ())
    (card, *_) = wall.pages[0]
    assert card.item.comment == "the queue is long (on the page)"
