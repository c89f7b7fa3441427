"""The certificate that is served by now, and what is wrong with the one that is wanted."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from izzitup_desktop.domain.errors import BoardError, Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.tls.certificate import (
    CERTIFICATE,
    Certificate,
    context_of,
    read_certificate,
    stamp_of,
)
from izzitup_desktop.server.tls.own_certificate import OwnCertificate, is_due
from izzitup_desktop.server.tls.wish import TlsWish

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a certificate comes from; `files` are the ones to keep an eye on."""

    files: tuple[Path, Path]
    own: OwnCertificate | None = None
    lone_key: Path | None = None

    @classmethod
    def of(cls, wish: TlsWish, names: Sequence[str]) -> _Source:
        if wish.certificate is not None:
            return cls((wish.certificate, wish.key or wish.certificate))
        if wish.key is not None:
            return cls((wish.key, wish.key), lone_key=wish.key)
        own = OwnCertificate(wish.folder, names)
        return cls((own.path, own.path), own)

    def read(self, now: datetime) -> Certificate:
        if self.own is not None:
            return self.own.kept(now)
        if self.lone_key is not None:
            # Never a made one instead: whoever has a key means its certificate.
            raise Invalid(CERTIFICATE, msg("The key %1 has no certificate", self.lone_key))
        found = read_certificate(self.files[0])
        found.assert_holds(now)
        return found


class CertificateKeeper:
    """`look` reads and writes files; whoever serves asks for `context` at each handshake.

    A certificate that can't be used never takes the place of one that is served.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._source: _Source | None = None
        self._stamp: tuple[object, ...] = ()
        self.context: ssl.SSLContext | None = None
        self.certificate: Certificate | None = None
        self.reason = ""
        """Why the one that is wanted is not served, or should not be; "" when it is."""

    def want(self, wish: TlsWish, names: Sequence[str]) -> None:
        """Serve by this one from the next look on."""
        self._source = _Source.of(wish, names)
        self._stamp = ()

    def look(self) -> None:
        """Take what was exchanged since the last look; renew what was made here."""
        source, now = self._source, self._now()
        if source is None:
            return
        stamp = stamp_of(source.files)
        if stamp == self._stamp and (source.own is None or not self._is_due(now)):
            self._tell_of_its_end(now)
            return
        reason = ""
        try:
            certificate = source.read(now)
            context = context_of(*source.files)
        except BoardError as error:
            reason = _sentence(error)
        else:
            self.certificate, self.context = certificate, context
        # What was made just now is known; what failed is tried again once it is another.
        self._stamp = stamp_of(source.files) if not reason else stamp
        self._say(reason)

    def _is_due(self, now: datetime) -> bool:
        return self.certificate is None or is_due(self.certificate, now)

    def _tell_of_its_end(self, now: datetime) -> None:
        if self.certificate is None or self.reason:
            return
        try:
            self.certificate.assert_holds(now)
        except Invalid as error:
            self._say(_sentence(error))

    def _say(self, reason: str) -> None:
        if reason and reason != self.reason and self.context is not None:
            log.warning("HTTPS: %s The one before is served on.", reason)
        elif reason and reason != self.reason:
            log.warning("HTTPS: %s", reason)
        self.reason = reason


def _sentence(error: BoardError) -> str:
    return msg("%1.", error.reason) if isinstance(error, Invalid) else str(error)
