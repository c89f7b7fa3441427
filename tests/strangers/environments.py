"""An environment for each stranger, outside of the repository, kept for the next run.

Where one can't be made (no network, no npm, not Debian) the test is skipped with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

INSTALL_SECONDS = 300
RUN_SECONDS = 120

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "izzitup-strangers")


def python_with(name: str, *requirements: str) -> Path:
    """The folder of programs of an environment with these packages."""

    def make(folder: Path) -> None:
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = str(folder / "bin" / "python")
        _run([pip, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements])

    return (
        _made(f"{name}-{sys.version_info.major}.{sys.version_info.minor}", requirements, make)
        / "bin"
    )


def node_with(package: str) -> Path:
    """The folder of programs of an environment with this package of npm."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm here")

    def make(folder: Path) -> None:
        folder.mkdir()
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
        _run([*command, package])

    name = package.rpartition("@")[0].replace("/", "-").strip("@")
    return _made(name, [package], make) / "node_modules" / ".bin"


def debian_package(package: str) -> Path:
    """The root of what a Debian package holds, unpacked and not installed: nothing is started."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        pytest.skip("this is not Debian")

    def make(folder: Path) -> None:
        folder.mkdir()
        got = _get(package, folder)
        if not got and os.geteuid() == 0:
            # A new machine has no lists of packages yet.
            _run(["apt-get", "update", "-qq"])
            got = _get(package, folder)
        if not got:
            raise _NotMade(f"apt-get does not give {package}")
        (archive,) = folder.glob("*.deb")
        _run(["dpkg-deb", "-x", str(archive), str(folder / "root")])
        archive.unlink()

    return _made(package, [package], make) / "root"


class _NotMade(Exception):
    pass


def _get(package: str, folder: Path) -> bool:
    # As another user apt can't write into the folder, and says so: that is no fault.
    command = ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", package]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=False, timeout=INSTALL_SECONDS
    ).returncode == 0  # fmt: skip


def _made(name: str, wanted: Sequence[str], make: Callable[[Path], None]) -> Path:
    folder, note = CACHE / name, CACHE / f"{name}.txt"
    said = "\n".join(wanted)
    CACHE.mkdir(parents=True, exist_ok=True)
    with _alone(CACHE / f"{name}.lock"):
        if not folder.is_dir() or not note.is_file() or note.read_text("utf-8") != said:
            shutil.rmtree(folder, ignore_errors=True)
            try:
                make(folder)
            except (_NotMade, subprocess.SubprocessError, OSError) as error:
                shutil.rmtree(folder, ignore_errors=True)
                pytest.skip(f"{name} can't be installed here: {_reason(error)}")
            note.write_text(said, "utf-8")
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time."""
    fcntl = pytest.importorskip("fcntl", reason="environments of strangers need POSIX")
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True, timeout=INSTALL_SECONDS)


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", b"") or str(error).encode()
    return said.decode("utf-8", "replace").strip()[-200:]
