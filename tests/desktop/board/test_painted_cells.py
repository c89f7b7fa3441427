"""Pictures of cells take no more memory than they are given."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.board.painted_cells import PaintedCells

SCREEN = QSize(2_000, 1_000)
CELL = QSize(200, 40)
A_SCREEN = 2_000 * 1_000 * 4
CELLS_OF_A_SCREEN = A_SCREEN // (200 * 40 * 4)


def filled(count: int) -> PaintedCells:
    cells = PaintedCells()
    cells.fit(SCREEN, 1.0)
    for number in range(count):
        cells.put(number, QPixmap(CELL))
    return cells


def test_however_much_is_painted_two_screens_are_kept(qapp: QApplication) -> None:
    assert filled(CELLS_OF_A_SCREEN * 7 + 3).size <= 2 * A_SCREEN


def test_all_of_a_screen_is_found_again(qapp: QApplication) -> None:
    cells = filled(CELLS_OF_A_SCREEN)
    assert all(cells.get(number) is not None for number in range(CELLS_OF_A_SCREEN))


def test_what_is_looked_up_again_and_again_stays(qapp: QApplication) -> None:
    cells = filled(1)
    for number in range(1, CELLS_OF_A_SCREEN * 5):
        assert cells.get(0) is not None
        cells.put(number, QPixmap(CELL))
    assert cells.get(1) is None


def test_a_denser_screen_has_room_for_its_pixels(qapp: QApplication) -> None:
    cells = PaintedCells()
    cells.fit(SCREEN, 2.0)
    for number in range(CELLS_OF_A_SCREEN):
        cells.put(number, QPixmap(CELL * 2))
    assert len(cells) == CELLS_OF_A_SCREEN


def test_one_picture_larger_than_the_room_is_kept_alone(qapp: QApplication) -> None:
    cells = PaintedCells()
    for number in range(5):
        cells.put(number, QPixmap(4_000, 4_000))
    assert len(cells) <= 2
