"""What a screen reader is told."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def alert(widget: QWidget) -> None:
    """Say at once what the widget says."""
    # Its enums take as long to load as a page does, and nothing is said before the first paint.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def announce(widget: QWidget, text: str) -> None:
    """Say `text` when there is nothing else to say."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # as above

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
