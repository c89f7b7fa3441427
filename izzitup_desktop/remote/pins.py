"""Pins: which certificate a server must have, as `izzitup certificate show` tells it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Protocol

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.fingerprints import PREFIX, WORDS, Fingerprint, known_words

_KEY = "sha256//"
_DIGITS = re.compile("[0-9a-f]{64}")
_BETWEEN_WORDS = re.compile(r"[\s,-]+")


class Pin(Protocol):
    """What a certificate is recognised by."""

    def is_of(self, der: bytes) -> bool:
        """Whether it is the one of this certificate, in DER."""

    def of(self, der: bytes) -> str:
        """What it would be, were it of this certificate."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FingerprintPin:
    """The fingerprint of the whole certificate; one that is renewed has another."""

    fingerprint: Fingerprint

    def is_of(self, der: bytes) -> bool:
        return self.fingerprint == Fingerprint.of(der)

    def of(self, der: bytes) -> str:
        return str(Fingerprint.of(der))

    def __str__(self) -> str:
        return str(self.fingerprint)


@dataclass(frozen=True, slots=True)
class WordsPin:
    """The fingerprint in words, which stand for its first 88 bits."""

    words: tuple[str, ...]

    def is_of(self, der: bytes) -> bool:
        return self.words == Fingerprint.of(der).words()

    def of(self, der: bytes) -> str:
        return " ".join(Fingerprint.of(der).words())

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class KeyPin:
    """The key of the certificate, as curl's `--pinnedpubkey` takes it; it outlives renewals."""

    text: str

    def is_of(self, der: bytes) -> bool:
        return self.text == self.of(der)

    def of(self, der: bytes) -> str:
        # Dear to load, and nobody else here reads certificates.
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        try:
            key = x509.load_der_x509_certificate(der).public_key()
        except ValueError:
            return ""
        public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return _KEY + base64.b64encode(hashlib.sha256(public).digest()).decode("ascii")

    def __str__(self) -> str:
        return self.text


def pin_of(text: str) -> Pin:
    """The pin that was typed: a fingerprint, its words, or a key's. Raises `Invalid`."""
    text = text.strip()
    if text.startswith(_KEY):
        return _key_pin(text)
    digits = text.lower().removeprefix(PREFIX).replace(":", "")
    if _DIGITS.fullmatch(digits):
        return FingerprintPin(Fingerprint(PREFIX + digits))
    words = tuple(_BETWEEN_WORDS.split(text.lower()))
    if len(words) == WORDS and set(words) <= known_words():
        return WordsPin(words)
    raise _no_pin()


def _key_pin(text: str) -> KeyPin:
    try:
        digest = base64.b64decode(text.removeprefix(_KEY), validate=True)
    except (binascii.Error, ValueError):
        raise _no_pin() from None
    if len(digest) != hashlib.sha256().digest_size:
        raise _no_pin()
    return KeyPin(text)


def _no_pin() -> Invalid:
    return Invalid(
        "pin",
        msg(
            "This is no pin. It is sha256: and 64 digits, or eight words, as `izzitup certificate "
            "show` tells them where the board is served."
        ),
    )
