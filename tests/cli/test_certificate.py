"""HTTPS on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.text.fingerprints import Fingerprint
from tests.cli import izzitup
from tests.cli.inside import done, init, refused
from tests.cli.izzitup import serving
from tests.server.tls.made import files

SECURELY = ("--https", "--https-port", "0")


def shown() -> dict[str, object]:
    found: dict[str, object] = json.loads(done("certificate", "show", "--json"))
    return found


def get(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["curl", "--silent", "--noproxy", "*", "--max-time", "20", *arguments,
         f"{url}/api/services"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.soak
def test_serve_says_where_https_is_and_its_fingerprint(home: Path) -> None:
    izzitup.init()
    with serving(*SECURELY) as running:
        assert running.process.stdout is not None
        second, third, fourth = (running.process.stdout.readline().strip() for _ in range(3))
        assert second.startswith("Serving on https://127.0.0.1:")
        found = shown()
        assert third == f"Certificate {found['fingerprint']}"
        words = Fingerprint(str(found["fingerprint"])).words()
        assert fourth == f"In words: {' '.join(words)}"
        url = second.removeprefix("Serving on ")
        pinned = get(url, "--insecure", "--pinnedpubkey", str(found["key_pin"]))
        assert json.loads(pinned.stdout)["result"] == "Success"
        assert get(url, "--cacert", str(home / "tls" / "certificate.pem")).returncode == 0
        assert running.stop() == 0
    secret = (home / "tls" / "izzitup.pem").read_text("ascii").splitlines()[1]
    for log in (home / "logs").iterdir():
        assert secret not in log.read_text("utf-8")


@pytest.mark.soak
def test_serve_takes_files_of_one_s_own_and_the_settings(home: Path, tmp_path: Path) -> None:
    izzitup.init()
    made = files(tmp_path)
    given = {"IZZITUP_TLS_CERTIFICATE": str(made.certificate), "IZZITUP_TLS_KEY": str(made.key)}
    by_options = ("--certificate", str(made.certificate), "--key", str(made.key))
    for options, environ in ((by_options, {}), (("--https",), given)):
        with serving("--https-port", "0", *options, **environ) as running:
            assert running.process.stdout is not None
            url = running.process.stdout.readline().strip().removeprefix("Serving on ")
            assert get(url, "--cacert", str(made.authority)).returncode == 0
    assert not (home / "tls").exists()


@pytest.mark.parametrize("which", ["key", "certificate"])
def test_serve_ends_with_the_reason_where_https_can_not_be_served(
    home: Path, tmp_path: Path, which: str
) -> None:
    init()
    made = files(tmp_path)
    other = files(tmp_path, "other")
    chosen = {"certificate": made.certificate, "key": made.key, which: getattr(other, which)}
    ended = izzitup.run(
        "serve", "--port", "0", *SECURELY,
        "--certificate", str(chosen["certificate"]), "--key", str(chosen["key"]),
    )  # fmt: skip
    assert ended.returncode == 1
    assert "does not belong to the certificate" in ended.stderr.splitlines()[-1]
    assert ended.stdout == ""


def test_a_certificate_is_shown_and_renewed_for_the_same_key(home: Path) -> None:
    assert "There is no certificate yet" in refused("certificate", "show")
    told = done("certificate", "renew").splitlines()
    first = shown()
    assert told[0] == f"Fingerprint  {first['fingerprint']}"
    assert told[1].split(None, 2)[2].split() == first["words"]
    assert "localhost" in told[3]
    assert done("certificate", "show").splitlines() == told
    done("certificate", "renew")
    second = shown()
    assert second["fingerprint"] != first["fingerprint"]
    assert second["key_pin"] == first["key_pin"]
    done("certificate", "renew", "--new-key")
    assert shown()["key_pin"] != first["key_pin"]


def test_it_is_printed_for_clients_and_cameras(home: Path) -> None:
    done("certificate", "renew")
    assert done("certificate", "show", "--pem") == (home / "tls" / "certificate.pem").read_text(
        "ascii"
    )
    drawn = done("certificate", "show", "--svg")
    assert drawn.startswith("<?xml")
    assert str(shown()["fingerprint"]) in drawn


def test_files_of_one_s_own_are_shown_and_never_renewed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = files(tmp_path)
    before = made.certificate.read_bytes()
    monkeypatch.setenv("IZZITUP_TLS_CERTIFICATE", str(made.certificate))
    assert shown()["names"] == ["localhost", "127.0.0.1"]
    assert "a file of your own" in refused("certificate", "renew")
    assert made.certificate.read_bytes() == before
    assert not (home / "tls").exists()


def test_its_command_loads_no_database(home: Path) -> None:
    code = (
        "import sys; from izzitup_desktop.cli.edge import run; code = run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "certificate", "renew"],
        capture_output=True, text=True, check=True, cwd=izzitup.ROOT, timeout=40, env=os.environ,
    )  # fmt: skip
    assert not set(ended.stderr.split()) & {"sqlalchemy", "uvicorn", "segno", "zeroconf"}
