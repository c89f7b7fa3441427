"""`izzitup certificate`: show the one of HTTPS, and make one anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from izzitup_desktop.cli.context import CliContext, print_json, utc
from izzitup_desktop.domain.errors import Conflict, Unavailable
from izzitup_desktop.domain.messages import msg

if TYPE_CHECKING:
    from izzitup_desktop.server.tls.certificate import Certificate
    from izzitup_desktop.server.tls.own_certificate import OwnCertificate


@click.group()
def certificate() -> None:
    """The certificate of HTTPS."""


@certificate.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--svg", "as_svg", is_flag=True, help="The fingerprint as a QR code, an SVG.")
@click.option("--pem", "as_pem", is_flag=True, help="The certificate, for clients to trust.")
@click.pass_obj
def show(desk: CliContext, as_json: bool, as_svg: bool, as_pem: bool) -> None:
    """Show its fingerprint, in words too, and how long it holds."""
    found = _found(desk)
    if as_json:
        print_json(_described(found))
    elif as_svg:
        click.echo(found.fingerprint.qr_svg().decode("utf-8"), nl=False)
    elif as_pem:
        click.echo(found.pem.decode("ascii"), nl=False)
    else:
        _tell(desk, found)


@certificate.command()
@click.option("--new-key", is_flag=True, help="With another key: who pinned the old one refuses.")
@click.pass_obj
def renew(desk: CliContext, new_key: bool) -> None:
    """Make one anew, with this computer's names and addresses of today.

    Whoever serves takes it within seconds. Clients that pinned the certificate have to
    be told of the new one; those that pinned its key need not.
    """
    if desk.settings.tls_certificate:
        raise Conflict(
            msg(
                "HTTPS is served by %1, a file of your own: it is renewed where it came from.",
                desk.settings.tls_certificate,
            )
        )
    _tell(desk, _own(desk).renew(datetime.now(UTC), new_key=new_key))


def _found(desk: CliContext) -> Certificate:
    from izzitup_desktop.server.tls.certificate import read_certificate  # as in `_own`

    if desk.settings.tls_certificate:
        return read_certificate(Path(desk.settings.tls_certificate).expanduser())
    own = _own(desk)
    if not own.path.exists():
        raise Unavailable(
            msg(
                "There is no certificate yet. Make one with `izzitup certificate renew`, or "
                "serve HTTPS."
            )
        )
    return read_certificate(own.path)


def _own(desk: CliContext) -> OwnCertificate:
    from izzitup_desktop.server.tls.own_certificate import OwnCertificate  # not for --help

    return OwnCertificate(desk.paths.tls, desk.settings.host_names)


def _tell(desk: CliContext, found: Certificate) -> None:
    for line in (
        msg("Fingerprint  %1", found.fingerprint),
        msg("In words     %1", " ".join(found.fingerprint.words())),
        msg("Key          %1", found.key_pin),
        msg("Names        %1", ", ".join(found.names)),
        msg("Holds until  %1", desk.local(found.ends)),
    ):
        desk.tell(line)


def _described(found: Certificate) -> dict[str, object]:
    return {
        "fingerprint": found.fingerprint.text,
        "words": list(found.fingerprint.words()),
        "key_pin": found.key_pin,
        "names": list(found.names),
        "begins": utc(found.begins),
        "ends": utc(found.ends),
    }
