"""Folders in which something is made: of the dead they are cleared, of the living not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.platform import making

HOLDS = (
    "import pathlib, sys; from izzitup_desktop.platform.making import making\n"
    "with making(pathlib.Path(sys.argv[1])) as folder:\n"
    "    (folder / 'half').write_bytes(b'x'); print(folder, flush=True); sys.stdin.read()\n"
)


def test_what_is_made_is_private_and_gone_at_the_end(tmp_path: Path) -> None:
    with making.making(tmp_path) as folder:
        (folder / "half").write_bytes(b"x")
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked there")
def test_only_what_a_dead_process_left_is_cleared(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        held = Path(process.stdout.readline().strip())
        with making.making(tmp_path) as own:
            making.clear_dead(tmp_path)
            assert (held / "half").exists()
            assert own.exists()
        process.kill()
        process.wait(20)
        assert (held / "half").exists()
        making.clear_dead(tmp_path)
        assert not held.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links take rights there")
def test_nothing_else_is_cleared(tmp_path: Path) -> None:
    kept = [
        tmp_path / f"{making.PREFIX}abcdefg",
        tmp_path / f"{making.PREFIX}abcdefghi",
        tmp_path / f"{making.OLDER_PREFIX}20240101",
        tmp_path / "x",
    ]
    for folder in kept:
        folder.mkdir()
    file, link = tmp_path / f"{making.PREFIX}a_file_0", tmp_path / f"{making.PREFIX}a_link_0"
    file.touch()
    link.symlink_to(kept[0])
    making.clear_dead(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([*kept, file, link])
    making.clear_dead(tmp_path / "nowhere")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)
def test_what_somebody_else_left_stays(tmp_path: Path) -> None:
    folder = tmp_path / f"{making.PREFIX}abcdefgh"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    making.clear_dead(tmp_path)
    assert folder.exists()
