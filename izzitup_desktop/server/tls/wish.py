"""What is wanted of HTTPS: where it listens, and by which certificate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TlsWish:
    """Files of one's own; without them a certificate is made and kept in `folder`.

    A missing `key` stands in the certificate's file. `plain`: HTTP is served as well.
    """

    port: int
    folder: Path
    certificate: Path | None = None
    key: Path | None = None
    plain: bool = True
