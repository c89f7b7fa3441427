"""Qt's own check of item models."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester

Model = TypeVar("Model", bound=QAbstractItemModel)


def checked(model: Model, *, fatal: bool = True) -> Model:
    """The model, whose every signal is checked as long as it lives.

    A fault ends the process, or is one of Qt's warnings where it is not to be `fatal`.
    """
    modes = QAbstractItemModelTester.FailureReportingMode
    # Nothing but a parent keeps it: a property that holds it does not.
    QAbstractItemModelTester(model, modes.Fatal if fatal else modes.Warning).setParent(model)
    return model
