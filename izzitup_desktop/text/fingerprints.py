"""A certificate's fingerprint as people and programs compare it.

It is the SHA-256 of the certificate (DER): as text for programs to pin, as words to
be read out, and as a picture for a camera.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from izzitup_desktop.platform.paths import resource
from izzitup_desktop.text.qr_codes import qr_svg

PREFIX = "sha256:"
WORDS = 8

_BITS_A_WORD = 11
_DIGEST_BITS = 256


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`text` is `sha256:` and 64 hexadecimal digits."""

    text: str

    @classmethod
    def of(cls, der: bytes) -> Fingerprint:
        """That of a certificate in DER."""
        return cls(PREFIX + hashlib.sha256(der).hexdigest())

    def __str__(self) -> str:
        return self.text

    def words(self) -> tuple[str, ...]:
        """The same for reading out: eight words, which stand for its first 88 bits.

        They are of BIP 39's English list: no two begin with the same four letters.
        """
        known = _listed_words()
        number = int(self.text.removeprefix(PREFIX), 16)
        places = range(_DIGEST_BITS - _BITS_A_WORD, 0, -_BITS_A_WORD)
        return tuple(known[number >> place & (1 << _BITS_A_WORD) - 1] for place in places)[:WORDS]

    def qr_svg(self) -> bytes:
        """A QR code of the text, as an SVG file."""
        return qr_svg(self.text)


def known_words() -> frozenset[str]:
    """All words that a fingerprint can be told in."""
    return frozenset(_listed_words())


def _listed_words() -> list[str]:
    return resource("fingerprint_words.txt").read_text("ascii").split()
