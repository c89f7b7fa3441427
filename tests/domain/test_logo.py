"""A logo is a picture of a kind that is known, or is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.logo import BYTES_MOST, Logo, read_logo

_PNG = b"\x89PNG\r\n\x1a\n"


def test_there_need_not_be_one() -> None:
    assert read_logo("") is None


def test_a_picture_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "logo.txt").write_bytes(_PNG + b"rest")
    assert read_logo(str(tmp_path / "logo.txt")) == Logo(_PNG + b"rest", "image/png")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<svg/>", "neither a PNG nor a JPEG"), (None, "No such file"),
     (_PNG + bytes(BYTES_MOST), "larger than 2 MiB")],
)  # fmt: skip
def test_anything_else_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid, match=reason):
        read_logo(str(path))
