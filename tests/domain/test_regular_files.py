"""Files that are read and written are regular ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from izzitup_desktop.domain.regular_files import assert_regular


def test_a_name_that_no_file_can_have_is_that_of_no_file() -> None:
    with pytest.raises(FileNotFoundError):
        assert_regular(Path("a\0b"))


def test_a_folder_is_no_regular_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        assert_regular(tmp_path)
