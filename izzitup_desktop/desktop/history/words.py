"""Uptime in words and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.uptime import Totals
from izzitup_desktop.text import numbers


def uptime_text(totals: Totals) -> str:
    """The uptime in words, with what is not known."""
    if totals.uptime is None:
        return _tr("Nothing is known of this time: the application did not run.")
    unknown = totals.unknown / (totals.unknown + totals.known)
    text = filled(_tr("Up %1 of the time known"), percent(totals.uptime))
    if unknown >= 0.0005:
        text += "; " + filled(_tr("%1 is unknown"), percent(unknown))
    return text


def percent(share: float | None) -> str:
    """A share (0 to 1) as a percentage in the user's locale; None is a dash."""
    return numbers.percent(share, lambda value, digits: QLocale().toString(value, "f", digits))


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
