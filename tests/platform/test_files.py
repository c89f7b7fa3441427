"""Files that somebody chose to write to, and files of ours."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.platform import chosen, files, settings
from izzitup_desktop.platform.chosen import write_chosen_file
from izzitup_desktop.platform.files import make_private_folder
from izzitup_desktop.storage import checking

if sys.platform != "win32":
    import resource

OTHER = 65534
needs_links = pytest.mark.skipif(os.name == "nt", reason="links take rights there")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)


def test_an_export_replaces_no_database(tmp_path: Path) -> None:
    path = tmp_path / "izzitup.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table t (x)")
    before = path.read_bytes()
    journal = tmp_path / "izzitup.db-wal"
    journal.touch()
    for path_ in (path, journal):
        with pytest.raises(Invalid, match="database"):
            write_chosen_file(path_, b"{}")
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
def test_pipes_sockets_and_devices_are_not_written_to(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.json", tmp_path / "null.json"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.json"))
        for device in (pipe, link, tmp_path / "s.json", Path("/dev/null"), Path("/dev/stdout")):
            with pytest.raises(Invalid, match=r"pipe|can't be written"):
                write_chosen_file(device, b"{}")
    assert pipe.is_fifo()
    assert Path("/dev/null").is_char_device()


@needs_links
@needs_root
@pytest.mark.parametrize("mode", [0o1777, 0o777, 0o755])
def test_a_link_that_somebody_else_made_is_not_followed(tmp_path: Path, mode: int) -> None:
    real, shared = tmp_path / "real.json", tmp_path / "shared"
    real.write_bytes(b"old")
    shared.mkdir()
    shared.chmod(mode)
    (shared / "link.json").symlink_to(real)
    os.lchown(shared / "link.json", OTHER, OTHER)
    with pytest.raises(Invalid, match="somebody else"):
        write_chosen_file(shared / "link.json", b"new")
    assert real.read_bytes() == b"old"


@needs_links
@needs_root
def test_a_folder_s_link_that_somebody_else_put_into_a_shared_folder_is_not_followed(
    tmp_path: Path,
) -> None:
    (tmp_path / "real").mkdir()
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (shared / "out").symlink_to(tmp_path / "real")
    os.lchown(shared / "out", OTHER, OTHER)
    with pytest.raises(Invalid, match="somebody else"):
        write_chosen_file(shared / "out" / "board.json", b"{}")
    shared.chmod(0o755)
    write_chosen_file(shared / "out" / "board.json", b"{}")
    assert (tmp_path / "real" / "board.json").read_bytes() == b"{}"


@needs_links
def test_a_link_of_one_s_own_to_nothing_yet_makes_the_file_it_means(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link.json").symlink_to("../real.json")
    write_chosen_file(tmp_path / "a" / "link.json", b"{}")
    assert (tmp_path / "real.json").read_bytes() == b"{}"
    (tmp_path / "round.json").symlink_to("round.json")
    with pytest.raises((Invalid, Unavailable)):
        write_chosen_file(tmp_path / "round.json", b"{}")


@pytest.mark.parametrize(
    "name",
    ["izzitup.db-wal", "x-journal", "IZZITUP.DB-SHM", "settings.toml", "Settings.TOML", "-wal"],
)
def test_a_journal_s_name_and_the_settings_are_written_to_by_nobody_who_names_them(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(Invalid, match=r"name of a database's journal|settings"):
        write_chosen_file(tmp_path / name, b"{}")
    assert list(tmp_path.iterdir()) == []
    assert chosen.SETTINGS_NAME == settings.FILE_NAME


@pytest.mark.parametrize(
    ("name", "before", "content"),
    [
        ("board.json", b"anything", b"{}"),
        ("board.csv", b"a;b\n1;2\n", b"a,b\n"),
        ("board.txt", b'{"older": 1}', b"{}"),
        ("board", b"name,key\nMail,M\n", b"name,key\n"),
        ("empty", b"", b"{}"),
        ("report.pdf", b"%PDF-1.4 older", b"%PDF-1.4 newer"),
    ],
)
def test_an_export_replaces_what_an_export_could_have_written(
    tmp_path: Path, name: str, before: bytes, content: bytes
) -> None:
    (tmp_path / name).write_bytes(before)
    write_chosen_file(tmp_path / name, content)
    assert (tmp_path / name).read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "before", "content"),
    [
        (".bashrc", b"export PATH\n", b"name,key\n"),
        ("id_ed25519", b"-----BEGIN OPENSSH PRIVATE KEY-----\n", b"{}"),
        ("notes.md", b"# Mine\n", b"{}"),
        ("program", b"\x7fELF\0\0", b"{}"),
        ("photo.json", b"\x89PNG\0\0", b"{}"),
        ("report.pdf", b"no PDF", b"%PDF-1.4"),
        ("kept.db", b"x" * 200, b"{}"),
    ],
)
def test_an_export_replaces_nothing_else(
    tmp_path: Path, name: str, before: bytes, content: bytes
) -> None:
    (tmp_path / name).write_bytes(before)
    with pytest.raises(Invalid) as caught:
        write_chosen_file(tmp_path / name, content)
    assert caught.value.field == "file"
    assert (tmp_path / name).read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_file_with_a_journal_beside_it_is_replaced_by_nothing(tmp_path: Path) -> None:
    for ending in files.JOURNALS:
        (tmp_path / "odd.json").write_bytes(b"{}")
        (tmp_path / f"odd.json{ending}").touch()
        with pytest.raises(Invalid, match="in use"):
            write_chosen_file(tmp_path / "odd.json", b"{}")
        (tmp_path / f"odd.json{ending}").unlink()


@pytest.mark.parametrize("name", ["a" * 300 + ".json", "no\0.json", "..", "ü" * 127 + "x"])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if len(name) == 128:
        write_chosen_file(path, b"{}")
        assert path.read_bytes() == b"{}"
        return
    with pytest.raises((Invalid, Unavailable)):
        write_chosen_file(path, b"{}")


def test_what_appears_under_the_name_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "board.json"

    def write() -> None:
        with chosen.chosen_file(path, lambda _: None) as new:
            new.write_bytes(b"new")
            path.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        write()
    with pytest.raises(Unavailable, match="meanwhile"), chosen.chosen_file(path, lambda _: None):
        path.unlink()
        path.write_bytes(b"theirs, too")
    assert path.read_bytes() == b"theirs, too"
    assert [entry.name for entry in tmp_path.iterdir()] == ["board.json"]


def test_the_older_file_survives_whatever_goes_wrong(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    path.write_bytes(b"older")
    with pytest.raises(ZeroDivisionError), chosen.chosen_file(path, lambda _: None) as new:
        new.write_bytes(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["board.json"]


@needs_links
def test_a_folder_that_is_exchanged_meanwhile_leads_nothing_elsewhere(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "board.json").write_bytes(b"theirs")
    with chosen.chosen_file(folder / "board.json", lambda _: None) as new:
        new.write_bytes(b"new")
        folder.rename(tmp_path / "moved")
        folder.symlink_to(elsewhere)
    assert (elsewhere / "board.json").read_bytes() == b"theirs"
    assert (tmp_path / "moved" / "board.json").read_bytes() == b"new"


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system lets this process write no longer file meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(os.name == "nt", reason="no limit of files there")
def test_a_copy_into_the_quarantine_that_broke_off_is_made_again(tmp_path: Path) -> None:
    path, folder = tmp_path / "izzitup.db", tmp_path / "quarantine"
    path.write_bytes(b"damaged" * 1_000)
    with files_of_at_most(1_000), pytest.raises(Unavailable, match="can't be copied"):
        checking.quarantine(path, folder)
    copy = checking.quarantine(path, folder)
    assert copy.read_bytes() == path.read_bytes()
    assert list(folder.iterdir()) == [copy]


@pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
@pytest.mark.parametrize("name", ["archive", "backups", "logs", "quarantine"])
def test_a_folder_of_ours_that_stood_open_is_closed_to_others(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(mode=0o755)
    make_private_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
