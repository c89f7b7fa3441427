"""Passwords: hashed with bcrypt at constant cost, and checked before they are set.

The hash is `v2$` and bcrypt over base64(sha384(NFC(password))): 64 ASCII bytes, so
that neither 72 bytes nor a NUL byte ends a password.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

import bcrypt

from izzitup_desktop.domain.accounts import HASH_SCHEME, bcrypt_part
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.text import fold, is_unicode
from izzitup_desktop.platform.paths import resource

DEFAULT_COST = 12
"""bcrypt's cost for new passwords (2^12 rounds)."""

LEAST_CHARACTERS = 10
MOST_BYTES = 1_024


class Passwords:
    """Hashes and verifies at one cost; verifying never raises and always hashes once."""

    def __init__(self, cost: int = DEFAULT_COST) -> None:
        self._cost = cost
        # The hash of nothing anybody knows: made first, it would cost a hash more.
        self._dummy = f"$2b${cost:02d}${'.' * 53}"

    def hash(self, password: str) -> str:
        """What to store for `password`."""
        salt = bcrypt.gensalt(self._cost)
        return HASH_SCHEME + bcrypt.hashpw(_digest(password), salt).decode("ascii")

    def verify(self, password: str, stored: str | None) -> bool:
        """Whether `password` is the one stored.

        None (no such account), garbage, a cost that would stall us, and a password
        that is too long cost the same one hash, and are False.
        """
        usable = None if stored is None else bcrypt_part(stored)
        if _encoded_bytes(password) > MOST_BYTES:
            # It is not even normalised, which may take seconds.
            usable, password = None, ""
        matches = bcrypt.checkpw(_digest(password), (usable or self._dummy).encode("ascii"))
        return matches and usable is not None


def check_new(password: str, account_name: str) -> None:
    """Raise `Invalid` for a password that an account must not get."""
    if len(password) < LEAST_CHARACTERS:
        raise Invalid(
            "password", msg("The password must have at least %1 characters.", LEAST_CHARACTERS)
        )
    if not is_unicode(password):
        raise Invalid(
            "password",
            msg("The password is no valid UTF-8 text, so nobody could sign in with it."),
        )
    if _encoded_bytes(password) > MOST_BYTES:
        raise Invalid("password", msg("The password may have %1 bytes at most.", MOST_BYTES))
    folded = fold(password)
    if folded == fold(account_name):
        raise Invalid("password", msg("The password must not be the account's name."))
    if re.fullmatch(r"izzit[ -]?up\d*", folded) or _is_common(folded):
        raise Invalid(
            "password", msg("This password is one of the most common ones. Choose another.")
        )


def _is_common(folded: str) -> bool:
    """Whether it is in the list, whose lines are folded already."""
    return folded in resource("common_passwords.txt").read_text("utf-8").splitlines()


def _digest(password: str) -> bytes:
    normal = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hashlib.sha384(normal).digest())


def _encoded_bytes(password: str) -> int:
    return len(password.encode("utf-8", "surrogatepass"))
