"""Cells are painted once and kept; what they look like is a part of what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from izzitup_desktop.desktop.board.delegate import ServiceDelegate
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.theme import Theme
from tests.desktop.board.made_rows import row

Change = Callable[[QStyleOptionViewItem], object]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, "light")
    yield theme
    theme.choose("light")
    theme.deleteLater()


@pytest.fixture
def delegate(theme: Theme) -> ServiceDelegate:
    return new_delegate(theme)


def new_delegate(theme: Theme) -> ServiceDelegate:
    """One that has painted nothing yet."""
    model = ServiceModel()
    model.replace([row(1, "Mail", status=7)])
    delegate = ServiceDelegate(theme, model)
    model.setParent(delegate)
    return delegate


def painted(
    delegate: ServiceDelegate, column: Column, *, ratio: float = 1.0, change: Change | None = None
) -> QImage:
    """The cell, painted onto a screen of this many pixels a point."""
    image = QImage(round(160 * ratio), round(40 * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("magenta"))
    option = QStyleOptionViewItem()
    option.palette = QApplication.palette()
    option.rect.setRect(0, 0, 160, 40)
    if change is not None:
        change(option)
    delegate.begin_painting(QSize(640, 480), ratio, option.font, option.palette)
    painter = QPainter(image)
    delegate.paint(painter, option, delegate.services.index(0, column))
    painter.end()
    return image


def larger(option: QStyleOptionViewItem) -> None:
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * 1.5)
    option.font = font


def other_palette(option: QStyleOptionViewItem) -> None:
    palette = QPalette(option.palette)
    palette.setColor(QPalette.ColorRole.Text, QColor("red"))
    option.palette = palette


@pytest.mark.parametrize("column", [Column.NAME, Column.STATUS, Column.BUTTONS])
def test_on_a_denser_screen_a_cell_is_painted_anew_and_as_sharp(
    delegate: ServiceDelegate, theme: Theme, column: Column
) -> None:
    painted(delegate, column)
    after = painted(delegate, column, ratio=2.0)
    assert after == painted(new_delegate(theme), column, ratio=2.0)


@pytest.mark.parametrize("column", [Column.NAME, Column.STATUS, Column.BUTTONS])
@pytest.mark.parametrize("change", [larger, other_palette])
def test_in_another_font_or_palette_a_cell_is_painted_anew(
    delegate: ServiceDelegate, theme: Theme, column: Column, change: Change
) -> None:
    painted(delegate, column)
    count = delegate.cells_painted
    after = painted(delegate, column, change=change)
    assert delegate.cells_painted == count + 1
    assert after == painted(new_delegate(theme), column, change=change)


def test_a_cell_that_looks_the_same_is_painted_once(delegate: ServiceDelegate) -> None:
    for _ in range(5):
        for column in (Column.NAME, Column.STATUS, Column.BUTTONS):
            painted(delegate, column)
    assert delegate.cells_painted == 3


def test_the_other_theme_s_cells_are_not_shown(delegate: ServiceDelegate, theme: Theme) -> None:
    light = painted(delegate, Column.STATUS)
    theme.choose("dark")
    assert painted(delegate, Column.STATUS) != light


def test_a_group_s_name_that_was_searched_for_is_marked_in_its_heading(theme: Theme) -> None:
    delegate = new_delegate(theme)
    delegate.services.section(True)
    delegate.services.replace([row(1, "Mail", group=2)])
    before = painted(delegate, Column.NAME)
    delegate.services.search("serv")
    assert delegate.services.id_at(0) < 0
    marked = painted(delegate, Column.NAME)
    assert marked != before
    delegate.services.search("mail")
    assert painted(delegate, Column.NAME) == before


def test_rows_and_headings_that_were_true_once_are_grey(theme: Theme) -> None:
    delegate = new_delegate(theme)
    delegate.services.section(True)
    delegate.services.replace([row(1, "Mail", group=2, status=7)])
    assert has_colours(painted(delegate, Column.NAME))
    delegate.is_stale = True
    assert not has_colours(painted(delegate, Column.NAME))
    delegate.services.section(False)
    assert not has_colours(painted(delegate, Column.STATUS))


def has_colours(image: QImage) -> bool:
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return any(len({c.red(), c.green(), c.blue()}) > 1 for c in colours if c != QColor("magenta"))
