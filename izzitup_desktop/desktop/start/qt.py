"""Loads Qt, and takes back what PySide6 does to every import after its own.

PySide6 puts an import function of its own in the place of Python's. That reads the
source of each module that is imported later, the database's and ours, to look whether
PySide6 stands in it, and keeps all of these lines: a fifth of the start, and megabytes.
It serves `from __feature__ import …`, which nothing here uses.
"""

from __future__ import annotations

import builtins


def load_qt() -> None:
    """Load Qt. Raises ImportError where a system library is missing."""
    # Where somebody loaded it before us, it keeps Python's own under this name.
    plain = vars(builtins).get("__orig_import__", builtins.__import__)
    import PySide6.QtWidgets  # noqa: F401 - only here may Qt be missing

    builtins.__import__ = plain
