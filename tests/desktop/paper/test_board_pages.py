"""The board on paper: as many pages as it needs, and each text on them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.board.rows import Row, Section
from izzitup_desktop.desktop.paper.board_pages import BoardOnPaper, print_board
from izzitup_desktop.domain.errors import Cancelled
from tests.desktop.board.made_rows import BEGIN, row


def printed(board: BoardOnPaper) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    print_board(writer, board)
    buffer.close()
    return bytes(buffer.data().data())


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def board_of(*items: Row | Section) -> BoardOnPaper:
    return BoardOnPaper("Example Ltd.", BEGIN, "", items)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("count", "least", "most"), [(0, 1, 1), (3, 1, 1), (200, 4, 8)])
def test_it_has_as_many_pages_as_its_services_need(count: int, least: int, most: int) -> None:
    rows = [row(id_, f"service {id_}", status=6, comment="why") for id_ in range(1, count + 1)]
    assert least <= pages_of(printed(board_of(*rows))) <= most


@pytest.mark.usefixtures("qapp")
def test_long_texts_and_collapsed_groups_come_to_an_end() -> None:
    section = Section(1, "W" * 300, ((7, 1), (5, 99)), collapsed=True, left_out=3)
    rows = [row(1, "W" * 200, comment="wide " * 400, by="W" * 200)]
    assert pages_of(printed(board_of(section, *rows, section))) <= 2


@pytest.mark.usefixtures("qapp")
def test_it_can_be_cancelled(qapp: QApplication) -> None:
    assert qapp is not None
    rows = [row(id_) for id_ in range(1, 4)]
    device: QPagedPaintDevice = QPdfWriter(QBuffer())
    with pytest.raises(Cancelled):
        print_board(device, board_of(*rows), cancelled=lambda: True)
