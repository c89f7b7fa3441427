"""What a row's cells say: shown, spoken, and explained by a tooltip."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.board.memory import memory_lines
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.desktop.theme.shapes import counted, status_word
from izzitup_desktop.desktop.words.comments import why, why_plain
from izzitup_desktop.desktop.words.origins import actor_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import ago, exactly
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE, StatusId


def title_of(column: Column) -> str:
    """The column's heading."""
    match column:
        case Column.STATUS:
            return _tr("Status")
        case Column.NAME:
            return _tr("Name")
        case Column.KEY:
            return _tr("Key")
        case Column.GROUP:
            return _tr("Group")
        case Column.BUTTONS:
            return _tr("Set status")
        case Column.SINCE:
            return _tr("Since")
        case Column.CHANGED_BY:
            return _tr("Changed by")
        case Column.UPTIME_BAR:
            return _tr("30 days")
        case Column.NOTE:
            return _tr("Note")


def section_title(section: Section) -> str:
    """The heading of a section."""
    return section.name if section.group_id else _tr("No group")


def spoken_section(section: Section) -> str:
    """What a screen reader says of a heading."""
    counts = ", ".join(counted(status, n) for status, n in section.counts)
    state = _tr("collapsed") if section.collapsed else _tr("expanded")
    if section.left_out:
        counts += f", {left_out_text(section)}"
    return filled(_tr("Group %1, %2: %3"), section_title(section), state, counts)


def left_out_text(section: Section) -> str:
    """How many of a section the filter leaves out."""
    return filled(_tr("%1 filtered out"), section.left_out)


def text_of(row: Row, column: Column, pending: int = 0) -> str:
    """What a column shows of a row; `pending` is the status that is being written."""
    service = row.service
    match column:
        case Column.STATUS:
            return status_word(pending or service.status_id)
        case Column.NAME:
            return service.name
        case Column.KEY:
            return service.key
        case Column.GROUP:
            return row.group
        case Column.SINCE:
            since = ago(service.since, datetime.now(UTC))
            return _tr("Expired") if _is_asked(service) else since
        case Column.CHANGED_BY:
            return actor_word(service.changed_by)
        case Column.NOTE:
            return service.note.replace("\n", " ")
        case _:
            return ""


def spoken(row: Row, column: Column, pending: int, days: bytes) -> str:
    """What a screen reader says of a cell; `days` are those of its uptime bar."""
    service = row.service
    status = status_word(service.status_id)
    if column in (Column.STATUS, Column.BUTTONS) and pending:
        return filled(_tr("%1 is being set"), status_word(pending))
    if column is Column.STATUS:
        since = filled(_tr("%1, since %2"), status, ago(service.since, datetime.now(UTC)))
        over = _tr("%1; its time is over, is it still right?")
        return filled(over, since) if _is_asked(service) else since
    if column is Column.BUTTONS:
        choices = ", ".join(f"{int(id_)} {status_word(id_)}" for id_ in SETTABLE)
        return filled(_tr("%1 is set. Press %2 to set another."), status, choices)
    if column is Column.UPTIME_BAR:
        bad = sum(1 for day in days if day in (StatusId.IMPAIRED, StatusId.OUTAGE))
        if not bad:
            return filled(_tr("No outage in %1 days"), len(days))
        return filled(_tr("%1 of the last %2 days with an impairment or outage"), bad, len(days))
    if column is Column.NAME:
        hidden = _tr("%1, hidden from the public") if service.hidden else "%1"
        said = filled(hidden, service.name)
        return f"{said}: {why_plain(service)}" if service.comment else said
    return text_of(row, column, pending)


def explained(row: Row, column: Column, pending: int, days: bytes) -> str:
    """What a cell's tooltip says."""
    service = row.service
    match column:
        case Column.SINCE | Column.STATUS:
            lines = (set_by(service), why(service), *memory_lines(service))
            return "\n".join(line for line in lines if line)
        case Column.UPTIME_BAR:
            return spoken(row, column, pending, days)
        case Column.NAME:
            hidden = _tr("Hidden from the public") if service.hidden else ""
            lines = (service.name, why(service), service.description, service.url, hidden)
            return "\n".join(line for line in lines if line)
        case Column.NOTE:
            return service.note
        case _:
            return text_of(row, column, pending)


def set_by(service: Service) -> str:
    """Which status it has, since when, and who set it."""
    return filled(
        _tr("%1 since %2, set by %3"),
        status_word(service.status_id),
        exactly(service.since),
        actor_word(service.changed_by),
    )


def _is_asked(service: Service) -> bool:
    return service.expiry is not None and service.expiry.asked


def _tr(text: str) -> str:
    return QCoreApplication.translate("cells", text)
