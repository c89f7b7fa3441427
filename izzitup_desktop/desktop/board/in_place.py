"""Editing a text in its cell: Enter or Tab takes it, Esc drops it.

A text that can't be taken stays in its editor, with the reason below it. Where its row
goes out of sight, by a search or because it was deleted, the text is handed on.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from izzitup_desktop.desktop.board.fields import reason_against
from izzitup_desktop.desktop.board.model import ROW_ROLE
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.statuses import StatusId

Index = QModelIndex | QPersistentModelIndex

_FIELD, _ROW = "izzitup_field", "izzitup_row"


class InPlaceDelegate(QStyledItemDelegate):
    """`edited` carries service id, field and text, once the text can be taken."""

    edited = Signal(int, str, str)
    put_away = Signal(Draft)
    """What was being typed, and was neither taken nor dropped, as its editor had to go."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.waiting: tuple[str, str] | None = None
        """Text and reason for the next editor: what the board did not take, or a draft."""
        self._editor: QLineEdit | None = None

    @property
    def editor(self) -> QLineEdit | None:
        """Where a cell is being edited."""
        editor = self._editor
        return editor if editor is not None and shiboken6.isValid(editor) else None

    def kept_draft(self) -> Draft | None:
        """What is being typed in a cell, None where nothing would be lost."""
        editor = self.editor
        # Not `isVisible`: another page may be shown, and it is still open behind that.
        return None if editor is None or editor.isHidden() else self._draft_in(editor)

    def _draft_in(self, editor: QLineEdit) -> Draft | None:
        if not editor.isModified():
            return None
        row: Row = editor.property(_ROW)
        field = str(editor.property(_FIELD))
        return Draft(
            "cell",
            f"{row.service.name} · {editor.accessibleName()}",
            {"id": row.service.id, "field": field, "text": editor.text()},
        )

    def drop_editor(self) -> None:
        """Edit no cell any more; what was typed in it is not taken."""
        if (editor := self.editor) is not None:
            editor.setModified(False)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self._editor = QLineEdit(parent)
        model = index.model()
        title = str(model.headerData(index.column(), Qt.Orientation.Horizontal) or "")
        editor.setAccessibleName(title)
        editor.setProperty(_FIELD, model.field_of(index.column()))  # type: ignore[attr-defined]
        editor.setProperty(_ROW, index.data(ROW_ROLE))
        reason = plain_label(parent=parent, wrap=True)
        reason.setObjectName("reason")
        palette = self._theme.colours.status(StatusId.OUTAGE)
        reason.setStyleSheet(
            f"#reason {{ background: {palette.tint}; color: {palette.ink}; padding: 3px 6px;"
            f" border: 1px solid {palette.solid}; border-radius: 4px; }}"
        )
        reason.hide()
        editor.destroyed.connect(reason.deleteLater)
        editor.setProperty("izzitup_reason", reason)
        editor.textEdited.connect(lambda: _say(editor, ""))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not isinstance(editor, QLineEdit) or editor.isModified():
            return
        waiting, self.waiting = self.waiting, None
        text, reason = waiting or (str(index.data(Qt.ItemDataRole.EditRole)), "")
        editor.setText(text)
        editor.selectAll()
        if waiting is not None:
            editor.setModified(True)
            _say(editor, reason)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None or not isinstance(editor, QLineEdit):
            return
        field = str(editor.property(_FIELD))
        editor.setModified(False)
        if editor.text().strip() != getattr(row.service, field):
            self.edited.emit(row.service.id, field, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -1))
        _place(editor)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        draft = self._draft_in(editor) if isinstance(editor, QLineEdit) else None
        super().destroyEditor(editor, index)
        if draft is not None:
            self.put_away.emit(draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and self._leaves(event):
            reason = reason_against(str(watched.property(_FIELD)), watched.text())
            if reason:
                _say(watched, reason)
                return True
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            watched.setModified(False)  # it is dropped
        return super().eventFilter(watched, event)

    @staticmethod
    def _leaves(event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            keys = Qt.Key
            return event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Tab, keys.Key_Backtab)
        return event.type() is QEvent.Type.FocusOut


def _say(editor: QLineEdit, reason: str) -> None:
    label = editor.property("izzitup_reason")
    reason = translated(reason)
    label.setText(reason)
    label.setVisible(bool(reason))
    editor.setAccessibleDescription(reason)
    editor.setProperty("invalid", bool(reason))
    editor.style().unpolish(editor)
    editor.style().polish(editor)
    _place(editor)


def _place(editor: QWidget) -> None:
    label, parent = editor.property("izzitup_reason"), editor.parentWidget()
    if label is None or parent is None or not label.text():
        return
    label.setFixedWidth(max(240, editor.width()))
    label.adjustSize()
    below = editor.geometry().bottom() + 2
    room = parent.height()
    top = below if below + label.height() <= room else editor.y() - label.height() - 2
    label.move(editor.x(), top)
    label.raise_()
