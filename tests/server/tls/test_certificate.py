from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.server.tls.certificate import context_of, read_certificate, stamp_of
from tests.server.tls.made import PASSWORD, encrypted, ended, files


def refused(certificate: Path, key: Path) -> Invalid:
    with pytest.raises(Invalid) as error:
        read_certificate(certificate)
        context_of(certificate, key)
    return error.value


def openssl(*arguments: str) -> str:
    run = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=True)
    return run.stdout


def test_it_says_what_openssl_says_of_it(tmp_path: Path) -> None:
    made = files(tmp_path)
    found = read_certificate(made.certificate)
    said = openssl("x509", "-in", str(made.certificate), "-noout", "-fingerprint", "-sha256")
    digits = said.strip().partition("=")[2].replace(":", "").lower()
    assert found.fingerprint.text == f"sha256:{digits}"
    assert set(found.names) == {"localhost", "127.0.0.1"}
    end = openssl(
        "x509", "-in", str(made.certificate), "-noout", "-enddate", "-dateopt", "iso_8601"
    )
    assert end.strip() == f"notAfter={found.ends:%Y-%m-%d %H:%M:%SZ}"
    assert re.fullmatch(r"sha256//[\w+/]{43}=", found.key_pin)
    assert found.pem.startswith(b"-----BEGIN CERTIFICATE-----")
    assert found.pem.count(b"BEGIN") == 1
    context_of(made.certificate, made.key)


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    one, other = files(tmp_path, "one"), files(tmp_path, "other")
    error = refused(one.certificate, other.key)
    assert error.field == "tls_key"
    assert error.reason == (
        f"The key {other.key} does not belong to the certificate {one.certificate}"
    )


def test_an_encrypted_key_is_refused_and_nobody_is_asked_for_its_password(tmp_path: Path) -> None:
    made = files(tmp_path)
    locked = encrypted(made.key)
    error = refused(made.certificate, locked)
    assert error.field == "tls_key"
    assert error.reason == f"The key {locked} is encrypted: give one without a password"
    assert PASSWORD.decode() not in str(error)


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    made = files(tmp_path)
    missing = tmp_path / "missing.pem"
    assert refused(missing, made.key) == Invalid(
        "tls_certificate", f"{missing} can't be read: No such file or directory"
    )
    assert refused(made.certificate, missing) == Invalid(
        "tls_key", f"{missing} can't be read: No such file or directory"
    )
    assert refused(tmp_path, made.key).field == "tls_certificate"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    made = files(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refused(pipe, made.key).field == "tls_certificate"
    assert refused(made.certificate, pipe).field == "tls_key"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    made = files(tmp_path)
    made.certificate.write_bytes(content)
    assert refused(made.certificate, made.key) == Invalid(
        "tls_certificate", f"{made.certificate} holds no certificate in PEM form"
    )


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x00", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    made = files(tmp_path)
    made.key.write_bytes(content)
    assert refused(made.certificate, made.key) == Invalid(
        "tls_key", f"{made.key} holds no key in PEM form that fits"
    )


def test_one_that_has_ended_or_has_not_begun_does_not_hold(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    found = read_certificate(ended(tmp_path, now).certificate)
    with pytest.raises(Invalid, match="The certificate ended on 2"):
        found.assert_holds(now)
    with pytest.raises(Invalid, match="The certificate begins on 2"):
        found.assert_holds(now - timedelta(days=30))
    found.assert_holds(now - timedelta(days=2))


def test_a_file_that_was_written_or_exchanged_has_another_stamp(tmp_path: Path) -> None:
    made = files(tmp_path)
    paths = (made.certificate, made.key)
    before = stamp_of(paths)
    assert before == stamp_of(paths)
    files(tmp_path, "other").key.replace(made.key)
    assert stamp_of(paths) != before
    made.key.unlink()
    assert stamp_of(paths)[1] is None
