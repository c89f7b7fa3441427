from __future__ import annotations

import logging
import os
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.server.host_names import machine_names
from izzitup_desktop.server.lan import addresses_here
from izzitup_desktop.server.tls.certificate import context_of
from izzitup_desktop.server.tls.own_certificate import LIFETIME, OwnCertificate
from tests.server.tls.made import NOW


def own(folder: Path, *names: str) -> OwnCertificate:
    return OwnCertificate(folder / "tls", names)


def test_it_names_this_computer_and_its_addresses_and_further_names(tmp_path: Path) -> None:
    found = own(tmp_path, "board.lan", "büro.example", "x" * 70).kept(NOW)
    names = set(found.names)
    assert {"localhost", "127.0.0.1", "::1", "board.lan", "xn--bro-hoa.example"} <= names
    assert {name.lower() for name in machine_names()} <= names
    assert set(map(str, addresses_here())) <= names
    assert "x" * 70 not in names


def test_it_holds_for_397_days_of_which_an_hour_is_over(tmp_path: Path) -> None:
    found = own(tmp_path).kept(NOW)
    assert found.ends - found.begins == LIFETIME == timedelta(days=397)
    assert found.begins == NOW - timedelta(hours=1)


def test_it_stays_until_a_month_before_its_end_and_keeps_its_key_then(tmp_path: Path) -> None:
    made = own(tmp_path)
    first = made.kept(NOW)
    assert made.kept(NOW + timedelta(days=366)) == first
    renewed = made.kept(NOW + timedelta(days=368))
    assert renewed.fingerprint != first.fingerprint
    assert renewed.key_pin == first.key_pin
    assert renewed.begins > first.begins


def test_one_that_has_ended_while_nothing_ran_is_made_anew(tmp_path: Path) -> None:
    made = own(tmp_path)
    first = made.kept(NOW)
    later = NOW + timedelta(days=500)
    with pytest.raises(Invalid, match="ended on"):
        made.read(later)
    found = made.kept(later)
    found.assert_holds(later)
    assert found.key_pin == first.key_pin


def test_another_key_is_made_on_request_only(tmp_path: Path) -> None:
    made = own(tmp_path)
    first = made.kept(NOW)
    assert made.renew(NOW).key_pin == first.key_pin
    assert made.renew(NOW, new_key=True).key_pin != first.key_pin


@pytest.mark.parametrize("content", [b"", b"\xff", b"-----BEGIN CERTIFICATE-----\n"])
def test_a_spoilt_file_is_made_anew_and_the_log_says_so(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    made = own(tmp_path)
    made.kept(NOW)
    made.path.write_bytes(content)
    found = made.kept(NOW)
    context_of(made.path, made.path)
    found.assert_holds(NOW)
    assert "the certificate is made anew" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing there")
def test_the_key_is_readable_by_its_user_alone_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = own(tmp_path)
        made.kept(NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert sorted(path.name for path in made.path.parent.iterdir()) == [
        "certificate.pem", "izzitup.pem",
    ]  # fmt: skip
    assert b"PRIVATE" not in made.public_path.read_bytes()


def test_the_key_is_never_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = own(tmp_path)
    made.kept(NOW)
    made.path.write_bytes(made.path.read_bytes()[:-300])
    made.kept(NOW)
    made.renew(NOW, new_key=True)
    secret = made.path.read_text("ascii").splitlines()[1]
    assert "made a certificate" in caplog.text
    assert secret not in caplog.text
    assert "PRIVATE" not in caplog.text


def test_openssl_takes_it_as_its_own_authority(tmp_path: Path) -> None:
    made = own(tmp_path)
    made.kept(NOW)
    at = str(int((NOW + timedelta(days=1)).timestamp()))
    for name in (["-verify_ip", "127.0.0.1"], ["-verify_hostname", "localhost"]):
        run = subprocess.run(
            ["openssl", "verify", "-attime", at, "-purpose", "sslserver", "-x509_strict", *name,
             "-CAfile", str(made.public_path), str(made.public_path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr


def test_a_folder_that_can_not_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="can't be made"):
        own(tmp_path / "file").kept(NOW)
    blocked = own(tmp_path)
    blocked.path.mkdir(parents=True)
    (blocked.path / "x").touch()
    with pytest.raises(Unavailable, match="The certificate can't be stored in"):
        blocked.kept(NOW)
