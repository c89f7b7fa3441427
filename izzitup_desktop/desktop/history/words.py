"""Uptime in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.comments import said_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import date_of, lasting, local_time
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.uptime import Span, Totals
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


def day_text(spans: Sequence[Span], comments: Mapping[int, str], day: QDate) -> str:
    """How a day was, and why: "Nov 21: 14 min Outage, “vendor”"."""
    begin, end = (_microseconds(local_time(d)) for d in (day, day.addDays(1)))
    here = [span for span in spans if span.begin < end and span.end > begin]
    parts: list[str] = []
    for status_id in (StatusId.OUTAGE, StatusId.IMPAIRED):
        bad = [span for span in here if span.status_id == status_id]
        length = sum(min(span.end, end) - max(span.begin, begin) for span in bad)
        if length:
            parts.append(f"{lasting(length / 1e6)} {status_word(status_id)}")
        said = dict.fromkeys(comments[span.begin] for span in bad if span.begin in comments)
        parts += [said_of(text) for text in said]
    if not parts:
        is_known = any(span.status_id for span in here)
        parts = [_tr("No outage") if is_known else _tr("Nothing is known")]
    return f"{date_of(local_time(day), _tr('MMM d'))}: {', '.join(parts)}"


def percent(share: float | None) -> str:
    """A share (0 to 1) as a percentage in the user's locale; None is a dash."""
    return numbers.percent(share, lambda value, digits: QLocale().toString(value, "f", digits))


def _microseconds(time: datetime) -> int:
    return int(time.timestamp()) * 1_000_000


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
