"""Files that somebody chose to write to, and files of ours."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.storage import checking
from izzitup_desktop.storage.files import write_chosen_file


def test_an_export_replaces_no_database(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table t (x)")
    before = path.read_bytes()
    journal = tmp_path / "izzitup.db-wal"
    journal.touch()
    for chosen in (path, journal):
        with pytest.raises(Invalid, match="database"):
            write_chosen_file(chosen, b"{}")
    assert (path.read_bytes(), journal.read_bytes()) == (before, b"")


def test_an_export_into_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="folder"):
        write_chosen_file(tmp_path, b"{}")


def test_an_export_into_a_folder_that_is_not_there_says_why(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="can't be written"):
        write_chosen_file(tmp_path / "none" / "board.json", b"{}")


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_link_that_is_written_to_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_chosen_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_pipe_gets_what_is_written_to_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_chosen_file(pipe, b"{}")
    reader.join()
    assert read == [b"{}"]
    assert pipe.is_fifo()


def test_a_copy_into_the_quarantine_that_broke_off_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "izzitup.db", tmp_path / "quarantine"
    path.write_bytes(b"damaged" * 1_000)

    def breaks_off(_source: Path, target: Path) -> None:
        target.write_bytes(b"damaged")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", breaks_off)
        with pytest.raises(Unavailable, match="can't be copied"):
            checking.quarantine(path, folder)
    copy = checking.quarantine(path, folder)
    assert copy.read_bytes() == path.read_bytes()
    assert list(folder.iterdir()) == [copy]
