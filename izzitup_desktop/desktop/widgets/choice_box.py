"""A box to choose from whose list is as wide and as high as what it offers."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """The list is never narrower than its texts: a narrow box does not cut them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def showPopup(self) -> None:
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(view.sizeHintForColumn(0) + bar)
        super().showPopup()
