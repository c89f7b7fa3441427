"""Looks whether a widget's texts fit: what is cut, hidden below something, or off the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

SLACK = 1
"""Pixels by which roundings may differ."""


def misfits(window: QWidget) -> list[str]:
    """What does not fit in a window that is shown, a line each."""
    found = list(_of_all(window))
    if isinstance(window, QDialog):
        found += _off_sight(window)
    return found


def _of_all(window: QWidget) -> Iterator[str]:
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible() or widget.window() is not window:
            continue
        yield from _of_one(widget)
        yield from _overlaps(widget)


def _of_one(widget: QWidget) -> Iterator[str]:
    name = f"{type(widget).__name__} {_text_of(widget)[:50]!r}"
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        yield from _label(widget, name)
    elif isinstance(widget, QCheckBox | QPushButton | QToolButton):
        yield from _button(widget, name)
    elif isinstance(widget, QComboBox):
        yield from _box(widget, name)
    elif isinstance(widget, QLineEdit) and not widget.text():
        room = widget.contentsRect().width()
        wanted = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if wanted > room + SLACK and not widget.toolTip():
            yield f"{name}: its hint {widget.placeholderText()!r} is {wanted} wide in {room}"
    elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        yield from _header(widget)


def _label(label: QLabel, name: str) -> Iterator[str]:
    inner = label.contentsRect()
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if wanted > label.height() + SLACK:
            yield f"{name}: {wanted} high in {label.height()}"
        longest = max(map(label.fontMetrics().horizontalAdvance, label.text().split()), default=0)
        if longest > inner.width() + SLACK:
            yield f"{name}: a word is {longest} wide in {inner.width()}"
    else:
        size = _text_size(label)
        if size.width() > inner.width() + SLACK and not label.toolTip():
            yield f"{name}: {size.width()} wide in {inner.width()}"
        if label.fontMetrics().height() > label.height() + SLACK:
            yield f"{name}: {label.fontMetrics().height()} high in {label.height()}"


def _button(button: QAbstractButton, name: str) -> Iterator[str]:
    if isinstance(button.parent(), QLineEdit):
        return
    styles = Qt.ToolButtonStyle
    if isinstance(button, QToolButton) and (
        button.toolButtonStyle() is styles.ToolButtonIconOnly and not button.icon().isNull()
    ):
        if not (button.toolTip() or button.accessibleName()):
            yield f"{name}: an icon alone, without a word for it"
        return
    wanted, has = button.sizeHint(), button.size()
    if wanted.width() > has.width() + SLACK:
        yield f"{name}: {wanted.width()} wide in {has.width()}"
    if wanted.height() > has.height() + SLACK:
        yield f"{name}: {wanted.height()} high in {has.height()}"


def _box(box: QComboBox, name: str) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    wanted = box.fontMetrics().horizontalAdvance(box.currentText())
    if wanted > field.width() + SLACK and not box.toolTip():
        yield f"{name}: {wanted} wide in {field.width()}"
    if not box.isEnabled() or not box.count():
        return
    box.showPopup()
    view = box.view()
    shown = min(box.count(), box.maxVisibleItems())
    rows = sum(view.sizeHintForRow(row) for row in range(shown))
    if rows > view.viewport().height() + SLACK:
        yield f"{name}: its list of {shown} is {rows} high in {view.viewport().height()}"
    widest = view.sizeHintForColumn(0)
    if widest > view.viewport().width() + SLACK:
        yield f"{name}: its list is {widest} wide in {view.viewport().width()}"
    box.hidePopup()


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for section in range(header.count()):
        title = str(model.headerData(section, header.orientation()) or "")
        if header.isSectionHidden(section) or not title:
            continue
        margin = header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin)
        wanted = header.fontMetrics().horizontalAdvance(title) + 2 * margin
        tip = model.headerData(section, header.orientation(), Qt.ItemDataRole.ToolTipRole)
        if wanted > header.sectionSize(section) + SLACK and not tip:
            yield f"header {title!r}: {wanted} wide in {header.sectionSize(section)}"


def _overlaps(parent: QWidget) -> Iterator[str]:
    """Children that a layout has put, one over the other."""
    layout = parent.layout()
    if layout is None:
        return
    children = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not child.isWindow()
        and layout.indexOf(child) >= 0
    ]
    for place, one in enumerate(children):
        for other in children[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{_what(one)} lies over {_what(other)} in {type(parent).__name__}"


def _off_sight(dialog: QDialog) -> Iterator[str]:
    """Buttons of the foot that are not within the dialog."""
    inside = QRect(QPoint(0, 0), dialog.size())
    for foot in dialog.findChildren(QDialogButtonBox):
        for button in foot.buttons():
            if not button.isVisible() or _is_scrolled(button):
                continue
            place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
            if not inside.contains(place):
                yield f"{_what(button)} is off the dialog: {place} in {inside}"


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _text_size(label: QLabel) -> QSize:
    shown = Qt.TextFlag.TextShowMnemonic if label.buddy() is not None else Qt.TextFlag(0)
    return label.fontMetrics().size(shown.value, label.text())


def _text_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else widget.accessibleName() or widget.objectName()


def _what(widget: QWidget) -> str:
    return f"{type(widget).__name__} {_text_of(widget)[:30]!r}"
