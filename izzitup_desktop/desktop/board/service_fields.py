"""The fields of a service, as people typed them and as the board knows them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label, typed_label
from izzitup_desktop.desktop.widgets.link_text import LinkText, Open, may_open
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly


class ServiceFields(QWidget):
    """A line a field that holds anything; addresses of the web and of mail open."""

    def __init__(self, theme: Theme, open_url: Open) -> None:
        super().__init__()
        self._theme, self._open_url = theme, open_url
        self._shown: tuple[tuple[str, str], ...] = ()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(SMALL)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def show_row(self, row: Row, *, again: bool = False) -> None:
        """Show the fields of this row; `again`: those too that are as they were."""
        wanted = tuple(field for field in self._fields_of(row) if field[1])
        shown = () if again else self._shown
        # Most stay as they are when a status changes, which may be many times a second.
        for place, field in enumerate(wanted):
            if shown[place : place + 1] != (field,):
                if place < self._form.rowCount():
                    self._form.removeRow(place)
                self._form.insertRow(place, *self._line(*field))
        while self._form.rowCount() > len(wanted):
            self._form.removeRow(len(wanted))
        self._shown = wanted

    def _fields_of(self, row: Row) -> tuple[tuple[str, str], ...]:
        service = row.service
        stale = filled(self.tr("%1 min without confirmation"), service.stale_minutes)
        return (
            (self.tr("Key"), service.key),
            (self.tr("Group"), row.group),
            (self.tr("Description"), service.description),
            (self.tr("Address"), service.url),
            (self.tr("Check address"), service.check_url),
            (self.tr("Note"), service.note),
            (self.tr("Stale after"), stale if service.stale_minutes else ""),
            (self.tr("Public"), self.tr("no, hidden") if service.hidden else ""),
            (self.tr("Last changed"), exactly(service.since)),
            (self.tr("Last confirmed"), exactly(service.confirmed)),
            (self.tr("Added"), exactly(service.created)),
        )

    def _line(self, title: str, value: str) -> tuple[QWidget, QWidget]:
        label = plain_label(title)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setStyleSheet(f"color: {self._theme.colours.muted};")
        is_link = title in (self.tr("Address"), self.tr("Check address")) and may_open(value)
        text = LinkText(self._theme, value, self._open_url) if is_link else typed_label(value)
        text.setAccessibleName(f"{title}: {value}")
        return label, text
