"""Qt's own check of item models."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

Model = TypeVar("Model", bound=QAbstractItemModel)


def checked(model: Model) -> Model:
    """The model, whose every signal is checked as long as it lives; a fault ends the process."""
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    # Nothing but a parent keeps it: a property that holds it does not.
    QAbstractItemModelTester(model, fatal).setParent(model)
    return model
