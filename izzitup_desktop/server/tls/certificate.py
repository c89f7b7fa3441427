"""A certificate and its key, read from files and checked before anybody is served by it."""

from __future__ import annotations

import base64
import hashlib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.text.fingerprints import Fingerprint

CERTIFICATE, KEY = "tls_certificate", "tls_key"
"""The fields of `Invalid`: whose file it is about."""

_BYTES_MOST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is known of a certificate; `ends` is the last moment at which it holds.

    `subject` is whose it is (RFC 4514), `names` are those that it is for.

    `pem` is the certificate alone, without those that signed it. `key_pin` stands for
    its key, as curl's `--pinnedpubkey` takes it.
    """

    fingerprint: Fingerprint
    key_pin: str
    names: tuple[str, ...]
    begins: datetime
    ends: datetime
    pem: bytes
    subject: str = ""

    def assert_holds(self, now: datetime) -> None:
        """Raise `Invalid` where it has ended, or begins only later."""
        if now > self.ends:
            raise Invalid(CERTIFICATE, msg("The certificate ended on %1", _day(self.ends)))
        if now < self.begins:
            raise Invalid(CERTIFICATE, msg("The certificate begins on %1", _day(self.begins)))


def read_certificate(path: Path) -> Certificate:
    """The first certificate in the PEM file. Raises `Invalid`."""
    content = _read(path, CERTIFICATE)
    try:
        found = x509.load_pem_x509_certificates(content)[0]
        names = _names(found)
    except ValueError as error:
        reason = msg("%1 holds no certificate in PEM form", path)
        raise Invalid(CERTIFICATE, reason) from error
    public = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(public).digest()).decode("ascii")
    return Certificate(
        Fingerprint.of(found.public_bytes(Encoding.DER)),
        f"sha256//{pin}",
        names,
        found.not_valid_before_utc,
        found.not_valid_after_utc,
        found.public_bytes(Encoding.PEM),
        found.subject.rfc4514_string(),
    )


def context_of(certificate: Path, key: Path) -> ssl.SSLContext:
    """What a server encrypts by. Raises `Invalid` where the two can't be used together."""
    _read(key, KEY)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])

    def refuse() -> bytes:
        raise Invalid(KEY, msg("The key %1 is encrypted: give one without a password", key))

    try:
        context.load_cert_chain(certificate, key, password=refuse)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            reason = msg("The key %1 does not belong to the certificate %2", key, certificate)
        else:
            reason = msg("%1 holds no key in PEM form that fits", key)
        raise Invalid(KEY, reason) from error
    except OSError as error:
        raise Invalid(KEY, msg("%1 can't be read: %2", key, error.strerror)) from error
    return context


def stamp_of(paths: Sequence[Path]) -> tuple[object, ...]:
    """What is another once one of the files was written or exchanged."""
    found: list[object] = []
    for path in paths:
        try:
            state = path.stat()
        except (OSError, ValueError):
            found.append(None)
        else:
            found.append((state.st_ino, state.st_size, state.st_mtime_ns))
    return tuple(found)


def _read(path: Path, field: str) -> bytes:
    try:
        return read_regular(path, _BYTES_MOST)
    except OSError as error:
        raise Invalid(field, msg("%1 can't be read: %2", path, error.strerror)) from error


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = map(str, names.get_values_for_type(x509.IPAddress))
    return (*names.get_values_for_type(x509.DNSName), *addresses)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
