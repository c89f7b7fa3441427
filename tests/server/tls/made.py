"""Certificates and keys as files, right ones and wrong ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PASSWORD = b"c4nary-of-nobody"


@dataclass(frozen=True)
class Files:
    """A certificate with its key, and the one that signed it."""

    certificate: Path
    key: Path
    authority: Path


def files(
    folder: Path, name: str = "own", *, ends: datetime | None = None, begins: datetime | None = None
) -> Files:
    """Certificate and key of a small authority, for this computer."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Files(folder / f"{name}.pem", folder / f"{name}.key", folder / f"{name}-authority.pem")
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1", not_after=ends, not_before=begins)
    made.certificate.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    made.key.write_bytes(issued.private_key_pem.bytes())
    made.authority.write_bytes(authority.cert_pem.bytes())
    return made


def encrypted(key: Path) -> Path:
    """The same key, encrypted by a password."""
    loaded = load_pem_private_key(key.read_bytes(), None)
    path = key.with_suffix(".encrypted")
    path.write_bytes(
        loaded.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSWORD))
    )
    return path


def ended(folder: Path, now: datetime) -> Files:
    """A certificate that has ended the day before."""
    yesterday = now - timedelta(days=1)
    return files(folder, "ended", ends=yesterday, begins=yesterday - timedelta(days=9))
