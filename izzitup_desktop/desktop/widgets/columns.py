"""Choosing the columns of a table: a menu on its header."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu


def choose_columns(
    header: QHeaderView, model: QAbstractItemModel, *, kept: Collection[int] = ()
) -> None:
    """Let the header's context menu show and hide columns, but those `kept`."""
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def popup(point: QPoint) -> None:
        menu = columns_menu(header, model, kept=kept)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(point))

    header.customContextMenuRequested.connect(popup)


def columns_menu(
    header: QHeaderView, model: QAbstractItemModel, *, kept: Collection[int] = ()
) -> QMenu:
    """A menu with a checkable entry for each column."""
    menu = QMenu(header)
    fill_with_columns(menu, header, model, kept=kept)
    return menu


def fill_with_columns(
    menu: QMenu, header: QHeaderView, model: QAbstractItemModel, *, kept: Collection[int] = ()
) -> None:
    """Put an entry for each column into `menu`, in the order they stand."""
    for visual in range(header.count()):
        column = header.logicalIndex(visual)
        if column in kept:
            continue
        action = QAction(str(model.headerData(column, Qt.Orientation.Horizontal)), menu)
        action.setCheckable(True)
        action.setChecked(not header.isSectionHidden(column))
        action.toggled.connect(lambda on, column=column: header.setSectionHidden(column, not on))
        menu.addAction(action)
