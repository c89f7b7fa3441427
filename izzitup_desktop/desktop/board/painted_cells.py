"""Pictures of cells as they were painted, within so many bytes."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

_SCREENS = 2
_PIXEL_BYTES = 4
_FIRST_ROOM = 8 << 20


class PaintedCells:
    """What was looked up lately stays; the rest goes once a new picture has no room.

    Two generations: once the younger one fills its half, the older one is dropped and it
    becomes the older one. What is found in the older one moves over to the younger.
    """

    def __init__(self) -> None:
        self._young: dict[Hashable, QPixmap] = {}
        self._old: dict[Hashable, QPixmap] = {}
        self._young_bytes = 0
        self._half = _FIRST_ROOM // 2

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    @property
    def size(self) -> int:
        """Bytes that the pictures take."""
        return sum(map(_bytes_of, (*self._young.values(), *self._old.values())))

    def fit(self, shown: QSize, ratio: float) -> None:
        """Have room for what is shown at once in so many pixels, twice."""
        self._half = round(shown.width() * shown.height() * ratio * ratio) * _PIXEL_BYTES
        self._half = max(self._half * _SCREENS, _FIRST_ROOM) // 2

    def get(self, key: Hashable) -> QPixmap | None:
        """The picture of this key, None where it must be painted."""
        picture = self._young.get(key)
        if picture is None and (picture := self._old.pop(key, None)) is not None:
            self.put(key, picture)
        return picture

    def put(self, key: Hashable, picture: QPixmap) -> None:
        """Keep a picture."""
        size = _bytes_of(picture)
        if self._young and self._young_bytes + size > self._half:
            self._old, self._young, self._young_bytes = self._young, {}, 0
        self._young[key] = picture
        self._young_bytes += size

    def clear(self) -> None:
        """Forget all of them."""
        self._young, self._old, self._young_bytes = {}, {}, 0


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _PIXEL_BYTES
