"""A certificate made here, which nobody signed but its own key.

It holds for 397 days and is made anew before they are over, for the same key: who
pinned that one notices nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import make_private_folder, write_private_bytes
from izzitup_desktop.server.host_names import machine_names
from izzitup_desktop.server.lan import Address, addresses_here
from izzitup_desktop.server.tls.certificate import Certificate, context_of, read_certificate

log = logging.getLogger(__name__)

LIFETIME = timedelta(days=397)
RENEWED_BEFORE = timedelta(days=30)
"""So long before its end a new one is made."""

_EARLIER = timedelta(hours=1)
"""Clients' clocks may be late by so much."""
_COMMON_NAME_MOST = 64


class OwnCertificate:
    """The one in `folder`; `names` are what this computer is called besides its own name."""

    def __init__(self, folder: Path, names: Sequence[str] = ()) -> None:
        self._folder = folder
        self._names = tuple(names)

    @property
    def path(self) -> Path:
        """Certificate and key, in one file: they always belong together."""
        return self._folder / "izzitup.pem"

    @property
    def public_path(self) -> Path:
        """The certificate alone, for clients to trust."""
        return self._folder / "certificate.pem"

    def kept(self, now: datetime) -> Certificate:
        """The one that is there, made anew where it is missing, spoilt or about to end.

        Raises `Unavailable` where none can be stored.
        """
        try:
            found = self.read(now)
        except Invalid as error:
            if self.path.exists():
                log.warning("the certificate is made anew: %s", error.reason)
            return self.renew(now)
        return self.renew(now) if is_due(found, now) else found

    def read(self, now: datetime) -> Certificate:
        """The one that is there. Raises `Invalid`."""
        found = read_certificate(self.path)
        context_of(self.path, self.path)
        found.assert_holds(now)
        return found

    def renew(self, now: datetime, *, new_key: bool = False) -> Certificate:
        """Make one with the names and addresses of today. Raises `Unavailable`."""
        key = (None if new_key else self._key()) or ec.generate_private_key(ec.SECP256R1())
        names = (*sorted(machine_names()), "localhost", *self._names)
        certificate = _signed(key, _dns(names), addresses_here(), now)
        public = certificate.public_bytes(Encoding.PEM)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        make_private_folder(self._folder)
        try:
            write_private_bytes(self.path, private + public)
            write_private_bytes(self.public_path, public)
        except OSError as error:
            raise Unavailable(
                msg("The certificate can't be stored in %1: %2.", self._folder, error.strerror)
            ) from error
        found = read_certificate(self.path)
        log.info("made a certificate that holds until %s: %s", found.ends, found.fingerprint)
        return found

    def _key(self) -> ec.EllipticCurvePrivateKey | None:
        try:
            found = load_pem_private_key(self.path.read_bytes(), None)
        except (OSError, ValueError, TypeError):
            return None
        return found if isinstance(found, ec.EllipticCurvePrivateKey) else None


def is_due(certificate: Certificate, now: datetime) -> bool:
    """Whether one made here is to be made anew."""
    return now > certificate.ends - RENEWED_BEFORE


def _signed(
    key: ec.EllipticCurvePrivateKey,
    names: Iterable[str],
    addresses: Iterable[Address],
    now: datetime,
) -> x509.Certificate:
    known = list(dict.fromkeys(names))
    name = f"IzzitUp on {known[0]}"[:_COMMON_NAME_MOST]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    others = [*map(x509.DNSName, known), *map(x509.IPAddress, addresses)]
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now - _EARLIER + LIFETIME)
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )


def _dns(names: Iterable[str]) -> Iterable[str]:
    """The names as a certificate can hold them; others are left out."""
    for name in names:
        try:
            yield name.lower().removesuffix(".").encode("idna").decode("ascii")
        except UnicodeError:
            continue
